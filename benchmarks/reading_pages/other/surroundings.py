"""What a site prints around its members: menus, news, dates, people, partners, offices, figures."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from .subject import Member, Pool, others
from .words import country_name, states, words

NETWORKS = (
    ("ARC", "Alliance of Receiving Cities"),
    ("OpenTowns", "Open Towns Europe"),
    ("CoWel", "Communities of Welcome"),
    ("ILR", "Inclusive Local Regions"),
    ("NETMIG", "Network of Municipalities on Migration"),
    ("Harbour21", "Harbour 21"),
    ("LGEN", "Local Governments for Equality"),
    ("PontCités", "Pont des Cités"),
)
PARTNERS = (
    "European Commission",
    "Council of Europe",
    "UNHCR",
    "IOM",
    "Open Society Foundations",
    "Robert Bosch Stiftung",
    "Caritas Europa",
    "Red Cross EU Office",
    "Migration Policy Group",
    "UCLG",
    "Eurocities",
    "ICMPD",
    "Fondazione Cariplo",
    "King Baudouin Foundation",
)
PEOPLE = (
    "Ingrid Solheim",
    "Marek Zieliński",
    "Aoife Byrne",
    "Jordi Ferrer",
    "Claire Dumont",
    "Stefan Hübner",
    "Elena Marchetti",
    "Nikos Pappas",
    "Hélène Girard",
    "Tomás Ribeiro",
    "Sanna Virtanen",
    "Ruth Adler",
    "Dragan Ilić",
    "Mette Holm",
)
OFFICES = (
    ("Rue de la Loi 82", "1040", "Brussels"),
    ("Lindenstraße 14", "60325", "Frankfurt am Main"),
    ("Carrer d'Avinyó 15", "08002", "Barcelona"),
    ("12 rue Gambetta", "67000", "Strasbourg"),
    ("Via Galliera 9", "40121", "Bologna"),
    ("ul. Długa 44", "31-147", "Kraków"),
    ("Karl Johans gate 3", "0154", "Oslo"),
    ("Herengracht 221", "1016 BG", "Amsterdam"),
)
GUIDES = ("Porto", "Prague", "Vienna", "Naples", "Dubrovnik", "Seville", "Bruges", "Tallinn", "Split", "Edinburgh")


def surroundings(pool: Pool, found: Sequence[Member], language: str, random: Random) -> dict[str, Any]:
    """Everything a template may print that is not the list itself."""
    t = words(language)
    outside = others(pool, found, random, 24)
    cities = outside + random.sample(read := [member.name for member in found if member.name in pool.towns], min(len(read), 12))
    short, long = random.choice(NETWORKS)
    return {
        "lang": language,
        "t": t,
        "w": t["w"],
        "short": short,
        "long": long,
        "host": short.lower().encode("ascii", "ignore").decode() + random.choice((".eu", ".org", ".net")),
        "title": random.choice(t["members"]),
        "intro": random.choice(t["intro"]).format(n=len(found)),
        "country": lambda iso: country_name(iso, language),
        "newest": random.sample(found, min(3, len(found))),
        "former": outside[:3],
        "applicants": outside[3:6],
        "tour": outside[6:14],
        "guides": random.sample(GUIDES, 5),
        "cities": cities,
        "chance": [random.random() < 0.5 for _ in range(8)],
        "stats": [
            (country_name(iso, language), n, 500 + 250 * (n % 5)) for iso, n in Counter(m.iso for m in found if m.iso).most_common(9)
        ],
    } | _chatter(t, language, cities, random)


def _chatter(t: dict[str, Any], language: str, cities: Sequence[str], random: Random) -> dict[str, Any]:
    def named(text: str) -> str:
        a, b, c = random.sample(cities, 3)
        return text.format(a=a, b=b, c=c)

    def date() -> str:
        day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(2023, 2026)
        return f"{day:02}.{month:02}.{year}" if language in ("de", "pl") else f"{day:02}/{month:02}/{year}"

    people = random.sample(PEOPLE, 10)
    return {
        "news": [(date(), named(text)) for text in random.sample(t["news"], 5)],
        "events": [(date(), random.choice(cities), text) for text in random.sample(t["events"], 5)],
        "board": [(person, t["roles"][min(n, 3)], random.choice(cities)) for n, person in enumerate(people[:6])],
        "quotes": [(person, t["roles"][4], random.choice(cities)) for person in people[6:9]],
        "partners": random.sample(PARTNERS, 7),
        "offices": random.sample(OFFICES, 3),
        "states": states(language),
        "body": [named(text) for text in random.sample(t["body"], 3)],
        "today": date(),
    }
