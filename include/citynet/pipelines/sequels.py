"""A change that takes the place of one that was told and does not stand: who was told that hears what happened instead.

Such a change stands on lists that were looked at before, so it is no news: an older list that came in late has moved it.
"""

from collections.abc import Mapping, Sequence

from citynet.alerts.correcting import Current, same_event
from citynet.alerts.digest import Told
from citynet.alerts.outbox import Message


def sequel_for(change: Told, current: Current, kept: Sequence[Message]) -> frozenset[str]:
    """The recipients who, before this change was known, were told the same of this membership on other days, which is so no more.

    current: the changes of the release.
    """
    return frozenset(
        message.recipient
        for message in kept
        if message.kind == "digest" and message.may_have_arrived and message.told_on <= change.known_at[:10]
        for one in message.changes
        if _is_of_this_sort(one, change) and current.find(one) is None
    )


def _is_of_this_sort(one: Mapping[str, str], change: Told) -> bool:
    """Whether both tell the same of one membership, and not of one event: what stands again is told by taking the correction back."""
    sort = (one["network_id"], one["place_id"], one["tie"], one["change"])
    return sort == (change.network_id, change.place_id, change.tie, change.change) and not same_event(change, one)
