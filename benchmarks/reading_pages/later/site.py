"""What stands around the members on a site: the network itself, its news, events, offices, partners, board and former members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from reading_pages import Row

from .subject import Member, Pool, elsewhere, members
from .words import LANGUAGES, MONTHS, countries, words

PEOPLE = (
    "Marta Kowalczyk", "Jonas Lindqvist", "Ana Beltrán", "Giulia Ferrante", "Thomas Ebner", "Claire Moreau", "Ilse de Wit",
    "Nikos Pappas", "Henrik Dahl", "Sofia Marques", "Petra Novotná", "Emre Aydın", "Aoife Byrne", "Luca Conti", "Katrin Vogel",
)  # fmt: skip
STREETS = (
    "Rue du Trône 98",
    "Kronprinzstraße 12",
    "Via San Marco 7",
    "Calle Mayor 41",
    "12 Castle Street",
    "ul. Długa 44",
    "Stationsplein 3",
)
PARTNERS = (
    "European Commission", "UN-Habitat", "Council of Europe", "King Baudouin Foundation", "UNHCR", "Robert Bosch Stiftung",
    "University of Leiden", "Open Society Foundations", "OECD", "Migration Policy Group", "Compagnia di San Paolo", "URBACT",
)  # fmt: skip
REGIONS: Mapping[str, tuple[str, ...]] = {
    "north": ("DK", "EE", "FI", "IS", "LT", "LV", "NO", "SE", "IE", "GB"),
    "west": ("AT", "BE", "CH", "DE", "FR", "LU", "NL"),
    "south": ("CY", "ES", "GR", "IT", "MT", "PT"),
    "east": ("AL", "BA", "BG", "CZ", "HR", "HU", "MD", "ME", "MK", "PL", "RO", "RS", "SI", "SK", "UA", "GE"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of news or an event with its date and place."""

    title: str
    date: str
    place: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody and the city the page puts beside the name."""

    name: str
    place: str
    role: str


@dataclass(frozen=True, slots=True)
class Site:
    """All that a template can print. v: switches that make the pages of one family differ."""

    lang: str
    t: Mapping[str, str]
    network: str
    acronym: str
    host: str
    members: Sequence[Member]
    groups: Sequence[tuple[str, Sequence[Member]]]
    intro: str
    news: Sequence[Item]
    events: Sequence[Item]
    offices: Sequence[tuple[str, str]]
    partners: Sequence[str]
    board: Sequence[Person]
    quote: Person
    newest: Sequence[Member]
    former: Sequence[str]
    applying: Sequence[str]
    countries: Mapping[str, str]
    languages: Sequence[str] = LANGUAGES
    v: Mapping[str, bool] = field(default_factory=dict)


def site_of(rows: Sequence[Row], group: str, pool: Pool, random: Random, *, placed: bool) -> Site:
    """A site of a network with these members, all else made up around them."""
    lang = random.choice((*LANGUAGES, "en", "en"))
    t = words(lang)
    with_countries = placed or (all(row.iso for row in rows) and len({row.iso for row in rows}) > 1 and random.random() < 0.7)
    listed = _sorted(members(rows, lang, random, with_countries=with_countries), random)
    name = random.choice(("name1", "name2", "name3", "name4"))
    own = [row.name for row in rows if row.name in pool.towns]
    cities = [*random.sample(own, min(6, len(own))), *elsewhere(pool, rows, random, 14)]
    random.shuffle(cities)
    others = elsewhere(pool, rows, random, 12)
    return Site(
        lang=lang,
        t=t,
        network=t[name],
        acronym="".join(word[0] for word in words("en")[name].split() if word[0].isupper()),
        host=f"www.{''.join(c for c in words('en')[name].lower() if c.isalpha())[:14]}.{random.choice(('eu', 'org', 'net'))}",
        members=listed,
        groups=groups(listed, group, t),
        intro=t["intro"].format(n=t[name], k=len(listed)),
        news=[Item(t[f"news{i}"].format(c=cities[i], d=cities[i + 4]), _date(lang, random), cities[i]) for i in (1, 2, 3, 4)],
        events=[Item(t["event"].format(c=c), _date(lang, random), c) for c in cities[9:12]],
        offices=list(zip(random.sample(STREETS, 2), cities[12:14], strict=True)),
        partners=random.sample(PARTNERS, 6),
        board=[Person(p, c, t["mayor"].format(c=c)) for p, c in zip(random.sample(PEOPLE, 4), cities[:4], strict=True)],
        quote=Person(random.choice(PEOPLE), cities[5], t["quote"].format(c=cities[5])),
        newest=random.sample(listed, min(3, len(listed))),
        former=others[:4],
        applying=others[4:7],
        countries=countries(lang),
        v={key: random.random() < 0.5 for key in ("years", "counts", "logos", "links", "people", "iso", "filters", "extra", "numbers")},
    )


def groups(listed: Sequence[Member], group: str, t: Mapping[str, str]) -> list[tuple[str, list[Member]]]:
    """The members below their headings; one run without a heading where there is no grouping."""
    found: dict[str, list[Member]] = {}
    for member in listed:
        found.setdefault(_heading(member, group, t), []).append(member)
    return sorted(found.items()) if group in ("country", "letter") else list(found.items())


def _heading(member: Member, group: str, t: Mapping[str, str]) -> str:
    if group == "region":
        return t[next((region for region, isos in REGIONS.items() if member.iso in isos), "world")]
    return {"country": member.country, "letter": member.letter, "kind": t.get(member.kind, ""), "": ""}[group]


def _sorted(listed: list[Member], random: Random) -> list[Member]:
    order = random.choice(("name", "name", "country", "year"))
    return sorted(listed, key=lambda m: {"name": m.slug, "country": f"{m.country}{m.slug}", "year": f"{m.year}{m.slug}"}[order])


def _date(lang: str, random: Random) -> str:
    day, month, year = random.randint(1, 28), random.choice(MONTHS[lang]), random.randint(2022, 2026)
    return f"{day}. {month} {year}" if lang == "de" else f"{day} {month} {year}"
