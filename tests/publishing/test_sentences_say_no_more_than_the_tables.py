"""The generated sentences: right on a case worked by hand, and free of forbidden words whatever the tables hold."""

import re

from hypothesis import given
from hypothesis import strategies as st

from citynet.publishing.contract import contract
from citynet.publishing.phrases import forbidden_in
from citynet.publishing.site.context import load
from citynet.publishing.site.sentences import sentences
from publishing.one_row import AS_OF, row
from publishing.rows import PACT_2022, connectivity, network, place, representation, tables

DATES = st.dates().map(str)
COUNTS = st.integers(0, 400)


def told(changed=None) -> dict[str, str]:
    return {s.about: s.text for s in sentences(load({**tables(), **(changed or {})}), AS_OF)}


def pair(a: str, b: str, shared: int | None, at_least: int | None = None, **values: object):
    figures = {"list_date_a": "2021-01-01", "list_date_b": "2021-06-01", "shared": shared, "shared_at_least": at_least or shared}
    return row("network_overlap", network_a=a, network_b=b, universe="u", **{**figures, "nested_by_rule": False, **values})


NETWORKS = [network(i, i.upper(), "migration_core", PACT_2022) for i in "abcd"]


def shared_members(*pairs, networks=NETWORKS) -> dict[str, str]:
    return told({"networks": networks, "network_overlap": list(pairs)})


def test_the_two_networks_that_share_most_are_told_with_both_dates_and_the_pairs_looked_at():
    said = shared_members(pair("a", "b", 7, overlap_coefficient=0.7), pair("a", "c", 3), pair("b", "c", None, 2))["Shared members"]
    assert said == (
        "The two networks that share most members are A with B (lists of 2021-01-01 and 2021-06-01; 70\u00a0% of the shorter list): "
        "7 municipalities. Seen among 2 pairs of transnational networks on migration and inclusion with two complete lists at most "
        "12 months apart, unrelated by rule; the universe of a pair is the union of the two lists."
    )


OPEN = "b: 3 printed names not matched, so more may be shared; chance models are not computed in this release"


def test_where_names_are_not_matched_no_share_is_told_and_more_may_be_shared():
    said = shared_members(pair("a", "b", 7, overlap_coefficient=0.7, not_computed_because=OPEN), pair("a", "c", 3))["Shared members"]
    assert "A with B (lists of 2021-01-01 and 2021-06-01; names are not matched, so more may be shared): at least 7 municipalities." in said
    assert "%" not in said
    said = shared_members(pair("a", "b", 7, overlap_coefficient=0.7), pair("b", "c", 3, not_computed_because=OPEN))["Shared members"]
    assert "70\u00a0% of the shorter list): 7 municipalities." in said
    assert "In 1 more of them names are not matched, so more may be shared." in said


def test_a_class_that_a_rule_excludes_is_neither_told_nor_untold_in_the_sentence_on_sizes():
    rows = [representation(size, 1, 25, 2.0, reading) for size, reading in (("5-10k", "under"), ("1-5M", "over"))]
    kept_out = [{**representation("5-10k", 0, 25, 0.0, "excluded_by_rule"), "network_id": "intercultural_cities"}]
    said = told({"representation": rows + kept_out})["Small and large towns"]
    assert "5-10k residents are under-represented in 1 and over-represented in 0 of 1 network, and in 0 we cannot tell" in said


def test_readings_of_two_universes_are_never_added_up():
    rows = [representation(size, 1, 25, 2.0, "under") for size in ("5-10k", "1-5M")]
    other = [{**r, "universe": "municipalities of Portugal", "network_id": "intercultural_cities"} for r in rows[:1]]
    said = told({"representation": rows + other})["Small and large towns"]
    assert "of 1 network" in said
    assert "Universe: municipalities of at least 5,000 residents" in said


def test_ties_are_named_in_alphabetical_order():
    said = shared_members(pair("b", "c", 3), pair("a", "d", 3), pair("a", "b", 1))["Shared members"]
    assert said.startswith("Most members are shared by A with D (lists of 2021-01-01 and 2021-06-01) and B with C (")
    assert "3 municipalities each" in said


def test_networks_nested_by_rule_are_not_compared():
    said = shared_members(pair("a", "b", 9, nested_by_rule=True), pair("a", "c", 2), pair("b", "d", None, 30, nested_by_rule=True))
    assert said["Shared members"].startswith("The only two networks whose lists can be compared are A with C")
    assert "30" not in said["Shared members"]


def test_a_larger_lower_bound_is_named_beside_the_largest_figure():
    said = shared_members(pair("a", "b", 2), pair("c", "d", None, 5), pair("a", "d", None, 1))["Shared members"]
    assert "show more without a total: C with D (lists of 2021-01-01 and 2021-06-01) at least 5." in said


def test_national_networks_have_a_sentence_of_their_own():
    mixed = [*NETWORKS[:3], network("d", "D", "migration_core", PACT_2022, scope="national")]
    said = shared_members(pair("a", "b", 2), pair("a", "d", 9), networks=mixed)
    assert "A with B" in said["Shared members"]
    assert "A with D" in said["Shared members, beside"]


def test_nothing_is_said_where_nothing_can_be_compared():
    assert "Shared members" not in shared_members(pair("a", "b", None, 4), pair("a", "c", 0))
    assert sentences(load({}), AS_OF) == []


def test_cities_in_most_families_are_told_as_k_of_m_and_in_alphabetical_order():
    rows = [connectivity(f"gn{n}", networks) for n, networks in enumerate(["a;b", "a;b", "b"])]
    places = [place(f"gn{n}", "CBA"[n], "SK", None, None) for n in range(3)]
    said = told({"place_connectivity": rows, "places": places, "networks": NETWORKS})
    assert said["Cities in several networks"].startswith(
        "B and C are in 2 families of networks each, members of 2 of the 2 observed networks"
    )
    # The dates are of the networks counted, not those of all lists that the table was made from.
    assert "lists of 2022-09-15." in said["Cities in several networks"]


def test_related_networks_are_told_as_the_families_that_the_table_counts():
    rows = [{**connectivity("gn1", "a;b;c"), "families": 2}, connectivity("gn2", "a")]
    places = [place("gn1", "Ghent", "BE", None, None), place("gn2", "Lyon", "FR", None, None)]
    said = told({"place_connectivity": rows, "places": places, "networks": NETWORKS})
    assert said["Cities in several networks"].startswith("Ghent is in 2 families of networks, a member of 3 of the 3 observed networks")


def test_the_newest_change_is_told_with_its_interval():
    assert told()["Newest change"] == (
        "The newest change that the lists show: 's-Gravenhage joined Pact of Free Cities, between 2019-12-16 and 2022-09-15. "
        "Universe: all networks in the registry."
    )


def test_open_names_are_counted_by_what_they_wait_for():
    assert told()["Open names"] == (
        "1 printed name on the newest accepted lists of 3 networks (of 2010-07-12 to 2022-09-15) waits for a person because more than one "
        "place fits, 0 more are in no place list we hold, and 0 are no place at all."
    )


def test_old_lists_are_counted_against_the_newest_input():
    assert (
        "Of the networks that are followed (4), 3 have an accepted list, of 2010-07-12 to 2022-09-15; 2 of these lists (67\u00a0%)"
        in (told()["Age of the lists"])
    )


ENUMS = {(t.name, c.name): c.enum for t in contract().tables for c in t.columns if c.enum}
NAMES = st.sampled_from(["Ghent", "Lyon", "Pátra", "Sankt Pölten", "Ä"])


@st.composite
def any_tables(draw):
    ids = draw(st.lists(st.sampled_from("abcdefghij"), min_size=1, unique=True))
    places = [place(f"gn{n}", draw(NAMES), "BE", None, None) for n in range(draw(st.integers(1, 12)))]
    choose = {key: st.sampled_from(values) for key, values in ENUMS.items()}
    networks = [
        {
            **network(i, f"Network {i}", draw(choose["networks", "relevance"]), PACT_2022, scope=draw(choose["networks", "scope"])),
            **{"freshness": draw(choose["networks", "freshness"]), "last_listed_on": draw(st.none() | DATES)},
        }
        for i in ids
    ]
    pairs = [
        pair(a, b, draw(st.none() | COUNTS), draw(COUNTS), nested_by_rule=draw(st.booleans()), overlap_coefficient=draw(st.floats(0, 1)))
        for a in ids
        for b in ids
        if a < b
    ]
    changes = [
        row(
            "membership_changes",
            **{"change_id": f"c{n}", "network_id": draw(st.sampled_from(ids)), "place_id": draw(st.sampled_from(places))["place_id"]},
            **{"change": draw(choose["membership_changes", "change"]), "cause": "listing", "known_at": "2022-09-15T00:00:00Z"},
            **{
                "earliest": draw(st.none() | DATES),
                "latest": draw(st.none() | st.just("2022-01-01")),
                "printed_on": draw(st.none() | DATES),
            },
        )
        for n in range(draw(st.integers(0, 12)))
    ]
    readings = [
        {**representation(size, 1, 20, 2.0, draw(choose["representation", "reading"])), "network_id": i}
        for i in ids
        for size in draw(st.lists(choose["places", "municipality_size_class"], unique=True))
    ]
    connected = [{**connectivity(str(p["place_id"]), "a;b;c"), "families": draw(st.integers(1, 3))} for p in places]
    return {
        **tables(),
        **{"networks": networks, "places": places, "memberships": [], "network_overlap": pairs, "membership_changes": changes},
        **{"representation": readings, "place_connectivity": connected},
    }


@given(any_tables())
def test_no_sentence_uses_a_forbidden_word_and_each_names_its_universe_or_lists_and_a_date(made):
    for sentence in sentences(load(made), AS_OF):
        assert forbidden_in(sentence.text) == []
        assert re.search(
            r"Universe: |Seen among |networks in the registry|networks that are followed|newest accepted lists of", sentence.text
        ), sentence
        assert re.search(r"\b\d{4}-\d{2}-\d{2}\b", sentence.text), sentence
        assert "migrants" not in sentence.text
        assert "None" not in sentence.text
        assert not re.search(r"\b(1 pairs|1 networks|1 municipalities)\b", sentence.text), sentence
