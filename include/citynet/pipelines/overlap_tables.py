"""The tables of shared members and of their chance models: network_overlap, chance_models, chance_model_networks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from citynet.analysis.families import related_pairs
from citynet.analysis.family_of_tests import MIN_MEMBERS, family_of_tests
from citynet.analysis.lists import MemberList
from citynet.analysis.model_figures import COUNTRY_MODEL
from citynet.analysis.null_models import NULL_MODELS, OverlapTests, overlap_tests, seed
from citynet.analysis.overlap import network_overlap
from citynet.model import Network, Row
from citynet.pipelines.eligible_municipalities import Admitted, eligible
from citynet.pipelines.known_municipalities import known_municipalities
from citynet.pipelines.place_tables import Described
from citynet.pipelines.statistics import Statistics
from citynet.places.gazetteer import Gazetteer

HOLDS = {
    "hypergeometric": "the number of members of each network",
    "fixed_margins": "the number of members of each network, and of memberships of each municipality",
    "fixed_margins_country": "the number of members of each network in each country, and of memberships of each municipality",
    "bicm": "in the mean: the number of members of each network, and of memberships of each municipality",
}
"""What each chance model keeps as it is; all else is left to chance among those who may join."""
NO_PAIR = f"no two complete lists of unrelated networks of one time have {MIN_MEMBERS} members each, nearly all of them matched"
NO_TEST = "this model tests none of the pairs that others test: of each pair table network_overlap says why"
ALL_SETTLED = "what each pair of lists shares is settled by who may join and by the sizes of the lists: nothing is left to chance"


@dataclass(frozen=True, slots=True)
class ChanceModels:
    """The chance models of some lists. known: municipalities that there are, of_known_country those with a country (None: all).

    admitted: network_id -> who may join it.
    """

    tests: OverlapTests
    known: int = 0
    of_known_country: int | None = None
    admitted: Mapping[str, Admitted] = field(default_factory=dict)


def chance_models(
    lists: Sequence[MemberList],
    networks: Sequence[Network],
    gazetteer: Gazetteer,
    described: Described,
    statistics: Statistics,
    as_of: str,
    *,
    age_limit: bool,
) -> ChanceModels:
    """The chance models of the pairs that are tested together, among the municipalities that each network admits on the day of its list."""
    related = related_pairs(networks)
    family = family_of_tests(lists, related, as_of, age_limit=age_limit)
    if not family.pairs:
        return ChanceModels(OverlapTests(family))
    known = known_municipalities(gazetteer, described.municipalities, statistics)
    may_join, admitted = eligible(family.lists, {network.id: network for network in networks}, known, gazetteer)
    return ChanceModels(overlap_tests(lists, related, as_of, may_join, age_limit=age_limit), len(known), admitted=admitted)


def overlap_rows(
    lists: Sequence[MemberList], networks: Sequence[Network], found: ChanceModels, as_of: str, *, age_limit: bool
) -> list[Row]:
    """Table network_overlap."""
    return network_overlap(lists, related_pairs(networks), as_of, age_limit=age_limit, tests=found.tests)


def chance_model_rows(found: ChanceModels, as_of: str) -> list[Row]:
    """Table chance_models: what each model holds fixed, on which lists it stands, and how far its samples had come to rest."""
    family = found.tests.family
    days = sorted(members.list_date for members in family.lists)
    return [
        {
            "model": model,
            "holds": HOLDS[model],
            "networks": len(family.lists),
            "pairs": len(found.tests.tested.get(model, ())),
            "lists_from": days[0] if days else None,
            "lists_to": days[-1] if days else None,
            "known_municipalities": _known(found, model),
            **_mixing(found.tests, model),
            "family": family.stated(found.tests.tested.get(model, ())) or None,
            "not_computed_because": _left_out(found.tests, model),
            "as_of": as_of,
        }
        for model in NULL_MODELS
    ]


def chance_model_network_rows(found: ChanceModels, as_of: str) -> list[Row]:
    """Table chance_model_networks: every network whose list stands in the chance models, and who may join it by its rules of that day."""
    family = found.tests.family
    in_a_pair = {name for pair in family.pairs for name in pair}
    return [
        {
            "network_id": members.network_id,
            "list_date": members.list_date,
            "members": len(members.municipality_ids),
            "in_a_tested_pair": members.network_id in in_a_pair,
            "may_join": found.admitted[members.network_id].may_join,
            "outside_rules": found.admitted[members.network_id].outside_rules,
            "rule": found.admitted[members.network_id].rule,
            "note": found.admitted[members.network_id].note or None,
            "as_of": as_of,
        }
        for members in family.lists
    ]


def _known(found: ChanceModels, model: str) -> int | None:
    if not found.tests.family.pairs:
        return None
    return found.known if model != COUNTRY_MODEL or found.of_known_country is None else found.of_known_country


def _left_out(tests: OverlapTests, model: str) -> str | None:
    if not tests.family.pairs:
        return ALL_SETTLED if tests.family.settled else NO_PAIR
    if model not in tests.tested:
        return tests.left_out.get(model)
    return None if tests.tested[model] else NO_TEST


def _mixing(tests: OverlapTests, model: str) -> Row:
    """How the samples of a model were drawn and how far they had come to rest; empty for models that draw none."""
    found = tests.mixing.get(model) if tests.tested.get(model) else None
    return {
        "samples": found.samples if found else None,
        "seed": seed(model) if found else None,
        "worst_r_hat": found.worst_r_hat if found else None,
        "least_effective": found.least_effective if found else None,
        "median_effective": found.median_effective if found else None,
        "moved_share": found.moved if found else None,
    }
