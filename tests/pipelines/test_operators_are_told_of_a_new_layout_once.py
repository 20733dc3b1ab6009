"""A page laid out anew whose members are the same: one mail to the operators, through a real mail server, and never a second."""

import json
from dataclasses import replace

import pytest

from alerts.mail_desk import free_port, open_desk
from citynet.errors import SourceUnavailable
from citynet.pipelines.layouts import tell_new_layouts
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


def collected(outside, day: str, body: str, origin: str = "live") -> list[str]:
    """What the last task of collect_memberships tells of a capture just accepted."""
    return tell_new_layouts(outside, [f"rivers/{capture(outside, day, body, origin=origin).capture_id}"])


def test_a_new_layout_with_the_same_members_is_mailed_once(rivers, desk):
    assert collected(rivers, "2024-03-01", BEFORE) == []
    assert collected(rivers, "2024-03-08", BEFORE) == []
    (key,) = collected(rivers, "2024-03-15", AFTER)
    assert tell_new_layouts(rivers, [key]) == []
    assert collected(rivers, "2024-03-22", AFTER) == []
    (mail,) = desk.mails
    assert "1 page laid out anew" in mail.splitlines()[0]
    assert f"rivers: {URL} is laid out anew, and its 4 members are the same." in mail
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
    assert silent.store.keys("alerts/layouts") == []


def test_a_channel_that_takes_nothing_is_named_without_its_secret_and_tried_again(rivers, desk):
    dead = f"mailto://robot:hunter2@127.0.0.1:{free_port()}?from=a@example.org&to=b@example.org&mode=insecure"
    collected(rivers, "2024-03-01", BEFORE)
    with pytest.raises(SourceUnavailable, match=r"CITYNET_OPERATOR_CHANNELS\): number 1 \(mailto\)") as problem:
        collected(replace(rivers, operator_channels=(dead,)), "2024-03-08", AFTER)
    assert "hunter2" not in str(problem.value)
    assert len(collected(rivers, "2024-03-08", AFTER)) == 1
    assert len(desk.mails) == 1
    (told,) = [json.loads(rivers.store.read(key)) for key in rivers.store.keys("alerts/layouts")]
    assert (told["network_id"], told["page_url"], told["members"]) == ("rivers", URL, 4)


def test_the_channels_of_operators_are_their_own(tmp_path):
    own = {"CITYNET_STORE": str(tmp_path / "s"), "CITYNET_PUBLISHED": str(tmp_path / "p"), "CITYNET_MODE": "none"}
    assert open_outside({**own, "CITYNET_OPERATOR_CHANNELS": " json://a  mailto://b "}).operator_channels == ("json://a", "mailto://b")
    assert open_outside({**own, "CITYNET_ALERT_CHANNELS": "json://a"}).operator_channels == ()
