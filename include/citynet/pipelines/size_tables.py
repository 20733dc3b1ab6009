"""Table size_and_membership: how size, and being the capital, go with membership among the municipalities that may join."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.analysis.families import families
from citynet.analysis.lists import MemberList
from citynet.analysis.size_and_membership import Municipalities, Subject, size_and_membership
from citynet.model import Network, Row
from citynet.pipelines.admission import Admission, Admissions, whole_units
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.views import View, names_left_open
from citynet.places.capitals import CAPITALS
from citynet.places.gazetteer import Gazetteer
from citynet.statistics.joining import OVERFLOW, lau_id
from citynet.statistics.values import Municipality

IN_PARTS = frozenset({"SK", "TR"})
"""Countries whose list of 2019 has no whole of their largest cities: of Bratislava and Košice, of Ankara and Istanbul only districts."""


@dataclass(frozen=True, slots=True)
class Towns:
    """The municipalities of the list that figures by size are of. units: id -> municipality; ids: place -> id, where it is one of them.

    floor: residents from which on the list has every municipality of each country. A capital without a unit has its place's id.
    """

    units: Mapping[str, Municipality]
    ids: Mapping[str, str]
    capitals: Mapping[str, str]
    floor: int


def size_rows(
    lists: Sequence[MemberList],
    networks: Sequence[Network],
    described: Described,
    statistics: Statistics,
    admitted: Admissions,
    gazetteer: Gazetteer,
    as_of: str,
    *,
    age_limit: bool,
    pooled: Collection[str],
    names_in: Mapping[str, Mapping[str, int]] | None = None,
) -> list[Row]:
    """Table size_and_membership. lists: the newest of each network; pooled: those that headlines are about, alone in the pool.

    names_in: network_id -> country -> its names without a place that lie there (names_by_country); none: they may lie anywhere.
    """
    towns = _towns(described, statistics, gazetteer)
    called = {network.id: network.name for network in networks}
    used = [_as_units(members, towns) for members in lists]
    known = names_in or {}
    subjects = {m.network_id: _subject(called[m.network_id], admitted[m.network_id, m.list_date], towns) for m in used}
    subjects = {network_id: replace(subject, names_in=known.get(network_id, {})) for network_id, subject in subjects.items()}
    sized = {lau_id(unit): (unit.country, unit.population) for unit in statistics.municipalities if unit.population is not None}
    called_by, at_least = _by_other_sources(described, gazetteer, towns)
    municipalities = Municipalities(sized, towns.capitals, called_by, at_least, IN_PARTS)
    return size_and_membership(used, municipalities, subjects, families(networks), as_of, age_limit=age_limit, pooled=pooled)


def names_by_country(views: Sequence[View]) -> dict[str, dict[str, int]]:
    """network_id -> country -> how many names without a place its newest list prints with that country."""
    found = {}
    for seen in views:
        lists = [listing for listing in seen.lists if listing.listing.coverage == "complete"] or seen.lists
        unmatched = (name.country for name in names_left_open(lists[-1]) if name.country) if lists else ()
        found[seen.network.id] = dict(sorted(Counter(unmatched).items()))
    return found


def _towns(described: Described, statistics: Statistics, gazetteer: Gazetteer) -> Towns:
    units = {lau_id(unit): unit for unit in whole_units(statistics)}
    joined = {p: lau_id(unit) for p, unit in described.municipalities.items() if unit is not None}
    capitals: dict[str, str] = {}
    for country, place_id in CAPITALS.items():
        place = gazetteer.get(place_id)
        capitals[country] = joined.get(place_id) or (f"lau{country}{place.lau_code}" if place and place.lau_code else place_id)
    least = min((unit.population or 0 for unit in units.values()), default=0)
    return Towns(units, joined, capitals, least)


def _as_units(members: MemberList, towns: Towns) -> MemberList:
    """The list with each municipality under the id of its unit in the list of municipalities, where it has one."""
    countries = {towns.ids.get(p, p): country for p, country in sorted(members.countries.items())}
    return replace(members, municipality_ids=frozenset(towns.ids.get(p, p) for p in members.municipality_ids), countries=countries)


def _by_other_sources(described: Described, gazetteer: Gazetteer, towns: Towns) -> tuple[dict[str, str], dict[str, int]]:
    """Names, and residents that a place surely has: a settlement of the gazetteer exceeds its municipality by no more than OVERFLOW."""
    every = {place.place_id: place for place in map(gazetteer.get, CAPITALS.values()) if place} | dict(described.places)
    places = [(towns.ids.get(p, p), place) for p, place in sorted(every.items())]
    at_least = {unit_id: int(place.population / OVERFLOW) for unit_id, place in places if place.population}
    return {unit_id: place.name for unit_id, place in places}, at_least


def _subject(name: str, found: Admission, towns: Towns) -> Subject:
    if found.because:
        return Subject(found.network_id, name, None, f"nobody can tell who may join: {found.because}")
    eligible = frozenset(unit_id for unit_id, unit in towns.units.items() if found.admits(unit))
    floor = f", of size classes of which the list has every municipality (from {towns.floor:,} residents)" if towns.floor > 1 else ""
    countries = frozenset(country for country, ranges in found.sizes.items() if ranges)
    return Subject(found.network_id, name, eligible, f"municipalities that may join by {found.admitted_by}{floor}", countries=countries)
