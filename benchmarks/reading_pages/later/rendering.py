"""A page from its template and site, with its truth."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reading_pages import TestPage

from .families import Family
from .site import Site, site_of
from .subject import Member, Pool, draw

CONTENT_TYPES = {"html": "text/html; charset={}", "json": "application/json; charset={}"}


def pages_of_family(family: Family, pool: Pool, seed: int) -> Iterator[TestPage]:
    """The pages of one family, one for each of its sizes."""
    for number, size in enumerate(family.sizes, 1):
        random = Random(f"{seed}/later/{family.name}/{number}")
        rows = [r for r in draw(pool, size, random, placed=family.placed) if family.commas or "," not in r.name]
        site = site_of(rows, family.group, pool, random, placed=family.placed)
        text = rendered(f"{family.name}.{family.ending}", site, family.encoding)
        yield TestPage(
            family=family.name,
            name=f"later-{family.name}-{number}",
            body=text.encode(family.encoding, "xmlcharrefreplace"),
            content_type=CONTENT_TYPES[family.ending].format(family.encoding),
            truth=tuple(member.name for member in site.members),
            country=_country(site.members),
        )


def rendered(template: str, site: Site, encoding: str = "utf-8", **more: object) -> str:
    """The text of a template filled with all that the site has."""
    values = {name: getattr(site, name) for name in Site.__slots__}
    return _environment().get_template(template).render(values, encoding=encoding, **more)


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    found = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.filters["thousands"] = lambda number, mark=" ": f"{number:,}".replace(",", mark)
    found.filters["key"] = lambda text: re.sub(r"\W+", "-", text.lower()).strip("-")
    return found


def _country(members: Sequence[Member]) -> str:
    isos = {member.iso for member in members}
    return isos.pop() if len(isos) == 1 else ""
