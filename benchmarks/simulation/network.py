"""One network from its first capture to its last: a world, a site, the platform, the people, the alerts, and the score."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random
from uuid import uuid4

from citynet.model import Change
from citynet.pipelines.membership_tables import change_id
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import PROJECT, Outside, open_outside
from simulation import alerts
from simulation.people import People
from simulation.platform import Platform, at_week
from simulation.prints import COUNTRY_FORMS, Style
from simulation.scores import Claim, Score, claimed, said_again, scored
from simulation.site import Web, Week, first_form, served
from simulation.truth import COUNTRIES, Body, Truth, candidates, drawn, lived

RERUN = 0.08
"""Share of the rounds that are run again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which network is simulated. answers: whether anybody ever answers; whole_store: whether all is read again from the store;
    departure: the rule of its file, {} for the default.
    """

    seed: int
    number: int
    weeks: int
    answers: bool
    whole_store: bool
    departure: Mapping[str, int] = field(default_factory=dict)

    @property
    def network_id(self) -> str:
        """Its id in the registry."""
        return f"sim_{self.number:02}"


def simulated(plan: Plan) -> Score:
    """The score of one network; the same for the same plan."""
    with _outside() as (outside, desk):
        random = Random(f"{plan.seed} {plan.number}")
        platform, truth, weeks = begun(plan, outside, random)
        people = People(Random(f"{plan.seed} {plan.number} people"), plan.answers)
        people.plan_renamings(truth)
        claims: dict[str, Claim] = {}
        outcomes: dict[int, str] = {}
        found: dict[str, int] = {"alerts on reruns": 0, "differs when rebuilt": 0}
        for week in range(plan.weeks):
            people.act(week, platform, weeks, truth)
            one = platform.collect(week, Web(weeks[week].answers))
            outcomes[week] = one.outcome if one is not None else "unreached"
            if one is not None:
                people.look_at(one)
            known = {change_id(change): change for change in platform.changes_known()}
            for identity, change in known.items():
                if identity not in claims:
                    claims[identity] = claimed(change, identity, week, truth, weeks)
            alerts.tell(platform, truth, at_week(week))
            if random.random() < RERUN or week == plan.weeks - 1:
                found["alerts on reruns"] += alerts.tell_again(platform, desk, at_week(week))
                found["differs when rebuilt"] += set(_ids(platform.changes_rebuilt())) != set(known)
        score = scored(platform, truth, weeks, outcomes, claims, set(known))
        score.totals.update(found)
        if plan.whole_store:
            differing = platform.differs_from_the_store()
            score.totals["differs from the store"] += len(differing)
            score.totals["read again from the store"] += len(platform.kept)
            score.notes += [f"{plan.network_id}: {capture_id} is decided otherwise from the store" for capture_id in differing]
        _count_alerts(score, platform, desk, claims)
        return score


def begun(plan: Plan, outside: Outside, random: Random) -> tuple[Platform, Truth, list[Week]]:
    """A network at its start, its members' years, and its site's."""
    size = random.choice((8, 12, 18, 25, 35, 50, 70, 110))
    countries = tuple(sorted(random.sample(COUNTRIES, random.choice((1, 2, 5, 12)))))
    form_of_country = random.choice((*COUNTRY_FORMS, "")) if len(countries) == 1 else random.choice(COUNTRY_FORMS)
    form = first_form(random, plan.network_id, size, bool(form_of_country))
    bounds = {"expect": {"min": max(2, size // 2), "max": 2 * size + 10}, "departure": dict(plan.departure)}
    platform = Platform(outside, plan.network_id, form, bounds, countries if len(countries) == 1 else ())
    pool = _pool(str(outside.gazetteer), outside)
    some = sorted((body for code in countries for body in pool[code]), key=lambda body: body.place_id)
    wanted = min(len(some) // 2, 3 * size + 40)
    bodies = drawn(random, platform.network, platform.names, some, wanted)
    size = min(size, len(bodies) // 2)
    truth = lived(random, platform.network, platform.names, bodies, size, plan.weeks)
    others = [*bodies[: size // 4], *drawn(random, platform.network, platform.names, some, size)]
    return platform, truth, served(random, plan.network_id, truth, Style(form_of_country, 0), form, _each_once(others))


def _each_once(bodies: list[Body]) -> list[Body]:
    return list({body.place_id: body for body in bodies}.values())


def _ids(changes: list[Change]) -> list[str]:
    return [change_id(change) for change in changes]


def _count_alerts(score: Score, platform: Platform, desk: alerts.Desk, claims: dict[str, Claim]) -> None:
    told = alerts.told_changes(platform.outside)
    score.totals["messages"] += len(desk.keys)
    score.totals["told twice"] += sum(times - 1 for times in told.values()) + len(desk.keys) - len(set(desk.keys))
    score.totals["told twice"] += len(said_again({identity: claim for identity, claim in claims.items() if identity in told}))
    score.totals["told"] += len(told)
    score.totals["told falsely"] += sum(claims[identity].verdict == "false" for identity in told)
    score.totals["corrections"] += alerts.corrections(platform.outside)


@lru_cache(maxsize=1)
def _pool(_: str, outside: Outside) -> dict[str, list[Body]]:
    return candidates(open_names(outside))


@contextmanager
def _outside() -> Iterator[tuple[Outside, alerts.Desk]]:
    """A store in memory, a registry and judgements in a folder of their own, and a webhook that is told."""
    with tempfile.TemporaryDirectory() as scratch, alerts.webhook() as desk:
        folder, own = Path(scratch), uuid4().hex
        (folder / "registry").mkdir()
        (folder / "judgements").mkdir()
        for file in sorted((PROJECT / "include" / "judgements").glob("*.csv")):
            if file.name not in ("memberships.csv",):
                shutil.copyfile(file, folder / "judgements" / file.name)
                shutil.copyfile(file, folder / "judgements" / f"{file.name}.given")
        outside = open_outside(
            {
                "CITYNET_STORE": f"memory://{own}/store",
                "CITYNET_PUBLISHED": f"memory://{own}/published",
                "CITYNET_REGISTRY": str(folder / "registry"),
                "CITYNET_JUDGEMENTS": str(folder / "judgements"),
                "CITYNET_SECRETS": str(folder / "secrets"),
                "CITYNET_ALERT_CHANNELS": desk.url,
                "CITYNET_MODE": "live",
                "CITYNET_CONTACT": "monitor@city.example",
            }
        )
        try:
            yield outside, desk
        finally:
            outside.store.delete("")
            outside.published.delete("")
