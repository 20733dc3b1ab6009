"""What was told before and stands, or does not: texts that are tried again, corrections, and names that are taken out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from citynet.alerts import outbox
from citynet.alerts.correcting import current_of, why_wrong
from citynet.alerts.digest import Frame, Told, Wrong, correction, digest
from citynet.alerts.frames import sentence
from citynet.alerts.outbox import NAMELESS, Message
from citynet.alerts.recipients import Recipient
from citynet.alerts.telling import Line, Telling
from citynet.model import written
from citynet.pipelines import replies
from citynet.pipelines.outside import Outside
from citynet.pipelines.released import table, told_changes

Judge = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A change of the current release that is news, what the rule says of it today, and the day since which it may be told."""

    change: Told
    row: Line
    telling: Telling
    since: str


def reworded(
    outside: Outside, release_id: str, news: Sequence[Judged], to: Sequence[Recipient], kept: Sequence[Message], now: datetime
) -> list[Message]:
    """All messages; out of digests and questions whose arrival is not known what may not be said now is taken before the next try.

    What may come back (a claim may be rejected, a flag lifted, a city may be in the next release again) is withheld and said as soon
    as it may be; what never may is out for good.
    """
    everybody, by_id = {r.recipient: r for r in to}, {j.change.change_id: j for j in news}
    found = []
    for message in kept:
        doubtful = message.kind in ("digest", "question") and message.state in ("trying", "held")
        if doubtful and message.recipient in everybody:
            frame = frame_of(everybody[message.recipient], release_id, outside)
            message = _reworded(outside, message, by_id, frame, now)
        found.append(message)
    return found


def _reworded(outside: Outside, message: Message, news: Mapping[str, Judged], frame: Frame, now: datetime) -> Message:
    may_be_said = {i: _may_be_said(message.kind, news[i].telling) if i in news else "later" for i in sorted(message.change_ids)}
    if set(may_be_said.values()) == {"now"} and not message.withheld:
        return message
    left = [news[i].change for i, outcome in may_be_said.items() if outcome == "now"]
    withheld = [i for i, outcome in may_be_said.items() if outcome == "later"]
    title, body = "", ""
    if left and message.kind == "question":
        title, body = replies.question_text(left, frame, message.message_id, now)
    elif left:
        title, body = frame.say("title"), digest_text(left, frame, message.message_id)
    return outbox.reworded(outside.store, message, title=title, body=body, withheld=withheld, now=written(now))


def _may_be_said(kind: str, telling: Telling) -> str:
    """now | later | never: contacts are asked only as long as a departure waits for them."""
    if kind == "digest":
        return telling.outcome
    if telling.waits_for in replies.ASKED:
        return "now"
    return "later" if telling.outcome == "later" else "never"


def with_corrections(outside: Outside, release_id: str, to: Sequence[Recipient], kept: Sequence[Message], now: datetime) -> list[Message]:
    """All messages, with a correction for each recipient who was told (or may have been) what does not stand, once a change.

    The names of withdrawn bodies go from all of them, whoever they are for.
    """
    judge, everybody, of_one = _judge(outside, release_id), {r.recipient: r for r in to}, of_each(kept)
    wrong = {recipient: _wrong(of_one.get(recipient, ()), judge) for recipient in everybody}
    found = [_without_names(outside, release_id, m, everybody.get(m.recipient), wrong.get(m.recipient, {}), judge, now) for m in kept]
    for recipient, one in everybody.items():
        before = {change_id for m in of_one.get(recipient, ()) if m.kind == "correction" for change_id in m.change_ids}
        new = [found_wrong for change_id, found_wrong in wrong[recipient].items() if change_id not in before]
        if new:
            made = _correction_to(one, new, release_id, outside, now)
            outbox.post(outside.store, made)
            found.append(made)
    return found


def _wrong(mine: Sequence[Message], judge: Judge) -> dict[str, Wrong]:
    """change_id -> what one recipient was told, or may have been, and does not stand."""
    wrong = {}
    for message in (m for m in mine if m.kind in ("digest", "question") and m.may_have_arrived):
        for change in message.changes:
            reason = judge(change) if change["place_id"] else "withdrawn"
            if reason and reason != "vanished":
                wrong[change["change_id"]] = Wrong(change, reason, (message.sent_on or message.posted_on)[:10])
    return wrong


def _without_names(
    outside: Outside, release_id: str, message: Message, to: Recipient | None, wrong: Mapping[str, Wrong], judge: Judge, now: datetime
) -> Message:
    """The message without the names of withdrawn bodies, in what is kept of it and in its text; void where nobody is there to get it."""
    hidden = {c["change_id"] for c in message.changes if c["place_id"] and judge(c) == "withdrawn"}
    if not hidden:
        return message
    message = outbox.unnamed(outside.store, message, hidden)
    if message.state not in ("waiting", "trying") or (to and message.kind != "correction"):
        return message  # without a text, or with one that was made in this run
    body = _correction_text([wrong[i] for i in sorted(message.change_ids & set(wrong))], to, message, release_id, outside) if to else ""
    return outbox.reworded(outside.store, message, title=message.title, body=body, now=written(now))


def _judge(outside: Outside, release_id: str) -> Judge:
    """Why a change that was told does not stand, by the current release and today's judgements; see `why_wrong`."""
    current = current_of([change for change, _ in told_changes(outside, release_id, members_only=False)])
    records = table(outside, release_id, "record_changes")
    claims, withdrawals = replies.claims(outside), replies.withdrawals(outside)
    found: dict[tuple[str, str], str] = {}

    def judge(change: Mapping[str, str]) -> str:
        """Each change is looked at once, however many were told of it."""
        key = (change["change_id"], change["place_id"])
        if key not in found:
            found[key] = why_wrong(change, current, records, claims, withdrawals)
        return found[key]

    return judge


def _correction_to(to: Recipient, wrong: Sequence[Wrong], release_id: str, outside: Outside, now: datetime) -> Message:
    message = Message(
        message_id=outbox.message_id(to.recipient, "correction", (one.change["change_id"] for one in wrong)),
        recipient=to.recipient,
        kind="correction",
        state="waiting",
        release_id=release_id,
        posted_on=written(now),
        sent_on="",
        title=sentence("correction_title", to.language, release=release_id),
        body="",
        changes=tuple({**one.change, **NAMELESS} if one.reason == "withdrawn" else one.change for one in wrong),
    )
    return replace(message, body=_correction_text(wrong, to, message, release_id, outside))


def _correction_text(wrong: Sequence[Wrong], to: Recipient, message: Message, release_id: str, outside: Outside) -> str:
    frame = frame_of(to, release_id, outside)
    return correction(wrong, frame) + frame.say("message", id=message.message_id) + "\n"


def digest_text(changes: Sequence[Told], frame: Frame, message_id: str) -> str:
    """The body of a digest; its last line names the message."""
    return digest(changes, frame) + frame.say("message", id=message_id) + "\n"


def frame_of(to: Recipient, release_id: str, outside: Outside) -> Frame:
    """The frame of a message to this recipient."""
    return Frame(release_id, to.language, outside.site_url, outside.contact, to.subscription)


def of_each(kept: Sequence[Message]) -> dict[str, list[Message]]:
    """Recipient -> its messages."""
    found: dict[str, list[Message]] = {}
    for message in kept:
        found.setdefault(message.recipient, []).append(message)
    return found


def vanished(outside: Outside, release_id: str) -> list[str]:
    """The ids of changes that somebody was told of and that the release lacks without any record that says why: for a person."""
    kept, judge = outbox.messages(outside.store), _judge(outside, release_id)
    told = {c["change_id"]: c for m in kept if m.kind == "digest" and m.may_have_arrived for c in m.changes}
    settled = {change_id for m in kept if m.kind == "correction" for change_id in m.change_ids}
    return [change_id for change_id, change in sorted(told.items()) if change_id not in settled and judge(change) == "vanished"]
