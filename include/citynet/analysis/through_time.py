"""Membership through time, on fixed panels: only networks whose complete lists are known at both ends are compared.

A network that enters the monitor between the ends is marked and never read as growth, and one of which no newer list is known is
no decline. What differs between two lists is not told as joining or leaving: that is decided in the history of memberships.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.analysis.columns import MEMBERSHIP_TRENDS
from citynet.analysis.lists import COMPARABLE_MONTHS, MemberList, within_months
from citynet.analysis.sentences import trend_sentence
from citynet.model import Row

PANEL = "panel"
ALL = "all"
THREE_FAMILIES = 3

Classes = Mapping[str, Mapping[str, str | None]]
"""Dimension -> municipality -> class. One class for both ends: a town that grows past a bound is no change of membership."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The two days (ISO dates) that a trend compares."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """One network at both ends; status: in_panel | entered | without_newer_list | not_observed | partial | never_complete."""

    network_id: str
    status: str
    before: MemberList | None
    after: MemberList | None


def yearly_ends(as_of: str, years: Iterable[int] = (1, 5)) -> tuple[Ends, ...]:
    """From so many years before as_of to as_of; 29 February becomes 28."""
    starts = (f"{int(as_of[:4]) - back:04}{as_of[4:]}" for back in years)
    return tuple(Ends(f"{start[:4]}-02-28" if start[4:] == "-02-29" else start, as_of) for start in starts)


def membership_trends(
    lists: Sequence[MemberList],
    ends: Sequence[Ends],
    families: Mapping[str, str],
    classes: Classes,
    as_of: str,
    *,
    names: Mapping[str, str] | None = None,
    successors: Mapping[str, str] | None = None,
) -> list[Row]:
    """Rows of MEMBERSHIP_TRENDS for each pair of ends: each network, then the panel as a whole, then the panel by class.

    At an end a network stands on its newest complete list of at most 12 months before, so lists of one end are at most 12 months apart.
    The list of the later end must be newer than the start. successors: municipality -> the one that it was merged into. change_low
    and change_high: if each unresolved name of one end only were one more member.
    """
    found: list[Row] = []
    merged = [_merged(m, successors or {}) for m in lists]
    for pair in ends:
        seen = [_seen(network_id, merged, pair) for network_id in sorted({m.network_id for m in merged})]
        rows = [_network_row(each) for each in seen]
        rows += _panel_rows(seen, families, classes)
        shared: Row = {"date_from": pair.start, "date_to": pair.end, "as_of": as_of}
        found += [_finished({**row, **shared}, names or {}) for row in rows]
    return found


def _seen(network_id: str, lists: Sequence[MemberList], ends: Ends) -> _Seen:
    own = [m for m in lists if m.network_id == network_id and m.use == "current" and not m.no_figure_because]
    whole = [m for m in own if m.complete]
    before, after = _at(whole, ends.start), _at([m for m in whole if m.list_date > ends.start], ends.end)
    if before and after:
        return _Seen(network_id, "in_panel", before, after)
    if not whole:
        return _Seen(network_id, "partial" if own else "never_complete", None, None)
    if before:
        return _Seen(network_id, "without_newer_list", before, None)
    return _Seen(network_id, "entered" if after else "not_observed", None, after)


def _at(lists: Sequence[MemberList], day: str) -> MemberList | None:
    """The newest list that shows the network at most 12 months before a day, to its first possible day; None if there is none."""
    near = [m for m in lists if m.list_date <= day and within_months(m.days[0], day, COMPARABLE_MONTHS)]
    return max(near, key=lambda m: m.list_date, default=None)


def _merged(members: MemberList, successors: Mapping[str, str]) -> MemberList:
    """The list with merged municipalities as the ones that they are now, so that a merger is no change."""
    now = frozenset(successors.get(place_id, place_id) for place_id in members.municipality_ids)
    return members if now == members.municipality_ids else replace(members, municipality_ids=now)


def _network_row(seen: _Seen) -> Row:
    row: Row = {"subject": seen.network_id, "network_id": seen.network_id, "dimension": ALL, "class": ALL, "status": seen.status}
    row |= _side("from", [seen.before] if seen.before else []) | _side("to", [seen.after] if seen.after else [])
    row |= {"list_date_from": seen.before.list_date if seen.before else None, "list_date_to": seen.after.list_date if seen.after else None}
    if seen.before and seen.after:
        return row | _change([seen.before], [seen.after])
    why = {
        "entered": "no complete list at the start: it entered the monitor, which is no growth",
        "without_newer_list": "no complete list at the end: nothing follows on its members",
        "partial": "only partial lists",
        "never_complete": "no list that may be counted",
        "not_observed": f"no complete list within {COMPARABLE_MONTHS} months before the start or the end",
    }
    return row | {"not_computed_because": why[seen.status]}


def _panel_rows(seen: Sequence[_Seen], families: Mapping[str, str], classes: Classes) -> list[Row]:
    statuses = Counter(each.status for each in seen)
    before = [each.before for each in seen if each.before and each.after]
    after = [each.after for each in seen if each.before and each.after]
    shared: Row = {
        "subject": PANEL,
        "networks_in_panel": len(before),
        "networks_entered": statuses["entered"],
        "networks_without_newer": statuses["without_newer_list"],
        "not_computed_because": None if before else "no network has a complete list at both ends",
    }
    whole: Row = {**shared, "dimension": ALL, "class": ALL}
    if not before:
        return [whole]
    whole |= _side("from", before) | _side("to", after) | _change(before, after) | _spread(before, after, families)
    rows = [whole]
    for dimension in sorted(classes):
        of = classes[dimension]
        present = {of.get(place_id) for m in (*before, *after) for place_id in m.municipality_ids}
        for name in sorted(name for name in present if name is not None):
            inside = [[_only(m, of, name) for m in lists] for lists in (before, after)]
            row: Row = {**shared, "dimension": dimension, "class": name}
            rows.append(row | _side("from", inside[0]) | _side("to", inside[1]) | _change(*inside))
    return rows


def _only(members: MemberList, classes: Mapping[str, str | None], name: str) -> MemberList:
    """The members of one class; those without a class are missing, as unresolved names are."""
    inside = frozenset(place_id for place_id in members.municipality_ids if classes.get(place_id) == name)
    without = sum(classes.get(place_id) is None for place_id in members.municipality_ids)
    return replace(members, municipality_ids=inside, unresolved=members.unresolved + without)


def _side(end: str, lists: Sequence[MemberList]) -> Row:
    if not lists:
        return {}
    return {
        f"members_{end}": sum(len(m.municipality_ids) for m in lists),
        f"unresolved_{end}": sum(m.unresolved for m in lists),
        f"municipalities_{end}": len(frozenset[str]().union(*(m.municipality_ids for m in lists))),
    }


def _change(before: Sequence[MemberList], after: Sequence[MemberList]) -> Row:
    """Memberships at both ends, at one only, and the change with what unresolved names allow; before and after go pairwise."""
    both = sum(len(a.municipality_ids & b.municipality_ids) for a, b in zip(before, after, strict=True))
    start, end = (sum(len(m.municipality_ids) for m in lists) for lists in (before, after))
    open_before, open_after = (sum(m.unresolved for m in lists) for lists in (before, after))
    return {
        "at_both": both,
        "only_from": start - both,
        "only_to": end - both,
        "change": end - start,
        "change_low": end - start - open_before,
        "change_high": end - start + open_after,
        "change_percent": 100 * (end - start) / start if start else None,
        "not_computed_because": None,
    }


def _spread(before: Sequence[MemberList], after: Sequence[MemberList], families: Mapping[str, str]) -> Row:
    """Municipalities in three or more families of the panel."""

    def several(lists: Sequence[MemberList]) -> int:
        of = Counter(pair[0] for pair in {(p, families.get(m.network_id, m.network_id)) for m in lists for p in m.municipality_ids})
        return sum(count >= THREE_FAMILIES for count in of.values())

    return {"in_three_families_from": several(before), "in_three_families_to": several(after)}


def _finished(row: Row, names: Mapping[str, str]) -> Row:
    made: Row = {**dict.fromkeys(MEMBERSHIP_TRENDS), **row}
    return {**made, "sentence": trend_sentence(made, names.get(str(made["subject"]), str(made["subject"])))}
