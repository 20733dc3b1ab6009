"""Two plain lists of one network: what changed in the world, what only in print, and what nobody can tell.

Both lists count as complete, so a body that is on one of them alone has joined or left; but only where nothing on the
other list can be that body.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from citynet.history.counterparts import Body, Counterparts, OtherNames, counterparts, meeting
from citynet.history.municipal import MunicipalChange, heirs_on
from citynet.history.printed import Printed
from citynet.history.resemblance import ALIKE, DOUBT, SAME_FORM, doubt, strength
from citynet.history.sightings import FOREVER


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the comparison: change, cause, the body (place_id "" where not matched), its names on both lists, its country."""

    change: str
    cause: str
    place_id: str
    name_old: str
    name_new: str
    country: str


def compare(
    old: Sequence[Printed], new: Sequence[Printed], changes: Sequence[MunicipalChange], other_names: OtherNames
) -> tuple[Difference, ...]:
    """The differences, sorted by change, place_id and old name; a body that both lists print alike gives none."""
    found = counterparts(old, new, other_names)
    differences = [*_municipal(found, changes), *_printed_twice(found, SAME_FORM), *_undecided(found)]
    differences += [*_printed_twice(found, DOUBT), *_printed_alike(found)]
    for before, after in found.pairs:
        differences += _of_pair(before, after)
    differences += [_difference("left", "world", body.first, None) for body in found.gone.values()]
    differences += [_difference("joined", "world", None, body.first) for body in found.come.values()]
    return tuple(sorted(differences, key=lambda d: (d.change, d.place_id, d.name_old, d.name_new, d.cause)))


def _difference(change: str, cause: str, old: Printed | None, new: Printed | None) -> Difference:
    """A row; the newer list tells id and country, as far as it knows them. Two places have no common id."""
    rows = [row for row in (new, old) if row is not None]
    ids = {row.place_id for row in rows} - {""}
    country = next((row.country for row in rows if row.country), "")
    names = (old.name.strip() if old else "", new.name.strip() if new else "")
    return Difference(change, cause, ids.pop() if len(ids) == 1 else "", *names, country)


def _municipal(found: Counterparts, changes: Sequence[MunicipalChange]) -> Iterator[Difference]:
    """A municipality that was merged or split has not left where a successor is on the new list, nor has the successor joined.

    The same the other way round, for a list that prints the old name still. Plain lists have no dates: every recorded merger counts.
    """
    heirs = heirs_on(changes, FOREVER)
    olds = {body.first.place_id: body for body in (*found.gone.values(), *(pair[0] for pair in found.pairs))}
    news = {body.first.place_id: body for body in (*found.come.values(), *(pair[1] for pair in found.pairs))}
    gone = {body.first.place_id for body in found.gone.values()} - {""}
    come = {body.first.place_id for body in found.come.values()} - {""}
    links = [(one, heir) for one in sorted(gone) for heir in sorted(heirs.get(one, ())) if heir in news]
    links += [(heir, one) for one in sorted(come) for heir in sorted(heirs.get(one, ())) if heir in olds]
    for before, after in links:
        made = _difference("renamed", "split_or_merged", olds[before].first, news[after].first)
        heir = after if after in heirs.get(before, ()) else before
        yield Difference(made.change, made.cause, heir, made.name_old, made.name_new, made.country)
        found.gone.pop(olds[before].number, None)
        found.come.pop(news[after].number, None)


def _undecided(found: Counterparts) -> Iterator[Difference]:
    """The bodies of both lists that may be each other: one row two of them, one row each that is left over.

    Where more speaks for another pair, what is left over is none: it may be a namesake's neighbour, yet hardly the body itself.
    """
    doubts = [(_doubt(old, new), old.number, new.number) for old, new in meeting(found.gone.values(), found.come.values(), faintly=True)]
    ranked = sorted((doubt for doubt in doubts if doubt[0][0]), key=lambda doubt: (-doubt[0][0], doubt[1], doubt[2]))
    told: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for (much, cause), old, new in ranked:
        if old not in told[0] and new not in told[1]:
            yield _difference("unclear", cause, found.gone[old].first, found.come[new].first)
            told[0][old] = told[1][new] = much
    paired = (dict(told[0]), dict(told[1]))
    for (much, cause), old, new in ranked:
        if old not in told[0] and much >= paired[1].get(new, 0):
            yield _difference("unclear", cause, found.gone[old].first, None)
            told[0][old] = much
        if new not in told[1] and much >= paired[0].get(old, 0):
            yield _difference("unclear", cause, None, found.come[new].first)
            told[1][new] = much
    for side, numbers in zip((found.gone, found.come), told, strict=True):
        for number in numbers:
            del side[number]


def _doubt(old: Body, new: Body) -> tuple[int, str]:
    return max((doubt(a, b) for a in old.rows for b in new.rows), key=lambda found: found[0])


def _printed_twice(found: Counterparts, least: int) -> Iterator[Difference]:
    """A body on one list alone that may be another print of one that both lists have: sure in the same form, else unclear.

    least: the least strength; what is not sure waits for those that may be a body of the other list alone. Of bodies that are no
    municipalities one list often has several of like name (Grand Paris Sud, Grand Paris Seine Ouest).
    """
    before, after = ({pair[side].number: pair for pair in found.pairs} for side in (0, 1))
    for gone, kept in _again(found.gone, [pair[1] for pair in found.pairs], least):
        yield _twice(gone, after[kept.number][0], kept, is_old=True)
    for come, kept in _again(found.come, [pair[0] for pair in found.pairs], least):
        yield _twice(come, before[kept.number][1], kept, is_old=False)


def _again(side: dict[int, Body], kept: Sequence[Body], least: int) -> Iterator[tuple[Body, Body]]:
    """The bodies of the side that may be one of the others, with the likeliest; they leave the side."""
    best: dict[int, tuple[int, Body, Body]] = {}
    open_kept = [body for body in kept if not body.first.place_id]
    open_side = [body for body in side.values() if not body.first.place_id]
    met = [*meeting(open_side, kept), *meeting([body for body in side.values() if body.first.place_id], open_kept)]
    for one, other in met:
        sure = max(strength(a, b) for a in one.rows for b in other.rows)
        of_other_bodies = bool(one.first.kinds and other.first.kinds)
        if sure >= (max(least, ALIKE) if of_other_bodies else least) and sure > best.get(one.number, (0,))[0]:
            best[one.number] = (sure, one, other)
    for number, (_, one, other) in best.items():
        del side[number]
        yield one, other


def _printed_alike(found: Counterparts) -> Iterator[Difference]:
    """A body of one list alone that has another one of the same list nearly in its print: both may be one, and only one is told."""
    for side, is_old in ((found.gone, True), (found.come, False)):
        bodies = sorted(side.values(), key=_in_order)
        met = [pair for pair in meeting(bodies, bodies, both_matched=False) if _in_order(pair[0]) < _in_order(pair[1])]
        for one, other in sorted(met, key=lambda pair: (_in_order(pair[0]), _in_order(pair[1]))):
            there = one.number in side and other.number in side
            if there and max(strength(a, b) for a in one.rows for b in other.rows) >= ALIKE:
                again = other if not other.first.place_id else one
                del side[again.number]
                yield _difference("unclear", "duplicate_row", *((again.first, None) if is_old else (None, again.first)))


def _in_order(body: Body) -> tuple[str, ...]:
    """A place among others that does not depend on the order of the page."""
    return min((row.name, row.country, row.sort, row.place_id) for row in body.rows)


def _twice(single: Body, same_list: Body, other_list: Body, *, is_old: bool) -> Difference:
    sure = max(strength(a, b) for body in (same_list, other_list) for a in single.rows for b in body.rows) >= SAME_FORM
    old, new = (single.first, other_list.first) if is_old else (other_list.first, single.first)
    return _difference("renamed" if sure else "unclear", "duplicate_row", old, new)


def _of_pair(before: Body, after: Body) -> Iterator[Difference]:
    """What changed for a body on both lists: its print, how often it is printed, its tie."""
    old_rows, new_rows = list(before.rows), list(after.rows)
    for row in before.rows:
        same = next((other for other in new_rows if other.written == row.written), None)
        if same is not None:
            old_rows.remove(row)
            new_rows.remove(same)
            if cause := _country_code(row, same):
                yield _difference("renamed", cause, row, same)
    several = len(before.rows) != len(after.rows)
    for old, new in zip_longest(old_rows, new_rows):
        if old is not None and new is not None:
            yield _difference("renamed", _cause(old, new), old, new)
        elif several:
            # Of a name that several places bear the rows may be two bodies.
            sure = bool(before.first.place_id and after.first.place_id)
            yield _difference("renamed" if sure else "unclear", "duplicate_row", old or before.first, new or after.first)
    ties = [{row.tie for row in body.rows} - {""} for body in (before, after)]
    if all(ties) and ties[0] != ties[1]:
        yield _difference("tie_changed", "world", before.first, after.first)


def _country_code(old: Printed, new: Printed) -> str:
    """country_code: the same name with another code of its country (UK, GB); a code beside a name of the country is none."""
    codes = [row.country_as_published.strip().upper() for row in (old, new)]
    return "country_code" if codes[0] != codes[1] and all(1 < len(code) < 4 for code in codes) else ""


def _cause(old: Printed, new: Printed) -> str:
    """affix: the same name but for a legal form or a hint; spelling: all else (accents, dashes, order, other languages)."""
    forms = [{*row.forms, *row.hinted} for row in (old, new)]
    return "affix" if forms[0] & forms[1] and old.key != new.key else "spelling"
