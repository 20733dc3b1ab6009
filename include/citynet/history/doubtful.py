"""Why nobody can tell from print alone whether a row of one list and a row of another are one body."""

from citynet.history.faintly import called_after_one_region, one_saint, share_an_acronym, word_cut_short
from citynet.history.likeness import ONE_SLIP, SHORTEST_WORD, SURE, UNSURE, initials, likeness
from citynet.history.other_bodies import (
    OF_MANY_NAMES,
    name_alone,
    perhaps_in_one_city,
    perhaps_one_institution,
    perhaps_one_region,
    perhaps_sections,
    regions_meant,
    two_areas,
    two_regions,
    with_legal_form,
)
from citynet.history.printed import COMPANY, REGION_BY_NAME, Printed
from citynet.history.resemblance import (
    DOUBT,
    ISLANDS,
    excluded,
    ids,
    in_two_states,
    lesser_namesake,
    other_names_nearer,
    same_country,
    same_sort,
    share_a_form,
    spelt_alike,
    strength,
    with_lost_letters,
)

UNRESOLVED, SPLIT = "unresolved", "split_or_merged"
SHORTEST_SAID = 5
"""Letters of the shortest name of a place that another name may begin with and say more."""


def doubt(one: Printed, other: Printed) -> tuple[int, str]:
    """Why nobody can tell whether both are one body, and how much says so (strongest 3); (0, "") where they are two.

    SPLIT: one of the names that the other counts up; UNRESOLVED: one name, or names of one place; then SPLIT: a part of what the other is,
    or UNRESOLVED, a name alone and a place of that name that is by far not the largest, or a body of another kind; then UNRESOLVED by
    likeness alone.
    """
    if not same_country(one, other):
        open_country = not (one.country_as_published and other.country_as_published) and _same_but_for_a_hint(one, other)
        alike = one.written == other.written or open_country
        return (2, UNRESOLVED) if alike and not (one.place_id and other.place_id) else (0, "")
    if in_two_states(one, other) and not (one.place_id and other.place_id):
        return 0, ""
    if perhaps_one_region(one, other):
        return 3, UNRESOLVED
    if two_areas(one, other):
        return 0, ""
    if one.listed & other.forms or one.forms & other.listed:
        return 3, SPLIT
    a_part = _joined_names(one, other) or _within(one, other)
    if _one_name(one, other):
        less = lesser_namesake(one, other) or bool(one.kinds) != bool(other.kinds)
        return 2 if less else 3, SPLIT if a_part else UNRESOLVED
    if a_part:
        return 2, SPLIT
    if one.bracketed & other.forms or one.forms & other.bracketed or _says_more(one, other) or _perhaps_one_institution(one, other):
        return 2, UNRESOLVED
    faint = (_city_of_the_region, _alike, word_cut_short, one_saint, share_an_acronym, called_after_one_region)
    return (1, UNRESOLVED) if any(reason(one, other) for reason in faint) else (0, "")


def _one_name(one: Printed, other: Printed) -> bool:
    """Whether the names are one but for what is printed with them, and the kinds of body that they say allow that both are one."""
    if one.kinds and other.kinds:
        return strength(one, other) > 0
    if bool(one.kinds) != bool(other.kinds):
        bare, said = (one, other) if other.kinds else (other, one)
        return name_alone(bare, said) or perhaps_sections(one, other) or strength(one, other) > 0 or _reads_as_region(bare, said)
    if not same_sort(one, other):
        return not (one.sort and other.sort) and _bare_name_of(one, other)
    if one.place_id and other.place_id:
        return share_a_form(one, other) or _same_but_for_a_hint(one, other)
    if excluded(one, other):
        return False
    if strength(one, other) == DOUBT or share_a_form(one, other) or _same_but_for_a_hint(one, other):
        return True
    if one.could_be & other.could_be or ids(one) & ids(other) or perhaps_in_one_city(one, other):
        return True
    return with_lost_letters(one, other)


def _reads_as_region(city: Printed, region: Printed) -> bool:
    """Whether the whole name of a city is that of the region too: Basel-Stadt, Bâle-Ville."""
    return not region.place_id and any(one.startswith("r") for one in city.could_be & region.could_be)


def _alike(one: Printed, other: Printed) -> bool:
    """Whether two that are not both matched are alike in print or in a part of it."""
    known = [bool(row.place_id or row.areas) for row in (one, other)]
    if (one.place_id and other.place_id) or (one.kinds and other.kinds) or excluded(one, other):
        return False
    if two_regions(one, other):
        return False
    if all(known) and bool(one.kinds) != bool(other.kinds):
        return False
    if _abbreviates(one, other):
        return True
    if not same_sort(one, other):
        return likeness(one.key, other.key) >= ONE_SLIP or one.words | one.beside == other.words | other.beside
    if _words_within(one, other):
        return True
    return spelt_alike(one, other) >= (SURE if other_names_nearer(one, other) else UNSURE)


def _bare_name_of(one: Printed, other: Printed) -> bool:
    """Whether a name alone (Dresden) may be short for the body that the other row says it is (Technische Universität Dresden).

    A city is no company of its (Växjö Energi AB).
    """
    bare, said = (one, other) if not one.sort else (other, one)
    a_city = bool(bare.place_id) and said.sort == COMPANY
    return not bare.sort and not a_city and bool(bare.words) and bare.words <= said.words


def _says_more(one: Printed, other: Printed) -> bool:
    """Whether one begins with the other's whole name and says more, as where it lies: Bischofsheim a.d. Rhön, Bischofsheim.

    Places of other names matched to both are two, unless the name alone is that of several.
    """
    short, long = sorted((one, other), key=lambda row: len(row.key))
    other_sort = long.sort == COMPANY or (short.place_id and not same_sort(one, other))
    if one.kinds or other.kinds or other_sort or len(short.key) < SHORTEST_SAID or not same_country(one, other):
        return False
    return long.key.startswith(f"{short.key} ") and not short.words <= OF_MANY_NAMES


def _perhaps_one_institution(one: Printed, other: Printed) -> bool:
    return perhaps_one_institution(one, other) and (same_sort(one, other) or not (one.sort and other.sort))


def _city_of_the_region(one: Printed, other: Printed) -> bool:
    """Whether one is the name of a region alone and the other lies in it: lists name the seat for the region (Créteil, Val-de-Marne).

    On a list that tells regions only where the city has it in brackets: Paris (Isla de Francia).
    """
    for region, city in ((one, other), (other, one)):
        said = region.sort in ("", REGION_BY_NAME, *ISLANDS) and (
            "state" in region.kinds or "county" in region.kinds or region.place_kind == "region"
        )
        told = bool(city.kinds_told & region.kinds)
        lies_in = " ".join(sorted(region.words)) in city.regions
        beside_it = bool(city.place_id) and bool(city.regions_within & regions_meant(region))
        if (
            said
            and not city.sort
            and not with_legal_form(city)
            and (beside_it or (lies_in and not told) or _called_like_its_state(city, region))
        ):
            return True
    return False


def _called_like_its_state(city: Printed, region: Printed) -> bool:
    """Whether a city shares a word with the state in which it lies: Santa Fe de Bogotá, Bogotá D.C."""
    in_it = {f"1:{state.partition('/')[2]}" for state in city.states} & region.areas
    return bool(in_it) and bool(city.place_id) and any(len(word) >= SHORTEST_WORD for word in city.words & region.words)


def _words_within(one: Printed, other: Printed) -> bool:
    """Whether all words of one name stand in the other or in another name of its place, one of them long enough to tell names apart."""
    for a, b in ((one, other), (other, one)):
        if any(len(word) >= SHORTEST_WORD for word in a.words) and any(a.words <= words for words in _wordings(b)):
            return True
    return False


def _wordings(row: Printed) -> list[frozenset[str]]:
    return [row.words, *(frozenset(spelling.split()) for spelling in row.spellings)]


def _joined_names(one: Printed, other: Printed) -> bool:
    """Whether one is a part of the other's double name: Newcastle of Newcastle-Gateshead."""
    if (one.place_id and other.place_id) or "section" in one.kinds | other.kinds or two_regions(one, other):
        return False
    if any(with_legal_form(city) and bool(city.place_id) and bool(body.kinds) for city, body in ((one, other), (other, one))):
        return False
    return bool(one.parts & other.forms or one.forms & other.parts) or _part_in_another_language(one, other)


def _part_in_another_language(one: Printed, other: Printed) -> bool:
    """Whether a part of a name is another name of the place that the other row was matched to: Bruxelles-Ville, City of Brussels."""
    return any(
        bool(matched.place_id) and any(len(part) >= SHORTEST_WORD for part in double.parts & matched.spellings)
        for double, matched in ((one, other), (other, one))
    )


def _within(one: Printed, other: Printed) -> bool:
    """Whether one is a settlement in the municipality that the other is: a list may name it, or it was united with others to that."""
    if one.place_id == other.place_id or not one.municipality_id or one.municipality_id != other.municipality_id:
        return False
    kinds = {one.place_kind, other.place_kind}
    return kinds == {"settlement", "municipality"}


def _abbreviates(one: Printed, other: Printed) -> bool:
    """Whether one name is the initials of the other: ECRE, European Council for Refugees and Exiles; in one country LA, Los Angeles."""
    names = (one.name.strip(), other.name.strip())
    shortest = 2 if one.country and one.country == other.country else 3
    return any(len(a) >= shortest and a.isupper() and a == initials(b) for a, b in (names, names[::-1]))


def _same_but_for_a_hint(one: Printed, other: Printed) -> bool:
    return bool(one.forms & other.hinted or one.hinted & other.forms)
