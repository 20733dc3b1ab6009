"""What curators are asked: the open cases of the current release without those that touch a withdrawn body; and word of them not sent yet.

A withdrawal counts from the moment at which it is judged, whether or not a release without the body stands already.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from citynet.alerts import outbox
from citynet.alerts.correcting import withdrawn
from citynet.alerts.outbox import Message
from citynet.errors import ConfigError
from citynet.model import written
from citynet.pipelines import replies
from citynet.pipelines.held_lists import SUPERSEDED
from citynet.pipelines.outside import Outside
from citynet.pipelines.released import table
from citynet.pipelines.retracting import vanished
from citynet.store import Store

TOLD = "alerts/curators.json"
"""What curators were told, and in which words (`operators.keep`)."""
COUNTED = "printed names to be matched"
"""In a line that counts cases of one network and names none."""
_HEAD, _FOOT = 2, 4
"""Lines of a message before and after what it tells: installation and blank; blank, what to do, id and end."""


def open_cases(outside: Outside, release_id: str) -> list[Mapping[str, str]]:
    """The cases that are open, and the changes that were told and are in no table any more without a record that says why."""
    cases: list[Mapping[str, str]] = [row for row in table(outside, release_id, "review_cases") if not row["outcome"]]
    touches = _touches_withdrawn(outside, release_id)
    return [case for case in cases if not touches(case)] + [_vanished_case(change_id) for change_id in vanished(outside, release_id)]


def superseded(outside: Outside, release_id: str) -> set[str]:
    """The cases of held lists after which another one is held, while none is accepted."""
    return {row["case_id"] for row in table(outside, release_id, "review_cases") if row["outcome"].startswith(SUPERSEDED)}


def line_of(case: Mapping[str, str], how: str) -> str:
    """How a case is told. how: open | overdue."""
    return f"{case['network_id']}: {case['what']}, {how}: {case['claim']}"


def words_of(line: str) -> str:
    """By what the words of a line are known again where they may not be kept: they may name a body that is withdrawn later."""
    return hashlib.sha256(line.split("\n")[0].encode()).hexdigest()[:12]


def unsay(outside: Outside, release_id: str, now: datetime) -> None:
    """Take each line whose case is closed, withdrawn or worded otherwise out of the messages to curators that are still to be sent, and
    out of what is kept of them; a case that is open in other words counts as not told."""
    kept, before = [m for m in outbox.messages(outside.store) if m.kind == "curators"], last_told(outside.store, TOLD)
    unsent = [m for m in kept if m.state in ("waiting", "trying")]
    if not unsent and before is None:
        return
    allowed = {line for case in open_cases(outside, release_id) for how in ("open", "overdue") for line in line_of(case, how).split("\n")}
    dropped: set[str] = set()
    for message in unsent:
        lines = message.body.split("\n")
        told = lines[_HEAD:-_FOOT]
        left = [line for line in told if line in allowed or COUNTED in line]
        dropped.update(words_of(line) for line in told if line not in left)
        if left != told:
            _left_with(outside, message, [*lines[:_HEAD], *left, *lines[-_FOOT:]] if left else [], now)
    if before is not None:
        _forget(outside, before, allowed, kept, dropped)


def last_told(store: Store, key: str) -> dict[str, Any] | None:
    """What operators or curators were told last, None before the first time: told_at, state, and messages by recipient.

    ConfigError where a version before 0.8 wrote the file: it does not say what each recipient was told.
    """
    if not store.exists(key):
        return None
    kept: dict[str, Any] = json.loads(store.read(key))
    if "messages" not in kept:
        raise ConfigError(
            f"{key} in the store: expected the form of version 0.8 or later, found an older one; see docs/operations.md#upgrade"
        )
    return kept


def _left_with(outside: Outside, message: Message, lines: Sequence[str], now: datetime) -> None:
    if not lines and message.state == "waiting":
        outbox.take_back(outside.store, message)
    else:
        outbox.reworded(outside.store, message, title=message.title, body="\n".join(lines), now=written(now))


def _forget(outside: Outside, before: Mapping[str, Any], allowed: set[str], kept: Sequence[Message], dropped: set[str]) -> None:
    """What is kept of the last message, so that a kill leaves nobody without it, names nothing else either; nor is it posted again
    under the id of other words to who has it. A case whose line was taken out of a message counts as not told."""

    def left(lines: Sequence[str]) -> list[str]:
        return [line for line in lines if COUNTED in line or set(line.split("\n")) <= allowed]

    def still_to_post(recipient: str, lines: Sequence[str]) -> list[str]:
        message_id = outbox.message_id(recipient, "curators", [before["told_at"], *lines])
        posted = any(m.message_id == message_id for m in kept)
        return [] if posted and left(lines) != list(lines) else left(lines)

    mine = {recipient: still_to_post(recipient, lines) for recipient, lines in before["messages"].items()}
    after = {
        **before,
        "state": {case: was for case, was in before["state"].items() if was.get("words") not in dropped},
        "messages": {recipient: lines for recipient, lines in mine.items() if lines},
    }
    if after != before:
        outside.store.write(TOLD, (json.dumps(after, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def _touches_withdrawn(outside: Outside, release_id: str) -> Callable[[Mapping[str, str]], bool]:
    """Whether a case is a claim on a withdrawn body, or names one that this release still shows."""
    withdrawals = replies.withdrawals(outside)
    cases = {c["case_id"] for c in replies.claims(outside) if withdrawn({"network_id": "", **c}, withdrawals)} if withdrawals else set()
    places = {line["place_id"] for line in withdrawals}
    names = {row["name"] for row in table(outside, release_id, "places") if row["place_id"] in places} if places else set()
    shown = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)) or r"(?!)")
    return lambda case: case["case_id"] in cases or bool(shown.search(case["claim"]))


def _vanished_case(change_id: str) -> dict[str, str]:
    claim = f"the change {change_id} was told and is in no table any more, and no record says why: a claim in claims.csv decides"
    return {"case_id": f"vanished-{change_id}", "what": "vanished change", "network_id": "alerts", "claim": claim, "due": ""}
