"""One network on the real platform: its file, captures, readings, acceptance and fold, week by week, in a store of its own.

Nothing is copied from the platform but one shortcut: a page that comes back with the same bytes under the same rules and names is
not read again (a reading is a pure function of them), which `every_reading_again` checks for a whole network.
"""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from citynet.errors import SourceError
from citynet.history.accepting import Decision, Standing, accept_all, accepted_too, decide
from citynet.history.differing import plain
from citynet.history.folding import State, begin, history_of
from citynet.history.knowledge import learn, learn_all
from citynet.history.municipal import MunicipalChange, read_changes
from citynet.history.plan import plan
from citynet.http.capture import keep, make_capture
from citynet.model import Capture, Change, Judgement, Network, Resolution, ResolvedListing
from citynet.networks.registry import pages_at
from citynet.pipelines import listings
from citynet.pipelines.fetching import crawl, record
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.readings import Reading, reading, resolve_listing
from citynet.pipelines.registry import open_registry
from citynet.places.countries import iso_country
from citynet.places.judgement_files import COLUMNS, written
from simulation.forms import Form, rules
from simulation.site import Web
from simulation.truth import day_of

REVIEWER = "simulated-curator"


@dataclass(slots=True)
class Kept:
    """A capture and what became of it. since: standing and state before it; decided_in: week in which its outcome last changed.

    open_in: countries ("" for none printed) of the names that were not matched when it came.
    """

    week: int
    capture: Capture
    reading: Reading
    resolved: ResolvedListing | None = None
    decision: Decision | None = None
    before: tuple[Standing, State] | None = None
    decided_in: int = 0
    open_in: frozenset[str] | None = None

    @property
    def outcome(self) -> str:
        """accepted | held | changed | refused."""
        if self.reading.outcome != "read" or self.decision is None:
            return self.reading.outcome
        return "accepted" if self.decision.accepted else "held"


class Platform:
    """The platform's own state of one network. outside: store, registry and judgements of the simulation's own."""

    def __init__(self, outside: Outside, network_id: str, form: Form, bounds: Mapping[str, Any], countries: tuple[str, ...]):
        self.outside, self.network_id = outside, network_id
        self.layouts: list[tuple[int, Form]] = [(0, form)]
        self.expect, self.departure = dict(bounds["expect"]), dict(bounds["departure"])
        self.facts = {"eligibility": [{"since": "2000", "countries": list(countries)}]} if countries else {}
        self.judged: dict[str, list[dict[str, str]]] = {name: [] for name in COLUMNS}
        self.kept: list[Kept] = []
        self.read_before: dict[tuple[object, ...], Reading] = {}
        self.write_file()
        self.open_names()
        self.standing, self.state = Standing(), self._begin()

    # --- what people change -----------------------------------------------------------------------------------------

    def write_file(self) -> None:
        """Write the network file: the pages of each layout from the week of its first capture on, and the bounds."""
        pages = [rules(form, self.network_id, day_of(week).isoformat()) for week, form in self.layouts]
        for page, (week, _) in zip(pages, self.layouts[1:], strict=False):
            page["until"] = day_of(week).isoformat()
        inclusion = {"decision": "included", "reason": "invented for a simulation", "date": "2020-01-01"}
        document = {
            **{"id": self.network_id, "name": f"Network {self.network_id}", "status": "active", "scope": "transnational"},
            **{"relevance": "migration_core", "inclusion": inclusion, "who_joins": "body", **self.facts},
            "rights": {"permission": "none_needed", "republish": "names"},
            "membership": {
                **{"publishes": "list", "coverage": "complete", "default_tie": "full", "pages": pages, "expect": self.expect},
                "departure": self.departure,
            },
        }
        (self.outside.registry / f"{self.network_id}.yml").write_text(json.dumps(document, indent=1, ensure_ascii=False))
        self.network: Network = open_registry(self.outside).get(self.network_id)

    def judge(self, file: str, line: Mapping[str, str]) -> None:
        """Add a line to a file of judgements, signed by the curator."""
        signed = {"reviewer": REVIEWER, "reason": "as the simulation knows it", "evidence_url": ""}
        self.judged[file].append({column: str({**signed, **line}.get(column, "")) for column in COLUMNS[file]})
        folder = self.outside.judgements
        lines = [Judgement(file, values) for values in (*_lines_of(folder / f"{file}.given", file), *self.judged[file])]
        (folder / file).write_bytes(written(file, lines))

    def open_names(self) -> None:
        """Read the judgements anew; each name is asked for once, which is a pure function too."""
        names = open_names(self.outside)
        self.names: Names = replace(names, resolve=_once(names.resolve))
        self.changes: tuple[MunicipalChange, ...] = read_changes(names.judgements.municipal_changes)

    # --- a week -----------------------------------------------------------------------------------------------------

    def collect(self, week: int, web: Web) -> Kept | None:
        """Crawl, keep and read this week's pages; None where a part did not come."""
        at = at_week(week)
        pages = pages_at(self.network, at.date().isoformat())
        try:
            fetched, posted = crawl(self.network_id, pages, web, at)
        except SourceError as problem:
            record(self.outside.store, self.network_id, at, problem=problem)
            return None
        capture, warc = make_capture(self.network_id, list(fetched.values()), captured_at=at, known_at=at, origin="live", posted=posted)
        keep(self.outside.store, capture, warc)
        record(self.outside.store, self.network_id, at, capture=capture)
        one = Kept(week, capture, self._reading(capture), decided_in=week)
        self.kept.append(one)
        self._decide(one, week)
        return one

    def again_from(self, first: int, week: int, *, unread: bool = False, renamed: bool = False) -> None:
        """Decide and fold anew from the capture at this index on, after a person changed something. unread: read those that were not
        read; renamed: match all names again.
        """
        for one in self.kept[first:]:
            if unread and one.reading.outcome != "read":
                one.reading = self._reading(one.capture)
            if renamed or (unread and one.resolved is None):
                one.resolved = None
        if first < len(self.kept) and self.kept[first].before is not None and not renamed:
            self.standing, self.state = self.kept[first].before or (self.standing, self.state)
        else:
            first, self.standing, self.state = 0, Standing(), self._begin()
        for one in self.kept[first:]:
            self._decide(one, week)

    def _decide(self, one: Kept, week: int) -> None:
        outcome, one.before = one.outcome, (self.standing, self.state)
        one.decision = None
        if one.reading.outcome == "read" and one.reading.listing is not None:
            one.resolved = one.resolved or resolve_listing(self.network, one.reading.listing, self.names)
            one.open_in = one.open_in if one.open_in is not None else _open_in(one.resolved)
            told = self._told(one.capture.capture_id)
            last, scopes = self.standing.last, self.standing.scopes
            one.decision = decide(last, one.resolved, self.network, told, plain, self.changes, one.reading.doubt, scopes)
            if one.decision.accepted:
                self.standing = accepted_too(self.standing, one.resolved, self.network)
                self.state = learn(self.state, one.resolved)
        if one.outcome != outcome:
            one.decided_in = week

    def _told(self, capture_id: str) -> Judgement | None:
        return next((Judgement("simulated", line) for line in self.judged["captures.csv"] if line["capture_id"] == capture_id), None)

    def _begin(self) -> State:
        return begin(plan(self.network, (), self.names.judgements.municipal_changes))

    def _reading(self, capture: Capture) -> Reading:
        on = capture.captured_at.date().isoformat()
        asked = tuple(replace(page, since="", until="") for page in pages_at(self.network, on))
        key = (capture.content_sha256, repr(asked), repr(self.network.expect), self.names.sha256)
        known = self.read_before.get(key)
        if known is None:
            self.read_before[key] = made = reading(self.outside, self.network, capture, self.names)
            return made
        at = {"capture_id": capture.capture_id, "captured_at": capture.captured_at, "known_at": capture.known_at}
        return replace(known, capture=capture, listing=replace(known.listing, **at) if known.listing else None)

    # --- what it says -----------------------------------------------------------------------------------------------

    def changes_known(self) -> list[Change]:
        """The world changes of the history as it stands."""
        return [change for change in history_of(self.state).changes if change.world]

    def changes_rebuilt(self) -> list[Change]:
        """The same from all listings at once, in no order, as a rebuild makes them."""
        read = [one for one in self.kept if one.resolved is not None and one.reading.outcome == "read"]
        doubts = {one.capture.capture_id: one.reading.doubt for one in read if one.reading.doubt}
        told = [Judgement("simulated", line) for line in self.judged["captures.csv"]]
        found = {one.capture.capture_id: one.resolved for one in reversed(read) if one.resolved is not None}
        municipal = self.names.judgements.municipal_changes
        decisions = accept_all(self.network, list(found.values()), told, municipal_changes=municipal, doubts=doubts)
        accepted = [found[decision.capture_id] for decision in decisions if decision.accepted]
        state = learn_all(plan(self.network, (), municipal), accepted)
        return [change for change in history_of(state).changes if change.world]

    def differs_from_the_store(self) -> list[str]:
        """The captures that the pipeline, reading everything anew from the store, decides otherwise than the weeks did."""
        outcomes = {one.capture.capture_id: one.outcome for one in self.kept}
        found = listings.decide(self.outside, self.network, self.names)
        return [d.reading.capture.capture_id for d in found if outcomes.get(d.reading.capture.capture_id) != d.outcome]


def at_week(week: int) -> datetime:
    """The instant of a week's capture."""
    return datetime.combine(day_of(week), time(6), UTC)


def _open_in(resolved: ResolvedListing) -> frozenset[str]:
    rows = zip(resolved.listing.rows, resolved.resolutions, strict=True)
    return frozenset(
        answer.country or iso_country(row.country_as_published) for row, answer in rows if answer.verdict in ("review", "unknown")
    )


def _once(resolve: Callable[[Network, str, str], Resolution]) -> Callable[[Network, str, str], Resolution]:
    known: dict[tuple[str, str], Resolution] = {}

    def asked(network: Network, name: str, country: str) -> Resolution:
        key = (name, country)
        if key not in known:
            known[key] = resolve(network, name, country)
        return known[key]

    return asked


@lru_cache(maxsize=64)
def _lines_of(path: Path, file: str) -> tuple[dict[str, str], ...]:
    """The lines of a file of judgements as the project has it."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as opened:
        return tuple({column: row[column] for column in COLUMNS[file]} for row in csv.DictReader(opened))
