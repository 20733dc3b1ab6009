"""Membership through time: only networks with complete lists at both ends; who enters the monitor is never growth."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.list_maker import members
from citynet.analysis.columns import MEMBERSHIP_TRENDS
from citynet.analysis.lists import MemberList
from citynet.analysis.through_time import PANEL, Ends, membership_trends, yearly_ends
from citynet.model import Row
from citynet.publishing.phrases import forbidden_in

ENDS = Ends("2021-01-01", "2026-01-01")
OLD, NEW = "2020-06-30", "2025-06-30"
AS_OF = "2026-01-01"


def rows(
    *lists: MemberList,
    classes: dict[str, dict[str, str | None]] | None = None,
    families: dict[str, str] | None = None,
    successors: dict[str, str] | None = None,
) -> dict[tuple[str, str], Row]:
    made = membership_trends(lists, [ENDS], families or {}, classes or {}, AS_OF, names={"a": "Network A"}, successors=successors)
    for row in made:
        assert list(row) == list(MEMBERSHIP_TRENDS)
        assert forbidden_in(str(row["sentence"])) == []
    return {(str(row["subject"]), str(row["class"])): row for row in made}


def test_a_network_seen_at_both_ends_is_compared() -> None:
    found = rows(members("a", ["x", "y", "z"], OLD), members("a", ["y", "z", "v", "w"], NEW))
    row = found["a", "all"]
    assert (row["members_from"], row["members_to"], row["at_both"], row["only_from"], row["only_to"]) == (3, 4, 2, 1, 2)
    assert (row["change"], row["change_percent"], row["list_date_from"], row["list_date_to"]) == (1, pytest.approx(100 / 3), OLD, NEW)
    assert "Network A, 2021-01-01 to 2026-01-01: 3 and 4 memberships of municipalities, 2 of them on the lists of both ends" in str(
        row["sentence"]
    )
    assert f"Lists of {OLD} and {NEW}." in str(row["sentence"])


def test_a_network_that_enters_the_monitor_is_marked_and_is_no_growth() -> None:
    found = rows(members("a", ["x"], OLD), members("a", ["x"], NEW), members("late", ["x", "y", "z"], NEW))
    late, panel = found["late", "all"], found[PANEL, "all"]
    assert (late["status"], late["members_to"], late["change"]) == ("entered", 3, None)
    assert "which is no growth" in str(late["not_computed_because"])
    assert (panel["networks_in_panel"], panel["networks_entered"], panel["members_from"], panel["members_to"]) == (1, 1, 1, 1)
    assert "1 networks entered the monitor in between and are not in it" in str(panel["sentence"])


def test_a_network_without_a_newer_list_is_no_decline() -> None:
    found = rows(members("a", ["x"], OLD), members("a", ["x"], NEW), members("gone", ["x", "y"], OLD))
    assert (found["gone", "all"]["status"], found["gone", "all"]["change"]) == ("without_newer_list", None)
    assert (found[PANEL, "all"]["networks_without_newer"], found[PANEL, "all"]["change"]) == (1, 0)


@pytest.mark.parametrize("day", ["2019-12-31", "2021-01-02"])
def test_lists_of_one_end_are_at_most_twelve_months_old_at_it(day: str) -> None:
    found = rows(members("a", ["x"], day), members("a", ["x", "y"], NEW))
    assert found["a", "all"]["change"] is None
    assert found[PANEL, "all"]["not_computed_because"] == "no network has a complete list at both ends"


def test_a_roughly_dated_list_stands_at_an_end_only_if_every_day_it_may_show_does() -> None:
    rough = replace(members("a", ["x"], OLD), list_from="2019-12-31")
    assert rows(rough, members("a", ["x"], NEW))["a", "all"]["change"] is None
    exact = replace(rough, list_from="2020-01-01")
    assert rows(exact, members("a", ["x"], NEW))["a", "all"]["change"] == 0


def test_members_without_a_class_may_be_in_any() -> None:
    lists = (members("a", ["x"], OLD), members("a", ["x", "y"], NEW))
    found = rows(*lists, classes={"municipality_size_class": {"x": "5-10k", "y": None}})
    row = found[PANEL, "5-10k"]
    assert (row["change"], row["change_low"], row["change_high"]) == (0, 0, 1)


def test_one_list_is_not_both_ends_of_a_trend() -> None:
    made = membership_trends([members("a", ["x"], "2025-06-30")], [Ends("2025-07-01", "2026-01-01")], {}, {}, AS_OF)
    assert made[0]["status"] == "without_newer_list"


@pytest.mark.parametrize("kind", [{"complete": False}, {"use": "replication_only"}])
def test_partial_lists_and_samples_make_no_trend(kind: dict[str, object]) -> None:
    found = rows(members("a", ["x"], OLD, **kind), members("a", ["x", "y"], NEW, **kind))  # type: ignore[arg-type]
    assert found["a", "all"]["change"] is None


def test_unmatched_names_give_bounds() -> None:
    row = rows(members("a", ["x", "y"], OLD, unresolved=1), members("a", ["x", "y"], NEW, unresolved=2))["a", "all"]
    assert (row["change"], row["change_low"], row["change_high"]) == (0, -1, 2)
    assert "from -1 to +2 if unmatched names of one end are counted" in str(row["sentence"])


def test_a_merger_of_municipalities_is_no_change() -> None:
    lists = (members("a", ["x", "old"], OLD), members("a", ["x", "new"], NEW))
    assert rows(*lists)["a", "all"]["only_to"] == 1
    assert rows(*lists, successors={"old": "new"})["a", "all"]["only_to"] == 0


def test_the_panel_is_told_by_class_and_by_families() -> None:
    lists = [members(network, ["x"], OLD) for network in "abc"] + [members(network, ["x", "y"], NEW) for network in "abc"]
    found = rows(*lists, classes={"municipality_size_class": {"x": "5-10k", "y": "10-20k"}}, families={"a": "f", "b": "f"})
    panel = found[PANEL, "all"]
    assert (panel["municipalities_from"], panel["municipalities_to"], panel["in_three_families_to"]) == (1, 2, 0)
    assert rows(*lists)[PANEL, "all"]["in_three_families_to"] == 2
    assert (found[PANEL, "10-20k"]["members_from"], found[PANEL, "10-20k"]["change"]) == (0, 3)
    assert found[PANEL, "5-10k"]["change"] == 0


def test_years_are_counted_back_from_the_day_of_the_release() -> None:
    assert yearly_ends("2024-02-29") == (Ends("2023-02-28", "2024-02-29"), Ends("2019-02-28", "2024-02-29"))
    assert yearly_ends("2026-01-01", (2,)) == (Ends("2024-01-01", "2026-01-01"),)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_networks_outside_the_panel_change_no_figure_of_it(data: st.DataObject) -> None:
    ids = st.lists(st.sampled_from("uvwxyz"), max_size=6)
    panel = [members(network, data.draw(ids), date) for network in "ab" for date in (OLD, NEW)]
    others = [members("new", data.draw(ids), NEW), members("old", data.draw(ids), OLD)]
    partial = replace(members("part", data.draw(ids), NEW), complete=False)
    alone, beside = rows(*panel)[PANEL, "all"], rows(*panel, *others, partial)[PANEL, "all"]
    said = ("sentence", "networks_entered", "networks_without_newer")
    assert {key: value for key, value in alone.items() if key not in said} == {k: v for k, v in beside.items() if k not in said}
    start, end, both = (int(str(alone[column])) for column in ("members_from", "members_to", "at_both"))
    assert alone["change"] == end - start
    assert both <= min(start, end)
