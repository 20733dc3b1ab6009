"""Pages of a network's site, or of another, that hold no list of members: cities stand there for other reasons, or nothing does."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from reading_pages import TestPage

from .families import ENVIRONMENT, HTML
from .subject import Pool, cities_beside
from .words import LANGUAGES, PARTNERS, Chrome, chrome

Rows = list[list[str]]


def _days(random: Random, around: Chrome, texts: Sequence[str]) -> Rows:
    return [[f"{random.randint(1, 28)}.{random.randint(1, 12)}.2026", random.choice(texts), city] for city in around.cities[:10]]


def _figures(random: Random, names: Sequence[str], columns: int = 3) -> Rows:
    return [[name, *(str(random.randint(1, 9000)) for _ in range(columns))] for name in names]


def _news(random: Random, around: Chrome) -> Rows:
    return [[random.choice(around.words["news"]).format(city), f"{random.randint(1, 28)}.11.2026"] for city in around.cities[:9]]


def _events(random: Random, around: Chrome) -> Rows:
    return _days(random, around, around.words["events"])


def _offices(random: Random, around: Chrome) -> Rows:
    return [[f"Rue {random.randint(2, 90)}", f"{random.randint(10000, 99999)} {city}", "+00 555 0100"] for city in around.cities[:8]]


def _staff(random: Random, around: Chrome) -> Rows:
    return [[role, random.choice(around.words["nav"]), "office@example.org"] for role in around.words["roles"]]


def _travel(random: Random, around: Chrome) -> Rows:
    return [[f"{random.randint(5, 23)}:{random.randint(10, 59)}", f"{a} – {b}", f"{random.randint(19, 190)} €"] for a, b in _pairs(around)]


def _pairs(around: Chrome) -> list[tuple[str, str]]:
    return list(zip(around.cities[:6], around.cities[6:12], strict=True))


def _statistics(random: Random, around: Chrome) -> Rows:
    return [["", "2023", "2024", "2025"], *_figures(random, around.countries)]


def _weather(random: Random, around: Chrome) -> Rows:
    return [[city, f"{random.randint(-5, 30)} °C", f"{random.randint(0, 100)} %"] for city in around.cities[:12]]


def _publications(random: Random, around: Chrome) -> Rows:
    return [[f"{text.format(city)}. Report", str(random.randint(2008, 2026)), "PDF"] for (text, city) in _texts(random, around)]


def _texts(random: Random, around: Chrome) -> list[tuple[str, str]]:
    return [(random.choice(around.words["news"]), city) for city in around.cities[:9]]


def _jobs(random: Random, around: Chrome) -> Rows:
    return [
        [f"{role} (m/f/x)", city, f"{random.randint(20, 40)} h"] for role, city in zip(around.words["roles"], around.cities, strict=False)
    ]


def _partners(random: Random, around: Chrome) -> Rows:
    return [[name] for name in random.sample(PARTNERS, len(PARTNERS))]


def _countries(random: Random, around: Chrome) -> Rows:
    return [[country] for country in around.countries]


def _regions(random: Random, around: Chrome) -> Rows:
    return [[region] for region in around.words["regions"]]


def _board(random: Random, around: Chrome) -> Rows:
    return [[role, city] for role, city in zip(around.words["roles"][:3], around.cities, strict=False)]


def _fields(random: Random, around: Chrome) -> Rows:
    return [["E-mail"], ["***"]]


def _steps(random: Random, around: Chrome) -> Rows:
    return [[word] for word in ("1. Letter of intent", "2. Decision of the council", "3. Annual fee")]


def _fees(random: Random, around: Chrome) -> Rows:
    return [[f"< {size}", f"{random.randint(5, 90) * 100} €"] for size in ("50 000", "100 000", "500 000", "1 000 000")]


def _quotes(random: Random, around: Chrome) -> Rows:
    return [["“The exchange changed how we work.”", city] for city in around.cities[:3]]


def _hotels(random: Random, around: Chrome) -> Rows:
    return [
        [f"Hotel {name} {city}", f"{random.randint(60, 240)} €"]
        for name, city in zip(("Astoria", "Park", "Central"), around.cities, strict=False)
    ]


def _nothing(random: Random, around: Chrome) -> Rows:
    return []


# name, the word of the heading (a key of heads, or the place of an item of the menu), shape, rows, sentences above them
KINDS: tuple[tuple[str, str | int, str, Callable[[Random, Chrome], Rows], tuple[str, ...]], ...] = (
    ("news index", "news", "cards", _news, ()),
    (
        "news article",
        4,
        "prose",
        _news,
        ("{0}, {1} / {2}. The conference ended in {0} with a joint letter. {3} hosts the next one.", "{4}"),
    ),
    ("event calendar", "events", "table", _events, ()),
    ("event cards", "events", "cards", _events, ()),
    ("offices", "offices", "cards", _offices, ()),
    ("contact", 5, "items", _offices, ()),
    ("staff", 1, "table", _staff, ()),
    ("train connections", 2, "table", _travel, ()),
    ("statistics by country", 3, "table", _statistics, ()),
    ("weather", 0, "table", _weather, ()),
    ("publications", 3, "items", _publications, ()),
    ("vacancies", 5, "cards", _jobs, ()),
    ("partner organisations", "partners", "items", _partners, ()),
    ("countries", "country", "items", _countries, ()),
    ("regions without cities", "members", "headings", _regions, ()),
    ("board", "board", "items", _board, ()),
    ("log in", "members", "form", _fields, ("Please log in to see this page.",)),
    ("consent", "cookies", "form", _nothing, ()),
    ("empty member page", "members", "text", _nothing, ("Loading …",)),
    ("no results", "members", "text", _nothing, ("0 / 0",)),
    ("how to join", "join", "items", _steps, ()),
    ("fees", "join", "table", _fees, ()),
    ("testimonials", 1, "cards", _quotes, ()),
    ("hotels", "events", "cards", _hotels, ()),
    ("not found", 0, "text", _nothing, ("404", "Not found / Nicht gefunden / Introuvable")),
    ("city portrait", 2, "text", _nothing, ("{0}: 120 000.", "{0} lies between {1} and {2}; trains run to {3}, buses to {4}.", "{0} 2026")),
)


def pages_without_list(pool: Pool, seed: int) -> Iterator[TestPage]:
    """One page of every kind, in the six languages in turn, in the chrome of four sites."""
    for number, (name, heading, shape, rows, lines) in enumerate(KINDS):
        random = Random(f"{seed} without {name}")
        around = chrome(random, LANGUAGES[number % 6], cities_beside(random, pool, ()))
        words = around.words
        titles = {"members": words["titles"][number % 4], **words["heads"]}
        body = ENVIRONMENT.get_template("without.j2").render(
            around=around,
            w=words,
            h=words["heads"],
            title=words["nav"][heading] if isinstance(heading, int) else titles[heading],
            shell=(number // 6 + number) % 4,
            shape=shape,
            items=rows(random, around),
            lines=[line.format(*around.cities) for line in lines],
            partners=random.sample(PARTNERS, 3),
        )
        yield TestPage("no list", f"no-list-{name.replace(' ', '-')}", body.encode(), HTML, ())
