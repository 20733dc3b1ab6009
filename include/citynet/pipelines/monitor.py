"""publish_monitor: gather the inputs, build the tables, check them, and publish them as one release."""

import csv
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from citynet import __version__
from citynet.analysis.families import families
from citynet.analysis.lists import newest_lists
from citynet.analysis.replication import replication
from citynet.errors import ConfigError
from citynet.model import Row
from citynet.pipelines import inputs as release_inputs
from citynet.pipelines.admission import admissions
from citynet.pipelines.alert_tables import finished
from citynet.pipelines.connection_tables import connection_tables, headline_networks, seated
from citynet.pipelines.coverage_tables import coverage_rows
from citynet.pipelines.dataset_tables import dataset_rows, revision_rows
from citynet.pipelines.evidence import as_document, evidence, from_document
from citynet.pipelines.identities import remember
from citynet.pipelines.judgement_tables import judgement_rows
from citynet.pipelines.locking import alone
from citynet.pipelines.membership_tables import change_rows, membership_rows, spell_rows
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.network_tables import function_rows, network_rows, relation_rows, source_rows, unresolved_rows
from citynet.pipelines.outside import Outside
from citynet.pipelines.overlap_tables import chance_model_network_rows, chance_model_rows, chance_models, overlap_rows
from citynet.pipelines.place_tables import connectivity_rows, describe, place_rows
from citynet.pipelines.registry import candidate_rows, open_registry
from citynet.pipelines.registry_tables import body_rows
from citynet.pipelines.representation_tables import access_rows, representation_rows
from citynet.pipelines.resolution_tables import rate_rows
from citynet.pipelines.review import review_rows
from citynet.pipelines.sensitivity_tables import sensitivity_rows
from citynet.pipelines.size_tables import size_rows
from citynet.pipelines.statistics import newest
from citynet.pipelines.statistics_tables import city_statistic_rows, trend_rows
from citynet.pipelines.table1_statistics import table1_rows
from citynet.pipelines.territories import territory_rows
from citynet.pipelines.trend_tables import membership_trend_rows
from citynet.pipelines.universe_tables import network_universe_rows, universe_rows
from citynet.pipelines.views import View, dated_lists, lists_in_use, printed_places, view
from citynet.pipelines.withdrawing import bodies_without, evidence_without, names_without, rewrite_published, views_without
from citynet.publishing.contract import contract
from citynet.publishing.release import append_check, current, mend_link, publish, read_checks, same_content
from citynet.quality.checking import check_tables, refuse_if_critical, rows_of
from citynet.quality.rule import CheckResult

if TYPE_CHECKING:
    from citynet.publishing.site import SiteContext

Tables = dict[str, list[Row]]


def gather(outside: Outside) -> list[str]:
    """Freeze the inputs as they stand, after what the printed names mean today is in the ledger; the release id they give.

    Nothing where the published release stands on the same inputs, or was found to say the same as they do.
    """
    names = open_names(outside)
    inputs = release_inputs.gather(outside, names)
    now = current(outside.published)
    mend_link(outside.published)
    if inputs is None:
        return []
    looked_at = read_checks(outside.published).get(inputs.release_id, {}).get("release_id")
    if now is not None and now in (inputs.release_id, looked_at):
        return []
    return [_freeze(outside, names, inputs).release_id]


def build(outside: Outside, release_id: str, *, anew: bool = False) -> str:
    """Resolve, fold and analyse the frozen inputs into tables; returns the release id.

    History goes on from the states kept in the store, and leaves them there for the next release; anew: from captures alone.
    """
    inputs, names = release_inputs.frozen(outside, release_id), open_names(outside)
    release_inputs.require_unmoved(outside, names, inputs)
    names, registry = names_without(names), open_registry(outside)
    whole = [
        view(outside, inputs, network, names, misconfigured=network.id in registry.broken, anew=anew)
        for network in registry.networks.values()
    ]
    views = views_without(whole, names)
    outside.store.write(_key(release_id, "evidence"), as_document(evidence_without(evidence(outside, views), whole, names)))
    _keep(outside, release_id, "beside", {"candidates": candidate_rows(outside, registry.networks.values())})
    _keep(outside, release_id, "tables", finished(_tables(outside, inputs, names, views), names.judgements.lines, inputs.as_of))
    return release_id


def check(outside: Outside, release_id: str) -> str:
    """Hold the tables against their contract and their sense, and add the results as table quality.

    DataRefused where a critical expectation failed: then nothing of this release is published, and the old one stands.
    """
    tables = _kept(outside, release_id, "tables")
    results = check_tables(tables, contract().tables)
    refuse_if_critical(f"tables of {release_id}", results)
    tables["quality"] += rows_of(results)
    _keep(outside, release_id, "checked", tables)
    return release_id


def release(outside: Outside, release_id: str) -> list[str]:
    """Publish the checked tables; the release id, or nothing where no row has changed since the published release.

    A look that found nothing new is kept in checks.json and makes no release. Called again after a kill it finishes.
    """
    with alone(outside.store, "publish", print):
        rewrite_published(outside, open_names(outside))
        now = current(outside.published)
        if now == release_id:
            return [release_id]
        inputs, tables = release_inputs.frozen(outside, release_id), _kept(outside, release_id, "checked")
        if now is not None and same_content(outside.published, now, tables):
            append_check(outside.published, release_id, {"as_of": inputs.as_of, "release_id": now, "captures": len(inputs.captures)})
            return []
        publish(outside.published, release_id, tables, context=_context(outside, inputs))
    return [release_id]


def rebuild(outside: Outside, as_of: str = "") -> str:
    """The release from captures alone, as known at the end of the day as_of (then `latest` does not move); its id.

    Where the release is published already its bytes are compared: DataRefused if they differ.
    """
    names = open_names(outside)
    inputs = release_inputs.gather(outside, names, as_of)
    if inputs is None:
        raise ConfigError(f"rebuild: expected captures in {outside.store.root}{f' known by {as_of}' if as_of else ''}, found none")
    inputs = _freeze(outside, names, inputs)
    check(outside, build(outside, inputs.release_id, anew=True))
    with alone(outside.store, "publish", print):
        publish(
            outside.published,
            inputs.release_id,
            _kept(outside, inputs.release_id, "checked"),
            context=_context(outside, inputs),
            point=not as_of,
        )
    return inputs.release_id


def _freeze(outside: Outside, names: Names, inputs: release_inputs.Inputs) -> release_inputs.Inputs:
    """The inputs with every name matched anew among them, kept for the next steps. Killed in between, the next run does the same."""
    whole = release_inputs.gather(outside, names) if inputs.known_by else inputs
    remember(outside, names, open_registry(outside).networks.values(), (whole or inputs).as_of)
    found = release_inputs.gather(outside, names, inputs.known_by) or inputs
    release_inputs.keep(outside, found)
    return found


def report(outside: Outside) -> list[str]:
    """The published release in lines for a terminal: its id, the headline figures, and where the site is."""
    from citynet.publishing.headlines import headlines
    from citynet.publishing.reading_back import read_release

    release_id = current(outside.published)
    if release_id is None:
        return ["nothing is published yet"]
    lines = [f"release {release_id}"]
    lines += [f"  {line.label}: {line.value}\n      {line.note}" for line in headlines(read_release(outside.published, release_id))]
    return [*lines, f"site {outside.published.path(f'{release_id}/site/index.html')}"]


def _tables(outside: Outside, inputs: release_inputs.Inputs, names: Names, views: Sequence[View]) -> Tables:
    statistics = newest(outside, inputs.of)
    as_of, networks = inputs.as_of, [v.network for v in views]
    bodies = bodies_without(body_rows(views, names, as_of), names)
    described = describe(sorted(_bodies(views) | seated(bodies)), names, statistics)
    lists = lists_in_use(views, names, as_of)
    newest_of_each = newest_lists(lists)
    # Age limits are lifted while a release stands on rebuilt pages: it says on every page that it shows the past.
    age_limit = not any(d.reading.capture.origin == "reconstructed" for v in views for d in v.decided)
    pooled = frozenset(headline_networks(networks))
    # National networks and programmes stand beside the others, never among the pairs that are tested together.
    tested = [members for members in lists if members.network_id in pooled]
    chance = chance_models(tested, networks, names.gazetteer, described, statistics, as_of, age_limit=age_limit)
    table1 = _literature(outside, "oomen_2018_table1.csv")
    cities_printed = printed_places(table1, networks, names)
    admitted = admissions(networks, statistics, as_of)
    tables: Tables = {
        "networks": network_rows(views, as_of),
        "network_relations": relation_rows(views),
        "network_functions": function_rows(views, as_of),
        "places": place_rows(described),
        "memberships": membership_rows(views, as_of),
        "membership_spells": spell_rows(views),
        "membership_changes": change_rows(views, world=True),
        "record_changes": change_rows(views, world=False),
        "network_overlap": overlap_rows(lists, networks, chance, as_of, age_limit=age_limit),
        "chance_models": chance_model_rows(chance, as_of),
        "chance_model_networks": chance_model_network_rows(chance, as_of),
        "place_connectivity": connectivity_rows(newest_of_each, networks, as_of, age_limit=age_limit),
        "representation": representation_rows(newest_of_each, networks, described, statistics, admitted, as_of, age_limit=age_limit),
        "access": access_rows(networks, statistics, admitted, as_of),
        "size_and_membership": size_rows(
            newest_of_each, networks, described, statistics, admitted, names.gazetteer, as_of, age_limit=age_limit, pooled=pooled
        ),
        "membership_trends": membership_trend_rows(views, networks, described, names, as_of, pooled=pooled),
        "universes": universe_rows(statistics, as_of),
        "network_universes": network_universe_rows(networks, statistics, as_of),
        "coverage": coverage_rows(newest_of_each, described, statistics, as_of, age_limit=age_limit),
        "city_statistics": city_statistic_rows(described, statistics, names, networks, as_of),
        "statistics_trends": trend_rows(described, statistics, as_of),
        "territories": territory_rows(described.cities, as_of),
        "table1_comparison": table1_rows(table1, cities_printed, described, statistics, as_of),
        "datasets": dataset_rows(statistics, inputs.attempts, as_of),
        "statistics_revisions": revision_rows(statistics, as_of),
        "sources": source_rows(views, statistics.vintages),
        "quality": rows_of([*_listing_checks(views), *statistics.checks, *described.checks]),
        "judgements": judgement_rows(names.judgements, inputs.known_by),
        "unresolved_names": unresolved_rows(views),
        "resolution_rates": rate_rows(views, names, described, statistics, as_of),
        "review_cases": review_rows(views, names),
        "replication": replication(
            table1,
            networks,
            families(networks),
            [found for v in views for found in dated_lists(v)],
            cities_printed,
            as_of,
        ),
    }
    tables |= connection_tables(views, newest_of_each, bodies, described, tables, as_of, age_limit=age_limit)
    tables["headline_sensitivity"] = sensitivity_rows(newest_of_each, networks, pooled, tables, as_of, age_limit=age_limit)
    return tables


def _bodies(views: Sequence[View]) -> set[str]:
    """Every body that a spell or a change is about."""
    members = {spell.place_id for v in views for spell in v.history.spells}
    return members | {change.place_id for v in views for change in v.history.changes if change.place_id}


def _listing_checks(views: Sequence[View]) -> list[CheckResult]:
    return [check for v in views for decided in v.decided for check in decided.reading.checks]


def _literature(outside: Outside, name: str) -> list[dict[str, str]]:
    with (outside.literature / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _keep(outside: Outside, release_id: str, step: str, tables: Mapping[str, Sequence[Row]]) -> None:
    data = (json.dumps(tables, ensure_ascii=False, sort_keys=True) + "\n").encode()
    outside.store.write(_key(release_id, step), data)


def _kept(outside: Outside, release_id: str, step: str) -> Tables:
    tables: Tables = json.loads(outside.store.read(_key(release_id, step)))
    return tables


def _context(outside: Outside, inputs: release_inputs.Inputs) -> "SiteContext":
    from citynet.publishing.site import SiteContext

    kept = from_document(outside.store.read(_key(inputs.release_id, "evidence")))
    candidates = tuple(_kept(outside, inputs.release_id, "beside")["candidates"])
    return SiteContext(as_of=inputs.as_of, package_version=__version__, evidence=kept, candidates=candidates)


def _key(release_id: str, step: str) -> str:
    return f"building/{release_id}/{step}.json"
