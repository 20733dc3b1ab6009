"""What a page may use: the release's tables with their look-ups, and what a site needs beside the tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from citynet.model import Row
from citynet.publishing.contract import contract, records
from citynet.publishing.evidence import Evidence
from citynet.publishing.headlines import Connected, connected, observed_networks


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What a site needs beside the tables. home: public address of the published folder, for the citation; "" where there is none.

    evidence: one a capture of the networks, in the order of (network_id, captured_at, capture_id). candidates: networks seen and not
    followed, with name, where_seen, address, date, decision, reason, look_again_on.
    """

    as_of: str
    package_version: str
    home: str = ""
    contact: str = ""
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Data:
    """The tables of one release, sorted, with the look-ups that pages need. listed_rows: capture -> its rows that have a page.

    connectivity: municipality -> the observed networks that count it, as the headlines count them; observed: how many there are;
    inside: municipality -> the other bodies that lie in it; changes_of, records_of: place_id -> its changes; figures, trends: place_id ->
    its rows of city_statistics and statistics_trends.
    """

    tables: Mapping[str, Sequence[Row]]
    networks: Mapping[str, Row]
    places: Mapping[str, Row]
    connectivity: Mapping[str, Connected]
    observed: int
    inside: Mapping[str, Sequence[Row]]
    by_network: Mapping[str, Sequence[Row]]
    by_place: Mapping[str, Sequence[Row]]
    changes_of: Mapping[str, Sequence[Row]]
    records_of: Mapping[str, Sequence[Row]]
    figures: Mapping[str, Sequence[Row]]
    trends: Mapping[str, Sequence[Row]]
    sources: Mapping[str, Sequence[Row]]
    network_of_capture: Mapping[str, str]
    listed_rows: Mapping[str, frozenset[int]]


def load(tables: Mapping[str, Sequence[Row]], evidence: Sequence[Evidence] = ()) -> Data:
    """The tables as records of the contract; a table that is not given has no rows."""
    known = {t.name: records(t.name, tables.get(t.name, ())) for t in contract().tables}
    connectivity = connected(known)
    return Data(
        tables=known,
        networks={str(r["network_id"]): r for r in known["networks"]},
        places={str(r["place_id"]): r for r in known["places"]},
        connectivity={c.place_id: c for c in connectivity},
        observed=len(observed_networks(connectivity)),
        inside=grouped_by((p for p in known["places"] if p["municipality_id"] not in (None, p["place_id"])), "municipality_id"),
        by_network=grouped_by(known["memberships"], "network_id"),
        by_place=grouped_by(known["memberships"], "place_id"),
        changes_of=grouped_by(known["membership_changes"], "place_id"),
        records_of=grouped_by(known["record_changes"], "place_id"),
        figures=grouped_by(known["city_statistics"], "place_id"),
        trends=grouped_by(known["statistics_trends"], "place_id"),
        sources=grouped_by(known["sources"], "source_id"),
        network_of_capture={str(r["capture_id"]): str(r["source_id"]) for r in known["sources"]},
        listed_rows={e.capture_id: frozenset(row.number for row in e.rows) for e in evidence},
    )


def name_of(rows: Mapping[str, Row], key: object) -> str:
    """The name of a network or place, else its id."""
    row = rows.get(str(key))
    return str(row["name"]) if row else str(key)


def alphabetical(name: object) -> str:
    """The name as it is looked up: without case, accents and leading marks, so that 's-Hertogenbosch stands under s."""
    import unicodedata

    folded = unicodedata.normalize("NFKD", str(name).casefold())
    return "".join(c for c in folded if c.isalnum() or c == " ").strip()


def grouped_by(rows: Iterable[Row], column: str) -> dict[str, Sequence[Row]]:
    """The rows by the text of one column, "" where it is empty; rows keep their order."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(row[column] if row[column] is not None else "")].append(row)
    return dict(groups)


def accepted_lists(data: Data, network_id: str) -> list[tuple[str, bool]]:
    """Date and completeness of the accepted lists of a network, oldest first; one a capture."""
    captures = {
        str(s["capture_id"]): (str(s["captured_at"])[:10], s["coverage"] == "complete")
        for s in data.sources.get(network_id, ())
        if s["decision"] == "accepted" and s["captured_at"]
    }
    return sorted(captures.values())


def newest_first(changes: Iterable[Row], data: Data) -> list[Row]:
    """By the date the change had happened, newest first; within a date in the alphabetical order of networks and places."""

    def names(change: Row) -> tuple[str, ...]:
        named = (name_of(data.networks, change["network_id"]), name_of(data.places, change["place_id"]))
        return (*map(alphabetical, named), str(change["change_id"]))

    return sorted(sorted(changes, key=names), key=lambda c: str(c["latest"] or ""), reverse=True)
