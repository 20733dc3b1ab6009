"""What rules across tables need to see in one row: columns that say "yes" where a row breaks a rule, else "no"."""

import json
from collections.abc import Callable, Mapping, Sequence

from citynet.model import Row
from citynet.quality.derived_connections import ACROSS_ROWS, IN_ONE_ROW
from citynet.quality.derived_representation import OF_REPRESENTATION
from citynet.quality.derived_statistics import BY_TABLE, Pages, differ, number
from citynet.quality.rule import TableShape
from citynet.quality.suites import CITY_OVER_MUNICIPALITY

GATES = ("reached", "layout", "bounds", "collapse", "identities")
OF_THE_CITY = ("population_statistical_city", "non_eu_citizens_share")
OF_ONE_FIGURE = ("network_id", "universe", "dimension")
"""Rows of representation that are the classes of one figure."""


def with_derived(table: TableShape, rows: Sequence[Row], sources: Sequence[Row], keys: Mapping[str, frozenset[object]]) -> list[Row]:
    """Copies of the rows with the derived columns that `suites` asks for in that table.

    keys: table -> the values of its first key column. Foreign keys are derived, because GX writes the set of allowed
    values into every one of its configurations: seconds for thousands of places.
    """
    pages: dict[tuple[object, object], list[Row]] = {}
    for source in sources:
        pages.setdefault((source["source_id"], source["capture_id"]), []).append(source)
    known = _across_rows(table, rows)
    derived: list[Row] = []
    for row in rows:
        broken = _broken(table.name, row, pages) | known.get(_key(table, row), {})
        broken |= {f"no_such_{name}": row[name] is not None and row[name] not in keys[to] for name, to in table.foreign_keys}
        derived.append({**row, **{name: "yes" if is_broken else "no" for name, is_broken in broken.items()}})
    return derived


def _key(table: TableShape, row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in table.key)


def _broken(table: str, row: Row, pages: Pages) -> dict[str, bool]:
    """The rules that one row breaks by itself or beside the pages that it stands on."""
    if table in _BY_TABLE:
        return _BY_TABLE[table](row, pages)
    if "evidence_capture_id" not in row:
        return {}
    capture = row["evidence_capture_id"]
    behind = pages.get((row["network_id"], capture), ())
    found = {"no_evidence": bool(capture) and not behind}
    if "capture_origin" in row:
        origins = {page["capture_origin"] for page in behind}
        found["other_origin"] = bool(origins) and row["capture_origin"] not in origins
    if table == "memberships":
        found["against_terms"] = _names_forbidden(row, behind)
        missing = row["state"] in ("not_seen", "departure_suspected") or (row["state"] == "on_hold" and bool(row["not_seen"]))
        found["no_absence"] = (missing and row["absent_capture_ids"] is None) or (
            row["state"] == "listed" and row["absent_since"] is not None
        )
    if table == "membership_changes":
        # a printed date, a statement and a judgement stand by themselves; only a comparison of lists needs complete ones
        compared = row["cause"] in ("listing", "not_seen")
        found["from_partial"] = compared and any(page["coverage"] == "partial" for page in behind)
        found["told_unlive"] = row["telling"] in ("now", "later") and row["capture_origin"] != "live"
        found["silent"] = (row["telling"] == "now") != (row["not_told_because"] is None)
    return found


def _unresolved(row: Row, pages: Pages) -> dict[str, bool]:
    return {"against_terms": _names_forbidden(row, pages.get((row["network_id"], row["capture_id"]), ()))}


def _function(row: Row, pages: Pages) -> dict[str, bool]:
    return {"blank_evidence": not (str(row["evidence"] or "").strip() and str(row["source"] or "").strip())}


def _representation(row: Row, pages: Pages) -> dict[str, bool]:
    """Rate and ratio are those of the counts beside them; a rate against residents would be no rate of municipalities."""
    n_c, n, u_c, u = (number(row[name]) for name in ("n_c", "n_classified", "u_c", "u"))
    ratio, rate = number(row["representation_ratio"]), number(row["participation_rate"])
    by_counts = n_c / n / (u_c / u) if n_c is not None and n and u_c and u else None
    expected = n_c / u_c if n_c is not None and u_c and not str(row["universe"]).startswith("residents") else None
    return {"ratio_off": ratio is not None and differ(ratio, by_counts), "rate_off": rate is not None and differ(rate, expected)}


def _universe(row: Row, pages: Pages) -> dict[str, bool]:
    unsized = row["size_class"] is None
    return {"residents_off": unsized != (row["residents"] is None), "unnamed_gap": unsized and row["gap"] is None}


def _resolution_rate(row: Row, pages: Pages) -> dict[str, bool]:
    """names is what its parts add up to; the highest rate is that of the counts beside it, and names without a class have none."""
    names, resolved, judged, *others = (number(row[c]) or 0.0 for c in ("names", "resolved", "judged", "review", "unknown"))
    rates = [number(row[c]) for c in ("rate_low", "rate_high")]
    if names and row["class"] != "not_known":
        rate_off = None in rates or differ(rates[1] or 0.0, resolved / names)
    else:
        rate_off = rates != [None, None] or row["rate"] is not None
    return {"parts_off": names != resolved + sum(others) or judged > resolved, "rate_off": rate_off}


def _review_case(row: Row, pages: Pages) -> dict[str, bool]:
    return {"no_end": row["outcome"] is None and row["due"] is None}


def _correction(row: Row, pages: Pages) -> dict[str, bool]:
    answer = [row[c] is None for c in ("outcome", "answered_on", "reviewer", "reason", "days_to_answer")]
    days = number(row["days_to_answer"])
    return {"half_answered": len(set(answer)) > 1, "against_time": days is not None and days < 0}


def _measure(row: Row, pages: Pages) -> dict[str, bool]:
    return {"half_interval": len({row[c] is None for c in ("low", "high", "interval_model")}) > 1}


def _source(row: Row, pages: Pages) -> dict[str, bool]:
    """Of a membership list: its gates are told, they say what failed, and nothing came in against a required one."""
    gates = json.loads(str(row["gates"])) if row["gates"] is not None else []
    failed = [gate for gate in gates if not gate["passed"]]
    first = failed[0]["name"] if failed else None
    listed = row["source_type"] == "membership_list"
    by_a_person = str(row["decision_reason"] or "").startswith(("accept by ", "reject by "))
    return {
        "gates_off": (tuple(gate["name"] for gate in gates) != (GATES if listed else ())) or first != row["failed_gate"],
        "let_in": row["decision"] == "accepted" and any(gate["required"] for gate in failed),
        "no_reason": listed and row["decision"] != "accepted" and first is None and not by_a_person,
    }


def _across_rows(table: TableShape, rows: Sequence[Row]) -> dict[tuple[object, ...], dict[str, bool]]:
    """The rules that a row breaks beside the other rows of its table, by key."""
    if table.name == "places":
        countries = {row["place_id"]: row["country"] for row in rows}
        return {_key(table, row): _place(row, countries) for row in rows}
    if table.name == "representation":
        sums: dict[tuple[object, ...], list[float]] = {}
        for row in rows:
            entry = sums.setdefault(tuple(row[name] for name in OF_ONE_FIGURE), [0.0, 0.0])
            entry[0] += number(row["n_c"]) or 0
            entry[1] += number(row["u_c"]) or 0
        return {_key(table, row): {"not_added_up": _short(row, *sums[tuple(row[name] for name in OF_ONE_FIGURE)])} for row in rows}
    if table.name in ACROSS_ROWS:
        return {_key(table, row): found for row, found in zip(rows, ACROSS_ROWS[table.name](rows), strict=True)}
    if table.name == "resolution_rates":
        totals = {dimension: _total([row for row in rows if row["dimension"] == dimension]) for dimension in {r["dimension"] for r in rows}}
        return {_key(table, row): {"not_all": totals[row["dimension"]] != totals.get("all")} for row in rows}
    return {}


def _total(rows: Sequence[Row]) -> tuple[float, ...]:
    """The counts of names over all classes of a dimension."""
    return tuple(sum(number(row[c]) or 0.0 for row in rows) for c in ("names", "resolved", "judged", "review", "unknown", "not_a_city"))


def _place(row: Row, countries: Mapping[object, object]) -> dict[str, bool]:
    """The municipality that a place is or lies in stands in the table; a figure has its year; both populations fit."""
    own, city = number(row["population_municipality"]), number(row["population_statistical_city"])
    low, high = CITY_OVER_MUNICIPALITY
    there = row["municipality_id"]
    pairs = [(figure, f"{figure}_year") for figure in ("population_municipality", *OF_THE_CITY)]
    of_city = any(row[figure] is not None for figure in OF_THE_CITY)
    return {
        "half_a_position": (row["latitude"] is None) != (row["longitude"] is None),
        "no_such_municipality": there is not None and (there not in countries or countries[there] != row["country"]),
        "figure_without_year": any((row[figure] is None) != (row[year] is None) for figure, year in pairs)
        or of_city != (row["population_statistical_city_kind"] is not None),
        "city_out_of_bounds": own is not None and city is not None and not low * own <= city <= high * own,
    }


def _short(row: Row, n: float, u: float) -> bool:
    classified, whole = number(row["n_classified"]), number(row["u"])
    return (classified is not None and classified != n) or (whole is not None and whole != u)


def _names_forbidden(row: Row, behind: Sequence[Row]) -> bool:
    return row["name_as_published"] is not None and any(page["republish"] in ("places_only", "counts_only") for page in behind)


_BY_TABLE: Mapping[str, Callable[[Row, Pages], dict[str, bool]]] = {
    **BY_TABLE,
    **IN_ONE_ROW,
    **OF_REPRESENTATION,
    "alert_quality": _measure,
    "corrections": _correction,
    "network_functions": _function,
    "representation": _representation,
    "resolution_rates": _resolution_rate,
    "review_cases": _review_case,
    "sources": _source,
    "universes": _universe,
    "unresolved_names": _unresolved,
}
