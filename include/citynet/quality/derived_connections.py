"""What the tables on shared members, connections and how networks are run break, in one row or beside the others of their table."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from citynet.model import Row
from citynet.quality.derived_statistics import Pages, differ, number

OF_TWO_LISTS = ("n_a", "n_b", "shared")
MODELS = ("hypergeometric", "fixed_margins", "fixed_margins_country", "bicm")
SAMPLED = ("fixed_margins", "fixed_margins_country")
TESTED = ("p", "q", "q_by", "p_lower")
"""What a chance model gives of every pair in which it leaves something to chance, beside the expected number."""
TAILS_MISS = 0.01
"""By how much two tails may fall short of 1 together: where few samples reach a number its tail is told by another distribution."""
MIXED = 1.1
"""Split R-hat up to which samples are taken to have come to rest (Gelman and others, Bayesian Data Analysis)."""
HUNDRED = 0.01
"""By how many points the shares of all classes may miss 100 percent."""


def _overlap(row: Row, pages: Pages) -> dict[str, bool]:
    partial = any(row[column] is None for column in OF_TWO_LISTS)
    there = {model: {row[f"{figure}_{model}"] is not None for figure in TESTED} for model in MODELS}
    tested = any(True in found for found in there.values())
    tails = [sum(number(row[f"{tail}_{model}"]) or 0.0 for tail in ("p", "p_lower")) for model in MODELS if there[model] == {True}]
    return {
        "ratio_of_partial": partial and any(row[column] is not None for column in _ratios(row)),
        "half_tested": any(len(found) > 1 for found in there.values())
        or any(row[f"expected_{model}"] is None for model in MODELS if True in there[model])
        or (row["p_method"] is not None) != tested,
        "nested_tested": tested and row["nested_by_rule"] is True,
        "tails_off": any(both < 1 - TAILS_MISS for both in tails),
        "bound_off": row["shared"] is not None and row["shared_at_least"] != row["shared"],
    }


def _ratios(row: Row) -> list[str]:
    tests = ("jaccard", "overlap_coefficient", "containment_", "expected_", "z_", "p_", "q_")
    return [column for column in row if column.startswith(tests) and column != "p_method"]


def _chance_model(row: Row, pages: Pages) -> dict[str, bool]:
    worst = number(row["worst_r_hat"])
    drawn = row["model"] in SAMPLED and row["not_computed_because"] is None
    return {
        "unsampled": {row[column] is not None for column in ("samples", "seed", "moved_share")} != {drawn},
        "unsaid": (row["pairs"] == 0 and row["not_computed_because"] is None) or (row["pairs"] != 0) != (row["family"] is not None),
        "not_mixed": worst is not None and worst > MIXED,
    }


def _concentration(row: Row, pages: Pages) -> dict[str, bool]:
    measure, value = str(row["measure"]), number(row["value"]) or 0.0
    share = measure.startswith(("share_", "gini", "hhi")) or measure.endswith("_share_of_memberships")
    return {"share_off": share and not 0 <= value <= 1}


def _functional(row: Row, pages: Pages) -> dict[str, bool]:
    sides = [(row[f"in_{side}"], row[f"strength_{side}"]) for side in "ab"]
    return {
        "strength_off": any(strength is not None and told != "yes" for told, strength in sides),
        "nothing_known": (row["item"] == "any") != all(told == "not_known" for told, _ in sides),
    }


def _body(row: Row, pages: Pages) -> dict[str, bool]:
    listed, capture = row["basis"] == "list", row["capture_id"]
    return {"no_evidence": listed != (capture is not None) or (listed and not pages.get((row["network_id"], capture)))}


def _evidence(row: Row, pages: Pages) -> dict[str, bool]:
    figure = number(row["figure"])
    return {
        "figure_off": (figure is not None) != (row["value"] == "figure") or not 0 <= (figure or 0.0) <= 100,
        "bound_off": _outside(figure, number(row["figure_low"]), number(row["figure_high"])),
        "no_universe": figure is not None and row["universe"] is None,
    }


def _outside(figure: float | None, low: float | None, high: float | None) -> bool:
    """Whether a figure lacks its bounds or lies outside them, or bounds contradict each other."""
    if low is None or high is None:
        return figure is not None or low != high
    return not low - HUNDRED <= (low if figure is None else figure) <= high + HUNDRED


def _distributions(rows: Sequence[Row]) -> list[dict[str, bool]]:
    """Municipalities by how many memberships they have are all the municipalities and all their memberships; core and periphery too."""
    found: dict[tuple[object, ...], dict[str, float]] = defaultdict(dict)
    for row in rows:
        found[row["counted_by"], row["relevance"]][str(row["measure"])] = number(row["value"]) or 0.0
    return [{"not_added_up": _misses(found[row["counted_by"], row["relevance"]], row)} for row in rows]


def _misses(measures: Mapping[str, float], row: Row) -> bool:
    places = number(row["n_places"]) or 0.0
    by_number = {int(n): value for name, value in measures.items() if (n := name.removeprefix("municipalities_in_")).isdecimal()}
    parts = [sum(by_number.values())] * bool(by_number)
    if "core_municipalities" in measures:
        parts.append(measures["core_municipalities"] + measures.get("periphery_municipalities", 0.0))
    together = sum(n * value for n, value in by_number.items())
    return any(differ(part, places) for part in parts) or (bool(by_number) and differ(together, number(row["n_memberships"])))


def _seats(rows: Sequence[Row]) -> list[dict[str, bool]]:
    """Cities hold no more seats than the list that names them has in that body."""
    held: dict[tuple[object, ...], float] = defaultdict(float)
    for row in rows:
        if row["place_id"] is not None and row["capture_id"] is not None:
            held[_of_body(row)] += number(row["seats"]) or 0.0
    return [{"too_many_seats": row["place_id"] is None and held.get(_of_body(row), 0.0) > (number(row["seats"]) or 0.0)} for row in rows]


def _of_body(row: Row) -> tuple[object, ...]:
    return row["network_id"], row["body"], row["capture_id"]


def _shares(rows: Sequence[Row]) -> list[dict[str, bool]]:
    """Shares of the classes of one thing are all of it."""
    sums: dict[tuple[object, str], float] = defaultdict(float)
    for row in rows:
        if row["figure"] is not None:
            sums[_of_one_whole(row)] += number(row["figure"]) or 0.0
    return [{"not_all": ":" in str(row["item"]) and row["figure"] is not None and _short(sums[_of_one_whole(row)])} for row in rows]


def _of_one_whole(row: Row) -> tuple[object, str]:
    return row["network_id"], str(row["item"]).rpartition(":")[0]


def _short(percent: float) -> bool:
    return abs(percent - 100) > HUNDRED


IN_ONE_ROW: Mapping[str, Callable[[Row, Pages], dict[str, bool]]] = {
    "network_overlap": _overlap,
    "chance_models": _chance_model,
    "connectivity_concentration": _concentration,
    "functional_overlap": _functional,
    "network_bodies": _body,
    "legitimacy_evidence": _evidence,
}
"""Table -> the rules that one row breaks by itself or beside the pages that it stands on."""
ACROSS_ROWS: Mapping[str, Callable[[Sequence[Row]], list[dict[str, bool]]]] = {
    "connectivity_concentration": _distributions,
    "network_bodies": _seats,
    "legitimacy_evidence": _shares,
}
"""Table -> the rules that each of its rows breaks beside the others, in their order."""
