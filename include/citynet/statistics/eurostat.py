"""The client of Eurostat's dissemination API: one question a data set, split where it is too big, patient where it is not ready.

JSON-stat by the statistics service; where that itself is out, the same question to SDMX 2.1 for TSV.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from citynet.errors import (
    AsyncPending,
    BadQuery,
    EmptyForFilter,
    Malformed,
    NotFound,
    OutageHtml,
    ServerFault,
    SourceError,
    SourceUnavailable,
    TooBig,
)
from citynet.http import Fetcher
from citynet.http.decoding import Undecodable, unzipped
from citynet.model import Fetched
from citynet.statistics.api_errors import refuse_unless_data, ticket_of
from citynet.statistics.columns import Part, joined
from citynet.statistics.jsonstat import read_jsonstat, updated_in
from citynet.statistics.sdmx_tsv import looks_like_tsv, read_tsv
from citynet.statistics.values import Cube, Observations

API = "https://ec.europa.eu/eurostat/api/dissemination"
"""Where Eurostat serves: /statistics/1.0 (JSON-stat) and /sdmx/2.1 (TSV) below it."""

DEADLINE_SECONDS = 1800.0
"""How long one data set may take, waits for asynchronous answers included."""
FIRST_YEAR = 1960
"""Before the first year of any data set here: where halves of the time range begin to be counted. Halves are open to their outer
side, so that nothing before or after is lost."""
UNPACKED_MOST = 500_000_000
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 120.0

log = logging.getLogger(__name__)

_JSON_IS_OUT = (OutageHtml, Malformed, ServerFault)
Answered = tuple[Fetched, Part | None]
"""An answer and what it holds: None where that part has no results."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A part of a data set: one indicator or all of the filter, and the years since and until, None where open."""

    indicator: str | None = None
    since: int | None = None
    until: int | None = None

    def codes(self, dataset: Cube, dimension: str) -> Sequence[str]:
        """What of a dimension is asked for; () for all of it."""
        if dimension == dataset.indicator_dimension and self.indicator is not None:
            return (self.indicator,)
        return dataset.filters.get(dimension, ())


@dataclass(frozen=True, slots=True)
class _Pull:
    """One pull: what is asked, by which way and at which service, and until when (monotonic seconds) it may take."""

    way: Fetcher
    dataset: Cube
    at: datetime
    sleep: Callable[[float], None]
    now: Callable[[], float]
    until: float
    api: str

    @property
    def where(self) -> str:
        return f"Eurostat {self.dataset.id}"


_Route = Callable[[_Pull, _Question], str]
"""How a question becomes an address of one of the two services."""


def data_url(dataset: Cube, *, api: str = API) -> str:
    """The address of the whole data set as filtered (JSON-stat): what a replay folder has to answer."""
    return _json_url(dataset, _Question(), api)


def updated_url(dataset: Cube, *, api: str = API) -> str:
    """The address of the same question without figures: no period is called null, so that the answer holds metadata alone."""
    return f"{data_url(dataset, api=api)}&time_period=null"


def updated_of(way: Fetcher, dataset: Cube, at: datetime, *, api: str = API) -> str:
    """`updated` of what Eurostat serves now, as UTC instant (model.written); nothing but metadata is fetched.

    Where the service refuses a period called null, or takes it for all periods (too big), the newest period alone is asked for.
    Errors: as errors.py names them.
    """
    where = f"Eurostat {dataset.id}"
    answer = way.ask(updated_url(dataset, api=api), at=at)
    try:
        refuse_unless_data(answer, where)
    except (BadQuery, NotFound, TooBig):
        answer = way.ask(f"{data_url(dataset, api=api)}&lastTimePeriod=1", at=at)
        refuse_unless_data(answer, where)
    return updated_in(answer.body, where)


def pull(
    way: Fetcher,
    dataset: Cube,
    at: datetime,
    *,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], float] = time.monotonic,
    deadline_seconds: float = DEADLINE_SECONDS,
    api: str = API,
    tsv: bool = True,
) -> list[Fetched]:
    """The answers that hold the data set as filtered, each of them whole and readable: what a capture keeps.

    One GET of JSON-stat; several where that is too big, by indicator and then by halves of the time range, all of one
    `updated` (a new vintage in the middle: all anew, once); a part without results stays among them as the refusal that it is, so
    that the capture tells what was asked. An answer in preparation is waited for until the deadline. Where the JSON service itself
    is out (outage page, malformed, 5xx) and tsv is true, the answer is SDMX 2.1 TSV, which tells no `updated`: that several parts
    of it are of one vintage is not known then. Errors: as errors.py names them.
    """
    asked = _Pull(way, dataset, at, sleep, now, now() + deadline_seconds, api)
    try:
        return _of_one_vintage(asked, _json_route)
    except _JSON_IS_OUT as problem:
        if not (tsv and dataset.dimensions):
            raise
        log.info("%s; asking SDMX 2.1", problem)
        try:
            return _of_one_vintage(asked, _tsv_route)
        except SourceError as other:
            raise type(problem)(f"{problem}; and by SDMX 2.1: {other}") from other


def decode_answers(answers: Sequence[Fetched], dataset: Cube) -> Observations:
    """What the answers of one capture hold together, JSON-stat or TSV by the look of the bodies.

    Malformed, EmptyForFilter and the like as in `pull`; SourceChanged where two parts are of different vintages or hold one
    cell twice. One of several parts may be without results.
    """
    parts = []
    for answer in answers:
        try:
            refuse_unless_data(answer, f"Eurostat {dataset.id}")
        except NotFound:
            if len(answers) == 1:
                raise
        else:
            parts.append(_read(answer, dataset))
    return _with_figures(parts, dataset)


def _json_route(asked: _Pull, question: _Question) -> str:
    return _json_url(asked.dataset, question, asked.api)


def _json_url(dataset: Cube, question: _Question, api: str) -> str:
    filters = [(dimension, code) for dimension in dataset.filters for code in question.codes(dataset, dimension)]
    times = [("sinceTimePeriod", question.since), ("untilTimePeriod", question.until)]
    parameters = [("format", "JSON"), ("lang", "EN"), *filters, *((name, str(year)) for name, year in times if year is not None)]
    return f"{api}/statistics/1.0/data/{dataset.code}?{urlencode(parameters)}"


def _tsv_route(asked: _Pull, question: _Question) -> str:
    """Codes by position in the order of the data structure, "+" between them and nothing for all."""
    key = ".".join("+".join(question.codes(asked.dataset, dimension)) for dimension in asked.dataset.dimensions)
    times = [("startPeriod", question.since), ("endPeriod", question.until)]
    parameters = [("format", "TSV"), ("compressed", "true"), *((name, str(year)) for name, year in times if year is not None)]
    return f"{asked.api}/sdmx/2.1/data/{asked.dataset.code}/{key}?{urlencode(parameters)}"


def _of_one_vintage(asked: _Pull, route: _Route) -> list[Fetched]:
    """All parts of one `updated`; asked for anew, once, where a new vintage appears between two of them."""
    for _ in range(2):
        answered = list(_answered(asked, route, _Question()))
        parts = [part for _, part in answered if part is not None]
        vintages = sorted({part.updated for part in parts})
        if len(vintages) == 1:
            _with_figures(parts, asked.dataset)
            return [answer for answer, _ in answered]
        if not parts:
            raise EmptyForFilter(f"{asked.where}: expected figures, no indicator of the filter has any")
        log.info("%s: parts updated %s; asked for anew", asked.where, " and ".join(vintages))
    raise SourceUnavailable(f"{asked.where}: expected parts of one vintage, got parts updated {' and '.join(vintages)}, twice")


def _answered(asked: _Pull, route: _Route, question: _Question) -> Iterator[Answered]:
    """The answers to a question, which is halved as long as it is too big. A half may be without results, the whole may not."""
    try:
        answer, missing = _awaited(asked, route(asked, question))
    except TooBig as problem:
        halves = _halves(asked, question)
        if not halves:
            raise
        log.info("%s; asked for in %d parts", problem, len(halves))
        for half in halves:
            yield from _answered(asked, route, half)
        return
    if missing is not None:
        if question == _Question():
            raise missing
        log.info("%s; taken for a part without figures", missing)
    yield answer, None if missing else _read(answer, asked.dataset)


def _halves(asked: _Pull, question: _Question) -> list[_Question]:
    """Smaller questions that make up one: an indicator each, else two spans of years; none where it is about one year already."""
    indicators = question.codes(asked.dataset, asked.dataset.indicator_dimension)
    if question.indicator is None and len(indicators) > 1:
        return [replace(question, indicator=indicator) for indicator in indicators]
    first, last = question.since or FIRST_YEAR, question.until or asked.at.year
    if first >= last:
        return []
    middle = (first + last) // 2
    return [replace(question, until=middle), replace(question, since=middle + 1)]


def _awaited(asked: _Pull, url: str) -> tuple[Fetched, NotFound | None]:
    """The answer at an address, waited for while it is being prepared; under the address first asked for. NotFound: it has no results.

    The statistics service prepares by address: the same one gives the answer later. SDMX gives a ticket, by which its state and
    then the data are asked for; one that has expired means asking anew.
    """
    wait, address = _FIRST_WAIT, url
    if asked.now() > asked.until:
        raise SourceUnavailable(f"{asked.where}: expected all parts before the deadline, {url} was still to be asked for")
    while True:
        answer = asked.way.ask(address, at=asked.at)
        try:
            refuse_unless_data(answer, asked.where)
        except AsyncPending as problem:
            left = asked.until - asked.now()
            if left <= 0:
                raise AsyncPending(f"{problem}; waited until the deadline") from problem
            before, address = address, _next_address(asked, answer, address, url)
            if "/async/data/" not in address or address == before:
                log.info("%s; waiting %g s", problem, wait)
                asked.sleep(min(wait, left))
                wait = min(2 * wait, _LONGEST_WAIT)
        except NotFound as problem:
            return replace(answer, url=url), problem
        else:
            return replace(answer, url=url), None


def _next_address(asked: _Pull, answer: Fetched, address: str, url: str) -> str:
    """Where to ask next for what is being prepared."""
    ticket = ticket_of(answer)
    if ticket is None:
        return address
    if ticket.status == "EXPIRED":
        return url
    return f"{asked.api}/1.0/async/{'data' if ticket.status == 'AVAILABLE' else 'status'}/{ticket.key}"


def _read(answer: Fetched, dataset: Cube) -> Part:
    where = f"Eurostat {dataset.id}"
    try:  # SDMX packs without saying so in a header
        body = unzipped(answer.body, most=UNPACKED_MOST) if answer.body.startswith(b"\x1f\x8b") else answer.body
    except Undecodable as problem:
        raise Malformed(f"{where}: {problem}") from problem
    return read_tsv(body, dataset, where) if looks_like_tsv(body) else read_jsonstat(body, dataset, where)


def _with_figures(parts: Sequence[Part], dataset: Cube) -> Observations:
    found = joined(parts, dataset.id)
    if not found.table["value"].notna().any():
        asked = "; ".join(f"{name} {', '.join(codes)}" for name, codes in dataset.filters.items()) or "none"
        raise EmptyForFilter(f"Eurostat {dataset.id}: expected figures, the answer has none for the filter {asked}")
    return found
