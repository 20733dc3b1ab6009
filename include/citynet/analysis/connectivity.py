"""In how many observed networks, and families of networks, each municipality is."""

from collections.abc import Mapping, Sequence

from citynet.analysis.lists import MemberList, no_ratio_because
from citynet.model import Row


def place_connectivity(lists: Sequence[MemberList], families: Mapping[str, str], as_of: str, *, age_limit: bool = True) -> list[Row]:
    """One row a municipality on any complete current list, sorted by place_id, in the columns of table place_connectivity.

    Counts of "observed networks" mean something only beside networks_observed, the number of lists with a municipality that could have
    shown the place. A sample chosen by number of memberships would only find well-connected cities, so it is left out.
    A network without a family is a family of its own. age_limit=False keeps lists older than 18 months at as_of.
    """
    complete = (m for m in lists if m.municipality_ids and not no_ratio_because(m, as_of, age_limit))
    used = sorted(complete, key=lambda members: members.network_id)
    dates = sorted(members.list_date for members in used)
    rows: list[Row] = []
    for place_id in sorted(frozenset[str]().union(*(members.municipality_ids for members in used))):
        networks = [members.network_id for members in used if place_id in members.municipality_ids]
        rows.append(
            {
                "place_id": place_id,
                "networks": len(networks),
                "families": len({families.get(network_id, network_id) for network_id in networks}),
                "networks_observed": len(used),
                "network_ids": ";".join(networks),
                "lists_from": dates[0],
                "lists_to": dates[-1],
                "as_of": as_of,
            }
        )
    return rows
