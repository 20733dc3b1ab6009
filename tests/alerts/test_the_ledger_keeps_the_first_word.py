"""What was sent or suppressed stays so."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.alerts import ledger
from citynet.store import open_store


@pytest.fixture
def store(tmp_path):
    return open_store(str(tmp_path))


def entries(store):
    return {key: json.loads(store.read(key)) for key in store.keys("alerts/ledger")}


def test_an_entry_says_which_change_what_became_of_it_and_which_release_brought_it(store):
    ledger.enter(store, ["c1"], outcome="sent", release_id="2021-09-16-aa")
    assert entries(store) == {"alerts/ledger/c1.json": {"change_id": "c1", "outcome": "sent", "release_id": "2021-09-16-aa"}}


@pytest.mark.parametrize(("first", "second"), [("sent", "suppressed"), ("suppressed", "sent")])
def test_a_second_entry_of_a_change_alters_nothing(store, first, second):
    ledger.enter(store, ["c1"], outcome=first, release_id="r1")
    before = entries(store)
    ledger.enter(store, ["c1"], outcome=second, release_id="r2")
    assert entries(store) == before


def test_an_empty_store_knows_nothing(store):
    assert ledger.known(store) == frozenset()


@settings(max_examples=25)
@given(st.lists(st.tuples(st.frozensets(st.sampled_from("abcdef")), st.sampled_from(["sent", "suppressed"])), max_size=5))
def test_the_ledger_knows_all_that_was_entered_each_by_its_first_outcome(rounds):
    store = open_store("memory://ledger")
    store.delete("")
    expected: dict[str, str] = {}
    for number, (change_ids, outcome) in enumerate(rounds):
        ledger.enter(store, change_ids, outcome=outcome, release_id=f"r{number}")
        expected = {**dict.fromkeys(change_ids, outcome), **expected}
    assert ledger.known(store) == expected.keys()
    assert {entry["change_id"]: entry["outcome"] for entry in entries(store).values()} == expected
