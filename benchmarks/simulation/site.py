"""A network's site through the years: what it serves in a week, and whether that is its whole list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from citynet.errors import SourceUnavailable
from citynet.http import Form as Ask
from citynet.http.answers import accepted
from citynet.model import Fetched
from simulation.forms import FORMS, Form, bodies
from simulation.prints import Row, Style, reordered, respelt, rows
from simulation.troubles import Answers, Trouble, on_answers, on_rows, on_title, seeded
from simulation.truth import Body, Truth

LAYOUTS_A_YEAR, REORDERINGS_A_YEAR, RESPELLINGS_A_YEAR = 0.4, 1.0, 1.2
LAYOUTS = ("container renamed", "list into a script", "cards to a table")


@dataclass(frozen=True, slots=True)
class Week:
    """What is served. whole: the page prints exactly the members, however spelt; hidden: members that it lacks; trouble: its kind or "".

    changed: what is printed otherwise from this week on; names: (name, country) as printed -> the body meant.
    """

    answers: Answers
    form: Form
    whole: bool
    hidden: frozenset[str]
    trouble: Trouble | None
    changed: tuple[str, ...]
    names: dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Web:
    """The way to the pages of one week, as a crawl asks for them."""

    answers: Answers
    origin: str = "live"

    def captured_at(self, at: datetime) -> datetime:
        """Live pages stand so when they are fetched."""
        return at

    def fetch(self, url: str, *, at: datetime, previous: Fetched | None = None, form: Ask | None = None, or_gone: bool = False) -> Fetched:
        """The page, or the error that the platform makes of what came instead."""
        if url not in self.answers:
            raise SourceUnavailable(f"{url}: expected an answer, got none")
        status, content_type, body = self.answers[url]
        return accepted(Fetched(url, "GET", status, content_type, (), body, url), or_gone=or_gone)


def first_form(random: Random, network_id: str, size: int, countries: bool) -> Form:
    """The form in which a site begins; only a list of several parts is paged."""
    kinds = [kind for kind in FORMS if kind != "paged" or size > 40]
    kind = "paged" if size > 40 and random.random() < 0.5 else random.choice(kinds)
    return Form(kind, "members", f"Network {network_id}", random.random() < 0.4, countries)


def served(random: Random, network_id: str, truth: Truth, style: Style, form: Form, others: Sequence[Body]) -> list[Week]:
    """Every week of the site."""
    by_week = {week: t for t in seeded(random, form, len(truth.members)) for week in range(t.first, t.last + 1)}
    found, shown = list[Week](), len(others)
    for week, members in enumerate(truth.members):
        changed = []
        bodies_now = [truth.bodies[place_id] for place_id in sorted(members)]
        if week and random.random() < LAYOUTS_A_YEAR / 52 and form.kind != "paged":
            form, what = _laid_out(random, form, week)
            changed.append(what)
        if week and random.random() < REORDERINGS_A_YEAR / 52:
            style = reordered(style, random)
            changed.append("reordered")
        if week and random.random() < RESPELLINGS_A_YEAR / 52:
            style, manner = respelt(style, bodies_now, random)
            changed.append(f"respelt: {manner.replace('_', ' ')}")
        for event in (e for e in truth.events if e.week == week and e.kind == "renamed"):
            style = replace(style, names=tuple(sorted({**dict(style.names), event.body.place_id: event.name}.items())))
        found.append(_week(network_id, rows(style, bodies_now), by_week.get(week), form, changed, rows(style, others)[:shown]))
    return found


def _laid_out(random: Random, form: Form, week: int) -> tuple[Form, str]:
    """The next layout: one that differs from this one."""
    what = random.choice(LAYOUTS)
    kind = {"container renamed": form.kind, "list into a script": "script", "cards to a table": "table"}[what]
    return replace(form, kind=kind, container=f"members{week}"), what


def _week(
    network_id: str, printed: Sequence[Row], trouble: Trouble | None, form: Form, changed: Sequence[str], others: Sequence[Row]
) -> Week:
    names = {(" ".join(row.name.split()), row.country): row.place_id for row in printed}
    if trouble is None:
        answers = {url: (200, kind, body) for url, (kind, body) in bodies(form, network_id, printed).items()}
        return Week(answers, form, True, frozenset(), None, tuple(changed), names)
    left = on_rows(trouble, printed, others)
    shown = bodies(on_title(trouble, form), network_id, left)
    if trouble.kind in ("partial list", "vanished members", "swapped list") and form.total and Random(trouble.seed).random() < 0.5:
        # on some sites the count is a text of its own, which stays as it was
        shown = {
            url: (kind, body.replace(f"We are {len(left)} ".encode(), f"We are {len(printed)} ".encode()))
            for url, (kind, body) in shown.items()
        }
    answers = on_answers(trouble, shown)
    text = b"".join(body for _, _, body in answers.values()).decode(errors="replace")
    hidden = {row.place_id for row in printed} - {row.place_id for row in left}
    if trouble.kind in ("truncated page", "cut pagination", "wall page"):
        hidden |= {row.place_id for row in printed if row.name not in text.replace("&#x27;", "'")}
        if trouble.kind == "cut pagination":
            hidden = {row.place_id for row in printed}
    whole = trouble.kind == "duplicated rows"
    return Week(answers, form, whole, frozenset(hidden), trouble, tuple(changed), names)
