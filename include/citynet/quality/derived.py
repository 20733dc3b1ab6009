"""What rules across tables need to see in one row: columns that say "yes" where a row breaks a rule, else "no"."""

from collections.abc import Mapping, Sequence

from citynet.model import Row
from citynet.quality.suites import TableShape

OF_TWO_LISTS = ("n_a", "n_b", "shared")


def with_derived(table: TableShape, rows: Sequence[Row], sources: Sequence[Row], keys: Mapping[str, frozenset[object]]) -> list[Row]:
    """Copies of the rows with the derived columns that `suites` asks for in that table.

    keys: table -> the values of its first key column. Foreign keys are derived, because GX writes the set of allowed
    values into every one of its configurations: seconds for thousands of places.
    """
    pages: dict[tuple[object, object], list[Row]] = {}
    for source in sources:
        pages.setdefault((source["source_id"], source["capture_id"]), []).append(source)
    derived: list[Row] = []
    for row in rows:
        broken = _broken(table.name, row, pages)
        broken |= {f"no_such_{name}": row[name] is not None and row[name] not in keys[to] for name, to in table.foreign_keys}
        derived.append({**row, **{name: "yes" if is_broken else "no" for name, is_broken in broken.items()}})
    return derived


def _broken(table: str, row: Row, pages: Mapping[tuple[object, object], Sequence[Row]]) -> dict[str, bool]:
    if table == "network_overlap":
        return {"ratio_of_partial": any(row[c] is None for c in OF_TWO_LISTS) and any(row[c] is not None for c in _ratios(row))}
    if table == "unresolved_names":
        return {"against_terms": _names_forbidden(row, pages.get((row["network_id"], row["capture_id"]), ()))}
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
    if table == "membership_changes":
        # a printed date, a statement and a judgement stand by themselves; only a comparison of lists needs complete ones
        compared = row["cause"] in ("listing", "not_seen")
        found["from_partial"] = compared and any(page["coverage"] == "partial" for page in behind)
    return found


def _ratios(row: Row) -> list[str]:
    tests = ("jaccard", "overlap_coefficient", "containment_", "expected_", "z_", "p_", "q_")
    return [c for c in row if c.startswith(tests) and c != "p_method"]


def _names_forbidden(row: Row, behind: Sequence[Row]) -> bool:
    return row["name_as_published"] is not None and any(page["republish"] in ("places_only", "counts_only") for page in behind)
