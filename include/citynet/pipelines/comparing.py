"""Two plain lists compared: each printed name is resolved as on any list, then the history room says what changed."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.errors import ConfigError
from citynet.history.comparing import Difference, compare
from citynet.history.municipal import read_changes
from citynet.history.printed import REGION_BY_NAME, Printed
from citynet.model import Resolution
from citynet.pipelines.gates import for_a_person
from citynet.pipelines.names import Names
from citynet.pipelines.print_marks import letters_were_lost, without_marks
from citynet.pipelines.printed import printed
from citynet.places.countries import iso_country
from citynet.places.normalise import normalise
from citynet.places.resolve import resolve
from citynet.reading.twice_encoded import repaired

NAME = ("name_as_published", "name", "member", "city", "municipality", "body")
COUNTRY = ("country_as_published", "country", "country_code")
KIND = ("kind_as_published", "membership_kind", "kind", "tie")
"""Columns by which a list is read, the first that it has; all but the name may be missing."""
FORMER = frozenset(("former", "former member", "ehemalig", "ehemaliges mitglied", "ancien membre"))
"""Ties of those that a list prints though they are members no more: they are not on it."""
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
    found = {row: _found(row, resolved) for row in dict.fromkeys((*old, *new))}
    if country := _country_of_all(found):
        at_home = _in_country(country, names)
        found |= {row: _found(row, at_home) for row, one in found.items() if not row.country and not one.place_id}
    made = {row: printed(row.name, row.country, row.kind, one, names.gazetteer) for row, one in found.items()}
    before, after = (_telling_kinds([made[row] for row in rows if made[row].tie not in FORMER]) for rows in (old, new))

    def other_names(place_ids: Collection[str]) -> Mapping[str, Collection[str]]:
        return names.gazetteer.names_of(place_ids)

    return compare(before, after, read_changes(names.judgements.municipal_changes), other_names)


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
    return for_a_person(name, resolved(replace(row, name=name)))


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
