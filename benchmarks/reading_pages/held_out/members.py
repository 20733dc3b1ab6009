"""The members a page prints, drawn from the listings: how many, of which kinds, in which order, with what beside the name."""

import csv
import functools
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

from reading_pages import Listing

from .words import choices, country_label, printed_date

FOLDER = Path(__file__).parent
NOT_OF_PLACES = "cemr"  # a listing of associations alone: no list of cities, but it serves as a list of partner organisations
NORTH, WEST = {"DK", "SE", "NO", "FI", "IS", "EE", "LV", "LT", "GB", "IE"}, {"BE", "NL", "LU", "FR", "DE", "AT", "CH"}
SOUTH, EAST = (
    {"ES", "PT", "IT", "GR", "CY", "MT", "HR", "SI", "TR", "AL", "ME", "MK", "XK"},
    {"PL", "CZ", "SK", "HU", "RO", "BG", "UA", "MD", "RS", "BA", "RU", "GE", "AM"},
)
NATIONAL = 0.15  # share of the pages whose members lie in one country
STREETS = ("Rathausplatz", "Rue de la Loi", "Via Garibaldi", "Plaza Mayor", "High Street", "Storgata", "ul. Długa", "Keizersgracht")
IN_A_SENTENCE = re.compile(r"[,;()/|·•]| (?:and|und|et|y|e|i) | [–—-] ")


@dataclass(frozen=True, slots=True)
class Body:
    """A member as the listings have it. code: ISO 3166-1 alpha-2, "" where the listing prints no country."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member as a page prints it. population: inhabitants, invented; latitude and longitude: degrees, invented."""

    name: str
    code: str
    country: str
    flag: str
    slug: str
    number: int
    year: int
    date: str
    kind: str
    population: int
    latitude: float
    longitude: float
    street: str
    noted: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What a template author needs. countries: every member has one; plain: no name that commas or an "and" would cut;
    letters: how a name in Greek or Cyrillic letters is printed, "" for the names of the listings."""

    smallest: int
    largest: int
    countries: bool
    plain: bool = False
    letters: str = ""
    others: bool = True


@functools.cache
def _bodies(file: str, name: str) -> tuple[Body, ...]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return tuple(Body(name.format(**row), row["country"]) for row in csv.DictReader(lines))


def of_listing(listing: Listing) -> tuple[Body, ...]:
    """The different names of a listing."""
    bodies: dict[str, Body] = {}
    for row in listing.rows:
        bodies.setdefault(row.name.casefold(), Body(row.name, row.iso))
    return tuple(bodies.values())


def usable(listings: Sequence[Listing]) -> list[tuple[Body, ...]]:
    """The listings that name places, largest last."""
    kept = [of_listing(listing) for listing in listings if not listing.listing_id.startswith(NOT_OF_PLACES)]
    return sorted((bodies for bodies in kept if bodies), key=lambda bodies: (len(bodies), bodies[0].name))


def associations(listings: Sequence[Listing]) -> tuple[str, ...]:
    """The names of a listing of associations; none where none was given."""
    return tuple(body.name for listing in listings if listing.listing_id.startswith(NOT_OF_PLACES) for body in of_listing(listing))


def _fits(body: Body, wish: Wish) -> bool:
    return (bool(body.code) or not wish.countries) and not (wish.plain and IN_A_SENTENCE.search(body.name))


def draw(rng: random.Random, listings: list[tuple[Body, ...]], wish: Wish) -> tuple[Body, ...]:
    """The bodies of a page: of one listing where it is large enough, else of several; sometimes with bodies that are no city."""
    count = round(rng.triangular(wish.smallest, wish.largest, wish.smallest + (wish.largest - wish.smallest) / 4))
    if wish.letters:
        pool = list(_bodies("local_names.csv", wish.letters))
    else:
        fitting = [[body for body in bodies if _fits(body, wish)] for bodies in listings]
        alone = [bodies for bodies in fitting if len(bodies) >= count]
        pool = rng.choice(alone) if alone else _merged(rng, fitting, count)
        pool = _of_one_country(rng, pool, wish) if rng.random() < NATIONAL else pool
    chosen = rng.sample(pool, min(count, len(pool)))
    if wish.others and rng.random() < 0.5:
        chosen += _no_cities(rng, chosen, wish)
    return tuple({body.name.casefold(): body for body in chosen}.values())


def _of_one_country(rng: random.Random, pool: list[Body], wish: Wish) -> list[Body]:
    """The bodies of one country, as a national branch lists them; all where no country has enough."""
    counts = Counter(body.code for body in pool if body.code)
    enough = sorted(code for code, count in counts.items() if count >= wish.smallest)
    chosen = rng.choice(enough) if enough else ""
    return [body for body in pool if body.code == chosen] if chosen else pool


def _no_cities(rng: random.Random, chosen: Sequence[Body], wish: Wish) -> list[Body]:
    """Regions, associations and universities among the members, one in twelve; of the same country where there is but one."""
    land = one_country(chosen)
    fitting = [body for body in _bodies("bodies.csv", "{name}") if _fits(body, wish) and land in ("", body.code)]
    return rng.sample(fitting, min(len(fitting), max(1, len(chosen) // 12)))


def _merged(rng: random.Random, fitting: list[list[Body]], count: int) -> list[Body]:
    """Several listings put together until they are enough, each name once."""
    pool: dict[str, Body] = {}
    for bodies in rng.sample(fitting, len(fitting)):
        pool.update({body.name.casefold(): body for body in bodies})
        if len(pool) >= count:
            break
    return list(pool.values())


def one_country(bodies: Sequence[Body]) -> str:
    """The one country of all bodies, "" where there are several or one is unknown."""
    codes = {body.code for body in bodies}
    return codes.pop() if len(codes) == 1 else ""


def slug_of(name: str) -> str:
    """The last part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")


def region_of(code: str, language: str) -> str:
    """The part of the world a page puts a country in."""
    labels = choices("regions", language)
    return next((label for label, codes in zip(labels, (NORTH, WEST, SOUTH, EAST), strict=False) if code in codes), labels[-1])


def _flag(code: str) -> str:
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code)


def printed(rng: random.Random, bodies: Sequence[Body], language: str) -> Iterator[Member]:
    """Each body with what the pages print beside its name; everything but name and country is invented."""
    kinds = choices("kinds", language)
    for number, body in enumerate(bodies, 1):
        year = rng.randint(2004, 2025)
        yield Member(
            name=body.name,
            code=body.code,
            country=country_label(body.code, language),
            flag=_flag(body.code),
            slug=slug_of(body.name),
            number=number,
            year=year,
            date=printed_date(year, rng.randint(1, 12), rng.randint(1, 28), language),
            kind=kinds[rng.random() < 0.2],
            population=rng.randint(3_000, 2_400_000),
            latitude=round(rng.uniform(36, 66), 4),
            longitude=round(rng.uniform(-9, 38), 4),
            street=f"{rng.choice(STREETS)} {rng.randint(1, 180)}",
            noted=rng.random() < 0.12,
        )
