"""Who the members of a page are: drawn from the member lists of real networks."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from reading_pages import Listing, Row

from .words import countries

REGISTER = "municipalities"
NOT_OF_CITIES = ("cemr", "ua_partnership", "partnership_inclusion")
ONE_COUNTRY = {"seebruecke": "DE", "staedte_sicherer": "DE"}
OTHER_BODIES = (
    Row("Region Skåne", "Sweden", "SE", "partner"),
    Row("Provincia di Torino", "Italy", "IT", "partner"),
    Row("Diputació de Barcelona", "Spain", "ES", "partner"),
    Row("Universität Osnabrück", "Germany", "DE", "associate"),
    Row("Cork County Council", "Ireland", "IE", "partner"),
    Row("Association of Finnish Municipalities", "Finland", "FI", "associate"),
    Row("Landkreis Göttingen", "Germany", "DE", "member"),
    Row("Comunidade Intermunicipal do Oeste", "Portugal", "PT", "partner"),
    Row("Conseil départemental de la Seine-Saint-Denis", "France", "FR", "associate"),
    Row("Województwo Pomorskie", "Poland", "PL", "partner"),
)
SPARE_TOWNS = (
    "Leuven", "Aalborg", "Jena", "Ostrava", "Trieste", "Coimbra", "Granada", "Limoges", "Opole", "Szeged", "Varna", "Linz",
    "Kaunas", "Tartu", "Split", "Trondheim", "Fribourg", "Cork", "Dundee", "Iași", "Larissa", "Namur", "Kuopio", "Osijek",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One member as a page prints it. country: in the language of the page, "" where the page names none."""

    name: str
    country: str
    iso: str
    year: int
    kind: str
    people: int

    @property
    def slug(self) -> str:
        """The name as an address writes it."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        return "-".join("".join(c if c.isalnum() else " " for c in plain).split()) or "m"

    @property
    def letter(self) -> str:
        """The capital that the name is filed under."""
        return unicodedata.normalize("NFKD", self.name)[0].upper()


@dataclass(frozen=True, slots=True)
class Pool:
    """The lists to draw from: networks with their own rows, every row with a country, the long register.

    towns: names that several lists have, for the text around the members.
    """

    networks: tuple[Listing, ...]
    everyone: tuple[Row, ...]
    register: tuple[Row, ...]
    towns: tuple[str, ...]


def pool_of(listings: Sequence[Listing]) -> Pool:
    """The lists of city networks of at least six different names."""
    ordered = sorted(listings, key=lambda one: (one.listing_id, [(row.name, row.country, row.kind) for row in one.rows]))
    cities = [Listing(one.listing_id, _settled(one)) for one in ordered if not one.listing_id.startswith((*NOT_OF_CITIES, REGISTER))]
    everyone = _unique(row for one in cities for row in one.rows if row.iso in countries("en"))
    register = _unique(row for one in ordered if one.listing_id == REGISTER for row in one.rows)
    often = Counter(row.name for one in cities for row in one.rows)
    return Pool(tuple(one for one in cities if len(one.rows) >= 6), everyone, register, tuple(sorted(n for n in often if often[n] > 2)))


def draw(pool: Pool, size: str, random: Random, *, placed: bool) -> tuple[Row, ...]:
    """The rows of one page. size: small, middle, large, whole or register; placed: each row has a country the page can name."""
    if size == "register":
        return pool.register or pool.everyone
    if size == "one_country":
        return _of_one_country(pool, random)
    if size == "whole":
        return tuple(random.sample(pool.everyone, min(random.randint(260, 400), len(pool.everyone))))
    least, most = {"small": (6, 14), "middle": (15, 60), "large": (61, 240)}[size]
    fit = [rows for one in pool.networks if least <= len(rows := _placed(one.rows) if placed else one.rows) <= most]
    rows = random.choice(fit) if fit else pool.everyone[:most]
    if placed and len({row.iso for row in rows}) > 2:
        rows = _unique((*rows, *random.sample(OTHER_BODIES, random.randint(0, 3))))
    return rows


def elsewhere(pool: Pool, rows: Iterable[Row], random: Random, count: int) -> list[str]:
    """Names of cities that are not among the rows."""
    taken = {row.name.casefold() for row in rows}
    free = [name for name in dict.fromkeys((*pool.towns, *SPARE_TOWNS)) if name.casefold() not in taken]
    return random.sample(free, min(count, len(free)))


def members(rows: Sequence[Row], language: str, random: Random, *, with_countries: bool) -> list[Member]:
    """The rows with what the page tells of each."""
    named = countries(language)
    return [
        Member(
            name=row.name,
            country=named.get(row.iso, row.country) if with_countries else "",
            iso=row.iso,
            year=random.randint(1998, 2025),
            kind="associate" if row in OTHER_BODIES or random.random() < 0.2 else "full",
            people=int(10 ** random.uniform(4, 6.2)),
        )
        for row in rows
    ]


def _settled(listing: Listing) -> tuple[Row, ...]:
    known = next((iso for start, iso in ONE_COUNTRY.items() if listing.listing_id.startswith(start)), "")
    return _unique(Row(row.name, row.country, row.iso or known, row.kind) for row in listing.rows)


def _of_one_country(pool: Pool, random: Random) -> tuple[Row, ...]:
    if pool.register and random.random() < 0.6:
        country = random.choice(sorted({row.iso for row in pool.register}))
        rows = [row for row in pool.register if row.iso == country]
        return tuple(random.sample(rows, min(random.randint(40, 320), len(rows))))
    return random.choice([one.rows for one in pool.networks if len({row.iso for row in one.rows}) == 1 and one.rows[0].iso])


def _placed(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.iso in countries("en"))


def _unique(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple({row.name.casefold(): row for row in rows}.values())
