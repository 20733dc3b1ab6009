"""What one generated page is about: a network, its members as printed, and the towns that the rest of the page names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from anyascii import anyascii

from reading_pages import Listing, Row, folded
from reading_pages.dev.words import COUNTRY_FORMS, LANGUAGES, country, country_names, word

NETWORKS = (
    "Cities for Inclusion", "Open Towns Alliance", "Netzwerk Offene Städte", "Réseau des villes hospitalières", "Red de Ciudades Abiertas",
    "Rete dei Comuni accoglienti", "Sieć Miast Otwartych", "Urban Welcome Charter", "Arrival Towns Forum", "Coalition of Bridge Cities",
)  # fmt: skip
ONE_COUNTRY = {"seebruecke": "DE", "eccar_germany": "DE", "rpci": "PT", "reci": "ES", "unesco_gnlc_france": "FR", "staedte": "DE"}
"""Networks of one country whose lists print none."""
NOT_LISTED = ("cemr",)
"""Associations under their acronyms: nothing says that they are members of a network of cities."""
REGISTER = 2_000
"""Rows from which a listing is a register: it is read as a whole and lends its names to no other page."""
AWKWARD = (
    ("Halle (Saale)", "DE"), ("Washington, DC", "US"), ("Kara - Commune de Kozah 1", "TG"), ("Barcelona (área metropolitana)", "ES"),
    ("Lyon Métropole", "FR"), ("Frankfurt (Oder)", "DE"), ("Newcastle upon Tyne", "GB"), ("L'Hospitalet de Llobregat", "ES"),
    ("Rotterdam–The Hague Metropolitan Area", "NL"), ("Derry City and Strabane", "GB"), ("Stadt Aurich", "DE"), ("Biel/Bienne", "CH"),
    ("Ville de Bruxelles - Stad Brussel", "BE"), ("Comune di Reggio nell'Emilia", "IT"), ("Berlin-Neukölln", "DE"), ("İzmir", "TR"),
    ("Lagoa, Açores", "PT"), ("Lampedusa e Linosa", "IT"), ("Kraków", "PL"), ("’s-Hertogenbosch", "NL"), ("Bærum kommune", "NO"),
)  # fmt: skip
NOT_CITIES = (
    ("Region Hannover", "DE"), ("Landkreis Göttingen", "DE"), ("Greater Manchester Combined Authority", "GB"),
    ("Diputació de Barcelona", "ES"),
    ("Region Skåne", "SE"), ("Association of Finnish Municipalities", "FI"), ("University of Gdańsk", "PL"), ("Val-de-Marne", "FR"),
    ("Île-de-France", "FR"), ("Regione Toscana", "IT"), ("Emilia-Romagna Region", "IT"), ("Kilifi County", "KE"),
    ("Freistaat Bayern", "DE"),
    ("Junta de Andalucía", "ES"), ("Union of Cyprus Municipalities", "CY"), ("Bruxelles-Capitale", "BE"), ("Province of Limburg", "NL"),
    ("Uusimaa Regional Council", "FI"), ("Conseil départemental de la Gironde", "FR"), ("Technische Universität Dresden", "DE"),
)  # fmt: skip
SIZES = (6, 8, 11, 15, 24, 24, 40, 60, 60, 110, 180, 260, 400)


@dataclass(frozen=True, slots=True)
class Member:
    """One member as the page prints it. country, kind: in the page's form and language, "" where it prints none."""

    name: str
    iso: str
    country: str
    kind: str
    year: str
    population: str
    slug: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The content of one page. country: the one ISO code of all members, "" for many. towns: names for the rest of the page."""

    language: str
    network: str
    members: tuple[Member, ...]
    country: str
    towns: tuple[str, ...]
    chance: Random

    def say(self, key: str, **filled: str) -> str:
        """A text of words.csv in the page's language."""
        return word(self.language, key, **filled)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(member.name for member in self.members)


def subject(listings: Sequence[Listing], chance: Random, *, at_most: int = 400, without: str = "", placed: bool = False) -> Subject:
    """A page's content, drawn from the listings.

    without: a pattern that no name may hold ("," where a comma parts the names); placed: each member has a country.
    """
    pool = _pool(listings)
    country_code = chance.choice(("DE", "FR", "IT", "ES", "PT")) if chance.random() < 0.15 else ""

    def fits(row: Row) -> bool:
        return not (without and re.search(without, row.name)) and bool(row.iso or not placed)

    rows = [row for row in _drawn(listings, pool, chance, country_code) if fits(row)][:at_most]
    if len(rows) < SIZES[0]:
        rows += chance.sample([row for row in pool if fits(row) and row.iso == (country_code or row.iso)], SIZES[0])
    if chance.random() < 0.5:
        extra = [Row(name, "", iso, "") for name, iso in (*AWKWARD, *NOT_CITIES)]
        fitting = [row for row in extra if row.iso in (country_code or row.iso) and fits(row)]
        rows += chance.sample(fitting, min(len(fitting), max(1, len(rows) // 8)))
    rows = list({row.name.casefold(): row for row in rows}.values())
    if chance.random() < 0.8:
        rows.sort(key=lambda row: anyascii(row.name).casefold())
    language, form = chance.choice(LANGUAGES), chance.choice(COUNTRY_FORMS)
    if country_code and not placed and chance.random() < 0.6:
        form = "none"
    members = tuple(_member(row, language, form, chance) for row in rows)
    return Subject(language, chance.choice(NETWORKS), members, country_code, _towns(listings, chance), chance)


def register(listing: Listing, listings: Sequence[Listing], chance: Random) -> Subject:
    """All rows of a listing as long as a register, those of one name and country once; the towns beside them are of the others."""
    rows = {(row.name.casefold(), row.iso): row for row in listing.rows}.values()
    language = chance.choice(LANGUAGES)
    members = tuple(_member(row, language, "name", chance) for row in rows)
    return Subject(language, chance.choice(NETWORKS), members, "", _towns(listings, chance), chance)


def by_country(s: Subject) -> list[tuple[str, tuple[Member, ...]]]:
    """The members under the countries as headings, by country; every member must have a country."""
    codes = sorted({member.iso for member in s.members}, key=lambda code: country(code, s.language))
    form = s.chance.choice(("name", "name", "english", "upper"))
    return [(country(code, s.language, form), tuple(m for m in s.members if m.iso == code)) for code in codes]


def by_letter(s: Subject) -> list[tuple[str, tuple[Member, ...]]]:
    """The members under their first letters."""
    first = {member: (anyascii(member.name).lstrip("'\"‘’ ")[:1] or "#").upper() for member in s.members}
    return [(letter, tuple(m for m in s.members if first[m] == letter)) for letter in sorted(set(first.values()))]


def _pool(listings: Sequence[Listing]) -> list[Row]:
    """Every row of the listings once, under the country of the first that prints one."""
    found: dict[str, Row] = {}
    for listing in listings:
        if len(listing.rows) >= REGISTER:
            continue
        own = next((iso for name, iso in ONE_COUNTRY.items() if listing.listing_id.startswith(name)), "")
        for row in listing.rows if not listing.listing_id.startswith(NOT_LISTED) else ():
            known = Row(row.name, row.country, row.iso or own, row.kind)
            if row.name not in found or (known.iso and not found[row.name].iso):
                found[row.name] = known
    return list(found.values())


def _towns(listings: Sequence[Listing], chance: Random) -> tuple[str, ...]:
    """Sixty names of one word each."""
    words = {row.name for row in _pool(listings) if re.fullmatch(r"[^\W\d]+", row.name)}
    return tuple(chance.sample(sorted(words - country_names()), 60))


def _drawn(listings: Sequence[Listing], pool: Sequence[Row], chance: Random, country_code: str) -> list[Row]:
    """The members of one network, or a mixture as large as one of SIZES, or those of one country."""
    by_name = {row.name: row for row in pool}
    if country_code:
        same = [row for row in pool if row.iso == country_code]
        return chance.sample(same, min(len(same), chance.choice(SIZES)))
    whole = [listing for listing in listings if 10 <= len(listing.rows) < REGISTER and not listing.listing_id.startswith(NOT_LISTED)]
    if chance.random() < 0.45:
        return [by_name[row.name] for row in chance.choice(whole).rows]
    # States are members of one partnership only.
    cities = [row for row in pool if row.name not in country_names()]
    return chance.sample(cities, min(len(cities), chance.choice(SIZES)))


def _member(row: Row, language: str, form: str, chance: Random) -> Member:
    kind = word(language, chance.choice(("full", "full", "full", "associate", "partner")))
    population = f"{chance.randrange(4, 2_000) * 1000 + chance.randrange(1000):,}".replace(",", "," if language == "en" else ".")
    printed = country(row.iso, language, form) if form != "none" else ""
    slug = re.sub(r"[^a-z0-9]+", "-", anyascii(row.name).casefold()).strip("-")
    return Member(folded(row.name), row.iso, printed, kind, str(chance.randrange(2004, 2027)), population, slug)
