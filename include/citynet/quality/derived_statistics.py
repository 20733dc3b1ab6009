"""What the tables of statistics break in one row, beside the pages it stands on: column -> whether the row breaks that rule."""

from collections.abc import Callable, Mapping, Sequence

from citynet.model import Row

Pages = Mapping[tuple[object, object], Sequence[Row]]
"""(source_id, capture_id) -> its rows of table sources."""
AGAINST_THE_EU = ("non_eu_citizens_share", "born_outside_eu_share")
"""The shares whose meaning depends on which countries were the European Union in the reference year."""
TABLE1_FIGURES = {"city": "population_city", "greater_city": "population_greater_city", "municipality": "population_municipality"}
VINTAGE = ("in_use_captured_on", "observations", "route")
"""What is known of a data set exactly where a vintage of it is in use."""


def number(value: object) -> float | None:
    """A cell of a numeric column as a number, None where it is empty."""
    return None if value is None else float(str(value))


def differ(found: float, expected: float | None) -> bool:
    """Whether a figure is not the one expected, rounding of floats aside; one that can't be expected differs."""
    return expected is None or abs(found - expected) > 1e-9 * max(1.0, abs(expected))


def _statistic(row: Row, pages: Pages) -> dict[str, bool]:
    share = row["indicator"] != "population"
    value = number(row["value"]) or 0.0
    behind = pages.get((row["source_id"], row["capture_id"]), ())
    printed = row["territory_kind"] == "as_printed"
    coded = row["territory_code"] is not None and row["year"] is not None
    literature = {page["source_type"] for page in behind} == {"literature"}
    year, age = number(row["year"]), number(row["age_years"])
    return {
        "share_off": (row["unit"] == "percent") != share or not 0 <= value <= (100 if share else float("inf")),
        "no_evidence": not behind,
        "not_literature": bool(behind) and (printed != literature or printed == coded),
        "eu_off": (row["eu_definition"] is not None) != (row["indicator"] in AGAINST_THE_EU and not printed),
        "age_off": age != (None if year is None else int(str(row["as_of"])[:4]) - year),
    }


def _dataset(row: Row, pages: Pages) -> dict[str, bool]:
    in_use = row["in_use_capture_id"]
    refused = [row[column] is None for column in ("refused_since", "refused_because")]
    return {
        "half_a_vintage": len({row[column] is None for column in ("in_use_capture_id", *VINTAGE)}) > 1,
        "no_evidence": in_use is not None and not pages.get((row["dataset_id"], in_use)),
        "half_refused": len(set(refused)) > 1 or (row["last_outcome"] == "refused" and all(refused)),
    }


def _revision(row: Row, pages: Pages) -> dict[str, bool]:
    """A figure that was not there before was added, one that is not there now withdrawn; else its value or only its flags moved."""
    before, after = number(row["value_before"]), number(row["value_after"])
    fits = {
        "added": before is None,
        "withdrawn": after is None,
        "revised": before != after,
        "flag_changed": before == after and row["flag_before"] != row["flag_after"],
    }
    return {"not_so": not fits.get(str(row["what"]), True)}


def _trend(row: Row, pages: Pages) -> dict[str, bool]:
    first, last = number(row["value_first"]), number(row["value_last"])
    years = int(str(row["last_year"])) - int(str(row["first_year"]))
    found = number(row["change_percent"])
    expected = 100 * (last / first - 1) if first and last is not None else None
    return {
        "change_off": found is not None and (expected is None or abs(found - expected) > 0.01),
        "no_such_years": not 1 <= int(str(row["years_observed"])) <= years + 1,
        "break_off": (row["begins_with"] == "series_start") != (row["break_year"] is None),
    }


def _territory(row: Row, pages: Pages) -> dict[str, bool]:
    other = row["current_code"] if row["code_status"] == "current" else row["former_codes"]
    return {
        "codes_off": other is not None or row["current_code"] == row["territory_code"],
        "unsaid": row["place_id"] is not None and row["joined_by"] is None,
    }


def _table1(row: Row, pages: Pages) -> dict[str, bool]:
    """The difference is that to the figure called the nearest, and there is one wherever there is a figure to compare with."""
    report, nearest = number(row["population_report"]), row["nearest"]
    figures = {name: number(row[column]) for name, column in TABLE1_FIGURES.items()}
    against = figures.get(str(nearest))
    expected = 100 * (report / against - 1) if report is not None and against else None
    found = number(row["difference_percent"])
    years = [(row[column] is None) != (row[f"{column}_year"] is None) for column in TABLE1_FIGURES.values()]
    return {
        "difference_off": found is not None and (expected is None or abs(found - expected) > 0.01),
        "nearest_off": (nearest is None) != (report is None or not any(figures.values())) or (found is None) != (nearest is None),
        "figure_without_year": any(years),
    }


def _network_universe(row: Row, pages: Pages) -> dict[str, bool]:
    return {"unsaid": (row["municipalities"] is None) != (row["not_computed_because"] is not None)}


def _coverage(row: Row, pages: Pages) -> dict[str, bool]:
    total, known, share = (number(row[column]) for column in ("total", "with_figure", "share_percent"))
    expected = 100 * known / total if total and known is not None else None
    return {
        "share_off": share is not None and (expected is None or abs(share - expected) > 0.01),
        "unsaid": (share is None) != (row["not_computed_because"] is not None),
        "no_one_year": share is not None and row["subject"] == "residents" and row["year"] is None and row["counted_year"] is None,
    }


BY_TABLE: Mapping[str, Callable[[Row, Pages], dict[str, bool]]] = {
    "city_statistics": _statistic,
    "coverage": _coverage,
    "datasets": _dataset,
    "network_universes": _network_universe,
    "statistics_revisions": _revision,
    "statistics_trends": _trend,
    "table1_comparison": _table1,
    "territories": _territory,
}
