"""What was told and does not stand: the sentence that feeds carry as a correction, for an upheld claim and for a change of our records."""

from collections.abc import Collection, Mapping, Sequence

from citynet.model import Row
from citynet.pipelines.change_sentences import Known
from citynet.pipelines.released import membership

Changes = Sequence[Row]


def corrections_taken_back(
    corrections: Sequence[Row], changes: Changes, names: Known, quiet: Collection[object] = frozenset()
) -> list[Row]:
    """Table corrections with takes_back: of each change that feeds told, or may have told, and against which a claim was upheld.

    A change that is in no table any more may have been told; one that is there says itself whether it was (feed_published).
    quiet: ids of cases about a body that feeds do not name now.
    """
    by_id = {row["change_id"]: row for row in changes}
    return [
        {**row, "takes_back": None if row["case_id"] in quiet else _by_claim(row, by_id.get(row["row_id"]), names)} for row in corrections
    ]


def _by_claim(row: Row, change: Row | None, names: Known) -> str | None:
    if (row["what"], row["outcome"]) != ("correction", "upheld") or "/" in str(row["row_id"]):
        return None
    if change is not None and not change["feed_published"]:
        return None
    what = str(change["sentence"]).partition(". How sure: ")[0] if change else f"{names.network(row)}: what was told of {names.place(row)}"
    return f"Correction: {what}. This does not stand: a claim that it is wrong was upheld on {row['answered_on']}."


def records_taken_back(
    records: Sequence[Row],
    changes: Changes,
    memberships: Sequence[Row],
    names: Known,
    live: Mapping[str, str],
    upheld: Sequence[Mapping[str, str]],
) -> list[Row]:
    """Table record_changes with takes_back: of a name matched to another place, and of a departure that a person took back.

    live: network_id -> day of its first live list; what a record of an earlier day replaced was told to nobody.
    upheld: claims that take back the same error themselves: it is one error, corrected once.
    """
    by_id = {row["change_id"]: row for row in changes}
    listed = {membership(row) for row in memberships}
    late = {(*membership(row), row["matched_on"]) for row in changes if row["matched_on"] and row["telling"] != "never"}

    def told(row: Row) -> bool:
        claimed = any(_is_of(row, claim, by_id.get(claim["row_id"])) for claim in upheld)
        return bool(row["sentence"]) and _is_after(row, live) and not claimed

    return [{**row, "takes_back": _by_record(row, listed, late, names) if told(row) else None} for row in records]


def _by_record(row: Row, listed: set[tuple[object, ...]], late: set[tuple[object, ...]], names: Known) -> str | None:
    network, day = names.network(row), str(row["latest"])
    if row["change"] == "corrected":
        if row["before"] != "departed":
            return None
        return f"Correction: {network}: {names.place(row)} did not leave. What was told before {day} of its departure does not stand."
    if row["change"] != "re_resolved" or not row["before"] or (row["network_id"], row["before"], row["tie"]) in listed:
        return None
    before = names.places.get(row["before"]) or f"a body that no list names ({row['before']})"
    told = f"Correction: {network}: what was told before {day} of {before} does not stand"
    if not row["after"]:
        return f"{told}: the printed name is matched to no place now."
    if (*membership({**row, "place_id": row["after"]}), day) not in late:
        return None  # the list that showed it first was the first one read live, or none that was: nobody was told
    return f"{told}: the printed name is matched to {names.places.get(row['after']) or row['after']} now."


def _is_of(row: Row, claim: Mapping[str, str], change: Row | None) -> bool:
    """Whether a record puts right what a claim had said before of a change. Of one that is in no table any more (change None) tie and
    direction are not known."""
    undone = row["change"] == "corrected"
    place_id = row["place_id"] if undone else row["before"]
    if (
        "/" in claim["row_id"]
        or claim["received"] > str(row["latest"])
        or (claim["network_id"], claim["place_id"]) != (row["network_id"], place_id)
    ):
        return False
    return change is None or (change["tie"] == row["tie"] and (change["change"] == "left") is undone)


def _is_after(row: Row, live: Mapping[str, str]) -> bool:
    first = live.get(str(row["network_id"]), "")
    return bool(first) and str(row["latest"] or "") > first
