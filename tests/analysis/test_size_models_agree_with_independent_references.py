"""The logit and the count model against other solvers, the profile likelihood against a grid, the checks on worlds of known truth."""

from math import comb, exp, inf, log

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import chi2, nbinom
from statsmodels.discrete.conditional_models import ConditionalLogit
from statsmodels.genmod.families import Binomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from analysis.town_maker import Towns, joined, towns
from citynet.analysis import profile_likelihood as profile
from citynet.analysis.size_models import Fit, Sample, families_by_size, membership_by_size

WORLD = towns({"AT": 150, "DE": 250, "FR": 200})


def sample(found: Towns, members: list[str] | dict[str, int], may_join: int = 1) -> Sample:
    of = members if isinstance(members, dict) else dict.fromkeys(members, 1)
    return Sample(
        np.array([country for country, _ in found.values()]),
        np.array([residents for _, residents in found.values()], dtype=float),
        np.array([of.get(town, 0) for town in found]),
        np.full(len(found), may_join),
    )


def design(of: Sample) -> np.ndarray:
    """log2 residents and a column a country."""
    return np.column_stack([np.log2(of.residents), *(of.countries == code for code in np.unique(of.countries))]).astype(float)


def counts(found: Towns, slope: float, alpha: float, families: int, seed: int = 3) -> dict[str, int]:
    """Families joined: negative binomial of mean growing with size, at most all of them."""
    chance = np.random.default_rng(seed)
    means = {town: families * exp(-3 + slope * log(residents / 16384, 2)) for town, (_, residents) in found.items()}
    drawn = {town: mean * chance.gamma(1 / alpha, alpha) if alpha else mean for town, mean in means.items()}
    return {town: int(min(families, chance.poisson(mean))) for town, mean in drawn.items()}


def test_the_logit_is_that_of_a_generalised_linear_model_with_country_columns() -> None:
    of = sample(WORLD, joined(WORLD, slope=0.7, level=-1.5))
    found, reference = membership_by_size(of), GLM(of.joined, design(of), family=Binomial()).fit()
    assert found.ratio == pytest.approx(exp(reference.params[0]), rel=1e-6)
    assert found.p == pytest.approx(chi2.sf(2 * (reference.llf - GLM(of.joined, design(of)[:, 1:], family=Binomial()).fit().llf), 1))
    assert (found.converged, found.separation, found.units, found.members) == (True, None, 600, int(of.joined.sum()))


def test_a_dozen_members_among_thousands_of_which_most_are_the_largest_do_not_throw_the_fit_off() -> None:
    """Newton's method from a slope of zero overshoots here; a national network of its country's great cities looks so."""
    found = towns({"DE": 2900}, spread=1.5)
    largest_first = sorted(found, key=lambda town: -found[town][1])
    of = sample(found, [*largest_first[:10], largest_first[100], largest_first[250]])
    fit, reference = membership_by_size(of), GLM(of.joined, design(of), family=Binomial()).fit()
    assert (fit.converged, fit.members, fit.units) == (True, 12, 2900)
    assert fit.ratio == pytest.approx(exp(reference.params[0]), rel=1e-5)


def test_the_limits_are_where_the_profile_likelihood_falls_by_half_of_3_84() -> None:
    of = sample(WORLD, joined(WORLD, slope=0.4, level=-2.5))
    found, columns = membership_by_size(of), design(of)
    best = GLM(of.joined, columns, family=Binomial()).fit().llf
    assert found.low is not None
    assert found.high is not None
    for limit in (found.low, found.high):
        held = GLM(of.joined, columns[:, 1:], family=Binomial(), offset=log(limit) * columns[:, 0]).fit().llf
        assert 2 * (best - held) == pytest.approx(chi2.ppf(0.95, 1), rel=1e-4)


def conditional(of: Sample) -> ConditionalLogit:
    return ConditionalLogit(of.joined, np.log2(of.residents)[:, None], groups=of.countries)


def mixed(of: Sample) -> Sample:
    """The countries with both members and others; the references refuse the rest, which says nothing."""
    kept = [code for code in np.unique(of.countries) if 0 < of.joined[of.countries == code].mean() < 1]
    inside = np.isin(of.countries, kept)
    return Sample(of.countries[inside], of.residents[inside], of.joined[inside], of.may_join[inside])


def test_small_countries_enter_by_the_conditional_likelihood_and_large_ones_need_not() -> None:
    few = towns({f"C{n}": 3 + n for n in range(15)}, seed=5)
    of = mixed(sample(few, joined(few, slope=0.9, level=-0.5)))
    found, reference = membership_by_size(of), conditional(of)
    best = reference.fit(disp=0)
    plain = GLM(of.joined, design(of), family=Binomial()).fit().params[0]
    assert found.ratio is not None
    assert found.low is not None
    assert log(found.ratio) == pytest.approx(best.params[0], rel=1e-4)
    assert plain > 1.1 * log(found.ratio)  # country effects of three to seventeen municipalities pull it up
    assert 2 * (best.llf - reference.loglike(np.array([log(found.low)]))) == pytest.approx(chi2.ppf(0.95, 1), rel=1e-3)
    assert found.p == pytest.approx(chi2.sf(2 * (best.llf - reference.loglike(np.zeros(1))), 1), rel=1e-3)


def test_in_countries_just_too_large_for_it_the_pull_is_small() -> None:
    few = towns({"AT": 61, "DE": 65, "FR": 70}, seed=5)
    of = sample(few, joined(few, slope=0.6, level=-1.0))
    ratio = membership_by_size(of).ratio
    assert ratio is not None
    assert log(ratio) == pytest.approx(conditional(of).fit(disp=0).params[0], rel=0.02)


def test_separation_in_small_countries_is_weighed_as_drawing_by_lot() -> None:
    """Both members of each country are its two largest: by lot this comes once in so many ways."""
    few = {f"{country}{n}": (country, 10_000 * (n + 1)) for country in ("AT", "DE", "FR", "IT", "ES") for n in range(6)}
    found = membership_by_size(sample(few, [f"{country}{n}" for country in ("AT", "DE", "FR", "IT", "ES") for n in (4, 5)]))
    assert (found.separation, found.high) == ("larger", inf)
    assert found.p == pytest.approx(chi2.sf(2 * 5 * log(comb(6, 2)), 1))


def test_the_count_model_has_the_greatest_likelihood_of_a_direct_search() -> None:
    of = sample(WORLD, counts(WORLD, slope=0.5, alpha=1.0, families=12), 12)
    found, columns = families_by_size(of), design(of)
    columns[:, 0] -= columns[:, 0].mean()

    def loss(at: np.ndarray) -> float:
        mean, alpha = np.exp(columns @ at[:-1] + log(12)), exp(at[-1])
        return -float(nbinom.logpmf(of.joined, 1 / alpha, 1 / (1 + alpha * mean)).sum())

    best = minimize(loss, np.array([0.0, -3, -3, -3, 0.0]), method="BFGS", options={"gtol": 1e-4})
    assert found.model == "negative_binomial"
    assert found.ratio == pytest.approx(exp(best.x[0]), rel=1e-3)
    assert found.overdispersion == pytest.approx(exp(best.x[-1]), rel=1e-3)
    assert found.overdispersion_p is not None
    assert found.overdispersion_p < 0.001
    error = best.hess_inv[0, 0] ** 0.5
    assert found.low == pytest.approx(exp(best.x[0] - 1.96 * error), rel=0.05)


def test_without_overdispersion_it_is_the_poisson_model_with_its_offset() -> None:
    chance = np.random.default_rng(8)
    of = sample(WORLD, {town: int(chance.binomial(4, min(1.0, 0.3 * (r / 16384) ** 0.4))) for town, (_, r) in WORLD.items()}, 4)
    found, reference = families_by_size(of), GLM(of.joined, design(of), family=Poisson(), offset=np.log(of.may_join)).fit()
    assert (found.model, found.overdispersion) == ("poisson", 0.0)
    assert found.ratio == pytest.approx(exp(reference.params[0]), rel=1e-6)
    assert (found.low, found.high) == pytest.approx(tuple(np.exp(reference.conf_int()[0])), rel=1e-6)


def test_families_that_may_not_be_joined_are_no_zeros() -> None:
    """Large municipalities may join nine families, small ones three, and all join a third of them: size goes with access alone."""
    may = {town: 9 if residents > 14_000 else 3 for town, (_, residents) in WORLD.items()}
    joins = {town: may[town] // 3 + (number % 5 == 0) - (number % 5 == 1) for number, town in enumerate(WORLD)}
    of = sample(WORLD, joins)
    limited = Sample(of.countries, of.residents, of.joined, np.array(list(may.values())))
    found, blind = families_by_size(limited), families_by_size(Sample(of.countries, of.residents, of.joined, np.full(600, 9)))
    assert found.ratio == pytest.approx(1, abs=0.03)
    assert blind.ratio is not None
    assert blind.ratio > 1.2
    none = Sample(of.countries, of.residents, of.joined, np.zeros(600, int))
    assert families_by_size(none).not_computed_because


def test_the_interval_holds_the_planted_slope_as_often_as_it_says() -> None:
    world = towns({"AT": 70, "DE": 90, "FR": 70}, seed=7)
    held = 0
    for seed in range(50):
        found = membership_by_size(sample(world, joined(world, slope=0.5, level=-1.5, seed=seed)), checks=False)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= exp(0.5) <= found.high
    assert held >= 43  # 95 % of 50 is 47.5; fewer than 43 would come once in 200


def test_size_that_only_differs_between_countries_is_no_relation_with_size() -> None:
    """Large municipalities, and members, of one country: without country effects this would look like a relation."""
    world = {f"a{n}": ("AT", 5000 + 40 * n) for n in range(200)} | {f"d{n}": ("DE", 50_000 + 400 * n) for n in range(200)}
    members = [f"a{n}" for n in range(0, 200, 20)] + [f"d{n}" for n in range(0, 200, 2)]
    found = membership_by_size(sample(world, members))
    pooled = GLM(sample(world, members).joined, np.column_stack([np.ones(400), np.log2([r for _, r in world.values()])]), family=Binomial())
    assert exp(pooled.fit().params[1]) > 1.5
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1 < found.high


def test_countries_without_members_or_without_others_are_left_out_and_named() -> None:
    members = joined(WORLD, slope=0.7, level=-1.5)
    inside = membership_by_size(sample(WORLD, members))
    more = WORLD | {f"es{n}": ("ES", 6000 + n) for n in range(50)} | {f"lu{n}": ("LU", 6000 + n) for n in range(5)}
    found = membership_by_size(sample(more, [*members, *(f"lu{n}" for n in range(5))]))
    assert (found.left_out, found.countries, found.units) == (("ES", "LU"), ("AT", "DE", "FR"), 600)
    assert (found.ratio, found.low) == pytest.approx((inside.ratio, inside.low))


@pytest.mark.parametrize("factor", [0.01, 1000])
def test_only_relative_size_matters(factor: float) -> None:
    of = sample(WORLD, joined(WORLD, slope=0.7, level=-1.5))
    scaled = Sample(of.countries, of.residents * factor, of.joined, of.may_join)
    first, other = membership_by_size(of), membership_by_size(scaled)
    assert (first.ratio, first.low, first.high) == pytest.approx((other.ratio, other.low, other.high), rel=1e-6)


def largest(number: int, larger: bool = True) -> Fit:
    ordered = sorted(WORLD, key=lambda town: WORLD[town][1], reverse=larger)
    return membership_by_size(sample(WORLD, [town for country in ("AT", "DE") for town in ordered if WORLD[town][0] == country][:number]))


def test_members_all_larger_than_all_others_have_no_upper_limit_but_a_lower_one() -> None:
    found = largest(12)
    assert (found.separation, found.ratio, found.high) == ("larger", None, inf)
    assert found.low is not None
    assert found.low > 2
    assert found.p is not None
    assert found.p < 1e-6
    small = largest(12, larger=False)
    assert (small.separation, small.ratio, small.low) == ("smaller", None, 0.0)
    assert small.high is not None
    assert small.high < 0.5


def test_separation_with_equal_sizes_at_the_edge_is_met_exactly() -> None:
    """Three of five municipalities at the edge are members: the greatest likelihood is that of choosing three of them."""
    size = np.array([1.0] * 50 + [2.0] * 5 + [3.0] * 10)
    member = np.array([0.0] * 50 + [1, 1, 1, 0, 0] + [1.0] * 10)
    data = profile.prepared(size, member, np.zeros(65, int))
    assert data.separation == "larger"
    expected = 3 * log(3 / 5) + 2 * log(2 / 5)
    assert profile.p_of_none(data, inf) == pytest.approx(chi2.sf(2 * (expected - profile.log_likelihood(data, 0.0)), 1))
    assert profile.log_likelihood(data, 40.0) == pytest.approx(expected)


def test_separation_with_equal_sizes_in_a_small_country_counts_the_ways_of_choosing() -> None:
    size, member = np.array([1.0] * 10 + [2.0] * 5 + [3.0] * 4), np.array([0.0] * 10 + [1, 1, 0, 0, 0] + [1.0] * 4)
    data = profile.prepared(size, member, np.zeros(19, int))
    assert data.separation == "larger"
    assert profile.p_of_none(data, inf) == pytest.approx(chi2.sf(2 * (log(comb(19, 6)) - log(comb(5, 2))), 1))
    assert profile.log_likelihood(data, 30.0) == pytest.approx(-log(comb(5, 2)))


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ([], "0 members"),
        (list(WORLD)[:9], "9 members"),
        (list(WORLD), "0 members in countries with both"),
        (list(WORLD)[:145], "5 municipalities that are no members"),
    ],
)
def test_too_few_members_or_others_give_no_model(members: list[str], why: str) -> None:
    found = membership_by_size(sample(WORLD, members))
    assert why in found.not_computed_because
    assert (found.ratio, found.low, found.p) == (None, None, None)


def test_municipalities_of_one_size_give_no_model() -> None:
    alike = {town: (country, 6000 if country == "AT" else 9000) for town, (country, _) in WORLD.items()}
    assert "of one size" in membership_by_size(sample(alike, joined(WORLD, slope=0.7))).not_computed_because
    assert membership_by_size(sample({}, [])).not_computed_because


def test_everybody_in_every_family_is_no_relation_with_size() -> None:
    found = families_by_size(sample(WORLD, dict.fromkeys(WORLD, 6), 6))
    assert (found.model, found.ratio) == ("poisson", pytest.approx(1.0))
    assert found.overdispersion_p == pytest.approx(1.0)


def test_a_relation_that_bends_is_told() -> None:
    sizes = {town: 2 ** (12 + 8 * number / 600) for number, town in enumerate(WORLD)}
    world = {town: (country, int(sizes[town])) for town, (country, _) in WORLD.items()}
    middle = [town for number, town in enumerate(world) if number % 3 == 0 and 15 < log(world[town][1], 2) < 17]
    bent, straight = membership_by_size(sample(world, middle)), membership_by_size(sample(WORLD, joined(WORLD, slope=0.7, level=-1.5)))
    assert bent.linearity_p is not None
    assert bent.linearity_p < 0.01
    assert straight.linearity_p is not None
    assert straight.linearity_p > 0.01


def test_a_count_model_without_a_finite_estimate_says_that_it_did_not_converge() -> None:
    """Of each country the largest municipality alone joins: the steeper the slope, the better it fits, without end."""
    of_country = {f"C{n:02}": 5 for n in range(15)}
    world = {f"{country}{n}": (country, 10_000 * (n + 1)) for country, count in of_country.items() for n in range(count)}
    found = families_by_size(sample(world, {f"{country}4": 2 for country in of_country}, 3))
    assert (found.ratio, found.low) == (None, None)
    assert "did not converge" in found.not_computed_because
    assert found.converged is False
