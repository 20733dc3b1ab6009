"""Who stands on a page: members drawn from the member lists, with what a network prints beside a name."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from reading_pages import Listing, Row

from .words import FOLDER, lands

REGISTER = 1_000  # members from which on a page is a register: all municipalities
KINDS = ("full", "full", "full", "associate", "partner")
LEFT_OUT = ("cemr",)  # lists of acronyms


@dataclass(frozen=True, slots=True)
class Member:
    """One member as printed. iso: "" where its country is not known; kind: a key of the words."""

    name: str
    iso: str
    kind: str
    year: int
    population: int
    slug: str


@dataclass(frozen=True, slots=True)
class Pool:
    """What all pages are drawn from. cities: names for the text around a list; bodies: members that are no cities."""

    lists: tuple[tuple[Row, ...], ...]
    by_country: dict[str, tuple[Row, ...]]
    register: tuple[Row, ...]
    bodies: tuple[Row, ...]
    cities: tuple[Row, ...]


def pool_of(listings: Sequence[Listing]) -> Pool:
    """The member lists sorted for drawing: whole, by country, and as one register."""
    used = [listing for listing in listings if not listing.listing_id.startswith(LEFT_OUT)]
    lists = tuple(_once(row for row in listing.rows if "*" not in row.name) for listing in used if len(listing.rows) < REGISTER)
    register = _once(row for listing in used if len(listing.rows) >= REGISTER for row in listing.rows)
    by_country: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _once((*(row for rows in lists for row in rows), *register)):
        by_country[row.iso].append(row)
    cities = _once(row for rows in lists for row in rows if row.iso in lands() and re.fullmatch(r"[\w’'-]+", row.name))
    return Pool(lists, {iso: tuple(rows) for iso, rows in by_country.items() if iso in lands()}, register, _bodies(), cities)


def draw(pool: Pool, random: Random, size: int, *, countries: bool, plain: bool, one_country: bool) -> list[Member]:
    """About `size` members; countries: only those whose country is known; plain: no name with a comma or dash set in spaces."""
    fits = [rows for rows in (_usable(rows, countries, plain) for rows in _choices(pool, size, one_country)) if len(rows) >= 6]
    enough = [rows for rows in fits if len(rows) >= 0.8 * size] or [max(fits, key=len)]
    chosen = list(random.choice(enough))
    rows = chosen if len(chosen) <= 1.2 * size else random.sample(chosen, size)
    if size < REGISTER and random.random() < 0.6:
        rows = [*rows, *_guests(pool, random, rows, plain)]
    return [_member(row, random) for row in rows]


def unaccented(text: str) -> str:
    """The text in lower case without its accents, to sort by."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _choices(pool: Pool, size: int, one_country: bool) -> Iterable[Sequence[Row]]:
    if one_country:
        return pool.by_country.values()
    if size >= REGISTER and pool.register:
        return (pool.register,)
    return (*pool.lists, _once(row for rows in sorted(pool.lists, key=len)[-3:] for row in rows))


def _usable(rows: Sequence[Row], countries: bool, plain: bool) -> tuple[Row, ...]:
    known = (row for row in rows if row.iso in lands() or not countries)
    return tuple(row for row in known if not (plain and re.search(r"[,;/]| [-–] ", row.name)))


def _guests(pool: Pool, random: Random, rows: Sequence[Row], plain: bool) -> list[Row]:
    """A few members that are no cities, of countries that the page has."""
    there, names = {row.iso for row in rows}, {row.name for row in rows}
    fits = [row for row in _usable(pool.bodies, True, plain) if row.iso in there and row.name not in names]
    return random.sample(fits, min(len(fits), random.randint(1, 4)))


def _once(rows: Iterable[Row]) -> tuple[Row, ...]:
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(unaccented(row.name), row)
    return tuple(found.values())


def _member(row: Row, random: Random) -> Member:
    slug = re.sub(r"\W+", "-", unaccented(row.name)).strip("-")
    return Member(row.name, row.iso, random.choice(KINDS), random.randint(1994, 2025), random.randint(60, 9_000) * 100, slug)


def _bodies() -> tuple[Row, ...]:
    with (FOLDER / "bodies.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Row(row["name"], row["iso"], row["iso"], "member") for row in csv.DictReader(lines))
