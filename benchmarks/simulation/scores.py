"""Claims of the platform held against the truth: what was false and by what, what was found and how soon, and the bounds."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from citynet.model import Change
from simulation.platform import Kept, Platform
from simulation.site import Week
from simulation.truth import Event, Truth, day_of

CONFIRMED_BAR = 0.99
NEAR = 60
"""Days from what happened within which a claim with other days is still about it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A world change when it was first said. verdict: true | misdated (it happened, yet not within these days) | false; by: kinds of
    trouble that can have made it.
    """

    week: int
    change_id: str
    change: str
    place_id: str
    earliest: str
    latest: str
    verdict: str
    by: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """What one network came to. kinds: kind of trouble -> counts; days: from a departure to its confirmation."""

    network_id: str
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    totals: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, kind: str, what: str, by: int = 1) -> None:
        """Add to a count of a kind."""
        self.kinds.setdefault(kind, Counter())[what] += by


def claimed(change: Change, change_id: str, week: int, truth: Truth, served: list[Week]) -> Claim:
    """The change as a claim, held against what happened."""
    verdict = _verdict(change, week, truth)
    by = () if verdict == "true" else _causes(change, week, truth, served)
    return Claim(week, change_id, change.change, change.place_id, change.earliest, change.latest, verdict, by)


def _verdict(change: Change, week: int, truth: Truth) -> str:
    """A departure of somebody who is a member in the week in which it is said is false, whatever happened before; so is a join of
    somebody who is none.
    """
    kind = {"left": "left", "joined": "joined", "rejoined": "joined"}.get(change.change, "")
    days = [event.day for event in truth.events if event.kind == kind and event.body.place_id == change.place_id]
    if any(change.earliest <= day <= change.latest for day in days):
        return "true"
    near = any(_days_apart(day, (change.earliest, change.latest)) <= NEAR for day in days)
    return "misdated" if near and (kind == "joined" or change.place_id not in truth.members[week]) else "false"


def _days_apart(day: str, interval: tuple[str, str]) -> int:
    first, last = (date.fromisoformat(bound) for bound in interval)
    on = date.fromisoformat(day)
    return max((first - on).days, (on - last).days, 0)


def _causes(change: Change, week: int, truth: Truth, served: list[Week]) -> tuple[str, ...]:
    """Kinds of what was wrong or new on the page from the last day on which the change may not have been to the claim."""
    first = next((w for w in range(week + 1) if day_of(w).isoformat() >= change.earliest), 0)
    found: list[str] = []
    for at in range(first, week + 1):
        trouble = served[at].trouble
        if trouble is not None and (change.place_id in served[at].hidden or change.change != "left"):
            found.append(trouble.kind)
        found += [what for what in served[at].changed]
        found += [_of(e) for e in truth.events if e.week == at and e.kind == "renamed" and e.body.place_id == change.place_id]
    return tuple(dict.fromkeys(found)) or ("nothing seeded",)


def _of(event: Event) -> str:
    if event.kind == "renamed":
        return "renamed, recorded" if event.judged else "renamed, not recorded"
    return f"many {event.kind} at once" if event.mass else f"{event.kind}"


def scored(
    platform: Platform, truth: Truth, served: list[Week], outcomes: dict[int, str], claims: dict[str, Claim], last: set[str]
) -> Score:
    """Everything counted. outcomes: week -> what came of its capture at once (unreached, changed, refused, held, accepted)."""
    score = Score(platform.network_id)
    _count_troubles(score, platform, truth, served, outcomes)
    score.totals["said again under another id"] = len(said_again(claims))
    for claim in claims.values():
        kind = "left" if claim.change == "left" else "joined" if claim.change in ("joined", "rejoined") else "other"
        score.totals[f"claimed {kind}"] += 1
        score.totals[f"{claim.verdict} {kind}"] += 1
        if claim.verdict == "true":
            continue
        score.totals["taken back"] += claim.change_id not in last
        for cause in claim.by:
            score.count(cause, f"{claim.verdict} {kind}" if claim.verdict == "false" else "misdated")
        told = f"{claim.change} {claim.place_id} {claim.earliest}..{claim.latest} said in week {claim.week}"
        score.notes.append(f"{platform.network_id}: {told}: {claim.verdict}; {', '.join(claim.by)}")
    _count_departures(score, platform, truth, served, claims)
    _count_joins(score, platform, truth, served, claims)
    return score


def said_again(claims: dict[str, Claim]) -> set[str]:
    """The ids under which something is said that was said before under another: the same change of a body within the same days."""
    found, before = set[str](), list[Claim]()
    for claim in claims.values():
        same = (b for b in before if (b.change, b.place_id) == (claim.change, claim.place_id))
        if any(b.earliest <= claim.latest and claim.earliest <= b.latest for b in same):
            found.add(claim.change_id)
        before.append(claim)
    return found


def _count_troubles(score: Score, platform: Platform, truth: Truth, served: list[Week], outcomes: dict[int, str]) -> None:
    final = {one.week: one for one in platform.kept}
    for week, shown in enumerate(served):
        trouble = shown.trouble
        for what in shown.changed:
            score.count(what, "seeded")
            score.count(what, "captures")
            score.count(what, outcomes[week])
        if trouble is None:
            continue
        score.count(trouble.kind, "seeded", int(trouble.first == week))
        score.count(trouble.kind, "captures")
        score.count(trouble.kind, outcomes[week])
        score.count(trouble.kind, "missed", int(_missed(final.get(week), shown)))
    for event in truth.events:
        score.count(_of(event), "seeded")
        score.count(_of(event), "captures")
        score.count(_of(event), outcomes[event.week])


def _missed(one: Kept | None, shown: Week) -> bool:
    """Whether a capture counts in the end although its rows are not the members."""
    if one is None or one.outcome != "accepted" or one.resolved is None or shown.whole:
        return False
    known = {" ".join(row.name_as_published.split()) for row in one.resolved.listing.rows}
    return known != {name for name, _ in shown.names}


def _count_departures(score: Score, platform: Platform, truth: Truth, served: list[Week], claims: dict[str, Claim]) -> None:
    """Which true departures were due, by the complete captures that show them, and which of those were said by then."""
    for event in (e for e in truth.events if e.kind == "left"):
        score.totals["departures"] += 1
        said = [c.week for c in claims.values() if c.change == "left" and c.place_id == event.body.place_id and _within(c, event)]
        if not _ever_shown(platform, event):
            score.totals["departures never shown"] += 1
            continue
        if said:
            score.days.append(7 * (min(said) - event.week))
        due = _due(platform, served, truth, event)
        if due is None:
            score.totals["departures not due"] += 1
            continue
        score.totals["departures due"] += 1
        in_time = bool(said) and min(said) <= due
        score.totals["confirmed in time"] += in_time
        score.totals["confirmed"] += bool(said)
        if not in_time:
            open_name = any(
                one.open_in is not None and one.open_in & frozenset(("", event.body.country))
                for one in platform.kept
                if event.week <= one.week <= due
            )
            score.totals["late beside an open name"] += open_name
            when = (f"said in week {min(said)}" if said else "never said") + (", beside an open name of its country" if open_name else "")
            score.notes.append(
                f"{platform.network_id}: left {event.body.place_id} {event.body.name} {event.day}: due in week {due}, {when}"
            )


def _within(claim: Claim, event: Event) -> bool:
    return _days_apart(event.day, (claim.earliest, claim.latest)) <= NEAR and claim.verdict != "false"


def _ever_shown(platform: Platform, event: Event) -> bool:
    """Whether an accepted list from before the departure shows the body under its id: of others nobody can say that they left."""
    return any(
        one.week < event.week and one.outcome == "accepted" and one.resolved is not None
        and any(answer.place_id == event.body.place_id for answer in one.resolved.resolutions)
        for one in platform.kept
    )  # fmt: skip


def _due(platform: Platform, served: list[Week], truth: Truth, event: Event) -> int | None:
    """The week in which N whole captures over D days without the body were accepted; None where it came back or time ended before."""
    rule, known = platform.network.departure, []
    for one in platform.kept:
        if one.week < event.week or one.outcome != "accepted":
            continue
        if event.body.place_id in truth.members[one.week]:
            return None
        if served[one.week].whole:
            known.append(one)
            enough = len(known) >= rule.not_seen and 7 * (one.week - known[0].week) >= rule.days
            if enough:
                return max(k.decided_in for k in known)
    return None


def _count_joins(score: Score, platform: Platform, truth: Truth, served: list[Week], claims: dict[str, Claim]) -> None:
    """Which true joins were shown by an accepted list within their membership, and which of those were said."""
    for event in (e for e in truth.events if e.kind == "joined"):
        score.totals["joins"] += 1
        shown = [
            one for one in platform.kept
            if one.week >= event.week and one.outcome == "accepted" and served[one.week].whole
        ]  # fmt: skip
        if not shown or event.body.place_id not in truth.members[shown[0].week]:
            continue
        score.totals["joins shown"] += 1
        said = any(c.change in ("joined", "rejoined") and c.place_id == event.body.place_id and _within(c, event) for c in claims.values())
        score.totals["joins said"] += said
        if not said:
            score.notes.append(f"{platform.network_id}: joined {event.body.place_id} {event.body.name} {event.day}: never said")


def together(scores: list[Score]) -> Score:
    """All networks as one."""
    whole = Score("all")
    for score in scores:
        whole.totals.update(score.totals)
        whole.days += score.days
        whole.notes += score.notes
        for kind, counts in score.kinds.items():
            whole.kinds.setdefault(kind, Counter()).update(counts)
    return whole


def broken(score: Score, *, answered: bool) -> list[str]:
    """The bounds that are not kept, in words. Without answers nothing need be confirmed, but nothing may be false either."""
    found = [f"{score.totals[what]} {said}, 0 allowed" for what, said in ZERO.items() if score.totals[what]]
    due = score.totals["departures due"]
    share = score.totals["confirmed in time"] / due if due else 1.0
    if answered and share < CONFIRMED_BAR:
        found.append(f"{share:.4f} of the departures that were due confirmed in time, {CONFIRMED_BAR} asked for")
    return found


ZERO = {
    "false left": "false departures",
    "false joined": "false joins",
    "false other": "changes of other kinds, none of which was seeded",
    "alerts on reruns": "alerts on re-runs",
    "told twice": "changes told twice",
    "differs when rebuilt": "networks that a rebuild tells otherwise",
    "differs from the store": "captures that the store decides otherwise",
}


def median_days(score: Score) -> float:
    """Median days from the first capture after a departure to its confirmation; nan where there is none."""
    return median(score.days) if score.days else float("nan")
