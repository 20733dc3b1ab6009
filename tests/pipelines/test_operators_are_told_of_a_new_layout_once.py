"""A page laid out anew whose members are the same: one mail to the operators, through a real mail server, and never a second."""

from contextlib import suppress
from dataclasses import replace

import pytest

from alerts.mail_desk import open_desk
from alerts.receivers import receiver
from alerts.releases import at
from citynet.errors import SourceUnavailable
from citynet.pipelines import alerts
from citynet.pipelines.layouts import tell_new_layouts
from citynet.pipelines.operators import tell_operators
from citynet.pipelines.outside import open_outside
from pipelines.live_pages import URL, capture, listed, register

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

CITIES = ("Graz (Austria)", "Lyon (France)", "Gdańsk (Poland)", "Malmö (Sweden)")
BEFORE, AFTER = listed(*CITIES), listed(*CITIES).replace("<main>", "<section class='new'><main>")


@pytest.fixture
def desk():
    with open_desk() as found:
        yield found


@pytest.fixture
def rivers(outside, desk):
    register(outside)
    return replace(outside, operator_channels=(desk.channel,))


def tell(outside, day: str, *keys: str) -> list[str]:
    """The last task of collect_memberships on captures just accepted, then the sending of send_alerts; what the first told."""
    told = tell_new_layouts(outside, keys, at(day))
    alerts.send(outside, at(day))
    return told


def collected(outside, day: str, body: str, origin: str = "live") -> list[str]:
    return tell(outside, day, f"rivers/{capture(outside, day, body, origin=origin).capture_id}")


def test_a_new_layout_with_the_same_members_is_mailed_once(rivers, desk):
    assert collected(rivers, "2024-03-01", BEFORE) == []
    assert collected(rivers, "2024-03-08", BEFORE) == []
    (key,) = collected(rivers, "2024-03-15", AFTER)
    assert tell(rivers, "2024-03-16", key) == []
    assert collected(rivers, "2024-03-22", AFTER) == []
    (mail,) = desk.mails
    assert "pages laid out anew" in mail.splitlines()[0]
    assert f"rivers: {URL} is laid out anew on 2024-03-15, and its 4 members are the same." in mail
    assert "docs/operations.md#a-page-is-laid-out-anew" in mail


def test_two_versions_served_by_turns_are_told_once(rivers, desk):
    for day, body in (("01", BEFORE), ("08", AFTER), ("15", BEFORE), ("22", AFTER), ("29", BEFORE)):
        collected(rivers, f"2024-03-{day}", body)
    assert len(desk.mails) == 1


def test_a_layout_that_a_broken_run_did_not_tell_is_told_by_the_next(rivers, desk):
    collected(rivers, "2024-03-01", BEFORE)
    untold = capture(rivers, "2024-03-08", AFTER)
    assert collected(rivers, "2024-03-15", AFTER) == [f"rivers/{untold.capture_id}"]
    assert collected(rivers, "2024-03-22", AFTER) == []
    assert len(desk.mails) == 1


@pytest.mark.parametrize("origin", ["archived", "reconstructed"])
def test_only_a_page_read_live_is_told(rivers, desk, origin):
    collected(rivers, "2024-03-01", BEFORE, origin)
    collected(rivers, "2024-03-08", AFTER, origin)
    assert desk.mails == []


def test_a_layout_that_comes_with_a_member_is_the_news_of_the_member(rivers, desk):
    collected(rivers, "2024-03-01", BEFORE)
    collected(
        rivers, "2024-03-08", AFTER.replace("</main>", "</main><p></p>").replace("</ul></main>", "<li>Porto (Portugal)</li></ul></main>")
    )
    assert desk.mails == []


def test_a_page_that_is_not_accepted_is_not_told_here(rivers, desk):
    collected(rivers, "2024-03-01", BEFORE)
    collected(rivers, "2024-03-08", listed(*CITIES, container="renamed"))
    assert desk.mails == []


def test_without_channels_the_log_says_it_and_nothing_counts_as_told(rivers, capsys):
    silent = replace(rivers, operator_channels=())
    collected(silent, "2024-03-01", BEFORE)
    assert len(collected(silent, "2024-03-08", AFTER)) == 1
    assert "rivers: https://rivers.example/members is laid out anew" in capsys.readouterr().out
    assert silent.store.keys("alerts") == []


def test_a_channel_that_takes_nothing_is_named_without_its_secret_and_tried_again_and_the_others_not_told_again(rivers, desk, tmp_path):
    with receiver("http", tmp_path) as late:
        two = replace(rivers, operator_channels=(late.url("hunter2"), desk.channel))
        collected(two, "2024-03-01", BEFORE)
        with pytest.raises(SourceUnavailable, match=r"CITYNET_OPERATOR_CHANNELS\): number 1 \(json\)") as problem:
            collected(two, "2024-03-08", AFTER)
        assert "hunter2" not in str(problem.value)
        collected(two, "2024-03-15", AFTER)  # that it fails on is no news
        late.start()
        for day in ("22", "29"):
            collected(two, f"2024-03-{day}", AFTER)
        assert ["pages laid out anew" in message["title"] for message in late.got] == [True]
    assert len(desk.mails) == 1


@pytest.mark.parametrize("writes_done", range(4))
def test_a_kill_between_the_writes_leaves_the_same_message_to_be_sent_once_to_each(rivers, desk, writes_done):
    other = desk.channel.replace("desk@", "night@")
    world = replace(rivers, operator_channels=(desk.channel, other))
    collected(world, "2024-03-01", BEFORE)
    key = f"rivers/{capture(world, '2024-03-08', AFTER).capture_id}"
    told_by_a_killed_run(world, key, writes_done)
    for day in ("2024-03-08", "2024-03-09"):
        tell(world, day, key)
    assert len(desk.mails) == 2
    assert all(f"rivers: {URL} is laid out anew" in mail for mail in desk.mails)


def test_what_a_killed_run_told_is_sent_by_the_daily_run_though_no_further_list_comes(rivers, desk):
    collected(rivers, "2024-03-01", BEFORE)
    told_by_a_killed_run(rivers, f"rivers/{capture(rivers, '2024-03-08', AFTER).capture_id}", 1)
    assert rivers.store.keys("alerts") == ["alerts/layouts.json"]
    for day in ("2024-03-09", "2024-03-10"):
        tell_operators(rivers, at(day))
        alerts.send(rivers, at(day))
    (mail,) = [mail for mail in desk.mails if "pages laid out anew" in mail.splitlines()[0]]
    assert f"rivers: {URL} is laid out anew on 2024-03-08" in mail


@pytest.mark.parametrize(("first_told", "mails"), [("2024-06-06", 1), ("2024-06-07", 0)])
def test_who_sets_a_channel_is_not_told_of_layouts_older_than_90_days(rivers, desk, first_told, mails):
    silent = replace(rivers, operator_channels=())
    collected(silent, "2024-03-01", BEFORE)
    (key,) = collected(silent, "2024-03-08", AFTER)
    assert len(tell(rivers, first_told, key)) == len(desk.mails) == mails


def told_by_a_killed_run(world, key: str, writes_done: int) -> None:
    """The telling, ended at the write to the alerts that comes after so many; all of it where there are fewer."""

    class Killed(Exception):
        pass

    left = [None] * writes_done

    class Failing(type(world.store)):
        def write(self, key, data):
            if key.startswith("alerts/") and not left:
                raise Killed
            left.pop() if key.startswith("alerts/") else None
            super().write(key, data)

    store = world.store
    with suppress(Killed):
        tell_new_layouts(replace(world, store=Failing(store.url, store.fs, store.root, store.local)), [key], at("2024-03-08"))


def test_a_layout_that_comes_after_a_killed_run_is_a_message_of_its_own(rivers, desk):
    collected(rivers, "2024-03-01", BEFORE)
    told_by_a_killed_run(rivers, f"rivers/{capture(rivers, '2024-03-08', AFTER).capture_id}", 1)
    collected(rivers, "2024-03-15", AFTER.replace("class='new'", "class='newer'").replace("<main>", "<main><b></b>"))
    assert len(desk.mails) == 2


def test_a_run_on_replayed_pages_tells_nobody(rivers, desk):
    collected(rivers, "2024-03-01", BEFORE)
    assert collected(replace(rivers, mode="replay"), "2024-03-08", AFTER) == []
    assert desk.mails == []


def test_the_channels_of_operators_are_their_own(tmp_path):
    own = {"CITYNET_STORE": str(tmp_path / "s"), "CITYNET_PUBLISHED": str(tmp_path / "p"), "CITYNET_MODE": "none"}
    assert open_outside({**own, "CITYNET_OPERATOR_CHANNELS": " json://a  mailto://b "}).operator_channels == ("json://a", "mailto://b")
    assert open_outside({**own, "CITYNET_ALERT_CHANNELS": "json://a"}).operator_channels == ()
