"""Comparing lists where municipalities are known to be a part of others: who is told, and that only a merger of the two lists counts."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.comparing import Difference, compare
from citynet.history.merged_away import MergedAway
from citynet.history.municipal import MunicipalChange
from citynet.history.printed import Printed
from history.test_comparing_lists_is_fair_to_order_and_direction import LISTS, PLACES, row

KNOWN = (
    MergedAway("DE", ("elmwood",), "", ("birch north",), "gn4"),
    MergedAway("DE", ("alder",), "gn1", ("cedar",), "gn5"),
    MergedAway("FR", ("aldern",), "gn2", ("furze",), ""),
    MergedAway("FR", ("birch",), "", ("cedar",), "gn5"),
)


def compared(old: list[Printed], new: list[Printed], known: tuple[MergedAway, ...] = KNOWN) -> list[tuple[str, str, str, str, str]]:
    return [(d.change, d.cause, d.place_id, d.name_old, d.name_new) for d in differences(old, new, known)]


def differences(old: list[Printed], new: list[Printed], known: tuple[MergedAway, ...] = KNOWN) -> tuple[Difference, ...]:
    return compare(old, new, (), lambda asked: {place_id: (PLACES[place_id],) for place_id in asked}, lambda: known)


def listed(name: str, country: str = "DE", sort: str = "") -> Printed:
    return row(name, country, sort, True, "")


@settings(max_examples=60)
@given(LISTS, LISTS)
def test_each_that_left_or_joined_is_told_as_without_or_by_a_merger(old, new):
    found, without = differences(old, new), differences(old, new, ())
    merged = [d for d in found if d.cause == "split_or_merged"]
    for change, column in (("left", "name_old"), ("joined", "name_new")):
        told, told_without = ({getattr(d, column) for d in all_of if d.change == change} for all_of in (found, without))
        assert told <= {r.name for r in (old if change == "left" else new)}
        assert told_without - told <= {getattr(d, column) for d in found if d.change in ("renamed", "unclear")}
    assert merged or sorted(map(repr, found)) == sorted(map(repr, without))
    assert all(d.name_old in {r.name for r in old} and d.name_new in {r.name for r in new} for d in merged)


@given(LISTS)
def test_a_list_does_not_differ_from_itself_for_a_former_name_on_it(rows):
    assert differences(rows, rows) == ()


@settings(max_examples=60)
@given(LISTS, LISTS, st.randoms(use_true_random=False))
def test_neither_the_order_of_the_page_nor_of_the_known_decides(old, new, chance):
    mixed = [chance.sample(rows, len(rows)) for rows in (old, new)]
    known = tuple(chance.sample(KNOWN, len(KNOWN)))
    some, others = (
        [(d.change, d.place_id) for d in found if d.change in ("left", "joined")]
        for found in (differences(old, new), differences(*mixed, known))
    )
    assert sorted(some) == sorted(others)


def test_a_name_that_nothing_else_bears_is_enough():
    assert compared([listed("elmwood")], [listed("birch north")]) == [("renamed", "split_or_merged", "gn4", "Elmwood", "Birch North")]


def test_an_heir_of_that_name_in_another_country_is_none():
    assert {change for change, *_ in compared([listed("aldern", "FR")], [listed("furze", "DE")])} == {"joined", "left"}


def test_a_living_namesake_is_meant_where_the_heir_was_there_before():
    heir = listed("cedar", "FR")
    assert compared([listed("birch", "FR")], [heir]) == [("renamed", "split_or_merged", "gn5", "Birch", "Cedar")]
    assert compared([listed("birch", "FR"), heir], [heir]) == [("left", "world", "gn3", "Birch", "")]


def test_of_two_former_ones_of_a_name_none_is_told_for_an_heir_that_was_there_before():
    twice = (*KNOWN, MergedAway("DE", ("elmwood",), "", ("cedar",), "gn5"))
    heir = listed("cedar")
    assert compared([listed("elmwood"), heir], [heir], twice) == [("left", "world", "", "Elmwood", "")]
    assert compared([listed("elmwood")], [heir], twice) == [("renamed", "split_or_merged", "gn5", "Elmwood", "Cedar")]


def test_a_county_or_section_of_the_name_is_not_the_municipality():
    assert {row[0] for row in compared([listed("elmwood", sort="landkreis")], [listed("birch north")])} == {"joined", "left"}
    section = replace(listed("elmwood"), kinds=frozenset({"section"}))
    assert {row[0] for row in compared([section], [listed("birch north")])} == {"joined", "left"}


def test_what_people_recorded_comes_first_and_the_heir_stays_for_the_others():
    recorded = (MunicipalChange("gn1", "merged_into", "gn5", "", "2020-01-01", "2020-01-01"),)
    known = (MergedAway("DE", ("elmwood",), "", ("cedar",), "gn5"),)
    found = compare([listed("alder"), listed("elmwood")], [listed("cedar")], recorded, lambda asked: {}, lambda: known)
    assert [(d.change, d.cause, d.name_old, d.name_new) for d in found] == [
        ("renamed", "split_or_merged", "Alder", "Cedar"),
        ("renamed", "split_or_merged", "Elmwood", "Cedar"),
    ]


def test_a_heir_without_an_id_is_known_by_its_name():
    assert compared([listed("aldern", "FR")], [listed("furze", "FR")]) == [("renamed", "split_or_merged", "", "Aldern", "Furze")]


def test_nothing_is_looked_up_where_nobody_is_on_one_list_alone():
    def asked() -> tuple[MergedAway, ...]:
        raise AssertionError("read without need")

    assert compare([listed("alder")], [listed("alder")], (), lambda ids: {}, asked) == ()
