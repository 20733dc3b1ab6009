"""A page of a family: which members, what around them, and the bytes a server would send."""

import functools
import json
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from anyascii import anyascii
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reading_pages import TestPage

from .families import Family
from .members import Body, Member, Wish, draw, one_country, printed, region_of
from .states import STATES
from .surroundings import Given, surroundings
from .words import LANGUAGES, choices, country_label, pick, words


@dataclass(frozen=True, slots=True)
class Stock:
    """What pages are made from: the listings that name places, one long listing ("" of rows where none was given), associations."""

    listings: list[tuple[Body, ...]]
    register: tuple[Body, ...]
    associations: tuple[str, ...]


def embedded(value: object) -> Markup:
    """A value as JSON that may stand inside a script element."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))


@functools.cache
def _templates() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.filters["embedded"] = embedded
    return found


def render(template: str, **values: Any) -> str:
    """The text of a template."""
    text: str = _templates().get_template(f"{template}.j2").render(values)
    return text


def rng_of(seed: int, *parts: object) -> random.Random:
    """A generator of its own for each page, so that a new family moves no page of another."""
    return random.Random(zlib.crc32(repr((seed, *parts)).encode()))


def pages_of(family: Family, stock: Stock, seed: int) -> Iterator[TestPage]:
    """The pages of one family: its first variation goes round from page to page, the others are drawn."""
    for index in range(family.pages):
        rng = rng_of(seed, family.name, index)
        language = LANGUAGES[(index + rng_of(seed, family.name).randrange(6)) % 6]
        bodies = _ordered(rng, family, draw_for(rng, family, stock), language)
        members = tuple(_shown(rng, family, printed(rng, bodies, language)))
        body = _bytes(family, _text(rng, family, members, stock, index, language))
        yield TestPage(
            family.name, f"{family.name}-{index}-{language}", body, family.content_type, tuple(m.name for m in members), one_country(bodies)
        )


def draw_for(rng: random.Random, family: Family, stock: Stock) -> tuple[Body, ...]:
    """The bodies of a page; those of the long register where a page is larger than any listing."""
    smallest, largest = family.sizes
    if stock.register and smallest > 1000:
        return tuple({body.name.casefold(): body for body in stock.register}.values())[:largest]
    return draw(rng, stock.listings, Wish(smallest, largest, family.countries == "always", family.plain, family.letters))


def _label(family: Family, body: Body, language: str) -> str:
    if family.group == "letter":
        return str(anyascii(body.name)[0]).upper()
    if family.group == "region":
        return region_of(body.code, language)
    return country_label(body.code, language) if family.group == "country" else ""


def _ordered(rng: random.Random, family: Family, bodies: Sequence[Body], language: str) -> list[Body]:
    """In the order of the page: under its headings, mostly by the alphabet, on some pages as they joined."""
    found = sorted(bodies, key=lambda body: anyascii(body.name).casefold()) if rng.random() < 0.7 or family.group else list(bodies)
    return sorted(found, key=lambda body: _label(family, body, language))


def _shown(rng: random.Random, family: Family, members: Iterator[Member]) -> Iterator[Member]:
    """The members with the name as written and the country where the page prints it."""
    hidden = family.countries == "never" or (family.countries == "sometimes" and rng.random() < 0.4)
    for member in members:
        name = member.name.upper() if family.capitals else member.name
        yield replace(member, name=name, country="" if hidden else member.country)


def _text(rng: random.Random, family: Family, members: Sequence[Member], stock: Stock, index: int, language: str) -> str:
    vary = {key: rng.choice(values) if place else values[index % len(values)] for place, (key, values) in enumerate(family.vary.items())}
    around = surroundings(rng, Given([m.name for m in members], stock.associations, language))
    state = STATES[str(vary["state"])](members, around) if "state" in vary else None
    if family.content_type == "application/json":
        return json.dumps(state, ensure_ascii=bool(index % 2), indent=2 if index % 3 == 0 else None)
    name, labels = pick(rng, "networks", language), functools.partial(_label, family, language=language)
    groups = [(label, list(inside)) for label, inside in groupby(members, key=lambda m: labels(Body(m.name, m.code)))]
    return render(
        family.name,
        lang=language,
        w=words(language),
        n=name,
        title=pick(rng, "member_titles", language),
        intro=pick(rng, "intros", language),
        prose=choices("prose", language),
        members=members,
        groups=groups,
        v=vary,
        d=around,
        state=state,
        hex=lambda length: f"{rng.getrandbits(4 * length):0{length}x}",
    )


def _bytes(family: Family, text: str) -> bytes:
    if "windows-1252" in family.content_type:
        return text.encode("cp1252", "xmlcharrefreplace")
    return text.encode()
