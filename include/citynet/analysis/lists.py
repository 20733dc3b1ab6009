"""A network's list as the analysis sees it, and what such a list may be used for."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

CURRENT_MONTHS = 18
"""An older list is "last known" and leaves current figures."""
COMPARABLE_MONTHS = 12
"""Lists further apart are not compared: a body on both need never have been on both at one time."""


@dataclass(frozen=True, slots=True)
class MemberList:
    """Who one network counts as members at one date (ISO date).

    use: current | replication_only. municipality_ids: the municipalities that the listed bodies are or lie in;
    listed_ids: the bodies. unresolved: printed names without a place. countries: place_id -> ISO code.
    """

    network_id: str
    list_date: str
    complete: bool
    use: str
    municipality_ids: frozenset[str]
    listed_ids: frozenset[str]
    unresolved: int
    countries: Mapping[str, str] = field(default_factory=dict)


def within_months(a: str, b: str, months: int) -> bool:
    """Whether two ISO dates are at most so many calendar months apart, to the day."""
    earlier, later = sorted((date.fromisoformat(a), date.fromisoformat(b)))
    year, month = divmod(earlier.year * 12 + earlier.month - 1 + months, 12)
    return later <= date(year, month + 1, min(earlier.day, monthrange(year, month + 1)[1]))


def unusable_because(members: MemberList, as_of: str, age_limit: bool = True) -> str:
    """Why the list feeds no figure at all, "" if it feeds some. as_of: ISO date of the release; age_limit: whether 18 months is one."""
    if members.use == "replication_only":
        return f"{members.network_id}: sample chosen by number of memberships: replication only"
    if age_limit and not within_months(members.list_date, as_of, CURRENT_MONTHS):
        return f"{members.network_id}: list of {members.list_date} is last known, older than {CURRENT_MONTHS} months on {as_of}"
    return ""


def no_ratio_because(members: MemberList, as_of: str, age_limit: bool = True) -> str:
    """Why the list yields no ratio, "" if it does: only a complete, current list shows who is not a member."""
    partial = "" if members.complete else f"{members.network_id}: list of {members.list_date} is partial"
    return unusable_because(members, as_of, age_limit) or partial
