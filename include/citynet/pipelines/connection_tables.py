"""How connected municipalities and networks are, and how networks are run: connectivity_concentration, functional_overlap,
bridges, network_bodies, network_funding, legitimacy_evidence.
"""

from collections.abc import Mapping, Sequence

from citynet.analysis.bridges import bridges
from citynet.analysis.connectivity_concentration import connectivity_concentration
from citynet.analysis.families import families, related_pairs
from citynet.analysis.functional_overlap import FUNCTION, THEME, functional_overlap, functions_shown, themes_shown
from citynet.analysis.legitimacy import PlaceClasses
from citynet.analysis.lists import MemberList
from citynet.model import Network, Row
from citynet.pipelines.place_tables import Described
from citynet.pipelines.registry_tables import funding_rows, legitimacy_rows
from citynet.pipelines.views import View
from citynet.publishing.headlines import in_headlines
from citynet.statistics.joining import SIZE_CLASS_NAMES, size_class

CORE = "migration_core"


def headline_networks(networks: Sequence[Network]) -> dict[str, Network]:
    """network_id -> the networks that headlines are about, sorted."""
    told: dict[str, Row] = {n.id: {"scope": n.scope, "relevance": n.relevance, "inclusion_decision": _decision(n)} for n in networks}
    return {network.id: network for network in sorted(networks, key=lambda n: n.id) if in_headlines(told[network.id])}


def concentration_rows(lists: Sequence[MemberList], networks: Sequence[Network], as_of: str, *, age_limit: bool) -> list[Row]:
    """Table connectivity_concentration, of the networks that headlines are about and of the core ones among them. lists: one a network."""
    pooled = headline_networks(networks)
    pools = {"core_or_component": tuple(pooled), "core": tuple(name for name, network in pooled.items() if network.relevance == CORE)}
    return connectivity_concentration(lists, families(networks), pools, as_of, age_limit=age_limit)


def functional_rows(networks: Sequence[Network], functions: Sequence[Row], overlap: Sequence[Row], as_of: str) -> list[Row]:
    """Table functional_overlap, of the networks that headlines are about; functions, overlap: rows of these tables."""
    themes = {network.id: themes for network in networks if isinstance(themes := network.facts.get("themes"), list)}
    shown = {FUNCTION: functions_shown(functions), THEME: themes_shown(themes)}
    return functional_overlap(tuple(headline_networks(networks)), shown, overlap, as_of)


def connection_tables(
    views: Sequence[View],
    lists: Sequence[MemberList],
    bodies: Sequence[Row],
    described: Described,
    tables: Mapping[str, Sequence[Row]],
    as_of: str,
    *,
    age_limit: bool,
) -> dict[str, list[Row]]:
    """The six tables. lists: one a network; bodies: rows of network_bodies, with whose places `described` was made.

    tables: those that stand already; network_functions, network_overlap and access are used.
    """
    networks = [view.network for view in views]
    places = _classes(described)
    return {
        "connectivity_concentration": concentration_rows(lists, networks, as_of, age_limit=age_limit),
        "functional_overlap": functional_rows(networks, tables["network_functions"], tables["network_overlap"], as_of),
        "network_bodies": list(bodies),
        "bridges": bridges(bodies, related_pairs(networks), as_of),
        "network_funding": funding_rows(views, as_of),
        "legitimacy_evidence": legitimacy_rows(views, lists, bodies, tables["access"], places, as_of, age_limit=age_limit),
    }


def seated(bodies: Sequence[Row]) -> set[str]:
    """The places that have a seat or a part in any body."""
    return {str(row["place_id"]) for row in bodies if row["place_id"]}


def _classes(described: Described) -> PlaceClasses:
    sizes = {place_id: size_class(unit.population) if unit else None for place_id, unit in described.municipalities.items()}
    return PlaceClasses(
        size_classes=sizes,
        order=SIZE_CLASS_NAMES,
        municipality_of={place_id: place.municipality_id for place_id, place in described.places.items()},
        countries={place_id: place.country for place_id, place in described.places.items()},
    )


def _decision(network: Network) -> str | None:
    inclusion = network.facts.get("inclusion")
    return str(inclusion.get("decision")) if isinstance(inclusion, Mapping) else None
