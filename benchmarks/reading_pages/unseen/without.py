"""Pages that name cities, countries or nothing at all and hold no member list: the reader is to refuse them."""

from collections.abc import Iterator
from random import Random
from typing import Final

from reading_pages import TestPage

from .rendering import templates
from .subject import Pool
from .surroundings import surroundings
from .words import FOLDER, LANGUAGES

FRAMES: Final = ("plain", "portal", "tables")
EACH: Final = 2  # pages of each template, in other languages and frames


def pages_without_list(pool: Pool, seed: int) -> Iterator[TestPage]:
    """Two pages of every template of templates/without, and every JSON answer."""
    files = sorted((FOLDER / "templates" / "without").glob("*.j2"))
    for place, file in enumerate(file for file in files if not file.name.startswith("_")):
        for number in range(EACH):
            rng = Random(f"{seed}/{file.stem}/{number}")
            language = LANGUAGES[(place + 3 * number + seed) % len(LANGUAGES)]
            given = surroundings(pool, (), language, rng)
            frame = f"without/_{FRAMES[(place + number) % len(FRAMES)]}.j2"
            body = templates().get_template(f"without/{file.name}").render(**given, frame=frame, number=number)
            kind = "application/json" if file.stem.endswith("_json") else "text/html; charset=utf-8"
            yield TestPage("no list", f"{file.stem}-{number}", body.encode(), kind, ())
