"""Pages that hold no member list, each kind in two of the shells that sites are built in."""

from collections.abc import Iterator
from random import Random

from reading_pages import TestPage

from .rendering import CONTENT_TYPES, rendered
from .site import PARTNERS, PEOPLE, STREETS, site_of
from .subject import Pool, draw, elsewhere

SHELLS = ("astra", "bootstrap", "spip")
KINDS = (
    "article", "blog", "calendar", "city", "consent", "countries", "error", "founders", "headings", "jobs", "library",
    "loading", "login", "menu_only", "offices", "organisations", "staff", "statistics", "travel", "weather",
)  # fmt: skip
EACH = 2


def pages_without_list(pool: Pool, seed: int) -> Iterator[TestPage]:
    """Every kind in two shells, then the answer of an interface that wants a login."""
    for index, kind in enumerate(KINDS):
        for number in range(EACH):
            shell = SHELLS[(index + number) % len(SHELLS)]
            yield _page(f"without/{kind}.html", f"{kind}-{number + 1}", f"shells/{shell}.html", pool, seed)
    yield _page("refused.json", "refused-1", "", pool, seed)


def _page(template: str, name: str, shell: str, pool: Pool, seed: int) -> TestPage:
    random = Random(f"{seed}/later/{name}")
    rows = draw(pool, "middle", random, placed=False)
    site = site_of(rows, "", pool, random, placed=False)
    around: dict[str, object] = {
        "shell": shell,
        "cities": elsewhere(pool, (), random, 20),
        "people": random.sample(PEOPLE, 10),
        "organisations": PARTNERS,
        "streets": STREETS,
    }
    text = rendered(template, site, "utf-8", **around)
    ending = template.rpartition(".")[2]
    return TestPage("without", f"later-without-{name}", text.encode(), CONTENT_TYPES[ending].format("utf-8"), ())
