"""Table legitimacy_evidence: what can be seen of who is in, how a network is run and what comes of it; never a score, never an order.

Input, throughput and output legitimacy (Scharpf 1999; Schmidt 2013); output in four levels that are never added up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial

from citynet.analysis.lists import MemberList, no_ratio_because
from citynet.model import Row

INPUT, THROUGHPUT, OUTPUT = "input", "throughput", "output"
FIGURE, NOT_LOOKED_FOR = "figure", "not_looked_for"
VALUES = ("yes", "no", "not_found", NOT_LOOKED_FOR, FIGURE)
MEMBERS, SEATS = "share_of_members", "share_of_seats"
BY = ("size_class", "country")
INPUT_ITEMS = ("rule_on_who_may_join", "fee", "members_voice", "migrants_voice")
THROUGHPUT_ITEMS = ("statutes", "voting_rule", "annual_report", "accounts", "transparency_register", "public_minutes", "member_list")
OUTPUT_ITEMS = {
    "activity": "what was published",
    "commitments_met": "reports due and filed",
    "uptake": "a demand found in an addressee's decision",
    "effect": "not observed by this monitor",
}
"""The four levels of output and what each would be."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a source says, or that nobody has found or looked for. value: one of VALUES but `figure`."""

    value: str
    note: str | None
    source: str | None
    source_date: str | None


@dataclass(frozen=True, slots=True)
class Stated:
    """What a network's file and lists say of it. facts: item of INPUT_ITEMS or THROUGHPUT_ITEMS -> what is known."""

    network_id: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlaceClasses:
    """What is known of a place. size_classes: municipality -> its size class, None where not known; order: smallest first;
    municipality_of: body -> its municipality, "" for none; countries: place -> ISO code."""

    size_classes: Mapping[str, str | None]
    order: Sequence[str]
    municipality_of: Mapping[str, str]
    countries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Members or seats by class. item: of their rows; by: size_class | country; universe: whom it counts; without: how many have no
    known class; source, date: of the list."""

    item: str
    by: str
    counts: Mapping[str, int]
    without: int
    universe: str
    source: str | None
    date: str | None


def legitimacy_evidence(
    stated: Stated,
    members: MemberList | None,
    bodies: Sequence[Row],
    access: Sequence[Row],
    places: PlaceClasses,
    as_of: str,
    *,
    age_limit: bool = True,
) -> list[Row]:
    """The rows of one network, in the order of the dimensions; bodies: its rows of network_bodies, access: its rows of table access.

    Shares are of a complete list of members, and of the seats of governing bodies that a list names; each beside how many of
    them have no known class, and the bounds that those allow. A class that either of them has is told of both, with 0 where nobody
    is of it. members: the newest list, None where there is none.
    """
    network_id = stated.network_id
    because = "no list" if members is None else no_ratio_because(members, as_of, age_limit)
    in_it = [] if members is None or because else _who_is_in(members, places)
    seats = _who_sits(bodies, places)
    classes = {by: _in_order({name for each in (*in_it, *seats) if each.by == by for name in each.counts}, by, places) for by in BY}
    rows = [
        *(_fact(INPUT, item, stated.facts.get(item)) for item in INPUT_ITEMS),
        *_may_join(access),
        *([_row(INPUT, MEMBERS, "not_found", note=because)] if because else ()),
        *(row for counted in in_it for row in _shares(counted, classes[counted.by])),
        *_governing(bodies, seats),
        *(row for counted in seats for row in _shares(counted, classes[counted.by])),
        *(_fact(THROUGHPUT, item, stated.facts.get(item)) for item in THROUGHPUT_ITEMS),
        *(_row(OUTPUT, item, NOT_LOOKED_FOR, note=what) for item, what in OUTPUT_ITEMS.items()),
    ]
    return [{"network_id": network_id, **row, "as_of": as_of} for row in rows]


def _fact(dimension: str, item: str, fact: Fact | None) -> Row:
    if fact is None:
        return _row(dimension, item, NOT_LOOKED_FOR)
    return _row(dimension, item, fact.value, note=fact.note, source=fact.source, source_date=fact.source_date)


def _may_join(access: Sequence[Row]) -> Iterator[Row]:
    """Which part of all municipalities, and of their residents, may join at all: exclusion by rule, told as access."""
    for row in access:
        if row["dimension"] != "all":
            continue
        for unit in ("municipalities", "residents"):
            share, because = row[f"{unit}_may_join_percent"], row["not_computed_because"]
            low, high = (row[f"{unit}_may_join_percent_{end}"] for end in ("low", "high"))
            bounds = f"between {low} and {high} %" if share is None and low is not None else None
            note = "; ".join(str(text) for text in (because, bounds, row["rule"]) if text) or None
            value = FIGURE if share is not None else "not_found"
            yield _row(INPUT, f"{unit}_that_may_join_percent", value, (share, low, high), universe=str(row["universe"]), note=note)


def _who_is_in(members: MemberList, places: PlaceClasses) -> list[_Counted]:
    universe = f"the municipalities on the complete list of {members.list_date}"
    classified = _classified(Counter(members.municipality_ids), places, members.countries)
    return [
        _Counted(MEMBERS, by, counts, without + members.unresolved, universe, None, members.list_date) for by, counts, without in classified
    ]


def _governing(bodies: Sequence[Row], seats: Sequence[_Counted]) -> Iterator[Row]:
    """Which bodies govern, and whether it is known of any who holds how many seats."""
    governing = [row for row in bodies if row["governs"]]
    named = "; ".join(sorted({str(row["body"]) for row in governing})) or None
    yield _row(INPUT, "governing_bodies", "yes" if governing else NOT_LOOKED_FOR, note=named)
    if not seats:
        missing = "who holds how many seats is not known" if governing else None
        yield _row(INPUT, SEATS, "not_found" if governing else NOT_LOOKED_FOR, note=missing)


def _who_sits(bodies: Sequence[Row], places: PlaceClasses) -> list[_Counted]:
    """The seats of each governing body of which the number of seats is known, as far as it is known who holds them."""
    governing = [row for row in bodies if row["governs"] and row["on_newest_list"]]
    whole = [row for row in governing if not row["place_id"] and row["seats"]]
    found: list[_Counted] = []
    for body in sorted(whole, key=lambda row: str(row["body"])):
        cities = [row for row in governing if row["place_id"] and row["body"] == body["body"]]
        held = Counter({str(row["place_id"]): int(str(row["seats"])) for row in cities})
        elsewhere = max(0, int(str(body["seats"])) - held.total())
        day = max((str(row["seen_to"]) for row in cities), default=str(body["seen_to"]))
        sources = "; ".join(sorted({str(row["source"]) for row in cities or [body]}))
        for by, counts, without in _classified(held, places, places.countries):
            item, universe = f"{SEATS}:{body['body']}", _seats_told(body, day)
            found.append(_Counted(item, by, counts, without + elsewhere, universe, sources, day))
    return found


def _seats_told(body: Row, day: str) -> str:
    seats = f"the {body['seats']} seats of the {body['body']}"
    return (
        f"{seats} that a list of {day} names; whether these are all is not known"
        if body["basis"] == "list"
        else f"{seats}, as told of {day}"
    )


def _classified(held: Counter[str], places: PlaceClasses, countries: Mapping[str, str]) -> Iterator[tuple[str, Counter[str], int]]:
    """Members or seats by size class and by country, and how many have no known class."""
    sizes: Counter[str] = Counter()
    of_country: Counter[str] = Counter()
    for place_id, number in held.items():
        sizes[places.size_classes.get(places.municipality_of.get(place_id, place_id)) or ""] += number
        of_country[countries.get(place_id, "")] += number
    for by, counts in zip(BY, (sizes, of_country), strict=True):
        without = counts.pop("", 0)
        yield by, +counts, without


def _in_order(names: AbstractSet[str], by: str, places: PlaceClasses) -> list[str]:
    return [name for name in places.order if name in names] if by == "size_class" else sorted(names)


def _shares(counted: _Counted, classes: Sequence[str]) -> Iterator[Row]:
    """The share of each class; low and high: with all of no known class in other classes, then all of them in this one."""
    everyone = sum(counted.counts.values())
    universe = f"the {everyone} with a known class of {counted.universe}" if everyone and counted.without else counted.universe
    row = partial(_row, INPUT, universe=universe, source=counted.source, source_date=counted.date)
    if not everyone:
        yield row(f"{counted.item}:{counted.by}", "not_found", note=f"{counted.without} have no known class")
        return
    for name in classes:
        number = counted.counts.get(name, 0)
        note = f"{number} of {everyone}" + (f"; {counted.without} more have no known class" if counted.without else "")
        bounds = [100 * most / (everyone + counted.without) for most in (number, number + counted.without)]
        figures = (100 * number / everyone, bounds[0], bounds[1])
        yield row(f"{counted.item}:{counted.by}:{name}", FIGURE, figures, note=note)


def _row(
    dimension: str,
    item: str,
    value: str,
    figures: tuple[object, object, object] = (None, None, None),
    *,
    universe: str | None = None,
    source: str | None = None,
    source_date: str | None = None,
    note: str | None = None,
) -> Row:
    """figures: the figure and its bounds."""
    return {
        "dimension": dimension,
        "item": item,
        "value": value,
        **dict(zip(("figure", "figure_low", "figure_high"), figures, strict=True)),
        "universe": universe,
        "source": source,
        "source_date": source_date,
        "note": note,
    }
