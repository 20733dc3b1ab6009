"""What listings and tables must be like: each rule once, as data. `checking` runs them with Great Expectations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from citynet.model import Expect

NAME_LIMIT = 200  # the longest genuine name seen on a membership page is under 120 characters
CONTROL = "[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # also marks that turn the direction of text
PLACE_ID = r"^(?:gn[0-9]+|lau[A-Z]{2}[A-Za-z0-9._-]+|x-[a-z]{2}-[a-z0-9-]+)$"
SHARES = ("jaccard", "overlap_coefficient", "containment_a", "containment_b", "participation_rate")
IN_ORDER = (
    *(("from_earliest", "from_latest"), ("to_earliest", "to_latest"), ("from_latest", "last_confirmed_on"), ("from_latest", "to_latest")),
    *(("earliest", "latest"), ("ratio_low", "representation_ratio"), ("representation_ratio", "ratio_high")),
    *(("interval_low", "interval_high"), ("n_c", "n_classified"), ("n_classified", "n_members"), ("u_c", "u"), ("lists_from", "lists_to")),
    *(("families", "networks"), ("networks", "networks_observed"), ("shared", "n_a"), ("shared", "n_b"), ("network_a", "network_b")),
)
"""Pairs of columns of which the first never exceeds the second, wherever a table has both."""


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


def listing_rules(expect: Expect, ties: Sequence[str]) -> list[Rule]:
    """What every listing must be like; the bounds are the network's own (expect in its file)."""
    name = "name_as_published"
    return [
        Rule(
            f"{expect.min} to {expect.max} rows", "", "ExpectTableRowCountToBeBetween", {"min_value": expect.min, "max_value": expect.max}
        ),
        Rule("no blank name", name, "ExpectColumnValuesToMatchRegex", {"column": name, "regex": r"\S"}),
        Rule(
            f"no name longer than {NAME_LIMIT} characters",
            name,
            "ExpectColumnValueLengthsToBeBetween",
            {"column": name, "max_value": NAME_LIMIT},
        ),
        Rule("no control characters", name, "ExpectColumnValuesToNotMatchRegex", {"column": name, "regex": CONTROL}),
        Rule("no markup", name, "ExpectColumnValuesToNotMatchRegex", {"column": name, "regex": "[<>]"}),
        Rule("a known tie", "tie", "ExpectColumnValuesToBeInSet", {"column": "tie", "value_set": sorted(ties)}),
        Rule("each body stands once", name, "ExpectColumnValuesToBeUnique", {"column": "printed"}, "warning"),
    ]


def floor_rules() -> list[Rule]:
    """On the table of minimum counts: each country, tie and place that must be there is there often enough."""
    values = {"column_A": "seen", "column_B": "minimum", "or_equal": True}
    return [
        Rule("the minimum of each country, tie and place that must be there", "what", "ExpectColumnPairValuesAToBeGreaterThanB", values)
    ]


def table_rules(table: TableShape) -> list[Rule]:
    """What the contract and the domain ask of a published table that has the columns of `derived.with_derived`."""
    rules = [_unique(table.key), *_stacked_rules(table.columns)]
    for column in table.columns:
        rules += _column_rules(column)
    rules += [_never(f"no_such_{name}", f"stands in {to}", name) for name, to in table.foreign_keys]
    names = {c.name for c in table.columns}
    for low, high in IN_ORDER:
        if {low, high} <= names:
            values = {"column_A": high, "column_B": low, "or_equal": low != "network_a", "ignore_row_if": "either_value_is_missing"}
            rules.append(Rule(f"not above {high}", low, "ExpectColumnPairValuesAToBeGreaterThanB", values))
    return rules + _domain_rules(table.name)


def _unique(key: tuple[str, ...]) -> Rule:
    if len(key) == 1:
        return Rule("unique key", key[0], "ExpectColumnValuesToBeUnique", {"column": key[0]})
    return Rule("unique key", ", ".join(key), "ExpectCompoundColumnsToBeUnique", {"column_list": list(key), "ignore_row_if": "never"})


def _stacked_rules(columns: Sequence[ColumnShape]) -> list[Rule]:
    required = tuple(c.name for c in columns if c.required)
    shares = tuple(c.name for c in columns if c.name in SHARES or (c.name.startswith(("p_", "q_")) and c.type == "number"))
    counts = tuple(c.name for c in columns if c.type == "integer" or c.name.startswith(("ratio_", "representation_ratio", "expected_")))
    between = "ExpectColumnValuesToBeBetween"
    rules = [
        Rule("never empty", ", ".join(required), "ExpectColumnValuesToNotBeNull", {"column": "value"}, stack=required),
        Rule("between 0 and 1", ", ".join(shares), between, {"column": "value", "min_value": 0, "max_value": 1}, stack=shares),
        Rule("at least 0", ", ".join(counts), between, {"column": "value", "min_value": 0}, stack=counts),
    ]
    return [rule for rule in rules if rule.stack]


def _column_rules(column: ColumnShape) -> list[Rule]:
    rules = []
    name = column.name
    if column.enum:
        rules.append(Rule("a word of the codebook", name, "ExpectColumnValuesToBeInSet", {"column": name, "value_set": list(column.enum)}))
    if name == "coverage_percent":
        values = {"column": name, "min_value": 0, "max_value": 100}
        rules.append(Rule("between 0 and 100", name, "ExpectColumnValuesToBeBetween", values))
    if name == "country":
        rules.append(Rule("two capital letters", name, "ExpectColumnValuesToMatchRegex", {"column": name, "regex": "^[A-Z]{2}$"}))
    return rules


def _domain_rules(table: str) -> list[Rule]:
    evidence = _never("no_evidence", "the evidence is a capture in sources", "evidence_capture_id")
    origin = _never("other_origin", "the origin is that of its capture in sources", "capture_origin")
    partial = _never("from_partial", "no joined or left whose deciding list is partial", "evidence_capture_id")
    terms = _never("against_terms", "names are published only where the source allows it", "name_as_published")
    return {
        "places": [
            Rule("gn, lau or x- id", "place_id", "ExpectColumnValuesToMatchRegex", {"column": "place_id", "regex": PLACE_ID}),
            Rule("a latitude", "latitude", "ExpectColumnValuesToBeBetween", {"column": "latitude", "min_value": -90, "max_value": 90}),
            Rule("a longitude", "longitude", "ExpectColumnValuesToBeBetween", {"column": "longitude", "min_value": -180, "max_value": 180}),
        ],
        "memberships": [evidence, terms],
        "membership_spells": [evidence],
        "membership_changes": [evidence, origin, partial],
        "record_changes": [evidence, origin],
        "network_overlap": [_never("ratio_of_partial", "no ratio or test without two complete lists", "jaccard")],
        "unresolved_names": [terms],
    }.get(table, [])


def _never(derived: str, said: str, column: str) -> Rule:
    """A rule on a column that `derived.with_derived` adds: True marks a row that breaks it."""
    return Rule(said, column, "ExpectColumnValuesToBeInSet", {"column": derived, "value_set": ["no"]})
