"""What the fresh pages are about: the members of the listings, and drawing some of them for a page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from reading_pages import Listing

LONGEST_NAME = 60
LONGEST_LISTING = 300
NO_CITY = re.compile(r"[A-Z]{2}|[a-z][A-Z]|Consortium|Commission|Council|Region|County|University")
ELSEWHERE = ("Coimbra", "Trieste", "Bruges", "Tampere", "Graz", "Zadar", "Cork", "Kaunas", "Gdynia", "Murcia", "Lille", "Izmir")
NORTH, WEST, SOUTH, EAST = (
    frozenset(["DK", "FI", "SE", "NO", "IS", "EE", "LV", "LT", "IE", "GB"]),
    frozenset(["FR", "BE", "NL", "LU", "DE", "AT", "CH"]),
    frozenset(["IT", "ES", "PT", "GR", "MT", "CY", "HR", "SI", "AL", "ME", "RS", "BA", "MK", "XK"]),
    frozenset(["PL", "CZ", "SK", "HU", "RO", "BG", "UA", "MD", "RU", "GE"]),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A member as its page shows it. iso: ISO 3166-1 code of its country, "" where the listing has none."""

    name: str
    iso: str

    @property
    def region(self) -> int:
        """Which of the regions of words.yaml it lies in: north, west, south, east of Europe, or the rest."""
        return next((number for number, isos in enumerate((NORTH, WEST, SOUTH, EAST)) if self.iso in isos), 4)


@dataclass(frozen=True, slots=True)
class Pool:
    """single: each listing's members; joined: those of all listings, a name once."""

    single: tuple[tuple[Member, ...], ...]
    joined: tuple[Member, ...]


def _once(members: Iterable[Member]) -> tuple[Member, ...]:
    found: dict[str, Member] = {}
    for member in members:
        known = found.setdefault(member.name.casefold(), member)
        if member.iso and not known.iso:
            found[member.name.casefold()] = member
    return tuple(found.values())


def pool_of(listings: Sequence[Listing]) -> Pool:
    """The members of the listings as pages print them: without footnote marks, without the few names as long as a sentence."""
    single = tuple(
        _once(Member(row.name.rstrip("* "), row.iso) for row in listing.rows if 1 < len(row.name) <= LONGEST_NAME) for listing in listings
    )
    return Pool(single, tuple(sorted(_once(member for members in single for member in members), key=lambda member: member.name)))


def drawn(random: Random, pool: Pool, size: int, with_countries: bool, apart: Sequence[str] = ()) -> tuple[Member, ...]:
    """Some `size` members without any of the signs that part names on the page; half of the pages show one listing where one fits."""

    def usable(members: Sequence[Member]) -> list[Member]:
        fitting = [m for m in members if not any(sign in m.name for sign in apart)]
        return [m for m in fitting if m.iso] if with_countries else fitting

    fitting = [found for members in pool.single if size <= len(found := usable(members)) <= min(2 * size, LONGEST_LISTING)]
    whole = bool(fitting) and random.random() < 0.5
    source = random.choice(fitting) if whole else usable(pool.joined) or usable([Member(name, "FR") for name in ELSEWHERE])
    found = list(source) if whole else random.sample(source, min(size, len(source)))
    return tuple(sorted(found, key=lambda member: member.name.casefold()) if random.random() < 0.7 else found)


def cities_beside(random: Random, pool: Pool, shown: Sequence[Member]) -> list[str]:
    """Names for news, events and offices: of cities that are no members of the page's list."""
    taken = {member.name.casefold() for member in shown}
    others = [
        m.name for m in pool.joined if m.name.casefold() not in taken and m.iso and m.name.count(" ") < 2 and not NO_CITY.search(m.name)
    ]
    found = list(
        dict.fromkeys([*random.sample(others, min(24, len(others))), *(name for name in ELSEWHERE if name.casefold() not in taken)])
    )
    random.shuffle(found)
    return found
