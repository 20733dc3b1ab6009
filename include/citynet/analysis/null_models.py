"""Whether two networks share more members than chance would give, by four chance models that are never mixed up.

hypergeometric: the sizes of the two lists, among those who may join both. fixed_margins: besides, every city's number of
memberships. fixed_margins_country, shown first: besides, every network's number of members in each country. bicm: the configuration
model, which keeps sizes and memberships in the mean. They answer different questions, so a figure always names its model.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citynet.analysis import configuration_model, given_memberships
from citynet.analysis.corrections import q_values
from citynet.analysis.family_of_tests import Family, family_of_tests
from citynet.analysis.fixed_margins import SAMPLES, Sampled, sample_fixed_margins
from citynet.analysis.incidence import Eligible, Incidence, incidence, jointly_eligible, jointly_eligible_members, shared_counts
from citynet.analysis.lists import MemberList
from citynet.model import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NULL_MODELS = ("hypergeometric", "fixed_margins", "fixed_margins_country", "bicm")
FIGURES = ("expected", "z", "p", "q", "q_by")
ENOUGH = 20
"""With fewer samples at or beyond the observed number, p comes from the tail of a distribution."""
SEED = "network_overlap"
MOST_NETWORKS = 200
"""Tables of more networks get the hypergeometric figures alone: the others keep something of every pair for every class of places."""
DIGITS = 6
"""So many leading digits of a figure are published: the last bits of a fit may differ between machines."""
_SAMPLED, _TAIL = "samples", "poisson_binomial_given_memberships"


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One chance model's figures of each pair: expected, z (NaN where nothing can vary), upper and lower tail, and how p was computed."""

    expected: "NDArray[np.float64]"
    z: "NDArray[np.float64]"
    p: "NDArray[np.float64]"
    p_lower: "NDArray[np.float64]"
    method: Sequence[str]


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
    by_rule: by known rules, else all listed may.
    left_out: why there are no figures of some models, "" where all are there.
    """

    family: Family
    figures: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    lower: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    universe: Mapping[tuple[str, str], int] = field(default_factory=dict)
    mixing: Mapping[str, Mixing] = field(default_factory=dict)
    left_out: str = ""
    by_rule: bool = False


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

    eligible: the municipalities that may join; without it those listed are all that may. q and q_by are over the family, model by model.
    """
    import numpy as np

    family = family_of_tests(lists, related, as_of, age_limit=age_limit)
    if not family.pairs:
        return OverlapTests(family)
    table = incidence(family.lists, eligible)
    number = {name: n for n, name in enumerate(table.networks)}
    pairs = np.array([[number[a], number[b]] for a, b in family.pairs], dtype=np.int64)
    models, mixing = {"hypergeometric": hypergeometric(table, pairs)}, {}
    if len(table.networks) <= MOST_NETWORKS:
        free, bound = _sample(table, samples)
        models["fixed_margins"] = fixed_margins(table, pairs, free, within_country=False)
        models["fixed_margins_country"] = fixed_margins(table, pairs, bound, within_country=True)
        models["bicm"] = bipartite_configuration(table, pairs)
        mixing = {"fixed_margins": _mixing(free, pairs), "fixed_margins_country": _mixing(bound, pairs)}
    universe = jointly_eligible(table)[tuple(pairs.T)].tolist()
    lower = {name: model.p_lower for name, model in models.items()}
    return OverlapTests(
        family,
        dict(zip(family.pairs, _rows(models), strict=True)),
        {pair: {f"p_lower_{name}": _rounded(p[n]) for name, p in lower.items()} for n, pair in enumerate(family.pairs)},
        dict(zip(family.pairs, universe, strict=True)),
        mixing,
        "" if mixing else f"more than {MOST_NETWORKS} networks: of the chance models only the hypergeometric one",
        by_rule=eligible is not None,
    )


def hypergeometric(table: Incidence, pairs: "NDArray[np.int64]") -> Model:
    """As if each network drew its members at random from those who may join both networks of a pair."""
    import numpy as np

    from citynet.analysis.tails import hypergeometric_tails

    at, turned = (pairs[:, 0], pairs[:, 1]), (pairs[:, 1], pairs[:, 0])
    universe, members, shared = jointly_eligible(table)[at], jointly_eligible_members(table), shared_counts(table)[at]
    marked, drawn = members[at], members[turned]
    lower, upper = hypergeometric_tails(universe, marked, drawn, shared)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(universe > 0, marked * drawn / universe, 0.0)
        variance = expected * (1 - marked / universe) * (universe - drawn) / (universe - 1)
    return Model(expected, _scores(shared, expected, np.nan_to_num(variance)), upper, lower, ["exact"] * len(pairs))


def fixed_margins(table: Incidence, pairs: "NDArray[np.int64]", sampled: Sampled, *, within_country: bool) -> Model:
    """By sampled lists with the observed margins.

    p = (1 + r) / (1 + N), r the samples that share as many; where fewer than 20 of them do, p is told by the tail of the
    configuration model given each place's memberships, and is at most what 20 samples would give. p is valid
    at levels down to that (0.002 with 10,000 samples); below, it is approximate.
    """
    from citynet.analysis.tails import poisson_binomial_tails

    at, shared = (pairs[:, 0], pairs[:, 1]), shared_counts(table)[pairs[:, 0], pairs[:, 1]]
    count, chance = given_memberships.shared_chances(table, pairs, within_country=within_country)
    lower, upper = poisson_binomial_tails(chance, count, shared)
    mean, deviation = sampled.mean[at], sampled.deviation[at]
    p, p_lower = (_p(reached[at], sampled.samples, tail) for reached, tail in ((sampled.at_least, upper), (sampled.at_most, lower)))
    method = [_SAMPLED if reached >= ENOUGH else _TAIL for reached in sampled.at_least[at]]
    return Model(mean, _scores(shared, mean, deviation**2), p, p_lower, method)


def bipartite_configuration(table: Incidence, pairs: "NDArray[np.int64]") -> Model:
    """By the configuration model: what a pair shares is a Poisson-binomial number, summed exactly."""
    from citynet.analysis.tails import poisson_binomial_tails

    shared = shared_counts(table)[pairs[:, 0], pairs[:, 1]]
    count, chance = configuration_model.shared_chances(table, pairs)
    lower, upper = poisson_binomial_tails(chance, count, shared)
    mean, variance = chance @ count, (chance * (1 - chance)) @ count
    return Model(mean, _scores(shared, mean, variance), upper, lower, ["poisson_binomial"] * len(pairs))


def _sample(table: Incidence, samples: int) -> tuple[Sampled, Sampled]:
    """Both samplers at once, each with its own generator: the compiled walk lets the other run."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as threads:
        free = threads.submit(sample_fixed_margins, table, f"{SEED} fixed_margins", within_country=False, samples=samples)
        bound = threads.submit(sample_fixed_margins, table, f"{SEED} fixed_margins_country", within_country=True, samples=samples)
        return free.result(), bound.result()


def _p(reached: "NDArray[np.int64]", samples: int, tail: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    return np.where(reached >= ENOUGH, (1 + reached) / (1 + samples), np.minimum(tail, min(1.0, ENOUGH / (1 + samples))))


def _scores(shared: "NDArray[np.int64]", mean: "NDArray[np.float64]", variance: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    varies = variance > 1e-9
    return np.where(varies, (shared - mean) / np.sqrt(np.where(varies, variance, 1)), np.nan)


def _rows(models: Mapping[str, Model]) -> list[Row]:
    """The models' figures side by side, one row a pair."""
    corrected = {name: q_values(model.p.tolist()) for name, model in models.items()}
    pairs = len(next(iter(models.values())).p)
    rows: list[Row] = []
    for n in range(pairs):
        row: Row = {}
        for name, model in models.items():
            values = (model.expected[n], model.z[n], model.p[n], corrected[name][0][n], corrected[name][1][n])
            row |= {f"{figure}_{name}": _rounded(value) for figure, value in zip(FIGURES, values, strict=True)}
        rows.append({**row, "p_method": "; ".join(f"{name}: {model.method[n]}" for name, model in models.items())})
    return rows


def _rounded(value: float) -> float | None:
    return None if value != value else float(f"{value:.{DIGITS}g}")


def _mixing(sampled: Sampled, pairs: "NDArray[np.int64]") -> Mixing:
    """Pairs that cannot vary have nothing to mix."""
    import numpy as np

    at = tuple(pairs.T)
    r_hat, effective = (values[at][np.isfinite(values[at]) & (sampled.deviation[at] > 0)] for values in (sampled.r_hat, sampled.effective))
    if not len(r_hat) or not len(effective):
        return Mixing(sampled.samples, None, None, None, sampled.moved)
    return Mixing(sampled.samples, float(r_hat.max()), float(effective.min()), float(np.median(effective)), sampled.moved)
