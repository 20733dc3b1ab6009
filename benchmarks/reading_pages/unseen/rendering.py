"""From members to pages: what every template is given, and its rendering."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from reading_pages import TestPage

from .families import PAGES, Family, Grouping
from .subject import Member, Pool, draw, one_country, unaccented
from .surroundings import surroundings
from .words import FOLDER, LANGUAGES, country_name, region_name, words

if TYPE_CHECKING:
    from jinja2 import Environment

YEARS = range(1994, 2026)


@cache
def templates() -> "Environment":
    """The templates of the set; a word a template asks for and nobody gave is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def pages_of_family(family: Family, pool: Pool, seed: int) -> Iterator[TestPage]:
    """The pages of a family, each with its own language, members and choice of what stands beside a name."""
    for number in range(PAGES):
        rng = Random(f"{seed}/{family.name}/{number}")
        language = LANGUAGES[(number + rng.randrange(len(LANGUAGES))) % len(LANGUAGES)]
        members = [member for member in draw(pool, number, rng) if not set(family.apart) & set(member.name)]
        body = (
            templates()
            .get_template(f"{family.name}.j2")
            .render(**surroundings(pool, members, language, rng), **_subject(family, members, language, rng), number=number)
        )
        truth = tuple(member.name for member in members)
        yield TestPage(family.name, f"{family.name}-{number}", body.encode(), family.content_type, truth, one_country(members))


def _subject(family: Family, members: Sequence[Member], language: str, rng: Random) -> dict[str, Any]:
    """What a template shows of the members; a page with one country or an unknown one does not print countries."""
    several = all(member.iso for member in members) and not one_country(members)
    ordered = sorted(members, key=lambda member: (unaccented(member.name), member.name))
    entries = [_entry(member, language, rng) for member in ordered]
    return {
        "title": rng.choice(words()[language]["titles"]),
        "members": entries,
        "groups": _grouped(entries, family.grouping if several or family.grouping == "letter" else "none"),
        "show": {"country": several, "year": rng.random() < 0.5, "kind": rng.random() < 0.4, "people": rng.random() < 0.4},
    }


def _entry(member: Member, language: str, rng: Random) -> dict[str, str]:
    return {
        "name": member.name,
        "slug": re.sub(r"[^a-z0-9]+", "-", unaccented(member.name)).strip("-"),
        "iso": member.iso,
        "country": country_name(member.iso, language),
        "region": region_name(member.iso, language) if member.iso else "",
        "letter": unaccented(member.name)[0].upper(),
        "year": str(rng.choice(YEARS)),
        "kind": rng.choices(words()[language]["kinds"], (8, 2, 1))[0],
        "people": f"{rng.randrange(9, 1900) * 1000 + rng.randrange(1000):,}",
        "lat": f"{rng.uniform(36, 64):.4f}",
        "lon": f"{rng.uniform(-9, 30):.4f}",
    }


def _grouped(entries: Sequence[dict[str, str]], grouping: Grouping) -> list[tuple[str, list[dict[str, str]]]]:
    """The entries under their headings, headings in order; one group without a heading where nothing groups them."""
    if grouping == "none":
        return [("", list(entries))]
    found: dict[str, list[dict[str, str]]] = {}
    for entry in entries:
        found.setdefault(entry[grouping], []).append(entry)
    return sorted(found.items())
