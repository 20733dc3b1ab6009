"""Two plain lists compared: each printed name is resolved as on any list, then the history room says what changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.errors import ConfigError
from citynet.history.comparing import Difference, compare
from citynet.history.merged_away import MUNICIPALITY, REGION, MergedAway
from citynet.history.municipal import read_changes
from citynet.history.printed import REGION_BY_NAME, Printed
from citynet.model import Resolution
from citynet.pipelines.gates import for_a_person
from citynet.pipelines.names import Names
from citynet.pipelines.print_marks import as_written, letters_were_lost, without_marks
from citynet.pipelines.printed import printed
from citynet.places.countries import iso_country
from citynet.places.normalise import normalise
from citynet.places.reorganised import Reorganised
from citynet.places.resolve import resolve
from citynet.reading.twice_encoded import repaired

NAME = ("name_as_published", "name", "member", "city", "municipality", "body")
COUNTRY = ("country_as_published", "country", "country_code")
KIND = ("kind_as_published", "membership_kind", "kind", "tie")
"""Columns by which a list is read, the first that it has; all but the name may be missing."""
FORMER = re.compile(
    r"(?:ex(?! officio)|former(?:ly)?|past|lapsed|ehemalig\w*|fruher\w*|ancien\w*|anteriore?s?|antig\w*|antic(?:s|a|ues)?|passat\w*"
    r"|byl\w*|dawn\w*|bivs\w*|tidligere|tidigare|voormalig\w*|oud|entin\w*|endi[sn]\w*|buv\w*|korabbi|volt|fost\w*|proin)\b.*"
    r"|exm\w+|(?:has )?(?:withdrawn|withdrew|left|resigned|terminated)\b.*|ausgetreten|ausgeschieden|retire\w*|dimission\w*|de baja"
)
"""Ties (normalised) of those that a list prints though they are members no more, in the languages of Europe: they are not on it."""
LEAST = 5
"""Names by which a list can be known to be of one country, and bodies of a kind by which it is known to tell that kind."""


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
    old, new = (_with_countries(rows, others) for rows, others in ((old, new), (new, old)))
    found = {row: _found(row, resolved) for row in dict.fromkeys((*old, *new))}
    if country := _country_of_all(found):
        at_home = _in_country(country, names)
        found |= {row: _found(row, at_home) for row, one in found.items() if not row.country and not one.place_id}
    made = {row: printed(row.name, row.country, row.kind, one, names.gazetteer) for row, one in found.items()}
    before, after = (_telling_kinds([made[row] for row in rows if not FORMER.fullmatch(made[row].tie)]) for rows in (old, new))

    def other_names(place_ids: Collection[str]) -> Mapping[str, Collection[str]]:
        return names.gazetteer.names_of(place_ids)

    changes = read_changes(names.judgements.municipal_changes)
    return compare(before, after, changes, other_names, lambda: _merged_away(names))


def _with_countries(rows: Sequence[ListedName], others: Sequence[ListedName]) -> list[ListedName]:
    """The rows, one without a country with that which the other list alone prints beside the same name, or beside all of its names.

    A name is looked for where its network has it: Trinidad, without a country, is not the one place of the gazetteer called just so.
    """
    if all(row.country for row in rows):
        return list(rows)
    only = {iso_country(row.country) for row in others}
    if len(others) >= LEAST and len(only) == 1 and "" not in only and not any(row.country for row in rows):
        return [replace(row, country=others[0].country) for row in rows]
    printed_beside: dict[str, set[str]] = defaultdict(set)
    for row in others:
        printed_beside[as_written(row.name)].add(row.country)
    made = []
    for row in rows:
        countries = printed_beside.get(as_written(row.name), set())
        made.append(replace(row, country=next(iter(countries))) if not row.country and len(countries) == 1 else row)
    return made


def _merged_away(names: Names) -> list[MergedAway]:
    """The lines of both files; of a municipality that a reform as a whole tells of, that one's, which knows every heir."""
    told = [_of_reform(line, names) for line in names.reorganised()]
    known = {(line.country, key) for line in told if line.kind == MUNICIPALITY for key in line.keys}
    further = [line for line in names.former_municipalities() if known.isdisjoint((line.country, key) for key in line.keys)]
    return told + [MergedAway(line.country, line.keys, line.place_id, line.successor_keys, line.successor_id) for line in further]


def _of_reform(line: Reorganised, names: Names) -> MergedAway:
    regions = names.gazetteer.regions(line.heir_keys[0], (line.country,)) if line.heir_kind == REGION else ()
    return MergedAway(
        line.country,
        line.keys,
        "",
        line.heir_keys,
        "",
        kind=line.kind,
        heir_kind=line.heir_kind,
        of=f"{line.country} {line.kind} {line.keys[0]}",
        since=line.since,
        heir_regions=frozenset(region.region_id for region in regions if region.level == 1),
    )


def _telling_kinds(rows: Sequence[Printed]) -> list[Printed]:
    """The rows of a list with the kinds that several say of themselves: it would say so of a municipality's namesake too."""
    counts = Counter(kind for row in rows if row.sort != REGION_BY_NAME for kind in row.kinds)
    told = frozenset(kind for kind, count in counts.items() if count >= LEAST)
    return [replace(row, kinds_told=told) if row.place_id and not row.kinds else row for row in rows]


def _found(row: ListedName, resolved: Callable[[ListedName], Resolution]) -> Resolution:
    """What a row's name means without marks that are the page's; nothing where letters of it were lost."""
    name = without_marks(repaired(row.name))
    if letters_were_lost(name):
        return Resolution("unknown", country=iso_country(row.country))
    return for_a_person(name, resolved(row if name == row.name else replace(row, name=name)))


def _country_of_all(found: Mapping[ListedName, Resolution]) -> str:
    """The country of all matched names where most names are matched: a national list prints no country, or an older one did."""
    countries = [one.country for one in found.values() if one.place_id]
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
