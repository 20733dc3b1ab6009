"""The operator and the curator of a simulation: they answer truthfully and late, or (without answers) never."""

from dataclasses import dataclass, field
from random import Random

from simulation.platform import Kept, Platform
from simulation.site import Week
from simulation.truth import Truth, day_of

CAPTURE_WEEKS, LAYOUT_WEEKS, RENAME_WEEKS, NAMES_EVERY = (1, 5), (1, 5), (2, 30), 13
"""Fewest and most weeks to an answer on a held capture, to new rules for a page, to word of a renaming; weeks between two looks
through the open names."""


@dataclass(slots=True)
class People:
    """due: week -> what is done then, as (what, week it is about)."""

    random: Random
    answer: bool
    due: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    asked: set[tuple[str, int]] = field(default_factory=set)

    def plan_renamings(self, truth: Truth) -> None:
        """Word of the renamings that somebody records."""
        for number, event in enumerate(truth.events):
            if event.kind == "renamed" and event.judged:
                self._later("renamed", number, event.week + self.random.randint(*RENAME_WEEKS))

    def look_at(self, one: Kept) -> None:
        """Take note of what came of this week's capture."""
        if one.outcome == "held":
            self._later("held", one.week, one.week + self.random.randint(*CAPTURE_WEEKS))
        elif one.outcome in ("changed", "refused"):
            self._later("rules", one.week, one.week + self.random.randint(*LAYOUT_WEEKS))

    def act(self, week: int, platform: Platform, served: list[Week], truth: Truth) -> bool:
        """Do what is due in this week, before its capture; whether anything was decided."""
        if not self.answer:
            return False
        first, unread, renamed = len(platform.kept), False, False
        todo = self.due.pop(week, [])
        rules = [about for what, about in todo if what == "rules"]
        if rules and _mend_rules(platform, served, week):
            first, unread = min(first, _index(platform, min(rules))), True
        for what, about in todo:
            if what == "renamed":
                _tell_renaming(platform, truth, about, week)
                renamed = True
            elif what == "held" and _judge(platform, served[about], about, week):
                first = min(first, _index(platform, about))
        if week % NAMES_EVERY == 0 and _match_names(platform, served, truth, week):
            renamed = True
        if renamed:
            platform.open_names()
        if renamed or first < len(platform.kept):
            platform.again_from(0 if renamed else first, week, unread=unread or renamed, renamed=renamed)
            return True
        return False

    def _later(self, what: str, about: int, week: int) -> None:
        if (what, about) not in self.asked:
            self.asked.add((what, about))
            self.due.setdefault(week, []).append((what, about))


def _index(platform: Platform, week: int) -> int:
    return next((at for at, one in enumerate(platform.kept) if one.week >= week), len(platform.kept))


def _mend_rules(platform: Platform, served: list[Week], week: int) -> bool:
    """Write rules for each layout since the last that has some, and bounds that hold the members; whether anything was to be mended."""
    before = (list(platform.layouts), dict(platform.expect))
    for at in range(platform.layouts[-1][0], week):
        if served[at].form != platform.layouts[-1][1]:
            platform.layouts.append((at, served[at].form))
    members = len(served[week - 1].names)
    platform.expect["max"] = max(platform.expect["max"], 2 * members)
    platform.expect["min"] = min(platform.expect["min"], max(2, members // 2))
    if before == (platform.layouts, platform.expect):
        return False
    platform.write_file()
    return True


def _judge(platform: Platform, week_served: Week, about: int, week: int) -> bool:
    """Answer whether the capture of a week shows the whole list; False where it waits no more."""
    one = next((kept for kept in platform.kept if kept.week == about), None)
    if one is None or one.outcome != "held":
        return False
    verdict = "accept" if week_served.whole else "reject"
    line = {"network_id": platform.network_id, "capture_id": one.capture.capture_id, "verdict": verdict}
    platform.judge("captures.csv", {**line, "date": day_of(week).isoformat()})
    return True


def _tell_renaming(platform: Platform, truth: Truth, number: int, week: int) -> None:
    event, on = truth.events[number], day_of(week).isoformat()
    former = {"place_id": event.body.place_id, "change": "renamed", "former_name": event.body.name, "date": event.day, "decided_on": on}
    platform.judge("municipal_changes.csv", former)
    new = {"name": event.name, "country": event.body.country, "verdict": "is", "place_id": event.body.place_id, "date": on}
    platform.judge("places.csv", new)


def _match_names(platform: Platform, served: list[Week], truth: Truth, week: int) -> bool:
    """Say of the open names on the newest accepted list which bodies are meant; of new names only those that somebody records."""
    accepted = [one for one in platform.kept if one.outcome == "accepted" and one.resolved is not None]
    if not accepted or accepted[-1].resolved is None:
        return False
    meant = {name: place_id for (name, _), place_id in served[accepted[-1].week].names.items()}
    kept_back = {event.name for event in truth.events if event.kind == "renamed"}
    told = {(line["name"], line["country"]) for line in platform.judged["places.csv"]}
    found = False
    for row, answer in zip(accepted[-1].resolved.listing.rows, accepted[-1].resolved.resolutions, strict=True):
        place_id = meant.get(row.name_as_published, "")
        if answer.place_id or not place_id or row.name_as_published in kept_back:
            continue
        line = {"name": row.name_as_published, "country": truth.bodies[place_id].country, "network_id": platform.network_id}
        if (line["name"], line["country"]) not in told:
            told.add((line["name"], line["country"]))
            platform.judge("places.csv", {**line, "verdict": "is", "place_id": place_id, "date": day_of(week).isoformat()})
            found = True
    return found
