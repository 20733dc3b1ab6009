"""Bad input as a user meets it: one clear line, the exit code that docs/operations.md names, and nothing published is damaged."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from citynet.publishing.verify import verify

PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "include" / "samples"
PACT, INTERCULTURAL = "pact_of_free_cities", "intercultural_cities"
BROKEN = "solidarity_cities"
TABLE_1 = "2018-12-31"
DAY = "2018-12-30"
"""A day of no sample, so that in Airflow's database, which the tests share, no other run is dated by it."""
LATER = "2022-01-10"


def page_of(replay, network, day):
    return next((replay / network / day).glob("*.html"))


def one_line_about(done, *words):
    lines = [line for line in done.stderr.splitlines() if all(word in line for word in words)]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


def listed(world, network):
    return {m["name_as_published"] for m in world.table("memberships") if m["network_id"] == network}


def go_on_from(before, world):
    """The world with a copy of all that the other left."""
    shutil.copytree(before.store, world.store)
    shutil.copytree(before.published, world.published, symlinks=True)
    return world


def with_the_captures_of(before, world):
    for folder in ("captures", "attempts"):
        shutil.copytree(before.store / folder, world.store / folder)


def registry_with_broken(network, folder):
    shutil.copytree(PROJECT / "include" / "networks", folder)
    (folder / f"{network}.yml").write_text("id: [not closed\n")
    return folder


@pytest.fixture(scope="module")
def troubled(make_world, sample_run, archived_run, tmp_path_factory):
    """One run on six sources in trouble and two that are well, begun while another holds the lock: the run, its world, the world before."""
    home, before = tmp_path_factory.mktemp("troubled"), make_world(Path(archived_run["home"]))
    world, replay = go_on_from(before, make_world(home)), home / "replay"
    for network in ("eccar", "eurocities", "icorn", "solidacities", BROKEN):
        shutil.copytree(SAMPLES / network / TABLE_1, replay / network / DAY)
    shutil.copytree(SAMPLES / INTERCULTURAL, replay / INTERCULTURAL)
    shutil.copytree(SAMPLES / "statistics", replay / "statistics")
    shutil.copytree(SAMPLES / PACT / "2019-12-16", replay / PACT / LATER)
    page_of(replay, "eccar", DAY).write_bytes(b"")
    shutil.copy(page_of(SAMPLES, INTERCULTURAL, "2010-02-28"), page_of(replay, "icorn", DAY))
    warc = next((sample_run[0].store / "captures" / "solidacities").rglob("*.warc.gz")).read_bytes()
    shutil.rmtree(replay / "solidacities" / DAY)
    (replay / "solidacities" / DAY).mkdir()
    (replay / "solidacities" / DAY / "capture.warc.gz").write_bytes(warc[: len(warc) // 2])
    shutil.rmtree(replay / "statistics" / TABLE_1)
    answer = next((replay / "statistics").rglob("urb_*.json"))
    answer.write_text('{"error":[{"status":404,"id":100,"label":"ERR_NOT_FOUND_4: the data set is not found"}]}')
    registry = registry_with_broken(BROKEN, home / "registry")
    lock = world.store / "locks" / "run.lock"
    with subprocess.Popen(["flock", str(lock), "sh", "-c", "echo held; sleep 5"], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        done = world.citynet("run", "--replay", replay, "--registry", registry)
    return done, world, before


def test_trouble_at_sources_ends_with_4_and_the_others_are_released(troubled):
    done, world, _ = troubled
    assert done.returncode == 4, done.stderr
    assert {m["network_id"] for m in world.table("memberships")} == {"eurocities", INTERCULTURAL, PACT, BROKEN}
    assert verify(world.release) == []


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("eccar: changed", "expected"), id="an empty page"),
        pytest.param(("icorn: changed", "expected a page that says 'Table 1'"), id="a page of another network"),
        pytest.param(("solidacities: changed", "capture.warc.gz"), id="a truncated WARC"),
        pytest.param((f"{BROKEN}: misconfigured", f"{BROKEN}.yml:"), id="a broken network file"),
        pytest.param((PACT, "held", "collapse"), id="a list that collapsed"),
        pytest.param(("urb_cpop1", "ERR_NOT_FOUND_4"), id="an error body of Eurostat"),
    ],
)
def test_each_trouble_is_one_line_that_says_where_and_what(troubled, words):
    one_line_about(troubled[0], *words)


def test_a_second_run_waits_and_says_who_holds_the_lock(troubled):
    assert "waiting" in one_line_about(troubled[0], "run.lock")


def test_a_source_in_trouble_is_shown_as_never_read_with_what_came_of_the_attempt(troubled):
    rows = {n["network_id"]: n for n in troubled[1].table("networks")}
    assert (rows["eccar"]["freshness"], rows["eccar"]["last_attempt_outcome"]) == ("never_read", "changed")
    assert (rows["eurocities"]["last_attempt_outcome"], rows["eurocities"]["stale_since"]) == ("accepted", "")


def test_figures_of_a_failed_data_set_are_empty_and_not_zero(troubled):
    assert not any(p["population_statistical_city"] for p in troubled[1].table("places"))


def test_a_network_whose_file_breaks_keeps_its_last_list_and_is_marked(troubled):
    _, world, before = troubled
    assert listed(world, BROKEN) == listed(before, BROKEN) != set()
    row = next(n for n in world.table("networks") if n["network_id"] == BROKEN)
    assert (row["last_attempt_outcome"], row["stale_since"]) == ("misconfigured", DAY)


def test_a_collapse_is_held_and_the_last_accepted_list_stays(troubled):
    """From 24 members to the first 4 in a complete list: held for a person, nobody left, and the members stay."""
    members = [m for m in troubled[1].table("memberships") if m["network_id"] == PACT]
    assert len(members) == 24
    assert {m["state"] for m in members} == {"listed"}
    assert not [c for c in troubled[1].table("membership_changes") if c["network_id"] == PACT and c["change"] == "left"]
    held = next(s for s in troubled[1].table("sources") if s["decision"] == "held")
    assert (held["captured_at"], held["implied_departures"]) == (f"{LATER}T00:00:00Z", "20")


def test_the_run_is_red_at_those_networks_and_green_at_the_others(troubled, airflow_home):
    """Read from Airflow's own database: mapped groups failed one by one, accept went on, the last task turned the run red."""
    with sqlite3.connect(airflow_home / "airflow.db") as database:
        tasks = database.execute(
            "select i.task_id, i.state, count(*) from task_instance i join dag_run r on i.run_id = r.run_id and i.dag_id = r.dag_id"
            f" where i.dag_id = 'collect_memberships' and r.logical_date like '{DAY}%' group by 1, 2 order by 1, 2"
        ).fetchall()
        state = database.execute(
            f"select state from dag_run where dag_id = 'collect_memberships' and logical_date like '{DAY}%'"
        ).fetchall()
    database.close()
    assert tasks == [
        ("accept", "success", 1),
        ("due_networks", "success", 1),
        ("one_network.capture", "failed", 2),
        ("one_network.capture", "success", 3),
        ("one_network.read_and_check", "failed", 2),
        ("one_network.read_and_check", "success", 1),
        ("one_network.read_and_check", "upstream_failed", 2),
        ("report_failures", "failed", 1),
        ("tell_operators", "success", 1),
    ]
    assert state == [("failed",)]


def test_networks_check_names_file_and_line_and_ends_with_2(world, tmp_path):
    checked = world.citynet("networks", "--check", "--registry", registry_with_broken(PACT, tmp_path / "registry"))
    assert checked.returncode == 2
    assert f"{PACT}.yml:" in checked.stderr


def test_a_whole_warc_replays_as_an_archived_capture_and_sends_nothing(archived, archived_run):
    assert {s["capture_origin"] for s in archived.table("sources")} == {"archived"}
    assert len(archived.table("membership_changes")) == 20
    assert "nothing was sent" in (archived.published / "alerts_preview.txt").read_text()
    assert archived_run["mails"] == []  # though a channel was set
    told = [json.loads(file.read_text())["outcome"] for file in (archived.store / "alerts" / "ledger").glob("*.json")]
    assert told == ["suppressed"] * 20


def test_a_full_disk_is_one_line_and_the_old_release_stands(archived, world, tmp_path):
    before, replay = go_on_from(archived, world).files(), tmp_path / "replay"
    shutil.copytree(SAMPLES / PACT / "2021-09-16", replay / PACT / LATER)
    done = subprocess.run(
        [sys.executable, "-m", "citynet.cli", "run", "--replay", str(replay)],
        env=world.environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)),
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    one_line_about(done, "File too large")
    assert world.files() == before


@pytest.mark.parametrize("folder", ["store", "published"])
def test_a_folder_that_cannot_be_written_is_one_line_naming_it(archived, world, folder, tmp_path):
    """Root may write anywhere, so it gives up that right first. With the captures in the store all is done but to publish."""
    if folder == "published":
        with_the_captures_of(archived, world)
    target = tmp_path / folder
    target.mkdir()
    target.chmod(0o555)
    powerless = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
    done = subprocess.run(
        [
            *(powerless if os.geteuid() == 0 else []),
            sys.executable,
            "-m",
            "citynet.cli",
            "run",
            "--replay",
            str(archived.home / "replay"),
        ],
        env=world.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    target.chmod(0o755)
    assert done.returncode == 1, done.stderr
    one_line_about(done, str(target), "Permission denied")


def test_a_run_killed_in_the_middle_leaves_nothing_that_a_second_run_does_not_mend(archived, world):
    """Killed while the release is made of what was captured."""
    with_the_captures_of(archived, world)
    process = subprocess.Popen(
        [sys.executable, "-m", "citynet.cli", "run", "--replay", str(archived.home / "replay")],
        env=world.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("publish_monitor"):
            time.sleep(1.5)
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()
    done = world.citynet("run", "--replay", archived.home / "replay")
    assert done.returncode == 0, done.stderr
    assert world.files() == archived.files()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["run", "--replay", "/nowhere"], "/nowhere"),
        (["run", "--live"], "CITYNET_CONTACT"),
        (["run", "--replay", str(SAMPLES), "--networks", "nobody"], "nobody"),
        (["run", "--replay", str(SAMPLES), "--registry", "/nowhere"], "/nowhere"),
        (["resolve", "/nowhere.csv", "--out", "/tmp/x.csv"], "/nowhere.csv"),
        (["verify", "/nowhere"], "/nowhere"),
        (["rebuild", "--as-of", "yesterday"], "yesterday"),
        (["read", "--network", "nobody", "/nowhere", "--out", "/tmp/x.csv"], "nobody"),
    ],
)
def test_bad_arguments_end_with_2_and_write_nothing(world, arguments, word):
    done = world.citynet(*arguments)
    assert done.returncode == 2
    one_line_about(done, word)
    assert not world.published.exists()
