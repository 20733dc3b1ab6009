"""How sure it is that a row of one list and a row of another print the same body; by names, ids and countries alone."""

import re
from collections.abc import Iterable

from citynet.history.likeness import ONE_SLIP, SHORTEST_WORD, SURE, UNSURE, initials, likeness
from citynet.history.other_bodies import name_alone, one_section, perhaps_in_one_city, perhaps_one, perhaps_sections, surely_one
from citynet.history.printed import COMPANY, REGION_BY_NAME, Printed

SHORTEST_SURE = 7
"""Letters of the shortest names of which likeness is sure, where they begin alike: Essen is not Hessen, Mainz not Maina."""
SAME_SORT = 75
"""Least likeness of the words for one kind of body in two languages."""
UNRESOLVED, SPLIT = "unresolved", "split_or_merged"
DOUBT, OTHER_NAME, ALIKE, SAME_WORDS, SAME_FORM, SAME_PRINT, SAME_PLACE = 1, 2, 3, 4, 5, 6, 7
"""Strengths, weakest first; 0 is none. DOUBT: they may be one body or two, and print alone never tells."""


def strength(one: Printed, other: Printed) -> int:
    """How sure it is that both are one body: one of the strengths, 0 where it is not sure or sure that they are two.

    Two matched rows are one body only if matched to one place. A row that can only be one of some places is no other.
    """
    if one.place_id and one.place_id == other.place_id:
        return SAME_PLACE
    if (one.place_id and other.place_id) or not _same_country(one, other) or _excluded(one, other):
        return 0
    if one.written == other.written:
        return SAME_PRINT
    if one.kinds and other.kinds:
        return _of_other_bodies(one, other)
    if one_section(one, other):
        return SAME_WORDS
    return _by_names(one, other, same_sort=_same_sort(one, other))


def _of_other_bodies(one: Printed, other: Printed) -> int:
    """The strength of two that both say that they are no municipality."""
    if surely_one(one, other):
        return SAME_FORM if one.forms & other.forms else SAME_WORDS
    if not perhaps_one(one, other):
        return 0
    slip = one.kinds == other.kinds and likeness(one.key, other.key) >= ONE_SLIP
    return ALIKE if slip and _long_and_alike((a, b) for a in one.cores for b in other.cores) else DOUBT


def _by_names(one: Printed, other: Printed, *, same_sort: bool) -> int:
    """The strength of two that may be one by ids and country, by what they print."""
    if same_sort:
        if _with_lost_letters(one, other):
            return SAME_FORM
        if _namesakes(one, other):
            return DOUBT
        if one.forms & other.forms:
            return SAME_FORM
        if one.words and (one.words == other.words or _same_kind_and_name(one, other)):
            return DOUBT if one.beside and other.beside and not one.beside & other.beside else SAME_WORDS
    alike = _spelt_alike(one, other) if same_sort else likeness(one.key, other.key)
    if alike >= (SURE if same_sort else ONE_SLIP) and not _other_names_nearer(one, other):
        return ALIKE if _surely_alike(one, other, same_sort=same_sort) else DOUBT if same_sort else 0
    unsaid = _kind_unsaid(one, other) or _kind_unsaid(other, one)
    return OTHER_NAME if unsaid or (same_sort and _ids(one) & _ids(other)) else 0


def doubt(one: Printed, other: Printed) -> tuple[int, str]:
    """Why nobody can tell whether both are one body, and how much says so (strongest 3); (0, "") where they are two.

    SPLIT: one of the names that the other counts up; UNRESOLVED: one name, or names of one place; then SPLIT: a part of what the other is;
    then UNRESOLVED by likeness alone.
    """
    if not _same_country(one, other):
        return 0, ""
    if one.listed & other.forms or one.forms & other.listed:
        return 3, SPLIT
    a_part = _joined_names(one, other) or _within(one, other)
    if _one_name(one, other):
        return 3, SPLIT if a_part else UNRESOLVED
    if a_part:
        return 2, SPLIT
    return (1, UNRESOLVED) if _city_of_the_region(one, other) or _alike(one, other) else (0, "")


def _one_name(one: Printed, other: Printed) -> bool:
    """Whether the names are one but for what is printed with them, and the kinds of body that they say allow that both are one."""
    if one.kinds and other.kinds:
        return strength(one, other) > 0
    if bool(one.kinds) != bool(other.kinds):
        bare, said = (one, other) if other.kinds else (other, one)
        return name_alone(bare, said) or perhaps_sections(one, other) or strength(one, other) > 0
    if not _same_sort(one, other):
        return not (one.sort and other.sort) and _bare_name_of(one, other)
    if one.place_id and other.place_id:
        return _share_a_form(one, other) or _same_but_for_a_hint(one, other)
    if _excluded(one, other):
        return False
    if strength(one, other) == DOUBT or _share_a_form(one, other) or _same_but_for_a_hint(one, other):
        return True
    if one.could_be & other.could_be or _ids(one) & _ids(other) or perhaps_in_one_city(one, other):
        return True
    return _with_lost_letters(one, other)


def _alike(one: Printed, other: Printed) -> bool:
    """Whether two that are not both matched are alike in print or in a part of it."""
    if (one.place_id and other.place_id) or (one.kinds and other.kinds) or _excluded(one, other):
        return False
    if _abbreviates(one, other):
        return True
    if not _same_sort(one, other):
        return likeness(one.key, other.key) >= ONE_SLIP
    if _words_within(one, other):
        return True
    return _spelt_alike(one, other) >= (SURE if _other_names_nearer(one, other) else UNSURE)


def _bare_name_of(one: Printed, other: Printed) -> bool:
    """Whether a name alone (Dresden) may be short for the body that the other row says it is (Technische Universität Dresden).

    A city is no company of its (Växjö Energi AB).
    """
    bare, said = (one, other) if not one.sort else (other, one)
    a_city = bool(bare.place_id) and said.sort == COMPANY
    return not bare.sort and not a_city and bool(bare.words) and bare.words <= said.words


def _with_lost_letters(one: Printed, other: Printed) -> bool:
    """Whether one is the other with letters that its page lost: K?ln, Köln."""
    return any(bool(a.lost) and any(re.fullmatch(a.lost, name) for name in b.forms | b.spellings) for a, b in ((one, other), (other, one)))


def _namesakes(one: Printed, other: Printed) -> bool:
    """Whether one prints a name of several places, and the other says more or another name, so that it may be any of them.

    Frankfurt, of which there are two, is not surely Frankfurt (Oder); Cambridge is not surely Cambridge, MA.
    """
    for bare, said in ((one, other), (other, one)):
        qualified = bool(bare.forms & said.hinted)
        if not bare.place_id and len(bare.may_be) > 1 and said.place_id and (qualified or not bare.forms & said.forms):
            return True
        if qualified and not said.place_id and _ids(bare) and _ids(bare) != said.may_be:
            return True
    return False


def _surely_alike(one: Printed, other: Printed, *, same_sort: bool) -> bool:
    """Whether names spelt alike are long enough for that, and begin alike; names that differ in blanks alone always are."""
    pairs = [(one.key, other.key)]
    pairs += [(a, b) for a in one.spellings for b in other.spellings] if same_sort else []
    return _long_and_alike(pairs)


def _long_and_alike(pairs: Iterable[tuple[str, str]]) -> bool:
    plain = [(a.replace(" ", ""), b.replace(" ", "")) for a, b in pairs if likeness(a, b) >= SURE]
    return any(a == b or (a[0] == b[0] and min(len(a), len(b)) >= SHORTEST_SURE) for a, b in plain)


def _same_country(one: Printed, other: Printed) -> bool:
    return not one.country or not other.country or one.country == other.country


def _excluded(one: Printed, other: Printed) -> bool:
    """Whether the places of which one is known to be one are none of the other's."""
    known, others = _ids(one), _ids(other)
    return bool(known and others) and not known & others


def _ids(row: Printed) -> frozenset[str]:
    return frozenset((row.place_id,)) if row.place_id else row.may_be


def _spelt_alike(one: Printed, other: Printed) -> float:
    """The best likeness of their spellings, and of the whole names, in which the word for the kind of body may be misspelt."""
    return max(likeness(one.key, other.key), *(likeness(a, b) for a in one.spellings for b in other.spellings))


def _other_names_nearer(one: Printed, other: Printed) -> bool:
    """Whether names of other places of the gazetteer are spelt like one row's, so that a misprint may be of them."""
    return any(a.alike and b.place_id and b.place_id not in a.alike for a, b in ((one, other), (other, one)))


def _same_sort(one: Printed, other: Printed) -> bool:
    """Whether nothing printed says that they are two kinds of body; a name alone may be a municipality's.

    The words of one kind are alike in the languages of Europe: Provinz, Provincia; Deputación, Diputació; Metropole, Metropolitan Area.
    """
    from rapidfuzz import fuzz

    a, b = (row.sort if row.sort not in ("municipality", REGION_BY_NAME) else "" for row in (one, other))
    return a == b or bool(a and b and (a[:4] == b[:4] or fuzz.ratio(a, b) >= SAME_SORT))


def _same_kind_and_name(one: Printed, other: Printed) -> bool:
    """Métropole Européenne de Lille, Lille Métropole: one kind of body of one country, the name of one within that of the other."""
    if not one.sort or not other.sort or "municipality" in (one.sort, other.sort) or not one.country or not other.country:
        return False
    return bool(one.words and other.words) and (one.words <= other.words or other.words <= one.words)


def _kind_unsaid(one: Printed, other: Printed) -> bool:
    """Whether one row is matched to a body that is no municipality (Val-de-Marne), and the other says so (County of Val-de-Marne)."""
    other_kind = one.place_kind not in ("", "municipality", "settlement", "district")
    return other_kind and not one.sort and other.sort != "municipality" and bool(one.words) and one.words <= other.words


def _city_of_the_region(one: Printed, other: Printed) -> bool:
    """Whether one is the name of a region alone and the other lies in it: lists name the seat for the region (Créteil, Val-de-Marne)."""
    for region, city in ((one, other), (other, one)):
        said = region.sort in ("", REGION_BY_NAME) and (
            "state" in region.kinds or "county" in region.kinds or region.place_kind == "region"
        )
        told = bool(city.kinds_told & region.kinds)
        if said and not told and not city.sort and " ".join(sorted(region.words)) in city.regions:
            return True
    return False


def _share_a_form(one: Printed, other: Printed) -> bool:
    """Whether a form of one is a form of the other, or another name of its place."""
    return bool(one.forms & (other.forms | other.spellings) or other.forms & one.spellings)


def _same_but_for_a_hint(one: Printed, other: Printed) -> bool:
    return bool(one.forms & other.hinted or one.hinted & other.forms)


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
    if (one.place_id and other.place_id) or "section" in one.kinds | other.kinds:
        return False
    return bool(one.parts & other.forms or one.forms & other.parts)


def _within(one: Printed, other: Printed) -> bool:
    """Whether one is a settlement in the municipality that the other is: a list may name it, or it was united with others to that."""
    if one.place_id == other.place_id or not one.municipality_id or one.municipality_id != other.municipality_id:
        return False
    kinds = {one.place_kind, other.place_kind}
    return kinds == {"settlement", "municipality"}


def _abbreviates(one: Printed, other: Printed) -> bool:
    """Whether one name is the initials of the other: ECRE, European Council for Refugees and Exiles."""
    names = (one.name.strip(), other.name.strip())
    return any(len(a) > 2 and a.isupper() and a == initials(b) for a, b in (names, names[::-1]))
