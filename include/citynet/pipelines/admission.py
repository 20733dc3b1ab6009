"""What a network's dated rules admit of the list of municipalities, in the cells that analysis counts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from citynet.analysis.strata import Cell
from citynet.model import Network
from citynet.pipelines.eligibility import (
    Networks,
    admitted_sizes,
    bound_by,
    in_force,
    in_words,
    must_belong,
    no_universe_because,
    where_admitted,
)
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.universe_tables import NO_LIST
from citynet.statistics.joining import size_class
from citynet.statistics.size_ranges import ANY_SIZE, Ranges, within
from citynet.statistics.universes import CellKey, EligibleCell, UniverseCell, eligible, residents_by_cell
from citynet.statistics.values import Municipality

_ONLY_THOSE = {
    True: "the only ones that the network's rules admit on the day of the list",
    False: "the only ones that the network's rules name, of which none is in force on the day of the list",
}
"""Whose rules limit the countries, by whether they are in force on the day of the list."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What one network admits by its rules in force on a day. rule: in words, with those of the networks to which members must
    belong; parents: those networks, id -> name; because: why nobody can tell, then the cells are empty.

    surely: cells as far as they may join; perhaps: those through which a rule runs and that can't be counted; unsized: those without
    residents in countries where a rule asks for a number of them; sizes: country -> numbers of residents admitted. countries: the only
    ones (ISO codes) from which anybody may join, () for any, and part: the part of a country, "" for none; by the rules of the day or,
    as only_those says, by the newest of others.
    """

    network_id: str
    day: str
    rule: str
    surely: tuple[Cell, ...] = ()
    perhaps: tuple[Cell, ...] = ()
    unsized: tuple[Cell, ...] = ()
    sizes: Mapping[str, Ranges] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    part: str = ""
    only_those: str = ""
    parents: Mapping[str, str] = field(default_factory=dict)
    because: str = ""

    @property
    def limits_residents(self) -> bool:
        """Whether the rules ask for a number of residents in any country from which one may join."""
        return any(ranges not in ((), ANY_SIZE) for ranges in self.sizes.values())

    @property
    def admitted_by(self) -> str:
        """By which rules, in words: "its own rules of 2026-08-01 (…)", with those of the networks to which members must belong."""
        if not self.parents:
            return f"its own rules of {self.day} ({self.rule})"
        parents = " and ".join(self.parents)
        return f"its own rules and those of {parents} of {self.day} ({self.rule}; they must also be members of {parents})"

    def admits(self, unit: Municipality) -> bool:
        """Whether a municipality of known residents may join."""
        return unit.population is not None and within(self.sizes.get(unit.country, ()), unit.population)


Admissions = Mapping[tuple[str, str], Admission]
"""(Network, day) -> what its rules in force on that day admit."""


def admissions(asked: Collection[tuple[str, str]], networks: Sequence[Network], statistics: Statistics) -> Admissions:
    """What each network asked for admits by its rules in force on the day (ISO date) asked for: that of its list, or of the release."""
    known = {network.id: network for network in networks}
    listed = residents_by_cell(statistics.municipalities)
    return {(network_id, day): _admission(known[network_id], known, statistics, listed, day) for network_id, day in sorted(asked)}


def cells_of(universes: Iterable[UniverseCell]) -> tuple[Cell, ...]:
    """The counts of the list as analysis takes them."""
    return tuple(Cell(c.country, c.size_class, str(c.degurba or ""), c.municipalities, c.residents) for c in universes)


def whole_units(statistics: Statistics) -> tuple[Municipality, ...]:
    """The municipalities with residents, of the size classes of which the list at hand has every one of the country.

    A list that is trimmed below some size has all of the classes above it; of the others nobody knows who is missing.
    """
    listed = {key: len(residents) for key, residents in residents_by_cell(statistics.municipalities).items()}
    whole = {(c.country, c.size_class, c.degurba) for c in statistics.universes if listed.get(_key(c)) == c.municipalities}
    partly = {(c.country, c.size_class) for c in statistics.universes if c.size_class and _key(c) not in whole}
    return tuple(u for u in statistics.municipalities if (size := size_class(u.population)) and (u.country, size) not in partly)


def _key(cell: UniverseCell) -> CellKey:
    return (cell.country, cell.size_class, cell.degurba)


def _admission(
    network: Network, networks: Networks, statistics: Statistics, listed: Mapping[CellKey, Sequence[int]], day: str
) -> Admission:
    where = where_admitted(network, day)
    because = no_universe_because(network, networks, day) or ("" if statistics.universes else NO_LIST)
    told = Admission(
        network.id,
        day,
        _rules(network, networks, day),
        countries=where.countries,
        part=where.part,
        only_those=_ONLY_THOSE[where.of_the_day] if where.countries else "",
        parents={parent: networks[parent].name if parent in networks else parent for parent in sorted(must_belong(network, day))},
        because=because,
    )
    if because:
        return told
    sizes = {country: admitted_sizes(network, networks, day, country) for country in sorted({c.country for c in statistics.universes})}
    whole = {(c.country, c.size_class, c.degurba): c for c in statistics.universes}
    found = eligible(statistics.universes, listed, sizes)
    uncounted = cells_of(whole[c.country, c.size_class, c.degurba] for c in found if c.municipalities is None)
    return replace(
        told,
        surely=tuple(_cell(c) for c in found if c.municipalities is not None),
        perhaps=tuple(cell for cell in uncounted if cell.size_class),
        unsized=tuple(cell for cell in uncounted if not cell.size_class),
        sizes=sizes,
    )


def _rules(network: Network, networks: Networks, day: str) -> str:
    """The rules of a day in words, and behind them those of each network whose rules bind too, step by step to the last."""
    told, asked = [in_words(network, day)], [network.id] if in_force(network, day) else []
    for network_id in asked:
        further = sorted(bound_by(networks[network_id], day) & networks.keys() - {*asked})
        asked += further
        told += [f"rules of {parent}: {in_words(networks[parent], day)}" for parent in further]
    return "; ".join(told)


def _cell(cell: EligibleCell) -> Cell:
    return Cell(cell.country, cell.size_class, str(cell.degurba or ""), cell.municipalities or 0, cell.residents)
