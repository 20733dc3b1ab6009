"""The right of reply: contacts are asked before a departure that nobody printed is told; and what people answered and judged."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from citynet.alerts import outbox
from citynet.alerts.channels import short, suspended
from citynet.alerts.correcting import told_of
from citynet.alerts.digest import Frame, Told, question
from citynet.alerts.outbox import Message, keyed_hash
from citynet.alerts.recipients import Recipient
from citynet.alerts.sending import kind_of
from citynet.alerts.telling import RIGHT_OF_REPLY, Line, after_working_days, needs_reply
from citynet.model import written
from citynet.pipelines.answers import kept as kept_answers
from citynet.pipelines.outside import Outside
from citynet.pipelines.secret_files import ledger_key
from citynet.pipelines.subscribers import Contact, contacts
from citynet.places.judgement_files import read_lines

ASKED = frozenset({"contacts", "reply"})
"""A departure that waits for one of these is one that contacts are asked about."""


def claims(outside: Outside) -> list[Mapping[str, str]]:
    """The lines of claims.csv: corrections asked for and replies, open and answered."""
    return _lines(outside, "claims.csv")


def harm_flags(outside: Outside) -> list[Mapping[str, str]]:
    """The lines of harm_flags.csv."""
    return _lines(outside, "harm_flags.csv")


def withdrawals(outside: Outside) -> list[Mapping[str, str]]:
    """The lines of withdrawals.csv."""
    return _lines(outside, "withdrawals.csv")


def notices(outside: Outside, changes: Sequence[Line], kept: Sequence[Message]) -> dict[str, str]:
    """change_id -> day from which the right of reply runs, for departures that need one.

    The day on which the last of the contacts reached was asked; where none could be reached, that of the first try; where no contact
    is known, or all are suspended, the day of detection. A departure whose contacts are known and not asked yet has no entry, unless
    it was told before they were known.
    """
    known, tried = _in_use(outside), unreached(kept)
    sent = [m for m in kept if m.kind == "question" and m.state == "sent"]
    told = {i for m in kept if m.kind == "digest" and m.may_have_arrived for i in m.change_ids}
    found = {}
    for change in (c for c in changes if needs_reply(c)):
        days = [m.sent_on[:10] for m in sent if str(change["change_id"]) in m.said_ids]
        if days:
            found[str(change["change_id"])] = max(days)
        elif str(change["change_id"]) in tried:
            found[str(change["change_id"])] = tried[str(change["change_id"])]
        elif change["change_id"] in told or not _concerned(known, str(change["network_id"]), str(change["place_id"])):
            found[str(change["change_id"])] = str(change["known_at"])[:10]
    return found


def unreached(kept: Sequence[Message]) -> dict[str, str]:
    """change_id -> day since which its contacts were asked in vain; of several the last, so that each has had the time."""
    questions = [m for m in kept if m.kind == "question"]
    reached = {i for m in questions if m.state == "sent" for i in m.said_ids}
    tried = [m for m in questions if m.state in ("trying", "void")]
    days = sorted((m.posted_on[:10], i) for m in tried for i in m.said_ids - reached)
    return {change_id: day for day, change_id in days}


def with_questions(
    outside: Outside, waiting: Sequence[tuple[Told, Line]], release_id: str, before: Sequence[Message], now: datetime
) -> list[Message]:
    """All messages, with one question for each contact about the departures that wait and that it was not asked about.

    waiting: also those about which another contact was asked already, so that nobody is left out after a kill between two
    questions, and who becomes a contact later is asked too. A question that was kept and not tried yet is made anew.
    """
    stale = [m for m in before if m.kind == "question" and m.state == "waiting"]
    for message in stale:
        outbox.take_back(outside.store, message)
    kept, known = [m for m in before if m not in stale], _in_use(outside)
    made = []
    for contact in _one_each(known):
        to = keyed_hash(ledger_key(outside), contact.address)
        asked_before = {i for m in kept if m.recipient == to and m.kind == "question" for i in m.said_ids}
        due = [
            change
            for change, row in waiting
            if needs_reply(row)
            and change.change_id not in asked_before
            and any(c.address == contact.address for c in _concerned(known, change.network_id, change.place_id))
        ]
        if due:
            made.append(_question_to(contact, to, due, release_id, outside, now))
    return kept + [message for message in made if outbox.post(outside.store, message)]


def asked(outside: Outside) -> list[Recipient]:
    """Every contact as somebody who can be sent something."""
    known = contacts(outside)
    if not known:
        return []
    key = ledger_key(outside)
    return [_recipient(contact, keyed_hash(key, contact.address)) for contact in _one_each(known)]


def _recipient(contact: Contact, to: str) -> Recipient:
    """Named with its short id, since a network may have several contacts of one kind."""
    kind = kind_of(contact.address)
    return Recipient(
        recipient=to,
        name=f"contact of {contact.network_id or contact.place_id} ({kind}, {short(to)})",
        address=contact.address,
        channel=kind,
        audience="contacts",
        language=contact.language,
    )


def _question_to(contact: Contact, to: str, due: Sequence[Told], release_id: str, outside: Outside, now: datetime) -> Message:
    frame = Frame(release_id, contact.language, outside.site_url, outside.contact, asked=True)
    message_id = outbox.message_id(to, "question", (change.change_id for change in due))
    title, body = question_text(due, frame, message_id, now)
    return Message(
        message_id=message_id,
        recipient=to,
        kind="question",
        state="waiting",
        release_id=release_id,
        posted_on=written(now),
        sent_on="",
        title=title,
        body=body,
        changes=tuple(told_of(change) for change in due),
    )


def question_text(due: Sequence[Told], frame: Frame, message_id: str, now: datetime) -> tuple[str, str]:
    """Title and body of a question that is asked today. The last day for a reply is the one before the departure is told."""
    told_from = date.fromisoformat(after_working_days(f"{now:%Y-%m-%d}", RIGHT_OF_REPLY))
    until = (told_from - timedelta(days=1)).isoformat()
    return frame.say("reply_title", until=until), question(due, until, frame) + frame.say("message", id=message_id) + "\n"


def _in_use(outside: Outside) -> list[Contact]:
    """The contacts but for those whose channel is suspended."""
    known, given_up = contacts(outside), suspended(outside.store)
    if not given_up:
        return known
    key = ledger_key(outside)
    return [contact for contact in known if keyed_hash(key, contact.address) not in given_up]


def _concerned(known: Sequence[Contact], network_id: str, place_id: str) -> list[Contact]:
    return [c for c in known if (c.network_id and c.network_id == network_id) or (c.place_id and c.place_id == place_id)]


def _one_each(known: Sequence[Contact]) -> list[Contact]:
    """One contact an address: who speaks for several is asked once."""
    first: dict[str, Contact] = {}
    for contact in known:
        first.setdefault(contact.address, contact)
    return list(first.values())


def _lines(outside: Outside, file: str) -> list[Mapping[str, str]]:
    """The lines of a file of judgements as a release reads them, answers of the store among them; ConfigError where one is not as it
    must be."""
    return [line.values for line in read_lines(outside.judgements, kept_answers(outside.store))[file]]
