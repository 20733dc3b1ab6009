"""The numbers of the worked examples in docs/methodology.md are those that the analysis computes, or plain counting where it can't."""

import re
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import hypergeom  # type: ignore[import-untyped]

from analysis.incidence_maker import Matrix
from analysis.list_maker import members
from analysis.town_maker import cells, universe
from citynet.analysis.access import Admitted, access
from citynet.analysis.capitals import capital_pairs, network_sign_test
from citynet.analysis.concentration import held_by_most_connected
from citynet.analysis.corrections import q_values
from citynet.analysis.fixed_margins import sample_fixed_margins
from citynet.analysis.incidence import Eligible, incidence
from citynet.analysis.inequality import gini, hhi
from citynet.analysis.legitimacy import PlaceClasses, Stated, legitimacy_evidence
from citynet.analysis.null_models import fixed_margins, hypergeometric
from citynet.analysis.overlap import network_overlap
from citynet.analysis.overlap_bounds import BOUNDED
from citynet.analysis.placings import Missing, logit_reach
from citynet.analysis.representation import Universe, representation
from citynet.analysis.sensitivity import ALTERNATIVES, FIXED_ON, HEADLINES, VERSION, Share, headline_sensitivity
from citynet.analysis.size_models import Sample, membership_by_size
from citynet.analysis.standardised import standardised
from citynet.analysis.tails import hypergeometric_tails
from citynet.analysis.through_time import Ends, membership_trends
from citynet.publishing.headlines import headlines

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "methodology.md").read_text(encoding="utf-8")
AS_OF = "2026-02-01"
DAY = "2026-01-31"


def section(title: str) -> str:
    """The text of a section with its lines put together."""
    return re.sub(r"\s+", " ", PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0])


def test_the_box_on_what_membership_does_not_show_stands_first():
    assert PAGE.startswith(
        "# Methodology\n\n> Membership is a formal tie. It does not show activity, policy, welcome or the number of refugees;"
    )


@pytest.mark.parametrize(
    "title",
    ["Overlap", "Connectivity", "Representation", "Access", "Size and membership", "Through time", "Legitimacy evidence", "Sensitivity"],
)
def test_each_section_on_analysis_has_its_universe_and_a_worked_example(title):
    assert re.search(r"\*Worked examples?\.\*", section(title))
    assert "universe" in section(title)


def test_shared_members_of_two_lists():
    a, b = members("a", map(str, range(20)), DAY), members("b", map(str, range(10, 40)), DAY)
    (row,) = network_overlap([a, b], set(), AS_OF)
    told = f"containment {100 * row['containment_a']:.1f} % and {100 * row['containment_b']:.1f} %"
    assert f"share {row['shared']}: {told}, Jaccard {row['jaccard']:.3f}, overlap coefficient {row['overlap_coefficient']:.3f}" in (
        section("Overlap")
    )


def test_shared_members_of_two_lists_with_open_names():
    a, b = members("a", map(str, range(20)), DAY, unresolved=2), members("b", map(str, range(10, 40)), DAY, unresolved=3)
    (row,) = network_overlap([a, b], set(), AS_OF)
    least, most = ({name: row[f"{name}_{end}"] for name in BOUNDED} for end in ("low", "high"))
    shares = (f"{100 * least[c]:.1f} to {100 * most[c]:.1f} %" for c in ("containment_a", "containment_b"))
    ratios = (f"{least[c]:.3f} to {most[c]:.3f}" for c in ("jaccard", "overlap_coefficient"))
    told = "{} to {} shared, containment {} and {}, Jaccard {}, overlap coefficient {}."
    assert told.format(least["shared"], most["shared"], *shares, *ratios) in section("Overlap")


def test_the_sizes_of_two_lists_as_chance_model():
    _, upper = hypergeometric_tails(*(np.array([number]) for number in (40, 20, 20, 14)))
    assert f"expected 20 x 20 / 40 = {20 * 20 / 40:.1f}, P(X >= 14) = {upper[0]:.4f}" in section("Overlap")


def test_open_names_count_as_on_their_list_alone():
    """Of 1,000 who may join both; 10 open names on either list."""
    both, first, second = (tuple(f"p{n}" for n in range(*ends)) for ends in ((0, 16), (16, 90), (90, 164)))
    table = incidence(
        [members("A", both + first, DAY), members("B", both + second, DAY)], Eligible([f"p{n}" for n in range(1000)], [""] * 1000)
    )
    alone, counted = (hypergeometric(table, np.array([[0, 1]]), np.array([n, n])).p[0] for n in (0, 10))
    assert f"of the 90 alone p would be {alone:.4f}; counted as 100 each, p = {counted:.3f}" in section("Overlap")
    shared = np.arange(101)
    drawn = hypergeom.pmf(shared, 1000, 100, 100)
    low = [100 * drawn[hypergeom.sf(shared - 1, 1000, size, size) <= 0.05].sum() for size in (90, 100)]
    assert f"p would be at most 5 % in {low[0]:.1f} % of draws; so counted, in {low[1]:.1f} %." in section("Overlap")


LISTS = [
    members(name, places, DAY, countries={"a": "DE", "b": "DE", "c": "FR", "d": "FR"})
    for name, places in (("A", "ab"), ("B", "ab"), ("C", "cd"))
]


def tables_with_their_margins() -> list[Matrix]:
    """Every table of three networks and four municipalities with the margins of LISTS, by trying all."""
    rows = [np.array([place in pair for place in range(4)], dtype=int) for pair in combinations(range(4), 2)]
    return [table for three in product(rows, repeat=3) if list((table := np.stack(three)).sum(axis=0)) == [2, 2, 1, 1]]


def test_three_questions_on_one_pair_have_three_answers():
    table, pair, text = incidence(LISTS, None), np.array([[0, 1]]), section("Overlap")
    naive = hypergeometric(table, pair)
    assert f"expected {naive.expected[0]:.3f} shared by A and B, P(X >= 2) = {naive.p[0]:.3f}" in text
    shared = [int((each[0] & each[1]).sum()) for each in tables_with_their_margins()]
    assert f"there are {len(shared)} tables" in text
    assert f"share {np.mean(shared):.3f} on average, and 2 in one of them: P(X >= 2) = {shared.count(2) / len(shared):.3f}" in text
    sampled = sample_fixed_margins(table, "worked example", within_country=False, samples=4000)
    assert sampled.mean[0, 1] == pytest.approx(np.mean(shared), abs=0.05)
    bound = sample_fixed_margins(table, "worked example", within_country=True, samples=50)
    found = fixed_margins(table, pair, bound, within_country=True)
    assert np.isnan(found.z[0])
    assert f"there is one table: expected {found.expected[0]:.3f}, z empty" in text


def test_q_values_and_a_p_value_of_samples():
    q, by = q_values([0.01, 0.02, 0.03, 0.5])
    told = [f"{', '.join(f'{value:.3f}' for value in values[:3])} and {values[3]:.3f}" for values in (q, by)]
    assert f"q = {told[0]}; q_by = {told[1]}." in section("Overlap")
    assert f"p = 50 / 10,001 = {(1 + 49) / (1 + 10_000):.4f}" in section("Overlap")


def test_concentration_with_two_names_without_a_place():
    counts = [5, 3, *[1] * 8]
    unequal, squares, held = gini(counts, 2), hhi(counts, 2), held_by_most_connected(counts, 2)
    text = section("Connectivity")
    assert f"{sum(counts)} in all" in text
    assert f"Gini {unequal.value + 1e-9:.3f} ({unequal.low:.3f} to {unequal.high:.3f})" in text
    assert f"HHI {squares.value:.3f} ({squares.low:.3f} to {squares.high:.3f})" in text
    share, low, high = (f"{100 * value + 1e-9:.1f}" for value in (held.share, held.share_low, held.share_high))
    assert f"the one with most holds {share} % ({low} to {high} %)" in text


def test_a_ratio_and_its_bounds():
    classes = {str(number): "in" if number < 6 else "out" if number < 20 else None for number in range(25)}
    whole = Universe("municipalities", "LAU", {"in": 100, "out": 900})
    row = representation(members("net", classes, DAY), classes, whole, "municipality_size_class", AS_OF)[0]
    told = f"participation {100 * row['participation_rate']:.1f} %, ratio {row['representation_ratio']:.2f}, parity gap "
    assert f"{told}{row['parity_gap_points']:.1f} points" in section("Representation")
    assert f"all outside the class the ratio is {row['ratio_low']:.2f}, with all in it {row['ratio_high']:.2f}" in section("Representation")
    assert (row["reading"], "over-represented, wherever they lie" in section("Representation")) == ("over", True)
    gap, rate = (
        f"{row[f'{name}_low'] * by:.1f} to {row[f'{name}_high'] * by:.1f}" for name, by in (("parity_gap", 1), ("participation_rate", 100))
    )
    assert f"parity gap {gap} points, participation {rate} %" in section("Representation")


def test_a_ratio_with_the_countries_of_the_members_held_fixed():
    placed = {("DE", "large"): 4, ("DE", "small"): 16, ("FR", "small"): 10}
    ids = {f"{country}{name}{n}": (country, name) for (country, name), count in placed.items() for n in range(count)}
    listed = members("net", ids, DAY, countries={place: country for place, (country, _) in ids.items()})
    two = universe({"small": {"DE": 90, "FR": 980}, "large": {"DE": 10, "FR": 20}})
    row = dict(zip(two.counts, standardised(listed, {p: name for p, (_, name) in ids.items()}, two, AS_OF), strict=True))["large"]
    told = f"E = 20 x 0.1 + 10 x 0.02 = {row['expected_standardised']:.2f}, standardised ratio {row['ratio_standardised']:.2f}"
    assert told in section("Representation")


def test_who_may_join_by_a_rule_and_by_one_that_cuts_through_a_class():
    every = cells()
    large, middle = ([cell for cell in every if cell.size_class == size] for size in ("20-50k", "10-20k"))
    whole = access(Admitted("net", "20,000", large), every, "LAU", AS_OF)[0]
    cut = access(Admitted("net", "15,000", large, middle), every, "LAU", AS_OF)[0]
    told = f"surely admits {whole['municipalities_may_join']}, {whole['municipalities_may_join_percent']:.1f} %"
    assert f"Of {whole['municipalities']} municipalities a rule of at least 20,000 residents {told}" in section("Access")
    low, high = (cut[f"municipalities_may_join_percent_{end}"] for end in ("low", "high"))
    assert f"admits {low:.1f} to {high:.1f} %" in section("Access")


def test_odds_over_several_doublings_and_capitals():
    text = section("Size and membership")
    assert f"1.50 per doubling is {1.5 ** np.log2(8):.2f} for a municipality eight times as large" in text
    towns = {f"{country}{n}": (country, 2 - n) for country in "ABCDEFGHIJ" for n in (0, 1)}
    pairs = capital_pairs(towns, {country: f"{country}0" for country in "ABCDEFGHIJ"})
    found = network_sign_test(pairs, members("net", [*(f"{country}0" for country in "ABCDEFGHI"), "J1"], DAY))
    low, high = found.interval
    assert f"p = {found.p:.3f}, interval {100 * low:.1f} to {100 * high:.1f} %" in text
    ordered = range(1, 41)
    sample = Sample(
        countries=np.repeat(["A", "B"], 40),
        residents=np.array([*(5000.0 * n for n in ordered), *(1000.0 * n for n in ordered)]),
        joined=np.array([*(int(5000 * n >= 90_000 and n % 2 == 0) for n in ordered), *(0 for _ in ordered)]),
        may_join=np.ones(80, dtype=int),
    )
    fit = membership_by_size(sample)
    reach = logit_reach(sample, Missing(1), fit)
    assert f"The odds ratio is {fit.ratio:.2f} ({fit.low:.2f} to {fit.high:.2f})." in text
    assert f"If one member is missing, {reach.low:.2f} to {reach.high:.2f}: we cannot tell." in text


def test_a_network_at_two_dates():
    lists = [members("a", "xyz", "2020-06-30", unresolved=1), members("a", "yzvw", "2025-06-30", unresolved=2)]
    row = membership_trends(lists, [Ends("2021-01-01", "2026-01-01")], {}, {}, "2026-01-01")[0]
    told = f"{row['members_from']} members, then {row['members_to']}, of which {row['at_both']} are on both lists"
    assert told in section("Through time")
    assert f"change {row['change']:+d}, from {row['change_low']:+d} to {row['change_high']:+d}".replace("+0", "0") in section(
        "Through time"
    )


def test_a_share_of_members_with_those_of_no_known_class_beside():
    places = PlaceClasses({"ghent": "250-500k", "riga": "0.5-1M"}, ("250-500k", "0.5-1M"), {}, {})
    board = {"body": "board", "governs": True, "on_newest_list": True, "basis": "list", "seen_to": DAY, "source": "s"}
    seats = [{**board, "place_id": None, "seats": 2}, {**board, "place_id": "riga", "seats": 1}]
    rows = legitimacy_evidence(Stated("net"), members("net", ["ghent", "riga", "x"], DAY, unresolved=1), seats, [], places, AS_OF)
    row, seat = (next(r for r in rows if r["item"] == f"{of}:size_class:250-500k") for of in ("share_of_members", "share_of_seats:board"))
    text = section("Legitimacy evidence")
    told = f"{row['figure']:.0f} percent of 2; {row['note'].split('; ')[1]}"
    assert f"{told}, so that it is {row['figure_low']:.0f} to {row['figure_high']:.0f} percent" in text
    assert f"250-500k has {seat['figure']:.0f} percent of the seats, at most {seat['figure_high']:.0f}" in text


def test_headlines_their_bounds_and_alternatives_are_those_that_are_computed():
    text = section("Sensitivity")
    assert f"Version {VERSION} of the headlines with their bounds and alternatives, fixed on {FIXED_ON}" in text
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.split("\n## Sensitivity\n")[1].splitlines() if "|" in line][
        2:
    ]
    assert rows == [
        [shown.label, h.label[0].lower() + h.label[1:], f"{100 * h.bound:g} %", "; ".join(ALTERNATIVES[a] for a in h.alternatives)]
        for shown, h in zip(headlines({}), HEADLINES, strict=True)
    ]


def test_an_alternative_is_survived_where_the_headline_then_says_the_same():
    shares = {h.headline: Share(12, 100) for h in HEADLINES}
    others = {(h.headline, a): Share(15, 100) if a == "by_networks" else Share(8, 90) for h in HEADLINES for a in h.alternatives}
    rows = {r["alternative"]: r for r in headline_sensitivity(shares, others, AS_OF) if r["headline"] == "in_three_families"}
    text = section("Sensitivity")
    assert f"{100 * rows['by_networks']['figure_published']:.1f} %: above the bound of {100 * rows['by_networks']['bound']:.0f} %" in text
    assert f"8 of 90 are, {100 * rows['core_relevance_only']['figure']:.1f} %: not above it" in text
    assert (rows["by_networks"]["survived"], rows["core_relevance_only"]["survived"]) == ("yes", "no")
    assert rows["by_networks"]["badge"].endswith(": counted by networks, not by families")
