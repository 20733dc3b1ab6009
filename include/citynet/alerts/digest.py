"""The texts that go out: the digest of membership changes, the question to those concerned, and the correction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.alerts.frames import ordinal, sentence
from citynet.alerts.telling import PRINTED

MASS, MASS_SHARE, MASS_AT_LEAST = 10, 0.25, 3
"""Changes of one network in one digest that become one line: from 10, or from 3 where they are over a quarter of its members."""
NAMED = 3
"""So many cities are named in that line."""
MARKED = frozenset({"on_hold", "resumed"})
"""Changes that lists show by a mark beside the name, not by naming the body or not."""


@dataclass(frozen=True, slots=True)
class Told:
    """One world change as a reader is told of it; dates as in membership_changes. decided_by: <network_id>/<capture_id>.

    tie_before: the tie that a changed one replaced, else "". absences: complete lists without the body, 0 where not known. number:
    which one of those of its network that may be told in the year of known_at, 0 for one that never is. members: counted members of
    the network, 0 where not known. unreached: the day since which those concerned were asked in
    vain, else "".
    """

    change_id: str
    network_id: str
    place_id: str
    network: str
    place: str
    country: str
    tie: str
    change: str
    cause: str
    earliest: str
    latest: str
    printed_on: str
    known_at: str
    origin: str
    decided_by: str
    tie_before: str = ""
    absences: int = 0
    number: int = 1
    members: int = 0
    unreached: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the changes. site: address of the installation, contact: who answers claims; "" where there is none.

    subscription: what a reader names in order to leave; asked: whether it is a contact, who is written to without having subscribed.
    """

    release_id: str
    language: str
    site: str
    contact: str
    subscription: str = ""
    asked: bool = False

    def say(self, name: str, **values: object) -> str:
        """A sentence in the reader's language; {site} and {contact} are always known."""
        where = self.site or sentence("no_site", self.language)
        whom = self.contact or sentence("no_contact", self.language)
        return sentence(name, self.language, **{"site": where, "contact": whom, "release": self.release_id, **values})

    def link(self, network_id: str, network: str) -> str:
        """Where the release shows the network's changes with their evidence."""
        if not self.site:
            return self.say("evidence_page", network=network)
        return f"{self.site.rstrip('/')}/{self.release_id}/site/changes.html#{network_id}"


def when(change: Told, language: str = "en") -> str:
    """The time of a change in words: a printed date, or the interval between two lists."""
    return _on_days(change.printed_on, change.earliest, change.latest, language)


def _on_days(printed: str, earliest: str, latest: str, language: str) -> str:
    if printed:
        return sentence("when_printed", language, printed=printed)
    if earliest == latest:
        return sentence("when_same_day", language, latest=latest)
    if earliest:
        return sentence("when_between", language, earliest=earliest, latest=latest)
    return sentence("when_by", language, latest=latest)


def happened(change: Mapping[str, str], frame: Frame) -> str:
    """What happened, in words; of a changed tie from which to which. change: as `correcting.told_of` keeps it."""
    if before := change.get("tie_before", ""):
        return frame.say("tie_changed_from", before=frame.say(f"tie_{before}"), after=frame.say(f"tie_{change['tie']}"))
    return frame.say(change["change"])


def how_sure(change: Told, frame: Frame) -> str:
    """On what the change rests, in words."""
    if change.cause in PRINTED or change.printed_on:
        return frame.say("sure_printed")
    if change.cause == "not_seen":
        return frame.say("sure_absent", absences=change.absences or frame.say("several"), latest=change.latest)
    if change.cause == "judgement":
        return frame.say("sure_judgement")
    return frame.say("sure_marked" if change.change in MARKED else "sure_lists")


def digest(changes: Sequence[Told], frame: Frame, head: Sequence[str] = (), *, whole: bool = False) -> str:
    """The message: grouped by network, each change with its city, country, time, certainty and evidence; sorted.

    A mass change is one line, unless the whole is asked for.
    """
    lines = [*head, frame.say("head", n=len(changes)), ""]
    for group in _by_network(changes):
        lines.append(group[0].network)
        lines += (
            [f"  {_mass(group, frame)}"] if is_mass(group) and not whole else [line for change in group for line in _entry(change, frame)]
        )
        lines += ["  " + frame.say("evidence", link=frame.link(group[0].network_id, group[0].network)), ""]
    return _ended(lines, frame, frame.say("dispute"), _how_to_leave(frame))


def question(changes: Sequence[Told], until: str, frame: Frame) -> str:
    """What the contacts of a network or city are asked before a departure without a printed statement is told."""
    lines = [frame.say("reply_head", until=until), ""]
    for group in _by_network(changes):
        lines.append(group[0].network)
        lines += [line for change in group for line in _entry(change, frame)]
        lines += ["  " + frame.say("evidence", link=frame.link(group[0].network_id, group[0].network)), ""]
    return _ended(lines, frame, frame.say("reply_how"), _how_to_leave(frame))


@dataclass(frozen=True, slots=True)
class Wrong:
    """A change that was told and does not stand, or does after all. reason: corrected | upheld | withdrawn | stands; told_on: a day.

    instead: what is so instead, as a sentence of the frames and its values, where that is known."""

    change: Mapping[str, str]
    reason: str
    told_on: str
    instead: tuple[str, Mapping[str, str]] = ("", {})


def correction(wrong: Sequence[Wrong], frame: Frame) -> str:
    """What those are told who were told something that does not stand; a withdrawn body is not named again."""
    return _on_what_was_told(frame.say("correction_head"), wrong, frame)


def reinstatement(standing: Sequence[Wrong], frame: Frame) -> str:
    """What those are told whom a correction told that something does not stand, and it does after all; it tells the change itself again."""
    return _on_what_was_told(frame.say("stands_head"), standing, frame)


def _on_what_was_told(head: str, told: Sequence[Wrong], frame: Frame) -> str:
    lines = [head, ""]
    for one in sorted(told, key=lambda w: (w.change["network"], w.change["change_id"])):
        of, withdrawn = one.change, one.reason == "withdrawn"
        days = _on_days(of.get("printed_on", ""), of["earliest"], of["latest"], frame.language)
        what = "" if withdrawn else f": {of['place']} ({of['country']}) {happened(of, frame)} {days}"
        how, values = one.instead
        lines.append(f"{of['network']}{what}  [{of['change_id']}]")
        reasons = (frame.say("told_on", day=one.told_on), frame.say(f"why_{one.reason}"), frame.say(how, **values) if how else "")
        lines.append("  " + " ".join(filter(None, reasons)))
        lines += ["  " + frame.say("evidence", link=frame.link(of["network_id"], of["network"])), ""]
    return _ended(lines, frame, frame.say("dispute"), _how_to_leave(frame))


def is_mass(group: Sequence[Told]) -> bool:
    """Whether the changes of one network are too many to be told one by one."""
    members = group[0].members
    return len(group) >= MASS or (len(group) >= MASS_AT_LEAST and bool(members) and len(group) > MASS_SHARE * members)


def _entry(change: Told, frame: Frame) -> list[str]:
    number = frame.say("number", ordinal=ordinal(change.number, frame.language), year=change.known_at[:4]) if change.number else ""
    what = happened({"change": change.change, "tie": change.tie, "tie_before": change.tie_before}, frame)
    return [
        f"  {change.place} ({change.country}) {what} {when(change, frame.language)}  [{change.change_id}]",
        f"    {how_sure(change, frame)} {number}".rstrip(),
        *([f"    {frame.say('not_reached', day=change.unreached)}"] if change.unreached else []),
    ]


def _mass(group: Sequence[Told], frame: Frame) -> str:
    kinds = sorted({change.change for change in group})
    counts = ", ".join(f"{frame.say(kind)}: {sum(c.change == kind for c in group)}" for kind in kinds)
    first = {f"{change.place} ({change.country})": change.change_id for change in reversed(group)}
    named = [f"{name} [{change_id}]" for name, change_id in sorted(first.items())[:NAMED]]
    others = frame.say("mass_others") if len(group) > len(named) else ""
    whens, sure = {when(change, frame.language) for change in group}, {how_sure(change, frame) for change in group}
    since = f" {whens.pop()}" if len(whens) == 1 else _between(group, frame.language)
    newest = max(group, key=lambda change: (change.known_at[:4], change.number))
    number = frame.say("mass_number", n=newest.number, year=newest.known_at[:4]) if newest.number else ""
    said = frame.say("mass", n=len(group), counts=counts, when=since, some=", ".join(named))
    return " ".join(filter(None, (said, sure.pop() if len(sure) == 1 else "", number, others)))


def _between(group: Sequence[Told], language: str) -> str:
    """The interval around those of several changes; "" where a page prints the date of one, or one has no beginning."""
    if any(change.printed_on or not change.earliest for change in group):
        return ""
    earliest, latest = min(change.earliest for change in group), max(change.latest for change in group)
    return f" {sentence('when_between', language, earliest=earliest, latest=latest)}"


def _by_network(changes: Sequence[Told]) -> list[list[Told]]:
    groups: dict[str, list[Told]] = {}
    for change in sorted(changes, key=lambda c: (c.network, c.network_id, c.change, c.place, c.country, c.change_id)):
        groups.setdefault(change.network_id, []).append(change)
    return list(groups.values())


def _how_to_leave(frame: Frame) -> str:
    if frame.subscription:
        return frame.say("leave", subscription=frame.subscription)
    return frame.say("leave_contact") if frame.asked else ""


def _ended(lines: Sequence[str], frame: Frame, *last: str) -> str:
    return "\n".join([*lines, *filter(None, last)]) + "\n"
