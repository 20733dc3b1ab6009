"""send_alerts: what of the current release is news, who is to be told, and the messages that were kept, sent once each.

A run plans once: it judges all that is news and all that was kept before, keeps each message in the outbox of the store, and hands on
what waits then, under one lock. So nothing goes that may not be said at that moment, and what goes is what was planned. It may be killed
at any moment and run again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from citynet.alerts import channels, ledger, outbox
from citynet.alerts.correcting import current_of, told_of, withdrawn
from citynet.alerts.digest import Frame, Told, digest
from citynet.alerts.outbox import Message
from citynet.alerts.recipients import Recipient, by_role, due_to, may_write_today, readers
from citynet.alerts.sending import Parcel, answers_to, deliver
from citynet.alerts.telling import Line, Telling, first_live_captures, may_be_told
from citynet.errors import ConfigError, SourceUnavailable
from citynet.model import written
from citynet.pipelines import replies
from citynet.pipelines.alert_quality import publish_alert_quality
from citynet.pipelines.locking import alone
from citynet.pipelines.open_questions import unsay
from citynet.pipelines.outside import Outside
from citynet.pipelines.released import current_release, table, told_changes
from citynet.pipelines.retracting import with_corrections
from citynet.pipelines.sequels import sequel_for
from citynet.pipelines.standing import Judged, corrected_to, digest_text, frame_of, reworded
from citynet.pipelines.subscribers import recipients

PREVIEW = "alerts_preview.txt"
NOT_SENT = (
    "Preview only, nothing was sent: the lists behind these changes were rebuilt or archived, or are read otherwise now than at first."
)
LOOKED_AT = "alerts/looked_at.json"
OF_OLD = "alerts/digests"
"""Where versions before 0.5 kept what was due."""


def write_messages(outside: Outside, now: datetime) -> list[str]:
    """The first half of `send` alone, to look at what would go: the keys of all messages that wait to be sent."""
    with alone(outside.store, "alerts", print):
        return sorted(m.key for m in _written(outside, now) if m.state in ("waiting", "trying"))


def send(outside: Outside, now: datetime) -> None:
    """Write what is due, hand on every message that waits, each to its own channel, and count what was sent beside the releases.

    ConfigError before anything is handed on where a file of judgements or of the secret store cannot be read. A channel that fails keeps
    its messages; the others are not told again. A message whose recipient has left waits for nobody. On replayed pages what would have
    been told is entered as suppressed, and no message is kept or sent. SourceUnavailable naming the channels where one fails for the first
    time, or all do; one that fails on is in the log.
    """
    with alone(outside.store, "alerts", print):
        kept = _written(outside, now)
        failed = _handed_on(outside, kept, now) if outside.mode != "replay" else []
        publish_alert_quality(outside)
    if failed:
        raise SourceUnavailable("; ".join(failed))


def _written(outside: Outside, now: datetime) -> list[Message]:
    """Enter what is never sent, keep what is news, and keep the messages that are due; all messages, by whoever holds the lock.

    A run on replayed pages keeps no message. All is written in an order in which a kill between two writes leaves the same
    to be done again.
    """
    public = [_dated(outside, r, now) for r in recipients(outside, "public")]
    release_id = current_release(outside)
    if release_id is None:
        return outbox.messages(outside.store)
    if outside.mode != "replay":
        unsay(outside, release_id, now)
    kept = outbox.messages(outside.store)
    changes = told_changes(outside, release_id, members_only=True)
    tellings = _tellings(outside, release_id, changes, kept, now)
    news = _news(outside, release_id, changes, tellings, kept, now)
    if outside.mode == "replay":
        return kept
    everybody = by_role([*public, *replies.asked(outside)])
    kept = reworded(outside, release_id, news, everybody, kept, now)
    waiting = [(j.change, j.row) for j in news if j.telling.waits_for in replies.ASKED]
    kept = replies.with_questions(outside, waiting, release_id, kept, now)
    kept = _with_digests(outside, release_id, news, public, kept, now)
    return with_corrections(outside, release_id, tellings, everybody, kept, now)


def _handed_on(outside: Outside, kept: Sequence[Message], now: datetime) -> list[str]:
    """Send what waits to those who are not suspended, oldest first; what went wrong, each once, where it is news: see `send`."""
    found = [r for audience in ("public", "operators", "curators") for r in recipients(outside, audience)]
    found += replies.asked(outside)
    everybody, given_up = by_role(found), channels.suspended(outside.store)
    problems: dict[str, list[str]] = {}
    for message in outbox.in_order(kept):
        to = readers(message, everybody)
        if to and message.state in ("waiting", "trying") and message.recipient not in given_up:
            problems.setdefault(message.recipient, []).append(_hand_on(outside, message, to[0], now))
    in_vain = {recipient: sorted(set(filter(None, said))) for recipient, said in problems.items() if any(said)}
    names = {one.recipient: one.name for one in reversed(found)}
    failing = channels.note(outside.store, in_vain.keys(), names, written(now))
    if names and names.keys() <= in_vain.keys() | given_up:
        untried = {f"{failing[r].name}: {failing[r].trouble}" for r in names.keys() - in_vain.keys()}
        return sorted(untried | {problem for said in in_vain.values() for problem in said})
    news = {r for r in in_vain if failing[r].since == written(now)}
    for recipient in sorted(in_vain.keys() - set(news), key=lambda r: failing[r].name):
        print(f"since {failing[recipient].since}: {'; '.join(in_vain[recipient])}")
    return sorted({problem for recipient in news for problem in in_vain[recipient]})


def _hand_on(outside: Outside, message: Message, to: Recipient, now: datetime) -> str:
    """Send one message and mark it; what went wrong, or ""."""
    message = outbox.trying(outside.store, message)
    mailbox = answers_to(outside.contact)
    leave = f"mailto:{mailbox}?subject=leave%20{to.subscription}" if to.subscription and mailbox else ""
    parcel = Parcel(message.message_id, message.title, message.body, now, leave, mailbox)
    try:
        deliver(parcel, to.address, name=to.name, mail_server=outside.mail_server)
    except (SourceUnavailable, ConfigError) as problem:
        return str(problem)
    outbox.sent(outside.store, message, written(now))
    if message.kind == "digest":
        ledger.enter(outside.store, message.said_ids, outcome="sent", release_id=message.release_id)
    return ""


def _dated(outside: Outside, recipient: Recipient, now: datetime) -> Recipient:
    """A subscription is told news from the day of its confirmation on, a channel of the installation from that of its first run."""
    since = recipient.since or ledger.channel_since(outside.store, recipient.recipient, written(now))
    return replace(recipient, since=since[:10])


def _news(
    outside: Outside,
    release_id: str,
    changes: Sequence[tuple[Told, Line]],
    tellings: Mapping[str, Telling],
    kept: Sequence[Message],
    now: datetime,
) -> list[Judged]:
    """The changes of the release that are news, whether or not they may be told today; what never may is entered as suppressed.

    News is what a live capture decided that no run has looked at before. A change that turns up behind a capture looked at comes
    from reading it anew (a mended reader, a judgement, a backfill) and is none, but for those who were told what it takes the place of.
    """
    known, since = ledger.known(outside.store), ledger.news(outside.store)
    looked_at = _looked_at(outside)
    new = [(c, row) for c, row in changes if c.change_id not in known and c.change_id not in since]
    fresh = [c.change_id for c, _ in new if tellings[c.change_id].outcome != "never" and c.decided_by not in looked_at]
    ledger.add_news(outside.store, fresh, since=written(now), release_id=release_id)
    may_be, current = [c for c, _ in new if tellings[c.change_id].outcome != "never"], current_of([c for c, _ in changes])
    follow = [c.change_id for c in may_be if c.change_id not in fresh and sequel_for(c, current, kept)]
    ledger.add_news(outside.store, follow, since=written(now), release_id=release_id, sequel=True)
    fresh += follow
    silent = [c for c, _ in new if c.change_id not in fresh]
    if silent:
        entered = ledger.suppressed_with(outside.store, release_id)  # by a run that was killed while it entered them
        previewed = [c for c, _ in changes if c in silent or c.change_id in entered]
        preview = digest(previewed, Frame(release_id, "en", outside.site_url, outside.contact), head=[NOT_SENT, ""], whole=True)
        outside.published.write(PREVIEW, preview.encode())
        ledger.enter(outside.store, (c.change_id for c in silent), outcome="suppressed", release_id=release_id)
    accepted = {f"{s['source_id']}/{s['capture_id']}" for s in table(outside, release_id, "sources") if s["decision"] == "accepted"}
    if not accepted <= looked_at:
        outside.store.write(LOOKED_AT, (json.dumps(sorted(looked_at | accepted), indent=1) + "\n").encode())
    judged = _judged(changes, tellings, {**dict.fromkeys(fresh, written(now)), **since}, replies.unreached(kept))
    withdrawals = replies.withdrawals(outside)
    return [j for j in judged if not withdrawn(told_of(j.change), withdrawals)]


def _judged(
    changes: Sequence[tuple[Told, Line]], tellings: Mapping[str, Telling], since: Mapping[str, str], unreached: Mapping[str, str]
) -> list[Judged]:
    """What is news, each with the day since which it may be told: a departure that had to wait only from the end of its waiting."""
    return [
        Judged(
            replace(change, unreached=unreached.get(change.change_id, "")),
            row,
            tellings[change.change_id],
            max(since[change.change_id][:10], tellings[change.change_id].alert_from),
        )
        for change, row in changes
        if change.change_id in since
    ]


def _tellings(
    outside: Outside, release_id: str, changes: Sequence[tuple[Told, Line]], kept: Sequence[Message], now: datetime
) -> dict[str, Telling]:
    flags, claims = replies.harm_flags(outside), replies.claims(outside)
    noticed = replies.notices(outside, [row for _, row in changes], kept)
    first = first_live_captures(table(outside, release_id, "sources"))
    today = f"{now:%Y-%m-%d}"
    return {c.change_id: may_be_told(row, flags, claims, noticed, today, first_live=first) for c, row in changes}


def _with_digests(
    outside: Outside, release_id: str, news: Sequence[Judged], public: Sequence[Recipient], before: Sequence[Message], now: datetime
) -> list[Message]:
    """All messages, with a digest for each recipient whom something is due; one that was kept and not tried yet is made anew.

    Where one of several subscriptions of an address may be written to, the news of the others goes along: a rhythm is the longest wait.
    A suspended channel gets none: what is due to it is in one digest when it is tried again. What was corrected is told again by the
    taking back of the correction alone.
    """
    stale = [m for m in before if m.kind == "digest" and m.state == "waiting"]
    for message in stale:
        outbox.take_back(outside.store, message)
    kept = [m for m in before if m not in stale]
    now_told, sequels = [j for j in news if j.telling.outcome == "now"], ledger.sequels(outside.store)
    current = current_of([j.change for j in news])
    only = {j.change.change_id: sequel_for(j.change, current, kept) for j in now_told if j.change.change_id in sequels}
    of_one, corrected, given_up = outbox.of_each(kept), corrected_to(kept), channels.suspended(outside.store)
    made = []
    for recipient in dict.fromkeys(r.recipient for r in public if r.recipient not in given_up):
        mine = of_one.get(recipient, [])
        told_ids = {i for m in mine if m.kind == "digest" and m.may_have_arrived for i in m.said_ids} | corrected.get(recipient, set())
        open_news = [
            (j.change, j.since)
            for j in now_told
            if j.change.change_id not in told_ids and recipient in only.get(j.change.change_id, (recipient,))
        ]
        due = [(r, due_to(r, open_news, mine)) for r in public if r.recipient == recipient] if open_news else []
        ready = [r for r, changes in due if changes and may_write_today(r, mine, now)]
        if ready:
            news_of_all = {change.change_id: change for _, changes in due for change in changes}
            made.append(_digest_to(ready[0], list(news_of_all.values()), release_id, outside, now))
    return kept + [message for message in made if outbox.post(outside.store, message)]


def _digest_to(to: Recipient, changes: Sequence[Told], release_id: str, outside: Outside, now: datetime) -> Message:
    frame = frame_of(to, release_id, outside)
    message_id = outbox.message_id(to.recipient, "digest", (change.change_id for change in changes))
    return Message(
        message_id=message_id,
        recipient=to.recipient,
        kind="digest",
        state="waiting",
        release_id=release_id,
        posted_on=written(now),
        sent_on="",
        title=frame.say("title"),
        body=digest_text(changes, frame, message_id),
        changes=tuple(told_of(change) for change in changes),
    )


def _looked_at(outside: Outside) -> frozenset[str]:
    """The accepted captures of the releases that a run looked at so far; ConfigError where a version before 0.5 left what was due."""
    if any(outside.store.keys(OF_OLD)):
        raise ConfigError(f"{OF_OLD} in the store: expected none, found what a version before 0.5 kept; see docs/operations.md#upgrade")
    return frozenset(json.loads(outside.store.read(LOOKED_AT))) if outside.store.exists(LOOKED_AT) else frozenset()
