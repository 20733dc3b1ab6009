"""What names that no word list knows are worth by where they stand: beside or under countries, or as initials under a heading of members.

Associations and consortia go by letters ("VNG") or by words of their own ("Deutscher Städtetag"); what tells them is the list around them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from citynet.reading.automatic.announced import heading_country, heading_cue
from citynet.reading.automatic.beside import countries_beside
from citynet.reading.automatic.credit import is_nameable, names_a_body
from citynet.reading.automatic.cues import cue
from citynet.reading.automatic.entries import Entry

if TYPE_CHECKING:
    from citynet.reading.auto import Known

KNOWN = 0.6
"""Mean credit from which a list needs no other evidence, and credit from which one name does not."""
FEWEST = 5
"""Names from which a run of countries beside them is no chance."""
COUNTRIES = 3
"""Different countries that must stand beside the names: one country is an address, two are a journey."""
MOST = 0.6
"""Share of the names that must have a country, or be initials, for the others to be taken as their like."""
MANY = 12
"""Initials from which a heading that only speaks of cities or a network announces them: fewer may be those who pay for it."""
INITIALS, PLACED, ANNOUNCED, AMONG = 0.75, 0.62, 0.6, 0.45
"""Credit of initials with a country; of other words with one, which may be persons, so that something must announce members too;
of initials under a heading of members; of other words among those."""
_INITIALS = re.compile(r"[A-ZÀ-ÞŁŚŻŠČŽ0-9]{2}[\w*-]*[A-ZÀ-ÞŁŚŻŠČŽ]|[A-Z]{2,}")


def by_standing(entries: Sequence[Entry], countries: Sequence[Entry], known: "Known", cue_of_page: int) -> list[Entry]:
    """The entries of one group, those of unknown words with what their standing is worth.

    countries: the page's texts that are only one; cue_of_page: what the page announces, 0 where headings above the texts tell.
    """
    names = [e for e in entries if e.what == "name"]
    if len(names) < FEWEST or sum(e.credit for e in names) >= KNOWN * len(names):
        return list(entries)
    worth = _placed(names, countries, known) or _announced(names, known, cue_of_page)
    return [
        replace(e, credit=max(e.credit, worth.get(e.leaf.steps, 0.0))) if e.what == "name" and is_nameable(e.said.name) else e
        for e in entries
    ]


def is_initials(name: str) -> bool:
    """Whether a name is the initials of a body, maybe with one word beside them ("AECM", "ANCI Toscana", "AKK*")."""
    parts = name.split()
    return 0 < len(parts) <= 2 and any(_INITIALS.fullmatch(part.strip("*.()")) for part in parts) and cue(name) == 0


def _placed(names: Sequence[Entry], countries: Sequence[Entry], known: "Known") -> dict[tuple[int, ...], float]:
    """Steps of a name -> credit, where most names have a country with them, above or beside them, and these are several."""
    beside = countries_beside(names, countries, known)
    of = {e.leaf.steps: e.said.country or heading_country(e.leaf.headings, known) for e in names}
    of |= {steps: country.said.country for steps, country in beside.items() if not of.get(steps)}
    of = {steps: country for steps, country in of.items() if country}
    if len(of) < MOST * len(names) or len({known.country_of(country) for country in of.values()}) < COUNTRIES:
        return {}
    return {e.leaf.steps: INITIALS if is_initials(e.said.name) else PLACED for e in names if e.leaf.steps in of}


def _announced(names: Sequence[Entry], known: "Known", cue_of_page: int) -> dict[tuple[int, ...], float]:
    """Steps of a name -> credit, where most names are initials or have a word for a body, and the heading above them announces members."""
    told = [is_initials(e.said.name) or (names_a_body(e.said.name) and is_nameable(e.said.name)) for e in names]
    if sum(like or e.credit >= KNOWN for e, like in zip(names, told, strict=True)) < MOST * len(names):
        return {}
    heads = {e.leaf.headings: heading_cue(e.leaf.headings, known) or cue_of_page for e in names}
    least = 2 if len(names) < MANY else 1
    return {e.leaf.steps: ANNOUNCED if like else AMONG for e, like in zip(names, told, strict=True) if heads[e.leaf.headings] >= least}
