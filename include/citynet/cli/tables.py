"""Reading and writing the plain CSV tables that commands take and give."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from citynet.errors import ConfigError
from citynet.store import write_whole


def read_table(path: str, required: Sequence[str]) -> tuple[list[str], list[dict[str, str]]]:
    """Columns and rows of a CSV file in UTF-8; ConfigError with file and line where it is none or lacks a column."""
    columns, rows = read_lines(path, required)
    return columns, [row for _, row in rows]


def read_lines(path: str, required: Sequence[str]) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """As read_table, each row with the number of the line on which it ends."""
    file = Path(path)
    if not file.is_file():
        raise ConfigError(f"{path}: expected a CSV file, found none")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ConfigError(f"{path}: expected UTF-8, got {problem.reason} at byte {problem.start}") from problem
    reader = csv.DictReader(io.StringIO(text), strict=True, restkey="", restval=None)
    columns = list(reader.fieldnames or [])
    missing = [name for name in required if name not in columns]
    if missing:
        raise ConfigError(f"{path}:1: expected the columns {', '.join(required)}; missing: {', '.join(missing)}")
    rows = []
    try:
        for row in reader:
            if "" in row or None in row.values():
                raise ConfigError(f"{path}:{reader.line_num}: expected {len(columns)} cells")
            rows.append((reader.line_num, row))
    except csv.Error as problem:
        # The reader below knows the line: DictReader's own number stays at the last whole row.
        raise ConfigError(f"{path}:{reader.reader.line_num}: expected CSV, got: {problem}") from problem
    return columns, rows


def write_table(path: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write a CSV file, whole or not at all; ConfigError where its folder does not exist, OSError where it can't be written.

    A link or a device (/dev/stdout) is written through: replacing it by a file would destroy it.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise ConfigError(f"{path}: expected a folder to write into, found none")
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    if target.is_symlink() or (target.exists() and not target.is_file()):
        target.write_text(out.getvalue(), encoding="utf-8")
    else:
        write_whole(target, out.getvalue().encode())


def folder_for(path: str) -> Path:
    """The folder that files are to be written into, which need not be there yet; ConfigError where it is a file or lies in no folder."""
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{path}: expected a folder to write into, found a file")
    if not folder.exists() and not folder.absolute().parent.is_dir():
        raise ConfigError(f"{path}: expected a folder to make it in, found none")
    return folder


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into the folder, each whole; it is made where there is none."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        write_whole(folder / name, data)
