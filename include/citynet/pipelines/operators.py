"""Word to the operators and to those who answer questions: what is broken once, when it changes and when it ends; what waits, once.

What was told is one file of the store, written together with the message that tells it, before that is kept for anybody: so a
kill between two writes leaves the same to be done again. Nothing is told by a run on replayed pages.
"""

import json
import re
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from types import MappingProxyType

from citynet.alerts import channels, outbox
from citynet.alerts.outbox import Message
from citynet.alerts.recipients import Recipient
from citynet.model import written
from citynet.pipelines import memberships, statistics
from citynet.pipelines.locking import alone
from citynet.pipelines.open_questions import COUNTED, last_told, line_of, open_cases, superseded, unsay, words_of
from citynet.pipelines.open_questions import TOLD as QUESTIONS
from citynet.pipelines.outside import Outside
from citynet.pipelines.released import current_release
from citynet.pipelines.review import DUE_DAYS
from citynet.pipelines.subscribers import recipients

TROUBLES, LAYOUTS = "alerts/operators.json", "alerts/layouts.json"
LOUDER_AFTER = (30, 90, 365)
"""Days after which a trouble that stays is told once more."""
TITLES = {
    "operators": "City Network Monitor: sources or channels in trouble",
    "curators": "City Network Monitor: open questions",
    "layouts": "City Network Monitor: pages laid out anew",
}
FOOTERS = {
    "operators": "What to do: docs/operations.md#a-source-failed-or-is-held, of a channel #an-alert-was-not-sent",
    "curators": "Answer with: citynet review",
    "layouts": "What to do: docs/operations.md#a-page-is-laid-out-anew",
}

State = dict[str, dict[str, str]]
"""Source, case or layout -> what was told of it."""


def tell_operators(outside: Outside, now: datetime) -> list[str]:
    """Keep one message on all sources and channels whose trouble began, changed, stays for long or ended since the last; its lines.

    A held list is a matter of the curators, and a trouble too once it is held for longer than an answer may take, also where refused.
    What a killed run told of new layouts is kept for whoever it left without: days may pass until a network has a new list.
    """
    if outside.mode == "replay":
        return []
    found = {**memberships.troubles(outside), **statistics.troubles(outside)}
    found |= {one.name: one.trouble for one in channels.failing(outside.store).values()}
    today = f"{now:%Y-%m-%d}"
    since = memberships.held_since(outside, sorted(source for source, text in found.items() if text.startswith("held")))
    held = {source for source, begun in since.items() if not begun or _days(begun, today) <= DUE_DAYS}
    broken = {source: text for source, text in found.items() if source not in held}
    with alone(outside.store, "alerts", print):
        to = recipients(outside, "operators")
        told_so_far(outside, LAYOUTS, to, "layouts", now)
        before = told_so_far(outside, TROUBLES, to, "operators", now)
        state, lines = troubles_told(before, broken, today, held, since)
        return keep(outside, TROUBLES, "operators", state, lines, to, now)


def tell_curators(outside: Outside, now: datetime) -> list[str]:
    """Keep one message on the questions that were opened, and on those that are past their due date, since the last; its lines."""
    release_id = current_release(outside)
    if outside.mode == "replay" or release_id is None:
        return []
    with alone(outside.store, "alerts", print):
        to = recipients(outside, "curators")
        unsay(outside, release_id, now)
        before = told_so_far(outside, QUESTIONS, to, "curators", now)
        cases, replaced = open_cases(outside, release_id), superseded(outside, release_id)
        state, lines = questions_told(before, cases, f"{now:%Y-%m-%d}", replaced)
        return keep(outside, QUESTIONS, "curators", state, lines, to, now)


def troubles_told(
    before: State, broken: Mapping[str, str], today: str, held: Set[str] = frozenset(), begun: Mapping[str, str] = MappingProxyType({})
) -> tuple[State, list[str]]:
    """The new state, and a line for each source whose trouble began, took a form not told of yet, has grown old or ended.

    A trouble that swings between two forms is told once of each. held: sources that were read and whose list waits for a curator.
    begun: since when (ISO date), where that is before the day on which it is first told.
    """
    state: State = {}
    lines = []
    for source, text in sorted(broken.items()):
        was = before.get(source)
        since = was["since"] if was else begun.get(source, today)
        age = _days(since, today)
        louder = str(sum(age >= days for days in LOUDER_AFTER))
        forms = _forms_told(was)
        state[source] = {"since": since, "forms": "\n".join(sorted(forms | {_form(text)})), "louder": louder}
        if was is None:
            lines.append(f"{source}: {text}" if since == today else f"{source}: for {age} days (since {since}): {text}")
        elif _form(text) not in forms:
            lines.append(f"{source}: changed, in trouble since {since}: {text}")
        elif was["louder"] < louder:
            lines.append(f"{source}: still, for {age} days (since {since}): {text}")
    for source, was in sorted(before.items()):
        if source not in broken:
            now = "is read again, now held for curators" if source in held else "ended"
            lines.append(f"{source}: {now}, was in trouble since {was['since']}")
    return state, lines


def questions_told(
    before: State, cases: Sequence[Mapping[str, str]], today: str, replaced: Set[str] = frozenset()
) -> tuple[State, list[str]]:
    """The new state, and what is new: a line for each list, page, claim or vanished change, names of one network counted together.

    replaced: cases of held lists after which another one is held; what was told of them stays told, should the page show them again.
    """
    state: State = {case_id: was for case_id, was in before.items() if case_id in replaced}
    names: dict[tuple[str, str], int] = {}
    lines = []
    for case in sorted(cases, key=lambda c: (c["what"], c["network_id"], c["case_id"])):
        overdue = "overdue" if case["due"] and case["due"] < today else "open"
        line, was = line_of(case, overdue), before.get(case["case_id"], {})
        if was.get("told") in (overdue, "overdue"):
            state[case["case_id"]] = {**was, "told": overdue}
            continue
        state[case["case_id"]] = {"told": overdue, "words": words_of(line)}
        if case["what"] == "name":
            names[(case["network_id"], overdue)] = names.get((case["network_id"], overdue), 0) + 1
        else:
            lines.append(line)
    lines += [f"{network_id}: {COUNTED}, {overdue}: {count}" for (network_id, overdue), count in sorted(names.items())]
    return state, lines


def _days(since: str, today: str) -> int:
    return (date.fromisoformat(today) - date.fromisoformat(since)).days


def _form(trouble: str) -> str:
    """A trouble without its figures and on one line, so that another byte count or date is not another trouble."""
    return " ".join(re.sub(r"\d+", "#", trouble).split())


def _forms_told(was: Mapping[str, str] | None) -> set[str]:
    """The forms of a trouble that were told."""
    return set(was["forms"].split("\n")) if was else set()


def told_so_far(outside: Outside, key: str, to: Sequence[Recipient], kind: str, now: datetime) -> State:
    """What was told so far; the message that told it is kept for whoever a kill left without. ConfigError as `last_told`."""
    kept = last_told(outside.store, key)
    if kept is None:
        return {}
    messages = kept["messages"]
    _post(outside, kind, {r.recipient: messages[r.recipient] for r in to if r.recipient in messages}, kept["told_at"], now)
    state: State = kept["state"]
    return state


def keep(outside: Outside, key: str, kind: str, state: State, lines: list[str], to: Sequence[Recipient], now: datetime) -> list[str]:
    """Write state and message in one, then the message for each recipient. Without recipients it is only logged, and not told.

    What has ended without a word is forgotten, so that it is told again should it begin anew.
    """
    for line in lines:
        print(line)
    before = last_told(outside.store, key)
    if not lines and before is not None and before["state"] != state:
        outside.store.write(key, (json.dumps({**before, "state": state}, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    if not lines or not to:
        return lines
    messages = _of_each(lines, to)
    kept = {"told_at": written(now), "state": state, "messages": messages}
    outside.store.write(key, (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    _post(outside, kind, messages, written(now), now)
    return lines


def _of_each(lines: Sequence[str], to: Sequence[Recipient]) -> dict[str, list[str]]:
    """Recipient -> the lines that it is told: those that one of its subscriptions asks for, in one message."""
    found: dict[str, list[str]] = {}
    for recipient in sorted({r.recipient for r in to}):
        filters = [r.networks for r in to if r.recipient == recipient]
        mine = [line for line in lines if any(not networks or line.split(":")[0] in networks for networks in filters)]
        if mine:
            found[recipient] = mine
    return found


def _post(outside: Outside, kind: str, messages: Mapping[str, Sequence[str]], told_at: str, now: datetime) -> None:
    """Keep what each recipient is told as one message; the id goes with the moment of telling, so a second try is the same."""
    site = outside.site_url or "an installation without a public address"
    for recipient, mine in sorted(messages.items()):
        message_id = outbox.message_id(recipient, kind, [told_at, *mine])
        body = "\n".join([f"City Network Monitor at {site}", "", *mine, "", FOOTERS[kind], f"Message {message_id}", ""])
        outbox.post(outside.store, Message(message_id, recipient, kind, "waiting", "", written(now), "", TITLES[kind], body))
