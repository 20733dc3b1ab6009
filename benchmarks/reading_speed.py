"""How fast lists are read: 200 members on a page of 250 KB and 12,000 rows, by configured readers and without configuration."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from random import Random
from statistics import median

from reading_pages import Listing, Row
from reading_pages.dev.markup import document, each, el, link

from citynet.model import Page
from citynet.reading.auto import Known, read_auto

NETWORK = Path(__file__).parent.parent / "include" / "networks" / "eccar.yml"
"""Any network file: only its page is replaced."""
HTML = "text/html; charset=utf-8"
RUNS = 7
MEMBERS, KILOBYTES, ROWS = 200, 250, 12_000
SPEED = {f"{MEMBERS} members": 300.0, f"{ROWS} rows": 4_000.0}
"""What is read -> milliseconds (median) that a configured reader may take."""
CARDS = Page(
    url="https://network.example/members",
    reader="cards",
    select="div.views-row",
    options={"name": "h3", "country": "span.country"},
)
TABLE = Page(
    url="https://network.example/register",
    reader="table",
    select="table.register",
    options={"name": "City", "country": "Country"},
)


@dataclass(frozen=True, slots=True)
class Run:
    """The median of RUNS runs. what: key of SPEED; bytes: of the page; rows: members read; wall, cpu: milliseconds."""

    what: str
    reader: str
    bytes: int
    rows: int
    wall: float
    cpu: float


def cards(rows: Sequence[Row]) -> bytes:
    """A page of KILOBYTES with a card a member, the rest articles in nested containers."""
    shown = (
        el("h3", link(row.name, f"/city/{number}")) + el("span", escape(row.country), class_="country") + el("p", "Member since 2011")
        for number, row in enumerate(rows)
    )
    listed = each("div", shown, class_="views-row")
    paragraph = el(
        "div", el("div", el("p", "The network met to speak about housing and work. " * 4 + link("Read more", "/news")), class_="text")
    )
    filling = paragraph * max(0, (KILOBYTES * 1000 - len(listed.encode())) // len(paragraph))
    return document("en", "Members", el("main", el("div", listed, class_="view-content")) + el("aside", filling)).encode()


def register(rows: Sequence[Row], chance: Random) -> bytes:
    """A page with one table of all rows in five columns."""
    head = el("thead", el("tr", each("th", ("City", "Country", "Population", "Commitment", "Year"))))
    body = (each("td", (escape(r.name), r.country, str(chance.randrange(10**6)), "2030", str(chance.randrange(2008, 2026)))) for r in rows)
    return document("en", "Signatories", el("table", head, el("tbody", each("tr", body)), class_="register")).encode()


def speeds(listings: Sequence[Listing], known: Known) -> list[Run]:
    """Every reader on every page; the rows are the first of the longest listing, which must hold ROWS."""
    from citynet.networks import load_one
    from citynet.reading import read_page

    rows = max(listings, key=lambda listing: len(listing.rows)).rows
    network = replace(load_one(str(NETWORK)), ties={})
    pages: Mapping[str, tuple[bytes, Page]] = {
        f"{MEMBERS} members": (cards(rows[:MEMBERS]), CARDS),
        f"{ROWS} rows": (register(rows[:ROWS], Random(0)), TABLE),
    }
    found = []
    for what, (body, page) in pages.items():
        asked: dict[str, Callable[[], int]] = {
            page.reader: lambda body=body, page=page: len(read_page(network, page, body, HTML).rows),  # type: ignore[misc]
            "auto": lambda body=body: len(read_auto(body, HTML, known, propose=False).members),  # type: ignore[misc]
        }
        found += [_timed(what, reader, len(body), call) for reader, call in asked.items()]
    return found


def _timed(what: str, reader: str, size: int, call: Callable[[], int]) -> Run:
    """The call timed RUNS times after one that loads what it needs."""
    rows, wall, cpu = call(), [], []
    for _ in range(RUNS):
        start, used = time.perf_counter(), time.process_time()
        call()
        cpu.append(1000 * (time.process_time() - used))
        wall.append(1000 * (time.perf_counter() - start))
    return Run(what, reader, size, rows, median(wall), median(cpu))


def broken_speed(runs: Sequence[Run]) -> list[str]:
    """Configured readers slower than SPEED, in words."""
    slow = [run for run in runs if run.reader != "auto" and run.wall >= SPEED[run.what]]
    return [f"{run.what}, {run.reader}: {run.wall:.0f} ms of {SPEED[run.what]:.0f} ms" for run in slow]


def show_speed(runs: Sequence[Run]) -> None:
    """Prints the medians; a bound stands beside configured readers."""
    print(f"\nmedian of {RUNS} runs, gazetteer loaded")
    for run in runs:
        bound = f" of {SPEED[run.what]:.0f}" if run.reader != "auto" else ""
        times = f"{run.wall:7.0f} ms{bound} ({run.cpu:.0f} ms CPU)"
        print(f"  {run.what:12} {run.reader:6} {run.bytes / 1000:6.0f} KB  {run.rows:6} read  {times}")
