"""Classes of cities: urban-centre size class and quartile of the share of non-EU citizens, against statistical cities."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from citynet.analysis.lists import MemberList, no_ratio_because
from citynet.analysis.quartiles import CLASSES, quartiles_within_countries
from citynet.analysis.represented import represented
from citynet.analysis.strata import URBAN_CENTRE_CLASSES, Strata, strata_of
from citynet.model import Network, Row
from citynet.pipelines.figures import CITIES, CITIZENSHIP, CITY, POPULATION, Newest
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.statistics.citizenship import NON_EU_CITIZENS
from citynet.statistics.coverage import cities_in
from citynet.statistics.joining import iso_of
from citynet.statistics.urban_centres import urban_centre_size_class

URBAN_CENTRE, QUARTILE = "urban_centre_size_class", "non_eu_citizens_share_quartile"
ORDERS = {URBAN_CENTRE: URBAN_CENTRE_CLASSES, QUARTILE: CLASSES}
LEAST_CITIES = 300
"""Eurostat has figures of well over 600 cities; an answer that names fewer than this is an excerpt, and no universe."""
NO_CITY = "no_statistical_city"
"""The class of a municipality that is none of the statistical cities; it lies outside the universe."""


@dataclass(frozen=True, slots=True)
class CityUniverse:
    """The statistical cities along one dimension. classes: municipality -> its class, None where its city has no figure.

    because: why there is no such universe, "" where there is one.
    """

    universe: Strata
    classes: Mapping[str, str | None]
    because: str

    def rows(self, members: MemberList, network: Network, as_of: str, age_limit: bool) -> Iterator[Row]:
        """The rows of one network; without a universe they say why they have no figures."""
        if self.because and not no_ratio_because(members, as_of, age_limit):
            members = replace(members, no_figure_because=self.because)
        classes = {p: self.classes.get(p, NO_CITY) for p in members.municipality_ids}
        yield from represented(members, classes, self.universe, as_of, name=network.name, age_limit=age_limit)


def city_universes(described: Described, statistics: Statistics) -> tuple[CityUniverse, ...]:
    """The universes of statistical cities that the vintages in use give."""
    return (_by_size(described, statistics), _by_quartile(described, statistics))


def _by_size(described: Described, statistics: Statistics) -> CityUniverse:
    newest = _newest(described, POPULATION)
    classes = {code: found for code, one in newest.items() if (found := urban_centre_size_class(one.value))}
    universe = "statistical cities of at least 50,000 residents with a figure of population"
    small = {code: NO_CITY for code in newest if code not in classes}
    return _universe(URBAN_CENTRE, CITIES, universe, {**classes, **small}, set(classes), described, statistics)


def _by_quartile(described: Described, statistics: Statistics) -> CityUniverse:
    """Of one definition of the European Union: that which most of the cities' newest shares have, the latest of such."""
    newest = _newest(described, NON_EU_CITIZENS.name)
    definitions = [one.eu_definition for one in newest.values()]
    chosen = max(sorted(set(definitions)), key=lambda name: (definitions.count(name), name), default="")
    shares = {code: (iso_of(code[:2]), one.value) for code, one in newest.items() if one.eu_definition == chosen}
    without = {code: (iso_of(code[:2]), None) for code in _newest(described, POPULATION) if code not in shares}
    found = quartiles_within_countries({**shares, **without}, chosen)
    return _universe(QUARTILE, CITIZENSHIP, found.universe, found.classes, set(found.listed), described, statistics)


def _universe(
    dimension: str,
    dataset: str,
    name: str,
    classes: Mapping[str, str | None],
    inside: set[str],
    described: Described,
    statistics: Statistics,
) -> CityUniverse:
    """classes: city -> its class; inside: the cities that the universe holds."""
    listed = {code: (str(classes[code]), iso_of(code[:2])) for code in sorted(inside)}
    source = statistics.datasets[dataset].citation if dataset in statistics.datasets else ""
    excerpt = f"the vintage in use has {len(classes)} statistical cities, an excerpt of the data set"
    because = "" if len(classes) >= LEAST_CITIES and inside else excerpt
    of_place = {p: classes.get(theirs.city) for p, theirs in described.territories.items() if theirs.city}
    return CityUniverse(strata_of(listed, dimension, name, source, ORDERS[dimension]), of_place, because)


def _newest(described: Described, indicator: str) -> Mapping[str, Newest]:
    """City -> its newest figure; rows of countries in the same data set are left out."""
    found = next((one for one in described.figures.series if (one.indicator, one.territory_kind) == (indicator, CITY)), None)
    if found is None:
        return {}
    return {code: found.newest[code] for code in cities_in(sorted(found.newest))}
