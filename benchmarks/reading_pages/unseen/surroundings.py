"""What stands around a member list: news, events, offices, partners, boards and other places where cities are named."""

from collections.abc import Sequence
from random import Random
from typing import Any, Final

from .subject import Member, Pool
from .words import countries, country_name, words

NETWORKS: Final = ("Open Gates", "Bridges", "Harbour Towns", "Civic Alliance", "Ponti", "Passerelles", "Brücken", "Puentes", "Mosty")
PARTNERS: Final = ("European Commission", "Open Society Fund", "Fondation de l'Europe", "Bosch Stiftung", "Migration Policy Group", "OECD")
STREETS: Final = ("Rue de la Loi 28", "Marktplatz 1", "Via Roma 14", "Calle Mayor 3", "ul. Długa 7", "High Street 110")
OFFICES: Final = ("Brussels", "Berlin", "Roma", "Madrid", "Warszawa", "London")
LANGUAGE_NAMES: Final = ("English", "Deutsch", "Français", "Español", "Italiano", "Polski")


def surroundings(pool: Pool, members: Sequence[Member], language: str, rng: Random) -> dict[str, Any]:
    """The words of the language and distractors for one page; former and visited cities are none of its members."""
    taken = {member.name.casefold() for member in members}
    strangers = [member.name for member in pool.joined if member.name.casefold() not in taken]
    named = [member.name for member in pool.joined]
    text = words()[language]
    few = min(5, max(2, len(members) // 4))
    return {
        "w": text,
        "lang": language,
        "site": rng.choice(NETWORKS),
        "intro": rng.choice(text["intros"]),
        "news": [_filled(item, named, rng) for item in rng.sample(text["news_items"], 3)],
        "article": [_filled(item, named, rng) for item in text["article"] * 2],
        "events": _events(text["event_titles"], named, rng),
        "offices": list(zip(STREETS, OFFICES, strict=True))[: rng.randint(1, 3)],
        "partners": rng.sample(PARTNERS, 4),
        "board": _filled(text["board_text"], named, rng),
        "jobs": [(title, rng.choice(named)) for title in text["job_titles"]],
        "quote_city": rng.choice(named),
        "newest": [member.name for member in rng.sample(list(members), few)] if members else [],
        "strangers": rng.sample(strangers, min(few, len(strangers))),
        "cities": rng.sample(named, min(30, len(named))),
        "countries": sorted(country_name(iso, language) for iso in countries()),
        "languages": LANGUAGE_NAMES,
        "numbers": [rng.randrange(40, 9000) for _ in range(60)],
    }


def _events(titles: Sequence[str], named: Sequence[str], rng: Random) -> list[dict[str, str]]:
    return [
        {"date": f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.2026", "title": title, "city": rng.choice(named)}
        for title in rng.sample(list(titles), 3)
    ]


def _filled(sentence: str, named: Sequence[str], rng: Random) -> str:
    """The sentence with cities in the places of {a}, {b} and {c}."""
    a, b, c = rng.sample(list(named), 3)
    return sentence.format(a=a, b=b, c=c)
