"""Which changes of the world that no table holds any more feeds had told: by the rule of alerts, on the day before they went."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from citynet.alerts.telling import first_live_captures, may_be_told
from citynet.history.periods import meet
from citynet.model import Row
from citynet.pipelines.change_sentences import Known, Tables, world_sentence

Values = Sequence[Mapping[str, str]]


def told_once(undone: Sequence[Row], tables: Tables, flags: Values, names: Known) -> list[Row]:
    """The rows of `Past.undone` that a release of the day before undone_on told, or would have, with their sentence; without those that a
    change of today tells again.

    A list that was refused on that day had been accepted until then. Claims are not asked: what a claim kept back is corrected with it.
    """
    found: list[Row] = []
    for row in undone:
        turned = str(row["turned"]).split("; ")
        then = [s for s in tables["sources"] if s["source_id"] == row["network_id"] and s["capture_id"] in turned]
        first = first_live_captures([*tables["sources"], *({**one, "decision": "accepted"} for one in then)])
        on = str(row["undone_on"])
        by_then = [flag for flag in flags if flag["date"] <= on]
        day_before = (date.fromisoformat(on) - timedelta(days=1)).isoformat()
        rule = may_be_told(row, by_then, (), {str(row["change_id"]): str(row["known_at"])[:10]}, day_before, first_live=first)
        if rule.outcome == "now" and not any(_is_same(row, change) for change in tables["membership_changes"]):
            found.append({**row, "sentence": world_sentence(row, names)})
    return found


def _is_same(one: Row, other: Row) -> bool:
    """Whether two rows of membership_changes tell of one event: the same of the same membership, on days that meet."""
    if any(one[column] != other[column] for column in ("network_id", "place_id", "tie", "change")):
        return False
    return meet(*((str(row["earliest"] or ""), str(row["latest"] or "")) for row in (one, other)))
