"""Rules that ask the same of columns of several tables, asked as one: an expectation costs GX about 15 ms whatever it looks at."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citynet.quality.rule import Rule

if TYPE_CHECKING:
    import pandas as pd

PAIR = "ExpectColumnPairValuesAToBeGreaterThanB"
UNIQUE = "ExpectColumnValuesToBeUnique"
"""What depends on the other rows of its table, so that no table's rows may stand below another's."""
NAMED = ("column", "column_A", "column_B")
Key = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Part:
    """One rule on one column, or on one pair of columns, of a table."""

    table: int
    rule: int
    columns: tuple[str, ...]


def sound_rules(
    tables: "Sequence[tuple[pd.DataFrame, Sequence[Rule]]]", broken_rows: "Callable[[pd.DataFrame, Rule], Sequence[int] | None]"
) -> frozenset[tuple[int, int]]:
    """The rules that hold in every row, as (number of the table, number of the rule); the others have to be asked one by one.

    broken_rows: at which rows of a frame a rule does not hold, None where that cannot be told.
    """
    alike: dict[Key, list[_Part]] = defaultdict(list)
    for number, (frame, rules) in enumerate(tables):
        for at, rule in enumerate(rules):
            for columns in _columns(rule):
                alike[_key(frame, rule, columns)].append(_Part(number, at, columns))
    several = [parts for parts in alike.values() if len(parts) > 1]
    asked = {(part.table, part.rule) for parts in several for part in parts}
    alone = {(part.table, part.rule) for parts in alike.values() if len(parts) == 1 for part in parts}
    broken = {rule for parts in several for rule in _broken(tables, parts, broken_rows)}
    return frozenset(asked - alone - broken)


def _columns(rule: Rule) -> Iterator[tuple[str, ...]]:
    """The columns that a rule looks at row by row; none where a row depends on others."""
    if rule.type == PAIR:
        yield str(rule.values["column_A"]), str(rule.values["column_B"])
    elif rule.type.startswith("ExpectColumnValues") and rule.type != UNIQUE:
        yield from ((column,) for column in rule.stack or (str(rule.values["column"]),))


def _key(frame: "pd.DataFrame", rule: Rule, columns: tuple[str, ...]) -> Key:
    """What two rules have in common that may be asked as one: the type, what it asks, and what stands in the columns."""
    asked = repr(sorted((k, v) for k, v in rule.values.items() if k not in NAMED))
    return rule.type, asked, tuple(str(frame[column].dtype) for column in columns)


def _broken(
    tables: "Sequence[tuple[pd.DataFrame, Sequence[Rule]]]",
    parts: Sequence[_Part],
    broken_rows: "Callable[[pd.DataFrame, Rule], Sequence[int] | None]",
) -> Iterator[tuple[int, int]]:
    """The rules of these parts that do not hold in some row, or in whichever row cannot be told."""
    import pandas as pd

    rule, dtypes = tables[parts[0].table][1][parts[0].rule], tables[parts[0].table][0].dtypes
    names = NAMED[1:] if rule.type == PAIR else NAMED[:1]
    values: Mapping[str, object] = {**rule.values, **{name: name for name in names}}
    cells = {
        name: pd.Series(
            [cell for part in parts for cell in tables[part.table][0][part.columns[at]].tolist()], dtype=dtypes[parts[0].columns[at]]
        )
        for at, name in enumerate(names)
    }
    rows = broken_rows(pd.DataFrame(cells), replace(rule, values=values, stack=()))
    whose = [part for part in parts for _ in range(len(tables[part.table][0]))]
    for part in parts if rows is None else [whose[row] for row in rows]:
        yield part.table, part.rule
