"""Models of membership by size: a logit for one network, a negative binomial for the number of families, each with country effects.

Every ratio is per doubling of residents. Models are statsmodels'; the slope of the logit is mended for small countries and has the
interval of its likelihood (profile_likelihood.py), which stays right where an odds ratio has no upper limit.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import exp, inf
from typing import Any

import citynet.analysis.negative_binomial as negative_binomial
import citynet.analysis.profile_likelihood as profile

LEAST_MEMBERS = 10
"""With fewer members, or fewer municipalities that are none, no model is fitted."""
OVERDISPERSED = 0.05
"""From this p of the score test on, a negative binomial that does not converge gives way to the Poisson model."""
LOGIT, POISSON, NEGATIVE_BINOMIAL = "logit", "poisson", "negative_binomial"
Array = Any
"""A numpy array; the module does not import numpy before it is used."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The municipalities of one universe, zeros included. joined: networks or families it is in; may_join: how many it may be in."""

    countries: Array
    residents: Array
    joined: Array
    may_join: Array


@dataclass(frozen=True, slots=True)
class Fit:
    """What a model says of size. ratio: of odds (logit) or of expected families, per doubling of residents; low, high: 95 %.

    high inf or low 0 with a ratio of None: separation, all members larger (or smaller) than all others of their country.
    overdispersion: alpha of the negative binomial, 0 where Poisson does; its p is of Dean's score test, one-sided.
    linearity_p: of a squared term, likelihood ratio: small where one ratio does not hold over all sizes.
    """

    model: str
    units: int = 0
    members: int = 0
    countries: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    converged: bool | None = None
    separation: str | None = None
    overdispersion: float | None = None
    overdispersion_p: float | None = None
    linearity_p: float | None = None
    not_computed_because: str = ""


def membership_by_size(sample: Sample, checks: bool = True) -> Fit:
    """Logit of membership (joined > 0) on log2 residents with country effects.

    Countries in which nobody is a member, or everybody, say nothing about size within countries: they are left out and named.
    checks=False saves the second fit, with a squared term.
    """
    import numpy as np

    member = (sample.joined > 0).astype(float)
    codes, group = np.unique(sample.countries, return_inverse=True)
    of_each = np.bincount(group, member, len(codes))
    informative = (of_each > 0) & (of_each < np.bincount(group, minlength=len(codes)))
    start, inside = _started(LOGIT, sample, member, informative)
    if start.not_computed_because:
        return start
    data = profile.prepared(np.log2(sample.residents[inside]), member[inside], group[inside])
    if data.separation:
        return _limits(replace(start, separation=data.separation), data, inf if data.separation == "larger" else -inf, 1.0)
    fitted = _logit(data)
    if fitted is None:
        return replace(start, converged=False, not_computed_because="the fit of the logit model did not converge")
    bent = _logit(data, begin=fitted.params) if checks else None
    linearity = None if bent is None else profile.chance_of(2 * (bent.llf - fitted.llf))
    error = float(fitted.bse[0])
    slope = profile.best_slope(data, float(fitted.params[0]), error)
    return replace(_limits(replace(start, converged=True), data, slope, error), ratio=as_ratio(slope), linearity_p=linearity)


def families_by_size(sample: Sample) -> Fit:
    """Negative binomial (NB2) of the number of families on log2 residents, country effects, offset log of the families it may join.

    Poisson where the score test shows no overdispersion at all. Municipalities that may join none are left out, and so are countries
    in which nobody joined any.
    """
    import numpy as np

    may = sample.may_join > 0
    sample = Sample(sample.countries[may], sample.residents[may], sample.joined[may], sample.may_join[may])
    codes, group = np.unique(sample.countries, return_inverse=True)
    informative = np.bincount(group, sample.joined, len(codes)) > 0
    start, inside = _started(NEGATIVE_BINOMIAL, sample, sample.joined, informative, everybody=False)
    if start.not_computed_because:
        return start
    design = _design(profile.prepared(np.log2(sample.residents[inside]), sample.joined[inside], group[inside]), squared=False)
    counts = negative_binomial.counts_of(sample.countries[inside], sample.residents[inside], sample.may_join[inside])
    near = negative_binomial.fitted(counts, sample.joined[inside])
    return _counted(start, design, sample.joined[inside].astype(float), np.log(sample.may_join[inside]), near)


def _started(model: str, sample: Sample, joined: Array, informative: Array, everybody: bool = True) -> tuple[Fit, Array]:
    """What can be said before fitting, and which municipalities are in the model; `everybody`: whether non-members are needed."""
    import numpy as np

    codes, group = np.unique(sample.countries, return_inverse=True)
    inside = informative[group] if len(codes) else np.zeros(0, bool)
    members, others = int((joined[inside] > 0).sum()), int((joined[inside] == 0).sum())
    found = Fit(
        model,
        units=int(inside.sum()),
        members=members,
        countries=tuple(str(code) for code in codes[informative]),
        left_out=tuple(str(code) for code in codes[~informative]),
    )
    of_one_size = all(np.ptp(sample.residents[group == number]) == 0 for number in np.flatnonzero(informative))
    why = f"{members} members in countries with both members and others, fewer than {LEAST_MEMBERS}" if members < LEAST_MEMBERS else ""
    why = why or (
        f"{others} municipalities that are no members, fewer than {LEAST_MEMBERS}" if everybody and others < LEAST_MEMBERS else ""
    )
    why = why or ("all municipalities of a country are of one size" if of_one_size else "")
    return replace(found, not_computed_because=why), inside


def _limits(start: Fit, data: profile.Data, slope: float, error: float) -> Fit:
    """The fit with the limits and the p of the likelihood ratio; slope in log odds per doubling, infinite under separation."""
    low, high = profile.interval(data, slope, error)
    return replace(start, low=as_ratio(low), high=as_ratio(high), p=profile.p_of_none(data, slope))


def as_ratio(slope: float) -> float:
    """A slope in logs as a ratio; infinite ones stay so, one steeper than can be told is taken as the steepest."""
    if abs(slope) == inf:
        return inf if slope > 0 else 0.0
    return exp(max(-profile.STEEPEST, min(slope, profile.STEEPEST)))


def _design(data: profile.Data, squared: bool) -> Array:
    """Columns: log2 residents less the country's mean, its square if asked for, then one column a country."""
    import numpy as np

    effects = np.zeros((len(data.size), data.groups))
    effects[np.arange(len(data.size)), data.group] = 1
    columns = [data.size, data.size**2] if squared else [data.size]
    return np.column_stack([*columns, effects])


def _logit(data: profile.Data, begin: Array = None) -> Any:
    """The fitted logit; with a squared term where the parameters of the fit without one are given to begin from."""
    import numpy as np
    from statsmodels.discrete.discrete_model import Logit  # type: ignore[import-untyped]

    squared = begin is not None
    if squared:
        begin = np.insert(begin, 1, 0.0)
    else:
        shares = data.totals / np.bincount(data.group)
        begin = np.concatenate([[0.0], np.log(shares / (1 - shares))])
    model = Logit(data.member, _design(data, squared), check_rank=False, hasconst=True)
    fitted = _converged(lambda: model.fit(start_params=begin, method="newton", maxiter=100, disp=0))
    if fitted is not None:
        return fitted
    # Where few of many are members, a Newton step from a flat slope overshoots and never comes back: a dozen in 2,930 do.
    near = _converged(lambda: model.fit(start_params=begin, method="bfgs", maxiter=500, disp=0))
    return None if near is None else _converged(lambda: model.fit(start_params=near.params, method="newton", maxiter=100, disp=0))


def _counted(start: Fit, design: Array, joined: Array, offset: Array, near: negative_binomial.CountFit | None) -> Fit:
    """near: the top of the likelihood as found before, from where a solver cannot stray; None: rates of the countries."""
    import numpy as np
    from scipy.stats import norm  # type: ignore[import-untyped]
    from statsmodels.discrete.discrete_model import NegativeBinomial, Poisson

    rates = (design[:, 1:] * joined[:, None]).sum(0) / (design[:, 1:] * np.exp(offset)[:, None]).sum(0)
    begin = np.concatenate([[near.slope], near.levels]) if near else np.concatenate([[0.0], np.log(rates)])
    model = Poisson(joined, design, offset=offset, check_rank=False, hasconst=True)
    fitted = _converged(lambda: model.fit(start_params=begin, method="newton", maxiter=100, disp=0))
    if fitted is None:
        return replace(start, converged=False, not_computed_because="the fit of the Poisson model did not converge")
    mean = fitted.predict()
    excess = ((joined - mean) ** 2 - joined).sum()
    chance, alpha = float(norm.sf(excess / np.sqrt(2 * (mean**2).sum()))), 0.0
    if excess > 0:
        wider = NegativeBinomial(joined, design, offset=offset, check_rank=False, hasconst=True)
        alpha_near = near.alpha if near and near.alpha else excess / (mean**2).sum()
        begin = np.concatenate([begin if near and near.alpha else fitted.params, [alpha_near]])
        found = _converged(lambda: wider.fit(start_params=begin, method="newton", maxiter=100, disp=0))
        if found is not None and found.params[-1] > 0:
            fitted, alpha = found, float(found.params[-1])
        elif chance < OVERDISPERSED:
            return replace(start, converged=False, not_computed_because="the fit of the negative binomial model did not converge")
    slope, error = float(fitted.params[0]), float(fitted.bse[0])
    reach = float(norm.ppf(0.975)) * error
    return replace(
        start,
        model=NEGATIVE_BINOMIAL if alpha else POISSON,
        ratio=as_ratio(slope),
        low=as_ratio(slope - reach),
        high=as_ratio(slope + reach),
        p=float(2 * norm.sf(abs(slope) / error)),
        converged=True,
        overdispersion=alpha,
        overdispersion_p=chance,
    )


def _converged(fit: Callable[[], Any]) -> Any:
    """The result of a fit, None where it has none: not converged, a singular matrix, or errors that are no numbers."""
    import warnings

    import numpy as np
    from statsmodels.tools.sm_exceptions import ModelWarning  # type: ignore[import-untyped]

    with warnings.catch_warnings(), np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore", ModelWarning)
        try:
            result = fit()
        except np.linalg.LinAlgError:
            return None
    return result if result.mle_retvals["converged"] and np.isfinite(result.bse).all() else None
