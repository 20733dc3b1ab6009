"""Pages that hold no list of members though they name cities: one a kind, in different shells."""

from collections.abc import Iterator
from pathlib import Path

from reading_pages import TestPage

from .families import HTML
from .members import Wish, draw, printed
from .rendering import Stock, render, rng_of
from .surroundings import Given, surroundings
from .words import LANGUAGES, choices, pick, words

FOLDER = Path(__file__).parent / "templates" / "without"
SHELLS = ("bare", "agency", "portal", "magazine", "utility")
CONTENT_TYPES = {"json": "application/json", "xml": "application/rss+xml; charset=utf-8", "geojson": "application/geo+json"}
TOWNS = Wish(14, 40, countries=True, others=False)


def kinds() -> list[str]:
    """The kinds of page, by the name of their template without its ending."""
    return sorted(file.name.removesuffix(".j2") for file in FOLDER.glob("*.j2") if not file.name.startswith("shell_"))


def pages_without_list(stock: Stock, seed: int) -> Iterator[TestPage]:
    """One page of each kind, the languages and shells going round."""
    for index, kind in enumerate(kinds()):
        rng = rng_of(seed, "without_list", kind)
        language = LANGUAGES[index % len(LANGUAGES)]
        towns = tuple(printed(rng, draw(rng, stock.listings, TOWNS), language))
        body = render(
            f"without/{kind}",
            shell=f"without/shell_{SHELLS[index % len(SHELLS)]}.j2",
            lang=language,
            w=words(language),
            n=pick(rng, "networks", language),
            prose=choices("prose", language),
            intro=pick(rng, "intros", language),
            towns=towns,
            d=surroundings(rng, Given([town.name for town in towns], stock.associations, language)),
            hex=lambda length, rng=rng: f"{rng.getrandbits(4 * length):0{length}x}",
        )
        content_type = CONTENT_TYPES.get(kind.rpartition(".")[2], HTML)
        yield TestPage("without_list", f"{kind}-{language}", body.encode(), content_type, ())
