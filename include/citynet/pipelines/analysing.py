"""What `citynet analyse` makes of somebody's memberships: the tables of a release that need nothing else, and a short report."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from citynet.analysis.connectivity import place_connectivity
from citynet.analysis.connectivity_concentration import connectivity_concentration
from citynet.analysis.incidence import Eligible
from citynet.analysis.lists import MemberList, newest_lists
from citynet.analysis.null_models import FIGURES, overlap_tests
from citynet.analysis.overlap import network_overlap
from citynet.analysis.represented import represented
from citynet.analysis.size_and_membership import Municipalities, Subject, size_and_membership
from citynet.analysis.strata import BY_COUNTRY, DIMENSIONS, ELIGIBLE, strata
from citynet.model import Row
from citynet.pipelines.admission import cells_of
from citynet.pipelines.given_tables import UNDATED, Given, GivenPlace
from citynet.pipelines.overlap_tables import ChanceModels, chance_model_rows
from citynet.pipelines.representation_tables import class_along
from citynet.statistics.joining import SIZE_CLASS_NAMES
from citynet.statistics.universes import counted
from citynet.statistics.values import Municipality

Tables = dict[str, list[Row]]
UNIVERSE = "places of the table given"
SOURCE = "given by the user"
COUNTRY_MODEL = "fixed_margins_country"
NO_COUNTRIES = f"{COUNTRY_MODEL}: the countries of places are not known"
"""Chance models that hold countries fixed need to know them."""
_DATES = ("list_date", "list_date_a", "list_date_b", "lists_from", "lists_to", "as_of")


def analysed(given: Given) -> Tables:
    """The tables, by name. Lists without dates count as of one time; without places nothing that needs their attributes is made.

    A family may be named by the id of its head network, which then belongs to it without saying so.
    """
    places = given.places
    networks = sorted({members.network_id for members in given.lists})
    families = {network: given.families.get(network, network) for network in networks}
    related = frozenset(frozenset(pair) for pair in combinations(networks, 2) if families[pair[0]] == families[pair[1]])
    eligible = _eligible(places) if places is not None else None
    tests = overlap_tests(given.lists, related, given.as_of, eligible, age_limit=False)
    newest = newest_lists(given.lists)
    pools = {"all": tuple(members.network_id for members in newest)}
    tables: Tables = {
        "network_overlap": network_overlap(given.lists, related, given.as_of, age_limit=False, tests=tests),
        "chance_models": chance_model_rows(ChanceModels(tests, len(places or ())), given.as_of) if tests.family.pairs else [],
        "place_connectivity": place_connectivity(newest, families, given.as_of, age_limit=False),
        "connectivity_concentration": connectivity_concentration(newest, families, pools, given.as_of, age_limit=False),
    }
    if not _knows_countries(given):
        tables = _without_countries(tables)
    if places is not None:
        tables["representation"] = _representation(newest, places, given.as_of)
        tables["size_and_membership"] = _sizes(newest, places, families, given.as_of)
    return tables if given.dated else {name: [_undated(row) for row in rows] for name, rows in tables.items()}


def memberships(given: Given, columns: Sequence[str]) -> tuple[list[str], list[Mapping[str, object]]]:
    """Columns and rows of the memberships as given: the published columns first, then all others; empty where nobody said anything."""
    shown = [*columns, *(column for column in given.columns if column not in columns)]
    rows = sorted(given.rows, key=lambda row: (row["network_id"], row["place_id"], tuple(row.values())))
    return shown, [{column: row.get(column, "") for column in shown} for row in rows]


def _eligible(places: Mapping[str, GivenPlace]) -> Eligible:
    """Every municipality of the table may join every network: nobody's rules are known."""
    known = {p.municipality_id: p.country for p in places.values() if p.municipality_id}
    return Eligible(tuple(known), tuple(known.values()))


def _knows_countries(given: Given) -> bool:
    return bool(given.places) and any(place.country for place in (given.places or {}).values())


def _without_countries(tables: Tables) -> Tables:
    """The tables without the model that holds the countries of members fixed."""
    empty = {f"{figure}_{COUNTRY_MODEL}": None for figure in (*FIGURES, "p_lower")}
    rows = [
        {
            **row,
            **{name: value for name, value in empty.items() if name in row},
            "p_method": "; ".join(m for m in str(row["p_method"]).split("; ") if not m.startswith(f"{COUNTRY_MODEL}:")) or None
            if row["p_method"]
            else None,
            "not_computed_because": "; ".join(
                filter(None, (str(row["not_computed_because"] or ""), NO_COUNTRIES if row["p_method"] else ""))
            )
            or None,
        }
        for row in tables["network_overlap"]
    ]
    return {**tables, "network_overlap": rows, "chance_models": [r for r in tables["chance_models"] if r["model"] != COUNTRY_MODEL]}


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
    cells = cells_of(counted(units.values()))
    rows: list[Row] = []
    for members in (members for members in lists if members.complete):
        for dimension in DIMENSIONS:
            universe = strata(cells, ELIGIBLE, dimension, f"{len(units)} {UNIVERSE}", SOURCE, _order(dimension), members.list_date)
            if len(universe.counts) > 1 or (universe.counts and dimension not in BY_COUNTRY):
                classes = {p: _class(p, units, members, dimension) for p in members.municipality_ids}
                rows += represented(members, classes, universe, as_of, residents=residents, age_limit=False)
    return rows


def _order(dimension: str) -> Sequence[str]:
    return SIZE_CLASS_NAMES if dimension == "municipality_size_class" else ()


def _class(place_id: str, units: Mapping[str, Municipality], members: MemberList, dimension: str) -> str | None:
    unit = units.get(place_id)
    if unit is None or unit.population is None:
        return None
    return class_along(dimension, unit, unit.country, members.list_date)


def _sizes(lists: Sequence[MemberList], places: Mapping[str, GivenPlace], families: Mapping[str, str], as_of: str) -> list[Row]:
    units = _units(places)
    capitals = {place.country: p for p, place in places.items() if place.capital and p in units}
    towns = Municipalities({p: (unit.country, unit.population) for p, unit in units.items()}, capitals)
    subjects = {m.network_id: Subject(m.network_id, m.network_id, frozenset(units), f"{len(units)} {UNIVERSE}") for m in lists}
    return size_and_membership(lists, towns, subjects, families, as_of, age_limit=False)


def _undated(row: Row) -> Row:
    """The row without the date that stands for none."""
    return {column: _without_date(column, value) for column, value in row.items()}


def _without_date(column: str, value: object) -> object:
    if column in _DATES and value == UNDATED:
        return None
    return value.replace(UNDATED, "an unknown date") if isinstance(value, str) else value
