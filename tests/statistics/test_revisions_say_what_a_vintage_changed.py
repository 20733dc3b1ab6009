"""Two vintages of one data set beside each other: figures added, withdrawn and revised, and flags that changed."""

from collections.abc import Collection

from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.statistics.revisions import revisions
from observed import Cell, observed

KEYS = st.tuples(st.sampled_from(["DE1001V", "DE2001V"]), st.sampled_from(["AT001C", "BE001C", "BE"]), st.integers(2020, 2023))
VALUES = st.tuples(st.one_of(st.none(), st.sampled_from([1.0, 2.0, 3.0])), st.sampled_from(["", "b", "be"]))
VINTAGES = st.dictionaries(KEYS, VALUES, min_size=1, max_size=12)
Vintage = dict[tuple[str, str, int], tuple[float | None, str]]


def told(before: list[Cell], after: list[Cell], indicators: Collection[str] = ("DE1001V", "DE2001V")) -> list[tuple[object, ...]]:
    found = revisions(observed("urb_cpop1", before), observed("urb_cpop1", after), indicators)
    assert list(found.columns) == ["indicator", "territory", "year", "what", "value_before", "value_after", "flag_before", "flag_after"]
    return [tuple(None if value != value else value for value in row) for row in found.itertuples(index=False)]


def cells(vintage: Vintage) -> list[Cell]:
    return [(*key, *cell) for key, cell in vintage.items()]


def test_each_difference_is_told_once_and_what_is_the_same_is_not():
    before = [
        ("DE1001V", "AT001C", 2020, 10.0, ""),
        ("DE1001V", "AT001C", 2021, 20.0, "p"),
        ("DE1001V", "AT001C", 2022, 30.0, "p"),
        ("DE1001V", "BE001C", 2020, 40.0, ""),
    ]
    after = [
        ("DE1001V", "AT001C", 2020, 10.0, ""),
        ("DE1001V", "AT001C", 2021, 21.0, ""),
        ("DE1001V", "AT001C", 2022, 30.0, ""),
        ("DE1001V", "AT001C", 2023, 31.0, "e"),
    ]
    assert told(before, after) == [
        ("DE1001V", "AT001C", 2021, "revised", 20.0, 21.0, "p", ""),
        ("DE1001V", "AT001C", 2022, "flag_changed", 30.0, 30.0, "p", ""),
        ("DE1001V", "AT001C", 2023, "added", None, 31.0, "", "e"),
        ("DE1001V", "BE001C", 2020, "withdrawn", 40.0, None, "", ""),
    ]


def test_a_figure_that_became_confidential_is_withdrawn_and_a_mere_flag_is_no_figure():
    hidden = [("DE1001V", "AT001C", 2020, None, "c"), ("DE1001V", "AT001C", 2021, 5.0, "")]
    shown = [("DE1001V", "AT001C", 2020, 10.0, ""), ("DE1001V", "AT001C", 2021, 5.0, "")]
    assert told(shown, hidden) == [("DE1001V", "AT001C", 2020, "withdrawn", 10.0, None, "", "c")]
    assert told(shown[1:], hidden) == []


def test_an_indicator_that_we_began_to_ask_for_is_no_revision():
    before = [("DE1001V", "AT001C", 2020, 10.0, "")]
    assert told(before, [*before, ("DE2001V", "AT001C", 2020, 9.0, "")], ["DE1001V"]) == []


def test_an_indicator_that_was_asked_for_and_came_no_more_is_withdrawn():
    before = [("DE1001V", "AT001C", 2020, 10.0, ""), ("DE2001V", "AT001C", 2020, 9.0, "")]
    assert told(before, before[:1]) == [("DE2001V", "AT001C", 2020, "withdrawn", 9.0, None, "", "")]


@settings(max_examples=15, deadline=None)
@given(VINTAGES)
def test_a_vintage_beside_itself_has_no_revision(vintage):
    assert told(cells(vintage), cells(vintage)) == []


@settings(max_examples=15, deadline=None)
@given(VINTAGES, VINTAGES)
def test_what_was_before_with_its_revisions_is_what_is_now(before, after):
    now = {key: value for key, (value, _) in before.items() if value is not None}
    for indicator, territory, year, what, _, value, _, _ in told(cells(before), cells(after)):
        key = (indicator, territory, year)
        assert (what == "added") == (key not in now)
        if what == "withdrawn":
            del now[key]
        else:
            now[key] = value
    assert now == {key: value for key, (value, _) in after.items() if value is not None}
