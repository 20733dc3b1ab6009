"""Pages that hold no member list: each kind of templates/without/ once in each frame."""

from collections.abc import Iterator
from random import Random

from reading_pages import TestPage

from .rendering import rendered
from .subject import Pool, draw
from .surroundings import surroundings
from .words import LANGUAGES, words

FRAMES = ("shell_portal", "shell_blog")
KINDS = (
    "article",
    "board",
    "city",
    "consent",
    "countries",
    "error",
    "events",
    "fees",
    "header_only",
    "headings",
    "jobs",
    "loading",
    "login",
    "navigation",
    "offices",
    "partners",
    "posts",
    "publications",
    "staff",
    "statistics",
    "travel",
    "voices",
    "weather",
)


def pages_without_list(pool: Pool, seed: int) -> Iterator[TestPage]:
    """Every kind of page in every frame, in languages that change from page to page."""
    for number, kind in enumerate(KINDS):
        for at, frame in enumerate(FRAMES):
            random = Random(f"{seed} without {kind} {frame}")
            yield _page(pool, random, kind, frame, LANGUAGES[(number + 3 * at) % len(LANGUAGES)])


def _page(pool: Pool, random: Random, kind: str, frame: str, language: str) -> TestPage:
    word = words(language)
    around = draw(pool, random, 12, countries=True, plain=True, one_country=False)
    context = surroundings(pool, random, language, word, around) | {"word": word, "language": language, "shell": f"without/{frame}.html"}
    body = rendered(f"without/{kind}.html", context, random)
    return TestPage("without_list", f"without_list-{kind}-{frame}-{language}", body, "text/html; charset=utf-8", ())
