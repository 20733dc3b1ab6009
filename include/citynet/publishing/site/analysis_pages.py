"""What the pages on representation, universes and changes show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from citynet.model import MEMBER_TIES, Row
from citynet.publishing.contract import contract
from citynet.publishing.headlines import grouped, in_headlines
from citynet.publishing.site.charts import EXCLUDED, RatioChart, ratio_chart
from citynet.publishing.site.context import Data, alphabetical, grouped_by, name_of, newest_first
from citynet.publishing.site.countries import country_name
from citynet.publishing.site.covered import covered
from citynet.publishing.site.network_pages import parted_by_state
from citynet.publishing.site.statistics_pages import network_universes
from citynet.publishing.site.wording import list_date, named_after_closing

DEGURBA = {"1": "cities", "2": "towns and suburbs", "3": "rural areas"}
CLASS_WORDS = {
    "region_of_europe": "{}",
    "eu_membership": "{}",
    "urban_centre_size_class": "class {}",
    "non_eu_citizens_share_quartile": "quartile {}",
}
DIMENSIONS = (
    *("municipality_size_class", "degurba", "country", "region_of_europe"),
    *("eu_membership", "urban_centre_size_class", "non_eu_citizens_share_quartile"),
)
KINDS = {
    "at_least_5000": "municipalities of at least 5 000 residents",
    "statistical_cities": "statistical cities",
    "eligible_by_rule": "municipalities that its own rules admit",
    "residents": "residents",
}
"""The universes in the order in which they are shown; of each dimension the first is drawn."""


@dataclass(frozen=True, slots=True)
class Group:
    """The classes of one network, universe and dimension. against: the universe in short. chart leaves out countries without a member;
    hidden: how many.

    excluded: classes that the network's own rule keeps out, drawn or not.
    """

    first: Row
    rows: tuple[tuple[str, Row], ...]
    chart: RatioChart
    hidden: int
    excluded: int
    against: str
    sentences: tuple[str, ...]


def representation_groups(data: Data) -> dict[str, list[Group]]:
    """By network: its groups by dimension and universe; only those of which a figure is known."""
    found: dict[str, list[Group]] = {}
    for network_id, rows in grouped_by(data.tables["representation"], "network_id").items():
        groups = [
            _group([{**r, "universe": _called(r, data)} for r in same])
            for dimension in DIMENSIONS
            for kind in KINDS
            for _, same in sorted(
                grouped_by([r for r in rows if (r["dimension"], r["universe_kind"]) == (dimension, kind)], "universe").items()
            )
        ]
        known = [g for g in groups if any(r["representation_ratio"] is not None for _, r in g.rows)]
        if known:
            found[network_id] = known
    return dict(sorted(found.items(), key=lambda item: (alphabetical(name_of(data.networks, item[0])), item[0])))


def untold_groups(data: Data, network_id: str) -> list[tuple[str, str]]:
    """The universes against which a network's list has no figure by size class, in short, and why."""
    rows = [r for r in data.tables["representation"] if r["network_id"] == network_id and r["dimension"] == DIMENSIONS[0]]
    found = {str(r["universe_kind"]): str(r["not_computed_because"]).removeprefix(f"{network_id}: ") for r in rows if r["u"] is None}
    return [(name, found[kind]) for kind, name in KINDS.items() if kind in found]


def _called(row: Row, data: Data) -> str:
    """The universe of a row with the network's name for its id."""
    return str(row["universe"]).replace(f"may join {row['network_id']} by", f"may join {name_of(data.networks, row['network_id'])} by")


def representation_page(data: Data, groups: dict[str, list[Group]]) -> dict[str, Any]:
    """All networks by size class in one table, and which networks have no figure for which reason."""
    sizes = [g for found in groups.values() for g in found if g.first["dimension"] == "municipality_size_class"]
    keys = sorted({_universe_key(g.first) for g in sizes}, key=lambda key: (list(KINDS).index(key[0]), key[1]))
    parts = [(key, beside) for beside in (False, True) for key in keys]
    without: dict[str, set[str]] = {}
    for row in data.tables["representation"]:
        if row["network_id"] not in groups and row["not_computed_because"]:
            because = str(row["not_computed_because"]).removeprefix(f"{row['network_id']}: ")
            without.setdefault(str(row["network_id"]), set()).add(because)
    return {
        "tables": [_by_size(beside, shown) for key, beside in parts if (shown := _shown(data, sizes, key, beside))],
        "represented": list(groups),
        "reach": covered(data.tables["coverage"], "member_municipalities", "population"),
        "without": sorted((network_id, "; ".join(sorted(reasons))) for network_id, reasons in without.items()),
    }


def _universe_key(row: Row) -> tuple[str, str]:
    """Rows that stand in one table: of one universe, or each against those who may join it."""
    kind = str(row["universe_kind"])
    return kind, "" if kind == "eligible_by_rule" else str(row["universe"])


def _shown(data: Data, groups: Sequence[Group], key: tuple[str, str], beside: bool) -> list[Group]:
    """The groups of one table: of the networks that headlines are about, or of those that stand beside them."""
    same = [g for g in groups if _universe_key(g.first) == key]
    return [g for g in same if in_headlines(data.networks[str(g.first["network_id"])]) is not beside]


def _by_size(beside: bool, groups: Sequence[Group]) -> dict[str, Any]:
    own = groups[0].first["universe_kind"] == "eligible_by_rule"
    universe = "municipalities that each network’s own rules admit" if own else str(groups[0].first["universe"])
    present = {name for g in groups for name, r in g.rows if r["representation_ratio"] is not None or r["reading"] == EXCLUDED}
    return {
        "universe": universe,
        "beside": beside,
        "source": groups[0].first["universe_source"],
        "classes": [size for size in size_classes() if size in present],
        "rows": [(g.first, dict(g.rows)) for g in groups],
        "excluded": sum(g.excluded for g in groups),
        "dates": sorted({str(g.first["list_date"]) for g in groups if g.first["list_date"]}),
    }


def _group(rows: Sequence[Row]) -> Group:
    first = rows[0]
    # An excluded class has no coverage to tell of; the block under the figures speaks of a class that may join.
    known = next((r for r in rows if r["reading"] != EXCLUDED), first)
    if first["dimension"] == "country":
        named = sorted(((country_name(r["class"]), r) for r in rows), key=lambda item: alphabetical(item[0]))
    elif first["dimension"] == "degurba":
        named = [(DEGURBA.get(str(r["class"]), str(r["class"])), r) for r in sorted(rows, key=lambda r: str(r["class"]))]
    elif first["dimension"] in CLASS_WORDS:
        named = [(CLASS_WORDS[str(first["dimension"])].format(r["class"]), r) for r in rows]
    else:
        order = {name: i for i, name in enumerate(size_classes())}
        named = [(str(r["class"]), r) for r in sorted(rows, key=lambda r: (order.get(str(r["class"]), len(order)), str(r["class"])))]
    drawn = [(name, r) for name, r in named if first["dimension"] != "country" or r["n_c"]]
    excluded = sum(r["reading"] == EXCLUDED for _, r in named)
    against = KINDS[str(first["universe_kind"])]
    told = tuple(str(r["sentence"]) for _, r in named if r["sentence"])
    return Group(known, tuple(named), ratio_chart(drawn), len(named) - len(drawn), excluded, against, told)


def size_classes() -> tuple[str, ...]:
    """The size classes of municipalities, smallest first."""
    return next(c.enum for c in contract().table("places").columns if c.name == "municipality_size_class")


def universe_page(data: Data) -> dict[str, Any]:
    """The table universes by country: units, residents, why a country is left out of figures, and which of its units are.

    gap: why the whole country is out, "" if it is in figures; partly: which units, or which figures, of a country in them are left out.
    """
    rows = []
    for code, cells in grouped_by(data.tables["universes"], "country").items():
        out = [c for c in cells if c["gap"]]
        reasons = "; ".join(sorted({str(c["gap"]) for c in out}))
        units = sum(int(str(c["municipalities"])) for c in out)
        partly = [f"{grouped(units)} of its units are not: {reasons}"] if 0 < len(out) < len(cells) else []
        if not out and all(c["degurba"] is None for c in cells):
            partly.append("not by degree of urbanisation, which the source does not give")
        small = sum(int(str(c["municipalities"])) for c in cells if c["size_class"] == "<5k")
        rows.append(
            {
                "code": code,
                "country": country_name(code),
                "municipalities": sum(int(str(c["municipalities"])) for c in cells),
                "small": small,
                "unknown": sum(int(str(c["municipalities"])) for c in cells if c["size_class"] is None),
                "residents": sum(int(str(c["residents"])) for c in cells if c["residents"] is not None),
                "gap": reasons if len(out) == len(cells) else "",
                "partly": "; ".join(partly),
            }
        )
    used = data.tables["universes"]
    return {
        "rows": sorted(rows, key=lambda r: alphabetical(r["country"])),
        "years": sorted({str(r["year"]) for r in used}),
        "sources": sorted({str(r["source"]) for r in used}),
        "networks_of": network_universes(data),
    }


@dataclass(frozen=True, slots=True)
class NetworkChanges:
    """What one network's lists show to have changed. first_seen: (date, bodies) of stays of which no beginning is known.

    closed: bodies whose stay ended in our records because the network closed; record holds the other changes of records.
    after_closing: (date of the list, bodies) first named by a list that is later than the closing; no list shows their stay.
    """

    network_id: str
    world: tuple[Row, ...]
    record: tuple[Row, ...]
    closed: int
    suspected: tuple[Row, ...]
    on_hold: tuple[Row, ...]
    first_seen: tuple[tuple[str, tuple[Row, ...]], ...]
    after_closing: tuple[tuple[str, tuple[Row, ...]], ...]


def changes_page(data: Data) -> dict[str, Any]:
    """Changes by network in alphabetical order; networks of which no change is known are named apart."""
    world, record = grouped_by(data.tables["membership_changes"], "network_id"), grouped_by(data.tables["record_changes"], "network_id")
    order = sorted(data.networks, key=lambda i: (alphabetical(name_of(data.networks, i)), i))
    every = [_changes(data, i, world.get(i, ()), record.get(i, ())) for i in order]
    return {
        "groups": [g for g in every if _has_news(g)],
        "quiet": [g for g in every if not _has_news(g)],
    }


def _has_news(group: NetworkChanges) -> bool:
    """Whether there is more to tell of a network than the first list we hold."""
    told = group.world or group.record or group.closed or group.suspected or group.on_hold or group.after_closing
    return bool(told or len(group.first_seen) > 1)


def _changes(data: Data, network_id: str, world: Sequence[Row], record: Sequence[Row]) -> NetworkChanges:
    others = newest_first((c for c in record if c["change"] != "network_closed"), data)
    rows = [m for m in data.by_network.get(network_id, ()) if m["first_seen"] is True and m["from_latest"] and m["use"] == "current"]
    rows.sort(key=lambda m: (alphabetical(name_of(data.places, m["place_id"])), str(m["place_id"]), str(m["tie"])))
    members = [m for m in data.by_network.get(network_id, ()) if m["tie"] in MEMBER_TIES and m["use"] == "current"]
    _, suspected, on_hold = parted_by_state(members)
    late = [m for m in rows if named_after_closing(m)]
    return NetworkChanges(
        network_id,
        tuple(newest_first(world, data)),
        tuple(others),
        len(record) - len(others),
        tuple(suspected),
        tuple(on_hold),
        _by_day((str(m["from_latest"]), m) for m in rows if not named_after_closing(m)),
        _by_day((list_date(m), m) for m in late),
    )


def _by_day(dated: Iterable[tuple[str, Row]]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    days: dict[str, list[Row]] = {}
    for day, row in dated:
        days.setdefault(day, []).append(row)
    return tuple((day, tuple(rows)) for day, rows in sorted(days.items()))
