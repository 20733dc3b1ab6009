"""WARC files (ISO 28500) written and read with warcio.

Ours are written the same for the same responses: record ids are made from the capture id, dates are the capture's, and
neither machine nor folder is named. The payload is kept with its content-encoding undone, so Content-Encoding and
Transfer-Encoding are left out and Content-Length is set anew; Set-Cookie is left out, it is addressed to us alone.
"""

import io
import re
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import urlsplit

from citynet.errors import SourceChanged
from citynet.http import Form
from citynet.http.decoding import Undecodable, decoded, in_pieces, joined, unpacked
from citynet.model import Fetched, written

UNPACKED_BYTES_MOST = 1_000_000_000
"""A WARC that unpacks to more is refused: a capture is a few pages of at most 20 MB."""

_IN_MEMORY, _PIECE = 1_000_000, 65_536
_LEFT_OUT = frozenset({"content-encoding", "transfer-encoding", "content-length", "set-cookie"})
_FINAL = "Citynet-Final-URI"
_TOGETHER = "WARC-Concurrent-To"
_SOFTWARE = "City Network Monitor"


def written_warc(capture_id: str, captured_at: datetime, responses: Sequence[Fetched], posted: Mapping[str, Form]) -> bytes:
    """A gzip WARC: one warcinfo, one `response` record a response in the given order, and after the answer to a question of
    `posted` (by the answer's url) a `request` record with it; the same bytes each time.
    """
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    about = f"software: {_SOFTWARE}\r\nformat: WARC File Format 1.0\r\nisPartOf: {capture_id}\r\n".encode()
    date = {"WARC-Date": written(captured_at)}
    writer.write_record(
        writer.create_warc_record(
            "", "warcinfo", payload=io.BytesIO(about), length=len(about), warc_headers_dict=date | _record_id(f"{capture_id}/0")
        )
    )
    for number, fetched in enumerate(responses, start=1):
        of_answer = _record_id(f"{capture_id}/{number}")
        writer.write_record(_response(writer, fetched, date | of_answer))
        if fetched.url in posted:
            names = date | _record_id(f"{capture_id}/{number}/request") | {_TOGETHER: of_answer["WARC-Record-ID"]}
            writer.write_record(_request(writer, fetched.url, posted[fetched.url], names))
    return out.getvalue()


def _record_id(name: str) -> dict[str, str]:
    return {"WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"}


def _request(writer: Any, url: str, form: Form, names: dict[str, str]) -> Any:
    """The question as posted, without who asked: that is the operator's business and no part of the evidence."""
    from warcio.statusandheaders import StatusAndHeaders

    parts = urlsplit(target_uri(url))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = [("Host", parts.netloc), ("Accept", form.accept), ("Content-Type", form.content_type), ("Content-Length", str(len(form.body)))]
    return writer.create_warc_record(
        target_uri(url),
        "request",
        payload=io.BytesIO(form.body),
        length=len(form.body),
        warc_headers_dict=names,
        http_headers=StatusAndHeaders(f"POST {path} HTTP/1.1", sent, is_http_request=True),
    )


def _response(writer: Any, fetched: Fetched, names: dict[str, str]) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    try:
        phrase = HTTPStatus(fetched.status).phrase
    except ValueError:
        phrase = "Unknown"
    kept = [(name, value) for name, value in fetched.headers if name not in _LEFT_OUT]
    if fetched.content_type and not any(name == "content-type" for name, _ in kept):
        kept.append(("content-type", fetched.content_type))
    kept.append(("content-length", str(len(fetched.body))))
    if fetched.final_url != fetched.url:
        names = names | {_FINAL: fetched.final_url}
    return writer.create_warc_record(
        target_uri(fetched.url),
        "response",
        payload=io.BytesIO(fetched.body),
        length=len(fetched.body),
        warc_headers_dict=names,
        http_headers=StatusAndHeaders(f"{fetched.status} {phrase}", kept, protocol="HTTP/1.1"),
    )


def target_uri(url: str) -> str:
    """The URL as a WARC names it: a WARC-Target-URI holds no spaces."""
    return url.replace(" ", "%20")


def read_warc(data: bytes, name: str) -> list[Fetched]:
    """The `response` records of a WARC (plain or gzip, ours or an archive's), in order.

    method: POST where a request record written with the response says so. SourceChanged naming the file where it is cut
    short, broken or unreasonably large.
    """
    try:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as plain:  # a large one is in memory once: as the bodies it holds
            plain.writelines(unpacked(in_pieces(data), "gzip", most=UNPACKED_BYTES_MOST))
            plain.seek(0)
            if plain.read(5) != b"WARC/":
                raise SourceChanged(f"{name}: expected a WARC file, got {len(data)} bytes that begin with {data[:12]!r}")
            plain.seek(0)
            return _read_responses(plain, name)
    except Undecodable as problem:
        raise SourceChanged(f"{name}: {problem}") from problem


def _read_responses(plain: IO[bytes], name: str) -> list[Fetched]:
    found: list[tuple[str, Fetched]] = []
    posted: set[str] = set()
    for record in _records(plain, name):
        if record.rec_type == "response" and record.http_headers is not None:
            found.append((record.rec_headers.get_header("WARC-Record-ID") or "", _read_response(record, name)))
            continue
        _whole(record, name)  # to its end, so that a cut file never passes
        if record.rec_type == "request" and record.http_headers is not None and record.http_headers.protocol == "POST":
            posted.add(record.rec_headers.get_header(_TOGETHER) or "")
    return [replace(answer, method="POST") if record_id and record_id in posted else answer for record_id, answer in found]


def _records(plain: IO[bytes], name: str) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = iter(ArchiveIterator(plain))
    while True:
        try:
            record = next(records, None)
        except (ArchiveLoadFailed, EOFError, ValueError, TypeError, AttributeError, IndexError) as problem:
            # warcio 1.8.1 stumbles over headers that are cut, e.g. AttributeError for a response without WARC-Target-URI.
            raise SourceChanged(f"{name}: expected sound WARC records, got a broken one ({type(problem).__name__})") from problem
        if record is None:
            return
        yield record


def _whole(record: Any, name: str) -> bytes:
    content = joined(iter(partial(record.raw_stream.read, _PIECE), b""))
    missing = getattr(record.raw_stream, "limit", 0)
    if missing > 0:
        target = record.rec_headers.get_header("WARC-Target-URI") or record.rec_type
        raise SourceChanged(f"{name}: expected {missing} more bytes in the record of {target}, the file stops there")
    return content


def _read_response(record: Any, name: str) -> Fetched:
    content = _whole(record, name)
    headers = tuple((key.lower(), value) for key, value in record.http_headers.headers)
    values = dict(reversed(headers))
    if "chunked" in values.get("transfer-encoding", "").lower():
        content = _joined_chunks(content)
    encoding = values.get("content-encoding", "")
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    memento = record.rec_headers.get_header("Memento-Datetime")
    return Fetched(
        url=url,
        method="GET",
        status=_status(record, name),
        content_type=values.get("content-type", ""),
        headers=(*headers, ("memento-datetime", memento)) if memento and "memento-datetime" not in values else headers,
        body=decoded(content, encoding, most=UNPACKED_BYTES_MOST) if encoding else content,
        final_url=record.rec_headers.get_header(_FINAL) or url,
    )


def _status(record: Any, name: str) -> int:
    text = str(record.http_headers.get_statuscode())
    if not re.fullmatch(r"[1-5]\d\d", text, re.ASCII):
        raise SourceChanged(f"{name}: expected a status from 100 to 599 in each response, got {text[:40]!r}")
    return int(text)


def _joined_chunks(content: bytes) -> bytes:
    """A chunked body put together; as it is where it holds no chunks (some archives keep the header on joined bodies)."""
    from warcio.bufferedreaders import ChunkedDataReader

    joined: bytes = b"".join(iter(ChunkedDataReader(io.BytesIO(content)).read, b""))
    return joined
