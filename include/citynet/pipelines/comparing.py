"""Two plain lists compared: each printed name is resolved as on any list, then the history room says what changed."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from citynet.errors import ConfigError
from citynet.history.comparing import Difference, compare
from citynet.history.municipal import read_changes
from citynet.history.resemblance import Printed
from citynet.model import Resolution
from citynet.pipelines.gates import for_a_person
from citynet.pipelines.names import Names
from citynet.places.countries import country_in_name, iso_country
from citynet.places.gazetteer import Gazetteer
from citynet.places.legal_forms import without_legal_form
from citynet.places.non_city import marker, without_marker
from citynet.places.normalise import normalise
from citynet.places.resolve import resolve
from citynet.places.spelling import Variant, head, repaired, variants

NAME = ("name_as_published", "name", "member", "city", "municipality", "body")
COUNTRY = ("country_as_published", "country", "country_code")
KIND = ("kind_as_published", "membership_kind", "kind", "tie")
"""Columns by which a list is read, the first that it has; all but the name may be missing."""
FORMER = frozenset(("former", "former member", "ehemalig", "ehemaliges mitglied", "ancien membre"))
"""Ties of those that a list prints though they are members no more: they are not on it."""
_SAME_TIE = {
    **dict.fromkeys(
        ("members", "full member", "full members", "full", "mitglied", "vollmitglied", "membre", "miembro", "membro"), "member"
    ),
    **dict.fromkeys(("associate", "associated", "associated member", "associate members", "associate city"), "associate member"),
    **dict.fromkeys(("partners", "partner city", "associated partner"), "partner"),
    **dict.fromkeys(("unknown",), ""),
}
"""Kinds that say the same in other words."""
LEAST = 5
"""Names by which a list can be known to be of one country."""
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_QUOTES = re.compile(r"[\u2018\u2019\u201b\u00b4`]")
_NOTE_BEFORE = re.compile(
    r"\s*(?:[*\u2020\u2021\u00a7\u2022]+\s*|\d{1,4}[.)]\s+(?!(?:stadt)?bezirk|district|arrond|ker|obvod|se[ck]tor|rajon))+", re.I
)
_NOTE_BEHIND = re.compile(r"(?:\s*(?:\[\w{1,3}\]|\(\d{1,2}\)|[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070-\u2079]+))+\s*$")
"""Numbers and marks of lists and footnotes; the number of a city's section is part of its name."""
_LOST = re.compile(r"(?<=\w)[?\ufffd]+|[?\ufffd]+(?=\w)")
"""What a page prints for letters that its encoding lacks."""
_STANDS_IN = "xqx"
"""Letters in place of lost ones while a name is normalised."""
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        """a al am an and auf bei by d da das de dei del della der des di die do dos du e ed el en et i im in l la las le les los
        na nad of on op s sur the u und upon van von y zu""",
    )
)
"""Words between the words of a name."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """A row of a plain list as printed; network_id "" where its network is not known."""

    name: str
    country: str
    kind: str
    network_id: str = ""


def listed_names(where: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[ListedName]:
    """The rows that print a name; ConfigError where no column holds names."""
    by_name = {column.strip().lower(): column for column in columns}
    name, country, kind = (next((by_name[c] for c in known if c in by_name), "") for known in (NAME, COUNTRY, KIND))
    if not name:
        seen = ", ".join(columns) or "nothing"
        raise ConfigError(f"{where}:1: expected a column of names ({NAME[0]} or {', '.join(NAME[1:])}), found {seen}")
    network = by_name.get("network_id", "")
    cells = (tuple(row.get(column, "").strip() for column in (name, country, kind, network)) for row in rows)
    return [ListedName(*cell) for cell in cells if normalise(cell[0])]


def compare_lists(
    old: Sequence[ListedName], new: Sequence[ListedName], resolved: Callable[[ListedName], Resolution], names: Names
) -> tuple[Difference, ...]:
    """What changed from the old list to the new one; a row whose kind says that it is a former member's is on neither."""
    found = {row: _found(row, resolved) for row in dict.fromkeys((*old, *new))}
    if country := _country_of_all(found):
        at_home = _in_country(country, names)
        found |= {row: _found(row, at_home) for row, one in found.items() if not row.country and not one.place_id}
    made = {row: printed(row, one, names.gazetteer) for row, one in found.items()}
    before, after = ([made[row] for row in rows if made[row].tie not in FORMER] for rows in (old, new))

    def other_names(place_ids: Collection[str]) -> Mapping[str, Collection[str]]:
        return names.gazetteer.names_of(place_ids)

    return compare(before, after, read_changes(names.judgements.municipal_changes), other_names)


def _found(row: ListedName, resolved: Callable[[ListedName], Resolution]) -> Resolution:
    """What a row's name means without marks that are the page's; nothing where letters of it were lost."""
    name = without_marks(row.name)
    if _LOST.search(repaired(name)):
        return Resolution("unknown", country=iso_country(row.country))
    return for_a_person(name, resolved(replace(row, name=name)))


def without_marks(name: str) -> str:
    """The name without footnote marks and numbers of the list ("1. Turku", "Turku [2]", "Turku*"); the name where nothing else is left."""
    plain = _NOTE_BEHIND.sub("", _NOTE_BEFORE.sub("", name, count=1) if _NOTE_BEFORE.match(name) else name).strip()
    return plain if normalise(plain) else name


def _lost(name: str) -> str:
    """A pattern of the normalised names that a name with lost letters may be (K?ln: k, a letter or two, ln); "" where none was lost."""
    if not _LOST.search(name):
        return ""
    return re.escape(normalise(_LOST.sub(_STANDS_IN, name))).replace(_STANDS_IN, "[a-z]{1,2}")


def _country_of_all(found: Mapping[ListedName, Resolution]) -> str:
    """The country of all matched names where the lists print none and most names are matched; a national list prints no country."""
    countries = [one.country for row, one in found.items() if one.place_id and not row.country]
    return countries[0] if len(countries) >= max(LEAST, len(found) / 2) and len(set(countries)) == 1 else ""


def _in_country(country: str, names: Names) -> Callable[[ListedName], Resolution]:
    """Resolving a name as on the list of a network of one country."""

    def resolved(row: ListedName) -> Resolution:
        judgements, network_id = names.judgements, row.network_id
        return resolve(row.name, "", gazetteer=names.gazetteer, judgements=judgements, network_id=network_id, network_countries=(country,))

    return resolved


def in_no_network(names: Names) -> Callable[[ListedName], Resolution]:
    """Resolving a name by gazetteer and judgements alone, those on its network among them."""

    def resolved(row: ListedName) -> Resolution:
        return resolve(row.name, row.country, gazetteer=names.gazetteer, judgements=names.judgements, network_id=row.network_id)

    return resolved


def printed(row: ListedName, found: Resolution, gazetteer: Gazetteer) -> Printed:
    """A row with all that can be said of its name: the place that it was matched to, and ways to read and compare it."""
    country = iso_country(row.country) or found.country
    plain = without_marks(row.name)
    text = repaired(plain)
    bare = _without_country(_LOST.sub("", text) if _LOST.search(text) else plain, row.country, country)
    readings = list(dict.fromkeys(variants(bare, country)))
    forms = frozenset(v.key for v in readings if not v.hint and not v.parts)
    sort = _sort(bare, country, found, readings)
    words = _words(bare, country, sort)
    shortest = min((*forms, " ".join(normalise(bare).split())), key=lambda form: (len(form), form))
    kind = normalise(row.kind)
    return Printed(
        name=row.name,
        country_as_published=row.country,
        country=country,
        tie=_SAME_TIE.get(kind, kind),
        place_id=found.place_id,
        place_kind=found.place_kind,
        municipality_id=found.municipality_id,
        may_be=frozenset(found.candidates if not found.place_id else ()),
        alike=frozenset(found.suggestions) if found.route.startswith("similar:") else frozenset(),
        written=_written(plain),
        key=normalise(bare),
        forms=forms,
        hinted=_hinted(readings, plain, bare),
        parts=frozenset(part for v in readings for part in v.parts),
        sort=sort,
        words=words,
        spellings=frozenset((shortest,)),
        regions=_regions(found.place_id, gazetteer),
        lost=_lost(text),
    )


def _hinted(readings: Sequence[Variant], name: str, bare: str) -> frozenset[str]:
    """The names without what is printed beside them, a country or state among it (Toledo of Toledo, Ohio)."""
    beside = {normalise(bare)} if normalise(bare) != normalise(name) and not _LOST.search(name) else set()
    return frozenset(v.key for v in readings if v.hint) | beside


def _regions(place_id: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The words, sorted, of the names of the regions that a place lies in, without the word for their kind."""
    place = gazetteer.get(place_id) if place_id else None
    return frozenset(_region_words(region_id, gazetteer) for region_id in (place.regions if place else ())) - {""}


@lru_cache(maxsize=4096)
def _region_words(region_id: str, gazetteer: Gazetteer) -> str:
    region = gazetteer.region(region_id)
    words = set(without_marker(normalise(region.name)).split()) if region else set()
    return " ".join(sorted(words - _FILLERS))


def _without_country(name: str, country_as_published: str, country: str) -> str:
    """The name without the country printed behind it, where that is its country."""
    bare, behind = country_in_name(name, country_as_published)
    return bare if country and iso_country(behind) == country else name


def _written(name: str) -> str:
    """As printed, but for case, blanks and the sort of dashes and quotes, which are the page's and not the name's."""
    plain = _QUOTES.sub("'", _DASHES.sub("-", unicodedata.normalize("NFKC", repaired(name)))).replace("\ufffd", "?")
    return " ".join(re.sub(r"\s*-\s*", "-", plain).casefold().split())


def _sort(name: str, country: str, found: Resolution, readings: Sequence[Variant]) -> str:
    """What kind of body a row says that it is: "municipality" by a legal form, else a word for another kind, else ""."""
    key = normalise(head(name))
    own = found.place_kind in ("municipality", "settlement")
    if not own and (word := marker(key) or marker(normalise(name))):
        return word
    if not own and country == "FR" and key.startswith("grand "):
        return "grand"
    has_form = without_legal_form(key, country) or any("legal_form" in v.how for v in readings if not v.hint and not v.parts)
    return "municipality" if has_form and (not own or "legal_form" in found.route) else ""


def _words(name: str, country: str, sort: str) -> frozenset[str]:
    """The words of the name itself, whatever their order."""
    key = normalise(head(name))
    bare = next(iter(without_legal_form(key, country)), key)
    if sort not in ("", "municipality"):
        bare = without_marker(bare) or bare
    return frozenset(word for word in bare.split() if word not in _FILLERS) or frozenset(bare.split())
