"""Which rules of a table its rows break, by the columns derived for them: without Great Expectations, so that many rows can be tried."""

from collections.abc import Mapping, Sequence

from citynet.model import Row
from citynet.publishing.contract import contract
from citynet.quality.derived import with_derived
from citynet.quality.table_rules import DOMAIN_RULES


def broken(table: str, changed: Mapping[str, Sequence[Row]]) -> dict[int, set[str]]:
    """Row number -> the derived columns in which it breaks a rule of the table."""
    keys: dict[str, frozenset[object]] = dict.fromkeys((t.name for t in contract().tables), frozenset())
    rows = with_derived(contract().table(table), changed[table], changed["sources"], keys)
    own = {str(rule.values["column"]) for rule in DOMAIN_RULES[table]}
    return {number: found for number, row in enumerate(rows) if (found := {name for name in own if row[name] == "yes"})}
