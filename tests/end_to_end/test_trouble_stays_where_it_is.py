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
TABLE_1 = "2018-12-31"
LATER = "2022-09-28"


def page_of(replay, network, day):
    return next((replay / network / day).glob("*.html"))


def one_line_about(done, *words):
    lines = [line for line in done.stderr.splitlines() if all(word in line for word in words)]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


def listed(world, network):
    return {m["name_as_published"] for m in world.table("memberships") if m["network_id"] == network}


def registry_with_broken(network, folder):
    shutil.copytree(PROJECT / "include" / "networks", folder)
    (folder / f"{network}.yml").write_text("id: [not closed\n")
    return folder


@pytest.fixture(scope="module")
def troubled(make_world, sample_run, tmp_path_factory):
    """One run on five sources in trouble and three that are well: the run, its world, and Airflow's own database."""
    home = tmp_path_factory.mktemp("troubled")
    world, replay = make_world(home), home / "replay"
    for network in ("eccar", "eurocities", "icorn", "solidacities", "solidarity_cities"):
        shutil.copytree(SAMPLES / network / TABLE_1, replay / network / TABLE_1)
    shutil.copytree(SAMPLES / INTERCULTURAL, replay / INTERCULTURAL)
    shutil.copytree(SAMPLES / "statistics", replay / "statistics")
    page_of(replay, "eccar", TABLE_1).write_bytes(b"")
    shutil.copy(page_of(SAMPLES, INTERCULTURAL, "2010-02-28"), page_of(replay, "icorn", TABLE_1))
    warc = next((sample_run[0].store / "captures" / "solidacities").rglob("*.warc.gz")).read_bytes()
    shutil.rmtree(replay / "solidacities" / TABLE_1)
    (replay / "solidacities" / TABLE_1).mkdir()
    (replay / "solidacities" / TABLE_1 / "capture.warc.gz").write_bytes(warc[: len(warc) // 2])
    shutil.rmtree(replay / "statistics" / TABLE_1)
    answer = next((replay / "statistics").rglob("urb_*.json"))
    answer.write_text('{"error":[{"status":404,"id":100,"label":"ERR_NOT_FOUND_4: the data set is not found"}]}')
    registry = registry_with_broken("solidarity_cities", home / "registry")
    done = world.citynet("run", "--replay", replay, "--registry", registry, AIRFLOW_HOME=str(home / "airflow"))
    return done, world, home / "airflow" / "airflow.db"


def test_trouble_at_sources_ends_with_4_and_the_others_are_released(troubled):
    done, world, _ = troubled
    assert done.returncode == 4, done.stderr
    assert {m["network_id"] for m in world.table("memberships")} == {"eurocities", INTERCULTURAL}
    assert world.citynet("verify", world.release).returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("eccar: changed", "expected"), id="an empty page"),
        pytest.param(("icorn: changed", "expected a page that says 'Table 1'"), id="a page of another network"),
        pytest.param(("solidacities: changed", "capture.warc.gz"), id="a truncated WARC"),
        pytest.param(("solidarity_cities: misconfigured", "solidarity_cities.yml:"), id="a broken network file"),
        pytest.param(("urb_cpop1", "ERR_NOT_FOUND_4"), id="an error body of Eurostat"),
    ],
)
def test_each_trouble_is_one_line_that_says_where_and_what(troubled, words):
    one_line_about(troubled[0], *words)


def test_a_source_in_trouble_is_shown_as_never_read_with_what_came_of_the_attempt(troubled):
    rows = {n["network_id"]: n for n in troubled[1].table("networks")}
    assert (rows["eccar"]["freshness"], rows["eccar"]["last_attempt_outcome"]) == ("never_read", "changed")
    assert (rows["eurocities"]["last_attempt_outcome"], rows["eurocities"]["stale_since"]) == ("accepted", "")


def test_figures_of_a_failed_data_set_are_empty_and_not_zero(troubled):
    assert not any(p["population_statistical_city"] for p in troubled[1].table("places"))


def test_the_run_is_red_at_those_networks_and_green_at_the_others(troubled):
    """Read from Airflow's own database: mapped groups failed one by one, accept went on, the last task turned the run red."""
    with sqlite3.connect(troubled[2]) as database:
        tasks = database.execute(
            "select i.task_id, i.state, count(*) from task_instance i join dag_run r on i.run_id = r.run_id and i.dag_id = r.dag_id"
            " where i.dag_id = 'collect_memberships' and r.logical_date like '2018-12-31%' group by 1, 2 order by 1, 2"
        ).fetchall()
        state = database.execute(
            "select state from dag_run where dag_id = 'collect_memberships' and logical_date like '2018-12-31%'"
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


def test_a_network_whose_file_breaks_keeps_its_last_list_and_is_marked(after_samples, tmp_path):
    members, replay = listed(after_samples, PACT), tmp_path / "replay"
    shutil.copytree(SAMPLES / PACT / "2022-09-27", replay / PACT / LATER)
    done = after_samples.citynet("run", "--replay", replay, "--registry", registry_with_broken(PACT, tmp_path / "registry"))
    assert done.returncode == 4, done.stderr
    assert "misconfigured" in one_line_about(done, f"{PACT}.yml")
    assert listed(after_samples, PACT) == members
    row = next(n for n in after_samples.table("networks") if n["network_id"] == PACT)
    assert (row["last_attempt_outcome"], row["stale_since"]) == ("misconfigured", LATER)


def test_a_collapse_is_held_and_the_last_accepted_list_stays(after_samples, tmp_path):
    """From 24 members to the first 4 in a complete list: held for a person, nobody left, and the members stay."""
    replay = tmp_path / "replay"
    shutil.copytree(SAMPLES / PACT / "2019-12-16", replay / PACT / "2022-01-10")
    done = after_samples.citynet("run", "--replay", replay)
    assert done.returncode == 4, done.stderr
    one_line_about(done, PACT, "held", "collapse")
    members = [m for m in after_samples.table("memberships") if m["network_id"] == PACT]
    assert len(members) == 30
    assert {m["state"] for m in members} == {"listed"}
    assert not [c for c in after_samples.table("membership_changes") if c["network_id"] == PACT and c["change"] == "left"]
    held = next(s for s in after_samples.table("sources") if s["decision"] == "held")
    assert (held["captured_at"], held["implied_departures"]) == ("2022-01-10T00:00:00Z", "20")


def test_a_whole_warc_replays_as_an_archived_capture_and_sends_nothing(world, sample_run, tmp_path):
    replay = tmp_path / "replay"
    for day in ("2019-12-16", "2021-09-16"):
        (replay / PACT / day).mkdir(parents=True)
        warc = next((sample_run[0].store / "captures" / PACT).glob(f"{day.replace('-', '')}*/*.warc.gz"))
        shutil.copy(warc, replay / PACT / day)
    done = world.citynet("run", "--replay", replay)
    assert done.returncode == 0, done.stderr
    assert {s["capture_origin"] for s in world.table("sources")} == {"archived"}
    assert len(world.table("membership_changes")) == 20
    assert "nothing was sent" in (world.published / "alerts_preview.txt").read_text()


def test_a_full_disk_is_one_line_and_the_old_release_stands(after_samples, tmp_path):
    before, replay = after_samples.files(), tmp_path / "replay"
    shutil.copytree(SAMPLES / PACT / "2022-09-27", replay / PACT / LATER)
    done = subprocess.run(
        [sys.executable, "-m", "citynet.cli", "run", "--replay", str(replay)],
        env=after_samples.environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)),
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    one_line_about(done, "File too large")
    assert after_samples.files() == before


@pytest.mark.parametrize("folder", ["store", "published"])
def test_a_folder_that_cannot_be_written_is_one_line_naming_it(world, folder, tmp_path):
    """Root may write anywhere, so it gives up that right first."""
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
            str(SAMPLES),
            "--networks",
            PACT,
        ],
        env=world.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    target.chmod(0o755)
    assert done.returncode == 1, done.stderr
    one_line_about(done, str(target), "Permission denied")


def test_a_run_killed_in_the_middle_leaves_nothing_that_a_second_run_does_not_mend(world, sample_run):
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


def test_a_second_run_waits_and_says_who_holds_the_lock(after_samples):
    lock = after_samples.store / "locks" / "run.lock"
    holder = subprocess.Popen(["flock", str(lock), "sh", "-c", "echo held; sleep 3"], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    holder.stdout.readline()
    done = after_samples.citynet("rebuild")
    holder.wait()
    holder.stdout.close()
    assert done.returncode == 0, done.stderr
    assert "waiting" in one_line_about(done, "run.lock")


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
