"""How sure it is that two rows print one body that is no municipality: by its kind, its name and what the gazetteer knows of it."""

import re

from citynet.history.likeness import ONE_SLIP, SHORTEST_WORD, SURE, UNSURE, likeness, one_stem
from citynet.history.printed import REGION_BY_NAME, Printed

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
SIDES = {
    word: side
    for side, words in {
        "north": "north nord norte norra pohjois",
        "south": "south sud sur sul sodra etela",
        "east": "east est este ost ostra ita",
        "west": "west ouest oeste ovest vastra lansi",
        "upper": "upper haut haute hauts alt alta alto ober",
        "lower": "lower bas basse baix baixa baja bajo unter nieder",
    }.items()
    for word in words.split()
}
"""Words of names of which each tells a body from its neighbour, in the languages that name bodies so."""
DECLINING = frozenset(
    ("BA", "BG", "BY", "CY", "CZ", "EE", "FI", "GR", "HR", "HU", "LT", "LV", "ME", "MK", "PL", "RS", "RU", "SI", "SK", "TR", "UA", "XK")
)
"""Countries whose languages give a name an ending beside the word for a kind of body: powiat poznański, Poznań County."""
TERRITORIAL = frozenset(("state", "between", "county", "grouping"))
SECTION = frozenset(("section",))
LEVELS_APART = frozenset(("between", "county"))
"""Two levels of which no body is both: Regierungsbezirk Kassel, Landkreis Kassel."""


def one_section(one: Printed, other: Printed) -> bool:
    """Whether both print one section of one city, of which one says that it is a section: Budapest VIII. kerület, Budapest VIII."""
    return "section" in one.kinds | other.kinds and any(_same_rest(*rests) for rests in _rests_in_one_city(one, other))


def perhaps_sections(one: Printed, other: Printed) -> bool:
    """Whether a section and a row that says no kind may be one section of one city: Brno-střed, Brno - Centre."""
    return "section" in one.kinds | other.kinds and (_section_of_one_city(one, other) or perhaps_in_one_city(one, other))


def perhaps_in_one_city(one: Printed, other: Printed) -> bool:
    """Whether the number of a section is one, or the name of one says more than the other's: Košice - Ťahanovce, - Sídlisko Ťahanovce.

    Not where each says a word that the other lacks: Bratislava - Nové Mesto, Bratislava - Staré Mesto.
    """
    for rests in _rests_in_one_city(one, other):
        (numbers, words), (others, other_words) = (_numbers_and_words(rest) for rest in rests)
        within = bool(words and other_words) and (words <= other_words or other_words <= words)
        if (numbers == others and (numbers or within)) or (within and not (numbers and others)):
            return True
    return False


def surely_one(one: Printed, other: Printed) -> bool:
    """Whether two that say their kind print one body: one kind, and one name or one area of the gazetteer.

    Not where one says a word of more kinds than the other: Region München is not surely Landkreis München.
    """
    if one_section(one, other):
        return True
    known = _same_area(one, other)
    surely = known is not None and len(one.areas) == len(other.areas) == 1
    if one.kinds != other.kinds:
        return known is True and surely and REGION_BY_NAME in (one.sort, other.sort)
    if known is not None and (surely or REGION_BY_NAME not in (one.sort, other.sort)):
        return known
    return one.words == other.words or bool(one.cores & other.cores)


def regions_meant(row: Printed) -> frozenset[str]:
    """The ids of the regions that a row may mean, whether it says so or its name is that of one."""
    named = [one[1:] for one in row.could_be if one.startswith("r")]
    return frozenset((*named, *(area[2:] for area in row.areas if area[0] in "12")))


def two_regions(one: Printed, other: Printed) -> bool:
    """Whether the names, which are two, are those of two regions: Loire, Haute-Loire."""
    meant, others = regions_meant(one), regions_meant(other)
    return bool(meant and others) and not (meant & others or one.place_id or other.place_id or one.words == other.words)


def surely_one_region(one: Printed, other: Printed) -> bool:
    """Whether both can only be one region, under two of its names: Pouilles, Apulia."""
    if not (one.kinds or other.kinds) or one.place_id or other.place_id or one.may_be or other.may_be:
        return False
    meant = regions_meant(one)
    return len(meant) == 1 and meant == regions_meant(other) and not (with_legal_form(one) or with_legal_form(other))


def perhaps_one_region(one: Printed, other: Printed) -> bool:
    """Whether both may be one region; not where one is matched to a place and nothing says that the other is a region."""
    if (
        one.kinds | other.kinds == LEVELS_APART
        or not regions_meant(one) & regions_meant(other)
        or any(with_legal_form(row) for row in (one, other))
    ):
        return False
    return not (one.place_id or other.place_id) or bool(one.kinds) != bool(other.kinds)


def perhaps_one_institution(one: Printed, other: Printed) -> bool:
    """Whether both name a city, and at least one a university, port or the like of it: Hafen Hamburg, Port of Hamburg."""
    sorts = {one.sort, other.sort} - {"", "municipality", REGION_BY_NAME}
    if not sorts or one.kinds | other.kinds or one.place_id or other.place_id or "municipality" in (one.sort, other.sort):
        return False
    return bool({at.partition("/")[0] for at in one.sections} & {at.partition("/")[0] for at in other.sections})


def two_areas(one: Printed, other: Printed) -> bool:
    """Whether the gazetteer knows both as areas, and as two of one level: Loire, Loire-Atlantique."""
    return bool(one.kinds and other.kinds) and _same_area(one, other) is False


def perhaps_one(one: Printed, other: Printed) -> bool:
    """Whether nobody can tell two that say their kind apart: names of one stem or much alike, be it with two kinds of territory."""
    if one.kinds | other.kinds == LEVELS_APART:
        return False
    if one.areas & other.areas:
        return True
    if one.kinds & other.kinds:
        one_name = one.words == other.words or bool(one.cores & other.cores) or _akin(one, other)
        sections = _section_of_one_city(one, other) or perhaps_in_one_city(one, other)
        alike = one_name or sections or _without_its_city(one, other) or _without_its_city(other, one)
        return alike and (_same_area(one, other) is not False or one.kinds != other.kinds)
    territorial = bool(one.kinds & TERRITORIAL and other.kinds & TERRITORIAL)
    if territorial and (one.words <= other.words or other.words <= one.words) and any(len(word) >= SHORTEST_WORD for word in one.words):
        return not any(word in SIDES or word in OF_MANY_NAMES or word.isdigit() for word in one.words ^ other.words)
    return territorial and len(one.words) == len(other.words) and _akin(one, other)


def name_alone(bare: Printed, said: Printed) -> bool:
    """Whether a name alone (Holzminden) may be short for the body that the other row says it is (Landkreis Holzminden).

    A section may be called by the form of a municipality (City of Westminster); a city that is a land of its own
    is one body under either name (Stadt Wien, Land Wien). A municipality around a town may be called by another case of the town's name
    (Anykščiai, Anykščių rajonas).
    """
    if _city_and_its_land(bare, said):
        return True
    if (with_legal_form(bare) and "section" not in said.kinds) or bare.sort not in ("", "municipality") or bare.kinds or not bare.words:
        return False
    if (
        said.sections
        and said.kinds == SECTION
        and not any(bare.words & frozenset(section.partition("/")[2].split()) for section in said.sections)
    ):
        return False
    if two_regions(bare, said):
        return False
    if bare.words <= said.words:
        return True
    if "rural" in said.kinds and any(frozenset(name.split()) == said.words for name in bare.spellings):
        return True
    within = said.words <= bare.words and any(len(word) >= SHORTEST_WORD for word in said.words)
    return not bare.place_id and (within or (bool(said.kinds & TERRITORIAL) and _akin(bare, said)))


def with_legal_form(row: Printed) -> bool:
    """Whether a row says that it is a municipality, be it by a form that is part of an official name (Tartu linn)."""
    return row.sort == "municipality" or (bool(row.beside) and len(row.forms) > 1)


def _city_and_its_land(bare: Printed, said: Printed) -> bool:
    """Whether a row means a city that is a region of its own, and the other that region."""
    return any(f"c{region}" in bare.could_be for region in lands_meant(said))


def lands_meant(row: Printed) -> frozenset[str]:
    """The ids of the regions that a row is by what it says."""
    return frozenset(area.partition(":")[2] for area in row.areas) if row.kinds & TERRITORIAL else frozenset()


def _rests_in_one_city(one: Printed, other: Printed) -> list[tuple[str, str]]:
    """What either prints beside the name of a city, for each city that both name."""
    halves = [[section.split("/", 1) for section in sorted(row.sections)] for row in (one, other)]
    return [(rest, other_rest) for city, rest in halves[0] for other_city, other_rest in halves[1] if city == other_city]


def _numbers_and_words(rest: str) -> tuple[frozenset[str], frozenset[str]]:
    words = frozenset(rest.split())
    numbers = frozenset(word for word in words if word.isdigit())
    return numbers, words - numbers


def _same_rest(one: str, other: str) -> bool:
    """Whether number and name of a section are the same, as far as both are printed: 8 Józsefváros, 8."""
    (numbers, words), (others, other_words) = _numbers_and_words(one), _numbers_and_words(other)
    same_number, same_words = bool(numbers) and numbers == others, bool(words) and words == other_words
    return (same_number and (same_words or not (words and other_words))) or (same_words and not (numbers and others))


def _same_area(one: Printed, other: Printed) -> bool | None:
    """Whether both are one area of the gazetteer or called after one city; None where it does not know one of them, or at other levels."""
    levels = [{area[0] for area in row.areas} for row in (one, other)]
    if one.areas & other.areas:
        return True
    return False if all(len(level) == 1 for level in levels) and levels[0] == levels[1] != {"n"} else None


def _akin(one: Printed, other: Printed) -> bool:
    """Whether every word of the shorter name has one like it in the other; of one stem where languages decline names and the words for
    the kind are two, for then one name may stand in another case or language."""
    if any(word.isdigit() for word in one.words ^ other.words):
        return False
    sides = [{SIDES[word] for word in row.words if word in SIDES} for row in (one, other)]
    if all(sides) and not sides[0] & sides[1]:
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
    """Whether both are sections of one city, one of them by a name that is translated: Brno-střed, Brno - Centre.

    Names that share a word are of one language, and no translations of one another.
    """
    if not (one.words | other.words) & TRANSLATED:
        return False
    rests = [[_numbers_and_words(rest) for rest in both] for both in _rests_in_one_city(one, other)]
    return any(not (a[0] or b[0] or a[1] & b[1]) for a, b in rests)


def _without_its_city(one: Printed, other: Printed) -> bool:
    """Whether one names a section and the other the same with its city: Bezirk Leopoldstadt, Wien 2. Bezirk Leopoldstadt."""
    rests = (section.partition("/")[2] for section in other.sections)
    return "section" in one.kinds and any(
        one.words in (words, frozenset(rest.split())) for rest in rests for _, words in [_numbers_and_words(rest)]
    )


def _long_words(row: Printed) -> frozenset[str]:
    return frozenset(word for word in row.words if len(word) >= SHORTEST_WORD) - OF_MANY_NAMES
