"""Associations of municipalities under two languages' names: where one alone is left over in a country on each list, it may be one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from citynet.history.counterparts import Body, Counterparts
from citynet.history.likeness import SHORTEST_WORD, SURE, likeness

_ACRONYM = re.compile(r"\b[A-Z]{3,8}\b")
BY_ACRONYM, BY_WORD, BY_MEMBERS = 4, 2, 1
"""How much an acronym, a word of the name and a kind of members that two names share speak for one body."""


def perhaps_one_association(found: Counterparts) -> tuple[tuple[Body, Body], ...]:
    """Pairs of bodies left over in one country of which at least one says that it is an association, the other that or an acronym alone.

    One on each list is a pair; of several those that share most, if they share anything. Without a country only those with the same words.
    """
    olds, news = (_by_country(side.values()) for side in (found.gone, found.come))
    pairs: list[tuple[Body, Body]] = []
    for country in sorted((olds.keys() & news.keys()) - {""}):
        pairs += _in_country(olds[country], news[country])
    pairs += [(old, new) for old in olds[""] for new in chain(*news.values()) if _all_words(old) == _all_words(new)]
    pairs += [(old, new) for old in chain(*olds.values()) for new in news[""] if _all_words(old) == _all_words(new)]
    return tuple(pairs)


def _by_country(bodies: Iterable[Body]) -> dict[str, list[Body]]:
    found: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        row = body.first
        if not row.place_id and row.sort != "municipality" and (row.members or _is_acronym(row.name)):
            found[row.country].append(body)
    return found


def _all_words(body: Body) -> frozenset[str]:
    return body.first.words | body.first.beside


def _in_country(olds: list[Body], news: list[Body]) -> Iterator[tuple[Body, Body]]:
    ranked = sorted(
        ((-_shared(old, new), old.number, new.number) for old in olds for new in news if _may_be_one(old, new)),
    )
    alone = len(olds) == len(news) == 1
    by_number = ({body.number: body for body in olds}, {body.number: body for body in news})
    for less, old, new in ranked:
        if (less or alone) and old in by_number[0] and new in by_number[1]:
            yield by_number[0].pop(old), by_number[1].pop(new)


def _may_be_one(old: Body, new: Body) -> bool:
    """Whether one says that it is an association, and names in the same words do not tell them apart."""
    if not (old.first.members or new.first.members):
        return False
    one, other = old.first, new.first
    apart = (one.words - other.words, other.words - one.words)
    one_language = one.sort == other.sort != "" and bool(one.words & other.words)
    return not (one_language and all(apart)) or any(likeness(a, b) >= SURE for a in apart[0] for b in apart[1])


def _shared(old: Body, new: Body) -> int:
    one, other = old.first, new.first
    acronyms = [set(_ACRONYM.findall(row.name)) for row in (one, other)]
    spelt = any(_spells(name, row.name) for names, row in ((acronyms[0], other), (acronyms[1], one)) for name in names)
    words = [[word for word in sorted(row.words) if len(word) >= SHORTEST_WORD] for row in (one, other)]
    alike = sum(any(a[:5] == b[:5] or likeness(a, b) >= SURE for b in words[1]) for a in words[0])
    return BY_ACRONYM * (spelt or bool(acronyms[0] & acronyms[1])) + BY_WORD * alike + BY_MEMBERS * len(one.members & other.members)


def _spells(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym begin words of the name in their order: FAM, Federación Argentina de Municipios; COSLA,
    Convention of Scottish Local Authorities."""
    words = " ".join(word for word in re.findall(r"[^\W\d_]{3,}", name) if word != acronym)
    return bool(re.search(r"\b" + r"(?:\w* (?:.* )?)?".join(acronym), words, re.IGNORECASE))


def _is_acronym(name: str) -> bool:
    return bool(_ACRONYM.fullmatch(name.strip()))
