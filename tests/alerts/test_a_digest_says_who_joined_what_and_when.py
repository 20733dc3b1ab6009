"""The text that subscribers get."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.alerts.digest import VERBS, Told, digest, when
from citynet.publishing.contract import contract

JOINED = Told(
    change_id="c1",
    network="Pact of Free Cities",
    place="Amsterdam",
    country="NL",
    change="joined",
    earliest="2019-12-16",
    latest="2021-09-16",
    printed_on="",
    origin="live",
    decided_by="pact_of_free_cities/cap",
)


def changes(*names_and_networks: tuple[str, str]) -> list[Told]:
    return [replace(JOINED, place=p, network=n, change_id=f"id-{p}") for p, n in names_and_networks]


def test_the_whole_message_is_as_written_here():
    left = replace(JOINED, change_id="c2", network="Eurocities", place="Leipzig", country="DE", change="left", printed_on="2020-05")
    assert digest([JOINED, left], release_id="2021-09-16-0123456789ab") == (
        "City Network Monitor: 2 membership change(s), release 2021-09-16-0123456789ab\n"
        "\n"
        "Eurocities\n"
        "  Leipzig (DE) left on 2020-05 (as printed)  [c2]\n"
        "\n"
        "Pact of Free Cities\n"
        "  Amsterdam (NL) joined between 2019-12-16 and 2021-09-16 (dates of the lists)  [c1]\n"
        "\n"
        "Each change leads to its evidence on the release's page of changes. Something wrong? Answer with the id in brackets.\n"
    )


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"printed_on": "2020-03"}, "on 2020-03 (as printed)"),
        ({}, "between 2019-12-16 and 2021-09-16 (dates of the lists)"),
        ({"earliest": ""}, "by 2021-09-16"),
        ({"earliest": "2021-09-16"}, "on 2021-09-16 (two lists of that day)"),
    ],
)
def test_a_printed_date_comes_before_the_dates_of_the_lists_and_no_single_day_is_guessed(dates, words):
    assert when(replace(JOINED, **dates)) == words


def test_cities_stand_under_their_network_once_and_in_alphabetical_order():
    text = digest(changes(("Ulm", "B"), ("Bonn", "A"), ("Graz", "B"), ("Aachen", "A")), release_id="r")
    shown = [line.split(" (")[0] for line in text.splitlines()[2:-1] if line]
    assert shown == ["A", "  Aachen", "  Bonn", "B", "  Graz", "  Ulm"]


def test_what_stands_at_the_head_comes_first():
    assert digest([JOINED], release_id="r", head=["Preview only.", ""]).startswith("Preview only.\n\nCity Network Monitor: 1 ")


def test_every_world_change_of_the_contract_has_words():
    column = next(c for c in contract().table("membership_changes").columns if c.name == "change")
    assert set(VERBS) == set(column.enum)


SOME = st.lists(
    st.builds(
        Told,
        change_id=st.uuids().map(str),
        network=st.sampled_from(["Eurocities", "ICORN", "Städtebund"]),
        place=st.sampled_from(["Graz", "Łódź", "'s-Hertogenbosch"]),
        country=st.sampled_from(["AT", "PL", "NL"]),
        change=st.sampled_from(sorted(VERBS)),
        earliest=st.sampled_from(["", "2020-01-01"]),
        latest=st.just("2021-01-01"),
        printed_on=st.sampled_from(["", "2020"]),
        origin=st.just("live"),
        decided_by=st.just("n/c"),
    ),
    min_size=1,
    max_size=8,
)


@given(SOME, st.randoms(use_true_random=False))
def test_the_message_does_not_depend_on_the_order_and_names_each_change_once(some, shuffled):
    text, mixed = digest(some, release_id="r"), list(some)
    shuffled.shuffle(mixed)
    assert digest(mixed, release_id="r") == text
    assert all(text.count(f"[{change.change_id}]") == 1 for change in some)
    assert text.startswith(f"City Network Monitor: {len(some)} membership change(s)")
