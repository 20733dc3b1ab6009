"""What the pages on statistics show: data sets and their vintages, coverage, revisions, and the 2018 report beside Eurostat."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from citynet.model import Row
from citynet.publishing.site.context import Data, alphabetical, grouped_by, name_of
from citynet.publishing.site.countries import country_name
from citynet.publishing.site.statistics_words import CONTEXT, REACHED, SUBJECTS, TERRITORIES, reaches

CHANGES = ("added", "revised", "flag_changed", "withdrawn")
SHOWN_REVISIONS = 100
"""Revised figures listed on the page; the table for download holds all."""
SHOWN_YEARS = 12
"""Newest years of the tables by country and year; older ones are in the table for download."""


def statistics_page(data: Data) -> dict[str, Any]:
    """Every data set with the vintage in use, what a newer one was refused for, how far figures reach, and what was revised."""
    sets = sorted(data.tables["datasets"], key=lambda d: (alphabetical(d["title"]), str(d["dataset_id"])))
    coverage = data.tables["coverage"]
    return {
        "datasets": sets,
        "refused": [d for d in sets if d["refused_since"]],
        "without": [d for d in sets if d["in_use_capture_id"] is None],
        "unseen": [d for d in sets if d["live"] is True and d["seen_on"] is None],
        "excerpts": [d for d in sets if d["dataset_kind"] == "jsonstat" and d["live"] is True and _is_excerpt(data, d)],
        "reaches": reaches(coverage, SUBJECTS),
        "coverage": _by_country(coverage),
        "by_year": _by_year(coverage),
        "revisions": _revisions(data),
        "revised": _revised(data),
        "codes": _codes(data.tables["territories"]),
    }


def table1_page(data: Data) -> dict[str, Any]:
    """The cities of Table 1 in alphabetical order, each beside Eurostat's figures, and how often which reason applies."""
    rows = sorted(data.tables["table1_comparison"], key=lambda r: alphabetical(r["city"]))
    reasons = Counter(str(r["reason"]) for r in rows if r["reason"])
    return {"rows": rows, "reasons": sorted(reasons.items()), "compared": sum(r["difference_percent"] is not None for r in rows)}


def network_universes(data: Data) -> list[dict[str, Any]]:
    """Each network's own universe: municipalities and residents that its rules admit, or why they are not counted."""
    found = []
    for network_id, rows in grouped_by(data.tables["network_universes"], "network_id").items():
        counted = [r for r in rows if r["municipalities"] is not None]
        found.append(
            {
                "network_id": network_id,
                "municipalities": sum(int(str(r["municipalities"])) for r in counted) if counted else None,
                "residents": sum(int(str(r["residents"])) for r in counted if r["residents"] is not None) if counted else None,
                "countries": len({r["country"] for r in counted}),
                "unknown": sorted({country_name(r["country"]) for r in counted if r["residents"] is None}, key=alphabetical),
                "year": "; ".join(sorted({str(r["year"]) for r in counted if r["year"] is not None})),
                "rule": "; ".join(sorted({str(r["rule"]) for r in rows})),
                "because": "; ".join(sorted({str(r["not_computed_because"]) for r in rows if r["not_computed_because"]})),
                "source": "; ".join(sorted({str(r["source"]) for r in counted if r["source"]})),
            }
        )
    return sorted(found, key=lambda u: (alphabetical(name_of(data.networks, u["network_id"])), str(u["network_id"])))


def place_statistics(data: Data, place: Row) -> dict[str, Any]:
    """A place's figures from the smallest territory to the largest, those of its region and country apart, and its trends.

    populations: the newest number of residents of each territory that the row of the place does not give, so that a statistical city and
    a greater city of one name stand beside each other.
    """
    place_id = str(place["place_id"])
    kinds = list(TERRITORIES)
    rows = sorted(
        data.figures.get(place_id, ()),
        key=lambda s: (str(s["indicator"]) != "population", str(s["indicator"]), kinds.index(str(s["territory_kind"]))),
    )
    own = [s for s in rows if s["territory_kind"] not in CONTEXT]
    told = {"municipality", "as_printed", str(place["population_statistical_city_kind"])}
    others = {str(s["territory_kind"]): s for s in own if s["indicator"] == "population" and s["territory_kind"] not in told}
    return {
        "statistics": own,
        "context_figures": [s for s in rows if s["territory_kind"] in CONTEXT],
        "populations": list(others.values()),
        "trends": data.trends.get(place_id, ()),
        "reaches": _reaches_of(data, place["country"]),
    }


def _reaches_of(data: Data, country: object) -> list[str]:
    """How far city statistics reach in a country; that they have no city of it, where the table has none."""
    coverage = data.tables["coverage"]
    if not country or not coverage:
        return []
    told = reaches(coverage, ("statistical_cities",), country)
    return told or ["No city of this country is in the city statistics in use."]


def _is_excerpt(data: Data, dataset: Row) -> bool:
    """Whether the vintage in use was put together by this project from facts of the source, and so is only a part of it."""
    pages = data.sources.get(str(dataset["dataset_id"]), ())
    return any(p["capture_id"] == dataset["in_use_capture_id"] and p["capture_origin"] == "reconstructed" for p in pages)


def _by_country(coverage: Sequence[Row]) -> dict[str, Any]:
    """The newest year of each: columns (subject, indicator) that have a share in any country, and the rows of all countries."""
    newest = [r for r in coverage if r["year"] is None and r["country"]]
    known = {(str(r["subject"]), str(r["indicator"])) for r in newest if r["share_percent"] is not None}
    columns = [column for column in REACHED if column in known]
    countries = grouped_by(newest, "country")
    rows = [(country_name(code), {(str(r["subject"]), str(r["indicator"])): r for r in found}) for code, found in countries.items()]
    return {"columns": columns, "rows": sorted(rows, key=lambda item: alphabetical(item[0]))}


def _by_year(coverage: Sequence[Row]) -> list[dict[str, Any]]:
    """One table a subject and figure: countries by year, the newest SHOWN_YEARS years that any country has."""
    dated = [r for r in coverage if r["year"] is not None and r["country"] and r["share_percent"] is not None]
    tables: list[dict[str, Any]] = []
    for column in REACHED:
        rows = [r for r in dated if (r["subject"], r["indicator"]) == column]
        years = sorted({int(str(r["year"])) for r in rows})[-SHOWN_YEARS:]
        by = {country_name(code): {r["year"]: r for r in found} for code, found in grouped_by(rows, "country").items()}
        if years:
            tables.append({"column": column, "years": years, "rows": sorted(by.items(), key=lambda item: alphabetical(item[0]))})
    return tables


def _revisions(data: Data) -> list[dict[str, Any]]:
    """How many figures of each data set were added, revised, flagged anew or withdrawn since the vintage before."""
    return [
        {"dataset": dataset, "before": rows[0]["updated_before"], "after": rows[0]["updated_after"], "counts": _counted(rows)}
        for dataset, rows in sorted(grouped_by(data.tables["statistics_revisions"], "dataset_id").items())
    ]


def _counted(rows: Sequence[Row]) -> list[int]:
    counts = Counter(str(r["what"]) for r in rows)
    return [counts[what] for what in CHANGES]


def _revised(data: Data) -> dict[str, Any]:
    """The first of the figures that were revised or withdrawn, by the name of the territory, and how many there are."""
    labels = {str(t["territory_code"]): str(t["label"] or t["territory_code"]) for t in data.tables["territories"]}
    rows = [r for r in data.tables["statistics_revisions"] if r["what"] in ("revised", "withdrawn")]
    named = [(labels.get(str(r["territory_code"]), str(r["territory_code"])), r) for r in rows]
    named.sort(
        key=lambda item: (alphabetical(item[0]), str(item[1]["territory_code"]), str(item[1]["indicator"]), int(str(item[1]["year"])))
    )
    return {"rows": named[:SHOWN_REVISIONS], "count": len(named)}


def _codes(territories: Sequence[Row]) -> Mapping[str, int]:
    """How many codes are served today and were before, how many lead to a place, and how many are exceptions to the rule."""
    return {
        "current": sum(t["code_status"] == "current" for t in territories),
        "former": sum(t["code_status"] == "former" for t in territories),
        "placed": sum(t["code_status"] == "current" and t["place_id"] is not None for t in territories),
        "greater": sum(t["code_status"] == "current" and t["territory_kind"] == "greater_city" for t in territories),
        "exceptions": sum(t["exception"] is not None for t in territories),
    }
