"""The tables that tell of denominators and of how far figures reach: universes, network_universes."""

from collections.abc import Iterator, Mapping, Sequence

from citynet.model import Network, Row
from citynet.pipelines.eligibility import admitted_sizes, in_force, in_words, no_universe_because
from citynet.pipelines.statistics import Statistics
from citynet.statistics.datasets import lau_source
from citynet.statistics.universes import NO_RESIDENTS, CellKey, EligibleCell, eligible, residents_by_cell

NO_LIST = "no list of municipalities is held"
NO_UNITS = "the list of municipalities has no units of this country"


def universe_rows(statistics: Statistics, as_of: str) -> list[Row]:
    """Table universes; units without residents, which no figure has, say so."""
    return [
        {
            "country": cell.country,
            "size_class": cell.size_class or None,
            "degurba": cell.degurba,
            "municipalities": cell.municipalities,
            "residents": cell.residents,
            "year": statistics.lau_year,
            "gap": None if cell.size_class else NO_RESIDENTS,
            "source": lau_source(statistics.lau_year),
            "as_of": as_of,
        }
        for cell in statistics.universes
    ]


def network_universe_rows(networks: Sequence[Network], statistics: Statistics, as_of: str) -> list[Row]:
    """Table network_universes: the cells that each network's rules in force at as_of admit, or one row that says why there are none."""
    known = {network.id: network for network in networks}
    listed = residents_by_cell(statistics.municipalities)
    return [row for network in networks for row in _of_network(network, known, statistics, listed, as_of)]


def _of_network(
    network: Network, networks: Mapping[str, Network], statistics: Statistics, listed: Mapping[CellKey, Sequence[int]], as_of: str
) -> Iterator[Row]:
    told: Row = {"network_id": network.id, "rule": in_words(network, as_of), "as_of": as_of}
    because = no_universe_because(network, networks, as_of) or ("" if statistics.universes else NO_LIST)
    if because:
        empty = dict.fromkeys(("country", "size_class", "degurba", "municipalities", "residents", "year", "source"))
        yield {**told, **empty, "not_computed_because": because}
        return
    told |= {"year": statistics.lau_year, "source": lau_source(statistics.lau_year)}
    there = {cell.country for cell in statistics.universes}
    admits = {country: admitted_sizes(network, networks, as_of, country) for country in there}
    for cell in eligible(statistics.universes, listed, admits):
        yield {**told, **_counts(cell)}
    for country in sorted(_named(network, as_of) - there):
        yield {**told, **_counts(EligibleCell(country, "", None, None, None, NO_UNITS))}


def _named(network: Network, as_of: str) -> set[str]:
    """The countries that the rules in force name."""
    return {country for rule in in_force(network, as_of) for country in rule.countries or ()}


def _counts(cell: EligibleCell) -> Row:
    return {
        "country": cell.country,
        "size_class": cell.size_class or None,
        "degurba": cell.degurba,
        "municipalities": cell.municipalities,
        "residents": cell.residents,
        "not_computed_because": cell.not_counted_because or None,
    }
