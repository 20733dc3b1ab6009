"""Classes of cities: urban-centre size class and quartile of the share of non-EU citizens, against statistical cities."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from citynet.analysis.lists import MemberList, no_ratio_because
from citynet.analysis.quartiles import CLASSES, quartiles_within_countries
from citynet.analysis.represented import represented
from citynet.analysis.strata import URBAN_CENTRE_CLASSES, Strata, strata_of
from citynet.model import Row
from citynet.pipelines.admission import Admission
from citynet.pipelines.figures import CITIES, CITIZENSHIP, CITY, POPULATION, Newest
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.universe_tables import NO_LIST
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

LIMITED = "rule limits residents of the municipality, which classes of statistical cities do not tell"
"""Without it a class that the rule keeps out would read as under-represented."""
UNKNOWN = "who may join is not known"


@dataclass(frozen=True, slots=True)
class CityUniverse:
    """The statistical cities along one dimension. classes: municipality -> its class, None where its city has no figure.

    listed: city -> (class, country ISO code); name, source: of the universe; because: why there is none, "" where there is one.
    """

    dimension: str
    name: str
    source: str
    listed: Mapping[str, tuple[str, str]]
    classes: Mapping[str, str | None]
    because: str

    def rows(self, members: MemberList, name: str, found: Admission, as_of: str, age_limit: bool) -> Iterator[Row]:
        """The rows of one network, against the cities of the countries that it admits; without a universe they say why not.

        name: of the network; found: what it admits on the day of the list.
        """
        because = self.because or _no_class_because(found)
        if because and not no_ratio_because(members, as_of, age_limit):
            members = replace(members, no_figure_because=because)
        classes = {p: self.classes.get(p, NO_CITY) for p in members.municipality_ids}
        rules_of = tuple(found.parents.values())
        yield from represented(members, classes, self._within(found), as_of, name=name, rules_of=rules_of, age_limit=age_limit)

    def _within(self, found: Admission) -> Strata:
        """The universe in the countries that a network admits."""
        only = found.countries
        name = f"{self.name}, in {', '.join(only)} ({found.only_those})" if only else self.name
        listed = {city: (which, country) for city, (which, country) in self.listed.items() if not only or country in only}
        return strata_of(listed, self.dimension, name, self.source, ORDERS[self.dimension])


def _no_class_because(found: Admission) -> str:
    """Why a network's rules allow no figure by classes of statistical cities, "" where they do."""
    if found.because in ("", NO_LIST):
        return LIMITED if found.limits_residents else found.because
    return f"{UNKNOWN}: {found.because}"


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
    return CityUniverse(dimension, name, source, listed, of_place, because)


def _newest(described: Described, indicator: str) -> Mapping[str, Newest]:
    """City -> its newest figure; rows of countries in the same data set are left out."""
    found = next((one for one in described.figures.series if (one.indicator, one.territory_kind) == (indicator, CITY)), None)
    if found is None:
        return {}
    return {code: found.newest[code] for code in cities_in(sorted(found.newest))}
