"""Replay: the same fetch() from a folder, DIR/<source_id>/<YYYY-MM-DD>/, of kept WARC files or of pages rebuilt by hand.

A dated folder holds either *.warc.gz (origin archived) or requests.csv with the columns url, method, status,
content_type, file, and the files it names (origin reconstructed). Status 0 stands for "not reached". A further column
`headers` may hold header lines ("Link: <...>; rel=next"), one a line. The url of a POST may end in # and a mark, where one
address answers several questions.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import urldefrag

from citynet.errors import ConfigError, SourceForbidden, SourceUnavailable
from citynet.http import Form
from citynet.http.addresses import host_of, require_web_address, same_page_key, without_credentials
from citynet.http.answers import MAX_REDIRECTS, accepted, header, redirect_target, too_many_redirects
from citynet.http.warc import read_warc
from citynet.model import Fetched, is_page

STATISTICS = "statistics"
"""The source_id under which a replay folder keeps the answers of statistical services."""

_COLUMNS = ("url", "method", "status", "content_type", "file")
_ORIGINAL = re.compile(r'<([^>]+)>\s*;[^,]*rel="?[^",]*\boriginal\b')
_MEMENTO_PATH = re.compile(r"^https?://[^/]+/(?:web/|wayback/)?\d{14}(?:[a-z]{2}_)?/(?=https?://)")


def replay_dates(folder: Path) -> list[date]:
    """The dates at which anything is due, ascending, over all networks and statistics.

    ConfigError where the folder is missing, holds no dated folder, or a source's folder is not named YYYY-MM-DD.
    """
    return sorted({at for _, at in _dated(folder)})


def due_at(folder: Path, at: date) -> list[str]:
    """The source_ids (STATISTICS among them, where given) with a folder at that date, sorted. Errors as replay_dates."""
    return sorted(source for source, found in _dated(folder) if found == at)


def _dated(folder: Path) -> list[tuple[str, date]]:
    if not folder.is_dir():
        raise ConfigError(f"{folder}: expected a folder to replay, found none")
    found = [
        (source.name, _date_of(dated))
        for source in folder.iterdir()
        if source.is_dir() and not source.name.startswith(".")
        for dated in source.iterdir()
        if dated.is_dir() and not dated.name.startswith(".")
    ]
    if not found:
        raise ConfigError(f"{folder}: expected folders <source_id>/<YYYY-MM-DD>/ to replay, found none")
    return found


def _date_of(dated: Path) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", dated.name):
            raise ValueError
        return date.fromisoformat(dated.name)
    except ValueError as problem:
        raise ConfigError(f"{dated}: expected a folder named YYYY-MM-DD, got {dated.name!r}") from problem


@dataclass(frozen=True)
class ReplayFetcher:
    """Answers from one dated folder, DIR/<source_id>/<YYYY-MM-DD>; statuses and redirects mean what they mean live.

    ConfigError (on first use) for a folder that holds neither WARC files nor a sound requests.csv, or both.
    """

    folder: Path

    @property
    def origin(self) -> str:
        """archived for WARC files, reconstructed for a requests.csv."""
        return "archived" if self._warcs else "reconstructed"

    def captured_at(self, at: datetime) -> datetime:
        """When the pages stood so: the newest Memento-Datetime of archived ones, else the folder's date at 00:00 UTC."""
        day = _date_of(self.folder)
        mementos = [found for answer in self._answers.values() if (found := _memento(answer)) is not None]
        return max(mementos, default=datetime(day.year, day.month, day.day, tzinfo=UTC))

    def answers(self, url: str) -> bool:
        """Whether the folder has an answer for the address, whatever its status."""
        return same_page_key(url) in self._answers

    def fetch(self, url: str, *, at: datetime, previous: Fetched | None = None, form: Form | None = None, or_gone: bool = False) -> Fetched:
        """The answer kept for the URL; SourceUnavailable where there is none, else as answers.accepted says.

        form: its text is not looked at, for what is replayed is the answer to what was asked then; where the address marks the
        question (#), the answer with that mark, else the one without any.
        Addresses match apart from fragment, letter case of the host and a missing "/" for no path.
        """
        return accepted(self._followed(url, form=form), previous, or_gone=or_gone)

    def ask(self, url: str, *, at: datetime) -> Fetched:
        """The answer kept for the URL of an API, whatever its status; a redirect to another host is given as it is."""
        answer = self._followed(url, api=True)
        return answer if answer.status else accepted(answer)  # 0 stands for an API that was not reached

    def _followed(self, url: str, *, form: Form | None = None, api: bool = False) -> Fetched:
        shown, hop = without_credentials(url), url
        for _ in range(MAX_REDIRECTS + 1):
            require_web_address(hop)
            answer = self._posted(hop) if form is not None else self._answers.get(same_page_key(hop))
            if answer is None:
                raise SourceUnavailable(f"{without_credentials(hop)}: expected an answer in {self._name}, it has none for this address")
            target = redirect_target(answer)
            if target is None or (api and host_of(target) != host_of(url)):
                return replace(answer, url=shown, final_url=answer.final_url if hop == url else without_credentials(hop))
            hop = target
        raise too_many_redirects(shown)

    def _posted(self, url: str) -> Fetched | None:
        return self._answers.get(_key(url, "POST")) or self._answers.get(same_page_key(url))

    @property
    def _name(self) -> str:
        """Source and date: the machine's path is no business of an error message that is published."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @cached_property
    def _warcs(self) -> tuple[Path, ...]:
        _date_of(self.folder)
        warcs = tuple(sorted(self.folder.glob("*.warc.gz")))
        if bool(warcs) == (self.folder / "requests.csv").is_file():
            found = "both" if warcs else "neither"
            raise ConfigError(f"{self.folder}: expected either *.warc.gz or requests.csv, found {found}")
        return warcs

    @cached_property
    def _answers(self) -> Mapping[str, Fetched]:
        """What the folder answers by same_page_key; of two WARC records for a page the later one counts."""
        if not self._warcs:
            return dict(_rebuilt(self.folder))
        kept = (answer for warc in self._warcs for answer in read_warc(warc.read_bytes(), f"{self._name}/{warc.name}"))
        return {_key(address, answer.method): answer for answer in kept for address in (answer.url, _original(answer))}


def _key(url: str, method: str) -> str:
    """same_page_key, for what was posted with the mark of the question (see http.Form)."""
    mark = urldefrag(url).fragment if method == "POST" else ""
    return same_page_key(url) + (f"#{mark}" if mark else "")


def _memento(answer: Fetched) -> datetime | None:
    try:
        return parsedate_to_datetime(header(answer, "memento-datetime")).astimezone(UTC)
    except (ValueError, TypeError):
        return None


def _original(answer: Fetched) -> str:
    """The address an archived page was taken from: its Link rel="original" (RFC 7089), else what follows the archive's date."""
    linked = _ORIGINAL.search(header(answer, "link"))
    return linked.group(1) if linked and _memento(answer) else _MEMENTO_PATH.sub("", answer.url)


def _rebuilt(folder: Path) -> Iterator[tuple[str, Fetched]]:
    """Each row of requests.csv with its address; ConfigError with file and line where one is not sound."""
    table = folder / "requests.csv"
    seen: set[str] = set()
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
            if missing:
                raise ConfigError(f"{table}:1: expected the columns {', '.join(_COLUMNS)}; missing: {', '.join(missing)}")
            for row in rows:
                where = f"{table}:{rows.line_num}"
                answer = _rebuilt_answer(folder, row, where)
                key = _key(answer.url, answer.method)
                if key in seen:
                    raise ConfigError(f"{where}: expected each address once, got {answer.url} again")
                seen.add(key)
                yield key, answer
    except (UnicodeDecodeError, csv.Error) as problem:
        raise ConfigError(f"{table}: expected a CSV file in UTF-8, got: {problem}") from problem


def _rebuilt_answer(folder: Path, row: Mapping[str, str | None], where: str) -> Fetched:
    url, method, status, content_type, name = (str(row[column] or "").strip() for column in _COLUMNS)
    try:
        require_web_address(url)
    except SourceForbidden as problem:
        raise ConfigError(f"{where}: expected an http or https address in the column url, got {without_credentials(url)!r}") from problem
    if method not in ("", "GET", "POST"):
        raise ConfigError(f"{where}: expected GET or POST in the column method, got {method!r}")
    if not re.fullmatch(r"0|[1-5]\d\d", status):
        raise ConfigError(f"{where}: expected 0 or a status from 100 to 599 in the column status, got {status!r}")
    headers = ((("content-type", content_type),) if content_type else ()) + _headers(row.get("headers") or "", where)
    return Fetched(url, method or "GET", int(status), content_type, headers, _file(folder, name, int(status), where), url)


def _headers(text: str, where: str) -> tuple[tuple[str, str], ...]:
    """The header lines of a row; names in lower case."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, value = line.partition(":")
        if not colon or not re.fullmatch(r"[A-Za-z0-9-]+", name):
            raise ConfigError(f"{where}: expected lines like 'Link: <...>; rel=next' in the column headers, got {line[:80]!r}")
        found.append((name.lower(), value.strip()))
    return tuple(found)


def _file(folder: Path, name: str, status: int, where: str) -> bytes:
    """The bytes of a file beside requests.csv; a page must name one, other answers may have no body."""
    if not name and not is_page(status):
        return b""
    path = (folder / name).resolve()
    if not name or not path.is_relative_to(folder.resolve()):
        raise ConfigError(f"{where}: expected a file inside this folder in the column file, got {name!r}")
    if not path.is_file():
        raise ConfigError(f"{where}: expected the file {name}, found none")
    return path.read_bytes()
