"""What is news and may be told today, and texts that are tried again: they say what may be said then, and nothing else."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from citynet.alerts import outbox
from citynet.alerts.digest import Frame, Told, digest
from citynet.alerts.outbox import Message
from citynet.alerts.recipients import Everybody, Recipient, readers, wants
from citynet.alerts.telling import Line, Telling
from citynet.model import written
from citynet.pipelines import replies
from citynet.pipelines.outside import Outside


@dataclass(frozen=True, slots=True)
class Judged:
    """A change of the current release that is news, what the rule says of it today, and the day since which it may be told."""

    change: Told
    row: Line
    telling: Telling
    since: str


def reworded(
    outside: Outside, release_id: str, news: Sequence[Judged], everybody: Everybody, kept: Sequence[Message], now: datetime
) -> list[Message]:
    """All messages; out of digests and questions whose arrival is not known what may not be said now is taken before the next try.

    What may come back (a claim may be rejected, a flag lifted, a city may be in the next release again) is withheld and said as soon
    as it may be; what was corrected since is out for good.
    """
    by_id, corrected = {j.change.change_id: j for j in news}, corrected_to(kept)
    found = []
    for message in kept:
        doubtful = message.kind in ("digest", "question") and message.state in ("trying", "held")
        if doubtful and (to := readers(message, everybody)):
            message = _reworded(outside, message, by_id, corrected.get(message.recipient, frozenset()), to, release_id, now)
        found.append(message)
    return found


def corrected_to(kept: Sequence[Message]) -> dict[str, frozenset[str]]:
    """Recipient -> the changes that a correction may have told it do not stand."""
    corrections = [m for m in kept if m.kind == "correction" and m.may_have_arrived]
    return {
        recipient: frozenset(i for message in mine for i in message.change_ids) for recipient, mine in outbox.of_each(corrections).items()
    }


def _reworded(
    outside: Outside,
    message: Message,
    news: Mapping[str, Judged],
    corrected: Set[str],
    to: Sequence[Recipient],
    release_id: str,
    now: datetime,
) -> Message:
    may_be_said = {
        i: "never" if i in corrected else _may_be_said(message.kind, news[i], to) if i in news else "later"
        for i in sorted(message.change_ids)
    }
    if message.kind == "digest" and set(may_be_said.values()) == {"now"} and not message.withheld:
        return message
    left = [news[i].change for i, outcome in may_be_said.items() if outcome == "now"]
    withheld = [i for i, outcome in may_be_said.items() if outcome == "later"]
    title, body, frame = "", "", frame_of(to[0], release_id, outside)
    if left and message.kind == "question":
        title, body = replies.question_text(left, frame, message.message_id, now)
        if message.state == "held":  # its days begin with the tries that begin now
            message = replace(message, posted_on=written(now))
    elif left:
        title, body = frame.say("title"), digest_text(left, frame, message.message_id)
    return outbox.reworded(outside.store, message, title=title, body=body, withheld=withheld, now=written(now))


def _may_be_said(kind: str, one: Judged, to: Sequence[Recipient]) -> str:
    """now | later | never: contacts are asked only as long as a departure waits for them, and one may narrow what one is told."""
    if kind == "digest":
        return "now" if one.telling.outcome == "now" and any(wants(recipient, one.change) for recipient in to) else "later"
    if one.telling.waits_for in replies.ASKED:
        return "now"
    return "never" if one.telling.outcome == "now" else "later"


def digest_text(changes: Sequence[Told], frame: Frame, message_id: str) -> str:
    """The body of a digest; its last line names the message."""
    return digest(changes, frame) + frame.say("message", id=message_id) + "\n"


def frame_of(to: Recipient, release_id: str, outside: Outside) -> Frame:
    """The frame of a message to this recipient."""
    asked = to.audience == "contacts"
    return Frame(release_id, to.language, outside.site_url, outside.contact, to.subscription, asked)
