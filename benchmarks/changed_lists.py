"""Lists with known truth for benchmarks/changes.py: a list as it may be printed later, with bodies lost, gained and printed otherwise."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from identity import misspelt

if TYPE_CHECKING:
    from citynet.pipelines.comparing import ListedName
    from citynet.pipelines.names import Names

LOST, GAINED, OTHERWISE, TWICE = 0.12, 0.12, 0.5, 0.04
"""Shares of the bodies of a list that it loses, gains, prints otherwise and prints twice."""
INVENTED = 0.1
"""Share of the drawn bodies under a name that no place bears, as villages and associations have."""
FORMS = {
    "": ("City of {}", "Municipality of {}", "{} City Council", "{} Municipality"),
    "DE": ("Stadt {}", "Gemeinde {}", "Landeshauptstadt {}", "{} (Stadt)", "{}, Stadt"),
    "AT": ("Stadt {}", "Marktgemeinde {}"),
    "FR": ("Ville de {}", "Commune de {}", "Mairie de {}"),
    "BE": ("Ville de {}", "Stad {}", "Gemeente {}"),
    "NL": ("Gemeente {}",),
    "IT": ("Comune di {}", "Città di {}"),
    "ES": ("Ayuntamiento de {}", "Ajuntament de {}", "{} (Ayuntamiento)"),
    "PT": ("Câmara Municipal de {}", "Município de {}"),
    "PL": ("Gmina {}", "Miasto {}", "Urząd Miasta {}"),
    "SE": ("{} kommun", "{}s kommun"),
    "DK": ("{} Kommune",),
    "NO": ("{} kommune",),
    "GB": ("{} City Council", "{} Borough Council"),
    "RO": ("Municipiul {}", "Primăria {}"),
    "CZ": ("Město {}", "Statutární město {}"),
}
OTHER_BODIES = {"DE": "Landkreis {}", "FR": "{} Métropole", "IT": "Provincia di {}", "ES": "Universidad de {}", "GB": "{} University"}
CODES = {"GB": ("UK", "GB", "United Kingdom", "Royaume-Uni"), "GR": ("EL", "GR", "Greece", "Griechenland")}


@dataclass(frozen=True, slots=True)
class Member:
    """A body on a made list. body: what it truly is; code: ISO code of its country; place_id: "" where it was not matched."""

    body: str
    name: str
    country: str
    code: str
    place_id: str


def otherwise(member: Member, names: dict[str, Sequence[str]], chance: random.Random) -> Member:
    """The member as another page may print it."""
    return replace(member, name=chance.choice(WAYS)(member, names, chance))


def in_another_language(member: Member, names: dict[str, Sequence[str]], chance: random.Random) -> str:
    """Another name of the place, as the gazetteer has it (a body that is no municipality keeps its name)."""
    others = [name for name in names.get(member.place_id, ()) if len(name) > 3]
    return chance.choice(others).title() if others else member.name


def with_form(member: Member, names: dict[str, Sequence[str]], chance: random.Random) -> str:
    """With the legal form of its country or in English; what is no municipality stays as it is."""
    if not member.place_id or member.place_id.startswith("x-"):
        return member.name
    return chance.choice((*FORMS[""], *FORMS.get(member.code, ()), *FORMS.get(member.code, ()))).format(member.name)


def with_dashes(member: Member, names: dict[str, Sequence[str]], chance: random.Random) -> str:
    """Blanks for dashes, dashes for blanks, long dashes for short ones."""
    name = member.name
    return name.replace("-", chance.choice((" ", "\u2013", " - "))) if "-" in name else name.replace(" ", "-")


def without_accents(member: Member, names: dict[str, Sequence[str]], chance: random.Random) -> str:
    """In plain letters, or in capitals."""
    from anyascii import anyascii

    return str(anyascii(member.name)) if chance.random() < 0.5 else member.name.upper()


def misprinted(member: Member, names: dict[str, Sequence[str]], chance: random.Random) -> str:
    """With one letter lost, doubled or in its neighbour's place; not in short names."""
    name = member.name
    if len(name) < 7:
        return name
    at = chance.randrange(1, len(name) - 2)
    return chance.choice(
        (name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], name[:at] + name[at + 1] + name[at] + name[at + 2 :])
    )


WAYS: tuple[Callable[[Member, dict[str, Sequence[str]], random.Random], str], ...] = (
    *(in_another_language, with_form, with_form, with_dashes, without_accents, misprinted),
)


def country_printed(code: str, chance: random.Random) -> str:
    """A country as some page prints it: another code of it, or its name in one of three languages."""
    from babel import Locale

    named = tuple(Locale.parse(language).territories.get(code, code) for language in ("en", "de", "fr"))
    return chance.choice(CODES.get(code, (code, *named))) if code else ""


def changed(members: Sequence[Member], pool: Sequence[Member], names: dict[str, Sequence[str]], chance: random.Random) -> list[Member]:
    """The list at a later time: bodies lost, gained from the pool, printed otherwise and twice, in another order."""
    lost = set(chance.sample([m.body for m in members], max(1, round(LOST * len(members)))))
    new_form = {code: country_printed(code, chance) for code in sorted({m.code for m in members})} if chance.random() < 0.5 else {}
    kept = []
    for member in (m for m in members if m.body not in lost):
        later = otherwise(member, names, chance) if chance.random() < OTHERWISE else member
        kept.append(later)
        if chance.random() < TWICE:
            kept.append(otherwise(member, names, chance))
    there = {m.body for m in members} | {m.place_id for m in members}
    others = [m for m in pool if m.body not in there and m.place_id not in there - {""}]
    come = chance.sample(others, min(len(others), max(1, round(GAINED * len(members)))))
    countries = any(m.country for m in members)
    later_list = [replace(m, country=new_form.get(m.code, m.country) if m.country else "") for m in kept]
    later_list += [replace(m, country=new_form.get(m.code, m.country) if countries else "") for m in come]
    chance.shuffle(later_list)
    return later_list


def members_of(rows: Iterable["ListedName"], names: "Names", origin: str) -> list[Member]:
    """The bodies of a real list: one a matched place, one a name that is not matched."""
    from citynet.pipelines.comparing import in_no_network

    resolved, made = in_no_network(names), {}
    for row in rows:
        found = resolved(row)
        body = found.place_id or f"{row.name}, {row.country} ({origin})"
        made.setdefault(body, Member(body, row.name, row.country, found.country, found.place_id))
    return list(made.values())


def drawn(names: "Names", chance: random.Random, count: int) -> list[Member]:
    """Municipalities of any size under their own names, some with another body of their name in place of them or beside."""
    found: dict[str, Member] = {}
    while len(found) < count:
        place_id, country, kind = chance.choice(names.gazetteer.places).split("\t")[:3]
        place = names.gazetteer.get(place_id)
        if place is None or kind != "m" or country in ("US", "CA"):
            continue
        one = Member(place_id, place.name, country, country, place_id)
        if chance.random() < INVENTED:
            one = Member(f"invented {place_id}", misspelt(misspelt(place.name, chance), chance).title(), country, country, "")
        shape = OTHER_BODIES.get(country, "")
        other = Member(f"other {place_id}", shape.format(place.name), country, country, "") if shape and chance.random() < 0.3 else None
        for member in (one, other) if other and chance.random() < 0.5 else (other or one,):
            if member:
                found[member.body] = member
    return list(found.values())[:count]
