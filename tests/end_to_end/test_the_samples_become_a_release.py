"""The whole way on the bundled samples, through the real DAGs in a child process."""

import json
import shutil
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "include" / "samples"


@pytest.fixture
def released(sample_run):
    return sample_run[0]


def test_the_run_ends_well_and_says_where_the_site_is(sample_run):
    world, printed = sample_run
    assert f"release {world.release.name}" in printed
    site = next(line.removeprefix("site ") for line in printed.splitlines() if line.startswith("site "))
    assert Path(site).is_file()


def test_the_release_verifies(released):
    done = released.citynet("verify", released.release)
    assert done.returncode == 0, done.stderr


def test_a_second_run_publishes_nothing_new_and_changes_no_byte(after_samples):
    before, entries = after_samples.files(), sorted((after_samples.store / "alerts").rglob("*.json"))
    done = after_samples.citynet("run", "--replay", SAMPLES)
    assert done.returncode == 0, done.stderr
    assert after_samples.files() == before
    assert sorted((after_samples.store / "alerts").rglob("*.json")) == entries


def test_a_rebuild_from_captures_gives_the_same_bytes(released, world):
    for folder in ("captures", "attempts"):
        shutil.copytree(released.store / folder, world.store / folder)
    done = world.citynet("rebuild")
    assert done.returncode == 0, done.stderr
    ours = {name: data for name, data in world.files().items() if not name.startswith("latest")}
    theirs = {name: data for name, data in released.files().items() if not name.startswith(("latest", "alerts_preview"))}
    assert ours == theirs


def test_a_rebuild_as_of_a_day_knows_only_what_was_known_and_does_not_move_latest(released, world):
    for folder in ("captures", "attempts"):
        shutil.copytree(released.store / folder, world.store / folder)
    done = world.citynet("rebuild", "--as-of", "2020-06-30")
    assert done.returncode == 0, done.stderr
    release = world.published / done.stdout.strip().splitlines()[-1]
    assert release.name.startswith("2019-12-16-")
    pact = [line for line in (release / "data" / "memberships.csv").read_text().splitlines() if line.startswith("pact_of_free_cities,")]
    assert len(pact) == 4
    assert not (world.published / "latest.json").exists()


def test_joined_follows_from_two_complete_lists_and_from_nothing_else(released):
    """The Pact's lists of 2019-12 and 2021-09 are complete; all other pairs of lists here involve a partial one or no difference."""
    changes = released.table("membership_changes")
    assert {(c["network_id"], c["change"]) for c in changes} == {("pact_of_free_cities", "joined")}
    assert {(c["earliest"], c["latest"]) for c in changes} == {("2019-12-16", "2021-09-16")}
    assert len(changes) == 20


def test_what_comes_after_the_cut_list_of_2009_is_first_seen(released):
    intercultural = {m["name_as_published"]: m for m in released.table("memberships") if m["network_id"] == "intercultural_cities"}
    for name in ("Patras", "Reggio Emilia", "Subotica", "Tilburg"):
        assert intercultural[name]["first_seen"] == "true"
        assert intercultural[name]["from_latest"] == "2010-02-28"


def test_a_city_missing_from_two_complete_lists_is_suspected_not_left(released):
    states = {m["name_as_published"]: m["state"] for m in released.table("memberships") if m["network_id"] == "intercultural_cities"}
    assert states["Craiova"] == "departure_suspected"
    assert states["Oslo"] == "listed"


def test_no_ratio_follows_from_a_partial_list(released):
    complete = {n["network_id"] for n in released.table("networks") if n["last_complete_on"]}
    assert complete == {"pact_of_free_cities", "intercultural_cities"}
    for row in released.table("network_overlap"):
        if {row["network_a"], row["network_b"]} - complete:
            assert not any(row[c] for c in ("shared", "jaccard", "overlap_coefficient", "containment_a", "containment_b"))
            assert row["not_computed_because"]
    assert {r["network_id"] for r in released.table("representation") if r["representation_ratio"]} <= complete


def test_bodies_known_from_the_cut_list_alone_are_in_no_figure(released):
    """Craiova and Greenwich stand on the cut list of 2009 only; the complete lists of 2010 print 11 members."""
    printed = ("Craiova", "London-Greenwhich", "Kyiv", "Vilnius", "Riga", "Hamburg")  # the last four: the Pact's partial list of 2022
    memberships = [m for m in released.table("memberships") if m["use"] == "current"]
    partial = {m["place_id"] for m in memberships if m["name_as_published"] in printed}
    row = next(
        r for r in released.table("network_overlap") if (r["network_a"], r["network_b"]) == ("intercultural_cities", "pact_of_free_cities")
    )
    assert (row["n_a"], row["n_b"]) == ("11", "24")
    in_figures = {r["place_id"]: r["network_ids"] for r in released.table("place_connectivity")}
    assert len(partial) == len(printed)
    assert not partial & set(in_figures)
    sizes = [r for r in released.table("representation") if r["network_id"] == "intercultural_cities" and r["dimension"] == "country"]
    assert {int(r["n_members"]) + int(r["n_outside"]) for r in sizes} == {11}


def test_table_1_feeds_replication_only(released):
    sampled = {m["network_id"] for m in released.table("memberships") if m["use"] == "replication_only"}
    assert len(sampled) == 9
    used = ";".join(row["network_ids"] for row in released.table("place_connectivity"))
    assert not any(network in used for network in sampled)
    overlaps = [r for r in released.table("network_overlap") if {r["network_a"], r["network_b"]} & sampled]
    assert overlaps
    assert not any(r["shared_at_least"] for r in overlaps)


def test_every_membership_leads_to_a_page_its_time_and_its_hash(released):
    pages = {(s["source_id"], s["capture_id"]): s for s in released.table("sources")}
    for membership in released.table("memberships"):
        page = pages[membership["network_id"], membership["evidence_capture_id"]]
        assert page["page_sha256"]
        assert page["captured_at"]
        assert int(membership["evidence_row"]) > 0


def test_the_hash_of_a_source_is_that_of_the_page_in_the_samples(released):
    import hashlib

    page = SAMPLES / "pact_of_free_cities" / "2019-12-16"
    hashes = {hashlib.sha256(file.read_bytes()).hexdigest() for file in page.glob("*.html")}
    assert hashes & {s["page_sha256"] for s in released.table("sources") if s["source_id"] == "pact_of_free_cities"}


def test_genuine_population_of_the_statistical_city_is_joined(released):
    """Eurostat's answer of 2026-08-31 gives Vienna 1,741,246 in 2013 and 1,766,746 in 2014, the newest year of Austria."""
    vienna = next(p for p in released.table("places") if p["name"] == "Vienna")
    assert (vienna["population_statistical_city"], vienna["population_statistical_city_year"]) == ("1766746", "2014")
    assert vienna["population_statistical_city_code"] == "AT001C"


def test_nothing_is_sent_from_samples_and_the_preview_says_so(released):
    preview = (released.published / "alerts_preview.txt").read_text()
    assert "nothing was sent" in preview
    assert "Amsterdam" in preview
    ledger = [json.loads(f.read_text())["outcome"] for f in (released.store / "alerts" / "ledger").glob("*.json")]
    assert set(ledger) == {"suppressed"}
    assert len(ledger) == 20


def test_no_path_of_the_machine_is_published(released):
    for name, data in released.files().items():
        if not name.endswith(".parquet"):
            assert str(released.home).encode() not in data, name
            assert str(PROJECT).encode() not in data, name


def test_nothing_compared_with_only_enters_the_release(released):
    """The samples hold three networks' rounds and one table, so no network has a list of any other date."""
    dates = {(s["source_id"], s["captured_at"][:10]) for s in released.table("sources") if s["source_type"] == "membership_list"}
    assert {d for n, d in dates if n == "intercultural_cities"} == {"2009-03-04", "2010-02-28", "2010-07-31"}
    assert {d for n, d in dates if n == "pact_of_free_cities"} == {"2019-12-16", "2021-09-16", "2022-09-27"}
    assert {d for n, d in dates if n not in ("intercultural_cities", "pact_of_free_cities")} == {"2018-12-31"}
