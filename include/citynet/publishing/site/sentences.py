"""Sentences of the overview, made from the tables alone. Each names its universe and its dates, or is not made at all."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from citynet.model import Row
from citynet.publishing.contract import contract
from citynet.publishing.headlines import (
    Connected,
    connected,
    followed,
    grouped,
    has_open_names,
    in_headlines,
    is_demonstration,
    observed_networks,
    percent,
    told_by_size,
)
from citynet.publishing.site.context import Data, alphabetical, grouped_by, name_of
from citynet.publishing.site.wording import interval

MAX_NAMED = 8
"""Names listed in one sentence; of more only the number is told."""
BETWEEN = "two complete lists at most 12 months apart"
UNION = "the union of the two lists"
CHANGED = {
    "joined": "joined",
    "rejoined": "joined again",
    "left": "ended their membership of",
    "tie_changed": "changed their tie to",
    "on_hold": "were put on hold by",
    "resumed": "were resumed by",
}


class Sentence(NamedTuple):
    """What a sentence is about, what is said, and the page where it can be looked at."""

    about: str
    text: str
    page: str
    link: str


def sentences(data: Data, as_of: str) -> list[Sentence]:
    """What the figures of a release allow to say; a sentence without ground is left out."""
    tables = data.tables
    networks = followed(data.networks.values())
    names = [row for row in tables["unresolved_names"] if row["network_id"] in {n["network_id"] for n in networks}]
    made = [
        Sentence("Shared members", most_shared(tables["network_overlap"], data.networks), "overlap.html", "All pairs"),
        Sentence("Shared members, beside", shared_beside(tables["network_overlap"], data.networks), "overlap.html", "All pairs"),
        Sentence("Cities in several networks", most_families(connected(tables), data.places), "cities.html", "All cities"),
        Sentence("Small and large towns", size_classes(tables["representation"], data.networks), "representation.html", "All classes"),
        Sentence("Newest change", last_change(tables["membership_changes"], data), "changes.html", "All changes"),
        Sentence(
            "Age of the lists",
            how_current(networks, as_of, is_demonstration(tables["sources"])),
            "networks.html",
            "All lists",
        ),
        Sentence("Open names", names_waiting(names, networks), "quality.html#names", "The names"),
    ]
    return [s for s in made if s.text]


def listed_names(names: Sequence[str], what: str) -> str:
    """Names in alphabetical order, or their number where they are too many to read."""
    if len(names) > MAX_NAMED:
        return f"{grouped(len(names))} {what}"
    ordered = sorted(names, key=lambda n: (alphabetical(n), n))
    return ordered[0] if len(ordered) == 1 else f"{', '.join(ordered[:-1])} and {ordered[-1]}"


def most_shared(rows: Sequence[Row], networks: Mapping[str, Row]) -> str:
    """Which two transnational networks share most members, from complete pairs unrelated by rule."""
    pairs = [r for r in rows if in_headlines_both(r, networks)]
    return _most_shared(pairs, networks, "of transnational networks on migration and inclusion")


def shared_beside(rows: Sequence[Row], networks: Mapping[str, Row]) -> str:
    """The same where a national network, a programme or a network for comparison is one of the two."""
    pairs = [r for r in rows if not in_headlines_both(r, networks)]
    return _most_shared(pairs, networks, "in which one network at least is national, a programme or for comparison")


def in_headlines_both(pair: Row, networks: Mapping[str, Row]) -> bool:
    """Whether both networks of a pair are ones that headlines are about."""
    both = [networks.get(str(pair[side])) for side in ("network_a", "network_b")]
    return all(n is not None and in_headlines(n) for n in both)


def _most_shared(pairs: Sequence[Row], networks: Mapping[str, Row], which: str) -> str:
    compared = [r for r in pairs if r["shared"] is not None and r["nested_by_rule"] is not True]
    most = max((int(str(r["shared"])) for r in compared), default=0)
    if not most:
        return ""
    found = [r for r in compared if r["shared"] == most]
    named = listed_names([_pair(r, networks) for r in found], "pairs of networks")
    least = "at least " if any(has_open_names(r) for r in found) else ""
    members = f"{least}{grouped(most)} municipalit{'y' if most == 1 else 'ies'}"
    start = f"The two networks that share most members are {named}: {members}"
    if len(compared) == 1:
        start = f"The only two networks whose lists can be compared are {named}: they share {members}"
    elif len(found) > 1:
        start = f"Most members are shared by {named}: {members} each"
    of = f"{grouped(len(compared))} pair{'' if len(compared) == 1 else 's'} {which} with {BETWEEN}, unrelated by rule"
    open_names = sum(has_open_names(r) for r in compared if r["shared"] != most)
    more = f"In {grouped(open_names)} more of them names are not matched, so more may be shared. " if open_names else ""
    return f"{start}. Seen among {of}; the universe of a pair is {UNION}. {more}{_larger_bound(pairs, networks, most)}".strip()


def _pair(row: Row, networks: Mapping[str, Row]) -> str:
    sides = sorted((name_of(networks, row[f"network_{s}"]), str(row[f"list_date_{s}"])) for s in "ab")
    (first, on), (second, then) = sorted(sides, key=lambda side: alphabetical(side[0]))
    share = row["overlap_coefficient"]
    if has_open_names(row):
        return f"{first} with {second} (lists of {on} and {then}; names are not matched, so more may be shared)"
    of_shorter = f"; {100 * float(str(share)):.0f}\u00a0% of the shorter list" if share is not None else ""
    return f"{first} with {second} (lists of {on} and {then}{of_shorter})"


def _larger_bound(pairs: Sequence[Row], networks: Mapping[str, Row], most: int) -> str:
    """What keeps "most" from being the last word: lists that can't be compared but show more shared members."""
    bounds = [r for r in pairs if r["shared"] is None and r["nested_by_rule"] is not True and int(str(r["shared_at_least"] or 0)) > most]
    if not bounds:
        return ""
    largest = max(int(str(r["shared_at_least"])) for r in bounds)
    named = listed_names([_pair(r, networks) for r in bounds if r["shared_at_least"] == largest], "pairs")
    return f"Partial lists, or lists further apart, show more without a total: {named} at least {grouped(largest)}."


def most_families(rows: Sequence[Connected], places: Mapping[str, Row]) -> str:
    """Which municipalities are in most families of networks: k of m, in alphabetical order."""
    most = max((r.families for r in rows), default=0)
    if most < 2:
        return ""
    found = [r for r in rows if r.families == most]
    observed = len(observed_networks(rows))
    cities = listed_names([name_of(places, r.place_id) for r in found], "municipalities")
    low, high = min(len(r.networks) for r in found), max(len(r.networks) for r in found)
    one = len(found) == 1
    return (
        f"{cities} {'is' if one else 'are'} in {grouped(most)} families of networks{'' if one else ' each'}, "
        f"{'a member' if one else 'members'} of {low if low == high else f'{low} to {high}'} of the {grouped(observed)} observed networks; "
        f"no other municipality on these lists is in more. Universe: municipalities in at least one transnational "
        f"network with a complete list ({grouped(len(rows))}), related networks taken as one family; lists of "
        f"{_dates([d for r in rows for d in (r.lists_from, r.lists_to) if d])}."
    )


def size_classes(rows: Sequence[Row], networks: Mapping[str, Row]) -> str:
    """What the lists let us tell of the smallest and the largest size class of one universe, network by network."""
    sizes = next(c.enum for c in contract().table("places").columns if c.name == "municipality_size_class")
    told = [r for r in told_by_size([r for r in rows if _headline(r, networks)]) if r["u_c"]]
    read = [r for r in told if r["reading"] != "excluded_by_rule"]
    present = [size for size in sizes if any(r["class"] == size for r in read)]
    if len(present) < 2:
        return ""
    ends = "; ".join(_readings(size, [r for r in read if r["class"] == size]) for size in (present[0], present[-1]))
    dates = _dates([str(r["list_date"]) for r in read if r["list_date"]])
    return f"By size: {ends}. Universe: {read[0]['universe']}; lists of {dates}."


def _readings(size: str, rows: Sequence[Row]) -> str:
    told = {reading: sum(r["reading"] == reading for r in rows) for reading in ("under", "over", "cannot_tell")}
    return (
        f"municipalities of {size} residents are under-represented in {told['under']} and over-represented in {told['over']} "
        f"of {len(rows)} network{'' if len(rows) == 1 else 's'}, and in {told['cannot_tell']} we cannot tell"
    )


def last_change(rows: Sequence[Row], data: Data) -> str:
    """The newest change in the world that lists, printed dates, statements or judgements show."""
    newest = max((str(r["latest"]) for r in rows if r["latest"]), default="")
    if not newest:
        return ""
    told = []
    for network_id, changes in sorted(grouped_by([r for r in rows if r["latest"] == newest], "network_id").items()):
        for change, same in sorted(grouped_by(changes, "change").items()):
            for when, group in sorted(_by_interval(same).items()):
                bodies = listed_names([name_of(data.places, r["place_id"]) for r in group], "bodies")
                told.append(f"{bodies} {_verb(change, len(group))} {name_of(data.networks, network_id)}, {when}")
    return f"The newest change that the lists show: {'; '.join(told)}. Universe: all networks in the registry."


def _verb(change: str, bodies: int) -> str:
    plural = CHANGED[change]
    return plural.replace("their", "its").replace("were", "was") if bodies == 1 else plural


def _by_interval(rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(interval(row), []).append(row)
    return groups


def how_current(networks: Sequence[Row], as_of: str, demonstration: bool) -> str:
    """How old the newest accepted lists are, against the newest input of the release."""
    listed = [n for n in networks if n["last_listed_on"]]
    if not listed:
        return ""
    old = sum(n["freshness"] == "last_known" for n in listed)
    dates = _dates([str(n["last_listed_on"]) for n in listed])
    kept = " They stay in the figures because this is a demonstration." if demonstration and old else ""
    return (
        f"Of the networks that are followed ({grouped(len(networks))}), {grouped(len(listed))} "
        f"{'has' if len(listed) == 1 else 'have'} an accepted list, of {dates}; "
        f"{grouped(old)} of these lists ({percent(old, len(listed))}) were older than 18 months at the newest input, {as_of}.{kept}"
    )


def names_waiting(rows: Sequence[Row], networks: Sequence[Row]) -> str:
    """How many printed names wait for a person, and how many are no place."""
    dates = [str(n["last_listed_on"]) for n in networks if n["last_listed_on"]]
    if not dates:
        return ""
    waiting = sum(r["verdict"] == "review" for r in rows)
    unknown = sum(r["verdict"] == "unknown" for r in rows)
    other = sum(r["verdict"] == "not_a_city" for r in rows)
    return (
        f"{grouped(waiting)} printed name{'' if waiting == 1 else 's'} on the newest accepted lists of {grouped(len(dates))} "
        f"network{'' if len(dates) == 1 else 's'} "
        f"(of {_dates(dates)}) wait{'s' if waiting == 1 else ''} for a person because more than one place fits, {grouped(unknown)} more "
        f"{'is' if unknown == 1 else 'are'} in no place list we hold, and {grouped(other)} {'is' if other == 1 else 'are'} no place at all."
    )


def _headline(row: Row, networks: Mapping[str, Row]) -> bool:
    network = networks.get(str(row["network_id"]))
    return network is not None and in_headlines(network)


def _dates(dates: Sequence[str]) -> str:
    """From the oldest to the newest date; one date alone where they are the same."""
    ordered = sorted(dates)
    if not ordered:
        return "no known date"
    return ordered[0] if ordered[0] == ordered[-1] else f"{ordered[0]} to {ordered[-1]}"
