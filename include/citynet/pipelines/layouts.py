"""Word to the operators that a page is laid out anew while its members are the same: its rules may soon read something else.

A fingerprint that the address showed before, on any capture, is no news: pages are served in two versions by turns. What was
told is kept together with the message that tells it, as of troubles, and send_alerts sends it from the outbox. What breaks or is
held turns the run red anyway.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from citynet.pipelines.listings import Decided, decide
from citynet.pipelines.locking import alone
from citynet.pipelines.names import open_names
from citynet.pipelines.operators import LAYOUTS, keep, told_so_far
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import open_registry
from citynet.pipelines.subscribers import recipients

NEWS_FOR = timedelta(days=90)
"""How long after its capture a layout is told: an installation that gets its first channel is not told of all that ever were new."""


@dataclass(frozen=True, slots=True)
class NewLayout:
    """A fingerprint that an address shows for the first time, on a live capture whose members are those of the list before."""

    network_id: str
    capture_id: str
    captured_at: datetime
    page_url: str
    before: str
    after: str
    members: int

    @property
    def key(self) -> str:
        """What it is told as, once."""
        return f"{self.network_id}/{hashlib.sha256(self.page_url.encode()).hexdigest()[:12]}-{self.after[:12]}"

    @property
    def line(self) -> str:
        """What the operators read."""
        on = f"{self.captured_at:%Y-%m-%d}"
        return f"{self.network_id}: {self.page_url} is laid out anew on {on}, and its {self.members} members are the same."


def tell_new_layouts(outside: Outside, capture_keys: Sequence[str], now: datetime) -> list[str]:
    """Keep one message to the operators on the new layouts of accepted live captures, each once; the captures concerned.

    One that an earlier run did not come to tell is told by the next run that accepts a capture of its network. Without anybody to
    tell, one line a page of the captures just accepted goes to the log and nothing counts as told. Nothing is told on replayed pages, nor
    of captures older than 90 days.
    """
    if outside.mode == "replay":
        return []
    names, registry, accepted = open_names(outside), open_registry(outside), frozenset(capture_keys)
    networks = [registry.get(network_id) for network_id in sorted({key.split("/")[0] for key in accepted})]
    found = [new for network in networks for new in new_layouts(network.id, decide(outside, network, names))]
    with alone(outside.store, "alerts", print):
        to = recipients(outside, "operators")
        told = told_so_far(outside, LAYOUTS, to, "layouts", now)
        due = [new for new in found if new.key not in told and now - new.captured_at <= NEWS_FOR]
        if not to:
            due = [new for new in due if f"{new.network_id}/{new.capture_id}" in accepted]
        state = told | {new.key: {"capture_id": new.capture_id, "page_url": new.page_url} for new in due}
        keep(outside, LAYOUTS, "layouts", state, [new.line for new in due], to, now)
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
                rows, capture = len(one.reading.listing.rows) if one.reading.listing else 0, one.reading.capture
                found.append(NewLayout(network_id, capture.capture_id, capture.captured_at, url, before[-1], layout, rows))
            before.append(layout)
    return found


def _same_members(one: Decided) -> bool:
    """Whether the listing names the bodies of the accepted one before it; of a partial listing the printed names are compared."""
    if one.gone is not None:
        return one.gone == 0 and one.come == 0
    if one.last is None or one.resolved is None:
        return False
    now, then = ({row.name_as_published for row in listing.listing.rows} for listing in (one.resolved, one.last))
    return now == then
