"""From captures to vintages of statistics: each decoded and checked once a recipe, and one fold that accepts or refuses.

What the checks said of a capture is a pure function of capture, package version and the vintage accepted before it: the
recipe. It is kept under statistics/<source_id>/<capture_id>.json and made anew when the recipe has changed.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet import __version__
from citynet.errors import CitynetError, ConfigError, DataRefused, SourceError
from citynet.http.capture import bodies
from citynet.model import Capture
from citynet.pipelines.outside import Outside
from citynet.quality.checking import check_vintage, refuse_if_critical
from citynet.quality.rule import CheckResult
from citynet.statistics.datasets import Request
from citynet.statistics.jsonstat import decode
from citynet.statistics.lau import read_lau
from citynet.statistics.printed_shares import read_printed_shares
from citynet.statistics.universes import read_universes
from citynet.statistics.vintage_rows import Items, countries_of, identity_rows, rows_of
from citynet.statistics.wikidata import read_items


@dataclass(frozen=True, slots=True)
class Vintage:
    """One capture of a data set and what came of it. countries: how many rows each has; problem: None where it was accepted."""

    dataset: str
    capture: Capture
    countries: Mapping[str, int]
    checks: tuple[CheckResult, ...]
    problem: CitynetError | None

    @property
    def accepted(self) -> bool:
        """Whether its figures may be used."""
        return self.problem is None


def vintages(outside: Outside, request: Request, captures: Sequence[Capture]) -> list[Vintage]:
    """Every capture in order of (captured_at, capture_id), decoded and checked beside the vintage accepted last before it."""
    made: list[Vintage] = []
    before: Vintage | None = None
    for capture in sorted(captures, key=lambda c: (c.captured_at, c.capture_id)):
        vintage = _vintage(outside, request, capture, before)
        made.append(vintage)
        before = vintage if vintage.accepted else before
    return made


def decoded(outside: Outside, request: Request, capture: Capture) -> Items:
    """What one capture holds. SourceChanged for another form or a damaged file, SourceUnavailable for a passing answer."""
    page = capture.pages[0]
    body = bodies(outside.store, capture)[page.url]
    if request.kind == "lau":
        return read_lau(body)
    if request.kind == "universes":
        return read_universes(body)
    if request.kind == "table1":
        return read_printed_shares(body)
    if request.kind == "wikidata":
        return read_items(body)
    return decode(body, dataset=request.dataset, content_type=page.content_type, status=page.status)


def _vintage(outside: Outside, request: Request, capture: Capture, before: Vintage | None) -> Vintage:
    key = f"statistics/{capture.source_id}/{capture.capture_id}.json"
    recipe = _recipe(request, capture, before)
    if outside.store.exists(key):
        document = json.loads(outside.store.read(key))
        if document["recipe"] == recipe:
            return _from_document(request, capture, document)
    try:
        items = decoded(outside, request, capture)
    except (SourceError, ConfigError) as problem:
        return Vintage(request.dataset, capture, {}, (), problem)  # cheap to find again, and a damaged file may be mended
    rows = rows_of(items, capture.captured_at.year)
    subject = f"{request.dataset}/{capture.capture_id}"
    checks = check_vintage(subject, request.kind, rows, identity_rows(items), before.countries if before else {})
    made = Vintage(request.dataset, capture, countries_of(rows), checks, _refusal(subject, checks))
    outside.store.write(key, _document(made, recipe))
    return made


def _refusal(subject: str, checks: Sequence[CheckResult]) -> DataRefused | None:
    try:
        refuse_if_critical(subject, checks)
    except DataRefused as problem:
        return problem
    return None


def _recipe(request: Request, capture: Capture, before: Vintage | None) -> str:
    compared = json.dumps(dict(before.countries) if before else {}, sort_keys=True)
    return hashlib.sha256(f"{__version__} {request.kind} {capture.content_sha256} {capture.captured_at:%Y} {compared}".encode()).hexdigest()


def _document(made: Vintage, recipe: str) -> bytes:
    checks = [dataclasses.asdict(check) for check in made.checks]
    document = {"recipe": recipe, "countries": dict(made.countries), "checks": checks}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _from_document(request: Request, capture: Capture, document: Mapping[str, object]) -> Vintage:
    stored, countries = document["checks"], document["countries"]
    if not isinstance(stored, list) or not isinstance(countries, dict):
        raise TypeError(f"checks of {capture.source_id} {capture.capture_id} are {type(stored).__name__}")
    checks = tuple(CheckResult(**{**check, "examples": tuple(check["examples"])}) for check in stored)
    return Vintage(request.dataset, capture, countries, checks, _refusal(f"{request.dataset}/{capture.capture_id}", checks))
