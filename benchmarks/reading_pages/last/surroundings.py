"""What stands around a list: news, events, offices, boards, partners and other text that names cities which are no members."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from reading_pages import Row

from .subject import Member, Pool
from .words import LANGUAGES, lands

PEOPLE = (
    "Anna Keller",
    "Marc Dubois",
    "Lucía Ortega",
    "Piotr Nowak",
    "Giulia Ferri",
    "Tom Hughes",
    "Eva Lindqvist",
    "João Matos",
    "Mehmet Aydın",
)
STREETS = ("Rue Belliard 12", "Rosenstraße 4", "Via Garibaldi 31", "Calle Mayor 8", "ul. Długa 17", "Market Street 102", "Keizersgracht 55")
PARTNERS = (
    "European Commission",
    "Council of Europe",
    "UNESCO",
    "Open Society Foundations",
    "UN-Habitat",
    "Robert Bosch Stiftung",
    "Fondation de France",
    "Migration Policy Group",
    "University of Utrecht",
    "International Organization for Migration",
    "Caritas",
    "OECD",
)
NETWORKS = (
    "Eurocities",
    "ICORN",
    "Energy Cities",
    "Cittaslow",
    "Metropolis",
    "Mayors Migration Council",
    "Rainbow Cities Network",
    "Climate Alliance",
)
SITES = ("Facebook", "LinkedIn", "Instagram", "YouTube", "Mastodon", "X")
NAMES_OF_LANGUAGES = ("English", "Deutsch", "Français", "Español", "Italiano", "Polski")


def surroundings(pool: Pool, random: Random, language: str, word: Mapping[str, Any], members: Sequence[Member]) -> dict[str, Any]:
    """The pieces a page may be framed with, by name; the same for the same random state."""
    others = _others(pool, random, members)
    cities = [row.name for row in random.sample(pool.cities, min(40, len(pool.cities)))]
    return {
        "network": random.choice(word["network"]),
        "intro": random.sample(word["intro"], 3),
        "nav": _navigation(word),
        "news": [(headline(word, random, cities), date(word, random)) for _ in range(6)],
        "events": [(random.choice(word["topics"]), random.choice(cities), date(word, random)) for _ in range(5)],
        "offices": _offices(pool, random, language),
        "partners": random.sample(PARTNERS, 7),
        "networks": random.sample(NETWORKS, 5),
        "board": list(zip(random.sample(PEOPLE, 5), _roles(word), random.sample(cities, 5), strict=True)),
        "people": random.sample(PEOPLE, 6),
        "visited": random.sample(cities, 6),
        "former": [row.name for row in others[:3]],
        "applicants": [row.name for row in others[3:5]],
        "newest": [member.name for member in random.sample(members, min(3, len(members)))],
        "quotes": list(zip(random.sample(PEOPLE, 2), random.sample(cities, 2), strict=True)),
        "guides": random.sample(cities, 4),
        "countries": sorted(land.names[language] for land in lands().values())[:44],
        "stats": [(land.names[language], random.randint(1, 40)) for land in random.sample(list(lands().values()), 8)],
        "languages": list(zip(LANGUAGES, NAMES_OF_LANGUAGES, strict=True)),
        "social": random.sample(SITES, 4),
        "cities": cities,
    }


def date(word: Mapping[str, Any], random: Random) -> str:
    """A date as the language writes it."""
    return f"{random.randint(1, 28)} {random.choice(word['months'])} {random.randint(2019, 2026)}"


def headline(word: Mapping[str, Any], random: Random, cities: Sequence[str]) -> str:
    """A headline that names a city or two."""
    city, other = random.sample(cities, 2)
    return str(random.choice(word["headlines"])).format(city=city, other=other)


def _others(pool: Pool, random: Random, members: Sequence[Member]) -> list[Row]:
    names = {member.name for member in members}
    left = [row for row in pool.cities if row.name not in names] or list(pool.cities)
    return random.sample(left, min(5, len(left)))


def _navigation(word: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The menu: a label and the labels below it."""
    return [
        (word["about"], [word["history"], word["board"], word["staff"], word["fees"]]),
        (word["members"], [word["member_cities"], word["join"], word["map"]]),
        (word["projects"], word["topics"][:4]),
        (word["news"], [word["press"], word["events"], word["publications"]]),
        (word["contact"], []),
    ]


def _roles(word: Mapping[str, Any]) -> list[str]:
    return [word[role] for role in ("president", "vice", "vice", "treasurer", "member")]


def _offices(pool: Pool, random: Random, language: str) -> list[tuple[str, str, str, str]]:
    """Street, postcode, city and country of several offices."""
    places = random.sample(pool.cities, min(len(STREETS), len(pool.cities)))
    streets = random.sample(STREETS, len(places))
    return [
        (street, str(random.randint(1_000, 99_999)), row.name, lands()[row.iso].names[language])
        for street, row in zip(streets, places, strict=True)
    ]
