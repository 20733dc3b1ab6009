"""How sure it is that a row of one list and a row of another print the same body; by names, ids and countries alone."""

import re
from dataclasses import dataclass
from functools import lru_cache

SURE = 88
"""Least likeness (rapidfuzz ratio, 0 to 100) of two spellings of one name; that of the suggestions to a reviewer."""
UNSURE = 76
"""Below it two names are two; in between nobody can tell without knowing the place."""
SAME_WORD = 70
"""Words in the same position that differ more are two words: Dhaka North and Dhaka South are alike in letters only."""
ONE_SLIP = 95.0
SHORTEST_WITH_SLIP = 6
SHORTEST_SURE = 7
"""Letters of the shortest names of which likeness is sure, where they begin alike: Essen is not Hessen, Mainz not Maina."""
SAME_SORT = 75
"""Least likeness of the words for one kind of body in two languages."""
SHORTEST = 5
"""Letters of the shortest names whose likeness says anything: Bari and Bali are two."""
SHORTEST_WORD = 4
DOUBT, OTHER_NAME, ALIKE, SAME_WORDS, SAME_FORM, SAME_PRINT, SAME_PLACE = 1, 2, 3, 4, 5, 6, 7
"""Strengths, weakest first; 0 is none. DOUBT: they may be one body or two, and print alone never tells."""
_TERRITORIAL = re.compile(
    r"metropol|eurometropol|greater|grand|urban comm|communaut|stadsregio|stadtregion|capital region|city region|agglo"
    r"|regi|periferi|voivod|wojewod|oblast|krai|kraj|ra[ijy]on|count|depart|provin|prefe|[ck]anton|bundesland|freistaat|autonom"
    r"|landska|landsting|fylke|judet|zupan|apskrit|maakun|megye|okr|state of|gewest|kingdom|principality|republic"
    r"|generalitat|government of|landkreis|kreis|district|diputac|deputac|foral|comunidad|comunitat|comarca|cabildo|consell"
)
"""How words begin for bodies over a territory, for each of which other languages have another word."""
_KIND_WORDS = frozenset(("council", "government", "grand", "greater", "authority", "administration", "board", "assembly"))
"""Words beside a name that belong to the kind of body."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One row of a list, as far as comparing needs it.

    country: ISO code, "" unknown; tie: normalised, "" unknown; place_id "" unless matched; may_be: places of which it is one;
    alike: places with a similar name; written: as printed but for case, blanks and the sort of dashes and quotes; key: normalised; forms:
    key and what is left without legal form; hinted: what is left without a hint (Lingen of Lingen (Ems)); parts: of a double name;
    sort: what kind of body the row says that it is ("municipality", a word such as landkreis), "" where it says nothing;
    words: those of the name itself; spellings: the shortest form and, where asked for, the other names of the place;
    regions: words (sorted) of the names of those that the place lies in; lost: where letters were lost (K?ln), what names it may be.
    """

    name: str
    country_as_published: str
    country: str
    tie: str
    place_id: str
    place_kind: str
    municipality_id: str
    may_be: frozenset[str]
    alike: frozenset[str]
    written: str
    key: str
    forms: frozenset[str]
    hinted: frozenset[str]
    parts: frozenset[str]
    sort: str
    words: frozenset[str]
    spellings: frozenset[str]
    regions: frozenset[str] = frozenset()
    lost: str = ""


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
    same_sort = _same_sort(one, other)
    if not same_sort and _kinds_in_two_languages(one, other):
        return DOUBT
    return _by_names(one, other, same_sort=same_sort)


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
            return SAME_WORDS
    alike = _spelt_alike(one, other) if same_sort else likeness(one.key, other.key)
    if alike >= (SURE if same_sort else ONE_SLIP) and not _other_names_nearer(one, other):
        return ALIKE if _surely_alike(one, other, same_sort=same_sort) else DOUBT if same_sort else 0
    unsaid = _kind_unsaid(one, other) or _kind_unsaid(other, one)
    return OTHER_NAME if unsaid or (same_sort and _ids(one) & _ids(other)) else 0


def may_be_one(one: Printed, other: Printed) -> str:
    """Why nobody can tell whether both are one body: "unresolved" or "split_or_merged"; "" where they are two."""
    if not _same_country(one, other):
        return ""
    if _joined_names(one, other) or _within(one, other):
        return "split_or_merged"
    return "unresolved" if _city_of_the_region(one, other) or _names_allow(one, other) or strength(one, other) == DOUBT else ""


def _names_allow(one: Printed, other: Printed) -> bool:
    """Whether the names allow that both are one body, by what kinds of body they say."""
    same_sort, matched = _same_sort(one, other), bool(one.place_id and other.place_id)
    if not same_sort and not (one.sort and other.sort) and _bare_name_of(one, other):
        return True
    if matched:
        return same_sort and (_share_a_form(one, other) or _same_but_for_a_hint(one, other))
    if _excluded(one, other):
        return False
    if not same_sort:
        return likeness(one.key, other.key) >= ONE_SLIP
    if _with_lost_letters(one, other):
        return True
    if _share_a_form(one, other) or _same_but_for_a_hint(one, other) or _words_within(one, other) or _abbreviates(one, other):
        return True
    return bool(_ids(one) & _ids(other)) or _spelt_alike(one, other) >= (SURE if _other_names_nearer(one, other) else UNSURE)


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


def _kinds_in_two_languages(one: Printed, other: Printed) -> bool:
    """Whether both print one name with words for a body over a territory: Diputació de Barcelona, Barcelona Provincial Council."""
    if not (one.country and other.country and _TERRITORIAL.match(one.sort) and _TERRITORIAL.match(other.sort)):
        return False
    a, b = (row.words - _KIND_WORDS for row in (one, other))
    return bool(a and b) and (a <= b or b <= a or likeness(" ".join(sorted(a)), " ".join(sorted(b))) >= UNSURE)


def _surely_alike(one: Printed, other: Printed, *, same_sort: bool) -> bool:
    """Whether names spelt alike are long enough for that, and begin alike; names that differ in blanks alone always are."""
    pairs = [(one.key, other.key)]
    pairs += [(a, b) for a in one.spellings for b in other.spellings] if same_sort else []
    plain = [(a.replace(" ", ""), b.replace(" ", "")) for a, b in pairs if likeness(a, b) >= SURE]
    return any(a == b or (a[0] == b[0] and min(len(a), len(b)) >= SHORTEST_SURE) for a, b in plain)


@lru_cache(maxsize=2**19)
def likeness(one: str, other: str) -> float:
    """Likeness of two normalised names (0 to 100); 0 for short ones, other numbers, and words of which one is quite another.

    ONE_SLIP where only blanks or one letter differ, or two letters in each other's place.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    if min(len(one), len(other)) < SHORTEST or _numbers(one) != _numbers(other):
        return 0.0
    slips = OSA.distance(one.replace(" ", ""), other.replace(" ", ""), score_cutoff=1)
    if slips == 0 or (slips == 1 and min(len(one), len(other)) >= SHORTEST_WITH_SLIP):
        return ONE_SLIP
    words, others = one.split(), other.split()
    if len(words) == len(others) > 1 and any(fuzz.ratio(a, b) < SAME_WORD for a, b in zip(words, others, strict=True)):
        return 0.0
    return float(fuzz.ratio(one, other))


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

    a, b = (row.sort if row.sort != "municipality" else "" for row in (one, other))
    return a == b or bool(a and b and (a[:4] == b[:4] or fuzz.ratio(a, b) >= SAME_SORT))


def _same_kind_and_name(one: Printed, other: Printed) -> bool:
    """Métropole Européenne de Lille, Lille Métropole: one kind of body of one country, the name of one within that of the other."""
    if not one.sort or not other.sort or "municipality" in (one.sort, other.sort) or not one.country or not other.country:
        return False
    return bool(one.words and other.words) and (one.words <= other.words or other.words <= one.words)


def _bare_name_of(one: Printed, other: Printed) -> bool:
    """Whether a name alone (Holzminden) may be short for the body that the other row says it is (Landkreis Holzminden)."""
    bare, said = (one, other) if not one.sort else (other, one)
    return not bare.sort and bool(bare.words) and bare.words <= said.words


def _kind_unsaid(one: Printed, other: Printed) -> bool:
    """Whether one row is matched to a body that is no municipality (Val-de-Marne), and the other says so (County of Val-de-Marne)."""
    other_kind = one.place_kind not in ("", "municipality", "settlement", "district")
    return other_kind and not one.sort and other.sort != "municipality" and bool(one.words) and one.words <= other.words


def _city_of_the_region(one: Printed, other: Printed) -> bool:
    """Whether one is a region and the other lies in it: lists name the seat for the region (Créteil, Val-de-Marne)."""
    for region, city in ((one, other), (other, one)):
        said = region.sort not in ("", "municipality") or region.place_kind == "region"
        if said and not city.sort and " ".join(sorted(region.words)) in city.regions:
            return True
    return False


def _share_a_form(one: Printed, other: Printed) -> bool:
    """Whether a form of one is a form of the other, or another name of its place."""
    return bool(one.forms & (other.forms | other.spellings) or other.forms & one.spellings)


def _same_but_for_a_hint(one: Printed, other: Printed) -> bool:
    return bool(one.forms & other.hinted or one.hinted & other.forms)


def _words_within(one: Printed, other: Printed) -> bool:
    """Whether all words of one name stand in the other, one of them long enough to tell names apart."""
    within = one.words <= other.words or other.words <= one.words
    return within and any(len(word) >= SHORTEST_WORD for word in one.words & other.words)


def _joined_names(one: Printed, other: Printed) -> bool:
    """Whether one is a part of the other's double name: Newcastle of Newcastle-Gateshead."""
    if one.place_id and other.place_id:
        return False
    return bool(one.parts & other.forms or one.forms & other.parts)


def _within(one: Printed, other: Printed) -> bool:
    """Whether one is a settlement in the municipality that the other is, and bears a name of it."""
    if one.place_id == other.place_id or not one.municipality_id or one.municipality_id != other.municipality_id:
        return False
    inner = [row for row in (one, other) if row.place_kind == "settlement"]
    return bool(inner) and bool(one.words & other.words)


def _abbreviates(one: Printed, other: Printed) -> bool:
    """Whether one name is the initials of the other: ECRE, European Council for Refugees and Exiles."""
    names = (one.name.strip(), other.name.strip())
    return any(len(a) > 2 and a.isupper() and a == initials(b) for a, b in (names, names[::-1]))


def initials(name: str) -> str:
    """The capitals with which its words begin."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _numbers(name: str) -> list[str]:
    return [word for word in name.split() if word.isdigit()]
