"""Telling, sentences and quality of alerts as columns of a release, by the rule that alerts use."""

import csv

import pytest
from scipy.stats import beta

from citynet.model import Judgement
from citynet.pipelines.alert_quality import publish_alert_quality, quality_rows
from citynet.pipelines.alert_tables import finished
from publishing.one_row import row
from publishing.rows import PACT_2019, PACT_2022, claim, source, tables

LATER = "20221015T000000Z-bbbbbbbbbbbb"
PACT = {"network_id": "pact_of_free_cities", "tie": "full"}


def change(change_id: str, **values):
    facts = {"place_id": "gn3060972", "change": "joined", "cause": "listing", "earliest": "2022-09-15", "latest": "2022-10-15"}
    facts |= {"known_at": "2022-10-15T08:00:00Z", "evidence_capture_id": LATER, "capture_origin": "live"}
    return row("membership_changes", change_id=change_id, **{**PACT, **facts, **values})


def release(*changes, records=()):
    """The sample with live lists of September and October and these changes."""
    made = tables()
    live = {"capture_origin": "live"}
    made["sources"] = [
        source("pact_of_free_cities", capture, "https://pact.example", at, **live)
        for capture, at in ((PACT_2022, "2022-09-15T00:00:00Z"), (LATER, "2022-10-15T00:00:00Z"))
    ]
    return made | {"membership_changes": list(changes), "record_changes": list(records), "corrections": [], "alert_quality": []}


def judged(file: str, **values) -> dict:
    return {file: (Judgement(f"{file}:2", values),)}


def told(made, lines, as_of="2022-10-16") -> dict:
    rows = finished(made, lines, as_of)["membership_changes"]
    return {r["change_id"]: (r["telling"], r["alert_from"], r["not_told_because"]) for r in rows}


LEFT = {"change": "left", "cause": "not_seen", "place_id": "gn3054643"}
FLAG = {"place_id": "gn3060972", "verdict": "flagged", "change_id": "", "reviewer": "r", "date": "2022-10-01", "reason": "threats"}


def test_a_join_between_two_live_lists_is_told_at_once_with_a_sentence():
    (made,) = finished(release(change("a1")), {}, "2022-10-16")["membership_changes"]
    assert (made["telling"], made["alert_from"]) == ("now", "2022-10-15")
    assert made["sentence"].startswith("Pact of Free Cities: Bratislava (SK) joined between 2022-09-15 and 2022-10-15")


@pytest.mark.parametrize(("as_of", "telling"), [("2022-10-28", "later"), ("2022-10-29", "now")])
def test_a_departure_that_nobody_printed_waits_ten_working_days(as_of, telling):
    assert told(release(change("a2", **LEFT)), {}, as_of)["a2"][:2] == (telling, "2022-10-29")


def test_the_days_of_a_list_that_a_person_let_in_run_from_that_day():
    """Its changes are known from that day on."""
    made = release(change("a2", **LEFT, known_at="2022-11-15T00:00:00Z"))
    assert told(made, {}, "2022-11-20")["a2"][:2] == ("later", "2022-11-30")


def test_what_a_rebuilt_or_the_first_live_list_shows_is_never_told():
    rebuilt = change("a3", evidence_capture_id=PACT_2019, capture_origin="reconstructed")
    first = change("a4", evidence_capture_id=PACT_2022)
    assert {telling for telling, _, _ in told(release(rebuilt, first), {}).values()} == {"never"}


def test_a_flagged_place_waits_for_a_person_and_no_row_says_that_it_is_flagged():
    made = release(change("a1"), records=[record()])
    found = finished(made, judged("harm_flags.csv", **FLAG), "2022-10-16")
    assert found["membership_changes"][0]["telling"] == "later"
    assert found["record_changes"][0]["sentence"] is None
    assert "harm" not in str(found)
    agreed = {"harm_flags.csv": (Judgement("h:2", FLAG), Judgement("h:3", {**FLAG, "verdict": "agreed", "change_id": "a1"}))}
    assert told(made, agreed)["a1"][0] == "now"


def record():
    facts = {"place_id": "gn3060972", "change": "renamed", "cause": "spelling", "before": "Pressburg", "after": "Bratislava"}
    facts |= {"latest": "2022-10-15", "known_at": "2022-10-15T08:00:00Z", "evidence_capture_id": LATER, "capture_origin": "live"}
    return row("record_changes", change_id="b1", **PACT, **facts)


def test_a_change_of_the_record_says_that_no_membership_changed():
    (made,) = finished(release(records=[record()]), {}, "2022-10-16")["record_changes"]
    assert made["sentence"].endswith("renamed from “Pressburg” to “Bratislava” (spelling). No change of membership.")


def test_an_open_claim_holds_a_change_back_and_is_a_case_and_a_line_of_the_log():
    stated = {"case_id": "correction-9", "what": "correction", "row_id": "a1", "place_id": "gn3060972", "claim": "No", "evidence_url": ""}
    stated |= {
        "network_id": "pact_of_free_cities",
        "received": "2022-10-16",
        "outcome": "",
        "answered_on": "",
        "reviewer": "",
        "reason": "",
    }
    found = finished(release(change("a1")), judged("claims.csv", **stated), "2022-10-17")
    assert found["membership_changes"][0]["telling"] == "later"
    assert found["membership_changes"][0]["open_claims"] == 1
    assert "correction-9" in {c["case_id"] for c in found["review_cases"]}
    assert [c["case_id"] for c in found["corrections"]] == ["correction-9"]


def test_what_is_withdrawn_is_in_no_table_and_counts_nowhere():
    withdrawn = judged("withdrawals.csv", what="place", place_id="gn3054643", network_id="", reason_class="safety", date="2022-10-16")
    found = finished(release(change("a2", **LEFT)), withdrawn, "2022-10-16")
    assert [name for name, rows in found.items() if "gn3054643" in str(rows)] == []
    assert {n["network_id"]: n["members_counted"] for n in found["networks"]}["pact_of_free_cities"] == 2


# --- alert_quality --------------------------------------------------------------------------------------------------


def measures(rows) -> dict:
    return {r["measure"]: r for r in rows}


def claims(*outcomes):
    answered = {"answered_on": "2022-10-20", "reviewer": "r", "reason": "why", "received": "2022-10-16"}
    return [
        claim(f"correction-{n}", "correction", f"c{n}", outcome=o, days_to_answer=n if o else None, due="2022-10-30", **answered)
        for n, o in enumerate(outcomes)
    ]


def test_precision_is_that_of_answered_corrections_with_its_exact_interval():
    made = release() | {"corrections": claims("upheld", "rejected", "rejected", "rejected", None)}
    found = measures(quality_rows(made, "2022-10-16"))
    assert [found[m]["value"] for m in ("disputed", "adjudicated", "corrected")] == [5, 4, 1]
    assert (found["precision"]["value"], found["precision"]["n"]) == (0.75, 4)
    assert found["precision"]["low"] == pytest.approx(beta.ppf(0.025, 3, 2))
    assert found["precision"]["high"] == pytest.approx(beta.ppf(0.975, 4, 1))
    assert found["median_days_to_answer"]["value"] == 1.5


def test_without_answers_there_is_no_precision_rather_than_a_perfect_one():
    found = measures(quality_rows(release(), "2022-10-16"))
    assert [found["precision"][c] for c in ("value", "low", "high", "interval_model")] == [None] * 4


def test_the_days_to_a_departure_run_from_the_first_list_without_the_member():
    printed = change("a3", change="left", cause="statement")
    left = [change(f"a{n}", **LEFT | {"latest": day}) for n, day in enumerate(("2022-09-03", "2022-08-06"))]
    found = measures(quality_rows(finished(release(printed, *left), {}, "2022-10-16"), "2022-10-16"))
    assert (found["median_days_to_departure"]["value"], found["median_days_to_departure"]["n"]) == (56, 2)


def test_totals_that_lists_print_bound_the_departures_that_nobody_can_name():
    made = release()
    made["sources"][0] |= {"printed_count": 307, "implied_departures": None}
    made["sources"][1] |= {"printed_count": 294, "implied_departures": 2}
    found = measures(quality_rows(made, "2022-10-16"))
    assert (found["departures_implied_by_totals"]["value"], found["departures_implied_by_names"]["value"]) == (13, 2)


def test_a_release_does_not_say_how_many_alerts_were_sent_and_the_file_beside_it_does():
    made = release() | {"corrections": claims("upheld", "rejected")}
    assert measures(quality_rows(made, "2022-10-16"))["alerts_sent"]["value"] is None
    beside = measures(quality_rows(made, "2022-10-16", sent={"c1", "c7"}))
    assert (beside["alerts_sent"]["value"], beside["adjudicated"]["value"], beside["corrected"]["value"]) == (2, 1, 0)


def test_the_file_beside_the_releases_is_written_once(world_with_a_release):
    outside, folder = world_with_a_release
    publish_alert_quality(outside)
    with (folder / "alert_quality.csv").open() as file:
        found = {r["measure"]: r["value"] for r in csv.DictReader(file)}
    assert found["alerts_sent"] == "0.0"
    before = (folder / "alert_quality.csv").stat().st_mtime_ns
    publish_alert_quality(outside)
    assert (folder / "alert_quality.csv").stat().st_mtime_ns == before


@pytest.fixture
def world_with_a_release(tmp_path):
    from citynet.pipelines.outside import open_outside
    from citynet.publishing.release import publish
    from publishing.conftest import CONTEXT, RELEASE

    folders = {"CITYNET_STORE": str(tmp_path / "store"), "CITYNET_PUBLISHED": str(tmp_path / "published"), "CITYNET_MODE": "none"}
    outside = open_outside(folders)
    publish(outside.published, RELEASE, tables(), context=CONTEXT)
    return outside, tmp_path / "published"


def test_no_note_and_no_sentence_says_more_than_is_known():
    from citynet.publishing.phrases import forbidden_in

    found = finished(release(change("a1"), change("a2", **LEFT), records=[record()]), {}, "2022-10-16")
    told = [r["note"] for r in found["alert_quality"]]
    told += [r["sentence"] for name in ("membership_changes", "record_changes") for r in found[name]]
    assert [text for text in told if forbidden_in(text)] == []
