"""Rows of size_and_membership: a relation, no relation larger than x, or cannot tell, wherever missing members lie."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.town_maker import Towns, joined, listed, municipalities, subject, towns
from citynet.analysis.columns import SIZE_AND_MEMBERSHIP
from citynet.analysis.lists import MemberList
from citynet.analysis.size_and_membership import size_and_membership
from citynet.analysis.size_rows import EQUIVALENCE, reading
from citynet.model import Row
from citynet.publishing.phrases import forbidden_in

AS_OF = "2026-02-01"
WORLD = towns({"AT": 150, "DE": 250, "FR": 200})
LARGE = towns({"AT": 2000, "DE": 2500, "FR": 2000}, seed=4)
CAPITALS = {"AT": "AT0", "DE": "DE0", "FR": "FR0"}


def table(
    lists: Sequence[MemberList], world: Towns = WORLD, families: Mapping[str, str] | None = None, eligible: frozenset[str] | None = None
) -> dict[tuple[str, str], Row]:
    subjects = {m.network_id: subject(world, m.network_id) for m in lists}
    if eligible is not None:
        subjects = {key: replace(each, eligible=eligible) for key, each in subjects.items()}
    rows = size_and_membership(lists, municipalities(world, CAPITALS), subjects, families or {}, AS_OF)
    for row in rows:
        assert list(row) == list(SIZE_AND_MEMBERSHIP)
        assert forbidden_in(str(row["sentence"])) == []
    return {(str(row["subject"]), str(row["term"])): row for row in rows}


def size_row(members: Sequence[str], world: Towns = WORLD, unresolved: int = 0) -> Row:
    return table([listed(world, members, unresolved=unresolved)], world)["net", "residents_doubled"]


def test_a_planted_relation_is_told_with_its_interval_universe_and_date() -> None:
    row = size_row(joined(WORLD, slope=0.8, level=-1.5))
    assert (row["reading"], row["effect"], row["model"]) == ("relation", "odds_ratio", "logit")
    sentence = str(row["sentence"])
    assert "larger municipalities are members of Network net more often" in sentence
    assert "times the odds of membership (95 % interval" in sentence
    assert "Universe: municipalities of at least 5,000 residents in three countries; lists of 2026-01-31." in sentence
    assert "it does not say why" in sentence
    smaller = size_row(joined(WORLD, slope=-0.8, level=-1.5))
    assert (smaller["reading"], "smaller municipalities" in str(smaller["sentence"])) == ("relation", True)


def test_no_relation_is_only_said_with_how_large_one_could_be() -> None:
    row = size_row(joined(LARGE, slope=0.0, level=-1.0), LARGE)
    assert row["reading"] == "no_relation_larger_than"
    low, high = float(str(row["interval_low"])), float(str(row["interval_high"]))
    assert row["no_larger_than"] == pytest.approx(max(high, 1 / low), rel=1e-5)
    assert 1 < float(str(row["no_larger_than"])) <= EQUIVALENCE
    assert "no relation larger than a factor of" in str(row["sentence"])


def test_a_large_p_alone_is_cannot_tell() -> None:
    row = size_row(joined(WORLD, slope=0.0, level=-3.0, seed=11))
    assert float(str(row["p"])) > 0.05
    assert (row["reading"], row["no_larger_than"]) == ("cannot_tell", None)
    assert "we cannot tell whether the number of residents goes with membership" in str(row["sentence"])


def test_missing_members_lie_where_they_move_the_interval_most_before_anything_is_told() -> None:
    members = joined(WORLD, slope=0.8, level=-1.5)
    whole, doubtful = size_row(members), size_row(members, unresolved=150)
    assert (whole["widest_low"], whole["widest_high"], whole["placings"]) == (whole["interval_low"], whole["interval_high"], None)
    assert (doubtful["estimate"], doubtful["interval_low"]) == (whole["estimate"], whole["interval_low"])
    others = sorted(set(WORLD) - set(members), key=lambda town: (WORLD[town][1], town))
    for placed in (others[:150], others[-150:]):
        row = size_row([*members, *placed])
        assert float(str(doubtful["widest_low"])) <= float(str(row["interval_low"])) < float(str(row["interval_high"]))
        assert float(str(row["interval_high"])) <= float(str(doubtful["widest_high"]))
    assert (whole["reading"], doubtful["reading"]) == ("relation", "cannot_tell")
    assert "cannot tell" in str(doubtful["sentence"])
    assert str(doubtful["placings"]).endswith("; no placing reaches further")


def test_an_end_is_that_of_the_placing_that_the_row_names() -> None:
    members = joined(WORLD, slope=0.8, level=-1.5)
    row = size_row(members, unresolved=3)
    assert str(row["placings"]).startswith(
        "lower end with the smallest others of DE (2), FR (1); upper end with the largest others of DE (1), FR (2);"
    )
    others = sorted(set(WORLD) - set(members), key=lambda town: (WORLD[town][1], town))
    of_country = {country: [town for town in others if WORLD[town][0] == country] for country in ("DE", "FR")}
    low = size_row([*members, *of_country["DE"][:2], *of_country["FR"][:1]])["interval_low"]
    high = size_row([*members, *of_country["DE"][-1:], *of_country["FR"][-2:]])["interval_high"]
    assert (low, high) == pytest.approx((row["widest_low"], row["widest_high"]), rel=1e-5)


def test_a_missing_member_of_a_known_country_can_lie_in_that_country_only() -> None:
    members = joined(WORLD, slope=0.8, level=-1.5)
    found = listed(WORLD, members, unresolved=3)
    ends = {}
    for names_in in ({}, {"DE": 3}, {"NO": 3}):
        subjects = {"net": replace(subject(WORLD), names_in=names_in)}
        row = size_and_membership([found], municipalities(WORLD), subjects, {}, AS_OF)[0]
        ends[tuple(names_in)] = (row["n_missing"], row["n_outside"], row["widest_low"], row["widest_high"])
        assert ("of DE (3);" in str(row["placings"])) == (names_in == {"DE": 3})
    anywhere, german, elsewhere = ends.values()
    assert (anywhere[:2], german[:2], elsewhere[:2]) == ((3, 0), (3, 0), (0, 3))
    assert float(str(anywhere[2])) < float(str(german[2])) < float(str(elsewhere[2]))
    assert float(str(anywhere[3])) >= float(str(german[3])) > float(str(elsewhere[3]))


def test_missing_members_in_the_one_country_with_members_can_undo_a_relation() -> None:
    """The smallest municipalities of all lie in a country without members, where a few more say little on size."""
    chance = Random(6)
    large = {f"A{n}": ("A", chance.randint(20_000, 2_000_000)) for n in range(200)}
    world = large | {f"B{n}": ("B", 200 + 6 * n) for n in range(200)}
    members = joined(large, slope=0.75, level=-5.6)
    smallest_of_all = size_row([*members, *(f"B{n}" for n in range(3))], world)
    row = size_row(members, world, unresolved=3)
    assert (smallest_of_all["reading"], row["reading"]) == ("relation", "cannot_tell")
    assert float(str(row["interval_low"])) > float(str(smallest_of_all["interval_low"])) > 1 > float(str(row["widest_low"]))
    assert "lower end with the smallest others of A (3);" in str(row["placings"])


def test_members_of_unknown_size_are_missing_and_those_elsewhere_outside() -> None:
    members = joined(WORLD, slope=0.8, level=-1.5)
    world = {**WORLD, "unsized": ("AT", 0), "tiny": ("DE", 900)}
    rows = municipalities(world)
    towns_known = replace(rows, residents={**rows.residents, "unsized": ("AT", None)})
    found = listed(world, [*members, "unsized", "tiny", "Oslo", "nowhere"])
    found = replace(found, countries={**found.countries, "Oslo": "NO"})
    subjects = {"net": subject(WORLD)}
    row = size_and_membership([found], towns_known, subjects, {}, AS_OF)[0]
    assert (row["n_missing"], row["n_outside"], row["n_members"]) == (2, 2, len(members))


def test_all_members_the_largest_of_their_country_is_a_relation_without_upper_limit() -> None:
    ordered = sorted(WORLD, key=lambda town: -WORLD[town][1])
    row = size_row([town for country in ("AT", "DE", "FR") for town in ordered if WORLD[town][0] == country][:12])
    assert (row["separation"], row["estimate"], row["interval_high"], row["reading"]) == ("larger", None, None, "relation")
    assert "every member of known place and size is at least as large as every other that may join" in str(row["sentence"])
    assert "odds of membership per doubling of residents: 95 % interval" in str(row["sentence"])


def test_lists_without_ratios_and_networks_without_rules_have_only_a_reason() -> None:
    partial = replace(listed(WORLD, joined(WORLD, 0.8)), complete=False)
    found = table([partial])
    assert {row["not_computed_because"] for row in found.values()} == {"net: list of 2026-01-31 is partial"}
    assert ("pooled", "residents_doubled") not in found
    unknown = {"net": replace(subject(WORLD), eligible=None)}
    rows = size_and_membership([listed(WORLD, joined(WORLD, 0.8))], municipalities(WORLD), unknown, {}, AS_OF)
    assert {row["not_computed_because"] for row in rows} == {"net: who may join is not known"}


def test_a_network_of_nobody_and_one_of_everybody_have_no_model() -> None:
    for members in ([], list(WORLD)):
        row = size_row(members)
        assert (row["estimate"], row["reading"]) == (None, None)
        assert "0 members in countries with both members and others" in str(row["not_computed_because"])


def test_q_is_over_the_networks_and_never_below_p() -> None:
    lists = [listed(WORLD, joined(WORLD, slope, -2.0, seed), f"n{seed}") for seed, slope in enumerate((0.9, 0.3, 0.0, 0.0))]
    rows = [row for (_, term), row in table(lists).items() if term == "residents_doubled" and row["network_id"]]
    assert len(rows) == 4
    for row in rows:
        assert float(str(row["p"])) <= float(str(row["q"])) <= float(str(row["q_by"]))
    assert rows[0]["q"] == pytest.approx(4 * float(str(rows[0]["p"])), rel=1e-5)


def test_networks_that_stand_beside_have_no_q_and_lower_none() -> None:
    lists = [listed(WORLD, joined(WORLD, slope, -2.0, seed), f"n{seed}") for seed, slope in enumerate((0.3, 0.9, 0.9))]
    subjects = {m.network_id: subject(WORLD, m.network_id) for m in lists}
    rows = size_and_membership(lists, municipalities(WORLD, CAPITALS), subjects, {}, AS_OF, pooled=["n0"])
    inside, beside, _ = (row for row in rows if row["term"] == "residents_doubled" and row["network_id"])
    assert inside["q"] == inside["p"]
    assert (beside["q"], beside["q_by"], beside["reading"]) == (None, None, "relation")
    assert "Read by its own p: this network is in no family of tests." in str(beside["sentence"])


def test_the_reach_of_missing_members_is_told_as_of_every_placing() -> None:
    sentence = str(size_row(joined(WORLD, slope=0.8, level=-1.5), unresolved=1)["sentence"])
    assert ", also wherever the one missing member (1 unmatched name) may stand (" in sentence


def test_one_small_p_among_many_networks_is_no_relation() -> None:
    """Forty worlds without a relation: the seed whose p is smallest, alone and among seven others."""
    by_seed = {seed: listed(WORLD, joined(WORLD, 0.0, -1.5, seed), f"n{seed}") for seed in (12, 0, 1, 3, 4, 5, 7, 8)}
    alone = table([by_seed[12]])["n12", "residents_doubled"]
    among = table(list(by_seed.values()))["n12", "residents_doubled"]
    assert alone["p"] == among["p"] == pytest.approx(0.011, abs=0.001)
    assert (alone["reading"], among["reading"]) == ("relation", "cannot_tell")


def test_published_figures_have_six_digits_so_that_they_are_the_same_everywhere() -> None:
    rows = table([listed(WORLD, joined(WORLD, 0.8, -1.5), unresolved=3)]).values()
    figures = [value for row in rows for value in row.values() if isinstance(value, float)]
    assert figures
    assert all(float(f"{value:.6g}") == value for value in figures)


def test_a_bend_and_the_reach_of_missing_members_are_told() -> None:
    middle = [town for town, (_, residents) in WORLD.items() if 12_000 < residents < 18_000][::2]
    bent = size_row(middle, unresolved=4)
    assert float(str(bent["linearity_p"])) < 0.01
    sentence = str(bent["sentence"])
    assert "The relation is not the same at all sizes; the figure is an average." in sentence
    assert bent["reading"] == "cannot_tell"
    assert "; wherever the 4 missing members (4 unmatched names) may stand (" in sentence


def test_the_pool_counts_families_among_those_each_may_join() -> None:
    small = frozenset(town for town, (_, residents) in WORLD.items() if residents < 15_000)
    ready = {town: number % 4 == 0 for number, town in enumerate(WORLD)}  # some join everything, most nothing
    lists = [listed(WORLD, [t for t in joined(WORLD, 0.8, -0.5, seed) if ready[t]], f"n{seed}") for seed in range(3)]
    found = table([*lists, listed(WORLD, lists[0].municipality_ids, "twin")], families={"n0": "big", "twin": "big"})
    row = found["pooled", "residents_doubled"]
    assert (row["model"], row["effect"], row["reading"]) == ("negative_binomial", "rate_ratio", "relation")
    assert "any of 3 families" in str(row["universe"])
    assert row["n_members"] == len(frozenset().union(*(m.municipality_ids for m in lists)))
    # Those whom the rules keep out are in no figure: they are neither zeros nor members.
    kept = table(lists, eligible=small)["pooled", "residents_doubled"]
    assert (kept["n_units"], kept["n_members"]) == (
        len(small),
        len(small & frozenset().union(*(m.municipality_ids for m in lists))),
    )


def test_a_member_whom_the_rules_do_not_admit_counts_for_no_family() -> None:
    first, second = (listed(WORLD, joined(WORLD, 0.8, -1.0, seed), f"n{seed}") for seed in range(2))
    small = frozenset(town for town, (_, residents) in WORLD.items() if residents < 15_000)
    subjects = {"n0": replace(subject(WORLD, "n0"), eligible=small), "n1": subject(WORLD, "n1")}
    rows = size_and_membership([first, second], municipalities(WORLD, CAPITALS), subjects, {}, AS_OF)
    row = next(row for row in rows if (row["subject"], row["term"]) == ("pooled", "residents_doubled"))
    assert row["n_members"] == len((first.municipality_ids & small) | second.municipality_ids)
    assert row["n_outside"] == len(first.municipality_ids - small)


def test_a_capital_that_may_join_more_families_than_the_other_city_is_in_no_pair() -> None:
    lists = [listed(WORLD, joined(WORLD, 0.8, -1.0, seed), f"n{seed}") for seed in range(2)]
    subjects = {f"n{seed}": subject(WORLD, f"n{seed}") for seed in range(2)}
    found = {}
    for name, eligible in (("all", frozenset(WORLD)), ("without", frozenset(WORLD) - {"DE0"})):
        subjects["n0"] = replace(subject(WORLD, "n0"), eligible=eligible)
        rows = size_and_membership(lists, municipalities(WORLD, CAPITALS), subjects, {}, AS_OF)
        found[name] = next(row["n_units"] for row in rows if (row["subject"], row["term"]) == ("pooled", "capital"))
    assert (found["all"], found["without"]) == (3, 2)


def test_capitals_are_told_beside_the_largest_other_city() -> None:
    world = {f"{country}{n}": (country, 900_000 - 1000 * n) for country in (f"C{i:02}" for i in range(20)) for n in range(3)}
    capitals = {country: f"{country}0" for country, _ in world.values()}
    world["C07x"] = ("C07", 2_000_000)
    members = [*capitals.values(), *(f"{country}1" for country in list(capitals)[:3])]
    subjects = {"net": subject(world)}
    found = size_and_membership([listed(world, members)], municipalities(world, capitals), subjects, {}, AS_OF)
    row = next(row for row in found if row["term"] == "capital" and row["subject"] == "net")
    assert (row["capital_more"], row["other_more"], row["n_units"], row["reading"]) == (17, 0, 20, "relation")
    # In the one country whose capital is not its largest city, size speaks for the other.
    assert row["other_larger"] == "C07"
    assert (
        "in 17 of the 17 countries whose two cities differ, of 20 compared, the capital alone is a member of Network net, in 0 the "
        "other city alone (95 % interval of the first 80.5 to 100.0 %, Clopper-Pearson; half would be no relation; q under 0.001)"
    ) in str(row["sentence"])
    unmatched = listed(world, members, unresolved=14)
    doubtful = size_and_membership([unmatched], municipalities(world, capitals), subjects, {}, AS_OF, pooled=())
    row = next(row for row in doubtful if row["term"] == "capital" and row["subject"] == "net")
    assert (row["reading"], row["n_missing"]) == ("cannot_tell", 14)
    assert "cannot tell whether being the capital goes with membership: in 17 of the 17 countries" in str(row["sentence"])
    assert "; wherever the 14 missing members (14 unmatched names) may stand (" in str(row["sentence"])


def test_a_capital_of_unknown_size_is_compared_and_countries_without_a_pair_are_named() -> None:
    world = {f"{country}{n}": (country, 900_000 - 1000 * n) for country in ("AA", "BB", "CC", "DD") for n in range(3)}
    capitals = {"AA": "AA0", "BB": "London", "CC": "Bratislava", "DD": "DD0", "EE": "Paris"}
    whole = municipalities(world, capitals)
    towns_known = replace(whole, names={"London": "London"}, at_least={"London": 4_000_000}, in_parts=frozenset({"CC"}))
    eligible = frozenset(world) - {"DD0"}
    subjects = {"net": replace(subject(world), eligible=eligible, countries=frozenset({"AA", "BB", "CC", "DD", "FF"}))}
    found = listed(world, ["AA0", "London", "Bratislava", "Paris"])
    found = replace(found, countries={**found.countries, "London": "BB", "Bratislava": "CC", "Paris": "EE"})
    size, capital, *_ = size_and_membership([found], towns_known, subjects, {}, AS_OF)
    assert (capital["countries"], capital["countries_left_out"]) == ("AA;BB", "CC;DD;EE;FF")
    assert (capital["n_units"], capital["capital_more"], capital["other_more"], capital["other_larger"]) == (2, 2, 0, None)
    assert "Countries without a comparison: CC;DD;EE;FF." in str(capital["sentence"])
    assert (size["n_missing"], size["n_unmatched"], size["without_residents"], size["n_outside"]) == (2, 0, "Bratislava;London", 1)


def test_known_places_without_residents_are_told_by_name_and_never_as_unknown_places() -> None:
    members = joined(WORLD, slope=0.8, level=-1.5)
    found = listed(WORLD, [*members, "London"], unresolved=2)
    found = replace(found, countries={**found.countries, "London": "DE"})
    ends = {}
    for least in (0, 10**9):
        towns_known = replace(municipalities(WORLD), names={"London": "London (city)"}, at_least={"London": least})
        row = size_and_membership([found], towns_known, {"net": subject(WORLD)}, {}, AS_OF)[0]
        ends[least] = (float(str(row["widest_low"])), float(str(row["widest_high"])))
        assert (
            "3 missing members (2 unmatched names; without residents or country in the list of municipalities: London (city)) may stand"
        ) in str(row["sentence"])
    assert ends[0][0] < ends[10**9][0]
    assert ends[0][1] == ends[10**9][1]


def test_the_same_lists_give_the_same_rows() -> None:
    lists = [listed(WORLD, joined(WORLD, 0.5, -2.0, seed), f"n{seed}", unresolved=seed) for seed in range(2)]
    assert table(lists) == table(lists[::-1])


@given(st.floats(0.01, 20), st.floats(1, 50), st.floats(0, 1))
def test_a_reading_follows_from_the_interval_and_never_from_a_large_p(low: float, width: float, q: float) -> None:
    high = low * width
    found, larger = reading((low, high), q)
    if found == "relation":
        assert q <= 0.05
        assert not low <= 1 <= high
    if found == "no_relation_larger_than":
        assert larger is not None
        assert low >= 1 / EQUIVALENCE
        assert high <= EQUIVALENCE
        assert 1 / larger <= low * (1 + 1e-12)
        assert high <= larger
    if low < 1 / EQUIVALENCE and high > EQUIVALENCE:
        assert found == "cannot_tell"
    assert reading(None, q) == ("cannot_tell", None)
