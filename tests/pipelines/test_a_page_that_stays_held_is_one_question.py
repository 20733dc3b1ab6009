"""A page that is held week after week with the same rows is one question: told once, answered once for all its captures."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citynet.model import instant
from citynet.pipelines import queue
from citynet.pipelines.answering import past_cases
from citynet.pipelines.answers import kept
from citynet.pipelines.asking import APPROVE, REJECT
from citynet.pipelines.fetching import readable
from citynet.pipelines.held_lists import SUPERSEDED, capture_cases, held_since
from citynet.pipelines.inputs import gather
from citynet.pipelines.listings import decide
from citynet.pipelines.names import open_names
from citynet.pipelines.operators import questions_told
from citynet.pipelines.registry import open_registry
from citynet.pipelines.review import all_cases, review_rows
from citynet.pipelines.views import view
from pipelines.live_pages import capture, listed, register

WHOLE = ("Graz (Austria)", "Linz (Austria)", "Wels (Austria)", "Steyr (Austria)", "Bregenz (Austria)", "Lyon (France)")
CUT, SHORTER = WHOLE[:3], WHOLE[:2]
DAYS = [(date(2024, 3, 4) + timedelta(weeks=n)).isoformat() for n in range(12)]


@pytest.fixture
def world(outside):
    register(outside, expect="{min: 1, max: 50}")
    return outside


def look(world, *pages, first: int = 0) -> list[str]:
    """A capture a week of each page, from the week `first` on; their ids."""
    return [capture(world, day, listed(*page)).capture_id for day, page in zip(DAYS[first:], pages, strict=False)]


def cases(world):
    return {case.case_id: case for case in all_cases(world, open_names(world)) if case.what == "capture"}


def open_ones(world):
    return [case for case in cases(world).values() if not case.outcome]


def the_open_one(world):
    (case,) = open_ones(world)
    return case


def rows(world, day: str = "") -> list[dict[str, str]]:
    """review_cases as a program reads it."""
    names = open_names(world)
    inputs = gather(world, names, day)
    assert inputs is not None
    seen = view(world, inputs, open_registry(world).get("rivers"), names, misconfigured=False)
    return [{name: str(cell or "") for name, cell in row.items()} for row in review_rows([seen], names)]


def answered(world, option: str, day: str) -> int:
    """Answer the one question of the queue; how many judgements are kept."""
    at = instant(f"{day}T08:00:00Z")
    (question,) = queue.questions(world, at, 100)
    return len(queue.answer(world, question, option, {"reason": "asked the secretariat"}, "editor", at))


def outcomes(world) -> list[str]:
    return [one.outcome for one in decide(world, open_registry(world).get("rivers"), open_names(world))]


def test_the_same_list_week_after_week_is_one_case_with_the_newest_capture_as_evidence(world):
    look(world, WHOLE)
    ids = set()
    for week in range(1, 6):
        (newest,) = look(world, CUT, first=week)
        case = the_open_one(world)
        ids.add(case.case_id)
        assert (case.opened, case.capture_id, len(case.captures)) == (DAYS[1], newest, week)
    assert len(ids) == 1
    (question,) = queue.questions(world, instant("2024-04-10T07:00:00Z"), 100)
    assert f"the same list at 5 looks, from {DAYS[1]} to {DAYS[5]}" in question["body"]
    (row,) = rows(world)
    assert row["evidence"] == f"capture {newest} | rows read: 3 | the same list at 5 looks, from {DAYS[1]} to {DAYS[5]}"


def test_neither_the_order_of_rows_nor_a_late_look_at_the_same_list_makes_another_case(world):
    look(world, WHOLE)
    look(world, CUT[::-1], CUT, first=2)
    before = the_open_one(world)
    look(world, CUT, first=1)
    after = the_open_one(world)
    assert (len(before.captures), len(after.captures)) == (2, 3)
    assert (after.case_id, after.opened) == (before.case_id, DAYS[1])


def test_curators_hear_of_it_once_and_once_more_when_it_is_overdue(world):
    look(world, WHOLE)
    state, told = {}, []
    for week in range(1, 11):
        look(world, CUT, first=week)
        state, lines = questions_told(state, [row for row in rows(world) if not row["outcome"]], DAYS[week])
        told += [(week, line.split(":")[1].strip()) for line in lines]
    assert told == [(1, "capture, open"), (8, "capture, overdue")]


def test_who_approves_lets_in_each_list_of_the_case_and_the_ones_that_follow(world):
    look(world, WHOLE, CUT, CUT, CUT)
    asked = the_open_one(world).case_id
    assert answered(world, APPROVE, "2024-03-26") == 3
    look(world, CUT, first=4)
    assert outcomes(world) == ["accepted"] * 5
    assert {case_id: case.outcome for case_id, case in cases(world).items()} == {asked: "accept, by editor on 2024-03-26"}


def test_who_rejects_is_not_asked_again_while_the_page_shows_the_same(world):
    look(world, WHOLE, CUT, CUT)
    asked = the_open_one(world).case_id
    assert answered(world, REJECT, "2024-03-19") == 2
    look(world, CUT, CUT, first=3)
    assert outcomes(world) == ["accepted", *["held"] * 4]
    assert {case_id: case.outcome for case_id, case in cases(world).items()} == {asked: "reject, by editor on 2024-03-19"}
    assert queue.questions(world, instant("2024-04-02T07:00:00Z"), 100) == []
    look(world, SHORTER, first=5)
    assert the_open_one(world).case_id != asked


def test_a_rejection_holds_when_the_same_comes_back_after_a_whole_list(world):
    look(world, WHOLE, CUT)
    answered(world, REJECT, "2024-03-12")
    look(world, WHOLE, CUT, first=2)
    assert open_ones(world) == []


def test_other_rows_are_a_new_question_and_the_old_one_ends(world):
    look(world, WHOLE, CUT, CUT)
    old = the_open_one(world).case_id
    look(world, SHORTER, SHORTER, first=3)
    new = the_open_one(world)
    assert (new.case_id != old, new.opened) == (True, DAYS[3])
    assert cases(world)[old].outcome == f"superseded by the list of {DAYS[3]}, which is held too"


def test_a_list_that_swings_between_two_forms_is_told_once_of_each(world):
    look(world, WHOLE)
    state, told = {}, []
    for week in range(1, 6):
        look(world, (CUT, SHORTER)[week % 2], first=week)
        found = rows(world)
        replaced = {row["case_id"] for row in found if row["outcome"].startswith(SUPERSEDED)}
        state, lines = questions_told(state, [row for row in found if not row["outcome"]], DAYS[week], replaced)
        told += lines
    assert len(told) == 2
    assert len([row for row in found if not row["outcome"]]) == 1


def test_a_held_list_needs_no_answer_once_a_later_one_is_accepted(world):
    look(world, WHOLE, CUT, SHORTER, WHOLE)
    assert {case.outcome for case in cases(world).values()} == {f"needs no answer: the list of {DAYS[3]}, a later one, was accepted"}
    assert queue.questions(world, instant("2024-04-02T07:00:00Z"), 100) == []


def test_the_same_cut_after_a_whole_list_is_asked_anew_under_its_id_from_its_own_day_on(world):
    look(world, WHOLE, CUT)
    before = the_open_one(world).case_id
    look(world, WHOLE, CUT, first=2)
    case = the_open_one(world)
    assert (case.case_id, case.opened, case.captures) == (before, DAYS[3], (case.capture_id,))


def test_a_line_on_the_newest_list_alone_ends_the_case_and_the_older_lists_stay_held(world):
    (*_, newest) = look(world, WHOLE, CUT, CUT, CUT)
    line = f"rivers,{newest},accept,editor,2024-03-26,seen,"
    (world.judgements / "captures.csv").write_text(f"network_id,capture_id,verdict,reviewer,date,reason,evidence_url\n{line}\n")
    assert outcomes(world) == ["accepted", "held", "held", "accepted"]
    assert [case.outcome for case in cases(world).values()] == ["accept, by editor on 2024-03-26"]


def test_a_view_of_a_day_before_the_answer_has_the_case_open_as_it_stood(world):
    look(world, WHOLE, CUT, CUT)
    before = rows(world, DAYS[2])
    answered(world, REJECT, "2024-04-10")
    look(world, CUT, first=7)
    assert rows(world, DAYS[2]) == before
    assert [row["outcome"] for row in before] == [""]


def test_an_answer_that_is_given_twice_is_kept_once(world):
    look(world, WHOLE, CUT, CUT)
    at = instant("2024-03-20T08:00:00Z")
    (question,) = queue.questions(world, at, 100)
    given_twice = [queue.answer(world, question, REJECT, {"reason": "cut"}, "editor", at + timedelta(days=n)) for n in range(2)]
    assert [len(keys) for keys in given_twice] == [2, 0]
    assert len(kept(world.store)) == 2
    assert set(past_cases(world.store)) == {question["case_id"]}


@pytest.fixture
def every_page(world):
    """A capture of each page on each day, to choose from."""
    pages = (WHOLE, CUT, SHORTER)
    made = [[look(world, page, first=week)[0] for page in pages] for week in range(6)]
    by_id = {c.capture_id: c for c in readable(world.store, "rivers")}
    return world, [[by_id[capture_id] for capture_id in found] for found in made]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2), max_size=5))
def test_whatever_the_page_shows_at_most_one_list_is_asked_about(every_page, shown):
    world, choice = every_page
    names, network = open_names(world), open_registry(world).get("rivers")
    decided = decide(world, network, names, [choice[week][page] for week, page in enumerate([0, *shown])])
    found = capture_cases(network, decided, names)
    waiting = [case for case in found if not case.outcome]
    assert len({case.case_id for case in found}) == len(found)
    assert len(waiting) == (decided[-1].outcome == "held")
    assert [case.capture_id for case in waiting] == [decided[-1].reading.capture.capture_id][: len(waiting)]
    assert bool(held_since(decided)) == bool(waiting)
