"""Which changes of a release are sent, which are entered as suppressed, and which wait; on releases written by hand."""

import json
import socket
from dataclasses import replace

import pytest

from alerts.webhook import listening
from citynet.errors import SourceUnavailable
from citynet.pipelines import alerts

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

COLUMNS = "change_id,network_id,place_id,tie,change,earliest,latest,printed_on,evidence_capture_id,capture_origin"


@pytest.fixture
def publish(outside):
    """Point to a release with these changes: (change_id, origin, deciding capture); all captures but the held ones are accepted."""

    def release(release_id: str, *changes: tuple[str, str, str], captures: str = "", held: str = "", tie: str = "full") -> None:
        lines = [f"{name},net,gn1,{tie},joined,2024-01-01,2024-02-01,,{capture},{origin}" for name, origin, capture in changes]
        sources = [f"net,{c},accepted" for c in captures.split()] + [f"net,{c},held" for c in held.split()]
        tables = {
            "networks": ["network_id,name", "net,Network of Rivers"],
            "places": ["place_id,name,country", "gn1,Graz,AT"],
            "membership_changes": [COLUMNS, *lines],
            "sources": ["source_id,capture_id,decision", *sources],
        }
        for name, rows in tables.items():
            outside.published.write(f"{release_id}/data/{name}.csv", ("\n".join(rows) + "\n").encode())
        outside.published.write("latest.json", json.dumps({"release_id": release_id}).encode())

    return release


def entries(outside):
    found = [json.loads(outside.store.read(key)) for key in outside.store.keys("alerts/ledger")]
    return {entry["change_id"]: (entry["outcome"], entry["release_id"]) for entry in found}


def due(outside) -> list[str]:
    keys = alerts.write_digest(outside)
    return json.loads(outside.store.read(keys[0]))["change_ids"] if keys else []


R1, R2, R3 = "2024-02-01-aaaaaaaaaaaa", "2024-03-01-bbbbbbbbbbbb", "2024-04-01-cccccccccccc"


def test_before_the_first_release_there_is_nothing_to_tell(outside):
    assert alerts.write_digest(outside) == []


def test_only_changes_that_a_live_capture_decided_are_due_and_the_others_are_suppressed(outside, publish):
    publish(R1, ("a", "live", "c1"), ("b", "archived", "c2"), ("c", "reconstructed", "c3"), ("d", "", ""), captures="c1 c2 c3")
    assert due(outside) == ["a"]
    assert entries(outside) == dict.fromkeys("bcd", ("suppressed", R1))
    preview = outside.published.read("alerts_preview.txt").decode()
    assert preview.startswith("Preview only, nothing was sent")
    assert all(f"[{change}]" in preview for change in "bcd")
    assert "[a]" not in preview


def test_what_was_not_sent_stays_due_and_is_told_with_what_came_since(outside, publish):
    publish(R1, ("a", "live", "c1"), captures="c1")
    assert due(outside) == ["a"]
    assert due(outside) == ["a"]
    publish(R2, ("a", "live", "c1"), ("b", "live", "c2"), captures="c1 c2")
    assert due(outside) == ["a", "b"]
    assert entries(outside) == {}


def test_what_was_sent_is_never_due_again(outside, publish):
    with listening() as (url, got):
        told = replace(outside, channels=(url,))
        publish(R1, ("a", "live", "c1"), captures="c1")
        alerts.send(told, alerts.write_digest(told)[0])
        assert due(told) == []
        publish(R2, ("a", "live", "c1"), captures="c1")
        assert due(told) == []
    assert entries(outside) == {"a": ("sent", R1)}
    (message,) = got
    assert json.loads(message)["title"] == f"City Network Monitor: membership changes, release {R1}"
    assert "Graz (AT) joined" in message


def test_without_channels_nothing_is_entered_and_the_change_stays_due(outside, publish, capsys):
    publish(R1, ("a", "live", "c1"), captures="c1")
    alerts.send(outside, alerts.write_digest(outside)[0])
    assert "1 change(s) stay untold" in capsys.readouterr().out
    assert entries(outside) == {}
    assert due(outside) == ["a"]


def test_a_sending_that_fails_enters_nothing_and_the_change_stays_due(outside, publish):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        failing = replace(outside, channels=(f"json://127.0.0.1:{closed.getsockname()[1]}/",))
        publish(R1, ("a", "live", "c1"), captures="c1")
        key = alerts.write_digest(failing)[0]
        with pytest.raises(SourceUnavailable):
            alerts.send(failing, key)
    assert entries(outside) == {}
    assert due(outside) == ["a"]


def test_a_change_found_by_reading_an_older_live_capture_anew_is_suppressed(outside, publish):
    """A mended reader or a new judgement shows a join of last month, or a backfilled list dates one anew: no news either."""
    publish(R1, captures="c1 c2")
    assert due(outside) == []
    publish(R2, ("late", "live", "c2"), captures="c1 c2")
    assert due(outside) == []
    assert entries(outside) == {"late": ("suppressed", R2)}
    assert "[late]" in outside.published.read("alerts_preview.txt").decode()


def test_a_capture_that_was_held_and_is_accepted_later_brings_news(outside, publish):
    publish(R1, captures="c1", held="c2")
    assert due(outside) == []
    publish(R2, ("a", "live", "c2"), captures="c1 c2")
    assert due(outside) == ["a"]


def test_a_change_taken_back_before_it_was_sent_is_due_no_more(outside, publish):
    publish(R1, ("a", "live", "c1"), captures="c1")
    assert due(outside) == ["a"]
    publish(R2, captures="c1 c2")
    assert due(outside) == []
    publish(R3, ("b", "live", "c3"), captures="c1 c2 c3")
    assert due(outside) == ["b"]


@pytest.mark.parametrize("writes_done", [0, 1, 2, 3])
def test_a_kill_between_two_writes_loses_no_change_and_sends_none_that_is_suppressed(outside, publish, writes_done):
    """The folder is given to the step as one that fails from its n-th write on, and then whole again."""
    publish(R1, ("a", "live", "c1"), ("b", "archived", "c2"), captures="c1 c2")
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

    with pytest.raises(Killed):
        alerts.write_digest(replace(outside, store=failing(outside.store), published=failing(outside.published)))
    assert due(outside) == ["a"]
    assert entries(outside) == {"b": ("suppressed", R1)}
    assert "[b]" in outside.published.read("alerts_preview.txt").decode()


def test_ties_that_are_no_membership_come_and_go_untold(outside, publish):
    publish(R1, ("a", "live", "c1"), captures="c1", tie="observer")
    assert due(outside) == []
    assert entries(outside) == {}


def test_a_kill_while_entering_what_is_suppressed_leaves_the_same_preview(outside, publish):
    publish(R1, ("a", "reconstructed", "c1"), ("b", "reconstructed", "c1"), captures="c1")
    due(outside)
    preview = outside.published.read(alerts.PREVIEW)
    outside.store.delete("alerts/ledger/b.json")
    due(outside)
    assert outside.published.read(alerts.PREVIEW) == preview
