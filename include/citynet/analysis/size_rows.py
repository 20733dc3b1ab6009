"""Rows of table size_and_membership: the figures of a model or a test, how far missing members move them, and what may be said."""

from collections.abc import Sequence
from math import inf
from typing import Any

from citynet.analysis.capitals import Pair, SignTest
from citynet.analysis.columns import SIZE_AND_MEMBERSHIP
from citynet.analysis.placings import Reach
from citynet.analysis.sentences import size_sentence
from citynet.analysis.size_models import LOGIT, Fit
from citynet.model import FALSE_DISCOVERIES, Row

EQUIVALENCE = 1.25
""""No relation larger than x" is said only where the whole interval lies within 1/1.25 to 1.25: beyond 0.8, the bound below which a
group is read as under-represented in clinical research (participation-to-prevalence ratio), a relation would matter."""
PROFILE, WALD, EXACT = (
    "likelihood of the logit, countries of at most 60 municipalities conditional, 95 %",
    "Wald interval of the count model, 95 %",
    "Clopper-Pearson, 95 %, over pairs that differ",
)
RESIDENTS_TERM, CAPITAL_TERM = "residents_doubled", "capital"
ANY_PAIR = "in any cities of the pairs that are not listed; no placing reaches further"
NO_LIMITS = "with no placing that was tried the model converges, so that there is no widest interval"

_EFFECTS = {LOGIT: "odds_ratio", "exact_sign_test": "share_of_differing_pairs"}


def reading(widest: tuple[float, float] | None, q: float | None) -> tuple[str, float | None]:
    """relation | no_relation_larger_than (with x) | cannot_tell, from an interval of a ratio and a chance of error.

    widest: over the placings of missing members. q: p for a test that is in no family. A ratio of 1 is no relation;
    a large p alone never yields one.
    """
    if widest is None:
        return "cannot_tell", None
    low, high = widest
    if (low > 1 or high < 1) and q is not None and q <= FALSE_DISCOVERIES:
        return "relation", None
    if low >= 1 / EQUIVALENCE and high <= EQUIVALENCE:
        return "no_relation_larger_than", max(high, 1 / low)
    return "cannot_tell", None


def of_fit(fit: Fit, reach: Reach | None, missing: int, model: str = LOGIT) -> Row:
    """The figures of a model. reach: over placings of missing members, None where none are missing or the model has no limits."""
    found = fit.not_computed_because == ""
    widest = (reach.low, reach.high) if reach else (None, None) if missing else (fit.low, fit.high)
    return {
        "term": RESIDENTS_TERM,
        "model": fit.model if found else model,
        "n_units": fit.units,
        "n_members": fit.members,
        "countries": ";".join(fit.countries),
        "countries_left_out": ";".join(fit.left_out) or None,
        "effect": _EFFECTS.get(fit.model, "rate_ratio") if found else None,
        "estimate": fit.ratio,
        **_ends("interval", (fit.low, fit.high)),
        "interval_model": (PROFILE if fit.model == LOGIT else WALD) if found else None,
        **_ends("widest", widest),
        "placings": (reach.placings if reach else NO_LIMITS) if missing and found else None,
        "p": fit.p,
        "converged": fit.converged,
        "separation": fit.separation,
        "overdispersion": fit.overdispersion,
        "overdispersion_p": fit.overdispersion_p,
        "linearity_p": fit.linearity_p,
        "not_computed_because": fit.not_computed_because or None,
    }


def of_test(test: SignTest, pairs: Sequence[Pair], missing: int, left_out: Sequence[str]) -> Row:
    """The figures of the sign test of capitals. missing: names without a place; left_out: countries without a pair."""
    return {
        "term": CAPITAL_TERM,
        "n_missing": missing,
        "n_unmatched": missing,
        "without_residents": None,
        "model": "exact_sign_test",
        "n_units": test.pairs,
        "countries": ";".join(sorted(pair.country for pair in pairs)) or None,
        "countries_left_out": ";".join(left_out) or None,
        "effect": _EFFECTS["exact_sign_test"],
        "estimate": test.share,
        **_ends("interval", test.interval or (None, None)),
        "interval_model": EXACT if test.interval else None,
        **_ends("widest", test.widest or (None, None)),
        "placings": ANY_PAIR if missing and test.widest else None,
        "p": test.p,
        "capital_more": test.capital_more,
        "other_more": test.other_more,
        "other_larger": ";".join(pair.country for pair in pairs if pair.other_larger) or None,
        "not_computed_because": None if test.interval else "no pair of capital and other city differs",
    }


def finished(row: Row, name: str) -> Row:
    """The row with its reading and sentence, all columns in order. name: of the network, for the sentence."""
    made: Row = {**dict.fromkeys(SIZE_AND_MEMBERSHIP), **{column: _rounded(value) for column, value in row.items()}}
    if not made["not_computed_because"]:
        widest = _widest(made["widest_low"], made["widest_high"])
        if made["term"] == CAPITAL_TERM and widest:  # a share of pairs as odds: half of the pairs is no relation
            widest = (_odds(widest[0]), _odds(widest[1]))
        q = made["p"] if made["q"] is None else made["q"]
        made["reading"], larger = reading(widest, None if q is None else float(str(q)))
        made["no_larger_than"] = _rounded(larger)
    return {**made, "sentence": size_sentence(made, name)}


def _widest(low: Any, high: Any) -> tuple[float, float] | None:
    return None if low is None else (float(low), inf if high is None else float(high))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf


def _ends(name: str, ends: tuple[float | None, float | None]) -> Row:
    """An infinite end stays open: empty."""
    return {f"{name}_low": ends[0], f"{name}_high": None if ends[1] == inf else ends[1]}


def _rounded(value: object) -> object:
    """Six significant digits: what solvers give beyond depends on the processor, and the same inputs must give the same bytes."""
    return float(f"{value:.6g}") if isinstance(value, float) else value
