"""How sure it is that a row of one list and a row of another print the same body; by names, ids and countries alone."""

import re
from collections.abc import Iterable

from citynet.history.likeness import ONE_SLIP, SURE, likeness
from citynet.history.other_bodies import (
    one_section,
    perhaps_one,
    surely_one,
    surely_one_region,
)
from citynet.history.printed import REGION_BY_NAME, Printed

SHORTEST_SURE = 7
"""Letters of the shortest names of which likeness is sure, where they begin alike: Essen is not Hessen, Mainz not Maina."""
ISLANDS = frozenset(("island", "islands", "isla", "isola", "ile", "ilha"))
"""Words for one kind of body that are not alike."""
SAME_SORT = 75
"""Least likeness of the words for one kind of body in two languages."""
DOUBT, OTHER_NAME, ALIKE, SAME_WORDS, SAME_FORM, SAME_PRINT, SAME_PLACE = 1, 2, 3, 4, 5, 6, 7
"""Strengths, weakest first; 0 is none. DOUBT: they may be one body or two, and print alone never tells."""


def strength(one: Printed, other: Printed) -> int:
    """How sure it is that both are one body: one of the strengths, 0 where it is not sure or sure that they are two.

    Two matched rows are one body only if matched to one place. A row that can only be one of some places is no other.
    """
    if one.place_id and one.place_id == other.place_id:
        return SAME_PLACE
    if (one.place_id and other.place_id) or not same_country(one, other) or excluded(one, other) or in_two_states(one, other):
        return 0
    if one.written == other.written:
        return SAME_PRINT
    if (one.alone or other.alone) and (_another_s_name(one, other) or _another_s_name(other, one)):
        return 0
    if one.kinds and other.kinds:
        return _of_other_bodies(one, other)
    if surely_one_region(one, other):
        return OTHER_NAME
    if one_section(one, other):
        return SAME_WORDS
    return _by_names(one, other, same_sort=same_sort(one, other))


def perhaps_in_one_form(one: Printed, other: Printed) -> bool:
    """Whether their strength may be SAME_FORM or more; a look at the names that costs little."""
    return bool(one.forms & other.forms) or one.written == other.written or bool(one.lost or other.lost)


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
    if with_lost_letters(one, other, whole=not same_sort):
        return SAME_FORM
    if same_sort:
        if _namesakes(one, other):
            return DOUBT
        if one.forms & other.forms:
            return SAME_FORM
        if one.words and (one.words == other.words or _same_kind_and_name(one, other)):
            return DOUBT if one.beside and other.beside and not one.beside & other.beside else SAME_WORDS
    alike = spelt_alike(one, other) if same_sort else likeness(one.key, other.key)
    if alike >= (SURE if same_sort else ONE_SLIP) and not other_names_nearer(one, other):
        return ALIKE if _surely_alike(one, other, same_sort=same_sort) else DOUBT if same_sort else 0
    unsaid = _kind_unsaid(one, other) or _kind_unsaid(other, one)
    return OTHER_NAME if unsaid or (same_sort and ids(one) & ids(other)) else 0


def with_lost_letters(one: Printed, other: Printed, *, whole: bool = False) -> bool:
    """Whether one is the other with letters that its page lost: K?ln, Köln; whole: its kind too (Wyandotte Co./Kansas City)."""
    pairs = (
        (a.lost, () if whole and "." not in a.name else (b.key,) if whole else b.forms | b.spellings)
        for a, b in ((one, other), (other, one))
    )
    return any(bool(lost) and any(re.fullmatch(lost, name) for name in names) for lost, names in pairs)


def _namesakes(one: Printed, other: Printed) -> bool:
    """Whether one prints a name of several places, and the other says more or another name, so that it may be any of them.

    Frankfurt, of which there are two, is not surely Frankfurt (Oder); Cambridge is not surely Cambridge, MA.
    """
    for bare, said in ((one, other), (other, one)):
        qualified = bool(bare.forms & said.hinted)
        if not bare.place_id and len(bare.may_be) > 1 and said.place_id and (qualified or not bare.forms & said.forms):
            return True
        if qualified and not said.place_id and ids(bare) and ids(bare) != said.may_be:
            return True
    return False


def _another_s_name(bare: Printed, said: Printed) -> bool:
    """Whether a name alone is that of another body on the list that says more of one, which is not the foremost of the name."""
    return bool(bare.forms & said.alone) and said.place_id != bare.foremost


def lesser_namesake(one: Printed, other: Printed) -> bool:
    """Whether one prints a name alone of which one place is by far the largest, and the other is a smaller one (Frankfurt (Oder)), or
    has a list that gives the name alone to another."""
    return any(
        (bare.foremost and said.place_id and said.place_id != bare.foremost) or _another_s_name(bare, said)
        for bare, said in ((one, other), (other, one))
    )


def _surely_alike(one: Printed, other: Printed, *, same_sort: bool) -> bool:
    """Whether names spelt alike are long enough for that, and begin alike; names that differ in blanks alone always are."""
    pairs = [(one.key, other.key)]
    pairs += [(a, b) for a in one.spellings for b in other.spellings] if same_sort else []
    return _long_and_alike(pairs)


def _long_and_alike(pairs: Iterable[tuple[str, str]]) -> bool:
    plain = [(a.replace(" ", ""), b.replace(" ", "")) for a, b in pairs if likeness(a, b) >= SURE]
    return any(a == b or (a[0] == b[0] and min(len(a), len(b)) >= SHORTEST_SURE) for a, b in plain)


def same_country(one: Printed, other: Printed) -> bool:
    """Whether their countries allow that they are one; of a place that is matched in neither of two, a state and its territory do."""
    if not one.country or not other.country or one.country == other.country:
        return True
    return not (one.place_id and other.place_id) and bool(one.lands & other.lands)


def excluded(one: Printed, other: Printed) -> bool:
    """Whether the places of which one is known to be one are none of the other's."""
    known, others = ids(one), ids(other)
    return bool(known and others) and not known & others


def in_two_states(one: Printed, other: Printed) -> bool:
    """Whether both say, or one says and the other's place tells, that they lie in two states of one country: Portland, ME and OR."""
    if not (one.states and other.states) or one.states & other.states:
        return False
    lands, others = ({state.partition("/")[0] for state in row.states} for row in (one, other))
    return bool(lands & others) and not (one.kinds and other.kinds)


def ids(row: Printed) -> frozenset[str]:
    return frozenset((row.place_id,)) if row.place_id else row.may_be


def spelt_alike(one: Printed, other: Printed) -> float:
    """The best likeness of their spellings, and of the whole names, in which the word for the kind of body may be misspelt."""
    return max(likeness(one.key, other.key), *(likeness(a, b) for a in one.spellings for b in other.spellings))


def other_names_nearer(one: Printed, other: Printed) -> bool:
    """Whether names of other places of the gazetteer are spelt like one row's, so that a misprint may be of them."""
    return any(a.alike and b.place_id and b.place_id not in a.alike for a, b in ((one, other), (other, one)))


def same_sort(one: Printed, other: Printed) -> bool:
    """Whether nothing printed says that they are two kinds of body; a name alone may be a municipality's.

    The words of one kind are alike in the languages of Europe: Provinz, Provincia; Deputación, Diputació; Metropole, Metropolitan Area.
    """
    from rapidfuzz import fuzz

    a, b = (row.sort if row.sort not in ("municipality", REGION_BY_NAME) else "" for row in (one, other))
    return a == b or {a, b} <= ISLANDS or bool(a and b and (a[:4] == b[:4] or fuzz.ratio(a, b) >= SAME_SORT))


def _same_kind_and_name(one: Printed, other: Printed) -> bool:
    """Métropole Européenne de Lille, Lille Métropole: one kind of body of one country, the name of one within that of the other."""
    if not one.sort or not other.sort or "municipality" in (one.sort, other.sort) or not one.country or not other.country:
        return False
    return bool(one.words and other.words) and (one.words <= other.words or other.words <= one.words)


def _kind_unsaid(one: Printed, other: Printed) -> bool:
    """Whether one row is matched to a body that is no municipality (Val-de-Marne), and the other says so (County of Val-de-Marne)."""
    other_kind = one.place_kind not in ("", "municipality", "settlement", "district")
    return other_kind and not one.sort and other.sort != "municipality" and bool(one.words) and one.words <= other.words


def share_a_form(one: Printed, other: Printed) -> bool:
    """Whether a form of one is a form of the other, or another name of its place."""
    return bool(one.forms & (other.forms | other.spellings) or other.forms & one.spellings)
