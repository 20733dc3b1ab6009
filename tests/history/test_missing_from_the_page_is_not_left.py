"""The departure rule on listings written by hand: what becomes news, what only becomes a state."""

from dataclasses import replace

import pytest

from citynet.errors import ConfigError
from citynet.history.spells import fold
from citynet.model import MAX_CANDIDATES, Change, History, Resolution, Spell, instant
from history.listing_maker import Printed, listing, network, said, unresolved

WITH_A = listing("2020-01-01", ["a", "b"])
WITHOUT = [listing(date, ["b"]) for date in ("2020-02-01", "2020-02-20", "2020-03-14")]


def spells(history: History, place: str) -> list[Spell]:
    return [spell for spell in history.spells if spell.place_id == place]


def events(history: History) -> list[tuple[str, str, str, str]]:
    return sorted((c.place_id, c.change, c.earliest, c.latest) for c in history.changes if c.world)


def records(history: History) -> list[Change]:
    return [change for change in history.changes if not change.world]


def test_a_roughly_dated_list_bounds_what_happened_by_its_first_day() -> None:
    """The earlier list is of January, some day: who is new later may have joined, and who is gone have left, from the 1st on."""
    rough = replace(WITH_A, listing=replace(WITH_A.listing, captured_at=instant("2020-01-31T00:00:00Z"), dated_from="2020-01-01"))
    later = [listing(date, ["b", "c"]) for date in ("2020-03-01", "2020-04-01", "2020-05-01")]
    history = fold(network(), [rough, *later], ())
    assert events(history) == [("a", "left", "2020-01-01", "2020-03-01"), ("c", "joined", "2020-01-01", "2020-03-01")]
    assert spells(history, "a")[0].last_confirmed_on == "2020-01-31"


@pytest.mark.parametrize(("absences", "state"), [(0, "listed"), (1, "not_seen"), (2, "departure_suspected"), (3, "departed")])
def test_each_complete_listing_without_a_body_takes_it_one_state_further(absences: int, state: str) -> None:
    (spell,) = spells(fold(network(), [WITH_A, *WITHOUT[:absences]], ()), "a")
    assert (spell.state, spell.not_seen) == (state, absences)


def test_left_lies_between_the_last_page_with_and_the_first_without_and_names_the_page_that_decided() -> None:
    history = fold(network(), [WITH_A, *WITHOUT], ())
    (left,) = history.changes
    assert (left.change, left.cause, left.earliest, left.latest) == ("left", "not_seen", "2020-01-01", "2020-02-01")
    assert (left.evidence_capture_id, left.known_at, left.origin) == ("cap-2020-03-14-complete", "2020-03-14T12:00:00Z", "live")
    (spell,) = spells(history, "a")
    assert (spell.to_earliest, spell.to_latest, spell.known_to, spell.cause) == (
        "2020-01-01",
        "2020-02-01",
        "2020-03-14T12:00:00Z",
        "not_seen",
    )
    assert (spell.last_confirmed_on, spell.evidence_capture_id) == ("2020-01-01", "cap-2020-01-01-complete")


def test_enough_absences_in_too_few_days_stay_a_suspicion() -> None:
    (spell,) = spells(fold(network(days=43), [WITH_A, *WITHOUT], ()), "a")
    assert (spell.state, spell.not_seen) == ("departure_suspected", 3)


def test_with_one_absence_and_no_days_a_body_departs_at_once() -> None:
    assert events(fold(network(not_seen=1, days=0), [WITH_A, WITHOUT[0]], ())) == [("a", "left", "2020-01-01", "2020-02-01")]


def test_coming_back_before_the_end_gives_no_news_and_one_correction_of_a_suspicion() -> None:
    history = fold(network(), [WITH_A, *WITHOUT[:2], listing("2020-03-01", ["a", "b"])], ())
    assert events(history) == []
    assert [(c.change, c.cause, c.before, c.after) for c in records(history)] == [
        ("corrected", "reappeared", "departure_suspected", "listed")
    ]
    (spell,) = spells(history, "a")
    assert (spell.state, spell.not_seen, spell.first_seen) == ("listed", 0, True)


def test_coming_back_after_one_absence_is_not_even_a_correction() -> None:
    assert fold(network(), [WITH_A, WITHOUT[0], listing("2020-03-01", ["a", "b"])], ()).changes == ()


def test_coming_back_after_departing_is_a_new_spell_and_rejoined() -> None:
    history = fold(network(), [WITH_A, *WITHOUT, listing("2020-06-01", ["a", "b"])], ())
    assert ("a", "rejoined", "2020-03-14", "2020-06-01") in events(history)
    assert sorted((s.state, s.from_earliest, s.from_latest, s.first_seen) for s in spells(history, "a")) == [
        ("departed", "", "2020-01-01", True),
        ("listed", "2020-03-14", "2020-06-01", False),
    ]


def test_partial_pages_between_count_neither_as_absence_nor_stop_the_count_unless_they_show_the_body() -> None:
    silent, showing = listing("2020-02-25", ["b"], "partial"), listing("2020-02-25", ["a"], "partial")
    assert spells(fold(network(), [WITH_A, *WITHOUT, silent], ()), "a")[0].state == "departed"
    (spell,) = spells(fold(network(), [WITH_A, *WITHOUT, showing], ()), "a")
    assert (spell.state, spell.not_seen) == ("not_seen", 1)


def absences(row: Printed) -> int:
    """How many absences of a a list with this row and without a counts; in any case a is not on the list."""
    (spell,) = spells(fold(network(), [WITH_A, listing("2020-02-01", ["b", row])], ()), "a")
    assert spell.state == "not_seen"
    return spell.not_seen


def test_an_unresolved_row_of_the_same_country_may_be_the_missing_body_so_nothing_is_counted() -> None:
    for row, counted in ((unresolved("A.", "DE"), 0), (unresolved("A."), 0), (unresolved("A.", "FR"), 1)):
        assert absences(row) == counted


@pytest.mark.parametrize(
    ("candidates", "counted"),
    [(("a", "z"), 0), (("y", "z"), 1), (tuple(f"z{n}" for n in range(MAX_CANDIDATES)), 0)],
    ids=["among them", "not among them", "a list that may be cut"],
)
def test_an_unresolved_row_with_candidates_can_only_be_one_of_them(candidates: tuple[str, ...], counted: int) -> None:
    assert absences(unresolved("A.", "DE", *candidates)) == counted


def test_candidates_hold_whatever_country_is_printed_with_the_row() -> None:
    for country in ("DE", "FR", ""):
        assert absences(unresolved("A.", country, "a", "z")) == 0


@pytest.mark.parametrize(("candidates", "first_seen"), [(("a", "z"), True), (("y", "z"), False)])
def test_an_earlier_row_with_candidates_makes_only_their_joining_uncertain(candidates: tuple[str, ...], first_seen: bool) -> None:
    pages = [listing("2020-01-01", ["b", unresolved("A.", "DE", *candidates)]), listing("2020-02-01", ["a", "b"])]
    assert spells(fold(network(), pages, ()), "a")[0].first_seen == first_seen


def test_an_unresolved_row_that_stood_beside_the_body_is_somebody_else() -> None:
    odd = unresolved("Somewhere", "DE")
    assert spells(fold(network(), [listing("2020-01-01", ["a", odd]), listing("2020-02-01", ["b", odd])], ()), "a")[0].state == "not_seen"


def test_an_earlier_unresolved_row_may_have_been_the_newcomer_so_no_join_is_known() -> None:
    history = fold(network(), [listing("2020-01-01", ["b", unresolved("A.", "DE")]), listing("2020-02-01", ["a", "b"])], ())
    assert events(history) == []
    assert spells(history, "a")[0].first_seen


def test_a_join_needs_a_complete_page_without_and_a_complete_page_with_the_body() -> None:
    history = fold(network(), [listing("2019-12-16", ["prague"]), listing("2021-09-16", ["prague", "paris"])], ())
    assert events(history) == [("paris", "joined", "2019-12-16", "2021-09-16")]
    assert [(s.place_id, s.first_seen, s.from_earliest) for s in history.spells] == [("paris", False, "2019-12-16"), ("prague", True, "")]


def test_the_pacts_partial_page_of_2022_adds_kyiv_as_first_seen_after_2021_and_announces_nothing() -> None:
    rounds = [listing("2021-09-16", ["prague", "paris"]), listing("2022-09-27", ["prague", "kyiv"], "partial")]
    later = listing("2023-09-01", ["prague", "paris", "kyiv"])
    for history in (fold(network(), rounds, ()), fold(network(), [*rounds, later], ())):
        (kyiv,) = spells(history, "kyiv")
        assert (kyiv.first_seen, kyiv.from_earliest, kyiv.from_latest) == (True, "2021-09-16", "2022-09-27")
        assert history.changes == ()


def test_what_follows_the_cut_intercultural_cities_list_of_2009_is_first_seen_and_craiova_has_not_left() -> None:
    cut = listing("2009-03-04", [Printed("neukoelln", "Berlin-Neukölln"), Printed("craiova", country="RO"), "oslo"], "partial")
    full = [
        listing(date, [Printed("neukoelln", "Berlin Neukölln"), "oslo", Printed("patras", country="GR")])
        for date in ("2010-02-15", "2010-07-15")
    ]
    history = fold(network(), [cut, *full], ())
    assert events(history) == []
    assert [(s.place_id, s.first_seen, s.state) for s in history.spells] == [
        ("craiova", True, "departure_suspected"),
        ("neukoelln", True, "listed"),
        ("oslo", True, "listed"),
        ("patras", True, "listed"),
    ]
    assert [(c.change, c.cause, c.before, c.after, c.latest) for c in records(history)] == [
        ("renamed", "spelling", "Berlin-Neukölln", "Berlin Neukölln", "2010-02-15")
    ]


def test_a_printed_date_makes_a_join_known_on_a_complete_page_and_is_only_kept_on_a_partial_one() -> None:
    row = Printed("munich", joined_on="2023-02")
    complete, partial = fold(network(), [listing("2023-03-01", [row])], ()), fold(network(), [listing("2023-03-01", [row], "partial")], ())
    assert [(c.change, c.cause, c.earliest, c.latest, c.printed_on) for c in complete.changes] == [
        ("joined", "printed_date", "2023-02-01", "2023-02-28", "2023-02")
    ]
    assert partial.changes == ()
    for history in (complete, partial):
        (spell,) = history.spells
        assert (spell.joined_on, spell.first_seen, spell.from_earliest, spell.from_latest) == ("2023-02", False, "2023-02-01", "2023-02-28")


def test_another_tie_splits_the_spell_and_is_not_leaving() -> None:
    history = fold(network(), [listing("2020-01-01", [Printed("a", tie="partner")]), listing("2020-02-01", [Printed("a", tie="full")])], ())
    (change,) = history.changes
    assert (change.change, change.before, change.after, change.earliest, change.latest) == (
        "tie_changed",
        "partner",
        "full",
        "2020-01-01",
        "2020-02-01",
    )
    assert sorted((s.tie, s.state, s.cause, s.to_latest) for s in history.spells) == [
        ("full", "listed", "", ""),
        ("partner", "departed", "tie_changed", "2020-02-01"),
    ]


def test_a_body_printed_as_former_has_left_by_statement_of_the_network() -> None:
    history = fold(network(), [listing("2020-01-01", ["a"]), listing("2020-02-01", [Printed("a", tie="former")])], ())
    assert [(c.change, c.cause, c.tie) for c in history.changes] == [("left", "statement", "full")]


def test_a_seat_on_the_board_stands_beside_the_membership() -> None:
    history = fold(network(), [listing("2020-01-01", ["a", Printed("a", tie="board_seat")]), listing("2020-02-01", ["a"])], ())
    assert [(s.tie, s.state) for s in history.spells] == [("board_seat", "not_seen"), ("full", "listed")]


def test_on_hold_is_its_own_state_and_ends_by_being_resumed() -> None:
    held = [listing("2020-01-01", ["a"]), listing("2020-02-01", [Printed("a", on_hold=True)])]
    assert fold(network(), held, ()).spells[0].state == "on_hold"
    history = fold(network(), [*held, listing("2020-03-01", ["a"])], ())
    assert events(history) == [("a", "on_hold", "2020-01-01", "2020-02-01"), ("a", "resumed", "2020-02-01", "2020-03-01")]
    assert history.spells[0].state == "listed"


def test_a_closed_network_ends_its_spells_on_that_date_and_nobody_left() -> None:
    pages = [WITH_A, *[listing(date, ["b"]) for date in ("2020-07-01", "2020-08-01", "2020-10-01")]]
    history = fold(network("closed", "2020-06"), pages, ())
    assert events(history) == []
    assert {(s.place_id, s.cause, s.to_earliest, s.to_latest) for s in history.spells} == {
        ("a", "network_closed", "2020-06-01", "2020-06-30"),
        ("b", "network_closed", "2020-06-01", "2020-06-30"),
    }
    assert [(c.change, c.cause, c.before) for c in records(history)] == [("network_closed", "registry", "listed")] * 2


def test_a_list_printed_after_the_closing_shows_a_stay_that_began_before_it() -> None:
    history = fold(network("closed", "2020-06-15"), [listing("2020-12-31", ["a"])], ())
    assert [(s.from_latest, s.to_latest, s.cause) for s in history.spells] == [("2020-06-15", "2020-06-15", "network_closed")]


def test_a_closing_after_the_date_asked_for_has_not_happened() -> None:
    history = fold(network("closed", "2020-06"), [WITH_A], (), as_of="2020-05-31")
    assert [s.state for s in history.spells] == ["listed", "listed"]


def test_listings_and_statements_known_after_the_date_asked_for_are_left_out() -> None:
    history = fold(network(), [WITH_A, *WITHOUT], [said("b", "left", "2020-01-15", "2020-04-01")], as_of="2020-02-20")
    assert [(s.place_id, s.state) for s in history.spells] == [("a", "departure_suspected"), ("b", "listed")]


def test_left_by_statement_ends_the_spell_and_a_page_that_lags_behind_is_no_return() -> None:
    history = fold(network(), [WITH_A, listing("2020-02-01", ["a", "b"])], [said("a", "left", "2020-01-15", "2020-01-20")])
    assert events(history) == [("a", "left", "2020-01-15", "2020-01-15")]
    (spell,) = spells(history, "a")
    assert (spell.state, spell.cause, spell.known_to) == ("departed", "judgement", "2020-01-20T00:00:00Z")
    back = [WITH_A, listing("2020-02-01", ["b"]), listing("2020-03-01", ["a", "b"])]
    assert ("a", "rejoined", "2020-02-01", "2020-03-01") in events(fold(network(), back, [said("a", "left", "2020-01-15")]))


@pytest.mark.parametrize(("until", "state"), [(1, "listed"), (2, "not_seen"), (6, "departure_suspected")])
def test_not_left_takes_a_departure_back_and_the_page_cannot_end_it_again_before_showing_the_body(until: int, state: str) -> None:
    """In the 42 days after the word the page may lag behind it; lists later than that are a suspicion again, and never more."""
    silent = [listing(f"2020-{month:02}-01", ["b"]) for month in range(5, 11)][:until]
    history = fold(network(), [WITH_A, *WITHOUT, *silent], [said("a", "not_left", "2020-04-01")])
    assert events(history) == []
    assert spells(history, "a")[0].state == state
    assert [(c.change, c.cause, c.before) for c in records(history)] == [("corrected", "judgement", "departed")]


def test_joined_by_statement_opens_a_spell_that_missing_from_a_lagging_page_does_not_end() -> None:
    history = fold(network(), [WITH_A, *WITHOUT[:2]], [said("munich", "joined", "2020-01-20")])
    assert ("munich", "joined", "2020-01-20", "2020-01-20") in events(history)
    assert [(s.state, s.tie, s.joined_on) for s in spells(history, "munich")] == [("listed", "full", "2020-01-20")]


def test_a_hold_recorded_by_a_person_is_not_ended_by_a_page_that_prints_no_holds() -> None:
    history = fold(network(), [WITH_A, listing("2020-02-01", ["a", "b"])], [said("a", "on_hold", "2020-01-10")])
    assert (spells(history, "a")[0].state, spells(history, "a")[0].cause) == ("on_hold", "judgement")
    resumed = fold(network(), [WITH_A], [said("a", "on_hold", "2020-01-10"), said("a", "resumed", "2020-01-12")])
    assert spells(resumed, "a")[0].state == "listed"


@pytest.mark.parametrize(("verdict", "date"), [("vanished", "2020-01-01"), ("left", "last spring")])
def test_a_statement_that_cannot_be_read_names_its_file_and_line(verdict: str, date: str) -> None:
    with pytest.raises(ConfigError, match=r"memberships\.csv:2: expected"):
        fold(network(), [WITH_A], [said("a", verdict, date)])


def test_a_body_declared_to_have_left_that_the_page_already_lacked_rejoins_when_shown_again() -> None:
    pages = [WITH_A, WITHOUT[0], listing("2020-03-01", ["a", "b"])]
    assert ("a", "rejoined", "2020-02-10", "2020-03-01") in events(fold(network(), pages, [said("a", "left", "2020-02-10")]))


def test_a_row_that_is_no_city_is_not_the_missing_body() -> None:
    no_city = Printed("", name="Region of A", verdict="not_a_city")
    assert spells(fold(network(), [WITH_A, listing("2020-02-01", ["b", no_city])], ()), "a")[0].state == "not_seen"


def test_once_a_page_shows_a_body_that_joined_by_statement_its_absence_counts_again() -> None:
    history = fold(network(), [WITH_A, *WITHOUT], [said("a", "joined", "2019-12-01")])
    assert ("a", "left", "2020-01-01", "2020-02-01") in events(history)


def test_a_tie_that_was_unknown_and_is_now_printed_is_a_change_of_the_page_only() -> None:
    history = fold(
        network(), [listing("2020-01-01", [Printed("a", tie="unknown")]), listing("2020-02-01", [Printed("a", tie="partner")])], ()
    )
    assert [(c.world, c.change, c.before, c.after) for c in history.changes] == [(False, "source_restructured", "unknown", "partner")]
    assert [(s.tie, s.state, s.from_latest) for s in history.spells] == [("partner", "listed", "2020-01-01")]


NEW_NAME = unresolved("Neustadt Neu")
GONE = [listing("2020-01-01", ["a", "b", "c"]), listing("2020-02-01", ["b", "c"])]


def test_a_new_open_name_is_that_of_the_body_that_goes_missing_with_it_not_of_one_that_was_missing_before() -> None:
    """c is printed under a name that nobody matches; a had been missing before: only c may be that name."""
    history = fold(network(), [*GONE, *(listing(date, ["b", NEW_NAME]) for date in ("2020-02-20", "2020-03-14", "2020-05-01"))], ())
    assert events(history) == [("a", "left", "2020-01-01", "2020-02-01")]
    assert [(spell.state, spell.not_seen) for spell in spells(history, "c")] == [("not_seen", 0)]


def test_a_new_open_name_with_nobody_newly_missing_may_be_the_body_that_was_missing_before() -> None:
    history = fold(network(), [*GONE, *(listing(date, ["b", "c", NEW_NAME]) for date in ("2020-02-20", "2020-03-14", "2020-05-01"))], ())
    assert events(history) == []
    assert [spell.state for spell in spells(history, "a")] == ["not_seen"]


def test_more_new_open_names_than_bodies_newly_missing_may_be_the_one_that_was_missing_before() -> None:
    rows = ["b", NEW_NAME, unresolved("Altstadt Neu")]
    history = fold(network(), [*GONE, *(listing(date, rows) for date in ("2020-02-20", "2020-03-14", "2020-05-01"))], ())
    assert events(history) == []


@pytest.mark.parametrize("rule", ["marker:1", "region:gn1", "district:gn2"])
def test_a_row_that_a_rule_takes_for_another_body_may_be_the_one_that_is_missing(rule: str) -> None:
    """Karviná is printed "Karvina 1" from one list on: a rule says no city, a person has not looked."""
    later = []
    for page in WITHOUT:
        row = replace(page.listing.rows[0], number=2, name_as_published="A 1")
        marked = Resolution("not_a_city", country="DE", route=rule, suggestions=("a",))
        listed = replace(page.listing, rows=(*page.listing.rows, row))
        later.append(replace(page, listing=listed, resolutions=(*page.resolutions, marked)))
    assert fold(network(), [WITH_A, *later], ()).changes == ()
    judged = [
        replace(page, resolutions=(page.resolutions[0], replace(page.resolutions[1], route="judgement:places.csv"))) for page in later
    ]
    assert events(fold(network(), [WITH_A, *judged], ())) == [("a", "left", "2020-01-01", "2020-02-01")]
