"""Families: networks so related that membership in one comes with another, counted as one."""

from collections.abc import Mapping, Sequence

from citynet.model import Network

_FAMILY = ("subnetwork_of", "national_chapter_of")
_BETWEEN_NETWORKS = "initiative_of"


def families(networks: Sequence[Network]) -> Mapping[str, str]:
    """network_id -> family_id: connected components of subnetwork_of, national_chapter_of and initiative_of.

    initiative_of ties only to a network of the registry: two initiatives of one organisation (say the Council of Europe)
    do not share members for that. family_id: the one network of the family that depends on no other, else the first
    in alphabetical order.
    """
    known = {network.id for network in networks}
    edges = sorted({(n.id, r.to) for n in networks for r in n.relations if _binds(r.relation, r.to, known)})
    component = {node: node for node in known | {node for edge in edges for node in edge}}
    for a, b in edges:
        low, high = sorted((component[a], component[b]))
        component = {node: low if root == high else root for node, root in component.items()}
    dependent = {a for a, _ in edges}
    named = {}
    for root in set(component.values()):
        members = sorted(node for node, theirs in component.items() if theirs == root)
        heads = [node for node in members if node not in dependent]
        named[root] = heads[0] if len(heads) == 1 else members[0]
    return {network_id: named[component[network_id]] for network_id in sorted(known)}


def related_pairs(networks: Sequence[Network]) -> frozenset[frozenset[str]]:
    """Pairs nested by rule: one family, or members of the one must belong to the other."""
    family = families(networks)
    pairs = {frozenset((a, b)) for a in family for b in family if a < b and family[a] == family[b]}
    must = {frozenset((n.id, r.to)) for n in networks for r in n.relations if r.relation == "members_must_belong_to" and r.to in family}
    return frozenset(pairs | {pair for pair in must if len(pair) == 2})


def _binds(relation: str, to: str, known: set[str]) -> bool:
    return relation in _FAMILY or (relation == _BETWEEN_NETWORKS and to in known)
