"""Printed dates that cannot be true, and departures that lists do not bear out, are found and left to a person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.contradictions import DateInDoubt, DepartureInDoubt, dates_in_doubt, departures_in_doubt, enough_days
from citynet.history.knowledge import learn_all
from citynet.history.periods import period
from citynet.history.plan import plan
from citynet.history.spells import fold
from citynet.history.statements import read_statements
from citynet.history.withheld import WordInDoubt, held_up, may_be_it, respelled, words_in_doubt
from citynet.model import Departure, Judgement, Resolution, ResolvedListing
from history.arbitrary_histories import Told, anything
from history.listing_maker import Printed, listing, network, said, unresolved

SEEN = listing("2019-05-01", ["a", "b"])
SHOWING = [listing(day, ["a", "b"]) for day in ("2020-02-01", "2020-02-20", "2020-03-14")]
WITHOUT = [listing(day, ["b"]) for day in ("2020-02-01", "2020-02-20", "2020-03-14")]


def printing(day: str, joined_on: str, coverage: str = "complete", tie: str = "full") -> ResolvedListing:
    return listing(day, [Printed("a", joined_on=joined_on, tie=tie), "b"], coverage)


def dates(*pages: ResolvedListing, statements: tuple[Judgement, ...] = ()) -> tuple[DateInDoubt, ...]:
    return dates_in_doubt(fold(network(), pages, statements).spells, pages)


def departures(pages: list[ResolvedListing], *statements: Judgement) -> tuple[DepartureInDoubt, ...]:
    return departures_in_doubt(read_statements("net", statements), pages, network().departure)


def words(pages: list[ResolvedListing], *statements: Judgement) -> tuple[WordInDoubt, ...]:
    return words_in_doubt(learn_all(plan(network(), statements), pages))


def test_a_date_of_joining_after_the_body_was_seen_is_not_published_makes_no_news_and_is_asked():
    pages = [SEEN, printing("2022-01-01", "2021")]
    history = fold(network(), pages, ())
    assert history.changes == ()
    assert [(s.joined_on, s.first_seen, s.from_latest) for s in history.spells if s.place_id == "a"] == [("", True, "2019-05-01")]
    (doubt,) = dates(*pages)
    assert (doubt.place_id, doubt.printed, doubt.begins, doubt.ended) == ("a", "2021", "2021-01-01", "")
    assert doubt.seen is not None
    assert (doubt.seen.capture_id, doubt.first.capture_id) == ("cap-2019-05-01-complete", "cap-2022-01-01-complete")


@pytest.mark.parametrize(
    ("first", "printed"),
    [
        (SEEN, "2019"),
        (SEEN, "2019-05"),
        (SEEN, "2019-05-01"),
        (SEEN, "2012"),
        (listing("2019-05-01", ["a", "b"], "partial"), "2021"),
        (listing("2019-05-01", [Printed("a", tie="candidate"), "b"]), "2021"),
        (listing("2019-05-01", [Printed("a", tie="board_seat"), "b"]), "2021"),
        (listing("2019-05-01", ["b"]), "2021"),
    ],
    ids=["that year", "that month", "that day", "earlier", "an excerpt", "a candidate then", "a seat then", "not seen"],
)
def test_what_can_be_true_beside_the_earlier_list_is_not_asked(first: ResolvedListing, printed: str):
    assert dates(first, printing("2022-01-01", printed)) == ()


def test_a_year_with_the_day_of_the_first_list_in_it_is_not_asked_beside_a_closer_date():
    assert dates(SEEN, printing("2022-01-01", "2019"), printing("2022-02-01", "2019-05")) == ()


def test_a_date_after_the_list_that_prints_it_is_asked():
    (doubt,) = dates(printing("2022-01-01", "2031"))
    assert (doubt.printed, doubt.seen) == ("2031", doubt.first)


def test_a_return_may_print_its_own_date_and_that_of_the_first_joining():
    gone = [listing(day, ["b"]) for day in ("2020-02-01", "2020-02-20", "2020-03-14")]
    back = [printing("2021-06-01", "2021-05"), printing("2021-07-01", "2015")]
    assert dates(printing("2019-05-01", "2015"), *gone, *back) == ()


def test_two_dates_that_exclude_each_other_are_asked_and_the_first_stands():
    pages = [printing("2022-01-01", "2015"), printing("2022-02-01", "2018-03")]
    assert [(s.joined_on, s.from_latest) for s in fold(network(), pages, ()).spells if s.place_id == "a"] == [("2015", "2015-12-31")]
    (doubt,) = dates(*pages)
    assert doubt.other is not None
    assert (doubt.printed, doubt.other.joined_on, doubt.other.capture_id) == ("2018-03", "2015", "cap-2022-01-01-complete")
    assert [change.change for change in fold(network(), pages, ()).changes] == ["joined"]


@pytest.mark.parametrize(("one", "other"), [("2018", "2018-03"), ("2018-03-04", "2018-03"), ("2018", "2018")])
def test_a_date_that_is_only_more_precise_is_not_asked(one: str, other: str):
    assert dates(printing("2022-01-01", one), printing("2022-02-01", other)) == ()


def test_a_page_that_mends_an_impossible_date_ends_the_question_and_opens_none():
    (doubt,) = dates(SEEN, printing("2022-01-01", "2021"), printing("2022-02-01", "2012"))
    assert (doubt.printed, doubt.ended) == ("2021", "2022-02-01")


@pytest.mark.parametrize(
    ("later", "ended"),
    [
        (printing("2022-02-01", ""), "2022-02-01"),
        (printing("2022-02-01", "", "partial"), ""),
        (listing("2022-02-01", ["b"]), ""),
        (printing("2022-02-01", "2021"), ""),
    ],
    ids=["prints none", "an excerpt", "without the body", "prints it still"],
)
def test_a_question_ends_with_a_list_that_shows_the_body_without_the_date(later: ResolvedListing, ended: str):
    (doubt,) = dates(SEEN, printing("2022-01-01", "2021"), later)
    assert doubt.ended == ended


def test_a_recorded_end_of_the_earlier_stay_and_a_recorded_joining_leave_no_contradiction():
    stated = (said("a", "left", "2020-01-15"), said("a", "joined", "2021-03-01"))
    assert dates(SEEN, printing("2022-01-01", "2021-03"), statements=stated) == ()


@pytest.mark.parametrize(("lists", "asked"), [(2, 0), (3, 1)])
def test_a_departure_is_asked_about_once_as_many_lists_show_the_body_as_would_make_one(lists: int, asked: int):
    found = departures([SEEN, *SHOWING[:lists]], said("a", "left", "2020-01-15", "2020-01-20"))
    assert [(d.said.place_id, d.opened, d.lists[0], d.newest.day, d.ended) for d in found] == [
        ("a", "2020-03-14", "cap-2020-02-01-complete", "2020-03-14", "")
    ][:asked]


def test_a_departure_recorded_after_all_these_lists_is_asked_about_from_the_day_on_which_it_was_recorded():
    assert [d.opened for d in departures([SEEN, *SHOWING], said("a", "left", "2020-01-15", "2026-11-20"))] == ["2026-11-20"]


@pytest.mark.parametrize(
    "pages",
    [
        [SEEN, *WITHOUT],
        [SEEN, listing("2020-01-20", ["b"]), *SHOWING],
        [SEEN, *(listing(day, [Printed("a", tie="former"), "b"]) for day in ("2020-02-01", "2020-02-20", "2020-03-14"))],
        [SEEN, *(listing(f"{page.listing.captured_at:%Y-%m-%d}", ["a"], "partial") for page in SHOWING)],
        [SEEN, *(replace(p, listing=replace(p.listing, dated_from="2020-01-01")) for p in SHOWING)],
    ],
    ids=["gone", "gone and back", "a former member", "excerpts", "lists that may be older"],
)
def test_lists_that_bear_a_departure_out_or_tell_a_return_are_not_asked_about(pages: list[ResolvedListing]):
    assert departures(pages, said("a", "left", "2020-01-15")) == ()


def test_lists_after_a_word_that_it_joined_again_contradict_nothing():
    assert departures([SEEN, *SHOWING], said("a", "left", "2020-01-15"), said("a", "joined", "2020-02-10")) == ()


def test_a_word_that_undoes_no_departure_does_not_settle_it_either():
    stated = (said("a", "left", "2020-01-15"), said("a", "not_left", "2020-02-10"))
    assert [s.state for s in fold(network(), [SEEN, *SHOWING], stated).spells if s.place_id == "a"] == ["departed"]
    assert len(departures([SEEN, *SHOWING], *stated)) == 1


def test_the_first_list_without_the_body_ends_the_question():
    later = [listing("2020-05-01", ["b"]), listing("2020-06-01", ["a", "b"])]
    (doubt,) = departures([SEEN, *SHOWING, *later], said("a", "left", "2020-01-15"))
    assert (doubt.ended, len(doubt.lists)) == ("2020-05-01", 3)


def test_a_list_with_an_open_name_that_may_be_the_body_neither_ends_the_question_nor_counts_unless_it_is_the_newest():
    odd = listing("2020-05-01", ["b", unresolved("A.", "DE")])
    stated = said("a", "left", "2020-01-15")
    assert [d.ended for d in departures([SEEN, *SHOWING, odd, listing("2020-06-01", ["a", "b"])], stated)] == [""]
    assert [d.ended for d in departures([SEEN, *SHOWING, odd], stated)] == ["2020-05-01"]


def test_a_line_decided_after_the_question_opened_answers_it_and_raises_none_of_its_own():
    first, again = said("a", "left", "2020-01-15", "2020-01-20"), said("a", "left", "2020-01", "2020-06-01")
    later = [listing(day, ["a", "b"]) for day in ("2020-07-01", "2020-08-01", "2020-10-01")]
    assert [d.said.date for d in departures([SEEN, *SHOWING, *later], first, again)] == ["2020-01-15"]


@pytest.mark.parametrize("verdict", ["joined", "not_left"])
def test_a_word_that_lists_go_on_contradicting_is_asked_about_and_stays_a_suspicion(verdict: str):
    late = [listing(day, ["b"]) for day in ("2020-04-01", "2020-05-01", "2020-06-01")]
    pages, stated = [SEEN, *late], said("a", verdict, "2019-06-01")
    (doubt,) = words([listing("2019-04-01", ["b"]), *late] if verdict == "joined" else pages, stated)
    assert (doubt.said.place_id, doubt.said.verdict, doubt.since) == ("a", verdict, "2020-04-01")
    (spell,) = [s for s in fold(network(), pages, [said("a", "not_left", "2019-06-01")]).spells if s.place_id == "a"]
    assert spell.state == "departure_suspected"


@pytest.mark.parametrize(
    "pages",
    [[SEEN, *WITHOUT[:2]], [SEEN, *WITHOUT[:2], listing("2020-03-14", ["b", unresolved("A.", "DE")])], [SEEN, *SHOWING], [SEEN]],
    ids=["too few", "an open name may be it", "shown", "no list since"],
)
def test_a_word_that_lists_may_bear_out_is_not_asked_about(pages: list[ResolvedListing]):
    assert words(pages, said("a", "not_left", "2019-06-01")) == ()


def test_the_open_names_of_the_newest_list_name_the_missing_members_that_they_may_be():
    """c is missing with the odd name; b stood beside Beside; z is of another country; one with candidates is one of these."""
    beside = unresolved("Beside", "DE")
    first = listing("2020-01-01", ["a", "b", "c", Printed("z", country="FR"), beside])
    rows = ["b", beside, unresolved("Odd", "DE"), unresolved("A or X", "", "a", "x")]
    state = learn_all(plan(network(), ()), [first, listing("2020-02-01", rows)])
    assert {name.name: places for name, places in held_up(state).items()} == {"odd": ("a", "c"), "a or x": ("a",)}


def test_an_open_name_that_came_with_nobody_missing_holds_up_nobody():
    state = learn_all(plan(network(), ()), [SEEN, listing("2020-01-01", ["a", "b", unresolved("Odd", "DE")])])
    assert held_up(state) == {}


def test_a_body_that_an_excerpt_has_shown_since_is_not_missing():
    odd = listing("2020-02-01", ["b", unresolved("Odd", "DE")])
    assert len(held_up(learn_all(plan(network(), ()), [SEEN, odd]))) == 1
    assert held_up(learn_all(plan(network(), ()), [SEEN, odd, listing("2020-02-08", ["a"], "partial")])) == {}


def test_a_row_that_a_rule_takes_for_another_body_holds_up_the_member_that_it_may_be():
    page = listing("2020-02-01", ["b", Printed("", name="A 1")])
    marked = Resolution("not_a_city", country="DE", route="marker:1", suggestions=("a",))
    state = learn_all(plan(network(), ()), [SEEN, replace(page, resolutions=(page.resolutions[0], marked))])
    assert {name.name: places for name, places in held_up(state).items()} == {"a 1": ("a",)}


WEEKS = [(date(2020, 1, 8) + timedelta(weeks=week)).isoformat() for week in range(52)]
MISPRINTS = [f"A{number}" for number in range(52)]


def state_by(*pages: ResolvedListing, statements: tuple[Judgement, ...] = ()) -> tuple[str, int]:
    (spell,) = [s for s in fold(network(), [SEEN, *pages], statements).spells if s.place_id == "a"]
    return spell.state, spell.not_seen


def beside(*names: str) -> list[ResolvedListing]:
    """A list a week without a, each with an open name of its country."""
    return [listing(day, ["b", unresolved(name, "DE")]) for day, name in zip(WEEKS, names, strict=False)]


@pytest.mark.parametrize(("weeks", "state"), [(1, "not_seen"), (6, "not_seen"), (7, "departure_suspected"), (52, "departure_suspected")])
def test_a_new_misprint_each_week_ends_as_a_suspicion_never_as_a_departure(weeks: int, state: str):
    pages = beside(*MISPRINTS[:weeks])
    assert state_by(*pages) == (state, 0)
    assert fold(network(), [SEEN, *pages], ()).changes == ()


def test_one_open_name_that_stays_is_one_question_and_no_suspicion():
    assert state_by(*beside(*["A."] * 52)) == ("not_seen", 0)


def test_a_name_that_stays_beside_new_misprints_is_one_question_and_no_suspicion():
    pages = [listing(day, ["b", unresolved("A.", "DE"), unresolved(odd, "DE")]) for day, odd in zip(WEEKS, MISPRINTS, strict=True)]
    assert state_by(*pages) == ("not_seen", 0)


def test_two_misprints_on_one_day_are_one_look():
    """Three looks make a departure of this network, in as many days as it takes: two days of two lists each are two looks."""
    pages = []
    for day, hour, odd in ((WEEKS[0], 1, "A1"), (WEEKS[0], 2, "A2"), (WEEKS[8], 1, "A3"), (WEEKS[8], 2, "A4")):
        page = listing(day, ["b", unresolved(odd, "DE")])
        pages.append(
            replace(page, listing=replace(page.listing, capture_id=odd, captured_at=page.listing.captured_at + timedelta(hours=hour)))
        )
    assert state_by(*pages) == ("not_seen", 0)
    assert state_by(*pages, listing(WEEKS[9], ["b", unresolved("A5", "DE")])) == ("departure_suspected", 0)


def test_a_suspicion_by_misprints_ends_with_a_list_that_shows_the_body_or_with_a_word():
    pages = [*beside(*MISPRINTS[:10]), listing("2020-06-01", ["a", "b"])]
    history = fold(network(), [SEEN, *pages], ())
    assert [(c.change, c.cause, c.before) for c in history.changes] == [("corrected", "reappeared", "departure_suspected")]
    assert state_by(*pages) == ("listed", 0)
    for verdict in ("not_left", "joined"):
        assert state_by(*pages[:10], statements=(said("a", verdict, "2020-04-01"),)) == ("listed", 0)


def test_after_misprints_lists_without_any_open_name_count_towards_leaving_from_the_first_of_them():
    silent = [listing(day, ["b"]) for day in ("2020-06-01", "2020-06-20", "2020-07-15")]
    (left,) = fold(network(), [SEEN, *beside(*MISPRINTS[:10]), *silent], ()).changes
    assert (left.change, left.earliest, left.latest) == ("left", "2019-05-01", "2020-06-01")


def test_a_suspicion_by_misprints_tells_the_rows_that_may_be_the_body():
    pages = [SEEN, *beside(*MISPRINTS[:10])]
    (held,) = respelled(learn_all(plan(network(), ()), pages))
    assert (held.place_id, held.since) == ("a", WEEKS[0])
    assert [row.name_as_published for page in pages for row in may_be_it(held, page)] == MISPRINTS[:10]


@given(anything().flatmap(lambda told: st.tuples(st.just(told), st.permutations(told.pages))))
@settings(max_examples=100)
def test_what_is_asked_does_not_depend_on_the_order_in_which_captures_are_given(both: tuple[Told, list[ResolvedListing]]):
    told, pages = both
    assert asked(told, pages) == asked(told, told.pages)


@given(anything())
@settings(max_examples=150)
def test_every_date_asked_about_is_excluded_by_what_is_beside_it(told: Told):
    for doubt in asked(told, told.pages)[0]:
        begins, ends = period(doubt.printed) or ("", "")
        other = (period(doubt.other.joined_on) if doubt.other else None) or (begins, ends)
        assert (doubt.seen is not None and begins > doubt.seen.day) or other[1] < begins or ends < other[0]
        assert doubt.first.day <= doubt.newest.day
        assert not doubt.ended or doubt.ended >= doubt.newest.day


@given(st.lists(st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(str), max_size=6).map(sorted), st.integers(0, 4), st.integers(0, 60))
def test_enough_lists_are_those_that_would_make_a_departure(days: list[str], not_seen: int, span: int):
    """The same lists without a body seen before them make a departure by that day, and none before it."""
    day = enough_days(days, Departure(not_seen, span))
    lists = [listing("2000-01-01", ["a"]), *(listing(on, ["b"]) for on in dict.fromkeys(days))]
    left = [c for c in fold(network(not_seen=not_seen, days=span), lists, ()).changes if c.change == "left"]
    assert [change.known_at[:10] for change in left] == ([day] if day else [])


def asked(told: Told, pages: list[ResolvedListing]) -> tuple[tuple[DateInDoubt, ...], tuple[DepartureInDoubt, ...], object, object]:
    rules = plan(told.network, told.statements, told.municipal_changes)
    state = learn_all(rules, pages)
    stated = read_statements("net", told.statements)
    history = replace(told, pages=list(pages)).history()
    return (
        dates_in_doubt(history.spells, pages),
        departures_in_doubt(stated, pages, told.network.departure),
        words_in_doubt(state),
        (held_up(state), respelled(state)),
    )
