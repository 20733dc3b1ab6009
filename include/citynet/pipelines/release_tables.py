"""All tables of a release, made of its views of the networks, its statistics and its judgements; nothing is written here."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from citynet.analysis.families import families
from citynet.analysis.lists import MemberList, newest_lists
from citynet.analysis.replication import replication
from citynet.model import Network, Row
from citynet.pipelines.admission import admissions
from citynet.pipelines.connection_tables import connection_tables, headline_networks, seated
from citynet.pipelines.coverage_tables import coverage_rows
from citynet.pipelines.dataset_tables import dataset_rows, revision_rows
from citynet.pipelines.inputs import Inputs
from citynet.pipelines.judgement_tables import judgement_rows
from citynet.pipelines.membership_tables import change_rows, membership_rows, spell_rows
from citynet.pipelines.names import Names
from citynet.pipelines.network_tables import function_rows, network_rows, relation_rows, source_rows, unresolved_rows
from citynet.pipelines.outside import Outside
from citynet.pipelines.overlap_tables import chance_model_network_rows, chance_model_rows, chance_models, overlap_rows
from citynet.pipelines.place_tables import Described, connectivity_rows, describe, place_rows
from citynet.pipelines.registry_tables import body_rows
from citynet.pipelines.representation_tables import access_rows, representation_rows
from citynet.pipelines.resolution_tables import rate_rows
from citynet.pipelines.review import review_rows
from citynet.pipelines.sensitivity_tables import sensitivity_rows
from citynet.pipelines.size_tables import names_by_country, size_rows
from citynet.pipelines.statistics import Statistics, newest
from citynet.pipelines.statistics_tables import city_statistic_rows, trend_rows
from citynet.pipelines.table1_statistics import table1_rows
from citynet.pipelines.territories import territory_rows
from citynet.pipelines.trend_tables import membership_trend_rows
from citynet.pipelines.universe_tables import network_universe_rows, universe_rows
from citynet.pipelines.views import View, dated_lists, lists_in_use, printed_places
from citynet.pipelines.withdrawing import bodies_without
from citynet.quality.checking import rows_of
from citynet.quality.rule import CheckResult

Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Material:
    """What the tables of one release are made of. bodies: rows of network_bodies; lists: every list in use; newest: that of each network.

    pooled: the networks that headlines are about; age_limit: whether lists older than 18 months leave current figures.
    """

    inputs: Inputs
    names: Names
    views: Sequence[View]
    networks: Sequence[Network]
    statistics: Statistics
    bodies: Sequence[Row]
    described: Described
    lists: Sequence[MemberList]
    newest: Sequence[MemberList]
    pooled: frozenset[str]
    age_limit: bool

    @property
    def as_of(self) -> str:
        """Date of the newest input."""
        return self.inputs.as_of


def release_tables(outside: Outside, inputs: Inputs, names: Names, views: Sequence[View]) -> Tables:
    """Every table by name but those of the alerts, which are told afterwards."""
    made = _material(outside, inputs, names, views)
    tables = {
        **_registry_tables(made),
        **_overlap_tables(made),
        **_representation_tables(made),
        **_statistics_tables(made),
        **_evidence_tables(made),
        **_replication_tables(made, _literature(outside, "oomen_2018_table1.csv")),
    }
    tables |= connection_tables(views, made.newest, made.bodies, made.described, tables, made.as_of, age_limit=made.age_limit)
    tables["headline_sensitivity"] = sensitivity_rows(made.newest, made.networks, made.pooled, tables, made.as_of, age_limit=made.age_limit)
    return tables


def _material(outside: Outside, inputs: Inputs, names: Names, views: Sequence[View]) -> Material:
    statistics, networks = newest(outside, inputs.of), [v.network for v in views]
    bodies = bodies_without(body_rows(views, names, inputs.as_of), names)
    lists = lists_in_use(views, names, inputs.as_of)
    return Material(
        inputs=inputs,
        names=names,
        views=views,
        networks=networks,
        statistics=statistics,
        bodies=bodies,
        described=describe(sorted(_bodies(views) | seated(bodies)), names, statistics),
        lists=lists,
        newest=newest_lists(lists),
        pooled=frozenset(headline_networks(networks)),
        # Age limits are lifted while a release stands on rebuilt pages: it says on every page that it shows the past.
        age_limit=not any(d.reading.capture.origin == "reconstructed" for v in views for d in v.decided),
    )


def _registry_tables(made: Material) -> Tables:
    """The networks, the places, and who is and was a member."""
    return {
        "networks": network_rows(made.views, made.as_of),
        "network_relations": relation_rows(made.views),
        "network_functions": function_rows(made.views, made.as_of),
        "places": place_rows(made.described),
        "memberships": membership_rows(made.views, made.as_of),
        "membership_spells": spell_rows(made.views),
        "membership_changes": change_rows(made.views, world=True),
        "record_changes": change_rows(made.views, world=False),
    }


def _overlap_tables(made: Material) -> Tables:
    """Which members networks share, beside chance, and in how many networks a municipality is."""
    networks, as_of, age_limit = made.networks, made.as_of, made.age_limit
    # National networks and programmes stand beside the others, never among the pairs that are tested together.
    tested = [members for members in made.lists if members.network_id in made.pooled]
    chance = chance_models(tested, networks, made.names.gazetteer, made.described, made.statistics, as_of, age_limit=age_limit)
    return {
        "network_overlap": overlap_rows(made.lists, networks, chance, as_of, age_limit=age_limit),
        "chance_models": chance_model_rows(chance, as_of),
        "chance_model_networks": chance_model_network_rows(chance, as_of),
        "place_connectivity": connectivity_rows(made.newest, networks, as_of, age_limit=age_limit, pooled=made.pooled),
        "membership_trends": membership_trend_rows(made.views, networks, made.described, made.names, as_of, pooled=made.pooled),
    }


def _representation_tables(made: Material) -> Tables:
    """Who is in, beside who may be."""
    networks, described, statistics, as_of, age_limit = made.networks, made.described, made.statistics, made.as_of, made.age_limit
    days = {(members.network_id, members.list_date) for members in made.newest}
    admitted = admissions({*days, *((network.id, as_of) for network in networks)}, networks, statistics)
    return {
        "representation": representation_rows(made.newest, networks, described, statistics, admitted, as_of, age_limit=age_limit),
        "access": access_rows(networks, statistics, admitted, as_of),
        "size_and_membership": size_rows(
            made.newest,
            networks,
            described,
            statistics,
            admitted,
            made.names.gazetteer,
            as_of,
            age_limit=age_limit,
            pooled=made.pooled,
            names_in=names_by_country(made.views),
        ),
        "universes": universe_rows(statistics, as_of),
        "network_universes": network_universe_rows(networks, statistics, as_of),
    }


def _statistics_tables(made: Material) -> Tables:
    """What is published of places and their territories, and how far it reaches."""
    described, statistics, as_of = made.described, made.statistics, made.as_of
    return {
        "coverage": coverage_rows(made.newest, described, statistics, as_of, age_limit=made.age_limit),
        "city_statistics": city_statistic_rows(described, statistics, made.names, made.networks, as_of),
        "statistics_trends": trend_rows(described, statistics, as_of),
        "territories": territory_rows(described.cities, as_of),
        "datasets": dataset_rows(statistics, made.inputs.attempts, as_of),
        "statistics_revisions": revision_rows(statistics, as_of),
    }


def _evidence_tables(made: Material) -> Tables:
    """What all of it rests on, what was decided, and what is open."""
    views, names = made.views, made.names
    return {
        "sources": source_rows(views, made.statistics.vintages),
        "quality": rows_of([*_listing_checks(views), *made.statistics.checks, *made.described.checks]),
        "judgements": judgement_rows(names.judgements, made.inputs.known_by),
        "unresolved_names": unresolved_rows(views),
        "resolution_rates": rate_rows(views, names, made.described, made.statistics, made.as_of),
        "review_cases": review_rows(views, names),
    }


def _replication_tables(made: Material, table1: Sequence[dict[str, str]]) -> Tables:
    """The report of 2018 and its Table 1 beside dated lists and statistics."""
    printed = printed_places(table1, made.networks, made.names)
    dated = [found for v in made.views for found in dated_lists(v)]
    return {
        "table1_comparison": table1_rows(table1, printed, made.described, made.statistics, made.as_of),
        "replication": replication(table1, made.networks, families(made.networks), dated, printed, made.as_of),
    }


def _bodies(views: Sequence[View]) -> set[str]:
    """Every body that a spell or a change is about."""
    members = {spell.place_id for v in views for spell in v.history.spells}
    return members | {change.place_id for v in views for change in v.history.changes if change.place_id}


def _listing_checks(views: Sequence[View]) -> list[CheckResult]:
    return [check for v in views for decided in v.decided for check in decided.reading.checks]


def _literature(outside: Outside, name: str) -> list[dict[str, str]]:
    with (outside.literature / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
