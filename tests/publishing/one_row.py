"""One row of a published table, for the small release written by hand."""

from citynet.model import Row
from citynet.publishing.contract import contract

AS_OF = "2022-09-15"


def row(table: str, **values: object) -> Row:
    """A row of the table with None in every column that is not given."""
    columns = [c.name for c in contract().table(table).columns]
    assert values.keys() <= set(columns), values.keys() - set(columns)
    filled: Row = dict.fromkeys(columns)
    if "as_of" in columns:
        filled["as_of"] = AS_OF
    return {**filled, **values}
