"""What an answer of Eurostat's says instead of data: JSON errors and warnings, SOAP faults and tickets, pages for people.

Forms seen: {"error": [{status, id, label}]}, {"warning": {status: 413, label}} with HTTP status 200, <S:Fault> with faultcode and
faultstring, asyncResponse with a key, HTML with status 200 or behind a redirect to another host (sorry.ec.europa.eu).
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from citynet.errors import (
    AsyncPending,
    BadQuery,
    Malformed,
    NotFound,
    OutageHtml,
    ServerFault,
    SourceChanged,
    SourceError,
    SourceForbidden,
    SourceUnavailable,
    TooBig,
)
from citynet.http.answers import accepted, header
from citynet.model import Fetched

_MESSAGE_MOST = 100_000
"""A larger body is no message: an error that lists every code it does not know is a few kilobytes long."""
_TOO_BIG = (413, 510, 130)
"""HTTP 413, and SDMX's codes for an answer too large for the service or for the client."""
_NO_RESULTS = 100
_QUERY = (140, 150)
_NOT_ALLOWED = 110


@dataclass(frozen=True, slots=True)
class Ticket:
    """Where an answer in preparation stands: the service's key, and SUBMITTED | PROCESSING | AVAILABLE | EXPIRED."""

    key: str
    status: str


def refuse_unless_data(answer: Fetched, where: str) -> None:
    """Raise the error that the answer stands for; nothing where it may hold data.

    AsyncPending, ServerFault, OutageHtml, TooBig, NotFound, BadQuery; SourceForbidden for a refusal; SourceUnavailable and
    SourceChanged for what is none of them.
    """
    shown = f"{where} ({answer.url})"
    if 300 <= answer.status < 400:
        raise OutageHtml(f"{shown}: expected data, was sent on to {header(answer, 'location')[:200] or 'nowhere'}, as during an outage")
    start = answer.body.lstrip()[:200].lower()
    if ("html" in answer.content_type.lower() and not start.startswith(b"{")) or start.startswith((b"<!doctype html", b"<html")):
        plain_no = _kind(answer.status, 0, "") if 400 <= answer.status < 500 else None
        raise (plain_no or OutageHtml)(
            f"{shown}: expected data, got an HTML page (status {answer.status}), as during an outage or overload"
        )
    if start.startswith(b"<"):
        _refuse_xml(answer, shown)
    if len(answer.body) <= _MESSAGE_MOST and start.startswith(b"{"):
        _refuse_json(answer, shown)
    if answer.status != 200:
        if (kind := _kind(answer.status, 0, "")) is not None:
            raise kind(f"{shown}: expected status 200, got {answer.status}")
        accepted(answer)


def ticket_of(answer: Fetched) -> Ticket | None:
    """The ticket in an answer of the SDMX service that is in preparation; None where it holds none."""
    found = _elements(answer.body) if answer.body.lstrip()[:1] == b"<" else []
    texts = {name: text for name, text in found if text}
    key = texts.get("key", "")
    return Ticket(key, texts.get("status", "").upper()) if re.fullmatch(r"[0-9A-Za-z-]{8,64}", key) else None


def _kind(status: int, code: int, label: str) -> type[SourceError] | None:
    """The error that a status, a code of SDMX and a label tell of; None where they tell of none of ours."""
    if "NOT_YET_AVAILABLE" in label or "ASYNCHRONOUS_RESPONSE" in label:
        return AsyncPending
    if "UNKNOWN_REQUEST" in label or status in (408, 425, 429):
        return SourceUnavailable  # what was prepared is no longer known, or too many asked: another run asks anew
    if status in (401, 403, 451) or code == _NOT_ALLOWED:
        return SourceForbidden
    if "EXTRACTION_TOO_BIG" in label or status in _TOO_BIG or code in _TOO_BIG:
        return TooBig
    if code == _NO_RESULTS or status in (404, 410):
        return NotFound
    if code in _QUERY or status == 400:
        return BadQuery
    return ServerFault if status >= 500 or code >= 500 else None


def _refuse_json(answer: Fetched, where: str) -> None:
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError) as problem:
        if answer.status == 200:
            raise Malformed(f"{where}: expected JSON, got {len(answer.body)} bytes that are none or cut: {problem}") from problem
        return
    for member in ("warning", "error"):
        if isinstance(body, dict) and member in body:
            _refuse_entries(body[member], member, answer.status, where)


def _refuse_entries(member: Any, name: str, http_status: int, where: str) -> None:
    """Raise for the entries of an error or a warning, which is a list or a single one; the first that we know decides."""
    entries = [e for e in (member if isinstance(member, list) else [member]) if isinstance(e, dict)]
    told = "; ".join(f"{e.get('status')}, id {e.get('id')}: {e.get('label')}" for e in entries) or repr(member)
    known = [_kind(_number(e.get("status")) or http_status, _number(e.get("id")), str(e.get("label"))) for e in entries]
    kind = next((k for k in known if k is not None), SourceChanged)
    if name == "warning" and kind is TooBig:
        kind = AsyncPending  # the same status as a refusal, but in a warning it says that the answer comes later
    later = "; the same address gives it later" if kind is AsyncPending else ""
    raise kind(f"{where}: expected data, got {'a warning' if name == 'warning' else 'an error'}: {told[:500]}{later}")


def _number(value: Any) -> int:
    return int(str(value)) if re.fullmatch(r"[0-9]{1,6}", str(value)) else 0


def _refuse_xml(answer: Fetched, where: str) -> None:
    texts = dict(_elements(answer.body))
    if (ticket := ticket_of(answer)) is not None:
        raise AsyncPending(f"{where}: expected data, it is being prepared ({ticket.status or 'no status'})")
    code, label = texts.get("faultcode", ""), texts.get("faultstring", "")
    kind = _kind(answer.status if answer.status != 200 else 0, _number(code), label) or SourceChanged
    raise kind(f"{where}: expected data, got XML (status {answer.status}, faultcode {code or 'none'}): {label[:500] or 'no faultstring'}")


def _elements(body: bytes) -> list[tuple[str, str]]:
    """Local name and text of each element of a small XML answer, in its order; nothing where it is none."""
    from lxml import etree

    if len(body) > _MESSAGE_MOST:
        return []
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return []
    return [(etree.QName(e).localname, (e.text or "").strip()) for e in root.iter(etree.Element)]
