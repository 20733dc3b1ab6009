"""The benchmark of reading: F1, shares and bounds on outcomes that can be counted by hand, and the pages it times."""

import math
import runpy
from pathlib import Path

import pytest
import reading_speed
from reading_pages import Listing, Row, TestPage

from citynet.errors import SourceChanged
from citynet.reading.auto import AutoRead, Known, read_auto

BENCHMARK = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "reading.py"))
Outcome, Scores, broken, f1, scores = (BENCHMARK[name] for name in ("Outcome", "Scores", "broken", "f1", "scores"))
NOTHING_KNOWN = Known(is_place=lambda text, country: False, country_of=lambda text: "")


def outcome(family="cards", truth=("Graz", "Linz"), names=(), refused="", trouble=""):
    page = TestPage(family, f"{family}-00", b"", "text/html", truth)
    return Outcome(page, names, refused, 0.0, trouble)


@pytest.mark.parametrize(
    ("truth", "names", "expected"),
    [
        (("Graz", "Linz"), ("Linz", "Graz"), 1.0),
        (("Graz", "Linz"), ("Graz",), 2 / 3),
        (("Graz",), ("Graz", "Graz", "Graz"), 0.5),
        (("Graz", "Graz"), ("Graz",), 2 / 3),
        (("Bad  Ischl",), (" Bad Ischl\n",), 1.0),
        (("Graz",), ("graz",), 0.0),
        (("Graz",), (), 0.0),
        ((), ("Graz",), 0.0),
        ((), (), 1.0),
    ],
)
def test_f1_is_taken_on_names_as_often_as_they_stand_white_space_folded(truth, names, expected):
    assert f1(truth, names) == pytest.approx(expected)


def test_a_set_is_scored_over_its_pages_and_its_worst_family_by_their_mean():
    found = scores(
        [
            outcome("cards", names=("Graz", "Linz")),
            outcome("cards", names=("Graz",)),
            outcome("table", refused="nothing found"),
            outcome("no list", truth=(), refused="nothing found"),
            outcome("no list", truth=(), names=("Wien",)),
        ]
    )
    assert found == Scores(
        pages=3,
        mean_f1=pytest.approx(5 / 9),
        worst_f1=0.0,
        enough=pytest.approx(1 / 3),
        false_refusals=1,
        without_list=2,
        refused_rightly=0.5,
        families={"cards": pytest.approx(5 / 6), "table": 0.0},
    )


def test_an_error_is_no_refusal():
    assert not outcome(truth=(), refused="nothing found", trouble="SourceChanged: no page").rightly_refused


def test_bounds_that_are_not_kept_are_named_and_what_no_page_tells_breaks_none():
    good = Scores(3, 0.96, 0.5, 0.95, 0, 20, 0.95, {"cards": 0.8})
    assert broken(good) == []
    assert broken(Scores(3, 0.9, 0.5, 0.95, 0, 20, 0.9, {"cards": 0.79})) == [
        "mean F1 0.900 of at least 0.95",
        "worst family 0.790 of at least 0.8",
        "refused rightly 0.900 of at least 0.95",
    ]
    nothing = scores([])
    assert math.isnan(nothing.mean_f1)
    assert broken(nothing) == []


def test_a_page_that_ends_in_an_error_of_the_project_is_told_and_the_next_is_read(monkeypatch):
    def read(body, content_type, known, propose=True):
        if not body:
            raise SourceChanged("x https://x.example: expected a page, got nothing")
        return AutoRead((), "", "", {}, 0.0, "no names")

    monkeypatch.setitem(BENCHMARK["read"].__globals__, "read_auto", read)
    pages = [TestPage("a", "a-00", b"", "text/html", ()), TestPage("a", "a-01", b"<p>", "text/html", ())]
    first, second = BENCHMARK["read"](pages, NOTHING_KNOWN)
    assert (first.trouble, first.refused) == ("SourceChanged: x https://x.example: expected a page, got nothing", "")
    assert (second.trouble, second.refused, second.rightly_refused) == ("", "no names", True)


def test_misses_are_shown_with_the_names_that_lack_and_those_too_many(capsys):
    BENCHMARK["show_misses"]([outcome(names=("Graz", "Wien")), outcome("ads", truth=(), names=("Rom",)), outcome(names=("Graz", "Linz"))])
    assert capsys.readouterr().out.splitlines() == [
        "  cards-00: F1 0.500 of 2 names",
        "    missing 1: Linz",
        "    extra 1: Wien",
        "  ads-00: expected a refusal, got 1 names",
        "    extra 1: Rom",
    ]


def test_pages_written_to_a_folder_stand_beside_their_truth(tmp_path):
    page = TestPage("rest", "rest-00", b"[]", "application/json", ("Graz", "Linz"))
    assert list(BENCHMARK["dump"]([page], tmp_path / "pages")) == [page]
    assert (tmp_path / "pages" / "rest-00.json").read_bytes() == b"[]"
    assert (tmp_path / "pages" / "rest-00.truth.txt").read_text(encoding="utf-8") == "Graz\nLinz\n"


def test_the_timed_pages_are_as_large_as_they_say_and_their_readers_read_every_row(monkeypatch):
    """Reading without configuration is no part of it: it is given the beginning of each page."""
    monkeypatch.setattr(reading_speed, "RUNS", 1)
    monkeypatch.setattr(reading_speed, "read_auto", lambda body, *more, **named: read_auto(body[:20_000], *more, **named))
    rows = tuple(Row(f"Neustadt {number}", "DE", "DE", "") for number in range(reading_speed.ROWS))
    runs = [run for run in reading_speed.speeds([Listing("long", rows)], NOTHING_KNOWN) if run.reader != "auto"]
    assert [(run.what, run.rows) for run in runs] == [("200 members", 200), ("12000 rows", 12_000)]
    assert 245_000 <= runs[0].bytes <= 255_000


def test_a_slow_configured_reader_is_named_and_a_slow_auto_is_not():
    runs = [reading_speed.Run("200 members", reader, 250_000, 200, wall, wall) for reader, wall in (("cards", 300.0), ("auto", 9_000.0))]
    assert reading_speed.broken_speed(runs) == ["200 members, cards: 300 ms of 300 ms"]
