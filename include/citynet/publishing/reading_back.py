"""Published tables read back: CSV as text cells for comparing and verifying, Parquet with its types for figures."""

import csv
import io

from citynet.model import Row
from citynet.publishing.contract import contract
from citynet.store import Store


def cells(data: bytes) -> list[dict[str, str]]:
    """One dict a row, column -> cell as written ("" = missing). ValueError for anything that is not our CSV."""
    try:
        records = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    except csv.Error as problem:
        raise ValueError(f"not a CSV file: {problem}") from problem
    if not records:
        raise ValueError("no header line")
    header = records[0]
    short = [number for number, record in enumerate(records[1:], start=2) if len(record) != len(header)]
    if short:
        raise ValueError(f"line {short[0]} has {len(records[short[0] - 1])} cells, the header {len(header)}")
    return [dict(zip(header, record, strict=True)) for record in records[1:]]


def read_release(published: Store, release_id: str) -> dict[str, list[Row]]:
    """Every table of a release with its types, from the Parquet files; None where a cell is empty. A release made before a table was
    published has no rows of it."""
    import pyarrow.parquet as parquet

    return {
        shape.name: parquet.read_table(io.BytesIO(published.read(f"{release_id}/data/{shape.name}.parquet"))).to_pylist()
        for shape in contract().tables
        if published.exists(f"{release_id}/data/{shape.name}.parquet")
    }
