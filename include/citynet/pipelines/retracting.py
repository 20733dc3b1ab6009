"""What was told and does not stand is corrected; what stands after all is told again; and names of withdrawn bodies are taken out.

Of each change the last message that may have arrived counts: where it says something else than today's release and judgements, another
follows. So whoever was told has heard in the end what is so, and nobody else hears of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from citynet.alerts import outbox
from citynet.alerts.correcting import current_of, why_wrong
from citynet.alerts.digest import Wrong, correction, reinstatement
from citynet.alerts.instead import NOTHING, Said, instead
from citynet.alerts.outbox import NAMELESS, Message
from citynet.alerts.recipients import Everybody, Recipient, readers
from citynet.alerts.telling import Telling
from citynet.model import written
from citynet.pipelines import replies
from citynet.pipelines.outside import Outside
from citynet.pipelines.released import table, told_changes
from citynet.pipelines.standing import frame_of

Judge = Callable[[Mapping[str, str]], str]
Instead = Callable[[Mapping[str, str]], Said]
TITLES = {"correction": "correction_title", "reinstatement": "stands_title"}
"""Kind of message made here -> its title in the frames."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a change that one recipient was told of. kind: correction | reinstatement, "" where nothing is to be said.

    last: the last message that told of it. earlier: how many corrections or reinstatements did.
    """

    said: Wrong
    kind: str
    last: Message
    earlier: int


def with_corrections(
    outside: Outside,
    release_id: str,
    tellings: Mapping[str, Telling],
    everybody: Everybody,
    before: Sequence[Message],
    now: datetime,
) -> list[Message]:
    """All messages, with a correction or its taking back for each recipient whose last word on a change is not so any more.

    One that was kept and not tried yet is made anew; one whose arrival is not known says what is so at its next try. The names of
    withdrawn bodies go from all messages, whoever they are for.
    """
    stale = [m for m in before if m.kind in TITLES and m.state == "waiting"]
    for message in stale:
        outbox.take_back(outside.store, message)
    judge, so_instead = _judge(outside, release_id, tellings), _instead(outside, release_id)
    kept = [_without_names(outside, m, everybody, judge, now) for m in before if m not in stale]
    made: list[Message] = []
    found = {m.message_id: m for m in kept}
    for recipient, mine in outbox.of_each(kept).items():
        to = next((everybody[role] for a in ("public", "contacts") if (role := (a, recipient)) in everybody), ())
        if not to:
            continue
        verdicts = _verdicts(mine, judge, so_instead, public=to[0].audience == "public")
        for message in (m for m in mine if m.kind in TITLES and m.state in ("trying", "held")):
            found[message.message_id] = _reworded(outside, message, verdicts, to[0], release_id, now)
        for kind in TITLES:
            due = [v for v in verdicts.values() if v.kind == kind and v.last.kind != kind]
            if due:
                made.append(_message(kind, to[0], due, release_id, outside, now))
    return list(found.values()) + [message for message in made if outbox.post(outside.store, message)]


def _verdicts(mine: Sequence[Message], judge: Judge, so_instead: Instead, *, public: bool) -> dict[str, Verdict]:
    """change_id -> what is to be said to one recipient of a change that it was told of, or may have been."""
    chains: dict[str, list[Message]] = {}
    for message in (m for m in mine if m.kind in ("digest", "question", *TITLES) and m.may_have_arrived):
        for change_id in message.change_ids:
            chains.setdefault(change_id, []).append(message)
    verdicts = {}
    for change_id, chain in chains.items():
        change = next(c for c in chain[0].changes if c["change_id"] == change_id)
        reason = judge(change) if change["place_id"] else "withdrawn"
        if reason in ("stands", "asked"):
            corrected = any(m.kind == "correction" for m in chain)
            kind = "reinstatement" if corrected and (reason == "stands" or not public) else ""
        else:
            kind = "correction" if reason not in ("", "vanished") else ""
        how = so_instead(change) if reason == "corrected" else NOTHING
        said = Wrong(change, "stands" if kind == "reinstatement" else reason, chain[0].told_on, how)
        verdicts[change_id] = Verdict(said, kind, chain[-1], sum(m.kind == kind for m in chain))
    return verdicts


def _reworded(
    outside: Outside, message: Message, verdicts: Mapping[str, Verdict], to: Recipient, release_id: str, now: datetime
) -> Message:
    """One whose arrival is not known, with what it is still the last word on and what is still so; the rest is withheld or gone."""
    last_word = [verdicts[i] for i in sorted(message.change_ids) if verdicts[i].last.message_id == message.message_id]
    so = [v.said for v in last_word if v.kind == message.kind]
    withheld = [v.said.change["change_id"] for v in last_word if v.kind != message.kind]
    body = _text(message.kind, so, to, message.message_id, release_id, outside) if so else ""
    title = frame_of(to, release_id, outside).say(TITLES[message.kind])
    return outbox.reworded(outside.store, message, title=title, body=body, withheld=withheld, now=written(now))


def _without_names(outside: Outside, message: Message, everybody: Everybody, judge: Judge, now: datetime) -> Message:
    """The message without the names of withdrawn bodies, in what is kept of it; its text goes where nobody is there to get another."""
    hidden = {c["change_id"] for c in message.changes if c["place_id"] and judge(c) == "withdrawn"}
    if not hidden:
        return message
    message = outbox.unnamed(outside.store, message, hidden)
    if message.state not in ("waiting", "trying") or readers(message, everybody):
        return message  # without a text, or with one that is made in this run
    return outbox.reworded(outside.store, message, title="", body="", now=written(now))


def _judge(outside: Outside, release_id: str, tellings: Mapping[str, Telling] | None = None) -> Judge:
    """By the current release and today's judgements: stands and may be told | asked (of contacts) | a reason of `why_wrong` | ""."""
    current = current_of([change for change, _ in told_changes(outside, release_id, members_only=False)])
    records = table(outside, release_id, "record_changes")
    claims, withdrawals = replies.claims(outside), replies.withdrawals(outside)
    found: dict[tuple[str, str], str] = {}

    def judged(change: Mapping[str, str]) -> str:
        reason = why_wrong(change, current, records, claims, withdrawals)
        now = current.find(change) if not reason else None
        telling = (tellings or {}).get(now.change_id) if now else None
        if telling and telling.outcome == "now":
            return "stands"
        return "asked" if telling and telling.waits_for in replies.ASKED else reason

    def judge(change: Mapping[str, str]) -> str:
        """Each change is looked at once, however many were told of it."""
        key = (change["change_id"], change["place_id"])
        if key not in found:
            found[key] = judged(change)
        return found[key]

    return judge


def _instead(outside: Outside, release_id: str) -> Instead:
    """What the records of the current release say is so instead of a change."""
    records = table(outside, release_id, "record_changes")
    called = {p["place_id"]: f"{p['name']} ({p['country']})" if p["country"] else p["name"] for p in table(outside, release_id, "places")}
    return lambda change: instead(change, records, called)


def _message(kind: str, to: Recipient, due: Sequence[Verdict], release_id: str, outside: Outside, now: datetime) -> Message:
    again = max(v.earlier for v in due)
    content = [*(v.said.change["change_id"] for v in due), *([f"again {again}"] if again else [])]
    message_id = outbox.message_id(to.recipient, kind, content)
    return Message(
        message_id=message_id,
        recipient=to.recipient,
        kind=kind,
        state="waiting",
        release_id=release_id,
        posted_on=written(now),
        sent_on="",
        title=frame_of(to, release_id, outside).say(TITLES[kind]),
        body=_text(kind, [v.said for v in due], to, message_id, release_id, outside),
        changes=tuple({**v.said.change, **NAMELESS} if v.said.reason == "withdrawn" else v.said.change for v in due),
    )


def _text(kind: str, said: Sequence[Wrong], to: Recipient, message_id: str, release_id: str, outside: Outside) -> str:
    frame = frame_of(to, release_id, outside)
    text = correction(said, frame) if kind == "correction" else reinstatement(said, frame)
    return text + frame.say("message", id=message_id) + "\n"


def vanished(outside: Outside, release_id: str) -> list[str]:
    """The ids of changes that somebody was told of and that the release lacks without any record that says why: for a person."""
    kept, judge = outbox.messages(outside.store), _judge(outside, release_id)
    told = {c["change_id"]: c for m in kept if m.kind == "digest" and m.may_have_arrived for c in m.changes}
    settled = {change_id for m in kept if m.kind == "correction" for change_id in m.change_ids}
    return [change_id for change_id, change in sorted(told.items()) if change_id not in settled and judge(change) == "vanished"]
