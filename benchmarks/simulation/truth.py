"""Who is a member of a network in which week: founders, joins, departures, returns and new names, drawn from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from citynet.model import Network
from citynet.pipelines.names import Names

START = date(2020, 1, 6)
"""Day of the first capture; every seventh day after it has one."""
# fmt: off
COUNTRIES = (
    "AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LT", "NL", "NO", "PL", "PT",
    "RO", "SE", "SI", "SK",
)
# fmt: on
LEAST_RESIDENTS = 5_000
JOINS_A_YEAR, DEPARTURES_A_YEAR, RETURNS = 0.07, 0.06, 0.15
"""Joins and departures a member and year; share of those who left that come back later."""
MASS_A_YEAR = 0.08
"""Mass joins, and mass departures, a network and year: a campaign ends, a fee is raised."""
RENAMES_A_YEAR = 0.25
"""Municipalities that are renamed, a network and year, half of them recorded by a person."""


@dataclass(frozen=True, slots=True)
class Body:
    """A real place. others: further names of it in the gazetteer, as keys (small letters, ASCII), that are no other's own."""

    place_id: str
    name: str
    country: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """kind: joined | left | renamed; week: of the first capture after it; day: when it happened (ISO). mass: one of many of that day.

    name: the new one; judged: whether a person ever records the renaming.
    """

    kind: str
    week: int
    day: str
    body: Body
    mass: bool = False
    name: str = ""
    judged: bool = False


@dataclass(slots=True)
class Truth:
    """The members of each week, by place_id, and what made them so."""

    bodies: dict[str, Body]
    members: list[frozenset[str]]
    events: list[Event] = field(default_factory=list)


def day_of(week: int) -> date:
    """The day of a week's capture."""
    return START + timedelta(weeks=week)


def candidates(names: Names) -> dict[str, list[Body]]:
    """Country -> its places of LEAST_RESIDENTS and more, in the gazetteer's order."""
    found: dict[str, list[Body]] = {country: [] for country in COUNTRIES}
    for line in names.gazetteer.places:
        place_id, country, kind, *_, population = line.split("\t")[:7]
        if country in found and kind in "ms" and int(population) >= LEAST_RESIDENTS:
            found[country].append(Body(place_id, line.rsplit("\t", 1)[1], country))
    return found


def drawn(random: Random, network: Network, names: Names, pool: Sequence[Body], count: int) -> list[Body]:
    """So many places whose own names are matched with them or left open for a person; of two that are called alike the first."""
    found: dict[tuple[str, str], Body] = {}
    waiting = random.sample(pool, len(pool))
    while waiting and len(found) < count:
        body = waiting.pop()
        answer = names.resolve(network, body.name, body.country)
        if answer.place_id == body.place_id or answer.verdict == "review":
            found.setdefault((body.name, body.country), body)
    others = names.gazetteer.names_of([body.place_id for body in found.values()])
    return [replace(b, others=tuple(key for key in others[b.place_id] if not _of_another(names, b, key))) for b in found.values()]


def _of_another(names: Names, body: Body, key: str) -> bool:
    """Whether a place of the country has the name as its own: a list that calls the body so names the other one."""
    return any(bearer.own and bearer.place.place_id != body.place_id for bearer in names.gazetteer.bearers(key, (body.country,)))


def lived(random: Random, network: Network, names: Names, bodies: Sequence[Body], size: int, weeks: int) -> Truth:
    """The life of a network that begins with the first `size` of the bodies; the others wait to join."""
    members, waiting = {b.place_id for b in bodies[:size]}, list(bodies[size:])
    truth = Truth({b.place_id: b for b in bodies}, [frozenset(members)])
    back: dict[int, list[Body]] = {}
    for week in range(1, weeks):
        rate = len(members) / 52
        joining = [waiting.pop() for _ in range(_times(random, rate * JOINS_A_YEAR)) if waiting]
        leaving = random.sample(sorted(members), min(len(members) - 4, _times(random, rate * DEPARTURES_A_YEAR)))
        many_come, many_go = random.random() < MASS_A_YEAR / 52, random.random() < MASS_A_YEAR / 52
        if many_come:
            joining += [waiting.pop() for _ in range(random.randint(6, 15)) if waiting]
        if many_go:
            leaving = random.sample(sorted(members), max(3, int(len(members) * random.uniform(0.12, 0.3))))
        joining += [body for body in back.pop(week, []) if body.place_id not in members]
        gone = [truth.bodies[place_id] for place_id in leaving]
        for body in gone:
            if random.random() < RETURNS:
                back.setdefault(week + random.randint(16, 70), []).append(body)
        truth.events += [_event(random, "joined", week, body, many_come) for body in joining]
        truth.events += [_event(random, "left", week, body, many_go) for body in gone]
        members = (members | {b.place_id for b in joining}) - set(leaving)
        truth.members.append(frozenset(members))
        if random.random() < RENAMES_A_YEAR / 52:
            truth.events.append(_renaming(random, network, names, truth, week))
    return truth


def _times(random: Random, rate: float) -> int:
    """How often something of this rate happens in a week."""
    return int(rate) + (random.random() < rate % 1)


def _event(random: Random, kind: str, week: int, body: Body, mass: bool) -> Event:
    return Event(kind, week, (day_of(week) - timedelta(days=random.randint(0, 6))).isoformat(), body, mass)


def _renaming(random: Random, network: Network, names: Names, truth: Truth, week: int) -> Event:
    """A member under a name that the gazetteer does not know, as of most municipalities renamed since it was made."""
    body = truth.bodies[random.choice(sorted(truth.members[week]))]
    name = body.name
    while name == body.name or names.resolve(network, name, body.country).place_id:
        ends = [random.choice(list(truth.bodies.values())).name for _ in range(2)]
        name = f"{ends[0][: random.randint(3, 6)]}{ends[1][-random.randint(3, 6) :].lower()}".replace("(", "").replace(")", "").strip()
    day = (day_of(week) - timedelta(days=random.randint(0, 6))).isoformat()
    return Event("renamed", week, day, body, name=name, judged=random.random() < 0.5)
