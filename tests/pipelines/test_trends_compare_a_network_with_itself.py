"""Trends from a release's listings: near two days, on a fixed panel of the networks that headlines are about; mergers are no change."""

from dataclasses import replace

import pytest

from citynet.model import Row
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.trend_tables import membership_trend_rows
from citynet.pipelines.views import View
from citynet.publishing.phrases import forbidden_in
from pipelines.analysed_world import described
from pipelines.dated_views import LEFT_OUT, NETWORK, listing, seen

AS_OF = "2022-12-31"
NO_PANEL = "no network has a complete list at both ends"


@pytest.fixture
def names(outside) -> Names:
    return open_names(outside)


def trends(names: Names, *views: View, pooled: str = "net") -> dict[tuple[str, str], Row]:
    """The rows for all classes, by subject and first date."""
    found = described({place.place_id: None for place in map(names.place, ("gn2879139", "gn2852458", "gn2950159"))})
    rows = membership_trend_rows(views, [view.network for view in views], found, names, AS_OF, pooled=frozenset({pooled}))
    assert [forbidden_in(str(row["sentence"])) for row in rows] == [[]] * len(rows)
    return {(str(row["subject"]), str(row["date_from"])): row for row in rows if row["class"] == "all"}


def test_the_lists_near_both_days_are_compared(names):
    view = seen(
        listing(names, "2015-01-31", "Leipzig"),
        listing(names, "2021-10-31", "Leipzig", "Potsdam"),
        listing(names, "2022-11-30", "Leipzig", "Potsdam", "Berlin"),
    )
    row = trends(names, view)["net", "2021-12-31"]
    assert (row["list_date_from"], row["list_date_to"]) == ("2021-10-31", "2022-11-30")
    assert (row["members_from"], row["members_to"], row["at_both"], row["change"]) == (2, 3, 2, 1)
    older = trends(names, view)["net", "2012-12-31"]
    assert (older["status"], older["change"]) == ("entered", None)


def test_a_network_that_entered_is_no_growth_of_the_panel(names):
    stays = seen(listing(names, "2021-10-31", "Leipzig"), listing(names, "2022-11-30", "Leipzig"))
    new = seen(listing(names, "2022-11-30", "Potsdam", "Berlin"), network=replace(NETWORK, id="new"))
    new = replace(new, accepted=tuple(replace(r, listing=replace(r.listing, network_id="new")) for r in new.accepted))
    rows = membership_trend_rows([stays, new], [NETWORK, new.network], described({}), names, AS_OF, pooled=frozenset({"net", "new"}))
    panel = next(row for row in rows if (row["subject"], row["class"], row["date_from"]) == ("panel", "all", "2021-12-31"))
    assert (panel["networks_in_panel"], panel["networks_entered"], panel["change"]) == (1, 1, 0)


def test_networks_beside_the_headlines_have_rows_of_their_own_and_are_in_no_panel(names):
    view = seen(listing(names, "2021-10-31", "Leipzig"), listing(names, "2022-11-30", "Leipzig", "Berlin"))
    found = trends(names, view, pooled="another")
    assert found["net", "2021-12-31"]["change"] == 1
    assert {row["not_computed_because"] for (subject, _), row in found.items() if subject == "panel"} == {NO_PANEL}


def test_a_network_left_out_has_no_trend(names):
    view = seen(listing(names, "2022-11-30", "Leipzig"), network=replace(NETWORK, facts=LEFT_OUT))
    assert {(subject, row["not_computed_because"]) for (subject, _), row in trends(names, view).items()} == {("panel", NO_PANEL)}
