"""Representation with everything beside it: three universes, exact bounds, access by rule, people, and one sentence that says no more."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.list_maker import contract
from analysis.town_maker import ORDER, cells
from citynet.analysis.columns import BESIDE, STANDARDISED
from citynet.analysis.country_groups import EU27, EU_SINCE, REGIONS, eu_membership, region_of_europe
from citynet.analysis.lists import MemberList
from citynet.analysis.represented import represented
from citynet.analysis.strata import DIMENSIONS, UNIVERSE_KINDS, Cell, Strata, strata, strata_of
from citynet.model import Row
from citynet.publishing.phrases import forbidden_in

AS_OF = "2026-02-01"
NAMES = {"eligible_by_rule": "those that may join", "at_least_5000": "municipalities of at least 5,000", "residents": "residents"}


def along(kind: str, dimension: str = "municipality_size_class", of: Sequence[Cell] = ()) -> Strata:
    return strata(of or cells(), kind, dimension, NAMES[kind], "made for this test", ORDER, EU27)


def members_of(classes: dict[str, str | None], unresolved: int = 0, country: str = "DE") -> MemberList:
    places = frozenset(classes)
    return MemberList("net", "2026-01-31", True, "current", places, places, unresolved, dict.fromkeys(classes, country))


def numbered(**counts: int) -> dict[str, str | None]:
    names = {"small": "5-10k", "middle": "10-20k", "large": "20-50k"}
    return {f"{name}{number}": names.get(name) for name, count in counts.items() for number in range(count)}


def by_class(rows: list[Row]) -> dict[str, Row]:
    return {str(row["class"]): row for row in rows}


def test_the_columns_are_those_published_and_those_beside_them() -> None:
    row = represented(members_of(numbered(small=3)), numbered(small=3), along("at_least_5000"), AS_OF)[0]
    beside = {*STANDARDISED, *BESIDE, "sentence"}
    assert [column for column in row if column not in beside] == [column for column in contract("representation") if column not in beside]
    assert beside <= set(row)


@pytest.mark.parametrize("kind", UNIVERSE_KINDS[:3])
@settings(max_examples=30)
@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 5))
def test_every_unresolved_name_in_the_smallest_and_then_the_largest_class_gives_the_bounds(
    kind: str, small: int, middle: int, large: int, unresolved: int
) -> None:
    if not small + middle + large:
        return
    classes = numbered(small=small, middle=middle, large=large)
    found = by_class(represented(members_of(classes, unresolved), classes, along(kind), AS_OF))
    placed = {}
    for name, where in (("5-10k", "small"), ("20-50k", "large")):
        moved = classes | {f"open{number}": name for number in range(unresolved)}
        placed[where] = by_class(represented(members_of(moved), moved, along(kind), AS_OF))
    figures = {"ratio": "representation_ratio", "parity_gap": "parity_gap_points", "participation_rate": "participation_rate"}
    for name, all_in, all_out in (("5-10k", "small", "large"), ("20-50k", "large", "small")):
        for bound, figure in figures.items():
            assert found[name][f"{bound}_high"] == pytest.approx(placed[all_in][name][figure])
            assert found[name][f"{bound}_low"] == pytest.approx(placed[all_out][name][figure])


@settings(max_examples=30)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 60))
def test_bounds_that_include_parity_are_told_as_cannot_tell_and_no_sentence_says_a_forbidden_phrase(
    small: int, middle: int, large: int, unresolved: int
) -> None:
    classes = numbered(small=small, middle=middle, large=large)
    for kind in UNIVERSE_KINDS[:3]:
        for row in represented(members_of(classes, unresolved), classes, along(kind), AS_OF, name="Network N"):
            sentence = str(row["sentence"])
            assert forbidden_in(sentence) == []
            low, high = row["ratio_low"], row["ratio_high"]
            if isinstance(low, float) and isinstance(high, float) and low <= 1 <= high:
                assert "cannot tell" in sentence
            if row["representation_ratio"] is not None:
                assert str(row["universe"]) in sentence
                assert "2026-01-31" in sentence


def test_a_class_that_the_rules_keep_out_is_no_under_representation() -> None:
    large_only = [cell for cell in cells() if cell.size_class == "20-50k"]
    classes = numbered(large=20)
    rows = represented(members_of(classes), classes, along("at_least_5000"), AS_OF, eligible=along("eligible_by_rule", of=large_only))
    found = by_class(rows)
    assert (found["5-10k"]["reading"], found["5-10k"]["u_c_eligible"]) == ("excluded_by_rule", 0)
    assert "no under-representation" in str(found["5-10k"]["sentence"])
    assert found["20-50k"]["u_c_eligible"] == found["20-50k"]["u_c"] == 36
    middle = along("eligible_by_rule", of=[cell for cell in cells() if cell.size_class == "5-10k"])
    limits = {"eligible": along("eligible_by_rule", of=large_only), "perhaps": middle}
    cut = by_class(represented(members_of(classes), classes, along("at_least_5000"), AS_OF, **limits))  # type: ignore[arg-type]
    assert [(cut[size]["reading"], cut[size]["u_c_eligible"]) for size in ORDER[:2]] == [("under", None), ("excluded_by_rule", 0)]
    unknown = by_class(represented(members_of(classes), classes, along("at_least_5000"), AS_OF))["5-10k"]
    assert (unknown["reading"], unknown["u_c_eligible"]) == ("under", None)


def test_people_in_member_municipalities_stand_beside_the_count() -> None:
    classes = numbered(small=1, large=2)
    residents = {"small0": 6_000, "large0": 21_000, "large1": None}
    found = by_class(represented(members_of(classes), classes, along("at_least_5000"), AS_OF, residents=residents))
    small, large = found["5-10k"], found["20-50k"]
    assert (small["member_residents"], small["member_residents_percent"]) == (6_000, pytest.approx(100 / 6))  # of 36 x 1,000
    assert "live 16.67 % of the residents" in str(small["sentence"])
    # One of two has no known residents: a sum of what is known, and at least its share.
    assert (large["member_residents"], large["member_residents_percent"], large["members_without_residents"]) == (21_000, None, 1)
    assert large["member_residents_percent_low"] == pytest.approx(100 * 21 / 36)
    assert "live at least 58.33 % of the residents" in str(large["sentence"])
    unmatched = by_class(represented(members_of(classes, 1), classes, along("at_least_5000"), AS_OF, residents=residents))["5-10k"]
    assert (unmatched["member_residents_percent"], unmatched["member_residents_percent_low"]) == (None, pytest.approx(100 / 6))


def test_under_representation_beside_rules_that_are_not_known_says_so() -> None:
    classes = numbered(large=20)
    told = "How many of them the network's rules admit is not known."
    for eligible, said in ((None, True), (along("eligible_by_rule"), False)):
        found = by_class(represented(members_of(classes), classes, along("at_least_5000"), AS_OF, eligible=eligible))
        assert (found["5-10k"]["reading"], told in str(found["5-10k"]["sentence"])) == ("under", said)
        assert told not in str(found["20-50k"]["sentence"])


def test_what_cannot_be_told_says_whether_one_member_more_or_less_would_decide() -> None:
    rare = strata([Cell("DE", "5-10k", "1", 990, 1), Cell("DE", "20-50k", "1", 10, 1)], "at_least_5000", DIMENSIONS[0], "u", "s", ORDER)
    for large, words in ((0, "; parity would be less than one member"), (1, "; one member alone, where parity would be less than one")):
        classes = numbered(small=30 - large, large=large)
        assert words in str(by_class(represented(members_of(classes), classes, rare, AS_OF))["20-50k"]["sentence"])


@pytest.mark.parametrize(
    ("classes", "unresolved", "told"),
    [
        (numbered(small=12), 0, "(ratio 0.00)"),  # nobody is missing, so that there is nothing to lie between
        (numbered(small=12), 2, "(ratio between 0.00 and 0.43 wherever members without a class may lie)"),
    ],
)
def test_a_ratio_has_two_ends_only_where_a_member_without_a_class_could_move_it(
    classes: dict[str, str | None], unresolved: int, told: str
) -> None:
    row = by_class(represented(members_of(classes, unresolved), classes, along("at_least_5000"), AS_OF))["20-50k"]
    assert f"{told}." in str(row["sentence"])
    assert ("wherever" in str(row["sentence"])) is bool(unresolved)


def test_people_outside_the_universe_are_in_no_figure_of_it() -> None:
    members = MemberList("net", "2026-01-31", True, "current", frozenset("ab"), frozenset("ab"), 0, {"a": "DE", "b": "UA"})
    row = represented(members, dict.fromkeys("ab", "5-10k"), along("at_least_5000"), AS_OF, residents={"a": 6_000, "b": 7_000})[0]
    assert (row["n_c"], row["n_outside"], row["member_residents"]) == (1, 1, 6_000)


def test_a_partial_list_has_no_figure_and_its_sentence_says_why() -> None:
    members = MemberList("net", "2026-01-31", False, "current", frozenset("a"), frozenset("a"), 0, {"a": "DE"})
    for row in represented(members, {"a": "5-10k"}, along("at_least_5000"), AS_OF, residents={"a": 6000}):
        assert (row["representation_ratio"], row["ratio_standardised"], row["member_residents"]) == (None, None, None)
        assert "no figure, for net: list of 2026-01-31 is partial" in str(row["sentence"])


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_each_dimension_counts_every_cell_once(dimension: str) -> None:
    found = along("at_least_5000", dimension)
    assert sum(found.universe.counts.values()) == sum(cell.municipalities for cell in cells())
    assert sum(sum(of.values()) for of in found.residents.values()) == sum(cell.residents or 0 for cell in cells())
    assert found.countries == ("AT", "DE", "NO")


def test_cells_without_residents_or_class_are_in_no_universe() -> None:
    gap = [Cell("FR", "", "1", 34_970, None), Cell("TR", "5-10k", "", 100, 700_000)]
    assert along("at_least_5000", "degurba", [*cells(), *gap]).countries == ("AT", "DE", "NO")
    assert along("residents", of=[*cells(), *gap]).countries == ("AT", "DE", "NO", "TR")


def test_an_unknown_kind_or_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a kind of"):
        strata(cells(), "all", "country", "", "")
    with pytest.raises(ValueError, match="expected a kind of"):
        strata(cells(), "residents", "mood", "", "")


def test_cities_by_urban_centre_class_are_a_universe_of_their_own() -> None:
    listed = {"a": ("S", "DE"), "b": ("S", "AT"), "c": ("XXL", "DE")}
    found = strata_of(listed, "urban_centre_size_class", "statistical cities", "made", ("S", "M", "XXL"))
    assert dict(found.universe.counts) == {"S": 2, "XXL": 1}
    rows = represented(members_of({"a": "S", "c": "XXL"}), {"a": "S", "c": "XXL"}, found, AS_OF)
    assert [row["participation_rate"] for row in rows] == [0.5, 1.0]
    assert "cities of urban-centre class S" in str(rows[0]["sentence"])


def test_countries_are_in_the_union_from_their_accession_to_their_leaving() -> None:
    days = ("2013-06-30", "2013-07-01", "2020-01-31", "2020-02-01")
    assert [eu_membership("HR", day) for day in days] == ["other", "EU", "EU", "EU"]
    assert [eu_membership("GB", day) for day in days] == ["EU", "EU", "EU", "other"]
    assert (eu_membership("CH", days[0]), eu_membership("", days[0])) == ("EFTA", None)
    everyone = {country for countries in EU_SINCE.values() for country in countries.split()}
    assert sum(eu_membership(country, EU27) == "EU" for country in everyone - {"AX"}) == 27


def test_each_country_is_in_one_region() -> None:
    every = [country for countries in REGIONS.values() for country in countries.split()]
    assert len(every) == len(set(every))
    assert [region_of_europe(country) for country in ("EE", "HR", "US", "")] == [
        "Northern Europe",
        "Southern Europe",
        "outside Europe",
        None,
    ]
