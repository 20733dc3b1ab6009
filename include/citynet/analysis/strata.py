"""Universes by class and country: what members are held against, crude and country by country.

Measures.md's three universes are three calls of `strata`: on the cells that a network's rules admit, on those of at least 5,000
residents, and on all cells by residents.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from citynet.analysis.country_groups import eu_membership, region_of_europe
from citynet.analysis.representation import Universe

ELIGIBLE, AT_LEAST_5000, RESIDENTS, LISTED = "eligible_by_rule", "at_least_5000", "residents", "statistical_cities"
UNIVERSE_KINDS = (ELIGIBLE, AT_LEAST_5000, RESIDENTS, LISTED)
BY_COUNTRY = ("country", "region_of_europe", "eu_membership")
"""Dimensions made of whole countries: within a country there is one class only, so nothing to standardise."""
DIMENSIONS = ("municipality_size_class", "degurba", *BY_COUNTRY)
"""The dimensions that cells have; urban-centre classes and quartiles come with universes of their own."""
URBAN_CENTRE_CLASSES = ("S", "M", "L", "XL", "XXL", "Global")
"""OECD-EC (Dijkstra and Poelman 2012), smallest first; by residents of the statistical city, from 50,000."""

Counts = Mapping[str, Mapping[str, int]]
"""Class -> country -> count."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The municipalities of one country (ISO code) in one size class and degree of urbanisation.

    residents: of these municipalities, None where the source has none; degurba "" where it gives no degree.
    """

    country: str
    size_class: str
    degurba: str
    municipalities: int
    residents: int | None


@dataclass(frozen=True, slots=True)
class Strata:
    """One universe along one dimension, by class (in the dimension's order) and country.

    kind: one of UNIVERSE_KINDS. municipalities and residents: counts of the same cells; a ratio is held against
    residents where the kind is RESIDENTS, else against municipalities.
    """

    kind: str
    dimension: str
    name: str
    source: str
    municipalities: Counts
    residents: Counts

    @property
    def unit(self) -> str:
        """What is counted: municipalities | residents."""
        return "residents" if self.kind == RESIDENTS else "municipalities"

    @property
    def counts(self) -> Counts:
        """The counts that ratios are held against."""
        return self.residents if self.kind == RESIDENTS else self.municipalities

    @property
    def countries(self) -> tuple[str, ...]:
        """Where the universe lies, sorted."""
        return tuple(sorted({country for of in self.counts.values() for country in of}))

    @property
    def universe(self) -> Universe:
        """The same without countries, as `representation` takes it."""
        totals = {name: sum(of.values()) for name, of in self.counts.items()}
        return Universe(self.name, self.source, totals, self.countries, self.unit)


def strata(
    cells: Iterable[Cell], kind: str, dimension: str, name: str, source: str, order: Sequence[str] = (), day: str = "9999-12-31"
) -> Strata:
    """The cells along a dimension; classes in the given order, those it lacks sorted behind, classes without a unit left out.

    Cells without a size class (no residents in the source) or without a class along the dimension are in no universe. day: of
    eu_membership. ValueError: an unknown kind or dimension.
    """
    if kind not in UNIVERSE_KINDS or dimension not in DIMENSIONS:
        raise ValueError(f"strata: expected a kind of {UNIVERSE_KINDS} and a dimension of {DIMENSIONS}, got {kind!r}, {dimension!r}")
    municipalities: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    residents: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cell in cells:
        found = class_of(cell, dimension, day)
        if cell.size_class and found and cell.municipalities:
            municipalities[found][cell.country] += cell.municipalities
            residents[found][cell.country] += cell.residents or 0
    return Strata(kind, dimension, name, source, _ordered(municipalities, order), _ordered(residents, order))


def strata_of(classes: Mapping[str, tuple[str, str]], dimension: str, name: str, source: str, order: Sequence[str]) -> Strata:
    """The universe of statistical cities, by id -> (class, country): by urban-centre class, or by quartile. residents stay empty."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for found, country in classes.values():
        counts[found][country] += 1
    return Strata(LISTED, dimension, name, source, _ordered(counts, order), {})


def class_of(cell: Cell, dimension: str, day: str) -> str | None:
    """The class of a cell along one of DIMENSIONS, "" or None where it has none. day: of eu_membership."""
    ways: dict[str, Callable[[], str | None]] = {
        "municipality_size_class": lambda: cell.size_class,
        "degurba": lambda: cell.degurba,
        "country": lambda: cell.country,
        "region_of_europe": lambda: region_of_europe(cell.country),
        "eu_membership": lambda: eu_membership(cell.country, day),
    }
    return ways[dimension]()


def _ordered(counts: Mapping[str, Mapping[str, int]], order: Sequence[str]) -> dict[str, dict[str, int]]:
    names = [*(name for name in order if name in counts), *sorted(set(counts) - set(order))]
    return {name: {country: counts[name][country] for country in sorted(counts[name])} for name in names}
