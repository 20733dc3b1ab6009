"""What a rule is, what it needs to know of a table, and what came of it: values that the suites state and `checking` runs and gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


class ColumnShape(Protocol):
    """What a rule needs to know of a published column."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def enum(self) -> tuple[str, ...]: ...


class TableShape(Protocol):
    """What a rule needs to know of a published table; publishing's Table is one."""

    @property
    def name(self) -> str: ...
    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def columns(self) -> Sequence[ColumnShape]: ...
    @property
    def foreign_keys(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation. said: it in words; type and values: Great Expectations' class and its arguments.

    stack: columns that are put under one another and checked as one, named "value" in values: an expectation costs GX
    about 15 ms whatever it looks at, and the same rule holds for dozens of columns.
    """

    said: str
    column: str
    type: str
    values: Mapping[str, Any] = field(default_factory=dict)
    severity: str = "critical"
    stack: tuple[str, ...] = ()


def never(derived: str, said: str, column: str, severity: str = "critical") -> Rule:
    """A rule on a column of yes and no that was derived from the row: "yes" marks a row that breaks it."""
    return Rule(said, column, "ExpectColumnValuesToBeInSet", {"column": derived, "value_set": ["no"]}, severity)


def at_most(low: str, high: str, said: str, column: str, severity: str = "critical") -> Rule:
    """A rule on two columns of figures: the first never exceeds the second, where both are there."""
    values = {"column_A": high, "column_B": low, "or_equal": True, "ignore_row_if": "either_value_is_missing"}
    return Rule(said, column, "ExpectColumnPairValuesAToBeGreaterThanB", values, severity)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One expectation and what came of it. subject: the listing or table; severity: critical | warning."""

    suite: str
    subject: str
    expectation: str
    column: str
    severity: str
    success: bool
    checked: int
    unexpected: int
    examples: tuple[str, ...]
