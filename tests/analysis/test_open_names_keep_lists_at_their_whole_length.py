"""Names without a place in the chance models: each on its list alone, so that a list not wholly matched is no shorter there."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.stats import hypergeom  # type: ignore[import-untyped]

from analysis.incidence_maker import all_pairs, lists_of
from analysis.list_maker import members
from citynet.analysis.fixed_margins import sample_fixed_margins
from citynet.analysis.incidence import Eligible, incidence
from citynet.analysis.lists import MemberList
from citynet.analysis.null_models import NULL_MODELS, fixed_margins, hypergeometric, overlap_tests
from citynet.analysis.tested_lists import of_known_country, with_open_names

AS_OF = "2021-12-31"
PLACES = [f"p{n}" for n in range(8)]
EVERYBODY = Eligible(PLACES, ["AA"] * len(PLACES))


def completions(ids: set[str], unmatched: int) -> list[set[str]]:
    """All that a list may be: each of its open names is a municipality that it lacks, or none."""
    others = sorted(set(PLACES) - ids)
    return [ids | set(more) for count in range(unmatched + 1) for more in combinations(others, count)]


@pytest.mark.parametrize(
    ("a", "b", "open_a", "open_b"), [("012", "0134", 1, 1), ("0123", "01", 2, 0), ("0", "12345", 1, 2), ("0123", "0123", 1, 2)]
)
def test_by_the_sizes_of_the_lists_p_is_the_largest_that_open_names_allow(a: str, b: str, open_a: int, open_b: int) -> None:
    first, second = ({f"p{n}" for n in each} for each in (a, b))
    table = incidence([members("a", first), members("b", second)], EVERYBODY)
    found = hypergeometric(table, all_pairs(2), np.array([open_a, open_b]))
    every = [
        float(hypergeom.sf(len(x & y) - 1, len(PLACES), len(x), len(y)))
        for x in completions(first, open_a)
        for y in completions(second, open_b)
    ]
    assert found.p[0] == pytest.approx(max(every))


def test_more_open_names_than_there_are_municipalities_left_say_nothing() -> None:
    table = incidence([members("a", PLACES[:4]), members("b", PLACES[:4])], EVERYBODY)
    assert hypergeometric(table, all_pairs(2), np.array([9, 9])).p[0] == 1


def made(*, unmatched: int) -> list[MemberList]:
    """Lists of 40, 40 and 30: the first two share 14, and so many names on either of them have no place."""
    at = {"a": range(40), "b": range(26, 66), "c": range(20, 80, 2)}
    lists = [members(name, [f"p{n:03}" for n in numbers], countries={f"p{n:03}": "AA" for n in numbers}) for name, numbers in at.items()]
    return [replace(each, unresolved=unmatched if each.network_id in "ab" else 0) for each in lists]


def test_open_names_of_two_lists_make_what_these_share_less_rare_by_every_model_and_tell_of_no_fewer() -> None:
    known = Eligible([f"p{n:03}" for n in range(200)], ["AA"] * 200)
    whole, open_ = (overlap_tests(made(unmatched=n), set(), AS_OF, known, samples=2000) for n in (0, 3))
    for model in NULL_MODELS:
        before, after = whole.figures["a", "b"], open_.figures["a", "b"]
        assert after[f"expected_{model}"] > before[f"expected_{model}"]  # type: ignore[operator]
        assert after[f"z_{model}"] < before[f"z_{model}"]  # type: ignore[operator]
        assert after[f"p_{model}"] >= before[f"p_{model}"]  # type: ignore[operator]
    assert set(open_.lower["a", "b"].values()) == {None}
    assert None not in whole.lower["a", "b"].values()
    assert open_.universe["a", "b"] == whole.universe["a", "b"] == 200


def test_open_names_have_the_countries_of_their_list_and_may_join_every_network() -> None:
    countries = {**dict.fromkeys(PLACES[:6], "AA"), **dict.fromkeys(PLACES[6:], "BB")}
    lists = [replace(members("a", PLACES, countries=countries), unresolved=4), members("b", PLACES[:2])]
    (wide, same), known = with_open_names(lists, Eligible(PLACES, list(countries.values()), {"b": np.zeros(8, bool)}))
    added = sorted(wide.municipality_ids - set(PLACES))
    assert [wide.countries[name] for name in added] == ["AA", "AA", "AA", "BB"]
    assert same.municipality_ids == lists[1].municipality_ids
    assert known is not None
    assert known.may_join["b"].tolist() == [False] * 8 + [True] * 4
    assert with_open_names(made(unmatched=0), None)[1] is None


def test_places_without_a_country_are_cut_from_lists_and_rules_alike() -> None:
    lists = [members("a", ["p0", "p1", "new"], countries={"new": "CC"}), members("b", ["p1", "p2"])]
    (a, b), known = of_known_country(lists, Eligible(["p0", "p1", "p2"], ["AA", "", "BB"], {"a": np.array([True, False, True])}))
    assert (a.municipality_ids, b.municipality_ids) == ({"p0", "new"}, {"p2"})
    assert known is not None
    assert (list(known.place_ids), list(known.countries), known.may_join["a"].tolist()) == (["p0", "p2"], ["AA", "BB"], [True, True])


def test_a_pair_in_which_no_sample_differs_is_settled_whatever_the_tail_says() -> None:
    """Whoever is in three networks of three is shared by all: the one place of x is one of z in every table."""
    table = incidence(lists_of(np.array([[0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0], [1, 1, 1, 0, 0, 1]])))
    sampled = sample_fixed_margins(table, "settled", within_country=False, samples=400)
    found = fixed_margins(table, all_pairs(3), sampled, within_country=False)
    assert found.varies.tolist() == (~np.isnan(found.z)).tolist()
    assert found.varies.tolist()[1] is False
