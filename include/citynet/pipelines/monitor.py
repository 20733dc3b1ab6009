"""publish_monitor: gather the inputs, build the tables, check them, and publish them as one release."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from citynet import __version__
from citynet.errors import ConfigError
from citynet.model import Row
from citynet.pipelines import inputs as release_inputs
from citynet.pipelines.alert_tables import finished
from citynet.pipelines.evidence import as_document, evidence, from_document
from citynet.pipelines.identities import remember
from citynet.pipelines.judged_by import names_known_by
from citynet.pipelines.locking import alone
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import candidate_rows, open_registry
from citynet.pipelines.release_tables import Tables, release_tables
from citynet.pipelines.undone_changes import past
from citynet.pipelines.views import view
from citynet.pipelines.withdrawing import evidence_without, names_without, rewrite_published, tables_told_without, views_without
from citynet.publishing.contract import contract
from citynet.publishing.release import append_check, current, mend_link, publish, read_checks, same_content
from citynet.quality.checking import check_tables, refuse_if_critical, rows_of

if TYPE_CHECKING:
    from citynet.publishing.site import SiteContext


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
    names, registry = names_known_by(names_without(names), inputs.known_by), open_registry(outside)
    whole = [
        view(outside, inputs, network, names, misconfigured=network.id in registry.broken, anew=anew)
        for network in registry.networks.values()
    ]
    views = views_without(whole, names)
    _keep(outside, release_id, "beside", {"candidates": candidate_rows(outside, registry.networks.values())})
    tables = finished(release_tables(outside, inputs, names, views), names.judgements.lines, inputs.as_of, past(views, names))
    shown = evidence_without(evidence(outside, views), whole, names, tables)
    outside.store.write(_key(release_id, "evidence"), as_document(shown))
    _keep(outside, release_id, "tables", tables_told_without(tables, whole, names))
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
        rewrite_published(outside, open_names(outside), print)
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
