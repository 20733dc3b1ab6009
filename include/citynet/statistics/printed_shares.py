"""The non-EU citizens' share that the 2018 report prints of 29 cities: a second source beside Eurostat, never merged with it.

Oomen, Baumgärtel, Durmuş (2018), Transnational City Networks and Migration Policy, Cities of Refuge, Table 1.
"""

import csv
import re
from dataclasses import dataclass

from citynet.errors import SourceChanged

NETWORKS = (
    "eurocities",
    "global_parliament_of_mayors",
    "eccar",
    "integrating_cities",
    "solidacities",
    "arrival_cities",
    "icorn",
    "partnership_inclusion",
    "solidarity_cities",
)
COLUMNS = (
    *("city", "country_as_published", *NETWORKS, "memberships", "population", "size_class_as_published", "capital"),
    *("non_eu_percent", "politics"),
)
POSSIBLE_MISPRINTS = {("Barcelona", 23.8)}
"""Outliers that the report does not explain: Barcelona stands above Riga, next is Vienna with 16.3."""


@dataclass(frozen=True, slots=True)
class PrintedShare:
    """One row of the table: a city, the networks it is marked in, and its share of non-EU citizens in percent.

    No year, territory or EU definition is printed, so there are none here.
    """

    city: str
    country_as_published: str
    networks: tuple[str, ...]
    percent: float


def read_printed_shares(body: bytes) -> tuple[PrintedShare, ...]:
    """The rows of the table (CSV in UTF-8), in its order.

    SourceChanged where columns differ, a mark is neither yes nor no, a share is not 0 to 100, or a city comes twice.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise SourceChanged(f"Table 1: expected CSV in UTF-8, got: {problem}") from problem
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise SourceChanged(f"Table 1: expected the columns {','.join(COLUMNS)}; got {','.join(reader.fieldnames or ()) or 'nothing'}")
    found: dict[str, PrintedShare] = {}
    for row in reader:
        where = f"Table 1, line {reader.line_num}"
        share = _share(row, where)
        if share.city in found:
            raise SourceChanged(f"{where}: expected each city once, got {share.city} again")
        found[share.city] = share
    if not found:
        raise SourceChanged("Table 1: expected cities, got a header without rows")
    return tuple(found.values())


def _share(row: dict[str, str | None], where: str) -> PrintedShare:
    if None in row or None in row.values() or not row["city"] or not row["country_as_published"]:
        raise SourceChanged(f"{where}: expected {len(COLUMNS)} columns with city and country, got {row}")
    marks = {network: row[network] for network in NETWORKS}
    if not set(marks.values()) <= {"yes", "no"}:
        raise SourceChanged(f"{where}: expected yes or no for each network, got {', '.join(str(m) for m in marks.values())}")
    percent = str(row["non_eu_percent"])
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", percent) or float(percent) > 100:
        raise SourceChanged(f"{where}: expected a share of 0 to 100 percent, got {percent!r}")
    inside = tuple(network for network, mark in marks.items() if mark == "yes")
    return PrintedShare(str(row["city"]), str(row["country_as_published"]), inside, float(percent))
