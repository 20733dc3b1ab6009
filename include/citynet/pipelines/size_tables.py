"""Table size_and_membership: how size, and being the capital, go with membership among the municipalities that may join."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.analysis.families import families
from citynet.analysis.lists import MemberList
from citynet.analysis.size_and_membership import Municipalities, Subject, size_and_membership
from citynet.model import Network, Row
from citynet.pipelines.admission import Admission, whole_units
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.places.capitals import CAPITALS
from citynet.places.gazetteer import Gazetteer
from citynet.statistics.joining import lau_id
from citynet.statistics.values import Municipality


@dataclass(frozen=True, slots=True)
class Towns:
    """The municipalities of the list that figures by size are of. units: id -> municipality; ids: place -> id, where it is one of them.

    floor: residents from which on the list has every municipality of each country.
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
    admitted: Mapping[str, Admission],
    gazetteer: Gazetteer,
    as_of: str,
    *,
    age_limit: bool,
    pooled: Collection[str],
) -> list[Row]:
    """Table size_and_membership. lists: the newest of each network; pooled: those that headlines are about, alone in the pool."""
    towns = _towns(described, statistics, gazetteer)
    called = {network.id: network.name for network in networks}
    used = [_as_units(members, towns) for members in lists]
    subjects = {m.network_id: _subject(called[m.network_id], admitted[m.network_id], towns) for m in used}
    sized = {lau_id(unit): (unit.country, unit.population) for unit in statistics.municipalities if unit.population is not None}
    municipalities = Municipalities(sized, towns.capitals)
    return size_and_membership(used, municipalities, subjects, families(networks), as_of, age_limit=age_limit, pooled=pooled)


def _towns(described: Described, statistics: Statistics, gazetteer: Gazetteer) -> Towns:
    units = {lau_id(unit): unit for unit in whole_units(statistics)}
    joined = {p: lau_id(unit) for p, unit in described.municipalities.items() if unit is not None}
    capitals: dict[str, str] = {}
    for country, place_id in CAPITALS.items():
        place = gazetteer.get(place_id)
        unit_id = joined.get(place_id) or (f"lau{country}{place.lau_code}" if place and place.lau_code else "")
        if unit_id in units:
            capitals[country] = unit_id
    least = min((unit.population or 0 for unit in units.values()), default=0)
    return Towns(units, joined, capitals, least)


def _as_units(members: MemberList, towns: Towns) -> MemberList:
    """The list with each municipality under the id of its unit in the list of municipalities, where it has one."""
    countries = {towns.ids.get(p, p): country for p, country in sorted(members.countries.items())}
    return replace(members, municipality_ids=frozenset(towns.ids.get(p, p) for p in members.municipality_ids), countries=countries)


def _subject(name: str, found: Admission, towns: Towns) -> Subject:
    if found.because:
        return Subject(found.network_id, name, None, f"nobody can tell who may join: {found.because}")
    eligible = frozenset(unit_id for unit_id, unit in towns.units.items() if found.admits(unit))
    floor = f", of size classes of which the list has every municipality (from {towns.floor:,} residents)" if towns.floor > 1 else ""
    return Subject(found.network_id, name, eligible, f"municipalities that may join by its own rules ({found.rule}){floor}")
