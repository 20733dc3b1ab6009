"""Two plain lists of one network: what changed in the world, what only in print, and what nobody can tell.

Both lists count as complete, so a body that is on one of them alone has joined or left; but only where nothing on the
other list can be that body.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from citynet.history.associations import perhaps_one_association
from citynet.history.counterparts import Body, Counterparts, OtherNames, counterparts, meeting
from citynet.history.doubtful import doubt
from citynet.history.merged_away import Known, Merger, mergers
from citynet.history.municipal import MunicipalChange, heirs_on
from citynet.history.other_bodies import lands_meant
from citynet.history.printed import Printed
from citynet.history.put_together import put_together
from citynet.history.resemblance import ALIKE, DOUBT, SAME_FORM, perhaps_in_one_form, strength
from citynet.history.sightings import FOREVER
from citynet.history.translated import unknown_in_translation
from citynet.history.transliterated import spelt_from_another_script
from citynet.history.united import gone_into_a_member


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
    old: Sequence[Printed],
    new: Sequence[Printed],
    changes: Sequence[MunicipalChange],
    other_names: OtherNames,
    merged_away: Known = tuple,
) -> tuple[Difference, ...]:
    """The differences, sorted by change, place_id and old name; a body that both lists print alike gives none.

    changes: the mergers and splits that people recorded; merged_away: further municipalities that are known to be no more.
    """
    found = counterparts(old, new, other_names)
    gone_by_merger = list(mergers(found, merged_away))
    differences = [*_municipal(found, changes), *_merged_away(found, gone_by_merger), *_put_together(found)]
    alone = (dict(found.gone), dict(found.come))
    differences += _printed_twice(found, SAME_FORM)
    again = [
        [body for number, body in before.items() if number not in side]
        for before, side in zip(alone, (found.gone, found.come), strict=True)
    ]
    differences += [*_undecided(found), *_like_one_printed_twice(found, again), *_untranslated(found), *_city_beside_its_land(found)]
    differences += [*_printed_twice(found, DOUBT), *_printed_alike(found)]
    differences += [*_nearly_alone(found), *_gone_into_a_member(found)]
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


def _merged_away(found: Counterparts, merged: Sequence[Merger]) -> Iterator[Difference]:
    """A municipality that is no more and whose heir is on the other list has not left, nor has the heir joined."""
    for merger in merged:
        if merger.former.number in (found.gone if merger.heir_is_new else found.come):
            rows = (merger.former.first, merger.heir.first) if merger.heir_is_new else (merger.heir.first, merger.former.first)
            yield replace(_difference("renamed", "split_or_merged", *rows), place_id=merger.heir_id)
    for merger in merged:
        former, heir = (found.gone, found.come) if merger.heir_is_new else (found.come, found.gone)
        former.pop(merger.former.number, None)
        heir.pop(merger.heir.number, None)


def _put_together(found: Counterparts) -> Iterator[Difference]:
    """A body whose row the other list puts together with another's has neither left nor joined, nor have those of that row."""
    for one in put_together(found):
        rows = (one.part.first, one.row.first) if one.is_old else (one.row.first, one.part.first)
        yield _difference("renamed", "split_or_merged", *rows)
        parts, whole = (found.gone, found.come) if one.is_old else (found.come, found.gone)
        parts.pop(one.part.number, None)
        whole.pop(one.row.number, None)


def _untranslated(found: Counterparts) -> Iterator[Difference]:
    for body, is_old in list(unknown_in_translation(found)):
        del (found.gone if is_old else found.come)[body.number]
        yield _difference("unclear", "unresolved", *((body.first, None) if is_old else (None, body.first)))


def _nearly_alone(found: Counterparts) -> Iterator[Difference]:
    """Of what is left over in a country: associations of municipalities, and names that another script may have spelt in two ways."""
    for old, new in (*perhaps_one_association(found), *spelt_from_another_script(found)):
        if old.number in found.gone and new.number in found.come:
            yield _difference("unclear", "unresolved", found.gone.pop(old.number).first, found.come.pop(new.number).first)


def _gone_into_a_member(found: Counterparts) -> Iterator[Difference]:
    for town, municipality in list(gone_into_a_member(found)):
        del found.gone[town.number]
        yield _difference("unclear", "split_or_merged", town.first, municipality.first)


def _city_beside_its_land(found: Counterparts) -> Iterator[Difference]:
    """A city on one list alone, where both have the region that is this city (Brussels-Capital Region), may be the region once more."""
    lands = {f"c{region}": pair for pair in found.pairs for body in pair for region in lands_meant(body.first)}
    for side, is_old in ((found.gone, True), (found.come, False)):
        for city in list(side.values()):
            pair = next((lands[region] for region in sorted(city.first.could_be) if region in lands), None)
            if pair is not None:
                del side[city.number]
                rows = (city.first, pair[1].first) if is_old else (pair[0].first, city.first)
                yield _difference("unclear", "duplicate_row", *rows)


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


def _like_one_printed_twice(found: Counterparts, again: Sequence[Sequence[Body]]) -> Iterator[Difference]:
    """A body of one list alone may be a misprint of a row of the other that only repeats a body of both lists."""
    met = [(old, new, new, found.come) for old, new in meeting(again[0], found.come.values(), both_matched=False)]
    met += [(old, new, old, found.gone) for old, new in meeting(found.gone.values(), again[1], both_matched=False)]
    for old, new, alone, side in met:
        if alone.number in side and _doubt(old, new)[0]:
            del side[alone.number]
            yield _difference("unclear", "duplicate_row", old.first, new.first)


def _again(side: dict[int, Body], kept: Sequence[Body], least: int) -> Iterator[tuple[Body, Body]]:
    """The bodies of the side that may be one of the others, with the likeliest; they leave the side."""
    best: dict[int, tuple[int, Body, Body]] = {}
    open_kept = [body for body in kept if not body.first.place_id]
    open_side = [body for body in side.values() if not body.first.place_id]
    met = [*meeting(open_side, kept), *meeting([body for body in side.values() if body.first.place_id], open_kept)]
    for one, other in met:
        if least >= SAME_FORM and not any(perhaps_in_one_form(a, b) for a in one.rows for b in other.rows):
            continue
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
    old_rows, new_rows = _once_a_tie(before.rows), _once_a_tie(after.rows)
    several = len(old_rows) != len(new_rows)
    for row in list(old_rows):
        same = next((other for other in new_rows if other.written == row.written), None)
        if same is not None:
            old_rows.remove(row)
            new_rows.remove(same)
            if cause := _country_code(row, same):
                yield _difference("renamed", cause, row, same)
    for old, new in zip_longest(old_rows, new_rows):
        if old is not None and new is not None:
            yield _difference("renamed", _cause(old, new), old, new)
        elif several:
            # Of a name that several places bear the rows may be two bodies.
            sure = bool(before.first.place_id and after.first.place_id)
            yield _difference("renamed" if sure else "unclear", "duplicate_row", old or before.first, new or after.first)
    ties = [{row.tie for row in body.rows} - {""} for body in (before, after)]
    if all(ties) and not ties[0] & ties[1]:
        yield _difference("tie_changed", "world", before.first, after.first)


def _once_a_tie(rows: Sequence[Printed]) -> list[Printed]:
    """The rows without those that print a name again for another tie: a member with a seat on the board is one member."""
    kept: list[Printed] = []
    for row in rows:
        if not any(row.written == other.written and row.tie != other.tie for other in kept):
            kept.append(row)
    return kept


def _country_code(old: Printed, new: Printed) -> str:
    """country_code: the same name with another code of its country (UK, GB), or with a territory and its state (FO, Denmark).

    A code beside a name of one country is none.
    """
    if old.country and new.country and old.country != new.country:
        return "country_code"
    codes = [row.country_as_published.strip().upper() for row in (old, new)]
    return "country_code" if codes[0] != codes[1] and all(1 < len(code) < 4 for code in codes) else ""


def _cause(old: Printed, new: Printed) -> str:
    """affix: the same name but for a legal form or a hint; spelling: all else (accents, dashes, order, other languages)."""
    forms = [{*row.forms, *row.hinted} for row in (old, new)]
    return "affix" if forms[0] & forms[1] and old.key != new.key else "spelling"
