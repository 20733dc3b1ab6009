"""Eurostat's dissemination API on loopback: a real HTTP server that serves made cubes in the service's forms, and each of its troubles.

Cubes are put in as cells; answers are made by the question: filters, spans of years, metadata alone, JSON-stat or TSV. Troubles wait
in a line, and each takes one request of its own. What was asked is noted.
"""

import gzip
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from loopback import Answer, Site, page, serving

Cells = Mapping[tuple[str, str, int], tuple[float | None, str]]
"""(indicator, territory, year) -> (value, flags); value None where a flag is served alone."""

BASE = "/eurostat/api/dissemination"
JSON = "application/json"
AUGUST = "2026-08-31T23:00:00+0200"
DIMENSIONS = ("freq", "indic_ur", "cities")


@dataclass(frozen=True)
class Cube:
    """A data set as the platform declares it."""

    id: str = "urb_cpop1"
    code: str = "urb_cpop1"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"indic_ur": ("DE1001V",)})
    indicator_dimension: str = "indic_ur"
    territory_dimension: str = "cities"
    dimensions: tuple[str, ...] = DIMENSIONS


@dataclass
class Served:
    """What the service holds of one data set. most: cells (product of sizes) above which it answers that this is too big."""

    cells: Cells
    updated: str
    labels: Mapping[str, str]
    dimensions: tuple[str, ...]
    most: int


@dataclass
class FakeEurostat:
    """asked: (kind, code, parameters) of each request, kind metadata | data | tsv | other. troubles: answers that come first."""

    site: Site
    served: dict[str, Served] = field(default_factory=dict)
    asked: list[tuple[str, str, tuple[tuple[str, str], ...]]] = field(default_factory=list)
    troubles: list[Answer | None] = field(default_factory=list)
    tickets: dict[str, Answer] = field(default_factory=dict)
    before_data: Callable[[], None] = lambda: None
    packed: bool = True
    knows_null: bool = True

    @property
    def api(self) -> str:
        return self.site.url(BASE)

    def put(
        self,
        cells: Cells,
        *,
        code: str = "urb_cpop1",
        updated: str = AUGUST,
        labels: Mapping[str, str] | None = None,
        dimensions: tuple[str, ...] = DIMENSIONS,
        most: int = 10**9,
    ) -> None:
        """The newest vintage of a data set. updated: as served, with an offset without colon."""
        self.served[code] = Served(cells, updated, labels or {}, dimensions, most)

    def kinds(self) -> list[str]:
        return [kind for kind, _, _ in self.asked]

    def answer(self, path: str) -> Answer:
        parts = urlsplit(path)
        parameters = tuple(parse_qsl(parts.query))
        service, _, rest = parts.path.removeprefix(BASE).strip("/").partition("/data/")
        kind = {"statistics/1.0": "data", "sdmx/2.1": "tsv"}.get(service, "other")
        kind = "metadata" if kind == "data" and dict(parameters).get("time_period") == "null" else kind
        code, _, key = rest.partition("/")
        self.asked.append((kind, code, parameters))
        if kind == "data":
            self.before_data()
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            return trouble
        if kind == "other":
            return self.tickets.get(parts.path.removeprefix(BASE), fault(100, "UNKNOWN_REQUEST: Unknown request.", 400))
        if code not in self.served:
            return json_error(404, 100, f"ERR_NOT_FOUND_4: dataset {code} not found")
        if kind == "metadata" and not self.knows_null:
            return json_error(400, 150, "INVALID_QUERY_DIMENSION_VALUE: TIME_PERIOD=null")
        return self._json(self.served[code], parameters) if kind != "tsv" else self._tsv(self.served[code], key, parameters)

    def _json(self, held: Served, parameters: tuple[tuple[str, str], ...]) -> Answer:
        cells = _filtered(held.cells, parameters, held.dimensions)
        if _size(cells) > held.most and dict(parameters).get("time_period") != "null":
            return too_big_json()
        return self.data(jsonstat(cells, held.updated, held.labels, held.dimensions))

    def _tsv(self, held: Served, key: str, parameters: tuple[tuple[str, str], ...]) -> Answer:
        asked = [(name, code) for name, codes in zip(held.dimensions, key.split("."), strict=True) for code in codes.split("+") if code]
        cells = _filtered(held.cells, (*asked, *parameters), held.dimensions)
        if _size(cells) > held.most:
            return fault(413, f"EXTRACTION_TOO_BIG: The requested extraction is too big, estimated {_size(cells)} rows", 413)
        return page(gzip.compress(tsv(cells, held.dimensions), mtime=0), Content_Type="application/octet-stream")

    def data(self, body: bytes) -> Answer:
        """A whole answer of the statistics service, packed as asked for or not."""
        if not self.packed:
            return page(body, Content_Type=JSON)
        return page(gzip.compress(body, mtime=0), Content_Type=JSON, Content_Encoding="gzip")


class _Answers(dict[str, Answer]):
    """The table of a site, which the service makes up as it is asked."""

    def __init__(self, service: FakeEurostat):
        super().__init__()
        self.service = service

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]
        return self.service.answer(path) if path.startswith(BASE) else super().get(path, default)


@contextmanager
def eurostat() -> Iterator[FakeEurostat]:
    """The service while the block runs, without any data set."""
    with serving() as site:
        found = FakeEurostat(site)
        site.answers = _Answers(found)
        yield found


def _filtered(cells: Cells, parameters: tuple[tuple[str, str], ...], dimensions: tuple[str, ...]) -> Cells:
    """The cells that a question is about; `dimensions` end with those of the indicator and the territory."""
    named = dict(parameters)
    years = sorted({year for _, _, year in cells})
    since = int(named.get("sinceTimePeriod") or named.get("startPeriod") or 0)
    until = int(named.get("untilTimePeriod") or named.get("endPeriod") or 9999)
    newest = years[-int(named["lastTimePeriod"]) :] if "lastTimePeriod" in named else years
    newest = [] if named.get("time_period") == "null" else newest
    wanted = [{code for name, code in parameters if name == dimension} for dimension in dimensions[-2:]]
    return {
        (indicator, territory, year): cell
        for (indicator, territory, year), cell in cells.items()
        if since <= year <= until
        and year in newest
        and (not wanted[0] or indicator in wanted[0])
        and (not wanted[1] or territory in wanted[1])
    }


def _codes(cells: Cells) -> list[list[str]]:
    return [sorted({str(key[n]) for key in cells}, reverse=n == 1) for n in range(3)]


def _size(cells: Cells) -> int:
    indicators, territories, years = _codes(cells)
    return len(indicators) * len(territories) * len(years)


def jsonstat(cells: Cells, updated: str, labels: Mapping[str, str], dimensions: tuple[str, ...] = DIMENSIONS) -> bytes:
    """An answer in the form of the statistics service: positions of territories in another order than the keys of the cells."""
    codes = [*([code] for code in ("A", "T", "TOTAL", "NR")[: len(dimensions) - 2]), *_codes(cells)]
    names = [*dimensions, "time"]
    place = [{code: position for position, code in enumerate(of)} for of in codes]
    value: dict[str, float] = {}
    status: dict[str, str] = {}
    for key, (number, flags) in sorted(cells.items(), key=lambda item: (item[0][1], item[0])):
        cell = 0
        for of, code in zip(place, [*(one[0] for one in codes[:-3]), *map(str, key)], strict=True):
            cell = cell * len(of) + of[code]
        if number is not None:
            value[str(cell)] = number
        if flags:
            status[str(cell)] = flags
    category = {
        name: {"label": name, "category": {"index": index, "label": {code: labels.get(code, code) for code in index}}}
        for name, index in zip(names, place, strict=True)
    }
    body = {"version": "2.0", "class": "dataset", "label": "made for tests", "source": "ESTAT", "updated": updated, "value": value}
    body |= {"status": status} if status else {}
    body |= {"id": names, "size": list(map(len, codes)), "dimension": category}
    return json.dumps(body | {"extension": {"lang": "EN", "status": {"label": {"b": "break in time series"}}}}).encode()


def tsv(cells: Cells, dimensions: tuple[str, ...] = DIMENSIONS) -> bytes:
    """The same as SDMX 2.1 TSV: a line a series, flags behind numbers, lines that end in CR LF."""
    years = _codes(cells)[2]
    lines = [",".join(dimensions) + "\\TIME_PERIOD\t" + "\t".join(f"{year} " for year in years)]
    constant = ("A", "T", "TOTAL", "NR")[: len(dimensions) - 2]
    for indicator, territory in sorted({key[:2] for key in cells}):
        found = [cells.get((indicator, territory, int(year)), (None, "")) for year in years]
        shown = [f"{':' if number is None else f'{number:.15g}'} {flags}" for number, flags in found]
        lines.append(",".join((*constant, indicator, territory)) + "\t" + "\t".join(shown))
    return "".join(f"{line}\r\n" for line in lines).encode()


def json_error(status: int, number: int, label: str) -> Answer:
    body = {"error": [{"status": status, "id": number, "label": label}]}
    return page(json.dumps(body).encode(), status, Content_Type=JSON)


def too_big_json() -> Answer:
    label = "EXTRACTION_TOO_BIG: The requested extraction is too big, estimated 420709314 rows, max authorised is 5000000"
    return json_error(413, 413, label)


def in_preparation() -> Answer:
    label = "ASYNCHRONOUS_RESPONSE. Your request will be treated asynchronously. Please try again later."
    return page(json.dumps({"warning": {"status": 413, "label": label}}).encode(), Content_Type=JSON)


def _envelope(inner: str) -> bytes:
    envelope = '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{envelope}{inner}</S:Body></S:Envelope>'.encode()


def fault(code: int, text: str, status: int) -> Answer:
    inner = f"<S:Fault><faultcode>{code}</faultcode><faultstring>{text}</faultstring></S:Fault>"
    return page(_envelope(inner), status, Content_Type="application/xml")


def ticket(key: str, status: str) -> Answer:
    """SDMX's word on an answer in preparation: SUBMITTED, PROCESSING, AVAILABLE or EXPIRED."""
    spaces = (
        'xmlns:ns1="http://estat.ec.europa.eu/disschain/asynchronous" xmlns:ns0="http://estat.ec.europa.eu/disschain/soap/asynchronous"'
    )
    state = f"<ns1:status><ns1:key>{key}</ns1:key><ns1:status>{status}</ns1:status></ns1:status>"
    return page(_envelope(f"<ns0:asyncResponse {spaces}>{state}</ns0:asyncResponse>"), Content_Type="application/xml")


def outage(status: int = 200) -> Answer:
    return page(b"<!DOCTYPE html><html><title>Sorry</title><h1>We are working on it</h1></html>", status, Content_Type="text/html")


def redirected(location: str) -> Answer:
    return page(b"", 302, Location=location)


def cut_short(body: bytes, keep: int) -> Answer:
    """The first bytes of a body whose length was announced whole."""
    return lambda handler: page(body[:keep], Content_Type=JSON, Content_Length=str(len(body)))(handler)


def cut_in_gzip(body: bytes, keep: int) -> Answer:
    """The first bytes of a packed body, announced as if they were all."""
    return page(gzip.compress(body, mtime=0)[:keep], Content_Type=JSON, Content_Encoding="gzip")


def cut_in_chunk(body: bytes) -> Answer:
    """A chunked body that breaks off inside a chunk."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(f"{len(body):x}\r\n".encode() + body[: len(body) // 2])

    return answer


def slow(seconds: float) -> Answer:
    """Nothing for so long, then a whole answer."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        in_preparation()(handler)

    return answer
