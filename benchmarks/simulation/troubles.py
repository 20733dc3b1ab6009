"""What goes wrong at a site: which rows it hides or adds, and what becomes of the answers, for some weeks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from simulation.forms import Form
from simulation.prints import Row

WEEKS = {
    "outage": (1, 6),
    "part unreachable": (1, 3),
    "cut pagination": (1, 4),
    "truncated page": (1, 4),
    "duplicated rows": (1, 6),
    "wall page": (1, 4),
    "swapped page": (1, 4),
    "swapped list": (1, 4),
    "letters garbled": (1, 4),
    "partial list": (4, 5),
    "vanished members": (1, 2),
    "empty list": (1, 3),
}
"""Kind -> fewest and most weekly captures that it lasts; those that hide members end before the 42 days of the departure rule."""
HIDING = frozenset(("cut pagination", "truncated page", "swapped page", "swapped list", "partial list", "vanished members", "empty list"))
EVERY_WEEKS = 9
"""Mean of the weeks from one trouble to the next; at least one is well."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """first, last: weeks in which it stands; seed: what its chances are drawn from, the same in all its weeks."""

    kind: str
    first: int
    last: int
    seed: int


Answers = dict[str, tuple[int, str, bytes]]
"""Address -> status, content type, body; an address without an answer is not reached."""


def seeded(random: Random, form: Form, weeks: int) -> list[Trouble]:
    """The troubles of a network, one at a time and never two in a row without a well week."""
    kinds = sorted(set(WEEKS) - ({"part unreachable", "cut pagination"} if form.kind != "paged" else set()))
    found, week = list[Trouble](), 2 + random.randint(0, EVERY_WEEKS)
    while week < weeks:
        kind = random.choice(kinds)
        last = week + random.randint(*WEEKS[kind]) - 1
        found.append(Trouble(kind, week, last, random.randint(1, 1 << 30)))
        week = last + 2 + int(random.expovariate(1 / (EVERY_WEEKS - 1)))
    return found


def on_rows(trouble: Trouble, rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """The rows that the site has left in its list; others: the list of another network."""
    random = Random(trouble.seed)
    if trouble.kind == "swapped page" or trouble.kind == "swapped list":
        return list(others)
    if trouble.kind == "duplicated rows":
        twice = {row.place_id for row in rows if Random(f"{trouble.seed} {row.place_id}").random() < 0.15}
        return sorted([*rows, *(row for row in rows if row.place_id in twice)], key=lambda row: row.name)
    if trouble.kind == "partial list":
        share = random.choice((0.02, 0.05, 0.09, 0.2, 0.5))
        return [row for row in rows if Random(f"{trouble.seed} {row.place_id}").random() >= share]
    if trouble.kind == "vanished members":
        ranked = sorted(rows, key=lambda row: Random(f"{trouble.seed} {row.place_id}").random())
        gone = {row.place_id for row in ranked[: random.randint(1, 2)]}
        return [row for row in rows if row.place_id not in gone]
    return [] if trouble.kind == "empty list" else list(rows)


def on_title(trouble: Trouble, form: Form) -> Form:
    """A page that was swapped whole bears the other network's name."""
    return replace(form, title=f"Other {form.title}") if trouble.kind == "swapped page" else form


def on_answers(trouble: Trouble, served: dict[str, tuple[str, bytes]]) -> Answers:
    """What the site answers."""
    random = Random(trouble.seed)
    answers: Answers = {url: (200, content_type, body) for url, (content_type, body) in served.items()}
    further = list(served)[1:]
    if trouble.kind == "outage":
        return {} if random.random() < 0.6 else {url: (random.choice((500, 502, 503)), "text/html", b"<h1>Error</h1>") for url in served}
    if trouble.kind == "part unreachable" and further:
        answers[random.choice(further)] = (random.choice((404, 500, 403)), "text/html", b"<h1>Error</h1>")
    elif trouble.kind == "cut pagination" and further:
        answers = _cut(answers, random.choice(list(served)[:-1]), random)
    elif trouble.kind == "wall page":
        answers = dict.fromkeys(answers, (200, "text/html; charset=utf-8", random.choice(WALLS).encode()))
    elif trouble.kind == "truncated page":
        url = random.choice(list(answers))
        status, content_type, body = answers[url]
        answers[url] = (status, content_type, body[: int(len(body) * random.uniform(0.3, 0.99))])
    elif trouble.kind == "letters garbled":
        answers = {url: _garbled(answer, Random(trouble.seed)) for url, answer in answers.items()}
    return answers


def _cut(answers: Answers, url: str, random: Random) -> Answers:
    """The link to the next part is missing, leads to a part that is empty, or back to the start."""
    status, content_type, body = answers[url]
    text, following = body.decode(), list(answers)[list(answers).index(url) + 1]
    how = random.choice(("no link", "empty part", "circle"))
    if how == "no link":
        return answers | {url: (status, content_type, text.replace("class='next'", "class='more'").encode())}
    if how == "circle":
        return answers | {url: (status, content_type, text.replace(following, next(iter(answers))).encode())}
    start, end = answers[following][2].decode().split("<li>", 1)[0], "</ul></main></body></html>"
    return answers | {following: (status, content_type, (start + end).encode())}


def _garbled(answer: tuple[int, str, bytes], random: Random) -> tuple[int, str, bytes]:
    """Letters beyond ASCII read in a wrong encoding, lost, or declared as what they are not."""
    status, content_type, body = answer
    text = body.decode()
    how = random.choice(("twice encoded", "question marks", "replacement", "wrong header"))
    if how == "twice encoded":
        return status, content_type, body.decode("latin-1").encode()
    if how == "wrong header":
        plain = content_type.split(";")[0] + "; charset=iso-8859-1"
        return status, plain, body.replace(b"<meta charset='utf-8'>", b"")
    lost = "?" if how == "question marks" else "\ufffd"
    return status, content_type, "".join(c if ord(c) < 128 else lost for c in text).encode()


def _wall(title: str, inside: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1>{inside}</body></html>"


WALLS = (
    _wall("Log in", "<form action='/login'><input name='user'><input type='password' name='pass'><button>Log in</button></form>"),
    _wall("Just a moment...", "<div id='cf-chl-widget'></div><p>Checking your browser before you go on.</p>"),
    _wall("We value your privacy", "<p>We use cookies and need your consent.</p><p>Cookie settings</p><button>Accept all cookies</button>"),
    _wall("Site under maintenance", "<p>We are working on our website and will be back soon.</p>"),
    _wall("404 Page not found", "<p>The page you are looking for does not exist.</p>"),
    _wall("Members", "<p>Our list of members moves to a new place these weeks. Come back soon.</p>"),
)
