"""Eurostat's joined LAU tables of 2019 as the two programs beside this file take them; README.md tells where they are from.

The input is data/nuts_lau_2019.rda of rOpenGov/regions (commit 0890afe9), written as CSV and gzipped.
"""

import csv
import gzip

from citynet.statistics.aggregation import aggregated
from citynet.statistics.joining import iso_of
from citynet.statistics.values import Municipality


def municipalities(source: str) -> tuple[Municipality, ...]:
    """Every municipality of the source, smaller units put together, sorted by country and code."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as file:
        return aggregated(_unit(row) for row in csv.DictReader(file))


def _unit(row: dict[str, str]) -> Municipality:
    """Figures are printed as 119714.0; 9 is no degree of urbanisation: 182 communities of Cyprus have it."""
    name, latin = (" ".join(row[column].split()) for column in ("lau_name_national", "lau_name_latin"))
    degree = row["degurba"].removesuffix(".0")
    return Municipality(
        lau_code=row["lau_code"],
        country=iso_of(row["country"]),
        name=name,
        name_latin=latin if latin != name else "",
        population=round(float(row["population"])) if row["population"] else None,
        degurba=int(degree) if degree in ("1", "2", "3") else None,
        city_code=row["city_id"],
        nuts3=row["code_2016"],
    )
