"""What stands on a page beside its members: news, events, offices, partners, boards... as content, without markup."""

from collections.abc import Callable
from dataclasses import dataclass

from reading_pages.dev.subject import Subject
from reading_pages.dev.words import EUROPE, country

PARTNERS = (
    "European Commission", "Council of Europe", "UN-Habitat", "Open Society Foundations", "Robert Bosch Stiftung", "UNHCR", "OECD",
    "Migration Policy Group", "Fondazione Cariplo", "King Baudouin Foundation", "International Organization for Migration", "ECRE",
    "Committee of the Regions", "Stiftung Mercator", "Fundación La Caixa", "Institute for Urban Studies", "Caritas Europa", "ICMPD",
)  # fmt: skip
SISTERS = (
    "Eurocities", "Intercultural Cities", "Energy Cities", "ICORN", "Rainbow Cities Network", "Cittaslow", "Metropolis",
    "Solidarity Cities",
    "Cities Coalition for Digital Rights", "Union of the Baltic Cities", "MedCities", "ECCAR", "City of Sanctuary", "ICLEI", "POLIS",
)  # fmt: skip
STREETS = ("Hauptstraße 12", "Rue de la Loi 34", "Calle Mayor 5", "Via Roma 21", "ul. Długa 7", "12 Market Street", "Square de Meeûs 1")
TOPICS = ("Housing", "Language", "Labour market", "Anti-racism", "Education", "Health", "Participation", "Asylum", "Culture", "Funding")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. extra: the smaller text beside it (a date, a role); image: its picture's alternative text."""

    text: str
    href: str = ""
    extra: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Entries under a heading ("" for none). role: what it is, as class names say it; as_table: two columns; note: a text before them."""

    role: str
    heading: str
    items: tuple[Item, ...]
    note: str = ""
    as_table: bool = False


def news(s: Subject) -> Block:
    """Teasers that name towns."""
    kinds = ("news_hosts", "news_report", "news_visit", "news_award")
    items = []
    for number in range(s.chance.randrange(3, 8)):
        city, other, third = s.chance.sample(s.towns, 3)
        text = s.say(s.chance.choice(kinds), city=city, other=other, third=third)
        items.append(Item(text, f"/news/{number + 100}", _date(s), image=city if number % 2 else ""))
    return Block("news", s.say("news"), tuple(items))


def events(s: Subject) -> Block:
    """Meetings with a date and a town."""
    kinds = ("event_meeting", "event_training")
    named = [Item(f"{s.say(s.chance.choice(kinds))}, {town}", f"/events/{town.casefold()}", _date(s)) for town in _some(s, 3, 7)]
    bare = [Item(town, f"/events/{town.casefold()}", _date(s)) for town in _some(s, 3, 6)]
    return Block("events", s.say("events"), tuple(bare if s.chance.random() < 0.3 else named))


def offices(s: Subject) -> Block:
    """Addresses of the secretariat."""
    town = [f"{s.chance.randrange(1000, 99_999):05} {town}" for town in _some(s, 1, 4)]
    return Block("contact address", s.say("address"), tuple(Item(s.chance.choice(STREETS), "", place) for place in town))


def partners(s: Subject) -> Block:
    """Organisations, as logos or names."""
    names = s.chance.sample(PARTNERS, s.chance.randrange(4, 10))
    logos = s.chance.random() < 0.6
    return Block(
        "partners logos", s.say("partners"), tuple(Item("" if logos else name, "#", image=name if logos else "") for name in names)
    )


def sisters(s: Subject) -> Block:
    """Other networks."""
    return Block("related", s.say("related"), tuple(Item(name, f"/n/{i}") for i, name in enumerate(s.chance.sample(SISTERS, 6))))


def board(s: Subject) -> Block:
    """Members that hold an office; some of the list, some not."""
    towns = [*s.chance.sample(s.names, min(len(s.names) // 3, s.chance.randrange(2, 6))), *_some(s, 1, 2)]
    roles = ("chair", "vice_chair", "treasurer", "board", "board", "board", "board")
    return Block("board committee", s.say("board"), tuple(Item(town, "", s.say(role)) for town, role in zip(towns, roles, strict=False)))


def newest(s: Subject) -> Block:
    """The last to join: a few of the list once more."""
    few = s.chance.sample(s.members, min(3, len(s.members) // 3 + 1))
    return Block("newest", s.say("newest"), tuple(Item(member.name, f"/members/{member.slug}", member.year) for member in few))


def former(s: Subject) -> Block:
    """Those that left."""
    return Block("former", s.say("former"), tuple(Item(town, "", str(s.chance.randrange(2009, 2025))) for town in _few_others(s)))


def applicants(s: Subject) -> Block:
    """Those that want to join."""
    return Block("applicants", s.say("applicants"), tuple(Item(town) for town in _few_others(s)))


def guides(s: Subject) -> Block:
    """Links to other people's pages on towns."""
    return Block("guides links", s.say("guides"), tuple(Item(town, f"https://guides.example/{town.casefold()}") for town in _few_others(s)))


def visited(s: Subject) -> Block:
    """Towns in a sentence."""
    return Block("visited", s.say("visited"), (), note=", ".join(_few_others(s)) + ".")


def quotes(s: Subject) -> Block:
    """What mayors say, with their town."""
    said = tuple(Item(f"“{s.say('quote')}”", "", f"{s.say('mayor')}, {town}") for town in _some(s, 2, 4))
    return Block("testimonials quote", s.say("testimonials"), said)


def fees(s: Subject) -> Block:
    """A table of fees by size of town."""
    sizes = ("< 20 000", "20 000 – 100 000", "100 000 – 500 000", "> 500 000")
    rows = tuple(Item(size, "", f"{500 * (i + 1)} €") for i, size in enumerate(sizes))
    return Block("fees", s.say("fees"), rows, as_table=True)


def statistics(s: Subject) -> Block:
    """Members counted by country."""
    codes = s.chance.sample(EUROPE, s.chance.randrange(5, 20))
    rows = tuple(Item(country(code, s.language), "", str(s.chance.randrange(1, 40))) for code in codes)
    return Block("statistics", s.say("statistics"), rows, as_table=s.chance.random() < 0.7)


def jobs(s: Subject) -> Block:
    """Vacancies with the town of work."""
    return Block("jobs", s.say("jobs"), tuple(Item(s.say("job"), "/jobs", town) for town in _some(s, 1, 4)))


def tags(s: Subject) -> Block:
    """Topics of the site."""
    return Block("tags cloud", s.say("tags"), tuple(Item(t, f"/tag/{t.casefold()}") for t in s.chance.sample(TOPICS, 8)))


def publications(s: Subject) -> Block:
    """Reports."""
    titles = tuple(Item(f"{s.chance.choice(TOPICS)}: {s.network} {year}", f"/pub/{year}.pdf", "PDF, 2 MB") for year in range(2019, 2025))
    return Block("publications", s.say("publications"), titles)


def social(s: Subject) -> Block:
    """Links to social networks."""
    return Block(
        "social", s.say("follow"), tuple(Item(name, f"https://{name.casefold()}.example") for name in ("LinkedIn", "Mastodon", "YouTube"))
    )


def donors(s: Subject) -> Block:
    """Who pays."""
    return Block("funded", s.say("funded"), tuple(Item("", "#", image=name) for name in s.chance.sample(PARTNERS, 3)))


def places_on_map(s: Subject) -> Block:
    """The few places that a map's legend names."""
    return Block("map legend", s.say("map"), tuple(Item(town) for town in _few_others(s)))


ALL: tuple[Callable[[Subject], Block], ...] = (
    news, events, offices, partners, sisters, board, newest, former, applicants, guides, visited, quotes, fees, statistics, jobs, tags,
    publications, social, donors, places_on_map,
)  # fmt: skip


def _some(s: Subject, at_least: int, at_most: int) -> list[str]:
    return s.chance.sample(s.towns, s.chance.randrange(at_least, at_most + 1))


def _few_others(s: Subject) -> list[str]:
    """Towns that are no members, fewer than half as many as there are members."""
    members = set(s.names)
    others = [town for town in s.towns if town not in members]
    return s.chance.sample(others, min(len(others), max(2, min(len(s.members) // 3, s.chance.randrange(2, 8)))))


def _date(s: Subject) -> str:
    day, month, year = s.chance.randrange(1, 29), s.chance.randrange(1, 13), s.chance.randrange(2022, 2027)
    return f"{day} {month:02} {year}" if s.language == "fr" else f"{day:02}.{month:02}.{year}"
