"""Comparing lists where whole reforms are known: every heir of a body that was split is told, later heirs are followed, kinds count."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.comparing import compare
from citynet.history.merged_away import MUNICIPALITY, REGION, UNITARY, MergedAway, with_later_heirs
from citynet.history.printed import Printed
from history.test_comparing_lists_is_fair_to_order_and_direction import LISTS, PLACES, row


def reform(former: str, heir: str, since: str, kind: str = REGION, heir_kind: str = REGION) -> MergedAway:
    return MergedAway("DE", (former,), "", (heir,), "", kind=kind, heir_kind=heir_kind, of=f"{kind} {former}", since=since)


REFORMS = (
    reform("elmwood", "gorse heath", "2020"),
    reform("furze", "gorse heath", "2020"),
    reform("gorse heath", "elmwood", "2024"),
    reform("gorse heath", "furze", "2024"),
    reform("birch", "cedar", "2019", MUNICIPALITY, UNITARY),
)


def county(name: str) -> Printed:
    """A row that says it is a county, with its name in each case."""
    return replace(row(name, "DE", "landkreis", False, ""), kinds=frozenset({"county"}), cores=frozenset({name}))


def compared(old: list[Printed], new: list[Printed], known: tuple[MergedAway, ...] = REFORMS) -> list[tuple[str, str, str, str]]:
    found = compare(old, new, (), lambda asked: {place_id: (PLACES[place_id],) for place_id in asked}, lambda: known)
    return [(d.change, d.cause, d.name_old, d.name_new) for d in found]


def test_every_heir_of_a_body_that_was_split_continues_it():
    assert compared([county("gorse heath")], [county("elmwood"), county("furze")]) == [
        ("renamed", "split_or_merged", "Landkreis Gorse Heath", "Landkreis Elmwood"),
        ("renamed", "split_or_merged", "Landkreis Gorse Heath", "Landkreis Furze"),
    ]


def test_a_county_is_not_the_town_of_its_name():
    town = row("cedar", "DE", "", True, "")
    of_the_name = (reform("cedar", "gorse heath", "2020"),)
    assert {change for change, *_ in compared([town], [county("gorse heath")], of_the_name)} == {"left", "joined"}
    assert {change for change, *_ in compared([county("cedar")], [county("gorse heath")], of_the_name)} == {"renamed"}


def test_a_council_with_the_tasks_of_both_is_found_under_either():
    for heir in (row("cedar", "DE", "municipality", True, ""), county("cedar")):
        assert {change for change, *_ in compared([row("birch", "DE", "", True, "")], [heir])} == {"renamed"}


def test_an_heir_that_was_merged_itself_is_followed_to_the_last():
    chain = [reform("a", "b", "2019"), reform("b", "c", "2021"), reform("c", "d", "2023")]
    assert {line.heir_keys for line in with_later_heirs(chain) if line.of == "region a"} == {("b",), ("c",), ("d",)}


def test_neither_a_split_heir_nor_an_older_reform_is_followed():
    assert with_later_heirs(REFORMS) == list(REFORMS)
    assert with_later_heirs([reform("a", "b", "2021"), reform("b", "c", "2019")])[2:] == []


@settings(max_examples=60)
@given(LISTS, LISTS, st.randoms(use_true_random=False))
def test_the_order_of_pages_and_of_reforms_decides_nothing(old, new, chance):
    mixed = [chance.sample(rows, len(rows)) for rows in (old, new)]
    known = tuple(chance.sample(REFORMS, len(REFORMS)))
    some, others = (
        [(change, *names) for change, _, *names in found if change in ("left", "joined")]
        for found in (compared(old, new), compared(*mixed, known))
    )
    assert len(some) == len(others)


@settings(max_examples=60)
@given(LISTS, LISTS)
def test_a_reform_takes_away_leavings_and_joinings_and_adds_none(old, new):
    told, without = ([r for r in compared(old, new, known) if r[0] in ("left", "joined")] for known in (REFORMS, ()))
    explained = [r for r in compared(old, new) if r[1] == "split_or_merged"]
    assert len(told) <= len(without) or explained
    assert explained or sorted(told) == sorted(without)
