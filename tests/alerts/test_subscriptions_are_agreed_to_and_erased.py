"""Who is told: the secret store read strictly, an address that agrees by a token, filters, and an address that is erased."""

import hashlib
import io
import re
import stat
from dataclasses import replace

import pytest

from alerts.mail_desk import open_desk
from alerts.releases import at, change, publish
from alerts.webhook import listening
from citynet.alerts import outbox
from citynet.cli import main
from citynet.errors import ConfigError
from citynet.pipelines import alerts
from citynet.pipelines.secret_files import ADDRESSES, SUBSCRIBERS, ledger_key, write_secret
from citynet.pipelines.subscribers import read_subscriptions, recipients

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1, R2 = "2024-02-01-aaaaaaaaaaaa", "2024-03-01-bbbbbbbbbbbb"
DAY = at("2024-02-01")
THREE = (change("a"), change("b", "gn2"), change("c", "gn4", network_id="hills", change="rejoined"))


@pytest.fixture
def hook():
    with listening() as found:
        yield found


@pytest.fixture
def command(outside, tmp_path, monkeypatch, capsys):
    """`citynet subscribers …` on this world: exit code, standard output and error."""

    def call(*arguments: str, typed: str = "", **more: str):
        for name, value in {"STORE": "store", "PUBLISHED": "published", "REGISTRY": "registry", "JUDGEMENTS": "judgements"}.items():
            monkeypatch.setenv(f"CITYNET_{name}", str(tmp_path / value))
        for name, value in more.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["subscribers", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def run(outside, day="2024-02-01"):
    alerts.write_messages(outside, at(day))
    alerts.send(outside, at(day))


def secrets_of(outside):
    return "".join(file.read_text() for file in sorted(outside.secrets.iterdir()) if file.suffix == ".yaml")


def test_from_a_question_by_mail_over_a_token_and_a_digest_to_an_address_that_is_erased(outside, command):
    """The whole life of a subscription on the command line, with a real mail server."""
    with open_desk() as desk:
        server = f"mailto://127.0.0.1:{desk.port}?from=monitor@example.org&mode=insecure"
        code, out, _ = command(
            "add", "ada", "--language", "de", typed="ada@example.org\n", CITYNET_MAIL_SERVER=server, CITYNET_CONTACT=outside.contact
        )
        assert (code, "asked to confirm" in out, "ada@example.org" in out) == (0, True, False)
        (question,) = desk.mails
        token = re.search(r"bestätigen\s+ada\s+([0-9a-f]{32})", question).group(1)
        world = replace(outside, mail_server=server)
        publish(world, R1, change("a"))
        run(world)
        assert len(desk.mails) == 1  # nobody has agreed yet
        assert command("confirm", "ada", "0" * 32)[0] == 2
        assert command("confirm", "ada", token)[:2] == (0, "ada: confirmed\n")
        assert command("list")[1].startswith("ada  mail  public  de  daily  confirmed 20")
        publish(world, R2, change("a"), change("b", "gn2", evidence_capture_id="c2"), captures=("c1", "c2"))
        run(world, "2999-01-01")
        assert "Lyon (FR) ist beigetreten" in desk.mails[1]
        assert "Graz" not in desk.mails[1]  # news from before the agreement
        assert command("remove", "ada")[:2] == (0, "ada: erased with its address\n")
        assert "ada" not in secrets_of(outside)
        kept = [m.recipient for m in outbox.messages(outside.store)]
        assert kept == [outbox.keyed_hash(ledger_key(outside), "ada@example.org")]
        assert command("remove", "ada")[0] == 2
        run(world, "2999-01-02")
        assert len(desk.mails) == 2
        assert desk.answers == ["editor@monitor.example"] * 2  # not the mail server's own address


def test_an_address_that_was_changed_by_hand_must_agree_anew(outside, subscribe, hook):
    url, got = hook
    subscribe("desk", url)
    write_secret(outside.secrets / ADDRESSES, f"desk: {url}/elsewhere\n".encode())
    publish(outside, R1, change("a"))
    run(outside)
    assert got == []
    assert recipients(outside, "public") == []


@pytest.mark.parametrize(
    ("fields", "cities"),
    [
        ({}, {"Graz", "Lyon", "Ulm"}),
        ({"networks": ("hills",)}, {"Ulm"}),
        ({"cities": ("gn1", "gn4")}, {"Graz", "Ulm"}),
        ({"countries": ("FR",)}, {"Lyon"}),
        ({"changes": ("rejoined",)}, {"Ulm"}),
        ({"networks": ("rivers",), "countries": ("DE", "FR")}, {"Lyon"}),
        ({"networks": ("hills",), "countries": ("FR",)}, set()),
    ],
)
def test_a_subscription_gets_what_fits_all_its_filters(outside, subscribe, hook, fields, cities):
    url, got = hook
    subscribe("desk", url, **fields)
    publish(outside, R1, *THREE)
    run(outside)
    assert len(got) == (1 if cities else 0)
    assert {city for city in ("Graz", "Lyon", "Ulm") if any(city in body for body in got)} == cities


@pytest.mark.parametrize(("frequency", "messages"), [("daily", 1), ("instant", 2)])
def test_a_daily_digest_comes_once_a_day_and_an_instant_one_with_each_release(outside, subscribe, hook, frequency, messages):
    url, got = hook
    subscribe("desk", url, frequency=frequency)
    publish(outside, R1, change("a"))
    run(outside)
    publish(outside, R2, change("a"), change("b", "gn2", evidence_capture_id="c2"), captures=("c1", "c2"))
    run(outside)
    assert len(got) == messages
    run(outside, "2024-02-02")
    assert len(got) == 2
    assert sum("Graz" in body for body in got) == sum("Lyon" in body for body in got) == 1


def test_a_weekly_digest_holds_what_seven_days_brought(outside, subscribe, hook):
    url, got = hook
    subscribe("desk", url, frequency="weekly")
    publish(outside, R1, change("a"))
    run(outside, "2024-02-01")
    publish(outside, R2, change("a"), change("b", "gn2", evidence_capture_id="c2"), captures=("c1", "c2"))
    for day in ("2024-02-02", "2024-02-07"):
        run(outside, day)
    assert [("Graz" in body, "Lyon" in body) for body in got] == [(True, False)]
    run(outside, "2024-02-08")
    assert [("Graz" in body, "Lyon" in body) for body in got] == [(True, False), (False, True)]


@pytest.mark.parametrize("frequency", ["daily", "instant"])
def test_a_weekly_subscription_is_told_its_news_beside_one_of_the_same_address_that_is_written_to_more_often(
    outside, subscribe, hook, frequency
):
    url, got = hook
    subscribe("often", url, frequency=frequency, networks=("rivers",))
    subscribe("seldom", url, frequency="weekly", networks=("hills",))
    publish(outside, R1, change("a"))
    run(outside, "2024-02-01")
    hills = change("c", "gn4", network_id="hills", evidence_capture_id="c2")
    publish(outside, R2, change("a"), hills, captures=("c1", "c2"))
    run(outside, "2024-02-03")
    assert ["Ulm" in body for body in got] == [False]
    publish(outside, R2, change("a"), hills, change("b", "gn2", evidence_capture_id="c3"), captures=("c1", "c2", "c3"))
    run(outside, "2024-02-05")
    assert [("Lyon" in body, "Ulm" in body) for body in got] == [(False, False), (True, True)]


def test_one_address_with_two_subscriptions_is_told_each_change_once(outside, subscribe, hook):
    url, got = hook
    subscribe("one", url, networks=("rivers",))
    subscribe("two", url, countries=("AT", "DE"))
    publish(outside, R1, *THREE)
    run(outside)
    (body,) = got
    assert all(body.count(f"{city} (") == 1 for city in ("Graz", "Lyon", "Ulm"))


GOOD = "subscribers:\n  - id: desk\n    address: desk\n    channel: mail\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: desk\n", "subscribers.yaml:1: expected the one field 'subscribers'"),
        (GOOD + "    langage: de\n", "subscribers.yaml:5: expected one of id, address, channel"),
        (GOOD + "    language: it\n", r"subscribers.yaml:5: expected language written as en\|de\|fr"),
        (GOOD + "    networks: rivers\n", "subscribers.yaml:5: expected networks to be a list"),
        (GOOD + "    countries: [Austria]\n", "subscribers.yaml:5: expected countries written as"),
        (GOOD + "    frequency: monthly\n", "subscribers.yaml:5: expected frequency"),
        (GOOD.replace("    channel: mail\n", ""), "subscribers.yaml:2: expected the field 'channel'"),
        (GOOD.replace("channel: mail", "channel: webhook"), r"subscribers.yaml:2: expected the channel that the address is of \(mail\)"),
        (GOOD.replace("address: desk", "address: nowhere"), "subscribers.yaml:2: expected the address 'nowhere' in addresses.yaml"),
        (GOOD + GOOD.split("\n", 1)[1], "subscribers.yaml:5: expected each id once"),
        ("subscribers: [\n", "subscribers.yaml:2: expected YAML"),
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_named_with_its_line_and_without_an_address(outside, text, said):
    write_secret(outside.secrets / ADDRESSES, b"desk: ada@example.org\n")
    write_secret(outside.secrets / SUBSCRIBERS, text.encode())
    with pytest.raises(ConfigError, match=said) as problem:
        read_subscriptions(outside)
    assert "example.org" not in str(problem.value)


def test_secrets_are_for_their_owner_only_and_the_key_is_made_once(outside, subscribe):
    subscribe("ada", "ada@example.org")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in outside.secrets.iterdir()}
    assert modes == {"subscribers.yaml": 0o600, "addresses.yaml": 0o600, "ledger.key": 0o600}
    assert stat.S_IMODE(outside.secrets.stat().st_mode) == 0o700
    assert ledger_key(outside) == ledger_key(outside)
    found = outbox.keyed_hash(ledger_key(outside), "ada@example.org")
    assert found != hashlib.sha256(b"ada@example.org").hexdigest()[:32]


def test_an_unknown_network_and_an_empty_address_are_refused_before_anything_is_kept(outside, command):
    code, _, err = command("add", "ada", "--networks", "nowhere", typed="ada@example.org\n")
    assert (code, "nowhere" in err) == (2, True)
    assert command("add", "ada")[0] == 2
    assert not outside.secrets.exists()


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("desk", "--countries", "de"), "", "expected countries written as"),
        (("desk", "--countries", "DE, AT"), "", "expected countries written as"),
        (("Desk",), "", "expected id written as"),
        (("desk", "--changes", "gone"), "", "expected changes written as"),
        (("desk", "--cities", "graz"), "", "expected cities written as"),
        (("desk",), "müller@example.org\n", "expected ASCII letters"),
        (("desk",), "desk@straße.example\n", "expected a domain"),
        (("desk",), "nonsense://hook.example/\n", "expected a URL that apprise knows"),
        (("desk",), "ada@example.org\n", "CITYNET_MAIL_SERVER"),
    ],
)
def test_what_could_not_be_read_or_reached_again_is_refused_before_anything_is_kept(outside, command, arguments, typed, said):
    code, _, err = command("add", *arguments, typed=typed or "json://127.0.0.1/hook\n")
    assert (code, said in err) == (2, True), err
    assert "example" not in err
    assert not outside.secrets.exists()
    assert command("list")[:2] == (0, "no subscription\n")


def test_a_message_that_waits_for_an_erased_address_goes_with_it(outside, subscribe, command):
    """One never tried, one whose end nobody knows, one held since: nothing comes if the address ever comes back."""
    names = ("desk", "ada", "eve", "other")
    for name in names:
        subscribe(name, f"json://127.0.0.1:9/{name}")
    publish(outside, R1, change("a"))
    alerts.write_messages(outside, DAY)
    desk, ada, eve, other = (outbox.keyed_hash(ledger_key(outside), f"json://127.0.0.1:9/{name}") for name in names)
    before = {m.recipient: m for m in outbox.messages(outside.store)}
    for tried in (ada, eve):
        outbox.trying(outside.store, before[tried])
    outbox.reworded(outside.store, before[eve], title="", body="", withheld=["a"], now="2024-02-02T09:00:00Z")
    for name in names[:3]:
        assert command("remove", name)[0] == 0
    kept = {m.recipient: m for m in outbox.messages(outside.store)}
    assert kept.keys() == before.keys() - {desk}
    assert [(kept[r].state, kept[r].title, kept[r].body) for r in (ada, eve)] == [("void", "", "")] * 2
    assert kept[other] == before[other]


def test_a_message_waits_on_for_an_address_that_another_subscription_or_the_installation_has(outside, subscribe, command):
    subscribe("one", "json://127.0.0.1:9/hook")
    subscribe("two", "json://127.0.0.1:9/hook")
    publish(outside, R1, change("a"))
    alerts.write_messages(outside, DAY)
    before = outbox.messages(outside.store)
    assert command("remove", "one")[0] == 0
    assert command("remove", "two", CITYNET_ALERT_CHANNELS="json://127.0.0.1:9/hook")[0] == 0
    assert outbox.messages(outside.store) == before != []


def test_an_id_that_another_address_has_is_refused(outside, subscribe):
    subscribe("ada", "ada@example.org")
    with pytest.raises(ConfigError, match="taken by another address"):
        subscribe("ada", "eve@example.org")
