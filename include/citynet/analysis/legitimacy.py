"""Table legitimacy_evidence: what can be seen of who is in, how a network is run and what comes of it; never a score, never an order.

Input, throughput and output legitimacy (Scharpf 1999; Schmidt 2013); output in four levels that are never added up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from citynet.analysis.lists import MemberList, no_ratio_because
from citynet.model import Row

INPUT, THROUGHPUT, OUTPUT = "input", "throughput", "output"
FIGURE, NOT_LOOKED_FOR = "figure", "not_looked_for"
VALUES = ("yes", "no", "not_found", NOT_LOOKED_FOR, FIGURE)
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
    """Members or seats by class. universe: whom it counts; without: how many have no known class; source, date: of the list."""

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
    them have no known class and are in no share. members: the newest list, None where there is none.
    """
    network_id = stated.network_id
    rows = [
        *(_fact(INPUT, item, stated.facts.get(item)) for item in INPUT_ITEMS),
        *_may_join(access),
        *_who_is_in(members, places, as_of, age_limit),
        *_who_sits(bodies, places),
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
            yield _row(INPUT, f"{unit}_that_may_join_percent", value, figure=share, universe=str(row["universe"]), note=note)


def _who_is_in(members: MemberList | None, places: PlaceClasses, as_of: str, age_limit: bool) -> Iterator[Row]:
    because = "no list" if members is None else no_ratio_because(members, as_of, age_limit)
    if members is None or because:
        yield _row(INPUT, "share_of_members", "not_found", note=because)
        return
    universe = f"municipalities on the complete list of {members.list_date}"
    for by, counts, without in _classified(Counter(members.municipality_ids), places, members.countries):
        counted = _Counted(counts, without + members.unresolved, universe, None, members.list_date)
        yield from _shares("share_of_members", by, counted)


def _who_sits(bodies: Sequence[Row], places: PlaceClasses) -> Iterator[Row]:
    """The seats of each governing body of which the number of seats is known, as far as it is known who holds them."""
    governing = [row for row in bodies if row["governs"]]
    named = "; ".join(sorted({str(row["body"]) for row in governing})) or None
    yield _row(INPUT, "governing_bodies", "yes" if governing else NOT_LOOKED_FOR, note=named)
    whole = [row for row in governing if not row["place_id"] and row["seats"] and row["on_newest_list"]]
    if not whole:
        missing = "who holds how many seats is not known" if governing else None
        yield _row(INPUT, "share_of_seats", "not_found" if governing else NOT_LOOKED_FOR, note=missing)
    for body in sorted(whole, key=lambda row: str(row["body"])):
        cities = [row for row in governing if row["place_id"] and row["on_newest_list"] and row["body"] == body["body"]]
        held = Counter({str(row["place_id"]): int(str(row["seats"])) for row in cities})
        elsewhere = max(0, int(str(body["seats"])) - held.total())
        day = max((str(row["seen_to"]) for row in cities), default=str(body["seen_to"]))
        sources = "; ".join(sorted({str(row["source"]) for row in cities or [body]}))
        for by, counts, without in _classified(held, places, places.countries):
            counted = _Counted(counts, without + elsewhere, _seats_told(body, day), sources, day)
            yield from _shares(f"share_of_seats:{body['body']}", by, counted)


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
    for by, counts, order in (("size_class", sizes, places.order), ("country", of_country, sorted(of_country))):
        without = counts.pop("", 0)
        yield by, Counter({name: counts[name] for name in order if counts[name]}), without


def _shares(item: str, by: str, counted: _Counted) -> Iterator[Row]:
    everyone = sum(counted.counts.values())
    for name, number in counted.counts.items():
        note = f"{number} of {everyone}" + (f"; {counted.without} more have no known class" if counted.without else "")
        percent = 100 * number / everyone
        yield _row(
            INPUT,
            f"{item}:{by}:{name}",
            FIGURE,
            figure=percent,
            universe=counted.universe,
            source=counted.source,
            source_date=counted.date,
            note=note,
        )
    if not everyone:
        yield _row(INPUT, f"{item}:{by}", "not_found", universe=counted.universe, note=f"{counted.without} have no known class")


def _row(
    dimension: str,
    item: str,
    value: str,
    *,
    figure: object = None,
    universe: str | None = None,
    source: str | None = None,
    source_date: str | None = None,
    note: str | None = None,
) -> Row:
    return {
        "dimension": dimension,
        "item": item,
        "value": value,
        "figure": figure,
        "universe": universe,
        "source": source,
        "source_date": source_date,
        "note": note,
    }
