"""The history of one network: its accepted listings and recorded statements, folded into spells and changes.

Missing from the page is not left. Per body: listed, not_seen after one complete healthy listing without it,
departure_suspected from the second, departed after N such listings over D days or by a statement.
"""

from collections.abc import Sequence

from citynet.history.folding import history_of
from citynet.history.knowledge import learn_all
from citynet.history.plan import plan
from citynet.history.sightings import in_order
from citynet.history.unrecorded import UnrecordedMerger
from citynet.model import History, Judgement, Network, ResolvedListing


def fold(
    network: Network,
    accepted: Sequence[ResolvedListing],
    statements: Sequence[Judgement],
    *,
    as_of: str = "",
    municipal_changes: Sequence[Judgement] = (),
    unrecorded: Sequence[UnrecordedMerger] = (),
) -> History:
    """Spells and changes of a network from its accepted listings, statements and municipal changes, in whatever order they are given.

    as_of (ISO date): only listings, statements and municipal changes known by the end of that day, and a closing by then. A spell has
    ended exactly if its state is departed; the cause tells leaving (not_seen, statement, judgement) from tie_changed, merged, split,
    network_closed and source_restructured (off lists that do not compare with the one that showed it). unrecorded: municipalities that
    are a part of another one today; while such a body is missing and that one is on the list, nothing follows from absences.
    Change ids are made where changes are published. ConfigError: a statement or municipal change that cannot be read.
    """
    return history_of(learn_all(plan(network, statements, municipal_changes, as_of, unrecorded), in_order(accepted, as_of)))
