"""How the members stand on a network's page: spelling, order and form of the countries, which change without any news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from citynet.places.legal_forms import without_legal_form
from citynet.places.normalise import normalise
from simulation.truth import Body

COUNTRY_FORMS = ("name", "code", "eu_code")
EU_CODES = {"GB": "UK", "GR": "EL"}
AFFIXES = {
    **dict.fromkeys(("DE", "AT", "CH"), "Stadt {}"),
    **dict.fromkeys(("FR", "BE"), "Ville de {}"),
    **{"IT": "Comune di {}", "ES": "Ayuntamiento de {}", "PT": "Município de {}", "NL": "Gemeente {}", "PL": "Miasto {}"},
}
RESPELLINGS = ("exonyms", "affixes", "dashes", "capitals", "country_forms", "spaces")
"""Of these a site turns from one to another; each but exonyms changes all names alike."""


@dataclass(frozen=True, slots=True)
class Row:
    """A printed member. place_id: whom the simulation means by it; "" for somebody who is no member here."""

    place_id: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a page prints just now. names: place_id -> a name of its own that was respelt or changed; manner: one of RESPELLINGS or ""."""

    country_form: str
    order: int
    manner: str = ""
    names: tuple[tuple[str, str], ...] = ()


def rows(style: Style, bodies: Sequence[Body]) -> list[Row]:
    """The members as the page prints them, in its order."""
    own = dict(style.names)
    made = [Row(b.place_id, spelt(own.get(b.place_id, b.name), b.country, style.manner), country(b.country, style)) for b in bodies]
    made.sort(key=lambda row: (row.name, row.place_id))
    if style.order:
        Random(style.order).shuffle(made)
    return made


def spelt(name: str, country_code: str, manner: str) -> str:
    """The name in the page's manner. One that bears a legal form keeps it alone: in Poland the town and the gmina are two bodies."""
    if manner == "affixes" and (name[0].islower() or without_legal_form(normalise(name), country_code)):
        return name
    if manner == "affixes":
        return AFFIXES.get(country_code, "City of {}").format(name)
    if manner == "dashes":
        return name.replace("-", "\u2013")
    if manner == "capitals":
        return name.upper() if "ß" not in name else name
    return f" {name.replace(' ', chr(160))} " if manner == "spaces" else name


def country(code: str, style: Style) -> str:
    """The country as the page prints it, "" where it prints none."""
    form = style.country_form
    if form in ("", "code"):
        return code if form else ""
    return EU_CODES.get(code, code) if form == "eu_code" else _english()[code]


@cache
def _english() -> Mapping[str, str]:
    from babel import Locale

    return dict(Locale.parse("en").territories)


def reordered(style: Style, random: Random) -> Style:
    """The same members in another order."""
    return replace(style, order=random.randint(1, 1 << 30))


def respelt(style: Style, bodies: Sequence[Body], random: Random) -> tuple[Style, str]:
    """The page in another manner, and which: whole, or single names by others that the gazetteer knows of the places."""
    manner = random.choice([m for m in RESPELLINGS if m != style.manner and (m != "country_forms" or style.country_form)])
    if manner == "country_forms":
        return replace(style, country_form=random.choice([f for f in COUNTRY_FORMS if f != style.country_form])), manner
    if manner != "exonyms":
        return replace(style, manner=manner), manner
    share = random.choice((0.03, 0.1, 0.3))
    names = dict(style.names)
    for body in bodies:
        others = [key for key in body.others if len(key) > 3 and key.title() != body.name]
        if others and random.random() < share:
            names[body.place_id] = random.choice(others).title()
    return replace(style, names=tuple(sorted(names.items()))), manner
