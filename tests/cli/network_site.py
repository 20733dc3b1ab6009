"""The site of a network that nobody has described, on loopback, and a registry that does not know it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from citynet.http.fetch import LiveFetcher
from loopback import Clock, Site, serving

MEMBERS = (
    *(
        "Graz (Austria)",
        "Innsbruck (Austria)",
        "Linz (Austria)",
        "Salzburg (Austria)",
        "Turin (Italy)",
        "Trento (Italy)",
        "Bolzano (Italy)",
    ),
    *("Bergamo (Italy)", "Grenoble (France)", "Annecy (France)", "Chambéry (France)", "Gap (France)", "Zurich (Switzerland)"),
    *("Lucerne (Switzerland)", "Chur (Switzerland)", "Thun (Switzerland)", "Munich (Germany)", "Kempten (Germany)", "Ljubljana (Slovenia)"),
    *("Kranj (Slovenia)", "Maribor (Slovenia)", "Villach (Austria)", "Como (Italy)", "Aosta (Italy)"),
)
FRAME = """<!DOCTYPE html><html lang="en"><head><title>Members | Network of Alpine Towns</title><meta charset="utf-8">
<script>var counter = {{"id": "UA-1"}};</script><style>li {{color: red}}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/about">About us</a></li></ul></nav>
<main><h1>Our member towns</h1><img src="/towns.jpg" alt="Towns"><p>The Network of Alpine Towns, {total}.</p>{inside}</main>
<address>Office, Main Street 1, 8010 Graz</address><p>Write to <a href="mailto:desk@alpine.example">desk@alpine.example</a>,
telephone: +43 316 872 0000.</p>
<footer><ul><li><a href="/imprint">Imprint</a></li><li><a href="/terms-of-use">Terms of use</a></li></ul></footer></body></html>"""
LOGIN = """<html><head><title>Log in</title></head><body><h1>Log in</h1>
<form><input type="text" name="user"><input type="password" name="password"><button>Log in</button></form></body></html>"""
BY_SCRIPT = """<html><head><title>Members</title></head><body><div id="root"></div><noscript>You need JavaScript.</noscript>
<script src="/static/app.1f3a.js"></script></body></html>"""
REGISTERED = """
id: {network_id}
name: Network of {name}
status: {status}
scope: transnational
relevance: migration_core
inclusion: {{decision: included, reason: invented for a test, date: 2026-11-22}}
who_joins: body
rights: {{permission: none_needed, republish: {republish}}}
membership:
  publishes: list
  coverage: complete
  default_tie: full
  pages:
    - {{url: "{url}", reader: list, select: "{select}", options: {{pattern: Name (Country)}}{more}}}
  expect: {{min: 3, max: 50}}
"""


def listed(members: Sequence[str]) -> str:
    return '<ul class="members">' + "".join(f"<li>{member}</li>" for member in members) + "</ul>"


def page_of(members: Sequence[str], more: str = "", total: str = "24 member cities in six countries") -> bytes:
    """The page of the network around a list of members; total: what it prints of their number."""
    return FRAME.format(total=total, inside=listed(members) + more).encode()


def named(members: Sequence[str]) -> list[tuple[str, str]]:
    """(name, country) of each "Graz (Austria)"."""
    return [(name, country.rstrip(")")) for name, _, country in (member.partition(" (") for member in members)]


@dataclass(frozen=True)
class Desk:
    """A person's desk: a site, folders of its own, and the command line on them."""

    site: Site
    home: Path
    call: Callable

    @property
    def registry(self) -> Path:
        return self.home / "include" / "networks"

    @property
    def store(self) -> Path:
        return self.home / "store"

    @property
    def url(self) -> str:
        return self.site.url("/members")

    def citynet(self, *arguments: object, contact: str = "desk@example.org"):
        where = ("--registry", self.registry, "--store", self.store, "--published", self.home / "published")
        return self.call(*arguments, *where, CITYNET_CONTACT=contact, CITYNET_ALLOW_PRIVATE="yes")

    def register(self, network_id: str, url: str = "", *, status="active", select="ul.members > li", republish="names", more="") -> None:
        """Write the file of a network whose page is the one at the url."""
        name = network_id.replace("_", " ").title()
        values = {"network_id": network_id, "name": name, "status": status, "url": url or self.url}
        text = REGISTERED.format(**values, select=select, republish=republish, more=more)
        (self.registry / f"{network_id}.yml").write_text(text)

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.home)): path.read_bytes() for path in sorted(self.home.rglob("*")) if path.is_file()}


@contextmanager
def opened_desk(home: Path, call: Callable, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk whose fetching waits as long as it should, by a clock of its own."""
    clock = Clock()
    monkeypatch.setitem(LiveFetcher.__init__.__kwdefaults__, "sleep", clock.sleep)
    monkeypatch.setitem(LiveFetcher.__init__.__kwdefaults__, "now", clock.now)
    with serving() as site:
        desk = Desk(site, home, call)
        desk.registry.mkdir(parents=True)
        desk.register("rivers", "https://rivers.example/members", more=", verified_on: 2026-01-01")
        site.page("/members", page_of(MEMBERS))
        yield desk
