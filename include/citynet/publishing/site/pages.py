"""From the tables of a release to its pages: path below site/ -> bytes. Same tables and context, same bytes."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citynet.errors import DataRefused
from citynet.model import MEMBER_TIES, Row
from citynet.publishing.contract import contract, records
from citynet.publishing.evidence import Evidence
from citynet.publishing.headlines import headlines, in_headlines, is_demonstration
from citynet.publishing.site import wording

TEMPLATES = Path(__file__).with_name("templates")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What a site needs beside the tables. home: public address of the published folder, for the citation; "" where there is none.

    evidence: one a capture of the networks, in the order of (network_id, captured_at, capture_id).
    """

    as_of: str
    package_version: str
    home: str = ""
    contact: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Data:
    """The tables of one release, sorted, with the look-ups that pages need."""

    tables: Mapping[str, Sequence[Row]]
    networks: Mapping[str, Row]
    places: Mapping[str, Row]
    connectivity: Mapping[str, Row]
    by_network: Mapping[str, Sequence[Row]]
    by_place: Mapping[str, Sequence[Row]]
    sources: Mapping[str, Sequence[Row]]
    network_of_capture: Mapping[str, str]


def render(release_id: str, tables: Mapping[str, Sequence[Row]], context: SiteContext, sizes: Mapping[str, int]) -> dict[str, bytes]:
    """All pages and the style sheet. sizes: bytes of each file of the release that pages offer for download.

    DataRefused where an id can't be a file name.
    """
    data = _data(tables)
    page = _page_writer(release_id, data, context)
    pages = {"style.css": (TEMPLATES / "style.css").read_bytes()}
    for path, template, values in _all_pages(data, sizes):
        pages[path] = page(path, template, values)
    return dict(sorted(pages.items()))


def _data(tables: Mapping[str, Sequence[Row]]) -> Data:
    known = {t.name: records(t.name, tables.get(t.name, ())) for t in contract().tables}
    return Data(
        tables=known,
        networks={str(r["network_id"]): r for r in known["networks"]},
        places={str(r["place_id"]): r for r in known["places"]},
        connectivity={str(r["place_id"]): r for r in known["place_connectivity"]},
        by_network=_grouped(known["memberships"], "network_id"),
        by_place=_grouped(known["memberships"], "place_id"),
        sources=_grouped(known["sources"], "source_id"),
        network_of_capture={str(r["capture_id"]): str(r["source_id"]) for r in known["sources"]},
    )


def _page_writer(release_id: str, data: Data, context: SiteContext) -> Callable[[str, str, Mapping[str, Any]], bytes]:
    """What fills a template: autoescape on and no undefined name, so that a typing error is seen and hostile text stays text."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    for name in ("label", "number", "ratio", "share", "since", "state", "interval", "web_address"):
        environment.filters[name] = getattr(wording, name)
    environment.filters["place"] = lambda place_id: _name(data.places, place_id)
    environment.filters["network"] = lambda network_id: _name(data.networks, network_id)
    environment.filters["size"] = lambda size: f"{size / 1024:.0f}\u00a0KB" if size >= 1024 else f"{size}\u00a0bytes"
    environment.filters["scale"] = _scale
    rebuilt = is_demonstration(data.tables["sources"])
    environment.globals.update(
        release_id=release_id, context=context, contract=contract(), demonstration=wording.DEMONSTRATION if rebuilt else ""
    )
    environment.globals.update(formal_tie=wording.FORMAL_TIE, networks=data.networks, places=data.places, captures=data.network_of_capture)

    def write(path: str, template: str, values: Mapping[str, Any]) -> bytes:
        up = "../" * path.count("/")
        return environment.get_template(template).render(**values, path=path, up=up).encode()

    return write


def _all_pages(data: Data, sizes: Mapping[str, int]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    tables = data.tables
    yield "index.html", "index.html", {"headlines": headlines(tables), "news": _newest(tables["membership_changes"]), "data": data}
    yield "networks.html", "networks.html", {"groups": _network_groups(data)}
    yield "cities.html", "cities.html", {"countries": _countries(data), "connectivity": data.connectivity}
    yield "overlap.html", "overlap.html", _overlap(tables["network_overlap"])
    yield "representation.html", "representation.html", {"groups": _representation(tables["representation"])}
    yield (
        "changes.html",
        "changes.html",
        {"world": _newest_first(tables["membership_changes"]), "record": _newest_first(tables["record_changes"])},
    )
    yield "quality.html", "quality.html", _quality(data)
    yield "methodology.html", "methodology.html", {}
    yield "replication.html", "replication.html", {"claims": tables["replication"]}
    yield "data.html", "data.html", {"rows": {name: len(rows) for name, rows in tables.items()}, "sizes": sizes}
    for network_id, network in data.networks.items():
        yield f"network/{_file_name(network_id)}.html", "network.html", _network(data, network_id, network)
    for place_id, place in data.places.items():
        memberships = sorted(data.by_place.get(place_id, ()), key=lambda m: _alphabetical(_name(data.networks, m["network_id"])))
        values = {"place": place, "memberships": memberships, "connectivity": data.connectivity.get(place_id)}
        yield f"city/{_file_name(place_id)}.html", "city.html", values


def _network(data: Data, network_id: str, network: Row) -> dict[str, Any]:
    rows = sorted(
        data.by_network.get(network_id, ()),
        key=lambda m: (_alphabetical(_name(data.places, m["place_id"])), str(m["place_id"]), str(m["tie"])),
    )
    tables = data.tables
    return {
        "network": network,
        "members": [m for m in rows if m["tie"] in MEMBER_TIES and m["state"] != "departed"],
        "ended": [m for m in rows if m["tie"] in MEMBER_TIES and m["state"] == "departed"],
        "other_ties": [m for m in rows if m["tie"] not in MEMBER_TIES],
        "sources": sorted(data.sources.get(network_id, ()), key=lambda s: (str(s["captured_at"]), str(s["page_url"])), reverse=True),
        "relations": [r for r in tables["network_relations"] if r["network_id"] == network_id],
        "changes": _newest_first([c for c in tables["membership_changes"] if c["network_id"] == network_id]),
        "unresolved": [u for u in tables["unresolved_names"] if u["network_id"] == network_id],
    }


def _network_groups(data: Data) -> list[tuple[str, list[Row]]]:
    rows = sorted(data.networks.values(), key=lambda n: _alphabetical(str(n["name"])))
    return [
        ("Networks whose core is migration and inclusion", [n for n in rows if in_headlines(n) and n["relevance"] == "migration_core"]),
        (
            "Networks with a component on migration and inclusion",
            [n for n in rows if in_headlines(n) and n["relevance"] != "migration_core"],
        ),
        (
            "Shown beside, never pooled: national networks, programmes, events and comparison networks",
            [n for n in rows if not in_headlines(n)],
        ),
    ]


def _countries(data: Data) -> list[tuple[str, list[Row]]]:
    listed = [p for place_id, p in data.places.items() if place_id in data.by_place]
    groups = _grouped(sorted(listed, key=lambda p: (_alphabetical(str(p["name"])), str(p["place_id"]))), "country")
    return sorted((country, list(rows)) for country, rows in groups.items())


def _overlap(rows: Sequence[Row]) -> dict[str, Any]:
    """What the overlap page shows: the pairs that can be compared, and how many pairs lack figures for which reason."""
    reasons: Counter[str] = Counter()
    for row in rows:
        told = str(row["not_computed_because"] or "").split("; ")
        reasons.update({reason.removeprefix(f"{row['network_a']}: ").removeprefix(f"{row['network_b']}: ") for reason in told if reason})
    return {"pairs": _pairs(rows), "pair_count": len(rows), "reasons": sorted(reasons.items())}


def _pairs(rows: Sequence[Row]) -> list[Row]:
    """Pairs that have something to show; those with neither a shared member nor a comparison are in the table for download."""
    return [r for r in rows if r["shared"] is not None or r["shared_at_least"]]


def _representation(rows: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    sizes = next(c.enum for c in contract().table("places").columns if c.name == "municipality_size_class")
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(row["network_id"]), str(row["dimension"]), str(row["universe"])].append(row)
    order = {name: i for i, name in enumerate(sizes)}
    return [
        (group[0], sorted(group, key=lambda r: (order.get(str(r["class"]), len(order)), str(r["class"]))))
        for _, group in sorted(groups.items())
    ]


def _quality(data: Data) -> dict[str, Any]:
    rows = data.tables["quality"]
    return {
        "failed": [r for r in rows if r["success"] is not True],
        "suites": sorted(_grouped(rows, "suite").items()),
        "attention": [
            n for n in data.networks.values() if n["freshness"] != "current" or n["last_attempt_outcome"] not in ("accepted", None)
        ],
        "unresolved": data.tables["unresolved_names"],
        "sources": data.tables["sources"],
    }


def _newest(changes: Sequence[Row]) -> list[Row]:
    """The changes that we came to know on the last day that brought any."""
    day = max((str(c["known_at"])[:10] for c in changes), default="")
    return _newest_first([c for c in changes if str(c["known_at"])[:10] == day])


def _newest_first(changes: Sequence[Row]) -> list[Row]:
    """By the date the change had happened, newest first; within a date in the order of networks and places."""
    in_order = sorted(changes, key=lambda c: (str(c["network_id"]), str(c["place_id"]), str(c["change_id"])))
    return sorted(in_order, key=lambda c: str(c["latest"] or ""), reverse=True)


def _scale(value: object) -> float:
    """Where a ratio lies on the drawn scale of 0 to 100: parity at 50, an eighth or less at 0, eight times or more at 100."""
    from math import log2

    ratio = float(str(value))
    return 50.0 if ratio == 1 else round(min(100.0, max(0.0, 50 + 50 * log2(max(ratio, 0.001)) / 3)), 1)


def _name(rows: Mapping[str, Row], key: object) -> str:
    row = rows.get(str(key))
    return str(row["name"]) if row else str(key)


def _alphabetical(name: str) -> str:
    """The name as it is looked up: without case, accents and leading marks, so that 's-Hertogenbosch stands under s."""
    import unicodedata

    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in folded if c.isalnum() or c == " ").strip()


def _file_name(key: str) -> str:
    if not FILE_NAME.fullmatch(key):
        raise DataRefused("site", (f"id {key!r} can't be a file name; expected letters, digits, dot, underscore and hyphen",))
    return key


def _grouped(rows: Iterable[Row], column: str) -> dict[str, Sequence[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(row[column] or "")].append(row)
    return dict(groups)
