"""Whether two networks share more members than chance would give, by four chance models that are never mixed up.

hypergeometric: the sizes of the two lists, among those who may join both. fixed_margins: besides, every city's number of
memberships. fixed_margins_country, shown first: besides, every network's number of members in each country. bicm: the configuration
model, which keeps sizes and memberships in the mean. They answer different questions, so a figure always names its model. In all of
them a name without a place is a municipality on that list alone: so a list has its whole length, and nothing is shared that is not known.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TYPE_CHECKING

from citynet.analysis import configuration_model, given_memberships
from citynet.analysis.family_of_tests import MIN_MEMBERS, Family, family_of_tests
from citynet.analysis.fixed_margins import SAMPLES, Sampled, sample_fixed_margins
from citynet.analysis.incidence import (
    Eligible,
    Incidence,
    incidence,
    jointly_eligible,
    jointly_eligible_members,
    shared_counts,
    within_parents,
)
from citynet.analysis.lists import MemberList
from citynet.analysis.model_figures import COUNTRY_MODEL, DIGITS, Model, figure_rows, p_of, rounded, untested_because, without_test
from citynet.analysis.tested_lists import of_known_country, with_open_names
from citynet.model import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NULL_MODELS = ("hypergeometric", "fixed_margins", "fixed_margins_country", "bicm")
ENOUGH = 20
"""With fewer samples at or beyond the observed number, p comes from the tail of a distribution."""
MOST_NETWORKS = 200
"""Tables of more networks get the hypergeometric figures alone: the others keep something of every pair for every class of places."""
NOTHING = 1e-9
"""Where the variance of what a pair shares is no greater, the model settles it."""
NO_COUNTRIES = "no country of a listed place is known: no figures by fixed margins within country"
_TOO_MANY = f"more than {MOST_NETWORKS} networks: of the chance models only the hypergeometric one"
_SAMPLED, _TAIL = "samples", "poisson_binomial_given_memberships"


@dataclass(frozen=True, slots=True)
class Mixing:
    """Whether the sampled lists had come to rest, over the tested pairs: split R-hat near 1, effective samples of the mean, and the
    share of memberships that stand elsewhere at the chain's ends."""

    samples: int
    worst_r_hat: float | None
    least_effective: float | None
    median_effective: float | None
    moved: float


@dataclass(frozen=True, slots=True)
class OverlapTests:
    """The figures of every tested pair (network_a < network_b), in the columns of network_overlap; the family that they form.

    lower: the lower tail's p by column name, beside the published upper one. universe: how many municipalities may join both;
    by_rule: by known rules, else all listed may, and of the networks in `assumed` by what their lists show. tested: model -> the
    pairs in which it leaves something to chance. left_out: model -> why it has no figures at all; notes: pair -> why models test it not.
    """

    family: Family
    figures: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    lower: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    universe: Mapping[tuple[str, str], int] = field(default_factory=dict)
    mixing: Mapping[str, Mixing] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    by_rule: bool = False
    assumed: frozenset[str] = frozenset()
    tested: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def overlap_tests(
    lists: Sequence[MemberList],
    related: AbstractSet[frozenset[str]],
    as_of: str,
    eligible: Eligible | None = None,
    *,
    samples: int = SAMPLES,
    age_limit: bool = True,
) -> OverlapTests:
    """All chance models of the pairs of one family: complete and unrelated lists of one time with at least 10 members each.

    eligible: the municipalities that may join; without it those listed are all that may. q and q_by are over the pairs of the family
    in which a model leaves something to chance; a pair in which none does leaves the family. No lower tail where names may be shared.
    """
    import numpy as np

    family = family_of_tests(lists, related, as_of, age_limit=age_limit)
    if not family.pairs:
        return OverlapTests(family)
    table = incidence(family.lists, eligible)
    number = {name: n for n, name in enumerate(table.networks)}
    pairs = np.array([[number[a], number[b]] for a, b in family.pairs], dtype=np.int64)
    models, mixing, few = _models(family.lists, eligible, table, pairs, samples)
    tested = {name: tuple(compress(family.pairs, model.varies.tolist())) for name, model in models.items()}
    settled = frozenset(family.pairs).difference(*tested.values())
    of = {pair: n for n, pair in enumerate(family.pairs) if pair not in settled}
    unmatched = {members.network_id for members in family.lists if members.unresolved}
    rows, universe = figure_rows(models), jointly_eligible(within_parents(table))[tuple(pairs.T)].tolist()
    return OverlapTests(
        replace(family, pairs=tuple(of), settled=settled),
        {pair: rows[n] for pair, n in of.items()},
        {pair: _lower(models, n, is_open=not unmatched.isdisjoint(pair)) for pair, n in of.items()},
        dict(zip(family.pairs, universe, strict=True)),
        mixing,
        {name: NO_COUNTRIES if mixing else _TOO_MANY for name in NULL_MODELS if name not in models},
        {pair: untested_because(models, n, is_few=bool(few[n])) for pair, n in of.items()},
        eligible is not None,
        eligible.assumed if eligible else frozenset(),
        tested,
    )


def _lower(models: Mapping[str, Model], pair: int, *, is_open: bool) -> Row:
    return {f"p_lower_{name}": None if is_open else p_of(model.p_lower, model, pair) for name, model in models.items()}


def _models(
    lists: Sequence[MemberList], eligible: Eligible | None, table: Incidence, pairs: "NDArray[np.int64]", samples: int
) -> tuple[dict[str, Model], dict[str, Mixing], "NDArray[np.bool_]"]:
    """The chance models of the pairs by name, how far those with samples had come to rest, and the pairs with too few known countries.

    Places without a country are no country of their own: within countries the others are drawn, and what two lists share beyond those
    is the same in what is shared and in what is expected.
    """
    import numpy as np

    unmatched = {members.network_id: members.unresolved for members in lists}
    models = {"hypergeometric": hypergeometric(within_parents(table), pairs, np.array([unmatched[name] for name in table.networks]))}
    few = np.zeros(len(pairs), bool)
    if len(table.networks) > MOST_NETWORKS:
        return models, {}, few
    wide_lists, may_join = with_open_names(lists, eligible)
    wide = incidence(wide_lists, may_join)
    cut_lists, may_join = of_known_country(wide_lists, may_join)
    known = wide if cut_lists is wide_lists else incidence(cut_lists, may_join)
    free, bound = _sample(wide, known, samples)
    models["fixed_margins"] = fixed_margins(wide, pairs, free, within_country=False)
    mixing = {"fixed_margins": _mixing(free, pairs)}
    if bound:
        within, at = fixed_margins(known, pairs, bound, within_country=True), tuple(pairs.T)
        few = np.asarray((known.sizes[pairs] < MIN_MEMBERS).any(axis=1))
        held = shared_counts(wide)[at] - shared_counts(known)[at]
        models[COUNTRY_MODEL] = without_test(replace(within, expected=within.expected + held), few)
        mixing[COUNTRY_MODEL] = _mixing(bound, pairs)
    models["bicm"] = without_test(bipartite_configuration(within_parents(wide), pairs), ~models["fixed_margins"].varies)
    return models, mixing, few


def seed(model: str) -> str:
    """The name from which the samples of a chance model are drawn."""
    return f"network_overlap {model}"


def hypergeometric(table: Incidence, pairs: "NDArray[np.int64]", unmatched: "NDArray[np.int64] | None" = None) -> Model:
    """As if each network drew its members at random from those who may join both networks of a pair.

    unmatched: names without a place on each list. Each may be one of those who may join both, on no other list: then the upper tail
    is as large as the names allow, since a longer list with no more shared members only makes as many more likely.
    """
    import numpy as np

    from citynet.analysis.tails import hypergeometric_tails

    at, turned = (pairs[:, 0], pairs[:, 1]), (pairs[:, 1], pairs[:, 0])
    universe, members, shared = jointly_eligible(table)[at], jointly_eligible_members(table), shared_counts(table)[at]
    beside = np.zeros(len(table.networks), np.int64) if unmatched is None else unmatched
    marked, drawn = (np.minimum(found + beside[side], universe) for found, side in ((members[at], at[0]), (members[turned], at[1])))
    lower, upper = hypergeometric_tails(universe, marked, drawn, np.maximum(shared, marked + drawn - universe))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(universe > 0, marked * drawn / universe, 0.0)
        variance = expected * (1 - marked / universe) * (universe - drawn) / (universe - 1)
    variance = np.nan_to_num(variance)
    return Model(expected, _scores(shared, expected, variance), upper, lower, ["exact"] * len(pairs), variance > NOTHING)


def fixed_margins(table: Incidence, pairs: "NDArray[np.int64]", sampled: Sampled, *, within_country: bool) -> Model:
    """By sampled lists with the observed margins.

    p = (1 + r) / (1 + N), r the samples that share as many; where fewer than 20 of them do, p is told by the tail of the
    configuration model given each place's memberships, and is at most what 20 samples would give. p is valid
    at levels down to that (0.002 with 10,000 samples); below, it is approximate. A pair is settled where no sample has another number
    than the observed lists.
    """
    import numpy as np

    from citynet.analysis.tails import poisson_binomial_tails

    at, shared = (pairs[:, 0], pairs[:, 1]), shared_counts(table)[pairs[:, 0], pairs[:, 1]]
    count, chance = given_memberships.shared_chances(within_parents(table), pairs, within_country=within_country)
    lower, upper = poisson_binomial_tails(chance, count, shared)
    mean, deviation = sampled.mean[at], sampled.deviation[at]
    p, p_lower = (_p(reached[at], sampled.samples, tail) for reached, tail in ((sampled.at_least, upper), (sampled.at_most, lower)))
    method = [_SAMPLED if reached >= ENOUGH else _TAIL for reached in sampled.at_least[at]]
    varies = np.minimum(sampled.at_least, sampled.at_most)[at] < sampled.samples
    return Model(mean, _scores(shared, mean, deviation**2), p, p_lower, method, varies)


def bipartite_configuration(table: Incidence, pairs: "NDArray[np.int64]") -> Model:
    """By the configuration model: what a pair shares is a Poisson-binomial number, summed exactly."""
    from citynet.analysis.tails import poisson_binomial_tails

    shared = shared_counts(table)[pairs[:, 0], pairs[:, 1]]
    count, chance = configuration_model.shared_chances(table, pairs)
    lower, upper = poisson_binomial_tails(chance, count, shared)
    mean, variance = chance @ count, (chance * (1 - chance)) @ count
    return Model(mean, _scores(shared, mean, variance), upper, lower, ["poisson_binomial"] * len(pairs), variance > NOTHING)


def _sample(table: Incidence, known: Incidence, samples: int) -> tuple[Sampled, Sampled | None]:
    """Both samplers at once, each with its own generator: the compiled walk lets the other run.

    known: the places of a known country; where there is none the second has nothing to draw.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as threads:
        free = threads.submit(sample_fixed_margins, table, seed("fixed_margins"), within_country=False, samples=samples)
        if not len(known.members):
            return free.result(), None
        bound = threads.submit(sample_fixed_margins, known, seed(COUNTRY_MODEL), within_country=True, samples=samples)
        return free.result(), bound.result()


def _p(reached: "NDArray[np.int64]", samples: int, tail: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    return np.where(reached >= ENOUGH, (1 + reached) / (1 + samples), np.minimum(tail, min(1.0, ENOUGH / (1 + samples))))


def _scores(shared: "NDArray[np.int64]", mean: "NDArray[np.float64]", variance: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    varies = variance > NOTHING
    return np.where(varies, (shared - mean) / np.sqrt(np.where(varies, variance, 1)), np.nan)


def _mixing(sampled: Sampled, pairs: "NDArray[np.int64]") -> Mixing:
    """Pairs that cannot vary have nothing to mix."""
    import numpy as np

    at = tuple(pairs.T)
    r_hat, effective = (values[at][np.isfinite(values[at]) & (sampled.deviation[at] > 0)] for values in (sampled.r_hat, sampled.effective))
    moved = float(f"{sampled.moved:.{DIGITS}g}")
    if not len(r_hat) or not len(effective):
        return Mixing(sampled.samples, None, None, None, moved)
    return Mixing(sampled.samples, rounded(r_hat.max()), rounded(effective.min()), rounded(np.median(effective)), moved)
