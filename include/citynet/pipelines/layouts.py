"""Word to the operators that a page is laid out anew while its members are the same: its rules may soon read something else.

A fingerprint that the address showed before, on any capture, is no news: pages are served in two versions by turns. What was
told is kept under alerts/layouts/, so that nothing is told twice. What breaks or is held turns the run red anyway.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from citynet.alerts.sending import send
from citynet.pipelines.listings import Decided, decide
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import open_registry

FOLDER = "alerts/layouts"
VARIABLE = "CITYNET_OPERATOR_CHANNELS"


@dataclass(frozen=True, slots=True)
class NewLayout:
    """A fingerprint that an address shows for the first time, on a live capture whose members are those of the list before."""

    network_id: str
    capture_id: str
    page_url: str
    before: str
    after: str
    members: int

    @property
    def key(self) -> str:
        """Where the store keeps that it was told."""
        return f"{FOLDER}/{self.network_id}/{hashlib.sha256(self.page_url.encode()).hexdigest()[:12]}-{self.after[:12]}.json"


def tell_new_layouts(outside: Outside, capture_keys: Sequence[str]) -> list[str]:
    """Tell the operators of the new layouts of accepted live captures, each once; the captures concerned.

    One that an earlier run did not come to tell is told by the next run that accepts a capture of its network. Without channels
    one line a page of the captures just accepted goes to the log and nothing is kept as told. A channel that does not take the
    message is SourceUnavailable, and the next try tells it; a kill between sending and keeping tells it twice rather than never.
    """
    names, registry, accepted = open_names(outside), open_registry(outside), frozenset(capture_keys)
    networks = [registry.get(network_id) for network_id in sorted({key.split("/")[0] for key in accepted})]
    found = [new for network in networks for new in new_layouts(network.id, decide(outside, network, names))]
    due = [new for new in found if not outside.store.exists(new.key)]
    if not outside.operator_channels:
        due = [new for new in due if f"{new.network_id}/{new.capture_id}" in accepted]
    if not due:
        return []
    body = message(due)
    print(body)
    if outside.operator_channels:
        send(outside.operator_channels, title=f"City Network Monitor: {_pages(due)} laid out anew", body=body, variable=VARIABLE)
        for new in due:
            outside.store.write(new.key, (json.dumps(asdict(new), sort_keys=True) + "\n").encode())
    return sorted({f"{new.network_id}/{new.capture_id}" for new in due})


def new_layouts(network_id: str, decided: Sequence[Decided]) -> list[NewLayout]:
    """The new layouts among a network's captures, in their order; none of a list on which somebody came or went."""
    seen: dict[str, list[str]] = {}
    found = []
    for one in decided:
        same = one.outcome == "accepted" and one.reading.capture.origin == "live" and _same_members(one)
        for url, layout in sorted(one.reading.layouts.items()):
            before = seen.setdefault(url, [])
            if same and before and layout not in before:
                rows = len(one.reading.listing.rows) if one.reading.listing else 0
                found.append(NewLayout(network_id, one.reading.capture.capture_id, url, before[-1], layout, rows))
            before.append(layout)
    return found


def message(new: Sequence[NewLayout]) -> str:
    """What the operators read: which pages, and what to do."""
    lines = [f"{one.network_id}: {one.page_url} is laid out anew, and its {one.members} members are the same." for one in new]
    return "\n".join([*lines, "", "What to do: docs/operations.md#a-page-is-laid-out-anew", ""])


def _same_members(one: Decided) -> bool:
    """Whether the listing names the bodies of the accepted one before it; of a partial listing the printed names are compared."""
    if one.gone is not None:
        return one.gone == 0 and one.come == 0
    if one.last is None or one.resolved is None:
        return False
    now, then = ({row.name_as_published for row in listing.listing.rows} for listing in (one.resolved, one.last))
    return now == then


def _pages(new: Sequence[NewLayout]) -> str:
    return "1 page" if len(new) == 1 else f"{len(new)} pages"
