"""The headline figures of a release, computed from its tables alone; the site and the command line show the same ones."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from citynet.model import Row

OBSERVED = ("current", "stale")
"""Freshness levels of lists that feed current figures; "last_known" ones are older than 18 months."""


class Headline(NamedTuple):
    """A figure in words: what, how much, and what one must know to read it."""

    label: str
    value: str
    note: str


class Connected(NamedTuple):
    """A municipality and the observed networks that count it. lists_from, lists_to: dates of these networks' lists, "" if not known."""

    place_id: str
    networks: tuple[str, ...]
    families: int
    lists_from: str
    lists_to: str


def headlines(tables: Mapping[str, Sequence[Row]]) -> list[Headline]:
    """At most eight figures. Headlines use transnational networks about migration and inclusion; the core ones are told apart."""
    networks = [n for n in tables.get("networks", ()) if in_headlines(n)]
    known = {str(n["network_id"]) for n in networks}
    # A sample chosen by number of memberships feeds the replication and no headline.
    counted = [m for m in tables.get("memberships", ()) if m["counted"] is True and m["network_id"] in known and m["use"] == "current"]
    sampled = sampled_only(tables.get("sources", ()))
    levels = OBSERVED + (("last_known",) if is_demonstration(tables.get("sources", ())) else ())
    observed = [n for n in networks if n["freshness"] in levels and n["network_id"] not in sampled]
    return [
        _lists(networks, observed, sampled),
        _memberships(observed, counted),
        *_connectivity(connected(tables)),
        _overlap([o for o in tables.get("network_overlap", ()) if {o["network_a"], o["network_b"]} <= known]),
        _representation([r for r in tables.get("representation", ()) if r["network_id"] in known]),
        _unresolved([u for u in tables.get("unresolved_names", ()) if u["network_id"] in known and u["verdict"] != "not_a_city"], networks),
    ]


def connected(tables: Mapping[str, Sequence[Row]]) -> list[Connected]:
    """The municipalities in at least one network that headlines are about; the table counts no others."""
    # The table's own dates are of all lists it was made from, these are of the networks that count the municipality.
    dates = {str(n["network_id"]): str(n["last_complete_on"] or "") for n in tables.get("networks", ())}
    found = []
    for row in (row for row in tables.get("place_connectivity", ()) if row["network_ids"]):
        networks = tuple(str(row["network_ids"]).split(";"))
        days = sorted(filter(None, (dates.get(n) for n in networks))) or [str(row[c] or "") for c in ("lists_from", "lists_to")]
        found.append(Connected(str(row["place_id"]), networks, int(str(row["families"])), days[0], days[-1]))
    return found


def observed_networks(rows: Sequence[Connected]) -> frozenset[str]:
    """The m of "member of k of the m observed networks": those with a complete list that counts at least one municipality."""
    return frozenset(network for row in rows for network in row.networks)


def sampled_only(sources: Sequence[Row]) -> set[object]:
    """Networks of which nothing but a sample chosen by number of memberships was accepted; it feeds the replication and no headline."""
    accepted = [s for s in sources if s["source_type"] == "membership_list" and s["decision"] == "accepted"]
    own = {s["source_id"] for s in accepted if s["use"] != "replication_only"}
    return {s["source_id"] for s in accepted} - own


def is_demonstration(sources: Sequence[Row]) -> bool:
    """Whether a release stands on rebuilt pages; then, and only then, lists older than 18 months stay in its figures."""
    return any(s["capture_origin"] == "reconstructed" and s["source_type"] == "membership_list" for s in sources)


def in_headlines(network: Row) -> bool:
    """Whether the network is one that headlines are about; programmes, national and comparison networks stand beside them.

    A network that was looked at and left out is none.
    """
    about_it = network["scope"] == "transnational" and network["relevance"] in ("migration_core", "migration_component")
    return about_it and not left_out(network)


def left_out(network: Row) -> bool:
    """Whether a person decided that the network is none of those this monitor is about, or nobody decided yet; it enters no figure."""
    return network.get("inclusion_decision") in ("excluded", "undecided")


def no_member_list(network: Row, sampled: Collection[object]) -> bool:
    """Whether no list of the network's members is held; sampled: what `sampled_only` found. What it lists may be others: a board."""
    return not network["last_listed_on"] or bool(network["not_read_because"]) or network["network_id"] in sampled


def followed(networks: Iterable[Row]) -> list[Row]:
    """The networks that were not left out, in their order."""
    return [network for network in networks if not left_out(network)]


def has_open_names(pair: Row) -> bool:
    """Whether names of a pair's lists are not matched, so that more members may be shared than the figure shows."""
    return "printed names not matched" in str(pair["not_computed_because"] or "")


def told_by_size(rows: Sequence[Row]) -> list[Row]:
    """The readings by size class against municipalities, of the one universe that most of the rows have; mixed ones are never added up.

    Rows of classes that a network's own rule keeps out are among them, since they are told apart and not left out in silence.
    """
    read = [r for r in rows if r["dimension"] == "municipality_size_class" and r["reading"]]
    names = Counter(str(r["universe"]) for r in read if r["universe_kind"] == "at_least_5000")
    if not names:
        return []
    universe = min(names, key=lambda name: (-names[name], name))
    return [r for r in read if r["universe"] == universe]


def grouped(value: object) -> str:
    """A whole number with thin groups of three, e.g. 1 540 598; the space does not break."""
    return f"{int(str(value)):,}".replace(",", "\u202f")


def percent(part: int, whole: int) -> str:
    """part of whole in whole percent; "not known" where there is no whole."""
    return f"{100 * part / whole:.0f}\u00a0%" if whole else "not known"


def _lists(networks: Sequence[Row], observed: Sequence[Row], sampled: Collection[object]) -> Headline:
    complete = [n for n in observed if n["last_complete_on"] and not n["not_read_because"]]
    core = [n for n in complete if n["relevance"] == "migration_core"]
    partial = sum(1 for n in networks if n["coverage"] and not n["last_complete_on"] and not no_member_list(n, sampled))
    only = sum(n["network_id"] in sampled for n in networks)
    none = sum(no_member_list(n, sampled) for n in networks) - only
    sample = f", {grouped(only)} only a row in the sample of the 2018 report" if only else ""
    sample += f", {grouped(none)} no list of members that we read" if none else ""
    note = (
        f"Transnational networks on migration and inclusion; {grouped(len(core))} of the complete lists are of core networks. "
        f"{grouped(partial)} more have a partial list only{sample}."
    )
    return Headline("Networks with a complete list", f"{grouped(len(complete))} of {grouped(len(networks))}", note)


def _memberships(observed: Sequence[Row], counted: Sequence[Row]) -> Headline:
    known = {n["network_id"] for n in observed}
    core = {n["network_id"] for n in observed if n["relevance"] == "migration_core"}
    now = [m for m in counted if m["network_id"] in known]
    counting = {m["network_id"] for m in now}
    dates = sorted(str(n["last_listed_on"]) for n in observed if n["last_listed_on"] and n["network_id"] in counting)
    between = f"Lists of {dates[0]} to {dates[-1]}; " if dates else "No list that may be counted; "
    in_core = sum(1 for m in now if m["network_id"] in core)
    older = f"{grouped(len(counted) - len(now))} more stand on older lists and are left out."
    return Headline("Memberships counted", grouped(len(now)), f"{between}{grouped(in_core)} of them in core networks. {older}")


def _connectivity(rows: Sequence[Connected]) -> list[Headline]:
    observed = len(observed_networks(rows))
    total = sum(len(r.networks) for r in rows)
    several = [r for r in rows if r.families >= 3]
    held = sum(len(r.networks) for r in several)
    base = f"{grouped(observed)} transnational networks with a complete list of members; related networks are one family."
    return [
        Headline("Municipalities in at least one observed network", grouped(len(rows)), base),
        Headline("Municipalities in three or more families of networks", f"{grouped(len(several))} of {grouped(len(rows))}", base),
        Headline(
            "Share of memberships held by those municipalities",
            percent(held, total),
            f"{grouped(held)} of {grouped(total)} memberships of municipalities in observed networks.",
        ),
    ]


def _overlap(rows: Sequence[Row]) -> Headline:
    compared = [r for r in rows if r["shared"] is not None]
    sharing = [r for r in compared if int(str(r["shared"])) > 0]
    none_yet = sum(has_open_names(r) for r in compared) - sum(has_open_names(r) for r in sharing)
    more = f" In {grouped(none_yet)} of the pairs that share none, unmatched names may be shared." if none_yet else ""
    note = (
        f"Pairs with two complete lists at most 12 months apart.{more} {grouped(len(rows) - len(compared))} other pairs are not compared; "
        "the table says why."
    )
    return Headline("Pairs of networks that share members", f"{grouped(len(sharing))} of {grouped(len(compared))}", note)


def _representation(rows: Sequence[Row]) -> Headline:
    read = told_by_size(rows)
    open_to = [r for r in read if r["reading"] != "excluded_by_rule"]
    told = [r for r in open_to if r["reading"] != "cannot_tell"]
    universe = f" Universe: {read[0]['universe']}." if read else ""
    excluded = len(read) - len(open_to)
    by_rule = f" {grouped(excluded)} more {'is' if excluded == 1 else 'are'} excluded by a network's own rule." if excluded else ""
    note = (
        "Size classes network by network, against municipalities: over- or under-represented wherever members without a class may lie; "
        f"of the rest we cannot tell.{by_rule}{universe}"
    )
    return Headline("Size classes whose representation can be told", f"{grouped(len(told))} of {grouped(len(open_to))}", note)


def _unresolved(rows: Sequence[Row], networks: Sequence[Row]) -> Headline:
    lists = sum(1 for n in networks if n["last_listed_on"])
    note = f"On the newest accepted lists of {grouped(lists)} networks. A name that fits several places is left open, never guessed."
    return Headline("Printed names not matched to a place", grouped(len(rows)), note)
