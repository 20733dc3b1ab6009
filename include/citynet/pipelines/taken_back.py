"""What was told and does not stand: the sentence that feeds carry as a correction, for an upheld claim and for a change of our records."""

from collections.abc import Collection, Mapping, Sequence

from citynet.alerts.correcting import is_decided_anew
from citynet.model import Row
from citynet.pipelines.change_sentences import Known
from citynet.pipelines.released import membership

Changes = Sequence[Row]
Line = Mapping[str, object]
"""A row that is read only, of any of the tables."""


def corrections_taken_back(
    corrections: Sequence[Row], changes: Changes, records: Sequence[Row], names: Known, quiet: Collection[object] = frozenset()
) -> list[Row]:
    """Table corrections with takes_back: of each change that feeds told, or may have told, and against which a claim was upheld.

    A change that is in no table any more may have been told; one that is there says itself whether it was (feed_published).
    records: record_changes with takes_back; what one of them takes back already is not taken back again. quiet: ids of cases
    about a body that feeds do not name now.
    """
    by_id, said = {row["change_id"]: row for row in changes}, set(told_by_records(corrections, changes, records).values())
    return [
        {**row, "takes_back": None if row["case_id"] in quiet or row["row_id"] in said else _by_claim(row, by_id.get(row["row_id"]), names)}
        for row in corrections
    ]


def told_by_records(claims: Sequence[Line], changes: Sequence[Line], records: Sequence[Line]) -> dict[object, object]:
    """Of the changes of our records that take something back (records, with takes_back) those that a correction was asked for as well:
    id of the record -> id of the change that it takes back. It is one error, whichever came first.

    Such a change is in no table any more, so a record that puts its body right is taken for the one: the first since the claim came, else
    the last before it. Where several claims name changes of one record, one that was upheld counts.
    """
    by_id = {row["change_id"] for row in changes}
    gone = [c for c in claims if c["what"] == "correction" and "/" not in str(c["row_id"]) and c["row_id"] not in by_id]
    by_body = (r for r in records if _puts_right(r) and not is_decided_anew(r))  # of a list decided anew it is known what it took back
    right = sorted(by_body, key=lambda r: (str(r["latest"]), str(r["change_id"])))
    found: dict[object, object] = {}
    for claim in sorted(gone, key=lambda c: (c["outcome"] == "upheld", str(c["received"]), str(c["row_id"]))):
        mine = [record for record in right if _is_about(record, claim)]
        since = [record for record in mine if str(record["latest"]) >= str(claim["received"])]
        if mine and (since or mine[::-1])[0]["takes_back"]:
            found[(since or mine[::-1])[0]["change_id"]] = claim["row_id"]
    return found


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
    undone: Changes = (),
) -> list[Row]:
    """Table record_changes with takes_back: of a name matched to another place, of a departure that a person took back, and of what was
    told and is not so by a list that was decided anew or a merger recorded late.

    live: network_id -> day of its first live list; what a record of an earlier day replaced was told to nobody.
    upheld: claims that take back the same error themselves: it is one error, corrected once.
    undone: what feeds told once and no table holds, as `told_once` gives it.
    """
    by_id = {row["change_id"]: row for row in changes}
    listed = {membership(row) for row in memberships}
    late = {(*membership(row), row["matched_on"]) for row in changes if row["matched_on"] and row["telling"] != "never"}

    claimed = {id_ for claim in upheld for id_ in _put_right_after(claim, records, by_id.get(claim["row_id"]))}

    def told(row: Row) -> bool:
        return bool(row["sentence"]) and _is_after(row, live) and row["change_id"] not in claimed

    once: dict[object, list[Row]] = {}
    for change in undone:
        if change["change_id"] not in {claim["row_id"] for claim in upheld}:
            once.setdefault(change["record_id"], []).append(change)

    def taken_back(row: Row) -> str | None:
        if row["change_id"] in once:
            return _by_the_past(row, once[row["change_id"]], names) if row["sentence"] else None
        return _by_record(row, listed, late, names) if told(row) and not is_decided_anew(row) else None

    return [{**row, "takes_back": taken_back(row)} for row in records]


def _by_the_past(row: Row, told: Sequence[Row], names: Known) -> str:
    what = ". ".join(sorted(str(change["sentence"]).partition(". How sure: ")[0] for change in told))
    day = str(row["known_at"])[:10]
    if is_decided_anew(row):
        return f"Correction: {what}. This does not stand: on {day} a person decided anew which lists to believe, and they do not show it."
    heir = names.body(row["after"]) if row["after"] else "other bodies"
    how = "merged into" if row["change"] == "merged" else "split into"
    return f"Correction: {what}. This does not stand: {names.body(row['before'])} was {how} {heir}, as recorded on {day}."


def _put_right_after(claim: Mapping[str, str], records: Sequence[Row], change: Row | None) -> set[object]:
    """The ids of the records of the first day on which, since a claim came, what it says was put right."""
    mine = [row for row in records if _puts_right(row) and _is_of(row, claim, change)]
    first = min((str(row["latest"]) for row in mine), default="")
    return {row["change_id"] for row in mine if str(row["latest"]) == first}


def _by_record(row: Row, listed: set[tuple[object, ...]], late: set[tuple[object, ...]], names: Known) -> str | None:
    network, day = names.network(row), str(row["latest"])
    if not _puts_right(row):
        return None
    if row["change"] == "corrected":
        return f"Correction: {network}: {names.place(row)} did not leave. What was told before {day} of its departure does not stand."
    if (row["network_id"], row["before"], row["tie"]) in listed:
        return None
    told = f"Correction: {network}: what was told before {day} of {names.body(row['before'])} does not stand"
    if not row["after"]:
        return f"{told}: the printed name is matched to no place now."
    if (*membership({**row, "place_id": row["after"]}), day) not in late:
        return None  # the list that showed it first was the first one read live, or none that was: nobody was told
    return f"{told}: the printed name is matched to {names.body(row['after'])} now."


def _is_of(row: Row, claim: Mapping[str, str], change: Row | None) -> bool:
    """Whether a record puts right what a claim had said before of a change. Of one that is in no table any more (change None) tie and
    direction are not known."""
    if "/" in claim["row_id"] or claim["received"] > str(row["latest"]) or not _is_about(row, claim):
        return False
    if change is None or change["tie"] != row["tie"] or is_decided_anew(row):
        return change is None or (change["tie"], change["change"]) == (row["tie"], row["before"])
    return (change["change"] == "left") is (row["change"] == "corrected")


def _puts_right(row: Line) -> bool:
    """Whether a change of our records may take back a change of the world: a departure undone, a list decided anew, or a name matched to
    another body."""
    if row["change"] == "corrected":
        return row["before"] == "departed" or is_decided_anew(row)
    return row["change"] == "re_resolved" and bool(row["before"])


def _is_about(row: Line, claim: Line) -> bool:
    """Whether a record is about the body of a claim, as lists named it before."""
    place_id = row["place_id"] if row["change"] == "corrected" else row["before"]
    return (claim["network_id"], claim["place_id"]) == (row["network_id"], place_id)


def _is_after(row: Row, live: Mapping[str, str]) -> bool:
    first = live.get(str(row["network_id"]), "")
    return bool(first) and str(row["latest"] or "") > first
