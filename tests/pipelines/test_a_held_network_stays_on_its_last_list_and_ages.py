"""Nobody answers about a held capture: the network's last accepted list stays, and says louder with time how old it is."""

import pytest

from citynet.networks import load_one
from citynet.pipelines.inputs import gather
from citynet.pipelines.names import open_names
from citynet.pipelines.network_tables import network_rows
from citynet.pipelines.views import View, view
from pipelines.live_pages import capture, listed, register

TEN = [f"{name} (Austria)" for name in ("Graz", "Linz", "Wels", "Steyr", "Villach", "Krems", "Dornbirn", "Bregenz", "Feldkirch", "Leoben")]
COLLAPSED = TEN[:6]


@pytest.fixture
def at(outside):
    """The network as of a day, after the looks at it so far."""

    def seen(day: str, *members: str) -> View:
        capture(outside, day, listed(*members))
        names = open_names(outside)
        inputs = gather(outside, names)
        assert inputs is not None
        assert inputs.as_of == day
        return view(outside, inputs, load_one(str(outside.registry / "rivers.yml")), names, misconfigured=False)

    register(outside)
    return seen


def told(now: View, day: str) -> tuple[object, ...]:
    (row,) = network_rows([now], day)
    return tuple(row[column] for column in ("freshness", "stale_since", "last_listed_on", "members_counted", "last_attempt_outcome"))


def test_week_by_week_the_last_list_stays_and_grows_older(at) -> None:
    assert told(at("2024-03-04", *TEN), "2024-03-04") == ("current", None, "2024-03-04", 10, "accepted")
    held = ("2024-03-04", 10, "held")
    for day, freshness in (
        ("2024-03-11", "stale"),
        ("2024-05-06", "stale"),
        ("2025-09-01", "stale"),
        ("2025-09-08", "last_known"),
    ):
        now = at(day, *COLLAPSED)
        assert told(now, day) == (freshness, "2024-03-11", *held)
        assert [change for change in now.history.changes if change.world] == []
        assert {spell.state for spell in now.history.spells} == {"listed"}


def test_the_first_accepted_list_after_that_ends_it(at) -> None:
    at("2024-03-04", *TEN)
    at("2024-03-11", *COLLAPSED)
    assert told(at("2024-03-18", *TEN), "2024-03-18") == ("current", None, "2024-03-18", 10, "accepted")
