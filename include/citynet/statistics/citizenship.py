"""Eurostat's share of non-EU citizens (urb_cpopcb), by city and year: as published, else computed from counts of the same year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from citynet.statistics.values import Figure

POPULATION = "DE1001V"
NATIONALS, EU_FOREIGNERS, NON_EU_FOREIGNERS, FOREIGNERS = "DE2001V", "DE2002V", "DE2003V", "DE2012V"
NON_EU_SHARE = "DE2003I"
ALLOWED_GAP = 0.1
"""Percentage points by which a published share may differ from one computed of the same city and year (rounding)."""

EU_DEFINITIONS = ((2020, "EU27_2020"), (2013, "EU28"), (2007, "EU27_2007"), (2004, "EU25"), (1995, "EU15"), (1986, "EU12"))
"""From which reference year which countries count as the European Union (Eurostat's names of its aggregates). The scope of
"EU" depends on the reference year: the United Kingdom's leaving moves people from EU to non-EU, which is no migration."""
NOTE = "citizenship, not migration; EFTA, stateless and unknown citizenship count as non-EU; another EU definition is a break"


@dataclass(frozen=True, slots=True)
class NonEuShare:
    """The share of non-EU citizens in percent of a statistical city in one year. flags: of every figure it stands on."""

    dataset: str
    territory: str
    year: int
    percent: float
    flags: str
    published: bool
    eu_definition: str


def eu_definition(year: int) -> str:
    """What the European Union was in figures of that reference year; "" before 1986."""
    return next((name for since, name in EU_DEFINITIONS if year >= since), "")


def non_eu_shares(figures: Iterable[Figure]) -> tuple[NonEuShare, ...]:
    """The share of each city's newest year that has one, sorted by territory; country rows (two letters) are left out.

    DE2003I as published; else 100 x DE2003V / DE1001V; else 100 x (DE2012V - DE2002V) / DE1001V; else
    100 x DE2003V / (DE2001V + DE2012V): always of one city and one year, and never from the country of birth.
    """
    newest: dict[str, NonEuShare] = {}
    for (territory, year), by_indicator in sorted(_by_city_and_year(figures).items()):
        if len(territory) > 2 and (share := _share(territory, year, by_indicator)) is not None:
            newest[territory] = share
    return tuple(newest[territory] for territory in sorted(newest))


def identities(figures: Iterable[Figure]) -> Iterator[tuple[str, float, float]]:
    """What must agree where it is all published: (what, the gap found, the gap allowed).

    EU and non-EU foreigners are all foreigners; nationals and foreigners are the population; a published share is that of
    its counts. Persons may differ by 1 in a thousand (rounding by the statistical offices), shares by ALLOWED_GAP points.
    """
    sums = ((EU_FOREIGNERS, NON_EU_FOREIGNERS, FOREIGNERS), (NATIONALS, FOREIGNERS, POPULATION))
    for (territory, year), at in sorted(_by_city_and_year(figures).items()):
        for one, other, whole in sums:
            if {one, other, whole} <= at.keys():
                gap = abs(at[one].value + at[other].value - at[whole].value)
                yield f"{territory} {year}: {one} + {other} = {whole}", gap, max(1.0, at[whole].value / 1000)
        computed = _computed(at)
        if NON_EU_SHARE in at and computed is not None:
            yield f"{territory} {year}: {NON_EU_SHARE} as computed", abs(at[NON_EU_SHARE].value - computed[0]), ALLOWED_GAP


def _by_city_and_year(figures: Iterable[Figure]) -> dict[tuple[str, int], dict[str, Figure]]:
    found: dict[tuple[str, int], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        found[figure.territory, figure.year][figure.indicator] = figure
    return found


def _share(territory: str, year: int, at: Mapping[str, Figure]) -> NonEuShare | None:
    if NON_EU_SHARE in at:
        published = at[NON_EU_SHARE]
        return NonEuShare(published.dataset, territory, year, published.value, published.flags, True, eu_definition(year))
    computed = _computed(at)
    if computed is None:
        return None
    percent, used = computed
    flags = "".join(sorted({flag for name in used for flag in at[name].flags}))
    dataset = next(at[name].dataset for name in used if name != POPULATION)
    return NonEuShare(dataset, territory, year, percent, flags, False, eu_definition(year))


def _computed(at: Mapping[str, Figure]) -> tuple[float, tuple[str, ...]] | None:
    """The share from counts, and the indicators it stands on; None where none of the three ways is open."""
    ways = (
        ((NON_EU_FOREIGNERS,), (), (POPULATION,)),
        ((FOREIGNERS,), (EU_FOREIGNERS,), (POPULATION,)),
        ((NON_EU_FOREIGNERS,), (), (NATIONALS, FOREIGNERS)),
    )
    for plus, minus, below in ways:
        used = (*plus, *minus, *below)
        if set(used) <= at.keys() and (whole := sum(at[name].value for name in below)) > 0:
            part = sum(at[name].value for name in plus) - sum(at[name].value for name in minus)
            return 100 * part / whole, used
    return None
