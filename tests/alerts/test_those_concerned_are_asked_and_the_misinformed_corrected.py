"""The right of reply before a departure is told, and one correction to exactly those who were told what does not stand."""

import json
from dataclasses import replace

import pytest

from alerts.judged import claim, flags, withdraw
from alerts.releases import at, change, departure, publish
from alerts.webhook import listening
from citynet.alerts import outbox
from citynet.errors import ConfigError, SourceUnavailable
from citynet.pipelines import alerts, operators, replies, retracting
from citynet.pipelines.answers import Given, keep
from citynet.pipelines.secret_files import ADDRESSES, CONTACTS, read_addresses, write_secret

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1, R2 = "2024-02-01-aaaaaaaaaaaa", "2024-03-01-bbbbbbbbbbbb"
GRAZ_LEFT = departure("a")
REFUSED = {"change_id": "r", "network_id": "rivers", "place_id": "gn1", "tie": "full", "change": "corrected", "before": "joined"}
REFUSED |= {"cause": "judgement", "latest": "2024-02-20", "known_at": "2024-02-20T00:00:00Z"}
MERGED = {**REFUSED, "place_id": "gn4", "change": "merged", "before": "gn1", "after": "gn4"}
REMATCHED = {**REFUSED, "place_id": "gn4", "change": "re_resolved", "before": "gn1", "after": "gn4"}
TO_NOTHING = {**REMATCHED, "place_id": "gn1", "after": ""}
CORRECTED = {"change_id": "r", "network_id": "rivers", "place_id": "gn1", "tie": "full", "change": "corrected", "before": "departed"}


@pytest.fixture
def hook():
    with listening() as found:
        yield found


@pytest.fixture
def contact(outside, hook):
    """A contact of the network at a webhook of its own."""

    def add(url: str, about: str = "network_id: rivers", language: str = "en") -> None:
        addresses = {**read_addresses(outside), "secretariat": url}
        write_secret(outside.secrets / ADDRESSES, json.dumps(addresses).encode())
        write_secret(outside.secrets / CONTACTS, f"contacts:\n  - {about}\n    address: secretariat\n    language: {language}\n".encode())

    return add


def run(outside, day):
    alerts.write_messages(outside, at(day))
    alerts.send(outside, at(day))


def titles(got):
    return [json.loads(body)["title"].split(",")[0].removeprefix("City Network Monitor: ") for body in got]


def test_without_a_known_contact_a_departure_is_told_after_ten_working_days_from_its_detection(outside, subscribe, hook):
    """Detected on Thursday 1 February: told from Friday 16 February, the day after the tenth working day."""
    url, got = hook
    subscribe("desk", url)
    publish(outside, R1, GRAZ_LEFT, change("b", "gn2"))
    run(outside, "2024-02-01")
    assert "Lyon" in got[0]
    assert "Graz" not in got[0]
    run(outside, "2024-02-15")
    assert len(got) == 1
    run(outside, "2024-02-16")
    assert "Graz (AT) left" in got[1]
    run(outside, "2024-02-17")
    assert len(got) == 2


@pytest.mark.parametrize("about", ["network_id: rivers", "place_id: gn1"])
def test_a_contact_is_asked_once_and_the_departure_is_told_ten_working_days_later(outside, subscribe, contact, hook, about):
    url, got = hook
    subscribe("desk", url)
    contact("json://127.0.0.1:9/", about)
    publish(outside, R1, GRAZ_LEFT)
    with pytest.raises(SourceUnavailable, match="contact of "):
        run(outside, "2024-02-01")
    with listening() as (other, asked):
        contact(other, about, "de")  # another address for the contact: the question goes there, and the days run from then
        run(outside, "2024-02-12")
        run(outside, "2024-02-20")
        assert titles(asked) == ["nicht mehr auf der Liste? Ihre Antwort bis einschließlich 2024-02-26"]
        assert "Graz (AT) ist ausgetreten" in asked[0]
        assert "Schreiben Sie mit der Kennung in Klammern an editor@monitor.example" in asked[0]
        assert replies.notices(outside, [GRAZ_LEFT], outbox.messages(outside.store)) == {"a": "2024-02-12"}
        run(outside, "2024-02-26")
        assert got == []
        run(outside, "2024-02-27")
    assert titles(got) == ["membership changes"]


def test_an_open_reply_keeps_the_departure_back_and_an_answer_lets_it_go(outside, subscribe, hook):
    url, got = hook
    subscribe("desk", url)
    publish(outside, R1, GRAZ_LEFT)
    run(outside, "2024-02-01")
    claim(outside, what="reply")
    run(outside, "2024-03-01")
    assert got == []
    claim(outside, "noted", what="reply")
    run(outside, "2024-03-02")
    assert titles(got) == ["membership changes"]


def test_the_contacts_of_a_flagged_place_are_asked_only_after_a_person_agreed(outside, contact, hook):
    url, asked = hook
    contact(url)
    flags(outside, "flagged")
    publish(outside, R1, GRAZ_LEFT)
    run(outside, "2024-02-01")
    assert asked == []
    flags(outside, "flagged", "agreed")
    run(outside, "2024-02-02")
    assert len(asked) == 1


def test_a_line_that_is_not_as_it_must_be_tells_nobody_and_says_where(outside, subscribe, hook):
    url, got = hook
    subscribe("desk", url)
    publish(outside, R1, change("a"))
    claim(outside, "perhaps")
    with pytest.raises(ConfigError, match=r"claims\.csv:2: expected outcome to be one of upheld, rejected, noted"):
        run(outside, "2024-02-01")
    assert got == []


def test_what_was_answered_and_stands_in_the_store_still_counts_as_a_line_of_the_files_does(outside, subscribe, hook):
    url, got = hook
    subscribe("desk", url)
    publish(outside, R1, change("a"))
    flagged = {"place_id": "gn1", "verdict": "flagged", "change_id": "", "reviewer": "editor", "date": "2024-01-20", "reason": "threats"}
    keep(outside.store, [Given("answer", "flag-gn1", "harm_flags.csv", flagged)], at("2024-01-20"))
    run(outside, "2024-02-01")
    assert got == []


@pytest.fixture
def told(outside, subscribe, hook):
    """One subscriber was told that Graz joined, another only hears of France."""
    url, got = hook
    subscribe("desk", url)
    subscribe("france", url + "/france", countries=("FR",))
    publish(outside, R1, change("a"), change("b", "gn2"))
    run(outside, "2024-02-01")
    assert len(got) == 2
    return got


def taken_back(outside):
    publish(outside, R2, change("b", "gn2"), records=[CORRECTED])


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (taken_back, "Our record was corrected"),
        (lambda outside: claim(outside, "upheld"), "A claim that it is wrong was upheld."),
    ],
)
def test_what_does_not_stand_is_corrected_once_to_exactly_those_who_were_told(outside, told, wrong, reason):
    wrong(outside)
    for day in ("2024-03-01", "2024-03-02"):
        run(outside, day)
    (correction,) = told[2:]
    assert titles([correction]) == ["correction"]
    assert "Graz (AT) joined" in correction
    assert "Told on 2024-02-01." in correction
    assert reason in correction
    assert "Lyon" not in correction


def test_a_list_decided_anew_corrects_by_itself_once_and_says_since_when_and_how_to_leave(outside, told):
    for day in ("2024-03-01", "2024-03-02"):
        publish(outside, R2, change("b", "gn2"), records=[REFUSED])
        run(outside, day)
    (correction,) = (json.loads(body)["message"] for body in told[2:])
    assert "Network of Rivers: Graz (AT) joined between 2024-01-01 and 2024-02-01 (dates of the lists)  [a]" in correction
    assert "On 2024-02-20 a person decided anew which of its lists to believe" in correction
    assert "To leave, write to editor@monitor.example: leave desk." in correction
    assert retracting.vanished(outside, R2) == []


def test_what_a_person_took_back_of_a_body_explains_no_other_change_of_it(outside, told):
    publish(outside, R2, change("b", "gn2"), records=[{**REFUSED, "before": "left"}])
    run(outside, "2024-03-01")
    assert len(told) == 2
    assert retracting.vanished(outside, R2) == ["a"]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (MERGED, "It was merged into Ulm (DE); nobody left."),
        ({**MERGED, "place_id": "gn1", "before": "gn4", "after": "gn1"}, "Its membership goes on from that of Ulm (DE); nobody joined."),
        (REMATCHED, "The printed name means Ulm (DE)."),
        (TO_NOTHING, "Which place the printed name means is not known."),
    ],
)
def test_a_correction_says_what_is_so_instead(outside, told, record, said):
    publish(outside, R2, change("b", "gn2"), records=[record])
    run(outside, "2024-03-01")
    assert said in json.loads(told[2])["message"]


def test_those_who_were_asked_are_told_how_to_be_asked_no_more_and_so_they_are_when_it_does_not_stand(outside, contact, hook):
    url, asked = hook
    contact(url)
    publish(outside, R1, GRAZ_LEFT)
    run(outside, "2024-02-01")
    publish(outside, R2, records=[{**CORRECTED, "known_at": "2024-02-20T00:00:00Z"}])
    run(outside, "2024-03-01")
    question, correction = (json.loads(body)["message"] for body in asked)
    for text in (question, correction):
        assert "Not to be written to again, write to editor@monitor.example: no messages." in text
    assert "It had not left." in correction


def test_a_withdrawn_body_is_not_named_again_and_its_name_goes_from_the_outbox(outside, told):
    withdraw(outside)
    publish(outside, R2, change("b", "gn2"))
    run(outside, "2024-03-01")
    run(outside, "2024-03-02")
    (correction,) = told[2:]
    assert "An entry was withdrawn" in correction
    assert "[a]" in correction
    assert "Graz" not in correction
    assert "Graz" not in "".join(outside.store.read(key).decode() for key in outside.store.keys("alerts/outbox"))


def test_a_change_that_vanished_without_any_record_is_for_a_person_and_corrects_nothing(outside, told):
    publish(outside, R2, change("b", "gn2"))
    run(outside, "2024-03-01")
    assert len(told) == 2
    assert retracting.vanished(outside, R2) == ["a"]
    (line,) = operators.tell_curators(replace(outside, curator_channels=("json://127.0.0.1:9/",)), at("2024-03-01"))
    assert "the change a was told and is in no table any more" in line
    claim(outside, "upheld")
    run(outside, "2024-03-02")
    assert titles(told[2:]) == ["correction"]
    assert retracting.vanished(outside, R2) == []


def test_a_digest_whose_arrival_is_not_known_is_tried_again_without_what_no_longer_stands(outside, subscribe):
    gone = "json://127.0.0.1:9/"
    subscribe("desk", gone)
    publish(outside, R1, change("a"), change("b", "gn2"))
    with pytest.raises(SourceUnavailable):
        run(outside, "2024-02-01")
    taken_back(outside)
    (kept,) = outbox.messages(outside.store)
    alerts.write_messages(outside, at("2024-02-02"))
    again = [m for m in outbox.messages(outside.store) if m.kind == "digest"]
    assert [m.message_id for m in again] == [kept.message_id]
    assert "Lyon" in again[0].body
    assert "Graz" not in again[0].body
    (correction,) = [m for m in outbox.messages(outside.store) if m.kind == "correction"]
    assert "Graz (AT) joined" in correction.body


def test_a_question_that_nobody_has_sent_yet_goes_when_the_city_is_back(outside, contact, hook):
    url, asked = hook
    contact(url)
    publish(outside, R1, GRAZ_LEFT)
    alerts.write_messages(outside, at("2024-02-01"))
    publish(outside, R2, records=[CORRECTED])
    run(outside, "2024-03-01")
    assert asked == []
    assert outbox.messages(outside.store) == []
