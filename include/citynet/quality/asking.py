"""Great Expectations, asked of a data frame: its import, its context, and what it answers."""

import logging
import os
import warnings
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from citynet.quality.rule import Rule

if TYPE_CHECKING:
    import pandas as pd


@cache
def _gx() -> Any:
    """Great Expectations, imported once: 3 to 8 s. Its own dependencies warn of deprecations that are not ours to mend."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import great_expectations
        import great_expectations.expectations
    return great_expectations


@cache
def _whole_frame() -> Any:
    """The batch definition of one in-memory context a process: no files, no analytics, no progress bars, no INFO lines."""
    gx = _gx()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context.data_sources.add_pandas("memory").add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all")


def answers(frame: "pd.DataFrame", suite: str, rules: Mapping[int, Rule]) -> dict[int, Any]:
    """Great Expectations' outcome of each rule, by its number; the rows are told of those that do not hold."""
    if not rules:
        return {}
    batch = _whole_frame().get_batch({"dataframe": frame})
    first = _outcomes(batch, suite, rules, "BOOLEAN_ONLY")
    broken = {number: rules[number] for number, outcome in first.items() if not outcome.success}
    return first | _outcomes(batch, suite, broken, "COMPLETE")


def broken_rows(frame: "pd.DataFrame", rule: Rule) -> list[int] | None:
    """The rows in which a rule does not hold; None where Great Expectations does not tell them."""
    outcome = answers(frame, "together", {0: rule})[0]
    if outcome.success:
        return []
    return [int(i) for i in (outcome.result or {}).get("unexpected_index_list") or ()] or None


def _outcomes(batch: Any, suite: str, rules: Mapping[int, Rule], result_format: str) -> dict[int, Any]:
    if not rules:
        return {}
    gx = _gx()
    made = [getattr(gx.expectations, r.type)(**r.values, severity=r.severity, meta={"rule": n}) for n, r in rules.items()]
    outcome = batch.validate(gx.ExpectationSuite(name=suite, expectations=made), result_format={"result_format": result_format})
    return {result.expectation_config.meta["rule"]: result for result in outcome.results}


def exceptions(info: Any) -> tuple[str, ...]:
    """The texts of exceptions inside an expectation; GX nests them under a metric's name or gives one flat record."""
    records = [info] if "raised_exception" in (info or {}) else list((info or {}).values())
    return tuple(sorted({str(r["exception_message"]).strip() for r in records if r.get("raised_exception")}))
