"""What each page of a network gave by itself: a listing is read as a whole, its pages are told and mended one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

from citynet.errors import SourceChanged
from citynet.model import Capture, Fetched, Network
from citynet.networks.registry import pages_at
from citynet.reading.auto import Known
from citynet.reading.following import next_part
from citynet.reading.listing import read_list


@dataclass(frozen=True, slots=True)
class PageResult:
    """One registered page with all its parts: the members read, the total printed (None where not known), whether it was read."""

    page_url: str
    parsed: int | None
    printed: int | None
    failed: bool


def page_results(network: Network, capture: Capture, answers: Mapping[str, Fetched], known: Known) -> tuple[PageResult, ...]:
    """The result of each page that is asked at the capture's date and was captured; one that was not says nothing of its rules."""
    found = []
    for page in pages_at(network, f"{capture.captured_at:%Y-%m-%d}"):
        first = next_part(page, [], network.id)
        if first is None or first.key not in answers:
            continue
        try:
            read = read_list(network, page, answers, capture.capture_id, known=known)
        except SourceChanged as problem:
            found.append(PageResult(page.url, problem.parsed, problem.printed, failed=True))
        else:
            found.append(PageResult(page.url, len(read.rows), read.printed_count, failed=False))
    return tuple(found)
