"""A network of a test's own and captures of it that count as read live: what the web said at an instant, kept as a capture."""

from pathlib import Path

import pytest

import network_file
from citynet.http.capture import keep, make_capture
from citynet.model import Capture, Fetched, instant
from citynet.pipelines.fetching import record
from citynet.pipelines.outside import Outside, open_outside

URL = "https://rivers.example/members"


def home_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Outside:
    """An outside world of a test's own in a folder, empty, which the command line finds too."""
    settings = {f"CITYNET_{name.upper()}": str(folder / name) for name in ("store", "published", "registry", "judgements")}
    for name in ("registry", "judgements"):
        (folder / name).mkdir()
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return open_outside({**settings, "CITYNET_MODE": "none"})


def register(
    outside: Outside,
    *,
    reader: str = "list",
    select: str = "ul.members > li",
    options: str = "{pattern: Name (Country)}",
    republish: str = "names",
    expect: str = "{min: 3, max: 50}",
    ties: str = "{}",
) -> None:
    """Write the network's file; select and options are those of its page."""
    page = f'    - {{url: "{URL}", reader: {reader}, select: "{select}", options: {options}, verified_on: 2024-01-01}}'
    network_file.register(outside.registry, page, f"  expect: {expect}\n  ties: {ties}\n", network_id="rivers", republish=republish)


def capture(outside: Outside, day: str, body: str, *, origin: str = "live", status: int = 200, final_url: str = URL) -> Capture:
    """Keep what the page said at noon of the day, and the attempt that brought it."""
    at = instant(f"{day}T12:00:00Z")
    answer = Fetched(URL, "GET", status, "text/html; charset=utf-8", (), body.encode(), final_url)
    made, warc = make_capture("rivers", [answer], captured_at=at, known_at=at, origin=origin)
    keep(outside.store, made, warc)
    record(outside.store, "rivers", at, capture=made)
    return made


def page(inside: str) -> str:
    """A page of the network around a part of it."""
    navigation = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
    footer = "<footer><ul><li>Imprint</li><li>Privacy</li></ul></footer>"
    head = "<!DOCTYPE html><html lang='en'><head><title>Members</title></head>"
    return f"{head}<body>{navigation}<main><h1>Our members</h1>{inside}</main>{footer}</body></html>"


def listed(*members: str, container: str = "members") -> str:
    """The members ("Graz (Austria)") as the network's file expects them."""
    return page(f"<ul class='{container}'>" + "".join(f"<li>{member}</li>" for member in members) + "</ul>")
