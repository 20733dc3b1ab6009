"""What `citynet analyse` makes of somebody's memberships: the tables of a release that need nothing else, and a short report."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from citynet.analysis.connectivity import place_connectivity
from citynet.analysis.connectivity_concentration import connectivity_concentration
from citynet.analysis.incidence import Eligible
from citynet.analysis.lists import MemberList, newest_lists
from citynet.analysis.null_models import overlap_tests
from citynet.analysis.overlap import network_overlap
from citynet.analysis.represented import represented
from citynet.analysis.size_and_membership import Municipalities, Subject, size_and_membership
from citynet.analysis.strata import BY_COUNTRY, DIMENSIONS, ELIGIBLE, Strata
from citynet.model import Row
from citynet.pipelines.given_tables import UNDATED, Given, GivenPlace
from citynet.pipelines.overlap_tables import ChanceModels, chance_model_rows
from citynet.pipelines.representation_tables import class_along
from citynet.statistics.joining import SIZE_CLASS_NAMES
from citynet.statistics.values import Municipality

Tables = dict[str, list[Row]]
UNIVERSE = "places of the table given"
SOURCE = "given by the user"
_KNOWN_BY = {"municipality_size_class": "number of residents", "degurba": "degree of urbanisation"}
"""Dimension -> what a place needs to have a class along it; a country for the others."""
_DATES = ("list_date", "list_date_a", "list_date_b", "lists_from", "lists_to", "as_of")


def analysed(given: Given) -> Tables:
    """The tables, by name. Lists without dates count as of one time; without places nothing that needs their attributes is made.

    A family may be named by the id of its head network, which then belongs to it without saying so.
    """
    places = given.places
    networks = sorted({members.network_id for members in given.lists})
    families = {network: given.families.get(network, network) for network in networks}
    related = frozenset(frozenset(pair) for pair in combinations(networks, 2) if families[pair[0]] == families[pair[1]])
    newest = newest_lists(given.lists)
    pools = {"all": tuple(members.network_id for members in newest)}
    tables: Tables = {
        **_overlap(given, related),
        "place_connectivity": place_connectivity(newest, families, given.as_of, age_limit=False),
        "connectivity_concentration": connectivity_concentration(newest, families, pools, given.as_of, age_limit=False),
    }
    if places is not None:
        tables["representation"] = _representation(newest, places, given.as_of)
        tables["size_and_membership"] = _sizes(newest, places, families, given.as_of)
    return tables if given.dated else {name: [_undated(row) for row in rows] for name, rows in tables.items()}


def memberships(given: Given, columns: Sequence[str]) -> tuple[list[str], list[Mapping[str, object]]]:
    """Columns and rows of the memberships as given: the published columns first, then all others; empty where nobody said anything."""
    shown = [*columns, *(column for column in given.columns if column not in columns)]
    rows = sorted(given.rows, key=lambda row: (row["network_id"], row["place_id"], tuple(row.values())))
    return shown, [{column: row.get(column, "") for column in shown} for row in rows]


def _overlap(given: Given, related: frozenset[frozenset[str]]) -> Tables:
    """Every municipality of the table of places may join every network: nobody's rules are known."""
    countries = given.municipalities
    eligible = None if given.places is None else Eligible(tuple(countries), tuple(countries.values()))
    tests = overlap_tests(given.lists, related, given.as_of, eligible, age_limit=False)
    rows = network_overlap(given.lists, related, given.as_of, age_limit=False, tests=tests)
    found = ChanceModels(tests, len(countries), sum(map(bool, countries.values())))
    return {"network_overlap": rows, "chance_models": chance_model_rows(found, given.as_of) if tests.family.pairs else []}


def _units(places: Mapping[str, GivenPlace]) -> dict[str, Municipality]:
    """The municipalities of the table; a body that lies in another one is none."""
    return {
        p: Municipality(p, place.country, p, "", place.residents, int(place.degurba) if place.degurba else None, "")
        for p, place in places.items()
        if place.municipality_id == p
    }


def _representation(lists: Sequence[MemberList], places: Mapping[str, GivenPlace], as_of: str) -> list[Row]:
    """Each complete list against the places given, along every dimension of which they say something."""
    units = _units(places)
    residents = {p: unit.population for p, unit in units.items()}
    rows: list[Row] = []
    for members in (members for members in lists if members.complete):
        for dimension in DIMENSIONS:
            classes = {p: class_along(dimension, unit, unit.country, members.list_date) for p, unit in units.items()}
            universe = _universe(units, classes, dimension)
            if len(universe.counts) > 1 or (universe.counts and dimension not in BY_COUNTRY):
                rows += represented(members, classes, universe, as_of, residents=residents, age_limit=False)
    return rows


def _universe(units: Mapping[str, Municipality], classes: Mapping[str, str | None], dimension: str) -> Strata:
    """The municipalities that have a class along the dimension; residents of those classes of which every one's are known."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    people: dict[str, Counter[str]] = defaultdict(Counter)
    unknown: set[str] = set()
    for p, unit in units.items():
        if name := classes[p]:
            counts[name][unit.country] += 1
            people[name][unit.country] += unit.population or 0
            unknown |= {name} if unit.population is None else set()
    found = [name for name in _order(dimension) if name in counts] or sorted(counts)
    inside = sum(map(bool, classes.values()))
    known = f", of {len(units)} those with a known {_KNOWN_BY.get(dimension, 'country')}" if inside < len(units) else ""
    name, residents = f"{inside} {UNIVERSE}{known}", {each: people[each] for each in found if each not in unknown}
    return Strata(ELIGIBLE, dimension, name, SOURCE, {each: counts[each] for each in found}, residents)


def _order(dimension: str) -> Sequence[str]:
    return SIZE_CLASS_NAMES if dimension == "municipality_size_class" else ()


def _sizes(lists: Sequence[MemberList], places: Mapping[str, GivenPlace], families: Mapping[str, str], as_of: str) -> list[Row]:
    """A municipality without a country is in no comparison within countries; a member without one is missing there."""
    every = _units(places)
    units = {p: unit for p, unit in every.items() if unit.country}
    capitals = {place.country: p for p, place in places.items() if place.capital and p in units}
    towns = Municipalities({p: (unit.country, unit.population) for p, unit in units.items()}, capitals)
    universe = f"{len(units)} {UNIVERSE}" + (f", of {len(every)} those with a known country" if len(units) < len(every) else "")
    subjects = {m.network_id: Subject(m.network_id, m.network_id, frozenset(units), universe) for m in lists}
    return size_and_membership(lists, towns, subjects, families, as_of, age_limit=False)


def _undated(row: Row) -> Row:
    """The row without the date that stands for none."""
    return {column: _without_date(column, value) for column, value in row.items()}


def _without_date(column: str, value: object) -> object:
    if column in _DATES and value == UNDATED:
        return None
    return value.replace(UNDATED, "an unknown date") if isinstance(value, str) else value
