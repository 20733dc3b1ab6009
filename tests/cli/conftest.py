"""Commands called in this process: what they print and return, without waiting for a child to start."""

import csv
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from citynet.cli import main


@dataclass(frozen=True)
class Called:
    """What a command returned and printed."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture
def citynet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Called]:
    """Call a command as the shell would, with no CITYNET_ variable set but those given by name."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CITYNET_")}

    def call(*arguments: object, **more: str) -> Called:
        monkeypatch.setattr(os, "environ", {**clean, **more})  # main() writes --store and the like into it
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as ended:  # argparse ends so
            code = int(str(ended.code))
        printed = capsys.readouterr()
        return Called(code, printed.out, printed.err)

    return call


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.fixture
def table_of() -> Callable[[Path], list[dict[str, str]]]:
    """The rows of a CSV file that a command wrote."""
    return rows_of
