"""The whole way on pages read live: from a page on loopback to a mail on loopback, once."""

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from alerts.mail_desk import Desk, free_port, open_desk
from conftest import World

PROJECT = Path(__file__).resolve().parents[2]
DATASETS = ("lau_2024", "urb_cpop1")
"""The list of local units and the cities: two that are asked in different ways stand for all."""
ALPINE = ("Vienna (Austria)", "Turin (Italy)", "Innsbruck (Austria)")

NETWORK = """
id: {network_id}
name: {name}
status: active
scope: transnational
relevance: migration_core
inclusion: {{decision: included, reason: invented for a test, date: 2026-11-22}}
who_joins: body
rights: {{permission: none_needed, republish: names}}
membership:
  publishes: list
  coverage: complete
  default_tie: full
  pages:
    - {{url: "{url}", reader: list, select: ul.members > li, options: {{pattern: Name (Country)}}, verified_on: {verified_on}}}
  expect: {{min: 2, max: 50}}
"""

ONLY_LOOPBACK = '''
"""The child's world: no host name is known, as on a machine without a network, and nobody waits long."""
import socket
import time

ask, wait = socket.getaddrinfo, time.sleep


def getaddrinfo(host, *more, **named):
    if host not in (None, "", "localhost", "127.0.0.1", "::1"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return ask(host, *more, **named)


socket.getaddrinfo = getaddrinfo
time.sleep = lambda seconds: wait(min(seconds, 0.2))
'''


@dataclass
class Pages:
    """What the web says: path -> body."""

    port: int
    bodies: dict[str, str] = field(default_factory=dict)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def lists(self, path: str, *members: str) -> None:
        items = "".join(f"<li>{member}</li>" for member in members)
        self.bodies[path] = f"<html><body><h1>Members</h1><ul class='members'>{items}</ul></body></html>"


@pytest.fixture(scope="module")
def web() -> Iterator[Pages]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.bodies.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        pages = Pages(server.server_address[1], {"/robots.txt": "User-agent: *\nDisallow: /private\n"})
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield pages
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with open_desk() as found:
        yield found


@dataclass(frozen=True)
class Live:
    """A world on a registry of the test's own. done: its first live run; tables: what that released, by name; mails: what it sent."""

    world: World
    run: Callable[[str], subprocess.CompletedProcess[str]]
    done: subprocess.CompletedProcess[str]
    tables: dict[str, list[dict[str, str]]]
    mails: list[str]


@pytest.fixture(scope="module")
def live(make_world, migrated_home, web, desk, tmp_path_factory) -> Live:
    """The first `citynet run --live` on four networks, of which one may be read and is; as an operator would call it."""
    home = tmp_path_factory.mktemp("live")
    world, run = make_world(home), live_run_in(home, make_world(home))
    for network_id, path, verified_on in (
        ("alpine_cities", "/alpine", "2026-11-22"),
        ("closed_cities", "/private/members", "2026-11-22"),
        ("unread_cities", "/unread", "null"),
    ):
        register(home, network_id, web.url(path), verified_on)
        web.lists(path, *ALPINE)
    register(home, "rebuilt_cities", web.url("/rebuilt"))
    web.bodies["/rebuilt"] = "<html><body><h1>Members</h1><div id='app'></div></body></html>"
    done = run(desk.channel)
    tables = {name: world.table(name) for name in ("memberships", "networks")}
    return Live(world, run, done, tables, list(desk.mails))


def live_run_in(home: Path, world: World) -> Callable[[str], subprocess.CompletedProcess[str]]:
    (home / "child").mkdir()
    (home / "child" / "sitecustomize.py").write_text(ONLY_LOOPBACK)
    (home / "registry").mkdir()
    (home / "datasets").mkdir()
    for name in DATASETS:
        shutil.copy(PROJECT / f"include/datasets/{name}.yaml", home / "datasets")
    settings = {
        "CITYNET_CONTACT": "desk@example.org",
        "CITYNET_ALLOW_PRIVATE": "yes",
        "CITYNET_REGISTRY": str(home / "registry"),
        "CITYNET_DATASETS": str(home / "datasets"),
        "PYTHONPATH": str(home / "child"),
    }

    def run(channel: str):
        done = world.citynet("run", "--live", **settings, CITYNET_ALERT_CHANNELS=channel)
        assert "Traceback" not in done.stderr
        return done

    return run


def register(home: Path, network_id: str, url: str, verified_on: str = "2026-11-22") -> None:
    name = network_id.replace("_", " ").title()
    text = NETWORK.format(network_id=network_id, name=name, url=url, verified_on=verified_on)
    (home / "registry" / f"{network_id}.yml").write_text(text)


def lines_about(done, *words: str) -> list[str]:
    return [line for line in done.stderr.splitlines() if all(word in line for word in words)]


def told(world) -> dict[str, str]:
    """change_id -> outcome, as the ledger holds it."""
    entries = [json.loads(file.read_text()) for file in (world.store / "alerts" / "ledger").glob("*.json")]
    return {entry["change_id"]: entry["outcome"] for entry in entries}


def test_what_a_live_run_may_not_ask_or_not_believe_is_one_line_each_and_the_others_are_released(live):
    """robots.txt forbids one page, nobody has verified another, a third is laid out anew, Eurostat is out of reach."""
    done = live.done
    assert done.returncode == 4
    assert lines_about(done, "alpine_cities:") == []
    (forbidden,) = lines_about(done, "closed_cities")
    assert "forbidden" in forbidden
    assert "robots.txt" in forbidden
    (held,) = lines_about(done, "unread_cities")
    assert "held: not verified" in held
    (unreadable,) = lines_about(done, "rebuilt_cities")
    assert "changed: rebuilt_cities" in unreadable
    statistics = lines_about(done, "statistics.")
    assert len(statistics) == len(DATASETS), statistics
    assert all("unavailable" in line for line in statistics)
    assert len(done.stderr.splitlines()) == 4 + 5, done.stderr  # a line a step, a line a source in trouble
    assert {m["network_id"] for m in live.tables["memberships"]} == {"alpine_cities"}
    outcomes = {n["network_id"]: n["last_attempt_outcome"] for n in live.tables["networks"]}
    assert outcomes == {
        "alpine_cities": "accepted",
        "closed_cities": "forbidden",
        "rebuilt_cities": "changed",
        "unread_cities": "held",
    }
    assert live.mails == []


def test_a_city_that_joins_a_live_page_is_mailed_once_also_when_a_sending_failed(live, web, desk, airflow_home):
    world = live.world
    nobody_listens = f"mailto://robot:hunter2@127.0.0.1:{free_port()}?from=monitor@example.org&to=desk@example.org&mode=insecure"
    assert {m["state"] for m in live.tables["memberships"]} == {"listed"}
    assert len(live.tables["memberships"]) == 3
    assert told(world) == {}  # what stands on the first list is first seen, which is no news

    web.lists("/alpine", *ALPINE, "Grenoble (France)")
    unsent = live.run(nobody_listens)
    assert unsent.returncode == 4
    assert len(lines_about(unsent, "alert channels", "number 1 (mailto)")) == 1, unsent.stderr
    assert "hunter2" not in unsent.stdout + unsent.stderr + (airflow_home / "logs" / "one-shot.log").read_text()
    (joined,) = world.table("membership_changes")
    assert (joined["change"], joined["capture_origin"]) == ("joined", "live")
    assert told(world) == {}

    sent = live.run(desk.channel)
    assert lines_about(sent, "alert channels") == []
    assert told(world) == {joined["change_id"]: "sent"}

    live.run(desk.channel)
    (mail,) = desk.mails
    assert "membership changes, release" in mail.splitlines()[0]
    (line,) = [line for line in mail.splitlines() if joined["change_id"] in line]
    assert line.startswith("  Grenoble (FR) joined ")
    assert "Alpine Cities" in mail.splitlines()
    assert not any(city in mail for city in ("Vienna", "Turin", "Innsbruck"))
    assert not (world.published / "alerts_preview.txt").exists()
