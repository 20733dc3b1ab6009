"""A printed name that means another place than before is a change of our record, never of the world; the store remembers what it meant."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from citynet.errors import ConfigError
from citynet.http.capture import keep, make_capture
from citynet.model import Fetched, instant
from citynet.pipelines import alerts, monitor
from citynet.pipelines.outside import Outside, open_outside
from citynet.publishing.reading_back import cells
from citynet.publishing.release import current
from citynet.store import Store
from empty_world import copied, world_in

URL = "https://rivers.example/members"
NETWORK = f"""
id: rivers
name: Network of Rivers
status: active
scope: transnational
relevance: migration_core
inclusion: {{decision: included, reason: invented for a test, date: 2024-01-01}}
who_joins: body
rights: {{permission: none_needed, republish: names}}
membership:
  publishes: list
  coverage: complete
  default_tie: full
  pages: [{{url: "{URL}", reader: list, select: li, options: {{pattern: Name (Country)}}, since: 2023-01-01, verified_on: 2024-01-01}}]
"""
GRAZ, LINZ, VIENNA = "gn2778067", "gn2772400", "gn2761369"
HEADER = "name,country,network_id,verdict,place_id,reviewer,date,reason,evidence_url"
GRAZ_IS_LINZ = f"Graz,AT,rivers,is,{LINZ},identity-first-pass,2024-03-05,Invented for a test,https://rivers.example/who"
ODD_IS_LINZ = f"Odd Name,AT,rivers,is,{LINZ},identity-first-pass,2024-03-06,Invented for a test,https://rivers.example/odd"
GRAZ_IS_NO_CITY = "Graz,AT,rivers,not_a_city,,identity-first-pass,2024-03-07,Invented for a test,https://rivers.example/who"
GRAZ_IS_NOT_GRAZ = f"Graz,AT,,is_not,{GRAZ},identity-first-pass,2024-03-08,Invented for a test,https://rivers.example/who"
GRAZ_IS_NOT_LINZ = f"Graz,AT,,is_not,{LINZ},identity-first-pass,2024-03-09,Invented for a test,https://rivers.example/who"
LEDGER = "identities/rivers"


@pytest.fixture
def world(outside: Outside) -> Outside:
    """The network `rivers` and two complete lists of it, read live; nothing is published yet."""
    return with_two_lists(outside)


@pytest.fixture(scope="module")
def once_published(tmp_path_factory) -> Path:
    """The folder of that world with its first release; tests go on from copies."""
    folder = tmp_path_factory.mktemp("published")
    publish(with_two_lists(world_in(folder)))
    return folder


@pytest.fixture(scope="module")
def once_rekeyed(once_published, tmp_path_factory) -> Path:
    """The folder of that world with a second release, after a person said that Graz is Linz; tests go on from copies."""
    folder = tmp_path_factory.mktemp("rekeyed") / "world"
    rekeyed = copied(once_published, folder)
    judge(rekeyed, GRAZ_IS_LINZ)
    assert len(publish(rekeyed)) == 1
    return folder


@pytest.fixture
def published(once_published, tmp_path) -> Outside:
    return copied(once_published, tmp_path / "published")


@pytest.fixture
def rekeyed(once_rekeyed, tmp_path) -> Outside:
    return copied(once_rekeyed, tmp_path / "rekeyed")


def with_two_lists(outside: Outside) -> Outside:
    (outside.registry / "rivers.yml").write_text(NETWORK)
    collect(outside, "2024-01-01", "Graz (Austria)", "Vienna (Austria)", "Odd Name (Austria)")
    collect(outside, "2024-02-01", "Graz (Austria)", "Vienna (Austria)", "Odd Name (Austria)")
    return outside


def settings(home: Path, files: Path) -> dict[str, str]:
    """The variables of a world with store and releases in one folder, registry and judgements in another."""
    folders = {"STORE": home / "store", "PUBLISHED": home / "published", "REGISTRY": files / "registry", "JUDGEMENTS": files / "judgements"}
    return {"CITYNET_MODE": "none"} | {f"CITYNET_{name}": str(folder) for name, folder in folders.items()}


def collect(outside: Outside, day: str, *members: str) -> str:
    body = f"<html><body><h1>Members</h1><ul>{''.join(f'<li>{member}</li>' for member in members)}</ul></body></html>".encode()
    page = Fetched(URL, "GET", 200, "text/html; charset=utf-8", (), body, URL)
    at = instant(f"{day}T12:00:00Z")
    capture, warc = make_capture("rivers", [page], captured_at=at, known_at=at, origin="live")
    keep(outside.store, capture, warc)
    return capture.capture_id


def judge(outside: Outside, *lines: str) -> None:
    (outside.judgements / "places.csv").write_text("\n".join([HEADER, *lines]) + "\n")


def publish(outside: Outside) -> list[str]:
    """publish_monitor, step by step; the new release or nothing."""
    gathered = monitor.gather(outside)
    return [
        done for release_id in gathered for done in monitor.release(outside, monitor.check(outside, monitor.build(outside, release_id)))
    ]


def table(outside: Outside, name: str, release_id: str = "") -> list[dict[str, str]]:
    return cells(outside.published.read(f"{release_id or current(outside.published)}/data/{name}.csv"))


def record(outside: Outside) -> list[tuple[str, ...]]:
    columns = ("change", "cause", "place_id", "before", "after", "known_at", "latest")
    return sorted(tuple(row[column] for column in columns) for row in table(outside, "record_changes"))


def ledger(outside: Outside) -> list[dict[str, object]]:
    documents = [json.loads(outside.store.read(key)) for key in outside.store.keys(LEDGER)]
    return sorted(documents, key=lambda document: document["number"])


def contents(store: Store, top: str = "") -> dict[str, str]:
    return {key: hashlib.sha256(store.read(key)).hexdigest() for key in store.keys(top) if key != "latest"}


def twin(world: Outside, home: Path) -> Outside:
    """Another machine with the same captures, registry and judgements, and a store without a past."""
    other = open_outside(settings(home, world.registry.parent))
    for key in world.store.keys("captures"):
        other.store.write(key, world.store.read(key))
    return other


TO_LINZ = ("re_resolved", "judgement", LINZ, GRAZ, LINZ, "2024-03-05T00:00:00Z", "2024-03-05")
BACK = ("re_resolved", "judgement", GRAZ, LINZ, GRAZ, "2024-03-05T00:00:00Z", "2024-03-05")


def test_the_first_release_tells_of_no_change(published):
    assert alerts.write_messages(published, instant("2024-04-01T00:00:00Z")) == []
    assert record(published) == []


def test_a_judgement_that_rekeys_a_member_and_its_withdrawal_are_one_record_change_each(rekeyed):
    world = rekeyed
    assert record(world) == [TO_LINZ]
    (changed,) = table(world, "record_changes")
    assert (changed["tie"], changed["capture_origin"]) == ("full", "live")
    assert changed["evidence_capture_id"] == max(row["capture_id"] for row in table(world, "sources"))
    assert table(world, "membership_changes") == []
    rows = {row["place_id"]: row for row in table(world, "memberships")}
    assert {place_id: row["state"] for place_id, row in rows.items()} == {LINZ: "listed", VIENNA: "listed"}
    assert (rows[LINZ]["resolution_route"], rows[LINZ]["runner_up"]) == ("judgement:is:rivers", GRAZ)
    assert rows[VIENNA]["resolution_route"]
    assert GRAZ not in {row["place_id"] for row in table(world, "membership_spells")}
    assert alerts.write_messages(world, instant("2024-04-01T00:00:00Z")) == []
    assert publish(world) == []

    newest = collect(world, "2024-03-01", "Graz (Austria)", "Vienna (Austria)", "Odd Name (Austria)", "Salzburg (Austria)")
    publish(world)
    (kept,) = table(world, "record_changes")
    assert (kept["change_id"], kept["evidence_capture_id"]) == (changed["change_id"], newest)

    judge(world)
    assert len(publish(world)) == 1
    assert record(world) == sorted([TO_LINZ, BACK])
    assert [row["change"] for row in table(world, "membership_changes")] == ["joined"]  # Salzburg, which did
    assert publish(world) == []


def test_a_name_matched_at_last_and_one_matched_no_more_are_reported_and_nobody_joined_or_left(published):
    world = published
    assert {row["name_as_published"] for row in table(world, "unresolved_names")} == {"Odd Name"}
    judge(world, GRAZ_IS_NO_CITY, ODD_IS_LINZ)
    publish(world)
    assert record(world) == [
        ("re_resolved", "judgement", LINZ, "", LINZ, "2024-03-06T00:00:00Z", "2024-03-06"),
        ("re_resolved", "judgement", GRAZ, GRAZ, "", "2024-03-07T00:00:00Z", "2024-03-07"),
    ]
    assert GRAZ in {row["place_id"] for row in table(world, "places")}
    assert table(world, "membership_changes") == []
    assert alerts.write_messages(world, instant("2024-04-01T00:00:00Z")) == []


def test_a_rejected_place_and_its_return_are_the_work_of_a_person_with_the_day_of_the_decision(published):
    world = published
    judge(world, GRAZ_IS_NOT_GRAZ)
    publish(world)
    gone = ("re_resolved", "judgement", GRAZ, GRAZ, "", "2024-03-08T00:00:00Z", "2024-03-08")
    assert record(world) == [gone]
    assert publish(world) == []
    judge(world)
    publish(world)
    assert record(world) == sorted([gone, ("re_resolved", "judgement", GRAZ, "", GRAZ, "2024-03-08T00:00:00Z", "2024-03-08")])


def test_a_rejection_that_changed_nothing_is_not_blamed_for_what_the_gazetteer_changes_later(world):
    """The store holds an older match, made when the rejection of Linz stood already."""
    judge(world, GRAZ_IS_NOT_LINZ)
    meaning = {"name": "Graz", "country": "Austria", "verdict": "resolved", "place_id": "gn1", "judged": False, "rejected": LINZ}
    older = {"number": 1, "names": [meaning | {"known_at": "2024-01-01T12:00:00Z"}]}
    world.store.write(f"{LEDGER}/20240101T120000Z-000000000000.json", json.dumps(older).encode())
    publish(world)
    assert record(world) == [("re_resolved", "gazetteer", GRAZ, "gn1", GRAZ, "2024-02-01T00:00:00Z", "2024-02-01")]


def test_first_sight_is_no_change_and_a_store_without_a_past_gives_the_same_release_and_bytes(published, tmp_path):
    world, first = published, [current(published.published)]
    assert [len(document["names"]) for document in ledger(world)] == [3]
    collect(world, "2024-03-01", "Graz (Austria)", "Vienna (Austria)", "Odd Name (Austria)", "Salzburg (Austria)")
    second = publish(world)
    assert [[name["name"] for name in document["names"]] for document in ledger(world)][1:] == [["Salzburg"]]
    assert record(world) == []
    other = twin(world, tmp_path / "other")
    assert publish(other) == second != first
    assert contents(other.published, second[0]) == contents(world.published, second[0])


def test_a_rebuild_that_meets_a_new_judgement_reports_it_and_a_store_with_another_past_gives_another_release(published, tmp_path):
    world = published
    judge(world, GRAZ_IS_LINZ)
    rekeyed = monitor.rebuild(world)
    assert record(world) == [TO_LINZ]
    assert publish(world) == []
    other = twin(world, tmp_path / "other")
    (fresh,) = publish(other)
    assert record(other) == []
    assert fresh != rekeyed == current(world.published)
    assert table(other, "memberships") == table(world, "memberships")


def test_rebuilding_gives_the_same_bytes_and_as_of_a_day_before_nothing_is_known_of_the_match(rekeyed):
    world, release_id = rekeyed, current(rekeyed.published)
    before = contents(world.published)
    assert monitor.rebuild(world) == release_id
    assert contents(world.published) == before
    earlier = monitor.rebuild(world, "2024-02-15")
    assert earlier != release_id
    assert table(world, "record_changes", earlier) == []
    assert monitor.rebuild(world, "2024-03-05") == release_id


def test_a_gazetteer_that_no_longer_has_the_place_is_the_cause_and_its_id_is_told(world):
    """The store holds what an older gazetteer said; the id it gave is no place of today's."""
    meaning = {"name": "Graz", "country": "Austria", "verdict": "resolved", "place_id": "gn1", "judged": False}
    gone = meaning | {"name": "Odd Name", "place_id": "gn2"}
    older = {"number": 1, "names": [entry | {"known_at": "2024-01-01T12:00:00Z"} for entry in (meaning, gone)]}
    world.store.write(f"{LEDGER}/20240101T120000Z-000000000000.json", json.dumps(older).encode())
    publish(world)
    assert record(world) == [
        ("re_resolved", "gazetteer", "", "gn2", "", "2024-02-01T00:00:00Z", "2024-02-01"),
        ("re_resolved", "gazetteer", GRAZ, "gn1", GRAZ, "2024-02-01T00:00:00Z", "2024-02-01"),
    ]


def test_a_damaged_ledger_stops_the_run_with_its_file(world):
    key = f"{LEDGER}/20240101T120000Z-000000000000.json"
    world.store.write(key, b"{")
    with pytest.raises(ConfigError, match=rf"{key}: expected a number and names with their meaning"):
        monitor.gather(world)


def test_a_kill_after_the_ledger_was_written_changes_nothing_of_the_release(published, rekeyed):
    world, spared, home = published, rekeyed, published.registry.parent
    judge(world, GRAZ_IS_LINZ)
    killed_before_freezing = (
        "import os, signal\n"
        "from citynet.pipelines import inputs, monitor\n"
        "from citynet.pipelines.outside import open_outside\n"
        "inputs.keep = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "monitor.gather(open_outside(os.environ))\n"
    )
    done = subprocess.run([sys.executable, "-c", killed_before_freezing], env=os.environ | settings(home, home), check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert len(ledger(world)) == 2
    assert publish(world) == [current(spared.published)]
    assert contents(world.published) == contents(spared.published)
    assert contents(world.store, LEDGER) == contents(spared.store, LEDGER)
