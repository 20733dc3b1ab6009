"""How sure it is that two rows print one body that is no municipality: by its kind, its name and what the gazetteer knows of it."""

import re

from citynet.history.likeness import ONE_SLIP, SURE, UNSURE, likeness, one_stem
from citynet.history.printed import Printed

SHORTEST_WORD = 4
OF_MANY_NAMES = frozenset(
    re.findall(
        r"\w+",
        """saint sainte saints sankt santa haut haute hauts basse vallee vallees pays cote plaine terres porte portes sud nord ouest
        centre loire seine rhone upper lower north south east west great little unter ober nieder gross klein""",
    )
)
"""Words that many names share, so that one of them makes no name like another."""
TRANSLATED = frozenset(
    re.findall(
        r"\w+",
        """centre center centrum centro centar centru stred kozep zentrum mitte innenstadt innere belvaros srodmiescie keskusta
        kesklinn altstadt stare stary nove novy old new town vieux gamla nord norte north sud sur south est este east ouest oeste
        west severni jizni""",
    )
)
"""Words of sections of cities that other languages say in words of their own."""
DECLINING = frozenset(
    ("BA", "BG", "BY", "CY", "CZ", "EE", "FI", "GR", "HR", "HU", "LT", "LV", "ME", "MK", "PL", "RS", "RU", "SI", "SK", "TR", "UA", "XK")
)
"""Countries whose languages give a name an ending beside the word for a kind of body: powiat poznański, Poznań County."""
COUNTIES_ARE_MUNICIPALITIES = "IE"
"""There a list that says county of some bodies and not of others means the same authorities by both."""
TERRITORIAL = frozenset(("state", "county", "grouping"))


def one_section(one: Printed, other: Printed) -> bool:
    """Whether both print one section of one city, of which one says that it is a section: Budapest VIII. kerület, Budapest VIII."""
    return "section" in one.kinds | other.kinds and bool(one.sections & other.sections)


def perhaps_sections(one: Printed, other: Printed) -> bool:
    """Whether a section and a row that says no kind may be one section of one city: Brno-střed, Brno - Centre."""
    return "section" in one.kinds | other.kinds and _section_of_one_city(one, other)


def surely_one(one: Printed, other: Printed) -> bool:
    """Whether two that say their kind print one body: one kind, and one name or one area of the gazetteer."""
    if one_section(one, other):
        return True
    if not one.kinds & other.kinds:
        return False
    known = _same_area(one, other)
    if known is not None:
        return known
    return one.words == other.words or bool(one.cores & other.cores)


def perhaps_one(one: Printed, other: Printed) -> bool:
    """Whether nobody can tell two that say their kind apart: names of one stem or much alike, be it with two kinds of territory."""
    if one.kinds & other.kinds:
        alike = _akin(one, other) or _section_of_one_city(one, other) or _without_its_city(one, other) or _without_its_city(other, one)
        return alike and _same_area(one, other) is not False
    territorial = bool(one.kinds & TERRITORIAL and other.kinds & TERRITORIAL)
    return territorial and len(one.words) == len(other.words) and (one.words == other.words or _akin(one, other))


def name_alone(bare: Printed, said: Printed) -> bool:
    """Whether a name alone (Holzminden) may be short for the body that the other row says it is (Landkreis Holzminden).

    Not where it is a municipality's and its list says of several other bodies that they are of such a kind: Nancy in a list with Bordeaux
    Métropole and others. A section may be called by the form of a municipality (City of Westminster).
    """
    told = bare.kinds_told & said.kinds - {"section"} if bare.country != COUNTIES_ARE_MUNICIPALITIES else frozenset[str]()
    with_form = bare.sort == "municipality" or (bool(bare.beside) and len(bare.forms) > 1)
    if (
        (with_form and "section" not in said.kinds)
        or bare.sort not in ("", "municipality")
        or bare.kinds
        or not bare.words
        or (bare.place_id and told)
    ):
        return False
    if said.sections and not any(bare.words & frozenset(section.partition("/")[2].split()) for section in said.sections):
        return False
    if bare.words <= said.words:
        return True
    within = said.words <= bare.words and any(len(word) >= SHORTEST_WORD for word in said.words)
    return not bare.place_id and (within or (bool(said.kinds & TERRITORIAL) and _akin(bare, said)))


def _same_area(one: Printed, other: Printed) -> bool | None:
    """Whether both are one area of the gazetteer; None where it does not know one of them, or knows them at other levels."""
    levels = [{area[0] for area in row.areas} for row in (one, other)]
    if one.areas & other.areas:
        return True
    return False if all(len(level) == 1 for level in levels) and levels[0] == levels[1] else None


def _akin(one: Printed, other: Printed) -> bool:
    """Whether every word of the shorter name has one like it in the other; of one stem where languages decline names and the words for
    the kind are two, for then one name may stand in another case or language."""
    if any(word.isdigit() for word in one.words ^ other.words):
        return False
    if likeness(one.key, other.key) >= ONE_SLIP:
        return True
    shorter, longer = sorted((_long_words(one), _long_words(other)), key=len)
    if not shorter:
        return False
    apart = [" ".join(sorted(words)) for words in (shorter - longer, longer - shorter)]
    if likeness(*apart) >= (SURE if one.sort == other.sort else UNSURE) or (not apart[0] and "section" not in one.kinds | other.kinds):
        return True
    stems = one.country in DECLINING and one.sort != other.sort
    if stems or "grouping" in one.kinds & other.kinds:
        return any(_like(a, b, stems=stems) for a in shorter for b in longer)
    return False


def _like(one: str, other: str, *, stems: bool) -> bool:
    return one == other or likeness(one, other) >= SURE or (stems and one_stem(one, other))


def _section_of_one_city(one: Printed, other: Printed) -> bool:
    """Whether both are sections of one city, one of them by a name that is translated: Brno-střed, Brno - Centre."""
    cities = [{section.partition("/")[0] for section in row.sections if not section[-1].isdigit()} for row in (one, other)]
    return bool(cities[0] & cities[1]) and bool((one.words | other.words) & TRANSLATED)


def _without_its_city(one: Printed, other: Printed) -> bool:
    """Whether one names a section and the other the same with its city: Bezirk Leopoldstadt, Wien 2. Bezirk Leopoldstadt."""
    name = " ".join(sorted(one.words))
    return "section" in one.kinds and any(section.partition("/")[2] == name for section in other.sections)


def _long_words(row: Printed) -> frozenset[str]:
    return frozenset(word for word in row.words if len(word) >= SHORTEST_WORD) - OF_MANY_NAMES
