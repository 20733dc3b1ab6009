"""Bad input as a user meets it: one clear line, the exit code of the design, and nothing published is damaged."""

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

PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "include" / "samples"
PACT, INTERCULTURAL = "pact_of_free_cities", "intercultural_cities"
FIRST = "2019-12-16"


@pytest.fixture
def replay(tmp_path):
    """A folder to spoil: the first round of the Pact, and all of Intercultural Cities."""
    folder = tmp_path / "replay"
    shutil.copytree(SAMPLES / PACT / FIRST, folder / PACT / FIRST)
    shutil.copytree(SAMPLES / INTERCULTURAL, folder / INTERCULTURAL)
    return folder


def page_of(replay, network=PACT, day=FIRST):
    return next((replay / network / day).glob("*.html"))


def one_line_about(done, *words):
    lines = [line for line in done.stderr.splitlines() if all(word in line for word in words)]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


def listed(world, network):
    return {m["name_as_published"] for m in world.table("memberships") if m["network_id"] == network}


def test_an_empty_page_is_a_changed_source_and_the_other_network_is_released(world, replay):
    page_of(replay).write_bytes(b"")
    done = world.citynet("run", "--replay", replay)
    assert done.returncode == 4
    one_line_about(done, PACT, "changed")
    assert listed(world, INTERCULTURAL)
    assert not listed(world, PACT)


def test_a_page_of_another_network_is_refused_by_name(world, replay):
    shutil.copy(page_of(replay, INTERCULTURAL, "2010-02-28"), page_of(replay))
    done = world.citynet("run", "--replay", replay)
    assert done.returncode == 4
    one_line_about(done, PACT, "expected")


def test_the_run_is_red_at_that_network_and_green_at_the_others(world, tmp_path):
    """Read from Airflow's own database: one mapped group failed, accept went on, report_failures turned the run red."""
    replay = tmp_path / "replay"
    for network in ("eccar", "eurocities", "icorn"):
        shutil.copytree(SAMPLES / network, replay / network)
    page_of(replay, "eccar", "2018-12-31").write_bytes(b"<html><body>Under maintenance</body></html>")
    done = world.citynet("run", "--replay", replay, AIRFLOW_HOME=str(tmp_path / "airflow"))
    assert done.returncode == 4, done.stderr
    with sqlite3.connect(tmp_path / "airflow" / "airflow.db") as database:
        tasks = database.execute(
            "select task_id, state, count(*) from task_instance where dag_id = 'collect_memberships' group by 1, 2 order by 1, 2"
        ).fetchall()
        runs = database.execute("select state from dag_run where dag_id = 'collect_memberships'").fetchall()
    assert ("one_network.read_and_check", "failed", 1) in tasks
    assert ("one_network.read_and_check", "success", 2) in tasks
    assert ("accept", "success", 1) in tasks
    assert ("report_failures", "failed", 1) in tasks
    assert runs == [("failed",)]
    assert {m["network_id"] for m in world.table("memberships")} == {"eurocities", "icorn"}


def test_a_broken_network_file_leaves_its_last_list_and_the_run_ends_with_4(world, replay, tmp_path):
    assert world.citynet("run", "--replay", replay).returncode == 0
    members = listed(world, PACT)
    registry = tmp_path / "registry"
    shutil.copytree(PROJECT / "include" / "networks", registry)
    (registry / f"{PACT}.yml").write_text("id: [not closed\n")
    shutil.copytree(SAMPLES / PACT / "2021-09-16", replay / PACT / "2021-09-16")
    done = world.citynet("run", "--replay", replay, "--registry", registry)
    assert done.returncode == 4
    line = one_line_about(done, f"{PACT}.yml")
    assert "misconfigured" in line
    assert listed(world, PACT) == members
    row = next(n for n in world.table("networks") if n["network_id"] == PACT)
    assert row["last_attempt_outcome"] == "misconfigured"
    checked = world.citynet("networks", "--check", "--registry", registry)
    assert checked.returncode == 2
    assert f"{PACT}.yml:" in checked.stderr


def test_a_truncated_warc_is_one_line_and_the_other_network_is_released(world, replay):
    world.citynet("run", "--replay", replay, "--networks", PACT)
    warc = next((world.store / "captures" / PACT).rglob("*.warc.gz")).read_bytes()
    shutil.rmtree(replay / PACT / FIRST)
    (replay / PACT / FIRST).mkdir()
    (replay / PACT / FIRST / "capture.warc.gz").write_bytes(warc[: len(warc) // 2])
    shutil.rmtree(world.store)
    shutil.rmtree(world.published)
    done = world.citynet("run", "--replay", replay)
    assert done.returncode == 4
    one_line_about(done, PACT, "warc")
    assert listed(world, INTERCULTURAL)


def test_a_whole_warc_replays_as_an_archived_capture(world, replay):
    world.citynet("run", "--replay", replay, "--networks", PACT)
    warc = next((world.store / "captures" / PACT).rglob("*.warc.gz")).read_bytes()
    shutil.rmtree(replay / PACT / FIRST)
    (replay / PACT / FIRST).mkdir()
    (replay / PACT / FIRST / "capture.warc.gz").write_bytes(warc)
    shutil.rmtree(world.store)
    shutil.rmtree(world.published)
    done = world.citynet("run", "--replay", replay, "--networks", PACT)
    assert done.returncode == 0, done.stderr
    assert {s["capture_origin"] for s in world.table("sources")} == {"archived"}
    assert len(listed(world, PACT)) == 4


def test_an_error_body_of_eurostat_leaves_the_release_without_those_figures(world, replay):
    statistics = replay / "statistics" / "2026-08-31"
    shutil.copytree(SAMPLES / "statistics" / "2026-08-31", statistics)
    answer = next(statistics.glob("*.json"))
    answer.write_text('{"error":[{"status":404,"id":100,"label":"ERR_NOT_FOUND_4: the data set is not found"}]}')
    done = world.citynet("run", "--replay", replay)
    assert done.returncode == 4
    one_line_about(done, "urb_cpop1", "ERR_NOT_FOUND_4")
    assert listed(world, PACT)
    assert not any(p["population_statistical_city"] for p in world.table("places"))


def test_a_collapse_is_held_and_the_last_accepted_list_stays(world, replay):
    """From 24 members to 4 in a complete list: held for a person, no departure, and the release keeps the 24."""
    shutil.copytree(SAMPLES / PACT / "2021-09-16", replay / PACT / "2021-09-16")
    shutil.copytree(replay / PACT / FIRST, replay / PACT / "2022-01-10")
    done = world.citynet("run", "--replay", replay)
    assert done.returncode == 4
    one_line_about(done, PACT, "held", "collapse")
    members = [m for m in world.table("memberships") if m["network_id"] == PACT]
    assert len(members) == 24
    assert {m["state"] for m in members} == {"listed"}
    assert "held" in {s["decision"] for s in world.table("sources")}


def test_a_full_disk_is_one_line_and_the_old_release_stands(world, replay):
    assert world.citynet("run", "--replay", replay).returncode == 0
    before = world.files()
    shutil.copytree(SAMPLES / PACT / "2021-09-16", replay / PACT / "2021-09-16")
    done = subprocess.run(
        [sys.executable, "-m", "citynet.cli", "run", "--replay", str(replay)],
        env=world.environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "File too large" in done.stderr or "disk" in done.stderr
    assert world.files() == before
    assert world.citynet("run", "--replay", replay).returncode == 0
    assert len(listed(world, PACT)) == 24


@pytest.mark.parametrize("folder", ["store", "published"])
def test_a_folder_that_cannot_be_written_is_one_line_naming_it(world, replay, folder, tmp_path):
    """As an unprivileged user, since nothing is read-only to root."""
    target = tmp_path / folder
    target.mkdir()
    target.chmod(0o555)
    as_nobody = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    for path in (tmp_path, *tmp_path.parents):
        if as_nobody and path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)
    other = tmp_path / ("published" if folder == "store" else "store")
    other.mkdir()
    home = tmp_path / "airflow"
    home.mkdir()
    if as_nobody:
        os.chown(other, 65534, 65534)
        os.chown(home, 65534, 65534)
    done = subprocess.run(
        [sys.executable, "-m", "citynet.cli", "run", "--replay", str(replay)],
        env={**world.environment, "AIRFLOW_HOME": str(home), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        **as_nobody,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert any(str(target) in line and "Permission denied" in line for line in done.stderr.splitlines()), done.stderr


def test_a_run_killed_in_the_middle_leaves_nothing_that_a_second_run_does_not_mend(world, replay, sample_run):
    process = subprocess.Popen(
        [sys.executable, "-m", "citynet.cli", "run", "--replay", str(SAMPLES)],
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
    done = world.citynet("run", "--replay", SAMPLES)
    assert done.returncode == 0, done.stderr
    assert world.files() == sample_run[0].files()


def test_a_second_run_waits_and_says_who_holds_the_lock(world, replay):
    (world.store / "locks").mkdir(parents=True)
    holder = subprocess.Popen(
        ["flock", str(world.store / "locks" / "run.lock"), "sh", "-c", "echo held; sleep 3"], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    done = world.citynet("run", "--replay", replay)
    holder.wait()
    holder.stdout.close()
    assert done.returncode == 0, done.stderr
    assert "waiting" in done.stderr
    assert "run.lock" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["run", "--replay", "/nowhere"], "/nowhere"),
        (["run", "--live"], "CITYNET_CONTACT"),
        (["run", "--replay", str(SAMPLES), "--networks", "nobody"], "nobody"),
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
    assert not world.published.exists() or not world.files()
