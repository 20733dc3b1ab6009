"""The digest: one plain-text message for all membership changes that have not been told yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

VERBS = {
    "joined": "joined",
    "left": "left",
    "rejoined": "joined again",
    "tie_changed": "changed its tie",
    "on_hold": "was put on hold",
    "resumed": "is no longer on hold",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One world change as a reader is told of it; dates as in membership_changes. decided_by: <network_id>/<capture_id>."""

    change_id: str
    network: str
    place: str
    country: str
    change: str
    earliest: str
    latest: str
    printed_on: str
    origin: str
    decided_by: str


def when(change: Told) -> str:
    """The time of a change in words: a printed date, or the interval between two lists."""
    if change.printed_on:
        return f"on {change.printed_on} (as printed)"
    if change.earliest == change.latest:
        return f"on {change.latest} (two lists of that day)"
    if change.earliest:
        return f"between {change.earliest} and {change.latest} (dates of the lists)"
    return f"by {change.latest}"


def digest(changes: Sequence[Told], *, release_id: str, head: Sequence[str] = ()) -> str:
    """The message: grouped by network, each line one city, its country, what happened and when; sorted."""
    lines = [*head, f"City Network Monitor: {len(changes)} membership change(s), release {release_id}", ""]
    for network, group in _by_network(changes).items():
        lines.append(network)
        lines += [f"  {c.place} ({c.country}) {VERBS[c.change]} {when(c)}  [{c.change_id}]" for c in group]
        lines.append("")
    lines.append("Each change leads to its evidence on the release's page of changes. Something wrong? Answer with the id in brackets.")
    return "\n".join(lines) + "\n"


def _by_network(changes: Sequence[Told]) -> Mapping[str, list[Told]]:
    groups: dict[str, list[Told]] = {}
    for change in sorted(changes, key=lambda c: (c.network, c.change, c.place, c.country, c.change_id)):
        groups.setdefault(change.network, []).append(change)
    return groups
