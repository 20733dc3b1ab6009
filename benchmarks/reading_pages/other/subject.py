"""Who the members of a page are: names and countries drawn from the lists at hand, with the rest a site prints of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from reading_pages import Listing, Row

from .words import same_place

EXTRAS = (
    ("Halle (Saale)", "DE"),
    ("Frankfurt (Oder)", "DE"),
    ("Region Hannover", "DE"),
    ("Landkreis Göttingen", "DE"),
    ("Universität Osnabrück", "DE"),
    ("Lyon Métropole", "FR"),
    ("Département de la Seine-Saint-Denis", "FR"),
    ("Communauté urbaine de Dunkerque", "FR"),
    ("Barcelona (área metropolitana)", "ES"),
    ("Diputació de Barcelona", "ES"),
    ("Universidad de Deusto", "ES"),
    ("Provincia autonoma di Trento", "IT"),
    ("Reggio nell'Emilia", "IT"),
    ("Washington, DC", "US"),
    ("Dumfries and Galloway", "GB"),
    ("Derry City and Strabane", "GB"),
    ("London Borough of Lewisham", "GB"),
    ("Kilifi County", "KE"),
    ("Kara - Commune de Kozah 1", "TG"),
    ("Association of Ukrainian Cities", "UA"),
    ("Lagoa, Açores", "PT"),
    ("Metropolia GZM", "PL"),
    ("Związek Miast Polskich", "PL"),
    ("'s-Hertogenbosch", "NL"),
)
SHORTEST = 6
ASSOCIATIONS = "cemr"  # its members are known by their initials: a list of its own, no part of a mixture
KINDS = ("member", "member", "member", "associate", "partner", "observer")
REGIONS = {
    "NE": ("DK", "EE", "FI", "IE", "IS", "LT", "LV", "NO", "SE", "GB"),
    "SE": ("AL", "BA", "CY", "ES", "GR", "HR", "IT", "ME", "MK", "MT", "PT", "RS", "SI", "XK"),
    "EE": ("AM", "BG", "BY", "CZ", "GE", "HU", "MD", "PL", "RO", "RU", "SK", "UA"),
    "WE": ("AT", "BE", "CH", "DE", "FR", "LI", "LU", "MC", "NL"),
    "AM": ("AR", "BO", "BR", "CA", "CL", "CO", "CR", "EC", "HT", "HN", "MX", "PE", "US", "UY"),
    "AF": ("BF", "BJ", "CD", "CI", "CM", "EG", "GA", "GH", "GM", "KE", "MA", "ML", "NG", "RW", "SL", "SN", "TG", "TN", "UG", "ZA", "ZW"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One member as a page may print it; iso and country are "" where the network's list named none."""

    name: str
    iso: str
    kind: str
    year: int
    people: int

    @property
    def region(self) -> str:
        """The part of the world the member lies in, as a key of the words."""
        return next((region for region, codes in REGIONS.items() if self.iso in codes), "AS")

    @property
    def slug(self) -> str:
        """The name as an address writes it."""
        return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in self.name.lower()).split()) or "member"


@dataclass(frozen=True)
class Pool:
    """All rows at hand: lists as printed, everything mixed, and what one country has."""

    listings: tuple[Listing, ...]
    register: tuple[Row, ...]

    @cached_property
    def placed(self) -> tuple[Row, ...]:
        """Every row whose country is known, a name once."""
        extras = [Row(name, iso, iso, "member") for name, iso in EXTRAS]
        printed = [row for one in self.listings if ASSOCIATIONS not in one.listing_id for row in one.rows]
        return unique(row for row in (*printed, *extras) if row.iso)

    @cached_property
    def towns(self) -> tuple[str, ...]:
        """Names that read well in a sentence."""
        return tuple(row.name for row in self.placed if row.name.replace("-", "").isalpha() and not row.name[:3].isupper())

    @cached_property
    def nations(self) -> dict[str, tuple[Row, ...]]:
        """The rows of each country that has enough of them for a national network."""
        found = {iso: tuple(row for row in self.placed if row.iso == iso) for iso in sorted({row.iso for row in self.placed})}
        return {iso: rows for iso, rows in found.items() if len(rows) >= 2 * SHORTEST}


def pool_of(listings: Sequence[Listing]) -> Pool:
    """The pool of the lists; a list of thousands is a register, which only pages of that size draw from."""
    usual = tuple(one for one in listings if SHORTEST <= len(one.rows) < 1000)
    registers = [one.rows for one in listings if len(one.rows) >= 1000]
    return Pool(usual, unique(row for rows in registers for row in rows))


def unique(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows without a second one of the same place; a footnote mark is no part of a name."""
    found: dict[str, Row] = {}
    for row in rows:
        name = row.name.rstrip("* ")
        found.setdefault(same_place(name), Row(name, row.country, row.iso, row.kind))
    return tuple(found.values())


def drawn(pool: Pool, random: Random, placed: bool) -> tuple[list[Row], str]:
    """The rows of one page and their one country, if they share one that a caller would name; placed: each needs a country."""
    how = random.choice(("as printed", "mixed", "mixed", "mixed", "one country"))
    if how == "one country":
        iso = random.choice(list(pool.nations))
        rows = pool.nations[iso]
        return random.sample(rows, random.randint(len(rows) // 2, len(rows))), iso
    fitting = [one for one in pool.listings if not placed or all(row.iso for row in one.rows)]
    if how == "as printed" and fitting:
        return list(unique(random.choice(fitting).rows)), ""
    size = round(SHORTEST * (400 / SHORTEST) ** random.triangular(0, 1, 0.7))
    return random.sample(pool.placed, min(size, len(pool.placed) * 2 // 3)), ""


def members(rows: Iterable[Row], random: Random) -> list[Member]:
    """The rows with year, kind and population as a site would have them."""
    return [
        Member(row.name, row.iso, random.choice(KINDS), random.randint(1994, 2026), round(8 * 200 ** random.random()) * 1000)
        for row in rows
    ]


def others(pool: Pool, taken: Iterable[Member], random: Random, count: int) -> list[str]:
    """Names of cities that are not members of the page's network: former members, applicants, places in the news."""
    names = {same_place(member.name) for member in taken}
    left = [name for name in pool.towns if same_place(name) not in names]
    return random.sample(left, min(count, len(left)))
