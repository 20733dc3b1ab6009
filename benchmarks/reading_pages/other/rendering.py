"""A page of a family: members drawn, ordered and set into the family's template with the site around them."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from reading_pages import TestPage

from .families import PAGES, Family
from .subject import SHORTEST, Member, Pool, drawn, members
from .surroundings import surroundings
from .words import AT_HOME, LANGUAGES, country_name, words

if TYPE_CHECKING:
    from jinja2 import Environment

Group = tuple[str, list[Member]]


@cache
def templates() -> "Environment":
    """The templates of the set; a name that a template asks for and nobody gave is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = Path(__file__).parent / "templates"
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def pages_of_family(family: Family, pool: Pool, seed: int) -> Iterator[TestPage]:
    """The pages of the family, each with its own members, language and habits."""
    for number in range(PAGES):
        yield _page(family, number, pool, Random(f"{seed}/{family.name}/{number}"))


def _page(family: Family, number: int, pool: Pool, random: Random) -> TestPage:
    found, iso = _members(family, number, pool, random)
    language = AT_HOME.get(iso, "en") if iso else random.choice(LANGUAGES)
    placed = not iso and all(member.iso for member in found)
    heading = "" if number == family.register else random.choice(family.headings)
    if heading in ("country", "region") and not placed:
        heading = "letter"
    context = surroundings(pool, found, language, random) | {
        "variant": number,
        "members": found,
        "heading": heading,
        "groups": grouped(found, heading, language),
        "placed": placed,
        "dated": random.random() < 0.4,
        "kinds": random.random() < 0.35,
        "linked": random.random() < 0.6,
        "peopled": random.random() < 0.4,
    }
    body = templates().get_template(f"lists/{family.name}.html").render(context)
    truth = tuple(member.name for member in found)
    return TestPage(
        family.name, f"{family.name}-{number}", encoded(body, family.charset), f"text/html; charset={family.charset}", truth, iso
    )


def _members(family: Family, number: int, pool: Pool, random: Random) -> tuple[list[Member], str]:
    if number == family.register and pool.register:
        return sorted(members(pool.register, random), key=lambda member: (member.iso, member.name)), ""
    rows, iso = drawn(pool, random, family.placed)
    found = members(rows[: max(SHORTEST, random.randint(family.most // 2, family.most))], random)
    return (sorted(found, key=lambda member: member.name.casefold()) if random.random() < 0.7 else found), iso


def grouped(found: Sequence[Member], heading: str, language: str) -> list[Group]:
    """The members under the headings asked for, in the order of the headings."""
    t = words(language)
    by: dict[str, list[Member]] = {}
    for member in found:
        by.setdefault(_heading(member, heading, language, t), []).append(member)
    return sorted(by.items())


def _heading(member: Member, heading: str, language: str, t: dict[str, Any]) -> str:
    if heading == "letter":
        return next((letter.upper() for letter in member.name if letter.isalpha()), "#")
    if heading == "country":
        return country_name(member.iso, language)
    if heading == "region":
        return str(t["regions"][member.region])
    return str(t["kinds"][member.kind]) if heading == "kind" else ""


def encoded(body: str, charset: str) -> bytes:
    """The page as the server sends it; what the charset cannot hold is a character reference."""
    return body.encode(charset, "xmlcharrefreplace")
