"""Table table1_comparison: what Table 1 of the 2018 report prints of its cities beside what Eurostat publishes of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from citynet.model import Place, Row
from citynet.pipelines.figures import Series as Followed
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.territories import code_table, exception_of
from citynet.places.normalise import normalise
from citynet.statistics.citizenship import NON_EU_CITIZENS
from citynet.statistics.datasets import population_year
from citynet.statistics.place_territories import label_parts
from citynet.statistics.printed_shares import POSSIBLE_MISPRINTS
from citynet.statistics.report_comparison import (
    CITY,
    CLOSE_YEARS,
    GREATER,
    IN_WORDS,
    KINDS,
    MUNICIPALITY,
    Comparison,
    Residents,
    compared,
    is_of_that_size,
    share_status,
)
from citynet.statistics.territory_codes import FUA, Territory
from citynet.statistics.territory_codes import GREATER as GREATER_CITY

REPORT_YEAR = 2018
TOTAL = "DE1001V"
BY_CODE, BY_LABEL = ("urb_cpop1", "urb_cpop1_2016"), "urb_cpop1_2018"
"""Vintages of the population of cities whose territories are codes, and the one whose territories are labels."""
MISPRINT = "the printed share may be a misprint of the source"


@dataclass(frozen=True, slots=True)
class Counted:
    """One year of a territory in one vintage."""

    year: int
    value: int
    flags: str
    source: str
    vintage: str


@dataclass(frozen=True, slots=True)
class Share:
    """Eurostat's share of non-EU citizens in percent. kind: city or greater_city; way: how it was computed, "" where published."""

    code: str
    kind: str
    year: int
    percent: float
    flags: str
    way: str


Series = Mapping[tuple[str, str], Sequence[Counted]]
"""(data set, territory) -> its years with a population."""


def table1_rows(
    table: Sequence[Mapping[str, str]],
    place_ids: Mapping[str, str],
    described: Described,
    statistics: Statistics,
    as_of: str,
) -> list[Row]:
    """Table table1_comparison. place_ids: city -> place, without those not certain."""
    series = _series(statistics)
    return [_row(row, described.places.get(place_ids.get(row["city"], "")), described, series, as_of) for row in table]


def _row(
    row: Mapping[str, str],
    place: Place | None,
    described: Described,
    series: Series,
    as_of: str,
) -> Row:
    printed, share = int(row["population"]), float(row["non_eu_percent"])
    codes = _codes(place, described) if place else []
    figures = [*_of_codes(codes, series), *(_of_municipality(place, described) if place else ())]
    made = compared(printed, figures, year=REPORT_YEAR)
    found = _share(place, described)
    misprint = MISPRINT if (row["city"], share) in POSSIBLE_MISPRINTS else ""
    apart = _apart(printed, figures, found)
    told = [made.note, *_exceptions(codes, made), misprint, apart]
    return {
        "city": row["city"],
        "country": place.country if place else None,
        "place_id": place.place_id if place else None,
        "population_report": printed,
        **_populations(made),
        "difference_percent": made.difference_percent,
        "nearest": made.nearest or None,
        "reason": made.reason,
        "non_eu_share_report": share,
        **_shown(found),
        "share_difference_points": round(share - found.percent, 1) if found and not apart else None,
        "share_status": share_status(share, found.percent if found else None, comparable=not apart),
        "note": "; ".join(filter(None, told)) or None,
        "as_of": as_of,
    }


def _populations(made: Comparison) -> Row:
    columns: Row = {}
    for kind in KINDS:
        found = made.of(kind)
        columns |= {f"population_{kind}": found.value if found else None, f"population_{kind}_year": found.year if found else None}
        if kind != MUNICIPALITY:
            columns[f"population_{kind}_code"] = found.code if found else None
            columns[f"population_{kind}_flag"] = (found.flags or None) if found else None
            columns[f"population_{kind}_source"] = found.source if found else None
    return columns


def _series(statistics: Statistics) -> dict[tuple[str, str], list[Counted]]:
    """The population of every territory of every vintage at hand."""
    found: dict[tuple[str, str], list[Counted]] = {}
    for dataset in (*BY_CODE, BY_LABEL):
        observed = statistics.of(dataset)
        if observed is None:
            continue
        table = observed.table
        known = table[(table["indicator"] == TOTAL) & table["value"].notna()]
        columns = (known[column] for column in ("territory", "year", "value", "flags"))
        for territory, year, value, flags in zip(*columns, strict=True):
            made = Counted(int(year), int(value), str(flags), dataset, observed.updated)
            found.setdefault((dataset, str(territory)), []).append(made)
    return found


def _codes(place: Place, described: Described) -> list[Territory]:
    """Every code, former or current, of a city or greater city that bears the place's name or has its municipality as core."""
    unit = described.municipalities.get(place.place_id)
    lau_code = unit.lau_code if unit else place.lau_code
    found = []
    for territory in code_table().territories.values():
        if territory.country != place.country or territory.territory_kind == FUA:
            continue
        named = bool(label_parts(territory.label, normalise) & described.names[place.place_id])
        if territory.core_lau == lau_code if territory.core_lau and lau_code else named:
            found.append(territory)
    return found


def _of_codes(codes: Sequence[Territory], series: Series) -> Iterator[Residents]:
    for territory in codes:
        kind = GREATER if territory.territory_kind == GREATER_CITY else CITY
        keys = [(dataset, territory.territory_code) for dataset in BY_CODE] + [(BY_LABEL, territory.export_2018)]
        for dataset, key in keys:
            for of in series.get((dataset, key), ()):
                yield Residents(kind, territory.territory_code, of.year, of.value, of.flags, of.source, of.vintage)


def _of_municipality(place: Place, described: Described) -> Iterator[Residents]:
    unit = described.municipalities.get(place.place_id)
    if unit is not None and unit.population:
        year = population_year(described.lau_year, unit.country)
        yield Residents(MUNICIPALITY, unit.lau_code, year, unit.population, "", f"lau_{described.lau_year}")


def _exceptions(codes: Sequence[Territory], made: Comparison) -> list[str]:
    """What does not fit about the codes whose figures are shown, as far as it bears on the figures."""
    shown = {figure.code for figure in made.chosen}
    told = ((t.territory_code, exception_of(t.territory_code)) for t in codes if t.territory_code in shown)
    return [f"{code}: {exception}" for code, exception in told if exception]


def _share(place: Place | None, described: Described) -> Share | None:
    """Eurostat's share of non-EU citizens of today's code, of the report's year or the newest before, else the oldest after."""
    theirs = described.territories[place.place_id] if place else None
    series = described.figures.of(NON_EU_CITIZENS.name, theirs.city_kind, theirs.city) if theirs and theirs.city else None
    return None if theirs is None or series is None else _of_series(series, theirs.city, GREATER if theirs.greater_city else CITY)


def _of_series(series: Followed, code: str, kind: str) -> Share:
    table = series.table
    known = table[(table["territory"] == code) & table["value"].notna()].sort_values("year")
    before = known[known["year"] <= REPORT_YEAR]
    chosen = before.iloc[-1] if len(before) else known.iloc[0]
    return Share(code, kind, int(chosen["year"]), round(float(chosen["value"]), 1), str(chosen["flags"]), str(chosen["way"]))


def _shown(found: Share | None) -> Row:
    """Eurostat's share with whose, of when, how sure and how made it is."""
    return {
        "non_eu_share_eurostat": found.percent if found else None,
        "non_eu_share_year": found.year if found else None,
        "non_eu_share_code": found.code if found else None,
        "non_eu_share_kind": found.kind if found else None,
        "non_eu_share_flag": (found.flags or None) if found else None,
        "non_eu_share_published_or_computed": ("computed" if found.way else "published") if found else None,
    }


def _apart(printed: int, figures: Sequence[Residents], found: Share | None) -> str:
    """Why Eurostat's share and the printed one are not compared; "" where they are or there is none."""
    if found is None:
        return ""
    why = []
    if abs(found.year - REPORT_YEAR) > CLOSE_YEARS:
        why.append(f"it is of {found.year}, over {CLOSE_YEARS} years from the report")
    if not is_of_that_size(printed, figures, found.code, found.year):
        why.append(f"it is of the {IN_WORDS[found.kind]} {found.code}, which the printed population is not within 10 percent of")
    return f"Eurostat's share is not compared: {' and '.join(why)}" if why else ""
