"""Whose list a generated page shows: members drawn from real member lists, as one listing, one country's or several joined."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from reading_pages import Listing, Row

from .words import FOLDER, countries

SIZES: Final = (6, 9, 14, 21, 30, 45, 70, 110, 170, 260, 400)
FEWEST: Final = 6
LONGEST_NAME: Final = 60
NOT_PLAIN: Final = re.compile(r"[*;]|\s-\s(?!Commune)")  # footnote marks and the kinds that Energy Cities writes behind a name


@dataclass(frozen=True, slots=True)
class Member:
    """One member as its page may print it; iso "" where no list says the country."""

    name: str
    iso: str


@dataclass(frozen=True, slots=True)
class Pool:
    """What pages are made of. single: whole listings; joined: all members whose country is known; bodies: non-city members."""

    single: tuple[tuple[Member, ...], ...]
    joined: tuple[Member, ...]
    bodies: tuple[Member, ...]

    def national(self) -> dict[str, list[Member]]:
        """The members of each country that has enough of them for a page."""
        found: dict[str, list[Member]] = {}
        for member in self.joined:
            found.setdefault(member.iso, []).append(member)
        return {iso: members for iso, members in sorted(found.items()) if len(members) >= FEWEST}


def pool_of(listings: Sequence[Listing]) -> Pool:
    """The pool of the listings; national associations printed as letters (CEMR) and municipal registers are left out."""
    cities = [listing for listing in listings if not listing.listing_id.startswith(("cemr", "municipalities"))]
    single = [_distinct(_members(listing.rows)) for listing in cities]
    joined = _distinct(member for members in single for member in members if member.iso)
    with (FOLDER / "bodies.csv").open(encoding="utf-8", newline="") as lines:
        bodies = tuple(Member(row["name"], row["iso"]) for row in csv.DictReader(lines))
    return Pool(tuple(members for members in single if len(members) >= FEWEST), joined, bodies)


def draw(pool: Pool, number: int, rng: Random) -> tuple[Member, ...]:
    """The members of a family's page: by its number one whole listing, many joined, one country's, or a few joined."""
    plan = number % 4
    if plan == 0:
        return rng.choice(pool.single)
    if plan == 2:
        members = rng.choice(list(pool.national().values()))
        return _with_bodies(members[: rng.choice(SIZES)], pool, rng)
    size = rng.choice(SIZES[6:] if plan == 1 else SIZES[:6])
    return _with_bodies(rng.sample(pool.joined, min(size, len(pool.joined))), pool, rng)


def one_country(members: Sequence[Member]) -> str:
    """The one country of all members, "" where they have several or it is not known."""
    found = {member.iso for member in members}
    return found.pop() if len(found) == 1 else ""


def _with_bodies(members: Sequence[Member], pool: Pool, rng: Random) -> tuple[Member, ...]:
    """The members and, of the countries they come from, up to three that are no cities."""
    isos = {member.iso for member in members}
    fitting = [body for body in pool.bodies if body.iso in isos]
    return _distinct([*members, *rng.sample(fitting, min(3, len(fitting)))])


def _members(rows: Iterable[Row]) -> Iterable[Member]:
    known = countries()
    return (Member(row.name, row.iso if row.iso in known else "") for row in rows if _plain(row.name))


def _plain(name: str) -> bool:
    return len(name) <= LONGEST_NAME and not NOT_PLAIN.search(name)


def _distinct(members: Iterable[Member]) -> tuple[Member, ...]:
    """Each name once: joined lists write one city with and without accents, and "&" for "and"."""
    found: dict[str, Member] = {}
    for member in members:
        found.setdefault(unaccented(member.name).replace("&", "and"), member)
    return tuple(found.values())


def unaccented(text: str) -> str:
    """The text in small letters without marks over them, to sort and to make addresses of."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).casefold()
