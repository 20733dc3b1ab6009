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
    theirs = {name: data for name, data in released.files().items() if not name.startswith(("latest", "alerts_preview", "alert_quality"))}
    assert ours == theirs


def test_a_rebuild_as_of_a_day_knows_only_what_was_known_and_does_not_move_latest(released, world):
    """Two networks are enough: one with a list after that day, one with a judgement made after it."""
    for source in ("pact_of_free_cities", "intercultural_cities"):
        for folder in ("captures", "attempts"):
            shutil.copytree(released.store / folder / source, world.store / folder / source)
    done = world.citynet("rebuild", "--as-of", "2020-01-31")
    assert done.returncode == 0, done.stderr
    release = world.published / done.stdout.strip().splitlines()[-1]
    assert release.name.startswith("2019-12-16-")
    memberships = (release / "data" / "memberships.csv").read_text().splitlines()
    assert len([line for line in memberships if line.startswith("pact_of_free_cities,")]) == 4
    craiova = next(line for line in memberships if ",Craiova," in line)  # decided by a person in 2026
    assert ",departure_suspected," in craiova
    assert not (world.published / "latest.json").exists()


def test_the_demonstration_is_of_the_promised_size(released):
    networks = released.table("networks")
    assert len(networks) >= 15
    captures = {(s["source_id"], s["capture_id"]) for s in released.table("sources") if s["source_type"] == "membership_list"}
    assert len(captures) >= 12
    pairs = [o for o in released.table("network_overlap") if o["shared"] or o["shared_at_least"]]
    assert len(pairs) >= 60


def test_joined_follows_from_two_complete_lists_and_from_nothing_else(released):
    joined = [c for c in released.table("membership_changes") if c["change"] == "joined"]
    between = {
        "pact_of_free_cities": {("2019-12-16", "2021-09-16")},
        "seebruecke_sichere_haefen_niedersachsen": {("2019-07-09", "2020-06-15")},  # the first list is of July 2019, after the 9th
        "uia": {("2016-10-12", "2017-10-31"), ("2017-10-31", "2018-10-10"), ("2018-10-10", "2019-08-31"), ("2019-08-31", "2020-07-08")},
    }
    assert {c["network_id"] for c in joined} == set(between)
    assert {(c["network_id"], c["earliest"], c["latest"]) for c in joined} == {
        (n, *days) for n, all_days in between.items() for days in all_days
    }
    assert [c["network_id"] for c in joined].count("pact_of_free_cities") == 20
    assert {c["cause"] for c in joined} == {"listing"}


def test_a_project_partner_is_told_apart_from_a_member(released):
    uia = [m for m in released.table("memberships") if m["network_id"] == "uia"]
    assert {(m["tie"], m["counted"]) for m in uia} == {("project_partner", "false")}
    pairs = [o for o in released.table("network_overlap") if "uia" in (o["network_a"], o["network_b"])]
    assert not any(o["shared_at_least"] for o in pairs)
    assert all("project partners, which is no membership" in o["not_computed_because"] for o in pairs)


def test_lower_saxony_respells_nearly_every_name_and_nobody_leaves(released):
    """15 of the 16 strings of 2019 are written otherwise in 2020; three of them may be the town or a body around it."""
    network = "seebruecke_sichere_haefen_niedersachsen"
    memberships = [m for m in released.table("memberships") if m["network_id"] == network]
    assert {m["state"] for m in memberships} == {"listed"}
    assert len(memberships) == 30
    joined = [c for c in released.table("membership_changes") if c["network_id"] == network]
    assert (len(joined), {c["change"] for c in joined}) == (14, {"joined"})
    renamed = [c for c in released.table("record_changes") if c["network_id"] == network]
    assert (len(renamed), {c["change"] for c in renamed}) == (12, {"renamed"})
    assert len([m for m in memberships if m["first_seen"] == "true" and m["from_latest"] == "2020-06-15"]) == 3


def test_what_comes_after_the_cut_list_of_2009_is_first_seen(released):
    intercultural = {m["name_as_published"]: m for m in released.table("memberships") if m["network_id"] == "intercultural_cities"}
    for name in ("Patras", "Reggio Emilia", "Subotica", "Tilburg"):
        assert intercultural[name]["first_seen"] == "true"
        assert intercultural[name]["from_latest"] == "2010-02-28"


def test_a_city_missing_from_two_complete_lists_is_suspected_and_left_only_by_a_judgement(released):
    rows = {m["name_as_published"]: m for m in released.table("memberships") if m["network_id"] == "intercultural_cities"}
    assert rows["London-Greenwhich"]["state"] == "departure_suspected"
    assert rows["Oslo"]["state"] == "listed"
    assert (rows["Craiova"]["state"], rows["Craiova"]["to_earliest"], rows["Craiova"]["to_latest"]) == (
        "departed",
        "2009-03-04",
        "2010-02-28",
    )
    left = [c for c in released.table("membership_changes") if c["change"] == "left"]
    assert [(c["network_id"], c["cause"], c["printed_on"]) for c in left] == [("intercultural_cities", "judgement", "")]


def test_the_end_of_a_network_is_no_departure_of_its_members(released):
    """Arrival Cities closed in 2018; a page edited in 2025 still lists its ten partners, four of them under other names."""
    rows = [m for m in released.table("membership_spells") if m["network_id"] == "arrival_cities"]
    assert {(r["state"], r["cause"], r["to_latest"]) for r in rows} == {("departed", "network_closed", "2018-05-03")}
    assert not [c for c in released.table("membership_changes") if c["network_id"] == "arrival_cities"]


def test_no_ratio_follows_from_a_partial_list(released):
    complete = {n["network_id"] for n in released.table("networks") if n["last_complete_on"]}
    assert {"eccar", "icorn", "solidarity_cities"}.isdisjoint(complete)
    for row in released.table("network_overlap"):
        if {row["network_a"], row["network_b"]} - complete:
            assert not any(row[c] for c in ("shared", "jaccard", "overlap_coefficient", "containment_a", "containment_b"))
            assert row["not_computed_because"]
    assert {r["network_id"] for r in released.table("representation") if r["representation_ratio"]} <= complete


def test_ratios_compare_lists_at_most_twelve_months_apart_and_print_both_dates(released):
    compared = [o for o in released.table("network_overlap") if o["shared"]]
    assert len(compared) >= 4
    for row in compared:
        years = [int(row[c][:4]) + int(row[c][5:7]) / 12 for c in ("list_date_a", "list_date_b")]
        assert abs(years[0] - years[1]) < 1.09
    safe = next(o for o in compared if o["network_b"] == "staedte_sicherer_haefen" and o["network_a"].startswith("seebruecke"))
    assert (safe["list_date_a"], safe["list_date_b"]) == ("2019-07-31", "2019-06-14")  # not the newer list of June 2020


def test_bodies_known_from_the_cut_list_alone_are_in_no_figure(released):
    """Craiova and Greenwich stand on the cut list of 2009 only; the complete lists of 2010 print 11 members."""
    printed = ("Craiova", "London-Greenwhich", "Kyiv", "Vilnius", "Riga", "Hamburg")  # the last four: the Pact's partial list of 2022
    cut = ("intercultural_cities", "pact_of_free_cities")
    memberships = [m for m in released.table("memberships") if m["network_id"] in cut]
    partial = {(m["network_id"], m["place_id"]) for m in memberships if m["name_as_published"] in printed}
    assert len(partial) == len(printed)
    in_figures = {r["place_id"]: r["network_ids"].split(";") for r in released.table("place_connectivity")}
    assert not any(network in in_figures.get(place, ()) for network, place in partial)
    pair = next(o for o in released.table("network_overlap") if (o["network_a"], o["network_b"]) == ("integrating_cities", cut[0]))
    assert (pair["n_a"], pair["n_b"], pair["shared"]) == ("17", "11", "2")


def test_table_1_feeds_replication_only(released):
    memberships = released.table("memberships")
    sampled = {m["network_id"] for m in memberships if m["use"] == "replication_only"}
    sample_only = sampled - {m["network_id"] for m in memberships if m["use"] == "current"}
    assert sample_only == {"eurocities", "solidacities"}
    used = {network for row in released.table("place_connectivity") for network in row["network_ids"].split(";")}
    assert not used & sample_only
    transnational = {n["network_id"] for n in released.table("networks") if n["scope"] == "transnational"}
    assert used <= transnational  # national networks and programmes stand beside and are never pooled
    overlaps = [r for r in released.table("network_overlap") if {r["network_a"], r["network_b"]} & sample_only]
    assert overlaps
    assert not any(r["shared_at_least"] for r in overlaps)
    # Ghent is on the list of 2017: the table of 2018 neither confirms nor dates that.
    assert {(m["tie"], m["counted"]) for m in memberships if m["use"] == "replication_only"} == {("unknown", "false")}
    ghent = next(m for m in memberships if m["network_id"] == "solidarity_cities" and m["name_as_published"] == "Ghent")
    assert (ghent["use"], ghent["from_latest"], ghent["last_confirmed_on"]) == ("current", "2016-12-31", "2017-12-31")


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
    assert len(ledger) == len([c for c in released.table("membership_changes") if c["tie"] != "project_partner"])


def test_no_path_of_the_machine_is_published(released):
    for name, data in released.files().items():
        if not name.endswith(".parquet"):
            assert str(released.home).encode() not in data, name
            assert str(PROJECT).encode() not in data, name


def test_nothing_compared_with_only_enters_the_release(released):
    """Every list date in the release is one of the bundled samples."""
    dates = {(s["source_id"], s["captured_at"][:10]) for s in released.table("sources") if s["source_type"] == "membership_list"}
    assert dates == {(f.parent.name, f.name) for f in SAMPLES.glob("*/????-??-??") if f.parent.name != "statistics"}


def test_the_share_of_the_2018_report_stands_beside_eurostat_and_names_its_table(released):
    shares = [s for s in released.table("city_statistics") if s["indicator"] == "non_eu_citizens_share"]
    assert len(shares) == 29
    assert {(s["source_id"], s["unit"], s["year"]) for s in shares} == {("oomen_2018", "percent", "")}
    names = {p["place_id"]: p["name"] for p in released.table("places")}
    barcelona = next(s for s in shares if names[s["place_id"]] == "Barcelona")
    assert (float(barcelona["value"]), "misprint" in barcelona["note"]) == (23.8, True)


def test_the_universe_names_its_gaps_and_gives_representation_its_denominators(released):
    cells = released.table("universes")
    assert sum(int(c["municipalities"]) for c in cells) == 90_413  # the list's 99,140 units, parts of municipalities put together
    gaps = {c["country"] for c in cells if c["gap"]}
    assert {"FR", "CY"} <= gaps
    assert not {"GR", "IE", "PT"} & gaps
    by_place = {"municipality_size_class", "degurba", "country", "region_of_europe", "eu_membership"}
    assert {r["dimension"] for r in released.table("representation")} == {*by_place, "urban_centre_size_class"}


def test_a_judgement_leads_to_who_decided_when_why_and_on_what(released):
    judged = {j["judgement_id"]: j for j in released.table("judgements")}
    craiova = next(j for j in judged.values() if j["about"] == "membership")
    assert (craiova["verdict"], craiova["happened"], craiova["decided_on"]) == ("left", "2009-03-04/2010-02-28", "2026-11-22")
    assert craiova["evidence_url"].startswith("http")
    assert "@" not in craiova["reviewer"]
    assert {j["about"] for j in judged.values()} == {
        "body",
        "country_name",
        "membership",
        "municipal_change",
        "place_name",
        "statistical_city",
    }


def test_a_class_that_a_rule_keeps_out_is_not_read_as_under_represented(released):
    rows = [r for r in released.table("representation") if r["network_id"] == "integrating_cities" and r["class"] in ("5-10k", "20-50k")]
    assert {r["reading"] for r in rows if r["dimension"] == "municipality_size_class"} == {"excluded_by_rule"}
    national = [r for r in released.table("representation") if r["network_id"] == "staedte_sicherer_haefen"]
    of_everybody = {r["universe"].split("(")[0] for r in national if r["universe_kind"] in ("at_least_5000", "residents")}
    assert of_everybody == {"municipalities of at least 5000 residents in DE ", "residents of DE "}


def test_checks_on_lists_statistics_places_and_tables_are_published(released):
    assert {q["suite"] for q in released.table("quality")} == {"listing", "statistics", "places", "tables"}


def test_every_table_is_explained_in_the_codebook(released):
    told = (PROJECT / "docs" / "tables.md").read_text()
    for file in (released.release / "data").glob("*.csv"):
        assert f"`{file.stem}`" in told or f"## {file.stem}" in told
