"""What Eurostat's answers hold: figures of statistical territories, and local administrative units."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One published statistical value. territory: the statistical code as served; flags: letters, sorted."""

    dataset: str
    indicator: str
    territory: str
    label: str
    year: int
    value: float
    flags: str
    vintage: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """One local administrative unit of Eurostat's LAU list, or the municipality that several of them make up.

    country: ISO alpha-2; population: None where not given; city_code: of Urban Audit, "" for none; nuts3: "" where not given.
    """

    lau_code: str
    country: str
    name: str
    name_latin: str
    population: int | None
    degurba: int | None
    city_code: str
    nuts3: str = ""
