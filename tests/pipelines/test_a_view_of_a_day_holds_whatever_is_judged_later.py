"""`rebuild --as-of`: what people record, ask, answer or flag later changes neither the tables nor the id of the view of an earlier day."""

import json
from pathlib import Path

import pytest

from citynet.model import Row
from citynet.pipelines import inputs, monitor
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import Outside
from empty_world import copied, world_in
from pipelines.live_pages import capture, listed, register

GRAZ, LINZ, STEYR, WELS, DUCKBURG = "Graz (Austria)", "Linz (Austria)", "Steyr (Austria)", "Wels (Austria)", "Entenhausen (Germany)"
LINZ_ID, WELS_ID, STEYR_ID, BERLIN_ID = "gn2772400", "gn2761524", "gn2764359", "gn2950159"
ROUNDS = (
    ("2024-03-04", (GRAZ, LINZ, WELS, DUCKBURG)),
    *((day, (GRAZ, LINZ, STEYR, DUCKBURG)) for day in ("2024-03-11", "2024-03-18", "2024-04-15", "2024-05-06")),
)
DAY, LATER = "2024-05-31", "2024-06-06"
CLAIM = f"k1,correction,rivers/{LINZ_ID}/full,rivers,{LINZ_ID},it is not so,https://linz.example,"
CLAIMS = "case_id,what,row_id,network_id,place_id,claim,evidence_url,received,outcome,answered_on,reviewer,reason"
JUDGED = {
    "municipal_changes.csv": (
        "place_id,change,successor_id,former_name,date,reviewer,decided_on,reason,evidence_url",
        f"{WELS_ID},merged_into,{LINZ_ID},,2024-03-08,editor,{LATER},law,https://law.example",
    ),
    "claims.csv": (CLAIMS, f"{CLAIM}{LATER},,,,"),
    "harm_flags.csv": ("place_id,verdict,change_id,reviewer,date,reason", f"{STEYR_ID},flagged,,editor,{LATER},safety"),
    "memberships.csv": (
        "network_id,place_id,verdict,date,reviewer,decided_on,reason,evidence_url",
        f"rivers,{LINZ_ID},left,2024-05-10,editor,{LATER},It said so,https://linz.example",
    ),
}
PLACES = (
    "name,country,network_id,verdict,place_id,reviewer,date,reason,evidence_url",
    f"Entenhausen,DE,,is,{BERLIN_ID},editor,{LATER},it is,",
)


@pytest.fixture(scope="module")
def once_looked(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("looked")
    outside = world_in(folder)
    register(outside)
    for day, members in ROUNDS:
        capture(outside, day, listed(*members))
    return folder


@pytest.fixture
def world(once_looked: Path, tmp_path: Path) -> Outside:
    return copied(once_looked, tmp_path / "world")


def judge(outside: Outside, file: str, *lines: str) -> None:
    (outside.judgements / file).write_text("\n".join((*lines, "")))


def shown(outside: Outside, day: str = "") -> tuple[str, dict[str, list[Row]]]:
    """The id and the tables of the release as known on a day, "" = now."""
    found = inputs.gather(outside, open_names(outside), day)
    assert found is not None
    inputs.keep(outside, found)
    monitor.build(outside, found.release_id, anew=True)
    return found.release_id, json.loads(outside.store.read(f"building/{found.release_id}/tables.json"))


@pytest.mark.parametrize("file", sorted(JUDGED))
def test_a_line_of_a_later_day_changes_today_and_no_earlier_day(world: Outside, file: str) -> None:
    now, then = shown(world), shown(world, DAY)
    judge(world, file, *JUDGED[file])
    assert shown(world)[1] != now[1]
    assert shown(world, DAY) == then
    assert shown(world, LATER)[1] != then[1]


def test_a_claim_answered_later_is_open_on_the_days_before_its_answer(world: Outside) -> None:
    judge(world, "claims.csv", CLAIMS, f"{CLAIM}2024-05-20,,,,")
    then = shown(world, DAY)
    judge(world, "claims.csv", CLAIMS, f"{CLAIM}2024-05-20,upheld,{LATER},editor,It has left")
    assert shown(world, DAY) == then
    (row,) = then[1]["corrections"]
    assert (row["received"], row["outcome"], row["days_to_answer"]) == ("2024-05-20", None, None)
    assert [r["outcome"] for r in shown(world, LATER)[1]["corrections"]] == ["upheld"]


def test_a_merger_recorded_after_a_departure_was_known_is_known_from_the_day_of_the_record(world: Outside) -> None:
    judge(world, "municipal_changes.csv", *JUDGED["municipal_changes.csv"])
    (left,) = [row for row in shown(world, DAY)[1]["membership_changes"] if row["change"] == "left"]
    assert (left["place_id"], str(left["known_at"])[:10]) == (WELS_ID, "2024-05-06")
    tables = shown(world)[1]
    assert "left" not in {row["change"] for row in tables["membership_changes"]}
    (merged,) = [row for row in tables["record_changes"] if row["change"] == "merged"]
    (spell,) = [row for row in tables["membership_spells"] if row["place_id"] == WELS_ID]
    assert merged["known_at"] == spell["known_to"] == f"{LATER}T00:00:00Z"


def test_a_name_answered_later_is_asked_still_on_the_days_before_its_answer_though_it_is_matched_by_it(world: Outside) -> None:
    judge(world, "places.csv", *PLACES)
    then, now = shown(world, DAY)[1], shown(world)[1]
    (asked,), (answered,) = then["review_cases"], now["review_cases"]
    assert asked["case_id"] == answered["case_id"]
    assert (asked["outcome"], answered["outcome"]) == (None, f"is {BERLIN_ID}, by editor on {LATER}")
    assert BERLIN_ID not in str(asked)
    assert BERLIN_ID in {row["place_id"] for row in then["memberships"]}
