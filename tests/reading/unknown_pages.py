"""Small pages that no rules were written for, and what the auto reader says of them."""

from functools import cache
from pathlib import Path

from citynet.pipelines.auto import known
from citynet.places.gazetteer import load_gazetteer
from citynet.reading.auto import read_auto

GAZETTEER = Path(__file__).parents[2] / "include" / "gazetteer"
HTML, JSON = "text/html; charset=utf-8", "application/json"
TWELVE = ("Aarhus", "Bilbao", "Bologna", "Ghent", "Graz", "Leipzig", "Lublin", "Malmö", "Nantes", "Porto", "Tampere", "Utrecht")
COUNTRIES = dict(
    zip(
        TWELVE,
        ("Denmark", "Spain", "Italy", "Belgium", "Austria", "Germany", "Poland", "Sweden", "France", "Portugal", "Finland", "Netherlands"),
        strict=True,
    )
)


@cache
def world():
    """The names of the gazetteer and of the countries, loaded once for all tests."""
    return known(load_gazetteer(GAZETTEER))


def auto(body, content_type=HTML):
    return read_auto(body if isinstance(body, bytes) else body.encode("utf-8"), content_type, world())


def page(inside, title="Free Ports", heading="Our member cities"):
    return f"<!doctype html><html><head><title>{title}</title></head><body><h1>{heading}</h1>{inside}</body></html>"


def each(template, names=TWELVE, join=""):
    """The template once a name; it may say name, country and number."""
    return join.join(template.format(name=name, country=COUNTRIES.get(name, ""), number=n) for n, name in enumerate(names, start=1))


def names(found):
    return tuple(member.name for member in found.members)


def pairs(found):
    return {member.name: member.country for member in found.members}
