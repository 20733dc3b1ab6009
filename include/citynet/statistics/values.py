"""What Eurostat's answers hold: observations of statistical territories, and local administrative units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pandas as pd


class Cube(Protocol):
    """What has to be known of a data set of Eurostat's to ask for it and to read the answer.

    id: ours; code: Eurostat's. filters: dimension -> codes asked for, in the order of the request. indicator_dimension and
    territory_dimension: which dimensions become the columns indicator and territory; any other one but time holds one code.
    dimensions: all but time in the order of the data structure, by which SDMX 2.1 is asked; () where it is not known.
    """

    @property
    def id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def filters(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def indicator_dimension(self) -> str: ...
    @property
    def territory_dimension(self) -> str: ...
    @property
    def dimensions(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """One decoded vintage of one data set. updated: Eurostat's instant of the data, UTC, "" where the route tells none (TSV).

    table: indicator, territory (categories), year (int16), value (float64, NaN where a flag is served alone), flags (category of
    sorted letters, "" for none); sorted by indicator, territory and year, each such cell once. labels: of every territory that
    the answer names, with figures or not, as served, without blanks around it; {} where the route tells none (TSV).
    """

    dataset: str
    updated: str
    table: "pd.DataFrame"
    labels: Mapping[str, str]


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
