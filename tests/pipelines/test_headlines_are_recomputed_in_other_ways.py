"""Sensitivity of headlines: the other ways are fixed, each is recomputed, and only what says the same has survived."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.analysis.sensitivity import ALTERNATIVES, HEADLINES, Share, headline_sensitivity, shares_held
from citynet.model import Row
from citynet.pipelines.sensitivity_tables import sensitivity_rows
from citynet.publishing.contract import contract as published
from citynet.publishing.headlines import headlines
from citynet.publishing.phrases import forbidden_in
from pipelines.analysed_world import AS_OF, NETWORKS, OPEN, listed
from publishing.rows import tables as small_release

POOLED = (OPEN, "solidarity_cities", "eurocities")
"""A core network, and two of one family."""


def network_row(network_id: str, *, complete: bool = True) -> Row:
    state: Row = {
        "last_listed_on": AS_OF,
        "last_complete_on": AS_OF if complete else None,
        "not_read_because": None,
        "freshness": "current",
    }
    return {"network_id": network_id, **state}


def rate(network_id: str, names: int, review: int, unknown: int) -> Row:
    return {"dimension": "network", "class": network_id, "names": names, "review": review, "unknown": unknown}


def tables() -> dict[str, list[Row]]:
    """What the other tables say of the three networks."""
    counted = [(OPEN, p) for p in "abcdef"] + [("eurocities", p) for p in "abcdefgh"] + [("solidarity_cities", p) for p in "ab"]
    pair: Row = {"network_a": "eurocities", "network_b": OPEN, "shared": 6, "shared_at_least": 6, "q_hypergeometric": 0.2}
    # None of the known members is shared: whether any is, is not known.
    none: Row = {
        "network_a": "eurocities",
        "network_b": "solidarity_cities",
        "shared": None,
        "shared_at_least": 0,
        "q_hypergeometric": None,
    }
    other: Row = {"network_a": OPEN, "network_b": "solidarity_cities", "shared": None, "shared_at_least": 2, "q_hypergeometric": None}
    blank: Row = dict.fromkeys(("q_fixed_margins", "q_fixed_margins_country", "q_bicm"))
    read: Row = {"dimension": "municipality_size_class", "universe_kind": "at_least_5000"}
    return {
        "networks": [network_row(OPEN), network_row("eurocities"), network_row("solidarity_cities", complete=False), network_row("rpci")],
        "memberships": [{"network_id": n, "place_id": p, "counted": True, "use": "current"} for n, p in counted],
        "sources": [],
        "network_overlap": [{**found, **blank} for found in (pair, other, none)],
        "representation": [
            {**read, "network_id": OPEN, "reading": "under", "reading_standardised": "cannot_tell"},
            {**read, "network_id": OPEN, "reading": "cannot_tell", "reading_standardised": "cannot_tell"},
            {**read, "network_id": "eurocities", "reading": "excluded_by_rule", "reading_standardised": "excluded_by_rule"},
            {**read, "network_id": "eurocities", "reading": "over", "reading_standardised": "over"},
        ],
        "resolution_rates": [rate(OPEN, 60, 2, 1), rate("eurocities", 40, 0, 0), rate("rpci", 10, 10, 0)],
    }


def rows() -> dict[tuple[str, str], Row]:
    lists = [listed(OPEN, *"abcdef"), listed("eurocities", *"abcdefgh"), listed("solidarity_cities", *"ab", complete=False)]
    made = sensitivity_rows(lists, list(NETWORKS.values()), frozenset(POOLED), tables(), AS_OF, age_limit=True)
    return {(str(row["headline"]), str(row["alternative"])): row for row in made}


def test_there_are_at_most_eight_headlines_with_their_alternatives_in_words():
    assert len(HEADLINES) <= 8
    (named,) = (column.enum for column in published().table("headline_sensitivity").columns if column.name == "headline")
    assert [headline.headline for headline in HEADLINES] == list(named)
    assert len({headline.headline for headline in HEADLINES}) == len(HEADLINES)
    used = {name for headline in HEADLINES for name in headline.alternatives}
    assert used == ALTERNATIVES.keys()
    assert [forbidden_in(text) for text in (*ALTERNATIVES.values(), *(headline.label for headline in HEADLINES))] == [[]] * (
        len(ALTERNATIVES) + len(HEADLINES)
    )


@pytest.mark.parametrize(
    ("headline", "alternative", "published", "figure", "survived"),
    [
        ("complete_lists", "with_partial_lists", 2 / 3, 1.0, "yes"),
        ("complete_lists", "without_the_largest_network", 2 / 3, 0.5, "no"),  # half is not above half
        ("memberships_in_core", "complete_lists_only", 8 / 16, 6 / 14, "yes"),
        ("in_one_network_only", "with_partial_lists", 2 / 8, 2 / 8, "yes"),
        ("in_three_families", "two_or_more", 0.0, 6 / 8, "no"),
        ("in_three_families", "by_networks", 0.0, 0.0, "yes"),
        ("held_by_those", "most_connected_tenth", 0.0, 2 / 14, "yes"),
        ("pairs_that_share", "with_partial_lists", 1.0, 1.0, "yes"),
        ("pairs_that_share", "at_least_five_shared", 1.0, 1.0, "yes"),
        ("pairs_that_share", "beyond_chance_hypergeometric", 1.0, 0.0, "no"),
        ("pairs_that_share", "beyond_chance_bicm", 1.0, None, "not_computable"),
        ("representation_told", "standardised_by_country", 2 / 3, 1 / 3, "no"),
        ("representation_told", "against_residents", 2 / 3, None, "not_computable"),
        ("names_not_matched", "names_without_any_candidate", 0.03, 0.01, "yes"),
        ("names_not_matched", "without_the_largest_network", 0.03, 0.05, "yes"),  # at the bound is not above it
    ],
)
def test_each_alternative_is_recomputed_from_its_own_networks_and_rows(headline, alternative, published, figure, survived):
    row = rows()[headline, alternative]
    assert row["figure_published"] == pytest.approx(published, abs=1e-5)
    assert row["figure"] == (None if figure is None else pytest.approx(figure, abs=1e-5))
    assert row["survived"] == survived
    assert (row["not_computed_because"] is None) == (survived != "not_computable")


def test_the_published_shares_are_those_of_the_overview():
    """Of the small release written by hand: what the front page counts is what sensitivity starts from."""
    release = small_release()
    release["resolution_rates"] = [rate("pact_of_free_cities", 6, 1, 0)]
    front = {line.label: line.value for line in headlines(release)}
    pooled = frozenset({"pact_of_free_cities", "intercultural_cities", "sample_2018"})
    made = sensitivity_rows([], [], pooled, release, AS_OF, age_limit=True)
    lists = next(row for row in made if row["headline"] == "complete_lists")
    assert front["Networks with a complete list"] == "2 of 3"
    assert lists["figure_published"] == pytest.approx(2 / 3, abs=1e-5)


def test_the_badge_counts_and_names_what_survived():
    found = [row for (headline, _), row in rows().items() if headline == "complete_lists"]
    assert {row["badge"] for row in found} == {
        "1 of 3 alternatives survived: members known from partial lists too (known members only, no share of all)"
    }
    assert {(row["version"], row["fixed_on"]) for row in found} == {(3, "2026-11-23")}


@settings(max_examples=40)
@given(st.data())
def test_survived_means_on_the_same_side_of_the_bound(data):
    share = st.builds(Share, st.integers(0, 20), st.just(20)) | st.just(Share(0, 0)) | st.just(Share(1, 2, "not told"))
    published = {headline.headline: data.draw(share) for headline in HEADLINES}
    others = {(headline.headline, name): data.draw(share) for headline in HEADLINES for name in headline.alternatives}
    for row in headline_sensitivity(published, others, AS_OF):
        shown, then = published[str(row["headline"])].value, others[str(row["headline"]), str(row["alternative"])].value
        bound = float(str(row["bound"]))
        known = shown is not None and then is not None
        assert row["survived"] == ("not_computable" if not known else "yes" if (shown > bound) == (then > bound) else "no")
        assert str(row["badge"]).count(";") == max(0, int(str(row["badge"]).split()[0]) - 1)


@given(st.lists(st.integers(1, 5), max_size=20))
def test_with_a_threshold_of_one_everybody_holds_everything(counts):
    places, memberships = shares_held(counts, counts, 1)
    assert (places.part, memberships.part) == (len(counts), sum(counts))
    assert shares_held(counts, counts, 6)[0].part == 0
