"""What a network's dated rules admit of the list of municipalities, in the cells that analysis counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from citynet.analysis.strata import Cell
from citynet.model import Network
from citynet.pipelines.eligibility import Networks, admitted_sizes, in_words, no_universe_because
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.universe_tables import NO_LIST
from citynet.statistics.joining import size_class
from citynet.statistics.size_ranges import ANY_SIZE, Ranges, within
from citynet.statistics.universes import CellKey, EligibleCell, UniverseCell, eligible, residents_by_cell
from citynet.statistics.values import Municipality


@dataclass(frozen=True, slots=True)
class Admission:
    """What one network admits. surely: cells as far as they may join; perhaps: those through which a rule runs and that can't be counted.

    sizes: country -> numbers of residents admitted; rule: in words; because: why nobody can tell who may join, then the rest is empty.
    """

    network_id: str
    rule: str
    surely: tuple[Cell, ...] = ()
    perhaps: tuple[Cell, ...] = ()
    sizes: Mapping[str, Ranges] = field(default_factory=dict)
    because: str = ""

    @property
    def limits_residents(self) -> bool:
        """Whether the rules ask for a number of residents in any country from which one may join."""
        return any(ranges not in ((), ANY_SIZE) for ranges in self.sizes.values())

    def admits(self, unit: Municipality) -> bool:
        """Whether a municipality of known residents may join."""
        return unit.population is not None and within(self.sizes.get(unit.country, ()), unit.population)


def admissions(networks: Sequence[Network], statistics: Statistics, as_of: str) -> dict[str, Admission]:
    """Of every network what its rules in force at as_of admit."""
    known = {network.id: network for network in networks}
    listed = residents_by_cell(statistics.municipalities)
    return {network.id: _admission(network, known, statistics, listed, as_of) for network in networks}


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
    network: Network, networks: Networks, statistics: Statistics, listed: Mapping[CellKey, Sequence[int]], as_of: str
) -> Admission:
    rule = in_words(network, as_of)
    because = no_universe_because(network, networks, as_of) or ("" if statistics.universes else NO_LIST)
    if because:
        return Admission(network.id, rule, because=because)
    sizes = {country: admitted_sizes(network, networks, as_of, country) for country in sorted({c.country for c in statistics.universes})}
    whole = {(c.country, c.size_class, c.degurba): c for c in statistics.universes}
    found = eligible(statistics.universes, listed, sizes)
    surely = tuple(_cell(c) for c in found if c.municipalities is not None and c.size_class)
    perhaps = cells_of(whole[c.country, c.size_class, c.degurba] for c in found if c.municipalities is None and c.size_class)
    return Admission(network.id, rule, surely, perhaps, sizes)


def _cell(cell: EligibleCell) -> Cell:
    return Cell(cell.country, cell.size_class, str(cell.degurba or ""), cell.municipalities or 0, cell.residents)
