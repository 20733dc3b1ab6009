"""The last word that a recipient got on a change is what is so: a correction may be corrected, and none goes whose reason has gone."""

import tempfile
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alerts.conftest import subscribed, world_of_alerts
from alerts.judged import claim
from alerts.receivers import receiver
from alerts.releases import at, change, publish
from citynet.alerts import outbox
from citynet.errors import SourceUnavailable
from citynet.pipelines import alerts
from loopback import page, serving

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1 = "2024-02-01-aaaaaaaaaaaa"


@pytest.fixture
def hook(tmp_path):
    with receiver("http", tmp_path) as found:
        found.start()
        yield found


@pytest.fixture
def told(outside, subscribe, hook):
    """One subscriber was told that Graz joined."""
    subscribe("desk", hook.url("desk"))
    publish(outside, R1, change("a"))
    alerts.send(outside, at("2024-02-01"))
    return hook


def titles(hook):
    return [message["title"].split(",")[0].removeprefix("City Network Monitor: ") for message in hook.got]


def test_a_correction_that_was_not_sent_when_its_claim_was_turned_down_is_not_sent(outside, told):
    claim(outside, "upheld")
    alerts.write_messages(outside, at("2024-02-02"))
    claim(outside, "rejected")
    alerts.send(outside, at("2024-02-02", 12))
    assert titles(told) == ["membership changes"]


def test_who_was_corrected_hears_that_the_change_stands_after_all_and_again_if_it_does_not(outside, told):
    for number, outcome in enumerate(("upheld", "rejected", "upheld", "rejected"), 2):
        claim(outside, outcome)
        for day in (2 * number, 2 * number + 1):
            alerts.send(outside, at(f"2024-02-{day:02}"))
    assert titles(told) == ["membership changes", *["correction", "a correction taken back"] * 2]
    assert "Network of Rivers: Graz (AT) joined between 2024-01-01 and 2024-02-01 (dates of the lists)  [a]" in told.got[2]["body"]
    assert "Told on 2024-02-01." in told.got[2]["body"]
    assert len({message["id"] for message in told.got}) == 5


def test_a_change_whose_digest_never_arrived_is_told_in_the_end_if_it_stands(outside, subscribe, tmp_path):
    with receiver("http", tmp_path) as hook:
        subscribe("desk", hook.url("desk"))
        publish(outside, R1, change("a"))
        for day, outcome in (("2024-02-01", ""), ("2024-02-02", "upheld")):
            claim(outside, outcome) if outcome else None
            with pytest.raises(SourceUnavailable):
                alerts.send(outside, at(day))
        claim(outside, "rejected")
        hook.start()
        for day in ("2024-02-03", "2024-02-04"):
            alerts.send(outside, at(day))
        (message,) = hook.got
    assert "Graz (AT) joined between 2024-01-01 and 2024-02-01 (dates of the lists)  [a]" in message["body"]
    assert "Told on 2024-02-01." in message["body"]


def test_a_change_that_was_taken_out_of_a_digest_and_corrected_is_told_by_the_taking_back_alone(outside, subscribe, tmp_path):
    with receiver("http", tmp_path) as hook:
        subscribe("desk", hook.url("desk"))
        publish(outside, R1, change("a"), change("b", "gn2"))
        with pytest.raises(SourceUnavailable):
            alerts.send(outside, at("2024-02-01"))
        hook.start()
        for first, outcome in ((2, "upheld"), (5, "rejected")):
            claim(outside, outcome)
            for day in range(first, first + 3):
                alerts.send(outside, at(f"2024-02-{day:02}"))
        assert sorted(titles(hook)) == ["a correction taken back", "correction", "membership changes"]
        assert ["Graz (AT) joined" in message["body"] for message in hook.got if "digest" in kind_of_text(message["body"])] == [False]


def test_a_change_that_stands_again_and_waits_for_another_claim_is_not_told_meanwhile(outside, told):
    claim(outside, "upheld")
    alerts.send(outside, at("2024-02-02"))
    claim(outside, "")
    alerts.send(outside, at("2024-02-03"))
    assert titles(told) == ["membership changes", "correction"]


STEPS = st.lists(st.sampled_from(["upheld", "rejected", "open", "write", "send", "send in vain"]), max_size=8)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@example(["send in vain", "upheld", "write", "rejected", "send"])
@example(["send", "upheld", "send in vain", "rejected", "send in vain", "upheld", "send", "rejected"])
@example(["send in vain", "upheld", "send in vain", "rejected", "send in vain", "upheld"])
@given(STEPS)
def test_in_the_end_the_last_word_is_what_is_so(steps):
    """Whatever was judged and tried in whichever order: the newest message that a webhook has kept on the change says what holds."""
    with tempfile.TemporaryDirectory() as folder, serving() as site:
        up = [True]
        taken = {}

        def answer(handler):
            if up[0]:
                taken[handler.headers["Idempotency-Key"]] = site.posted[-1]
            page(b"", 200 if up[0] else 503)(handler)

        site.answers["/desk"] = answer
        outside = replace(world_of_alerts(Path(folder)), mode="live")
        subscribed(outside, "desk", f"json://127.0.0.1:{site.port}/desk")
        publish(outside, R1, change("a"))
        alerts.write_messages(outside, at("2024-02-01"))
        outcome = ""
        for number, step in enumerate([*steps, "send", "send"], 1):
            now = at(f"2024-02-{number:02}")
            if step in ("upheld", "rejected", "open"):
                outcome = step
                claim(outside, "" if step == "open" else step)
            elif step == "write":
                alerts.write_messages(outside, now)
            else:
                up[0] = step == "send"
                with suppress(SourceUnavailable):
                    alerts.send(outside, now)
        said = [kind_of_text(text) for text in taken.values()]
        if outcome == "upheld":
            assert said[-1:] in ([], ["correction"])
        elif outcome != "open":
            assert said[-1] in ("digest", "taken back")
        assert all(one != after for one, after in pairwise(said))
        assert said.count("digest") <= 1
        assert not any(m.state == "waiting" for m in outbox.messages(outside.store))


def kind_of_text(posted):
    text = str(posted)
    return "correction" if "does not stand" in text else "taken back" if "stands after all" in text else "digest"
