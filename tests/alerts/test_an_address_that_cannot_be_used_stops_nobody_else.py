"""An address that no mail server takes is refused when it is added; one that lies there all the same fails for itself alone."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alerts.mail_desk import open_desk
from alerts.releases import at, change, publish
from alerts.webhook import listening
from citynet.alerts import outbox
from citynet.alerts.sending import Parcel, deliver, mail_address, usable
from citynet.errors import CitynetError, ConfigError
from citynet.pipelines import alerts

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1 = "2024-02-01-aaaaaaaaaaaa"
SERVER = "mailto://127.0.0.1:{port}?from=monitor@example.org&mode=insecure"
PARCEL = Parcel("a" * 32, "t", "b", at("2024-02-01"))


def test_one_address_with_an_umlaut_keeps_no_mail_from_the_others(outside, subscribe):
    addresses = {"umlaut": "müller@example.org", "domain": "desk@münchen.example", "ok": "ok@example.org"}
    with open_desk() as desk, listening() as (url, got):
        world = replace(outside, mail_server=SERVER.format(port=desk.port))
        for name, address in {**addresses, "hook": url}.items():
            subscribe(name, address)
        publish(world, R1, change("a"))
        with pytest.raises(CitynetError, match=r"subscription umlaut \(mail\): expected ASCII letters") as problem:
            alerts.send(world, at("2024-02-01"))
        alerts.send(world, at("2024-02-02"))  # told on the first day
    assert "müller" not in str(problem.value)
    assert (len(desk.mails), len(got)) == (2, 1)
    assert sorted(m.state == "sent" for m in outbox.messages(world.store)) == [False, True, True, True]


@pytest.mark.parametrize("channel", ["mailto://{p}/a@example.org?from=büro@example.org&mode=insecure", "json://ß“:pw@{p}/hook"])
def test_a_sender_or_account_that_cannot_be_encoded_is_that_channels_own_failure(channel):
    with open_desk() as desk, pytest.raises(CitynetError, match="desk") as problem:
        deliver(PARCEL, channel.format(p=f"127.0.0.1:{desk.port}"), name="desk")
    assert "example.org" not in str(problem.value)
    assert desk.mails == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada@example.org", "ada@example.org"),
        ("ada+x@Example.org", "ada+x@Example.org"),
        ("desk@münchen.example", "desk@xn--mnchen-3ya.example"),
        ("desk@mu\u0308nchen.example", "desk@xn--mnchen-3ya.example"),
        ("desk@xn--mnchen-3ya.example", "desk@xn--mnchen-3ya.example"),
        ("json://127.0.0.1/hook", "json://127.0.0.1/hook"),
        ("mailto://mail.example?to=a@example.org&from=b@example.org", "mailto://mail.example?to=a@example.org&from=b@example.org"),
    ],
)
def test_an_address_is_kept_in_the_one_form_that_every_mail_server_takes(typed, kept):
    assert usable(typed, name="desk", mail_server="mailto://mail.example?from=monitor@example.org") == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("desk", "expected an e-mail address or an apprise URL"),
        ("müller@example.org", "expected ASCII letters"),
        ("a b@example.org", "expected ASCII letters"),
        ("a@b@example.org", "expected ASCII letters"),
        ("desk@straße.example", "expected a domain behind the @ that punycode can write"),
        ("desk@example..org ", "expected a domain"),
        ("mailto://mail.example/a@example.org/b@example.org?from=c@example.org", "exactly one recipient"),
        ("mailto://mail.example?to=a@example.org&cc=b@example.org&from=c@example.org", "exactly one recipient"),
        ("nonsense://example.org", "expected a URL that apprise knows"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_being_repeated(typed, said):
    with pytest.raises(ConfigError, match=said) as problem:
        usable(typed, name="desk", mail_server="mailto://mail.example?from=monitor@example.org")
    assert typed.strip() not in str(problem.value).removeprefix("desk")


@given(st.from_regex(r"[^@]{1,12}@[^@]{1,20}", fullmatch=True))
@example("desk@straße.example")
@example("a\n@example.org")
def test_what_is_taken_for_an_address_can_be_written_in_ascii_and_has_no_way_to_another_header(text):
    try:
        found = mail_address(text, "desk")
    except ConfigError:
        return
    assert re.fullmatch(r"[!-~]+@[A-Za-z0-9.-]+", found)
    assert mail_address(found, "desk") == found


def test_a_channel_for_two_addresses_is_refused_so_that_none_of_them_is_mailed_again_at_each_run():
    with open_desk() as desk:
        two = f"mailto://127.0.0.1:{desk.port}/good@example.org/bad@example.org?from=monitor@example.org&mode=insecure"
        for _ in range(3):
            with pytest.raises(ConfigError, match="exactly one recipient"):
                deliver(PARCEL, two, name="desk")
    assert desk.mails == []
