"""One chance model's figures of the tested pairs, and how they are told: in the columns of network_overlap, with the reasons beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citynet.analysis.corrections import q_values
from citynet.analysis.family_of_tests import MIN_MEMBERS
from citynet.model import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FIGURES = ("expected", "z", "p", "q", "q_by")
COUNTRY_MODEL = "fixed_margins_country"
DIGITS = 6
"""So many leading digits of a figure are published: the last bits of a fit may differ between machines."""
TOO_FEW = f"fewer than {MIN_MEMBERS} members of a known country on a list: no test by fixed margins within country"
NOT_IN_THE_MEAN = "no test by the configuration model: it keeps in the mean what fixed margins keep, which leaves nothing to chance"


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One chance model's figures of each pair: expected, z (NaN where nothing can vary), upper and lower tail, and how p was computed.

    varies: whether the model leaves anything to chance in what the pair shares; where it does not, there is nothing to test.
    """

    expected: "NDArray[np.float64]"
    z: "NDArray[np.float64]"
    p: "NDArray[np.float64]"
    p_lower: "NDArray[np.float64]"
    method: Sequence[str]
    varies: "NDArray[np.bool_]"


def without_test(model: Model, pairs: "NDArray[np.bool_]") -> Model:
    """The model without a test of the marked pairs."""
    import numpy as np

    return replace(model, z=np.where(pairs, np.nan, model.z), varies=model.varies & ~pairs)


def untested_because(models: Mapping[str, Model], pair: int, *, is_few: bool) -> list[str]:
    """Why some models do not test a pair that others test."""
    silent = [name for name, model in models.items() if not model.varies[pair]]
    told = [TOO_FEW] if is_few else []
    if "bicm" in silent and "fixed_margins" in silent:
        silent.remove("bicm")
        told.append(NOT_IN_THE_MEAN)
    settled = [name for name in silent if not (is_few and name == COUNTRY_MODEL)]
    return [*([f"nothing is left to chance by {', '.join(settled)}"] if settled else []), *told]


def figure_rows(models: Mapping[str, Model]) -> list[Row]:
    """The models' figures side by side, one row a pair; where a model leaves nothing to chance the expected number alone."""
    corrected = {name: _corrected(model) for name, model in models.items()}
    pairs = len(next(iter(models.values())).p)
    rows: list[Row] = []
    for n in range(pairs):
        row: Row = {}
        for name, model in models.items():
            q, q_by = (values[n] for values in corrected[name])
            values = (rounded(model.expected[n]), rounded(model.z[n]), p_of(model.p, model, n), rounded(q), rounded(q_by))
            row |= {f"{figure}_{name}": value for figure, value in zip(FIGURES, values, strict=True)}
        methods = (f"{name}: {model.method[n]}" for name, model in models.items() if model.varies[n])
        rows.append({**row, "p_method": "; ".join(methods)})
    return rows


def _corrected(model: Model) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """q and q_by of each pair, over those in which the model leaves something to chance; NaN for the others."""
    import numpy as np

    q, q_by = np.full(len(model.p), np.nan), np.full(len(model.p), np.nan)
    q[model.varies], q_by[model.varies] = q_values(model.p[model.varies].tolist())
    return q, q_by


def p_of(p: "NDArray[np.float64]", model: Model, pair: int) -> float | None:
    return rounded(p[pair]) if model.varies[pair] else None


def rounded(value: float) -> float | None:
    return None if value != value else float(f"{value:.{DIGITS}g}")
