"""A departure was told, an older list that came in late moved it: who was told the first days is told the others, and nobody else."""

import json

import pytest

from alerts.releases import at, change, departure, publish
from alerts.webhook import listening
from citynet.alerts import ledger
from citynet.pipelines import alerts

# apprise imports imghdr, which Python deprecates; not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
R1, R2, R3 = "2024-02-01-aaaaaaaaaaaa", "2024-04-01-bbbbbbbbbbbb", "2024-05-01-cccccccccccc"
MOVED = departure("a2", earliest="2024-03-05", latest="2024-03-12", known_at="2024-04-01T00:00:00Z")
RECORD = {"change_id": "r", "network_id": "rivers", "place_id": "gn1", "tie": "full", "change": "corrected", "cause": "reappeared"}
RECORD |= {"before": "departure_suspected", "latest": "2024-03-05", "known_at": "2024-04-01T00:00:00Z"}


@pytest.fixture
def told(outside, subscribe):
    """Desk was told that Graz left in January; late and france were not."""
    with listening() as (url, got):
        subscribe("desk", url)
        publish(outside, R1, departure("a"))
        run(outside, "2024-02-16")
        subscribe("late", url + "/late", since="2024-03-01")
        subscribe("france", url + "/france", countries=("FR",))
        yield got


def run(outside, *days):
    for day in days:
        alerts.send(outside, at(day))


def texts(got):
    return [json.loads(body)["message"] for body in got]


def test_the_correction_goes_at_once_and_the_other_days_after_the_right_of_reply_to_the_same_reader_alone(outside, told):
    publish(outside, R2, MOVED, records=[RECORD])
    run(outside, "2024-04-01", "2024-04-15")
    assert len(told) == 2
    assert "Correction." in texts(told)[1]
    assert "The list of 2024-03-05 shows it." in texts(told)[1]
    run(outside, "2024-04-16", "2024-04-17", "2024-05-02")
    (_, _, sequel) = texts(told)
    assert "Graz (AT) left between 2024-03-05 and 2024-03-12 (dates of the lists)  [a2]" in sequel
    assert "leave desk." in sequel
    assert not ledger.suppressed_with(outside.store, R2)


def test_what_was_known_before_the_first_was_told_follows_on_nothing(outside, told):
    publish(outside, R2, {**MOVED, "known_at": "2024-02-10T00:00:00Z"}, records=[RECORD])
    run(outside, "2024-04-01", "2024-05-02")
    assert len(told) == 2
    assert ledger.suppressed_with(outside.store, R2) == {"a2"}


def test_beside_one_that_stands_another_one_behind_lists_looked_at_is_no_news(outside, told):
    publish(outside, R2, departure("a"), MOVED)
    run(outside, "2024-04-01", "2024-05-02")
    assert len(told) == 1


def test_another_sort_of_change_behind_lists_looked_at_is_no_news_for_who_was_corrected(outside, told):
    publish(outside, R2, change("a3", known_at="2024-04-01T00:00:00Z", earliest="2024-03-05", latest="2024-03-12"), records=[RECORD])
    run(outside, "2024-04-01", "2024-05-02")
    assert len(told) == 2
    assert "Correction." in texts(told)[1]
