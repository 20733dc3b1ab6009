"""What feeds told is corrected in them by the judgement alone: a list refused, a merger recorded late, a name matched anew."""

import pytest

from citynet.networks import load_one
from citynet.pipelines.alert_tables import finished
from citynet.pipelines.inputs import gather
from citynet.pipelines.membership_tables import change_row
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.undone_changes import Past, past
from citynet.pipelines.views import View, view
from citynet.places.judgement_files import COLUMNS
from pipelines.live_pages import capture, listed, register
from pipelines.live_release import FLAG, LATER, REMATCHED, TO_NOTHING, change, judged, record, release

MEMBERS = ("Graz (Austria)", "Linz (Austria)", "Wels (Austria)", "Steyr (Austria)", "Bregenz (Austria)")
WITHOUT_WELS = tuple(member for member in MEMBERS if member != "Wels (Austria)")
VILLACH, WELS, LINZ = "gn2762372", "gn2761524", "gn2772400"
WEEKS = ("2024-03-04", "2024-03-11", "2024-03-18", "2024-03-25", "2024-04-01", "2024-04-08", "2024-04-15", "2024-04-22", "2024-04-29")
ON = "2022-11-10"
TAKEN_BACK = {"change": "corrected", "cause": "judgement", "before": "joined", "after": "", "latest": ON, "known_at": f"{ON}T00:00:00Z"}
MERGED = {"change": "merged", "cause": "municipal_change", "before": "gn3067696", "after": "gn3060972", "known_at": f"{ON}T00:00:00Z"}
DAYS = "between 2022-09-15 and 2022-10-15 (dates of the lists)"
JOINED = f"Correction: Pact of Free Cities: Bratislava (SK) joined {DAYS}. This does not stand"


def judge(world: Outside, file: str, *lines: str) -> None:
    (world.judgements / file).write_text("\n".join([",".join(COLUMNS[file]), *sorted(lines)]) + "\n")


def seen(world: Outside) -> tuple[View, Past]:
    names = open_names(world)
    inputs = gather(world, names)
    assert inputs is not None
    found = view(world, inputs, load_one(str(world.registry / "rivers.yml")), names, misconfigured=False)
    return found, past([found], names)


def of_records(found: View) -> list[tuple[str, ...]]:
    return [(c.place_id, c.change, c.cause, c.before, c.known_at[:10], c.evidence_capture_id) for c in found.history.changes if not c.world]


def test_a_refused_list_takes_its_join_back_in_our_records_with_the_list_and_the_day(outside: Outside) -> None:
    register(outside)
    capture(outside, WEEKS[0], listed(*MEMBERS))
    hacked = capture(outside, WEEKS[1], listed(*MEMBERS, "Villach (Austria)")).capture_id
    capture(outside, WEEKS[2], listed(*MEMBERS))
    before, _ = seen(outside)
    assert [c.place_id for c in before.history.changes if c.world] == [VILLACH]
    judge(outside, "captures.csv", f"rivers,{hacked},reject,editor,2024-03-20,the page was hacked,")
    found, known = seen(outside)
    assert [c for c in found.history.changes if c.world] == []
    assert of_records(found) == [(VILLACH, "corrected", "judgement", "joined", "2024-03-20", hacked)]
    assert [(row["change"], row["place_id"], row["undone_on"], row["turned"]) for row in known.undone] == [
        ("joined", VILLACH, "2024-03-20", hacked)
    ]


def test_cut_lists_that_are_refused_take_the_departure_back(outside: Outside) -> None:
    register(outside)
    capture(outside, WEEKS[0], listed(*MEMBERS))
    cut = [capture(outside, day, listed(*WITHOUT_WELS)).capture_id for day in WEEKS[1:]]
    assert [c.change for c in seen(outside)[0].history.changes if c.world] == ["left"]
    judge(outside, "captures.csv", *(f"rivers,{one},reject,editor,2024-05-02,the page was cut," for one in cut))
    found, _ = seen(outside)
    assert [row[:5] for row in of_records(found)] == [(WELS, "corrected", "judgement", "left", "2024-05-02")]


def test_a_departure_that_a_merger_recorded_later_explains_is_known_with_that_record(outside: Outside) -> None:
    register(outside)
    capture(outside, WEEKS[0], listed(*MEMBERS))
    for day in WEEKS[1:]:
        capture(outside, day, listed(*WITHOUT_WELS))
    judge(outside, "municipal_changes.csv", f"{WELS},merged_into,{LINZ},,2024-03-08,editor,2024-05-02,law,https://law.example")
    found, known = seen(outside)
    assert [row[:2] + row[4:5] for row in of_records(found)] == [(LINZ, "merged", "2024-05-02")]
    assert [(row["change"], row["place_id"], row["undone_on"]) for row in known.undone] == [("left", WELS, "2024-05-02")]
    assert known.places[WELS] == "Wels (AT)"


def test_a_join_that_a_merger_recorded_later_explains_is_known_with_that_record(outside: Outside) -> None:
    register(outside)
    capture(outside, WEEKS[0], listed(*(member for member in MEMBERS if member != "Linz (Austria)")))
    capture(outside, WEEKS[1], listed(*WITHOUT_WELS))
    judge(outside, "municipal_changes.csv", f"{WELS},merged_into,{LINZ},,2024-03-08,editor,2024-05-02,law,https://law.example")
    found, known = seen(outside)
    assert [row[:2] + row[4:5] for row in of_records(found)] == [(LINZ, "merged", "2024-05-02")]
    assert [(row["change"], row["place_id"], row["undone_on"]) for row in known.undone] == [("joined", LINZ, "2024-05-02")]


def was(record_id: str = "b1", **values: object) -> Past:
    """What the sample had told once: a join of Bratislava, by the list of October."""
    return Past([{**change("a9", **values), "record_id": record_id, "undone_on": ON, "turned": LATER}], {"gn99": "Nitra (SK)"})


def test_feeds_take_back_what_they_had_told_by_name_and_quality_counts_it() -> None:
    made = finished(release(records=[record(**TAKEN_BACK)]), {}, "2022-12-01", was())
    (found,) = made["record_changes"]
    assert found["takes_back"] == f"{JOINED}: on {ON} a person decided anew which lists to believe, and they do not show it."
    assert found["sentence"] is not None
    assert "“joined” is taken back, since a list was decided anew" in str(found["sentence"])
    counted = {row["measure"]: (row["value"], row["n"]) for row in made["alert_quality"]}
    assert (counted["corrected"], counted["adjudicated"], counted["corrected_of_all"]) == ((1, 1), (1, 1), (1.0, 1))


@pytest.mark.parametrize(
    ("values", "changes", "flag"),
    [
        ({"change": "left", "cause": "not_seen", "known_at": "2022-11-01T08:00:00Z"}, (), {}),
        ({"capture_origin": "archived"}, (), {}),
        ({"tie": "observer"}, (), {}),
        ({}, (change("a1"),), {}),
        ({}, (), judged("harm_flags.csv", **FLAG)),
    ],
    ids=["the days of reply ran", "archived", "no membership", "it stands again", "flagged"],
)
def test_what_no_feed_had_told_or_what_stands_again_is_not_taken_back(values, changes, flag) -> None:
    made = finished(release(*changes, records=[record(**TAKEN_BACK)]), flag, "2022-12-01", was(**values))
    assert [row["takes_back"] for row in made["record_changes"]] == [None]


def test_a_merger_recorded_late_takes_back_the_departure_that_feeds_told() -> None:
    left = was(change="left", cause="not_seen", place_id="gn3067696", known_at="2022-10-15T08:00:00Z")
    (found,) = finished(release(records=[record(**MERGED)]), {}, "2022-12-01", left)["record_changes"]
    assert str(found["takes_back"]).startswith("Correction: Pact of Free Cities: Praha (CZ) left between")
    assert str(found["takes_back"]).endswith(f"Praha (CZ) was merged into Bratislava (SK), as recorded on {ON}.")
    assert "our record of Bratislava (SK): it goes on from Praha (CZ), which was merged into it" in str(found["sentence"])
    (told_to_nobody,) = finished(release(records=[record(**MERGED)]), {}, "2022-12-01")["record_changes"]
    assert told_to_nobody["takes_back"] is None


@pytest.mark.parametrize("facts", [{**REMATCHED, "before": "gn99"}, {**TO_NOTHING, "before": "gn99"}])
def test_a_body_that_no_list_names_any_more_is_corrected_under_its_name(facts) -> None:
    made = release(change("a1", matched_on=ON), records=[record(**facts)])
    (found,) = finished(made, {}, "2022-12-01", was())["record_changes"]
    assert "what was told before 2022-11-10 of Nitra (SK) does not stand" in str(found["takes_back"])


def test_the_row_of_a_change_is_the_same_whether_a_table_holds_it_or_held_it(outside: Outside) -> None:
    register(outside)
    for day, members in zip(WEEKS, (MEMBERS, (*MEMBERS, "Villach (Austria)")), strict=False):
        kept = capture(outside, day, listed(*members))
    (now,) = seen(outside)[0].history.changes
    judge(outside, "captures.csv", f"rivers,{kept.capture_id},reject,editor,2024-03-20,the page was hacked,")
    (once,) = seen(outside)[1].undone
    assert {column: once[column] for column in change_row(now)} == change_row(now)
