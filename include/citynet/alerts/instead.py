"""What is so instead of a change that was told and does not stand, as far as a change of our records says it."""

from collections.abc import Mapping, Sequence

from citynet.alerts.correcting import explains, is_decided_anew
from citynet.alerts.telling import Line

Said = tuple[str, Mapping[str, str]]
"""The name of a sentence of the frames, and its values."""
NOTHING: Said = ("", {})


def instead(change: Mapping[str, str], records: Sequence[Line], places: Mapping[str, str]) -> Said:
    """The sentence that says what is so instead of a change that was told, by the newest record that explains it; NOTHING where that tells
    no more than that our record was corrected. places: place_id -> name with country."""
    mine = sorted((r for r in records if explains(r, change)), key=lambda r: (str(r.get("known_at") or ""), str(r.get("change_id"))))
    return _said(mine[-1], change, places) if mine else NOTHING


def _still_there(record: Line, told: Mapping[str, str]) -> Said:
    """A departure that a person took back, or a list that shows the body after the days on which it was told to have left."""
    day = str(record.get("latest") or "")
    if told["change"] != "left":
        return NOTHING
    if record.get("before") == "departed":
        return "instead_member", {}
    return ("instead_shown", {"day": day}) if record.get("cause") == "reappeared" and day >= told["latest"] else NOTHING


def _said(record: Line, told: Mapping[str, str], places: Mapping[str, str]) -> Said:
    kind, before, after = (str(record.get(column) or "") for column in ("change", "before", "after"))
    if is_decided_anew(record):
        return "instead_lists", {"day": str(record.get("known_at") or "")[:10]}
    if kind == "corrected":
        return _still_there(record, told)
    if kind == "re_resolved" and not after:
        return "instead_no_place", {}
    if kind == "re_resolved":
        return ("instead_place", {"place": places[after]}) if after in places else NOTHING
    if told["place_id"] != before:
        return ("instead_heir", {"place": places[before]}) if before in places else NOTHING
    if kind == "split":
        return "instead_split", {}
    return ("instead_merged", {"place": places[after]}) if after in places else NOTHING
