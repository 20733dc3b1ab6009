"""Tables functional_overlap and bridges: what two networks both show, and cities that sit in governing bodies of both."""

from analysis.list_maker import members
from citynet.analysis.bridges import bridges
from citynet.analysis.functional_overlap import FUNCTION, THEME, functional_overlap, functions_shown, themes_shown
from citynet.analysis.overlap import network_overlap
from citynet.model import Row

AS_OF = "2022-09-27"
FUNCTION_ROWS: list[Row] = [
    {"network_id": "a", "function": "shaming", "strength": "weak"},
    {"network_id": "b", "function": "shaming", "strength": "stated"},
    {"network_id": "b", "function": "showcasing", "strength": "stated"},
]
OVERLAP = network_overlap([members("a", ["ghent", "riga"]), members("b", ["ghent", "oslo"])], frozenset(), AS_OF)


def overlapped(*network_ids: str) -> list[Row]:
    shown = {FUNCTION: functions_shown(FUNCTION_ROWS), THEME: themes_shown({"a": ["refugees"], "b": ["climate"], "c": []})}
    return functional_overlap(network_ids, shown, OVERLAP, AS_OF)


def said(rows: list[Row], what: str) -> dict[str, tuple[object, object]]:
    return {str(row["item"]): (row["in_a"], row["in_b"]) for row in rows if row["what"] == what}


def test_what_one_of_the_two_shows_is_told_of_both() -> None:
    rows = overlapped("a", "b")
    assert said(rows, "function") == {"shaming": ("yes", "yes"), "showcasing": ("not_known", "yes")}
    assert said(rows, "theme") == {"climate": ("not_known", "yes"), "refugees": ("yes", "not_known")}


def test_what_nobody_is_known_to_show_is_not_known_and_never_no() -> None:
    rows = overlapped("a", "b", "c")
    assert {row[side] for row in rows for side in ("in_a", "in_b")} == {"yes", "not_known"}
    of_c = overlapped("a", "c")
    assert said(of_c, "function") == {"shaming": ("yes", "not_known")}
    assert said(of_c, "theme") == {"refugees": ("yes", "not_known")}
    assert said(of_c, "policy_domain") == said(of_c, "addressee") == {"any": ("not_known", "not_known")}


def test_shared_members_stand_beside_and_the_strength_of_the_evidence() -> None:
    (row,) = (row for row in overlapped("b", "a") if row["item"] == "shaming")
    assert (row["network_a"], row["network_b"], row["strength_a"], row["strength_b"]) == ("a", "b", "weak", "stated")
    assert (row["shared_members"], row["shared_members_at_least"], row["list_date_a"]) == (1, 1, "2021-09-16")


def test_there_is_no_product_and_no_order_but_the_alphabet() -> None:
    rows = overlapped("c", "b", "a")
    assert [(row["network_a"], row["network_b"]) for row in rows] == sorted((row["network_a"], row["network_b"]) for row in rows)
    assert not {column for row in rows for column in row if any(word in column for word in ("score", "gain", "product", "order"))}


def seat(network_id: str, body: str, first: str | None, last: str | None, **more: object) -> Row:
    row: Row = {"network_id": network_id, "body": body, "place_id": "montevideo", "governs": True, "seen_from": first, "seen_to": last}
    return {**row, "dated_from": None, "source": f"https://{network_id}.example", **more}


def test_a_city_that_governs_two_networks_at_one_time_is_a_bridge() -> None:
    (row,) = bridges(
        [seat("b", "board", "2021-01-01", "2022-01-01"), seat("a", "committee", "2022-06-01", "2022-06-01")], frozenset(), AS_OF
    )
    assert row == {
        **{"place_id": "montevideo", "network_a": "a", "network_b": "b", "bodies_a": "committee", "bodies_b": "board"},
        **{"seen_from_a": "2022-06-01", "seen_to_a": "2022-06-01", "seen_from_b": "2021-01-01", "seen_to_b": "2022-01-01"},
        **{"at_one_time": "yes", "nested_by_rule": False, "sources": "https://a.example; https://b.example", "as_of": AS_OF},
    }


def at_one_time(*seats: Row) -> list[object]:
    return [row["at_one_time"] for row in bridges(seats, frozenset(), AS_OF)]


def test_seats_seen_at_times_far_apart_or_without_a_day_are_not_known_to_be_held_together() -> None:
    early = seat("a", "board", "2015-01-01", "2015-01-01")
    assert at_one_time(early, seat("b", "board", "2021-01-01", "2022-01-01")) == ["not_known"]
    assert at_one_time(early, seat("b", "board", "2014-01-01", None)) == ["not_known"]
    assert at_one_time(early, seat("b", "board", "2014-01-01", "2019-01-01")) == ["yes"]


def test_a_roughly_dated_list_must_be_near_whatever_day_it_shows() -> None:
    rough = seat("a", "board", "2023-12-31", "2023-12-31", dated_from="2022-01-01")
    assert at_one_time(rough, seat("b", "board", "2023-06-01", "2023-06-01")) == ["not_known"]
    assert at_one_time(rough, seat("b", "board", "2022-12-31", "2022-12-31")) == ["yes"]


def test_a_secretariat_or_a_body_without_a_city_is_no_bridge() -> None:
    board = seat("a", "board", "2022-01-01", "2022-01-01")
    assert at_one_time(board, seat("b", "seat of the secretariat", "2022-01-01", "2022-01-01", governs=False)) == []
    assert at_one_time(board, seat("b", "board", "2022-01-01", "2022-01-01", place_id=None)) == []
    assert at_one_time(board, seat("a", "committee", "2022-01-01", "2022-01-01")) == []


def test_a_bridge_within_one_family_is_told_so() -> None:
    rows = bridges([seat("a", "board", None, None), seat("b", "board", None, None)], {frozenset("ab")}, AS_OF)
    assert [row["nested_by_rule"] for row in rows] == [True]
