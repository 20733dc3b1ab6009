"""Table alert_quality and the file beside the releases: what was disputed, looked at again and wrong, each change once."""

import csv

import pytest
from scipy.stats import beta

from citynet.alerts.outbox import NAMELESS, Message
from citynet.pipelines.alert_quality import Sent, publish_alert_quality, quality_rows, sent_of
from citynet.pipelines.alert_tables import finished
from pipelines.live_release import ANSWERED, LEFT, REMATCHED, UNDONE, change, judged, record, release
from publishing.rows import claim, tables


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
    assert (found["disputed"]["n"], found["replied_to"]["n"]) == (5, 5)  # of what was told, not of all claims


def test_corrections_that_nobody_asked_for_count_too_and_withdrawals_apart():
    """Of ten changes sent one was upheld, one rejected, two we corrected ourselves (one of them by mistake), one was withdrawn."""
    told = tuple({"change_id": f"c{n}", "place_id": "gn1"} for n in range(10))
    messages = [
        message("digest", *told),
        message("correction", told[0], told[2], told[3], {**told[4], **NAMELESS}),
        message("reinstatement", told[3]),
        message("correction", told[9], state="waiting"),
    ]
    made = release() | {"corrections": claims("upheld", "rejected")}
    found = measures(quality_rows(made, "2022-10-16", sent_of(messages)))
    values = {m: (found[m]["value"], found[m]["n"]) for m in ("alerts_sent", "adjudicated", "corrected", "corrected_by_us", "withdrawn")}
    assert values == {"alerts_sent": (10, 10), "adjudicated": (3, 10), "corrected": (2, 3), "corrected_by_us": (1, 2), "withdrawn": (1, 10)}
    assert (found["precision"]["value"], found["precision"]["n"]) == (pytest.approx(1 / 3), 3)
    assert (found["corrected_of_all"]["value"], found["corrected_of_all"]["n"]) == (0.2, 10)
    assert found["corrected_of_all"]["high"] == pytest.approx(beta.ppf(0.975, 3, 8))


def message(kind, *changes, state="sent"):
    return Message("m", "r", kind, state, "", "", "", "", "", changes)


def test_in_a_release_what_records_take_back_counts_as_corrected():
    made = finished(release(change("a1", matched_on="2022-11-10"), records=[record(**REMATCHED)]), {}, "2022-12-01")
    found = measures(made["alert_quality"])
    assert [(found[m]["value"], found[m]["n"]) for m in ("corrected", "corrected_by_us", "precision")] == [(1, 1), (1, 1), (0, 1)]


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
    beside = measures(quality_rows(made, "2022-10-16", sent=Sent(frozenset({"c1", "c7"}))))
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


@pytest.mark.parametrize(
    ("facts", "claimed", "counts"),
    [
        (REMATCHED, {"place_id": "gn3067696", "row_id": "gone"}, 1),
        (UNDONE, {"row_id": "gone"}, 1),
        (UNDONE, {"row_id": "a1"}, 2),
        (REMATCHED, {"place_id": "gn3067696", "row_id": "gone", "received": "2022-11-11"}, 1),
        (UNDONE, {"row_id": "gone", "received": "2022-11-11"}, 1),
        (UNDONE, {"row_id": "a1", "received": "2022-11-11"}, 2),
        (REMATCHED, {"place_id": "gn3054643", "row_id": "gone"}, 2),
        (REMATCHED, {"place_id": "gn3067696", "row_id": "gone", "outcome": "rejected"}, 1),
    ],
    ids=[
        *("matched otherwise", "departure undone", "its join was wrong", "claim came later", "claim on the departure came later"),
        *("claim on the join came later", "another place", "rejected"),
    ],
)
def test_an_error_that_a_claim_showed_and_our_record_put_right_is_one_error(facts, claimed, counts):
    """The claim is upheld and, as docs/operations.md asks, the fact has its own line."""
    lines = judged("claims.csv", **{**ANSWERED, "outcome": "upheld", **claimed})
    matched_on = "2022-11-10" if facts is REMATCHED else None
    found = finished(release(change("a1", matched_on=matched_on), records=[record(**facts)]), lines, "2022-12-01")
    assert measures(found["alert_quality"])["corrected"]["value"] == counts
    assert sum(bool(row["takes_back"]) for name in ("corrections", "record_changes") for row in found[name]) == counts


def test_a_claim_that_was_rejected_before_our_record_was_put_right_is_no_change_that_stood():
    """In a release and beside it; where the change stands, a correction that somebody got before they left is not counted."""
    lines = judged("claims.csv", **{**ANSWERED, "outcome": "rejected", "row_id": "gone"})
    found = measures(finished(release(records=[record(**UNDONE)]), lines, "2022-12-01")["alert_quality"])
    assert {m: found[m]["value"] for m in ("adjudicated", "corrected", "precision")} == {"adjudicated": 1, "corrected": 1, "precision": 0}
    sent = Sent(frozenset({"c0"}), frozenset({"c0"}))
    for changes, wrong in (([], 1), ([change("c0")], 0)):
        beside = measures(quality_rows(release(*changes) | {"corrections": claims("rejected")}, "2022-10-16", sent))
        assert (beside["adjudicated"]["value"], beside["corrected"]["value"]) == (1, wrong)


@pytest.mark.parametrize(("received", "said"), [("2022-10-20", {"correction-9", "b2"}), ("2022-11-20", {"b1", "b2"})])
def test_one_claim_stands_for_one_record_that_puts_its_body_right(received, said):
    """Two departures of a body were undone in turn; the claim is about the one that was put right next, else last."""
    records = [record(**UNDONE), record(**UNDONE) | {"change_id": "b2", "latest": "2022-11-15"}]
    lines = judged("claims.csv", **{**ANSWERED, "outcome": "upheld", "row_id": "gone", "received": received, "answered_on": "2022-11-21"})
    found = finished(release(records=records), lines, "2022-12-01")
    assert {row["case_id"] for row in found["corrections"] if row["takes_back"]} | {
        row["change_id"] for row in found["record_changes"] if row["takes_back"]
    } == said
    assert measures(found["alert_quality"])["corrected"]["value"] == 2
