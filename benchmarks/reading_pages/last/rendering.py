"""From a family and drawn members to the bytes of a page."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from reading_pages import TestPage

from .families import PAGES, Family
from .subject import Member, Pool, draw, unaccented
from .surroundings import surroundings
from .words import FOLDER, LANGUAGES, lands, words

if TYPE_CHECKING:
    from jinja2 import Environment

Groups = list[tuple[str, list[Member]]]


@cache
def environment() -> "Environment":
    """The templates of this folder; a name that is not given is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def pages_of_family(family: Family, pool: Pool, seed: int) -> Iterator[TestPage]:
    """The pages of one family, each in another language and length."""
    for number in range(PAGES):
        yield _page(family, number, pool, Random(f"{seed} {family.name} {number}"))


def rendered(template: str, context: dict[str, Any], random: Random, charset: str = "utf-8") -> bytes:
    """The template filled in and encoded; letters that the charset lacks become character references."""
    context |= {"pick": lambda *choices: random.choice(choices), "chance": lambda share: random.random() < share}
    context |= {"number": random.randint, "charset": charset}
    return environment().get_template(template).render(context).encode(charset, "xmlcharrefreplace")


def _page(family: Family, number: int, pool: Pool, random: Random) -> TestPage:
    language = random.choice(LANGUAGES) if number else family.language
    word = words(language)
    one_country = not family.countries and number == family.one_country
    members = draw(pool, random, family.sizes[number], countries=family.countries, plain=family.plain, one_country=one_country)
    if family.order == "name" or random.random() < 0.7:
        members.sort(key=lambda member: unaccented(member.name))
    context = surroundings(pool, random, language, word, members) | {
        "word": word,
        "language": language,
        "members": members,
        "groups": _groups(family.grouping, members, language),
        "land": {iso: land.names[language] for iso, land in lands().items()},
        "variant": number,
        "lands_named": family.countries,
    }
    body = rendered(f"{family.name}.html", context, random, family.charset)
    if family.minified and number % 2:
        body = re.sub(rb">\s*\n\s*<", b"><", body)
    truth = tuple(member.name for member in members)
    name = f"{family.name}-{number}-{language}"
    return TestPage(family.name, name, body, f"text/html; charset={family.charset}", truth, members[0].iso if one_country else "")


def _groups(by: str, members: Sequence[Member], language: str) -> Groups:
    """The members under the headings that the family sets: letters, countries, regions or kinds; one heading "" for none."""
    found: defaultdict[str, list[Member]] = defaultdict(list)
    for member in members:
        found[_heading(by, member, language)].append(member)
    return sorted(found.items(), key=lambda group: unaccented(group[0]))


def _heading(by: str, member: Member, language: str) -> str:
    if by == "letter":
        return unaccented(member.name)[0].upper()
    if by == "country":
        return lands()[member.iso].names[language]
    if by == "region":
        return str(words(language)[lands()[member.iso].region])
    if by == "kind":
        return str(words(language)[member.kind])
    return ""
