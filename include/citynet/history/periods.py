"""Dates as sources print them: a year, a month or a day, each read as the interval it covers."""

import calendar
import re
from datetime import date
from functools import lru_cache

_PRINTED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=4096)
def period(printed: str) -> tuple[str, str] | None:
    """First and last day covered by `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None for anything else, which bounds nothing."""
    found = _PRINTED.fullmatch(printed.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    last_month = month or 12
    last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    return first.isoformat(), last.isoformat()


def meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two intervals of ISO dates have a day in common; one whose last day is "" is open."""
    return one[0] <= (other[1] or "9999") and other[0] <= (one[1] or "9999")


def days_between(earlier: str, later: str) -> int:
    """Whole days from one ISO date to another."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
