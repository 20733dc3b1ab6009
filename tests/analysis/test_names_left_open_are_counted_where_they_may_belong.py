"""Resolution rates: every printed name is counted once, and a rate is given only where no open name could move it."""

from hypothesis import given
from hypothesis import strategies as st

from citynet.analysis.resolution_rates import DIMENSIONS, PrintedName, resolution_rates

AS_OF = "2026-11-22"
SIZE = "municipality_size_class"


def name(verdict="resolved", judged=False, **classes):
    known = {"all": "all", "network": "pact", "country": "SK", "place_kind": "settlement", SIZE: "1-5M"} | classes
    return PrintedName(verdict, judged, {d: frozenset(filter(None, value.split("|"))) for d, value in known.items()})


def row_of(rows, dimension, kind):
    (found,) = [row for row in rows if (row["dimension"], row["class"]) == (dimension, kind)]
    return found


def rates_of(row):
    return row["rate_low"], row["rate"], row["rate_high"]


def test_the_parts_of_a_class_are_told_apart():
    names = [name(judged=True), name(), name("review"), name("unknown"), name("not_a_city", judged=True)]
    assert row_of(resolution_rates(names, AS_OF), "network", "pact") == {
        **{"dimension": "network", "class": "pact", "names": 4, "resolved": 2, "judged": 1, "review": 1, "unknown": 1},
        **{"not_a_city": 1, "rate": 0.5, "rate_low": 0.5, "rate_high": 0.5, "as_of": AS_OF},
    }


def test_an_open_name_that_may_be_of_any_class_takes_the_rate_of_each_and_leaves_bounds():
    names = [name(), name(), name(), name(**{SIZE: "<5k"}), name("unknown", **{SIZE: ""})]
    rows = resolution_rates(names, AS_OF)
    assert rates_of(row_of(rows, SIZE, "1-5M")) == (0.75, None, 1.0)
    assert rates_of(row_of(rows, SIZE, "<5k")) == (0.5, None, 1.0)
    assert rates_of(row_of(rows, "all", "all")) == (0.8, 0.8, 0.8)


def test_an_open_name_counts_in_the_class_of_all_its_candidates():
    rows = resolution_rates([name(), name("review", **{SIZE: "<5k"})], AS_OF)
    assert rates_of(row_of(rows, SIZE, "<5k")) == (0.0, 0.0, 0.0)
    assert rates_of(row_of(rows, SIZE, "1-5M")) == (1.0, 1.0, 1.0)


def test_an_open_name_between_two_classes_touches_these_and_no_other():
    names = [name(), name(**{SIZE: "<5k"}), name(**{SIZE: "5-10k"}), name("review", **{SIZE: "<5k|5-10k"})]
    rows = resolution_rates(names, AS_OF)
    assert rates_of(row_of(rows, SIZE, "1-5M")) == (1.0, 1.0, 1.0)
    assert rates_of(row_of(rows, SIZE, "<5k")) == rates_of(row_of(rows, SIZE, "5-10k")) == (0.5, None, 1.0)


def test_names_without_a_class_are_shown_and_have_no_rate():
    rows = resolution_rates([name(), name("unknown", country="", place_kind="", **{SIZE: ""})], AS_OF)
    for dimension in ("country", "place_kind", SIZE):
        found = row_of(rows, dimension, "not_known")
        assert (found["names"], found["unknown"]) == (1, 1)
        assert rates_of(found) == (None, None, None)


def test_a_body_without_a_size_class_moves_no_rate():
    """A region is matched and has no size: it is no open name."""
    rows = resolution_rates([name(), name(place_kind="region", **{SIZE: ""})], AS_OF)
    assert rates_of(row_of(rows, SIZE, "1-5M")) == (1.0, 1.0, 1.0)
    assert row_of(rows, SIZE, "not_known")["resolved"] == 1


def test_a_class_of_non_cities_alone_has_no_rate():
    rows = resolution_rates([name("not_a_city", country="BE")], AS_OF)
    assert (row_of(rows, "country", "BE")["names"], *rates_of(row_of(rows, "country", "BE"))) == (0, None, None, None)


def test_no_lists_no_rows():
    assert resolution_rates([], AS_OF) == []


NAMES = st.lists(
    st.builds(
        name,
        st.sampled_from(["resolved", "review", "unknown", "not_a_city"]),
        st.booleans(),
        **{
            "network": st.sampled_from(["pact", "icc"]),
            "country": st.sampled_from(["", "SK", "SK|HU"]),
            SIZE: st.sampled_from(["", "<5k"]),
        },
    ),
    max_size=30,
)


@given(NAMES)
def test_every_dimension_counts_every_name_once_and_bounds_hold(names):
    rows = resolution_rates(names, AS_OF)
    assert rows == sorted(rows, key=lambda r: (r["dimension"], r["class"])) == resolution_rates(names[::-1], AS_OF)
    for dimension in DIMENSIONS:
        of_it = [r for r in rows if r["dimension"] == dimension]
        for column, verdict in (("resolved", "resolved"), ("review", "review"), ("unknown", "unknown"), ("not_a_city", "not_a_city")):
            assert sum(r[column] for r in of_it) == sum(n.verdict == verdict for n in names)
    for row in rows:
        assert row["names"] == row["resolved"] + row["review"] + row["unknown"]
        low, rate, high = rates_of(row)
        assert (low is None) == (high is None)
        if low is not None:
            assert 0 <= low <= (high if rate is None else rate) <= high <= 1
