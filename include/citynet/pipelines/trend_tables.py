"""Table membership_trends: memberships at two dates, network by network and in fixed panels."""

from collections.abc import Collection, Mapping, Sequence

from citynet.analysis.families import families
from citynet.analysis.through_time import PANEL, membership_trends, yearly_ends
from citynet.history.municipal import heirs_on, read_changes
from citynet.model import Network, Row
from citynet.pipelines.names import Names
from citynet.pipelines.place_tables import Described
from citynet.pipelines.representation_tables import class_along
from citynet.pipelines.views import View, lists_near

DIMENSIONS = ("degurba", "municipality_size_class", "region_of_europe")
YEARS = (1, 5, 10)
"""Between which years before as_of, and as_of, memberships are compared."""


def membership_trend_rows(
    views: Sequence[View], networks: Sequence[Network], described: Described, names: Names, as_of: str, *, pooled: Collection[str]
) -> list[Row]:
    """Table membership_trends. pooled: the networks that headlines are about, which alone make the panel."""
    ends = yearly_ends(as_of, YEARS)
    lists = lists_near(views, names, as_of, [day for pair in ends for day in (pair.start, pair.end)])
    called = {network.id: network.name for network in networks}
    classes = {dimension: _classes(dimension, described, as_of) for dimension in DIMENSIONS}
    shared = (ends, families(networks), classes, as_of)
    successors = _successors(names, as_of)
    inside = membership_trends([m for m in lists if m.network_id in pooled], *shared, names=called, successors=successors)
    beside = membership_trends([m for m in lists if m.network_id not in pooled], *shared, names=called, successors=successors)
    return [*inside, *(row for row in beside if row["subject"] != PANEL)]


def _classes(dimension: str, described: Described, as_of: str) -> dict[str, str | None]:
    return {p: class_along(dimension, described.municipalities.get(p), place.country, as_of) for p, place in described.places.items()}


def _successors(names: Names, as_of: str) -> Mapping[str, str]:
    """Merged municipality -> the one that it is now; of a split one nobody knows which."""
    changes = read_changes(names.judgements.municipal_changes)
    last = {change.place_id: change.successor_id for change in changes if change.change == "merged_into" and change.earliest <= as_of}
    now = {}
    for place_id in sorted(last.keys() & heirs_on(changes, as_of).keys()):
        found = last[place_id]
        while found in last:
            found = last[found]
        now[place_id] = found
    return now
