"""A list that is held is asked of curators; where it stays held, operators hear of the network's age as of a source that fails."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alerts.releases import at
from citynet.errors import SourceUnavailable
from citynet.model import instant
from citynet.pipelines import operators
from citynet.pipelines.fetching import readable, record
from citynet.pipelines.operators import troubles_told
from pipelines.live_pages import capture, listed, register

WHOLE = ("Graz (Austria)", "Linz (Austria)", "Wels (Austria)", "Steyr (Austria)", "Bregenz (Austria)", "Lyon (France)")
CUT = WHOLE[:3]
HELD_ON = date(2024, 3, 11)


@pytest.fixture
def world(outside):
    """A network whose second list is held."""
    register(outside)
    capture(outside, "2024-03-04", listed(*WHOLE))
    capture(outside, f"{HELD_ON}", listed(*CUT))
    return replace(outside, operator_channels=("json://127.0.0.1:9/never-sent",))


def told(world, days: int) -> list[str]:
    """What operators hear so many days after the list was held."""
    return operators.tell_operators(world, at(f"{HELD_ON + timedelta(days=days)}"))


def test_operators_hear_when_the_time_for_an_answer_is_over_and_louder_with_age(world):
    heard = {days: lines for days in (0, 7, 42, 43, 50, 89, 90, 91, 364, 365, 400) if (lines := told(world, days))}
    assert list(heard) == [43, 90, 365]
    assert heard[43][0].startswith("rivers: for 43 days (since 2024-03-11): held: collapse: 3 of 6 members")
    assert heard[90][0].startswith("rivers: still, for 90 days (since 2024-03-11): held: collapse")


def test_further_lists_held_are_no_news_and_the_end_is_told_once(world):
    told(world, 43)
    for days, members in ((49, CUT), (56, WHOLE[:2] + WHOLE[5:])):
        capture(world, f"{HELD_ON + timedelta(days=days)}", listed(*members))
        assert told(world, days + 1) == []
    capture(world, f"{HELD_ON + timedelta(days=63)}", listed(*WHOLE))
    assert [told(world, days) for days in (63, 64)] == [["rivers: ended, was in trouble since 2024-03-11"], []]


def test_a_refusal_by_a_person_does_not_make_the_network_silent(world):
    line = f"rivers,{readable(world.store, 'rivers')[-1].capture_id},reject,editor,2024-03-12,cut,"
    (world.judgements / "captures.csv").write_text(f"network_id,capture_id,verdict,reviewer,date,reason,evidence_url\n{line}\n")
    (heard,) = told(world, 43)
    assert "held: reject by editor on 2024-03-12: cut" in heard


def test_a_source_that_fails_while_it_is_held_is_one_trouble(world):
    told(world, 43)
    record(world.store, "rivers", instant("2024-04-29T05:00:00Z"), problem=SourceUnavailable("no answer"))
    assert told(world, 50) == ["rivers: changed, in trouble since 2024-03-11: unavailable: no answer"]
    capture(world, "2024-05-06", listed(*CUT))
    assert told(world, 57) == []


def test_the_age_counts_from_when_it_began_and_not_from_when_it_was_told():
    state, lines = troubles_told({}, {"rivers": "held: x"}, "2024-04-23", frozenset(), {"rivers": "2024-03-11"})
    assert lines == ["rivers: for 43 days (since 2024-03-11): held: x"]
    assert troubles_told(state, {"rivers": "held: x"}, "2024-06-08", frozenset(), {"rivers": "2024-03-11"})[1] == []
    assert len(troubles_told(state, {"rivers": "held: x"}, "2024-06-09", frozenset(), {"rivers": "2024-03-11"})[1]) == 1
