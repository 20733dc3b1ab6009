"""What stands around a list of members and is none: news, events, offices, boards, partners, former members, languages."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from .members import STREETS
from .words import choices, country_labels, pick, printed_date, sample, words

TOWNS = (
    "Utrecht",
    "Bologna",
    "Leipzig",
    "Tampere",
    "Porto",
    "Gdańsk",
    "Nantes",
    "Bilbao",
    "Graz",
    "Malmö",
    "Ljubljana",
    "Cork",
    "Geneva",
    "Oslo",
    "Prague",
)
TOWNS_ABROAD = ("Kampala", "Montréal", "Medellín", "Tunis", "Amman", "Freetown", "Seattle", "Dhaka", "Busan", "Durban")
FUNDERS = (
    "European Union",
    "Council of Europe",
    "UNHCR",
    "IOM",
    "Open Society Foundations",
    "Robert Bosch Stiftung",
    "Stavros Niarchos Foundation",
    "UN-Habitat",
    "Migration Policy Group",
    "ICMC Europe",
)
NETWORKS = (
    "Eurocities",
    "ICLEI",
    "UCLG",
    "CEMR",
    "Energy Cities",
    "Polis",
    "Metropolis",
    "ICORN",
    "Cittaslow",
    "Platforma",
    "Rainbow Cities Network",
)
LANGUAGE_NAMES = ("English", "Deutsch", "Français", "Español", "Italiano", "Polski", "Nederlands", "Português", "Svenska", "Ελληνικά")
MEDIA = ("Facebook", "LinkedIn", "Instagram", "YouTube", "Mastodon", "Bluesky")


@dataclass(frozen=True, slots=True)
class Item:
    """One teaser, event, office, vacancy or statement. town: the place it names, which makes no member of it."""

    title: str
    town: str
    date: str
    line: str
    slug: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The distractors of a page. Each is there for the template to use, in its own markup; few templates use all."""

    news: tuple[Item, ...]
    events: tuple[Item, ...]
    offices: tuple[Item, ...]
    jobs: tuple[Item, ...]
    quotes: tuple[Item, ...]
    board: tuple[Item, ...]
    former: tuple[str, ...]
    applicants: tuple[str, ...]
    newest: tuple[str, ...]
    partners: tuple[str, ...]
    related: tuple[str, ...]
    associations: tuple[str, ...]
    tags: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    media: tuple[str, ...]
    stats: tuple[tuple[str, int], ...]
    fees: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What the distractors are made from: towns that may be named, names of members, associations of a listing."""

    members: Sequence[str]
    associations: Sequence[str]
    language: str


def surroundings(rng: random.Random, given: Given) -> Surroundings:
    """Distractors as a page of that language would have them; they name members and strangers alike, as real ones do."""
    towns = [*sample(rng, TOWNS, 8), *sample(rng, given.members, 4)]
    strangers = [town for town in (*TOWNS, *TOWNS_ABROAD) if town not in given.members]
    language = given.language
    return Surroundings(
        news=tuple(_news(rng, towns, language) for _ in range(rng.randint(3, 6))),
        events=tuple(_event(rng, towns, language) for _ in range(rng.randint(2, 5))),
        offices=tuple(_office(rng, town) for town in sample(rng, TOWNS, rng.randint(1, 4))),
        jobs=tuple(_of_town(rng, "jobs", town, language) for town in sample(rng, TOWNS, 2)),
        quotes=tuple(_of_town(rng, "quotes", town, language) for town in sample(rng, towns, rng.randint(1, 2))),
        board=tuple(_seat(place, town, language) for place, town in enumerate(sample(rng, towns, rng.randint(3, 6)))),
        former=tuple(sample(rng, strangers, rng.randint(2, 4))),
        applicants=tuple(sample(rng, strangers[::-1], rng.randint(2, 3))),
        newest=tuple(sample(rng, given.members, 3)),
        partners=tuple(sample(rng, FUNDERS, rng.randint(4, 8))),
        related=tuple(sample(rng, NETWORKS, rng.randint(4, 8))),
        associations=tuple(sample(rng, given.associations, 6)),
        tags=choices("tags", language),
        countries=country_labels(language),
        languages=tuple(LANGUAGE_NAMES[: rng.randint(2, len(LANGUAGE_NAMES))]),
        media=tuple(sample(rng, MEDIA, 4)),
        stats=tuple((label, rng.randint(1, 60)) for label in sample(rng, country_labels(language), rng.randint(5, 9))),
        fees=tuple((f"{low:,} - {2 * low:,}", rng.randint(3, 60) * 100) for low in (5_000, 50_000, 250_000, 1_000_000)),
    )


def _date(rng: random.Random, language: str) -> str:
    return printed_date(rng.randint(2019, 2026), rng.randint(1, 12), rng.randint(1, 28), language)


def _news(rng: random.Random, towns: Sequence[str], language: str) -> Item:
    town, other = rng.sample(list(towns), 2)
    title = pick(rng, "news", language).format(city=town, other=other)
    return Item(title, town, _date(rng, language), pick(rng, "prose", language), f"news-{rng.randint(100, 9999)}")


def _event(rng: random.Random, towns: Sequence[str], language: str) -> Item:
    town = rng.choice(list(towns))
    return Item(
        pick(rng, "events", language), town, _date(rng, language), f"{town}, {_date(rng, language)}", f"event-{rng.randint(100, 9999)}"
    )


def _office(rng: random.Random, town: str) -> Item:
    street = f"{rng.choice(STREETS)} {rng.randint(1, 200)}"
    return Item(street, town, "", f"{rng.randint(1000, 98000)} {town}", f"office-{rng.randint(1, 99)}")


def _of_town(rng: random.Random, key: str, town: str, language: str) -> Item:
    return Item(pick(rng, key, language), town, _date(rng, language), f"{pick(rng, key, language)} ({town})", f"{key}-{rng.randint(1, 99)}")


def _seat(place: int, town: str, language: str) -> Item:
    role = words(language)["vice" if place else "chair"]
    return Item(role, town, "", f"{town} ({role})", f"seat-{place}")
