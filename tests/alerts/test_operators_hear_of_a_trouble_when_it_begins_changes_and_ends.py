"""Three audiences: what is broken goes to operators, what waits to curators, each once; one outage is one message."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.releases import at, publish
from alerts.webhook import listening
from citynet.errors import ConfigError, SourceUnavailable
from citynet.model import instant
from citynet.pipelines import alerts, operators
from citynet.pipelines.fetching import record
from citynet.pipelines.operators import questions_told, troubles_told
from pipelines.live_pages import capture, listed, register

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1 = "2024-02-01-aaaaaaaaaaaa"


@pytest.fixture(autouse=True)
def rivers(outside):
    register(outside)


@pytest.fixture
def hook():
    with listening() as found:
        yield found


def bodies(got):
    return [json.loads(body)["message"] for body in got]


def tell(outside, day):
    operators.tell_operators(outside, at(day))
    operators.tell_curators(outside, at(day))
    alerts.send(outside, at(day))


def fails(outside, day, text):
    record(outside.store, "rivers", instant(f"{day}T05:00:00Z"), problem=SourceUnavailable(text))


def test_a_trouble_is_told_when_it_begins_when_it_changes_and_when_it_ends_and_else_not(outside, hook):
    url, got = hook
    world = replace(outside, operator_channels=(url,))
    fails(world, "2024-02-05", "https://rivers.example/members: status 503 after 12 s")
    for day in ("2024-02-05", "2024-02-06"):
        tell(world, day)
    fails(world, "2024-02-12", "https://rivers.example/members: status 504 after 30 s")
    tell(world, "2024-02-12")
    assert len(got) == 1
    assert "rivers: unavailable: https://rivers.example/members: status 503" in bodies(got)[0]
    assert "docs/operations.md#a-source-failed-or-is-held" in bodies(got)[0]
    fails(world, "2024-02-19", "https://rivers.example/members: the host is not known")
    tell(world, "2024-02-19")
    assert "rivers: changed, in trouble since 2024-02-05: unavailable: https://rivers.example/members: the host" in bodies(got)[1]
    capture(world, "2024-02-26", listed("Graz (Austria)", "Lyon (France)", "Ulm (Germany)"))
    for day in ("2024-02-26", "2024-02-27"):
        tell(world, day)
    assert "rivers: ended, was in trouble since 2024-02-05" in bodies(got)[2]
    assert len(got) == 3


def test_one_outage_of_many_sources_is_one_message_and_old_trouble_gets_louder():
    broken = {f"network_{n}": "unavailable: no answer" for n in range(40)}
    state, lines = troubles_told({}, broken, "2024-01-01")
    assert len(lines) == 40
    told = []
    for day in ("2024-01-02", "2024-01-30", "2024-01-31", "2024-02-01", "2024-03-31", "2024-12-30", "2024-12-31", "2026-01-01"):
        state, lines = troubles_told(state, broken, day)
        told += [day] if lines else []
    assert told == ["2024-01-31", "2024-03-31", "2024-12-31"]
    assert lines == []


CASES = [
    {"case_id": "c1", "what": "capture", "network_id": "rivers", "claim": "12 gone", "due": "2024-02-10", "outcome": ""},
    {"case_id": "n1", "what": "name", "network_id": "rivers", "claim": "Ulm?", "due": "", "outcome": ""},
    {"case_id": "n2", "what": "name", "network_id": "rivers", "claim": "Graz?", "due": "", "outcome": ""},
    {"case_id": "d1", "what": "name", "network_id": "rivers", "claim": "Bonn?", "due": "", "outcome": "is"},
]


def test_what_is_held_goes_to_curators_once_and_once_more_when_it_is_overdue(outside, hook):
    url, got = hook
    world = replace(outside, curator_channels=(url,))
    publish(world, R1, cases=CASES)
    for day in ("2024-02-01", "2024-02-02", "2024-02-11", "2024-02-12"):
        tell(world, day)
    first, second = bodies(got)
    assert "rivers: capture, open: 12 gone\nrivers: printed names to be matched, open: 2\n" in first
    assert "rivers: capture, overdue: 12 gone" in second
    assert "names" not in second


def test_a_question_that_ended_without_a_word_is_told_again_when_it_is_asked_anew(outside, hook):
    url, got = hook
    world = replace(outside, curator_channels=(url,))
    for day, cases in (("2024-02-01", CASES[:1]), ("2024-02-02", []), ("2024-02-03", CASES[:1]), ("2024-02-04", CASES[:1])):
        publish(world, R1, cases=cases)
        tell(world, day)
    assert ["12 gone" in body for body in bodies(got)] == [True, True]


def test_without_anybody_to_tell_the_log_says_it_and_it_is_told_to_the_first_who_comes(outside, hook, capsys):
    url, got = hook
    publish(outside, R1, cases=CASES)
    tell(outside, "2024-02-01")
    assert "12 gone" in capsys.readouterr().out
    assert outside.store.keys("alerts") == ["alerts/looked_at.json"]
    tell(replace(outside, curator_channels=(url,)), "2024-02-02")
    assert len(got) == 1


def test_a_subscription_for_operators_hears_of_its_networks_and_never_of_members(outside, subscribe, hook):
    url, got = hook
    subscribe("night", url, audience="operators", networks=("rivers",))
    fails(outside, "2024-02-05", "no answer")
    record(outside.store, "hills", instant("2024-02-05T05:00:00Z"), problem=SourceUnavailable("no answer"))
    tell(outside, "2024-02-05")
    (body,) = bodies(got)
    assert "rivers: unavailable" in body
    assert "hills" not in body


def outage_of(outside, day, *sources):
    for source in sources:
        record(outside.store, source, instant(f"{day}T05:00:00Z"), problem=SourceUnavailable("no answer"))


def test_two_subscriptions_of_one_address_are_told_in_one_message(outside, subscribe, hook):
    url, got = hook
    subscribe("all", url, audience="operators", networks=("rivers", "hills"))
    subscribe("night", url, audience="operators", networks=("rivers",))
    outage_of(outside, "2024-02-05", "rivers", "hills", "lakes")
    for day in ("2024-02-05", "2024-02-06"):
        tell(outside, day)
    (body,) = bodies(got)
    assert [body.count(f"{source}: unavailable") for source in ("rivers", "hills", "lakes")] == [1, 1, 0]


def test_who_narrows_what_is_told_is_not_told_again_what_is_known(outside, subscribe, hook):
    url, got = hook
    subscribe("night", url, audience="operators")
    outage_of(outside, "2024-02-05", "rivers", "hills")
    tell(outside, "2024-02-05")
    subscribe("night", url, audience="operators", networks=("rivers",))
    tell(outside, "2024-02-06")
    assert len(got) == 1


@pytest.mark.parametrize("told_in", [operators.TROUBLES, operators.QUESTIONS])
def test_what_a_version_before_0_8_told_is_refused_and_says_where_to_look(outside, subscribe, hook, told_in):
    """Its file does not say what each was told: without it all that is open is told once more, with it nobody could say."""
    subscribe("night", hook[0], audience="operators")
    publish(outside, R1, cases=CASES)
    outside.store.write(told_in, json.dumps({"told_at": "2024-02-01T09:00:00Z", "state": {}, "lines": [], "to": []}).encode())
    with pytest.raises(ConfigError, match=rf"{told_in} in the store: .* docs/operations\.md#upgrade"):
        tell(outside, "2024-02-05")
    assert json.loads(outside.store.read(told_in))["lines"] == []


@pytest.mark.parametrize("writes_done", range(4))
def test_a_kill_between_the_writes_leaves_the_same_message_to_be_sent_once_to_each(outside, hook, writes_done):
    url, got = hook
    world = replace(outside, curator_channels=(url, url + "/other"))
    publish(world, R1, cases=CASES)
    left = [None] * writes_done

    class Killed(Exception):
        pass

    class Failing(type(world.store)):
        def write(self, key, data):
            if not left:
                raise Killed
            left.pop()
            super().write(key, data)

    store = world.store
    try:
        operators.tell_curators(replace(world, store=Failing(store.url, store.fs, store.root, store.local)), at("2024-02-01"))
    except Killed:
        assert writes_done < 3
    for day in ("2024-02-01", "2024-02-02"):
        tell(world, day)
    assert len(got) == 2
    assert all("12 gone" in body for body in bodies(got))


def test_a_run_on_replayed_pages_tells_nobody(outside, hook):
    url, got = hook
    publish(outside, R1, cases=CASES)
    tell(replace(outside, mode="replay", curator_channels=(url,), operator_channels=(url,)), "2024-02-01")
    assert got == []


SOURCES = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["unavailable: 1", "unavailable: 2", "changed: x"]), max_size=3)


@given(st.lists(SOURCES, max_size=8))
def test_a_source_is_told_exactly_when_its_trouble_begins_takes_a_new_form_or_ends(rounds):
    state, told = {}, {}
    for number, broken in enumerate(rounds):
        state, lines = troubles_told(state, broken, f"2024-01-{number + 1:02}")
        form = {source: text.rstrip("12") for source, text in broken.items()}
        expected = {s for s in form if form[s] not in told.get(s, ())} | (told.keys() - form.keys())
        assert sorted(line.split(":")[0] for line in lines) == sorted(expected)
        told = {s: told.get(s, set()) | {form[s]} for s in form}


def test_a_trouble_that_swings_between_two_reasons_is_told_once_of_each():
    state, told = {}, []
    for day in range(1, 15):
        reason = ("timed out after 30 s", "status 503", "connection reset")[day % 3]
        state, lines = troubles_told(state, {"rivers": f"unavailable: {reason}"}, f"2024-02-{day:02}")
        told += [(day, line) for line in lines]
    assert [day for day, _ in told] == [1, 2, 3]
    state, lines = troubles_told(state, {}, "2024-02-20")
    assert lines == ["rivers: ended, was in trouble since 2024-02-01"]
    assert troubles_told(state, {"rivers": "unavailable: status 503"}, "2024-02-21")[1] == ["rivers: unavailable: status 503"]


def test_a_source_that_is_read_again_and_held_is_not_told_as_ended():
    state, _ = troubles_told({}, {"rivers": "unavailable: status 503"}, "2024-02-01")
    state, lines = troubles_told(state, {}, "2024-02-02", {"rivers"})
    assert lines == ["rivers: is read again, now held for curators, was in trouble since 2024-02-01"]
    assert state == {}


def test_a_question_that_was_closed_and_opened_again_is_told_again():
    state, _ = questions_told({}, CASES[:1], "2024-02-01")
    state, _ = questions_told(state, [], "2024-02-02")
    _, lines = questions_told(state, CASES[:1], "2024-02-03")
    assert len(lines) == 1
