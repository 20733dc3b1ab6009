"""From captures to vintages of statistics: each decoded and checked once a recipe, and one fold that accepts or refuses.

What the checks said of a capture is a pure function of capture, package version, the data set's file and the vintage accepted
before it: the recipe. It is kept under statistics/<source_id>/<capture_id>.json and made anew when the recipe has changed.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from citynet import __version__
from citynet.errors import CitynetError, ConfigError, DataRefused, SourceError
from citynet.http.capture import responses, warc_of
from citynet.model import Capture
from citynet.pipelines.outside import Outside
from citynet.quality.checking import check_observations, check_vintage, refuse_if_critical
from citynet.quality.rule import CheckResult
from citynet.statistics.datasets import Dataset
from citynet.statistics.eurostat import decode_answers
from citynet.statistics.lau import read_lau
from citynet.statistics.observation_frames import countries_of, declared_only, frames
from citynet.statistics.printed_shares import read_printed_shares
from citynet.statistics.revisions import revisions
from citynet.statistics.universes import read_universes
from citynet.statistics.values import Observations
from citynet.statistics.vintage_rows import Items, rows_of
from citynet.statistics.vintage_rows import countries_of as countries_of_rows
from citynet.statistics.wikidata import read_items

_NO_FILTER = ("format", "lang", "sinceTimePeriod", "untilTimePeriod")
"""Parameters of a request that choose its form, or years where it had to be asked in parts."""
Held = Observations | Items
"""What one vintage holds: observations of a cube, or the items of a list."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """One capture of a data set and what came of it. countries: how many rows each has; problem: None where it was accepted.

    updated: when the source last updated the data, as UTC instant; "" where it does not say.
    """

    source: Dataset
    capture: Capture
    countries: Mapping[str, int]
    checks: tuple[CheckResult, ...]
    problem: CitynetError | None
    updated: str = ""

    @property
    def dataset(self) -> str:
        """The id of its data set."""
        return self.source.id

    @property
    def accepted(self) -> bool:
        """Whether its figures may be used."""
        return self.problem is None


@dataclass(frozen=True, slots=True, eq=False)
class InUse:
    """What a release takes of a data set: the newest accepted vintage, and of a cube the newest one before it that holds other data.

    in_both: the indicators that were asked for in both.
    """

    held: Held
    previous: Observations | None = None
    in_both: frozenset[str] = frozenset()


def in_use(outside: Outside, accepted: Sequence[Vintage]) -> InUse:
    """The newest of the accepted vintages, in order of time, beside the one before it.

    The same data may have been captured twice: by another request of ours, or by TSV, which tells no `updated` and is compared by
    its figures. TSV tells no labels either: those are of the newest vintage that has them.
    """
    used = accepted[-1]
    held = decoded(outside, used.source, used.capture)
    for before in reversed(accepted[:-1]):
        same = before.updated == used.updated != ""
        if not isinstance(held, Observations) or (same and _question(before.capture) != _question(used.capture)):
            continue
        then = decoded(outside, before.source, before.capture)
        if not isinstance(then, Observations):
            continue
        held = held if held.labels else dataclasses.replace(held, labels=then.labels)
        in_both = _asked(before) & _asked(used)
        if (before.updated and used.updated and not same) or len(revisions(then, held, in_both)):
            return InUse(held, then, in_both)
    return InUse(held)


def by_sdmx(capture: Capture) -> bool:
    """Whether it is of the SDMX service, which is asked where the JSON service is out."""
    return any("/sdmx/" in page.url for page in capture.pages)


def vintages(outside: Outside, dataset: Dataset, captures: Sequence[Capture]) -> list[Vintage]:
    """Every capture in order of (captured_at, capture_id), decoded and checked beside the vintage accepted last before it.

    One whose WARC is missing or damaged by now is not accepted, whatever was found when it was whole.
    """
    made: list[Vintage] = []
    before: Vintage | None = None
    for capture in sorted(captures, key=lambda c: (c.captured_at, c.capture_id)):
        vintage = _vintage(outside, dataset, capture, before)
        made.append(vintage)
        before = vintage if vintage.accepted else before
    return made


def decoded(outside: Outside, dataset: Dataset, capture: Capture) -> Held:
    """What one capture holds. SourceChanged for another form or a damaged file, SourceUnavailable for a passing answer."""
    answers = responses(outside.store, capture)
    body = answers[0].body
    if dataset.kind == "lau":
        return read_lau(body)
    if dataset.kind == "universes":
        return read_universes(body)
    if dataset.kind == "table1":
        return read_printed_shares(body)
    if dataset.kind == "wikidata":
        return read_items(body)
    return declared_only(decode_answers(answers, dataset), dataset)


def _vintage(outside: Outside, dataset: Dataset, capture: Capture, before: Vintage | None) -> Vintage:
    key = f"statistics/{capture.source_id}/{capture.capture_id}.json"
    recipe = _recipe(dataset, capture, before)
    try:
        if outside.store.exists(key):
            warc_of(outside.store, capture)
            document = json.loads(outside.store.read(key))
            if document["recipe"] == recipe:
                return _from_document(dataset, capture, document)
        items = decoded(outside, dataset, capture)
    except (SourceError, ConfigError) as problem:
        return Vintage(dataset, capture, {}, (), problem)  # cheap to find again, and a damaged file may be mended
    made = _checked(outside, dataset, capture, items, before)
    outside.store.write(key, _document(made, recipe))
    return made


def _checked(outside: Outside, dataset: Dataset, capture: Capture, items: Held, before: Vintage | None) -> Vintage:
    subject = f"{dataset.id}/{capture.capture_id}"
    if not isinstance(items, Observations):
        rows = rows_of(items)
        checks = check_vintage(subject, dataset.kind, rows, before.countries if before else {})
        return Vintage(dataset, capture, countries_of_rows(rows), checks, _refusal(subject, checks))
    comparable = before is not None and _question(before.capture) == _question(capture)
    then = decoded(outside, dataset, before.capture) if before is not None and comparable else None
    found = frames(items, then if isinstance(then, Observations) else None, dataset, capture.captured_at.year)
    checks = check_observations(subject, found, looked_at=items.updated in dataset.looked_at)
    return Vintage(dataset, capture, countries_of(items, dataset), checks, _refusal(subject, checks), items.updated)


def _asked(vintage: Vintage) -> frozenset[str]:
    """The indicators that its capture was asked for; all of them where its address names none."""
    every = frozenset(vintage.source.indicators)
    return every & _question(vintage.capture) or every


def _question(capture: Capture) -> frozenset[str]:
    """The codes that a capture was asked for, by its addresses: what we asked anew for is no change of the source's.

    JSON-stat is asked by parameters (indic_ur=DE1001V), SDMX by a key at the end of the path (.DE1001V.). A part that was asked for
    and has no results is a page too.
    """
    found: set[str] = set()
    for parts in (urlsplit(page.url) for page in capture.pages):
        if "/sdmx/" in parts.path:
            found |= set(re.split(r"[.+]", parts.path.rsplit("/", 1)[-1]))
        else:
            found |= {value for name, value in parse_qsl(parts.query) if name not in _NO_FILTER}
    return frozenset(found - {""})


def _refusal(subject: str, checks: Sequence[CheckResult]) -> DataRefused | None:
    try:
        refuse_if_critical(subject, checks)
    except DataRefused as problem:
        return problem
    return None


def _recipe(dataset: Dataset, capture: Capture, before: Vintage | None) -> str:
    compared = before.capture.content_sha256 if before else ""
    stated = f"{__version__} {dataset.sha256} {capture.content_sha256} {capture.captured_at:%Y} {compared}"
    return hashlib.sha256(stated.encode()).hexdigest()


def _document(made: Vintage, recipe: str) -> bytes:
    checks = [dataclasses.asdict(check) for check in made.checks]
    document = {"recipe": recipe, "countries": dict(made.countries), "checks": checks, "updated": made.updated}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _from_document(dataset: Dataset, capture: Capture, document: Mapping[str, object]) -> Vintage:
    stored, countries = document["checks"], document["countries"]
    if not isinstance(stored, list) or not isinstance(countries, dict):
        raise TypeError(f"checks of {capture.source_id} {capture.capture_id} are {type(stored).__name__}")
    checks = tuple(CheckResult(**{**check, "examples": tuple(check["examples"])}) for check in stored)
    subject = f"{dataset.id}/{capture.capture_id}"
    return Vintage(dataset, capture, countries, checks, _refusal(subject, checks), str(document["updated"]))
