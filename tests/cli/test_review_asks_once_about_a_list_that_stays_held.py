"""A list that is held week after week stands once in `citynet review`; what is answered there holds for each of its captures."""

import csv

import pytest

from citynet.pipelines.names import open_names
from citynet.places.judgements import in_force
from empty_world import world_in
from pipelines.live_pages import capture, listed, register

WHOLE = ("Graz (Austria)", "Linz (Austria)", "Wels (Austria)", "Steyr (Austria)", "Bregenz (Austria)", "Lyon (France)")
WEEKS = ("2024-03-11", "2024-03-18", "2024-03-25")


@pytest.fixture
def world(tmp_path):
    made = world_in(tmp_path)
    register(made)
    capture(made, "2024-03-04", listed(*WHOLE))
    return made


@pytest.fixture
def held(world):
    """The captures of the list that is held, by id."""
    return [capture(world, day, listed(*WHOLE[:3])).capture_id for day in WEEKS]


@pytest.fixture
def review(citynet, world, tmp_path):
    def call(*arguments: object):
        done = citynet("review", *(f"--{name}={tmp_path / name}" for name in ("store", "published", "registry", "judgements")), *arguments)
        assert done.code == 0, done.stderr
        return done.stdout

    return call


def test_it_is_printed_once_with_the_line_for_its_first_capture(review, held):
    shown = review("--date", "2024-03-26")
    assert shown.startswith("1 open question\n")
    assert "the same list at 3 looks, from 2024-03-11 to 2024-03-25; a line on the first is enough" in shown
    assert shown.count("captures.csv: ") == 1
    assert f"captures.csv: rivers,{held[0]},accept or reject,REVIEWER,2024-03-26,REASON," in shown


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_an_answered_row_decides_each_capture_and_can_be_decided_anew(review, world, held, table_of, tmp_path, verdict):
    for number, (answer, anew) in enumerate(((verdict, ()), ({"accept": "reject", "reject": "accept"}[verdict], ("--anew",)))):
        review("--csv", tmp_path / "questions.csv", *anew)
        (row,) = [row for row in table_of(tmp_path / "questions.csv") if row["name"] == held[-1]]
        with (tmp_path / "answers.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(row))
            writer.writeheader()
            writer.writerow({**row, "verdict": answer, "reason": "asked the secretariat"})
        review("--answers", tmp_path / "answers.csv", "--reviewer", "editor", "--date", f"2024-04-0{number + 1}", *anew)
        decided = in_force(open_names(world).judgements.captures)
        assert {capture_id: line.values["verdict"] for (_, capture_id), line in decided.items()} == dict.fromkeys(held, answer)
    assert review().startswith("no question waits")
