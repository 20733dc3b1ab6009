"""Which changes of a release become news, which are entered as suppressed, and which wait; on releases written by hand."""

import json
from dataclasses import replace

import pytest

from alerts.mail_desk import free_port
from alerts.releases import at, change, publish
from alerts.webhook import listening
from citynet.alerts import ledger, outbox
from citynet.errors import ConfigError, SourceUnavailable
from citynet.pipelines import alerts

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

R1, R2, R3 = "2024-02-01-aaaaaaaaaaaa", "2024-03-01-bbbbbbbbbbbb", "2024-04-01-cccccccccccc"
DAY, NEXT, LATER = at("2024-02-01"), at("2024-02-02"), at("2024-02-03")
NOWHERE = "json://127.0.0.1:9/"


@pytest.fixture
def told(outside):
    """The same world with a channel at which nobody answers, seen for the first time before any news."""
    found = replace(outside, channels=(NOWHERE,))
    alerts.write_messages(found, at("2024-01-01"))
    return found


def entries(outside):
    found = [json.loads(outside.store.read(key)) for key in outside.store.keys("alerts/ledger")]
    return {entry["change_id"]: (entry["outcome"], entry["release_id"]) for entry in found}


def due(outside, now=DAY) -> list[str]:
    """The changes in the messages that wait after a run."""
    alerts.write_messages(outside, now)
    return sorted(i for m in outbox.messages(outside.store) if m.state == "waiting" for i in m.change_ids)


def test_before_the_first_release_there_is_nothing_to_tell(outside):
    assert alerts.write_messages(outside, DAY) == []


def test_only_changes_that_a_live_capture_decided_are_due_and_the_others_are_suppressed(told):
    others = [change("b", "gn2", capture_origin="archived"), change("c", "gn3", capture_origin="reconstructed")]
    publish(told, R1, change("a"), *others, change("d", "gn4", capture_origin=""))
    assert due(told) == ["a"]
    assert entries(told) == dict.fromkeys("bcd", ("suppressed", R1))
    preview = told.published.read("alerts_preview.txt").decode()
    assert preview.startswith("Preview only, nothing was sent")
    assert all(f"[{change_id}]" in preview for change_id in "bcd")
    assert "[a]" not in preview


def test_the_first_live_capture_of_a_network_is_never_news(told):
    publish(told, R1, change("a", evidence_capture_id="c0"))
    assert due(told) == []
    assert entries(told) == {"a": ("suppressed", R1)}


def test_what_was_not_sent_stays_due_and_is_told_with_what_came_since(told):
    publish(told, R1, change("a"))
    assert due(told) == ["a"]
    assert due(told, NEXT) == ["a"]
    publish(told, R2, change("a"), change("b", "gn2", evidence_capture_id="c2"), captures=("c1", "c2"))
    assert due(told, NEXT) == ["a", "b"]
    assert entries(told) == {}
    assert len(outbox.messages(told.store)) == 1


def test_what_was_sent_is_never_due_again(outside):
    with listening() as (url, got):
        told = replace(outside, channels=(url,))
        publish(told, R1, change("a"))
        for now in (DAY, NEXT, LATER):
            alerts.write_messages(told, now)
            alerts.send(told, now)
        publish(told, R2, change("a"))
        assert due(told, LATER) == []
    assert entries(outside) == {"a": ("sent", R1)}
    (message,) = got
    assert json.loads(message)["title"] == f"City Network Monitor: membership changes, release {R1}"
    assert "Graz (AT) joined" in message


def test_a_channel_that_is_set_later_is_not_told_what_was_news_before(outside):
    publish(outside, R1, change("a"))
    assert due(outside) == []
    assert set(ledger.news(outside.store)) == {"a"}
    late = replace(outside, channels=(NOWHERE,))
    publish(late, R2, change("a"), change("b", "gn2", evidence_capture_id="c2"), captures=("c1", "c2"))
    assert due(late, NEXT) == ["b"]
    assert entries(late) == {}


def test_a_sending_that_fails_enters_nothing_and_names_the_channel_by_its_number(told):
    dead = replace(told, channels=(f"mailto://robot:hunter2@127.0.0.1:{free_port()}?from=a@example.org&to=b@example.org&mode=insecure",))
    publish(dead, R1, change("a"))
    alerts.write_messages(dead, DAY)
    with pytest.raises(SourceUnavailable, match=r"alert channels \(CITYNET_ALERT_CHANNELS\): number 1 \(mailto\) did not take") as problem:
        alerts.send(dead, DAY)
    assert "hunter2" not in str(problem.value)
    assert entries(dead) == {}
    assert [m.state for m in outbox.messages(dead.store)] == ["trying"]


def test_a_change_found_by_reading_an_older_live_capture_anew_is_suppressed(told):
    """A mended reader or a new judgement shows a join of last month, or a backfilled list dates one anew: no news either."""
    publish(told, R1, captures=("c1", "c2"))
    assert due(told) == []
    publish(told, R2, change("late", evidence_capture_id="c2"), captures=("c1", "c2"))
    assert due(told, NEXT) == []
    assert entries(told) == {"late": ("suppressed", R2)}
    assert "[late]" in told.published.read("alerts_preview.txt").decode()


def test_a_capture_that_was_held_and_is_accepted_later_brings_news(told):
    publish(told, R1, captures=("c1",), held=("c2",))
    assert due(told) == []
    publish(told, R2, change("a", evidence_capture_id="c2"), captures=("c1", "c2"))
    assert due(told, NEXT) == ["a"]


def test_a_change_taken_back_before_it_was_sent_is_due_no_more(told):
    publish(told, R1, change("a"))
    assert due(told) == ["a"]
    publish(told, R2, captures=("c1", "c2"))
    assert due(told, NEXT) == []
    assert outbox.messages(told.store) == []
    publish(told, R3, change("b", evidence_capture_id="c3"), captures=("c1", "c2", "c3"))
    assert due(told, LATER) == ["b"]


@pytest.mark.parametrize("writes_done", range(6))
def test_a_kill_between_two_writes_loses_no_change_and_sends_none_that_is_suppressed(told, writes_done):
    """The folder is given to the step as one that fails from its n-th write on, and then whole again."""
    publish(told, R1, change("a"), change("b", "gn2", capture_origin="archived"))
    left = [None] * writes_done

    class Killed(Exception):
        pass

    def failing(folder):
        class Failing(type(folder)):
            def write(self, key, data):
                if not left:
                    raise Killed
                left.pop()
                folder.write(key, data)

        return Failing(folder.url, folder.fs, folder.root, folder.local)

    deadly = replace(told, store=failing(told.store), published=failing(told.published))
    if writes_done < 5:
        with pytest.raises(Killed):
            alerts.write_messages(deadly, DAY)
    else:
        alerts.write_messages(deadly, DAY)
        assert left == []  # five writes: the news, the preview, the ledger, what was looked at, the message
    assert due(told) == ["a"]
    assert entries(told) == {"b": ("suppressed", R1)}
    assert "[b]" in told.published.read("alerts_preview.txt").decode()


def test_ties_that_are_no_membership_come_and_go_untold(told):
    publish(told, R1, change("a", tie="observer"))
    assert due(told) == []
    assert entries(told) == {}


def test_a_kill_while_entering_what_is_suppressed_leaves_the_same_preview(told):
    publish(told, R1, change("a", capture_origin="reconstructed"), change("b", "gn2", capture_origin="reconstructed"))
    due(told)
    preview = told.published.read(alerts.PREVIEW)
    told.store.delete("alerts/ledger/b.json")
    due(told)
    assert told.published.read(alerts.PREVIEW) == preview


def test_a_run_on_replayed_pages_keeps_and_sends_no_message_and_the_next_live_one_does(told):
    publish(told, R1, change("a"))
    replaying = replace(told, mode="replay")
    assert due(replaying) == []
    alerts.send(replaying, DAY)
    assert due(told, NEXT) == ["a"]
    alerts.send(replaying, NEXT)
    assert [m.state for m in outbox.messages(told.store)] == ["waiting"]


def test_sending_alone_enters_and_previews_what_a_replay_shows(told):
    publish(told, R1, change("a", capture_origin="reconstructed"))
    alerts.send(replace(told, mode="replay"), DAY)
    assert entries(told) == {"a": ("suppressed", R1)}
    assert "[a]" in told.published.read(alerts.PREVIEW).decode()


def test_what_a_version_before_the_outbox_kept_as_due_is_refused_until_it_is_gone(told):
    told.store.write(f"alerts/digests/{R1}.json", json.dumps({"release_id": R1, "change_ids": ["a"], "body": ""}).encode())
    publish(told, R1, change("a"))
    with pytest.raises(ConfigError, match=r"alerts/digests in the store: .* docs/operations\.md#upgrade"):
        alerts.send(told, DAY)
    assert (entries(told), outbox.messages(told.store)) == ({}, [])
    told.store.delete(f"alerts/digests/{R1}.json")
    assert due(told) == ["a"]


def test_the_same_event_under_another_id_is_not_told_again(outside):
    """An older list that comes in later may move the deciding capture, and with it the id of a change."""
    with listening() as (url, got):
        told = replace(outside, channels=(url,))
        publish(told, R1, change("a"))
        alerts.write_messages(told, DAY)
        alerts.send(told, DAY)
        publish(told, R2, change("a2", earliest="2024-01-15", evidence_capture_id="c2"), captures=("c1", "c2"))
        alerts.write_messages(told, NEXT)
        alerts.send(told, NEXT)
        assert len(got) == 1
        publish(told, R3, change("z", earliest="2024-03-01", latest="2024-04-01", evidence_capture_id="c3"), captures=("c1", "c2", "c3"))
        alerts.write_messages(told, LATER)
        alerts.send(told, LATER)
    assert len(got) == 2
