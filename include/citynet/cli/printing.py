"""Lines for a terminal: what comes from elsewhere can't steer it, and a reader that stops early (head) is no fault."""

import os
import sys
from collections.abc import Iterable


def print_lines(lines: Iterable[str]) -> None:
    """Print each line with its unprintable characters shown as �; end quietly where nobody reads on."""
    try:
        for line in lines:
            print(line if line.isprintable() else "".join(c if c.isprintable() else "�" for c in line))
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output once more at its end, which would fail and be told: let it write to nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
