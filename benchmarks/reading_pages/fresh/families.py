"""The ten families of pages with a member list, each drawn in four sizes by its own template."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reading_pages import TestPage

from .subject import Member, Pool, cities_beside, drawn
from .words import LANGUAGES, PARTNERS, chrome, country_name

SIZES = ((6, 10), (18, 45), (50, 110), (140, 300))
PAGES_EACH = 4
JSON = "application/json"
HTML = "text/html; charset=utf-8"
CONJUNCTIONS = tuple(f" {word} " for word in ("and", "und", "et", "y", "e", "i"))
ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


@dataclass(frozen=True, slots=True)
class Family:
    """countries: whether its pages print them (None: some do); apart: signs that part names there and so stand in none."""

    name: str
    countries: bool | None = None
    apart: tuple[str, ...] = ()


FAMILIES = (
    Family("builder_columns"),
    Family("node_grid"),
    Family("portlet_table"),
    Family("country_frames", countries=True),
    Family("layout_tables", apart=("(",)),
    Family("slashed_lines", countries=True, apart=("/",)),
    Family("carousel_twice", countries=False),
    Family("inline_map"),
    Family("api_answer"),
    Family("region_sentences", apart=(",", ";", ".", *CONJUNCTIONS)),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A member as a template writes it. since, people: a year and a number of inhabitants for tables; lat, lon: degrees, made up."""

    name: str
    country: str
    iso: str
    region: int
    since: int
    people: int
    lat: float
    lon: float


def shown(random: Random, member: Member, language: str, with_countries: bool) -> Shown:
    """The member with the figures of its row; its country in the page's language, "" on pages that print none."""
    country = country_name(member.iso, language) if with_countries else ""
    return Shown(
        member.name,
        country,
        member.iso if with_countries else "",
        member.region,
        random.randint(1996, 2025),
        random.randint(9, 4000) * 1000,
        round(random.uniform(35, 64), 4),
        round(random.uniform(-9, 40), 4),
    )


def page_country(members: Sequence[Member], with_countries: bool) -> str:
    """The one country of all members where the page itself prints none, else ""."""
    isos = {member.iso for member in members}
    return isos.pop() if len(isos) == 1 and not with_countries else ""


def api_answer(page: dict[str, Any]) -> str:
    """What an interface answers that a front end draws the list from: paged records, facets and news beside them."""
    around = page["around"]
    records = [
        {
            "uuid": f"{number:08x}-c17",
            "attributes": {
                "label": {"value": m.name, "lang": around.language},
                "joined": m.since,
                **({"land": m.country} if m.country else {}),
            },
            "links": {"self": f"/api/v2/participants/{number}"},
        }
        for number, m in enumerate(page["members"], 1)
    ]
    teasers = [{"headline": title, "place": city} for title, city in zip(around.news, around.cities, strict=False)]
    facets = [{"key": country, "n": number} for number, country in enumerate(around.countries, 1)]
    answer = {
        "status": "ok",
        "facets": {"countries": facets},
        "participants": {"total": len(records), "items": records},
        "teasers": teasers,
    }
    return json.dumps(answer, ensure_ascii=page["variant"] == 1)


def pages_of_family(number: int, family: Family, pool: Pool, seed: int) -> Iterator[TestPage]:
    """The pages of the family, one of each size, in other languages than its neighbours."""
    for variant in range(PAGES_EACH):
        random = Random(f"{seed} {family.name} {variant}")
        with_countries = variant % 2 == number % 2 if family.countries is None else family.countries
        members = drawn(random, pool, random.randint(*SIZES[variant]), with_countries, family.apart)
        yield page_of(
            random, family, variant, members, with_countries, LANGUAGES[(number + variant) % 6], cities_beside(random, pool, members)
        )


def page_of(
    random: Random, family: Family, variant: int, members: Sequence[Member], with_countries: bool, language: str, cities: list[str]
) -> TestPage:
    """One page of the family that lists the members, with the cities given in what stands around the list."""
    around = chrome(random, language, cities)
    page: dict[str, Any] = {
        "members": [shown(random, member, language, with_countries) for member in members],
        "around": around,
        "w": around.words,
        "h": around.words["heads"],
        "title": around.words["titles"][variant],
        "newest": [member.name for member in random.sample(members, min(3, len(members)))],
        "partners": random.sample(PARTNERS, 5),
        "variant": variant,
    }
    is_json = family.name == "api_answer"
    body = api_answer(page) if is_json else ENVIRONMENT.get_template(f"{family.name}.j2").render(page)
    truth = tuple(member.name for member in members)
    kind = JSON if is_json else HTML
    return TestPage(family.name, f"{family.name}-{variant}", body.encode(), kind, truth, page_country(members, with_countries))
