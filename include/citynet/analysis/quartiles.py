"""Quartiles of the share of non-EU citizens within each country, for the cities that Eurostat has it of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import quantiles

LEAST_COVERAGE_PERCENT = 60
"""A country of whose cities fewer have a share is left out and named (measures.md)."""
LEAST_CITIES = 8
"""Two cities a quartile: with fewer, which quartile a city is in says more of the others than of itself."""
CLASSES = ("Q1", "Q2", "Q3", "Q4")
"""Lowest quarter of a country's cities first."""
LEFT_OUT = "country_left_out"
"""The class of cities in countries that are left out; no universe holds it, so members there lie outside the figure."""
NON_CITIZENS = "EE and LV: recognised non-citizens are non-EU citizens here"


@dataclass(frozen=True, slots=True)
class Quartiles:
    """classes: city -> its quartile, LEFT_OUT, or None where it has no share. left_out: country -> why. universe: in words."""

    classes: Mapping[str, str | None]
    countries: Mapping[str, str]
    left_out: Mapping[str, str]
    universe: str

    @property
    def listed(self) -> dict[str, tuple[str, str]]:
        """City -> (quartile, country) of the cities in the universe, as `strata_of` takes it."""
        return {city: (name, self.countries[city]) for city, name in self.classes.items() if name is not None and name != LEFT_OUT}


def quartiles_within_countries(shares: Mapping[str, tuple[str, float | None]], eu_definition: str) -> Quartiles:
    """The quartile of each city among its own country's cities; equal shares are in one class.

    shares: city -> (country, share in percent or None), all by one definition of the European Union, which is named. Citizenship is not
    migration; comparing within countries keeps laws of nationality apart. A share on a boundary counts to the lower quarter.
    """
    by_country: dict[str, dict[str, float | None]] = defaultdict(dict)
    for city in sorted(shares):
        country, share = shares[city]
        by_country[country][city] = share
    classes: dict[str, str | None] = {}
    left_out: dict[str, str] = {}
    for country, of_city in sorted(by_country.items()):
        known = [share for share in of_city.values() if share is not None]
        if why := _too_little(len(known), len(of_city)):
            left_out[country] = why
        cuts = quantiles(known, n=4, method="inclusive") if not why else []
        for city, share in of_city.items():
            classes[city] = LEFT_OUT if why else _quarter(share, cuts)
    kept = [country for country in sorted(by_country) if country not in left_out]
    return Quartiles(classes, {city: country for city, (country, _) in shares.items()}, left_out, _named(kept, left_out, eu_definition))


def _quarter(share: float | None, cuts: list[float]) -> str | None:
    return None if share is None else CLASSES[sum(cut < share for cut in cuts)]


def _too_little(known: int, total: int) -> str:
    if 100 * known < LEAST_COVERAGE_PERCENT * total:
        return f"{known} of {total} cities have a share, under {LEAST_COVERAGE_PERCENT} %"
    return f"{known} cities with a share, under {LEAST_CITIES}" if known < LEAST_CITIES else ""


def _named(kept: list[str], left_out: Mapping[str, str], eu_definition: str) -> str:
    what = f"statistical cities of {', '.join(kept) or 'no country'} with a share of non-EU citizens ({eu_definition})"
    without = f"; left out: {'; '.join(f'{country}: {why}' for country, why in left_out.items())}" if left_out else ""
    return f"{what}{without}{f'; {NON_CITIZENS}' if {'EE', 'LV'} & set(kept) else ''}"
