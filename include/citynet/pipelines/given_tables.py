"""A table of memberships, and one of places, that somebody gives to `citynet analyse`: read strictly, as the lists that analysis takes."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from citynet.analysis.lists import MemberList
from citynet.errors import ConfigError
from citynet.model import MEMBER_TIES

UNDATED = "2999-12-31"
"""Stands for the date of lists that have none; it is shown nowhere."""
Lines = Sequence[tuple[int, Mapping[str, str]]]
"""Rows of a CSV file, each with the number of its line."""
COVERAGES = ("complete", "partial")
POPULATION = ("population_municipality", "population", "residents")
"""Columns by which residents are read, the first that the table has."""
GONE = ("departed", "on_hold")
"""States of a membership that is none now, as in the published table."""
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """One municipality of a given table. country: ISO code, "" where empty; municipality_id: "" for a body of no municipality."""

    place_id: str
    country: str
    residents: int | None
    degurba: str
    municipality_id: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave. lists: oldest first, one a network and date; families: network -> family, of the networks that name one.

    places: of the second table, None where there was none; rows: memberships as given; left_out: how many rows do not count, by reason;
    mixed: networks with a list of which some rows are partial and some are not; unplaced: rows about bodies of no municipality.
    """

    lists: tuple[MemberList, ...]
    families: Mapping[str, str]
    places: Mapping[str, GivenPlace] | None
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    left_out: Mapping[str, int]
    mixed: tuple[str, ...]
    unplaced: int
    dated: bool

    @property
    def as_of(self) -> str:
        """The date of the newest list."""
        return max(members.list_date for members in self.lists)

    @property
    def municipalities(self) -> dict[str, str]:
        """The municipalities that there are by the table of places, sorted: id -> ISO code of its country, "" where not known."""
        return _municipalities(self.places or {})


def given(where: str, columns: Sequence[str], lines: Lines, places: Mapping[str, GivenPlace] | None) -> Given:
    """The memberships as lists; a list that shows any partial row is partial. ConfigError with file and line for an empty id, an unknown
    coverage, date or mark, or a network of two families."""
    if not lines:
        raise ConfigError(f"{where}: expected a row for each membership, found none")
    dated = "list_date" in columns
    whys = [_left_out_because(where, number, row) for number, row in lines]
    kept = [line for line, why in zip(lines, whys, strict=True) if not why]
    if not kept:
        raise ConfigError(f"{where}: expected memberships that count, found none: every row says that it does not")
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    stated: dict[tuple[str, str], set[str]] = defaultdict(set)
    shown: dict[tuple[str, str], set[str]] = defaultdict(set)
    families: dict[str, str] = {}
    unplaced = 0
    for number, row in kept:
        network_id, place_id = _filled(where, number, row, "network_id"), _filled(where, number, row, "place_id")
        key = network_id, _date(where, number, row.get("list_date", "")) if dated else UNDATED
        for words in (stated, shown) if _shown(row) else (stated,):
            words[key].add(_word(where, number, row.get("coverage") or COVERAGES[0]))
        if (family := row.get("family", "").strip()) and families.setdefault(network_id, family) != family:
            raise ConfigError(f"{where}:{number}: expected one family for {network_id}, got {family!r} and {families[network_id]!r}")
        municipality_id = place_id if places is None or place_id not in places else places[place_id].municipality_id
        members[key] |= {municipality_id} - {""}
        unplaced += not municipality_id
    countries = _municipalities(places or {})
    coverage = {key: shown[key] or words for key, words in stated.items()}
    lists = tuple(
        MemberList(name, day, coverage[name, day] == {"complete"}, "current", frozenset(ids), frozenset(ids), 0, _of(ids, countries))
        for (name, day), ids in sorted(members.items())
    )
    rows = tuple(row for _, row in lines)
    left_out = Counter(why for why in whys if why)
    mixed = tuple(sorted({name for (name, _), words in coverage.items() if len(words) > 1}))
    return Given(lists, families, places, tuple(columns), rows, dict(sorted(left_out.items())), mixed, unplaced, dated)


def given_places(where: str, columns: Sequence[str], lines: Lines) -> dict[str, GivenPlace]:
    """The places by id, sorted. ConfigError with file and line for an id that is empty or stands twice, a second capital of a country,
    one of no country, or a cell of another form."""
    population = next((column for column in POPULATION if column in columns), "")
    found: dict[str, GivenPlace] = {}
    capitals: dict[str, str] = {}
    for number, row in lines:
        place_id, country = _filled(where, number, row, "place_id"), row.get("country", "").strip()
        if place_id in found:
            raise ConfigError(f"{where}:{number}: expected each place once, got {place_id} twice")
        if country and not re.fullmatch("[A-Z]{2}", country):
            raise ConfigError(f"{where}:{number}: expected an ISO code of two capital letters as country, got {country!r}")
        degurba = row.get("degurba", "").strip()
        if degurba not in ("", "1", "2", "3"):
            raise ConfigError(f"{where}:{number}: expected 1, 2, 3 or nothing as degurba, got {degurba!r}")
        residents = _count(where, number, population, row.get(population, ""))
        municipality_id = row["municipality_id"].strip() if "municipality_id" in columns else place_id
        capital = _mark(where, number, row, "capital", default=False)
        if capital and not country:
            raise ConfigError(f"{where}:{number}: expected the country of a capital, got none for {place_id}")
        if capital and capitals.setdefault(country, place_id) != place_id:
            raise ConfigError(f"{where}:{number}: expected one capital of {country}, got {capitals[country]} and {place_id}")
        found[place_id] = GivenPlace(place_id, country, residents, degurba, municipality_id, capital)
    if not found:
        raise ConfigError(f"{where}: expected a row for each place, found none")
    return dict(sorted(found.items()))


def _municipalities(places: Mapping[str, GivenPlace]) -> dict[str, str]:
    """A municipality's own row tells its country; one without a row has that on which all bodies that lie in it agree."""
    inside: dict[str, set[str]] = defaultdict(set)
    for place in places.values():
        inside[place.municipality_id].add(place.country)
    told = {p: places[p].country if p in places else "".join(inside[p]) if len(inside[p]) == 1 else "" for p in sorted(inside)}
    return {p: country for p, country in told.items() if p}


def _left_out_because(where: str, number: int, row: Mapping[str, str]) -> str:
    """Why a row is no membership that counts, "" where it is one; an empty cell says nothing."""
    tie, use, state = (row.get(column, "").strip().lower() for column in ("tie", "use", "state"))
    if not _mark(where, number, row, "counted", default=True):
        return "counted is false"
    if tie and tie not in MEMBER_TIES:
        return f"tie is none of {', '.join(sorted(MEMBER_TIES))}"
    if use == "replication_only":
        return "use is replication_only"
    return f"state is {state}" if state in GONE else ""


def _shown(row: Mapping[str, str]) -> bool:
    """Whether the list of list_date itself shows the row, as far as the row tells: in a published table its coverage is that of the
    list that shows it, and one not seen since an older list says nothing of the newest."""
    confirmed, listed = (row.get(column, "").strip() for column in ("last_confirmed_on", "list_date"))
    return not confirmed or confirmed >= listed


def _of(ids: set[str], countries: Mapping[str, str]) -> dict[str, str]:
    return {p: countries[p] for p in sorted(ids) if countries.get(p)}


def _filled(where: str, number: int, row: Mapping[str, str], column: str) -> str:
    if value := row[column].strip():
        return value
    raise ConfigError(f"{where}:{number}: expected a {column}, got an empty cell")


def _word(where: str, number: int, value: str) -> str:
    word = value.strip().lower()
    if word in COVERAGES:
        return word
    raise ConfigError(f"{where}:{number}: expected {' or '.join(COVERAGES)} as coverage, got {value!r}")


def _date(where: str, number: int, value: str) -> str:
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise ConfigError(f"{where}:{number}: expected a date (YYYY-MM-DD) as list_date, got {value!r}") from None


def _mark(where: str, number: int, row: Mapping[str, str], column: str, *, default: bool) -> bool:
    value = row.get(column, "").strip().lower()
    if value and value not in (*_YES, *_NO):
        raise ConfigError(f"{where}:{number}: expected true or false as {column}, got {row[column]!r}")
    return value in _YES if value else default


def _count(where: str, number: int, column: str, value: str) -> int | None:
    if value.strip() and not re.fullmatch(r"[0-9]+(\.0+)?", value.strip()):
        raise ConfigError(f"{where}:{number}: expected a whole number or nothing as {column}, got {value!r}")
    return int(float(value)) if value.strip() else None
