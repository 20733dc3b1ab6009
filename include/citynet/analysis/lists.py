"""A network's list as the analysis sees it, and what such a list may be used for."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

CURRENT_MONTHS = 18
"""An older list is "last known" and leaves current figures."""
Days = tuple[str, str]
"""First and last day (ISO dates) that a list may show; the same where its date is exact."""
COMPARABLE_MONTHS = 12
"""Lists further apart are not compared: a body on both need never have been on both at one time."""


@dataclass(frozen=True, slots=True)
class MemberList:
    """Who one network counts as members at one date (ISO date).

    use: current | replication_only. municipality_ids: the municipalities that the listed bodies are or lie in, which is what
    analysis counts; listed_ids: the bodies, also those of no municipality (regions, districts of many municipalities).
    list_from: first day that a roughly dated list may show, "" where list_date is exact.
    unresolved: printed names without a place. countries: place_id -> ISO code. no_figure_because: why nobody on the list can
    be counted as a member, "" if somebody can.
    """

    network_id: str
    list_date: str
    complete: bool
    use: str
    municipality_ids: frozenset[str]
    listed_ids: frozenset[str]
    unresolved: int
    countries: Mapping[str, str] = field(default_factory=dict)
    no_figure_because: str = ""
    list_from: str = ""

    @property
    def days(self) -> "Days":
        """First and last day that the list may show."""
        return (self.list_from or self.list_date, self.list_date)


def within_months(a: str, b: str, months: int) -> bool:
    """Whether two ISO dates are at most so many calendar months apart, to the day."""
    earlier, later = sorted((date.fromisoformat(a), date.fromisoformat(b)))
    year, month = divmod(earlier.year * 12 + earlier.month - 1 + months, 12)
    return later <= date(year, month + 1, min(earlier.day, monthrange(year, month + 1)[1]))


def comparable(a: Days, b: Days) -> bool:
    """Whether two lists surely show days at most 12 months apart."""
    return within_months(a[0], b[1], COMPARABLE_MONTHS) and within_months(b[0], a[1], COMPARABLE_MONTHS)


def newest_comparable(a: Sequence[Days], b: Sequence[Days]) -> tuple[Days, Days] | None:
    """Of two networks' lists the newest two that may be compared, None where no two may.

    The latest later date wins, then the latest earlier one.
    """
    newest_first = sorted({*a, *b}, key=lambda days: (days[1], days[0]), reverse=True)
    of_a, of_b = frozenset(a), frozenset(b)
    for number, later in enumerate(newest_first):
        for other in newest_first[number:]:
            if not comparable(later, other):
                continue
            if later in of_a and other in of_b:
                return later, other
            if other in of_a and later in of_b:
                return other, later
    return None


def compared_dates(dates: Mapping[str, Sequence[Days]]) -> dict[str, frozenset[str]]:
    """Of each network's list dates those that any figure uses: its newest, and those compared with another network's."""
    used = {network_id: {max(last for _, last in days)} for network_id, days in dates.items() if days}
    for a, b in combinations(sorted(used), 2):
        if pair := newest_comparable(dates[a], dates[b]):
            used[a].add(pair[0][1])
            used[b].add(pair[1][1])
    return {network_id: frozenset(days) for network_id, days in used.items()}


def newest_lists(lists: Sequence[MemberList]) -> list[MemberList]:
    """The newest list of each network, sorted by network."""
    newest = {m.network_id: m for m in sorted(lists, key=lambda m: m.list_date)}
    return [newest[network_id] for network_id in sorted(newest)]


def unusable_because(members: MemberList, as_of: str, age_limit: bool = True) -> str:
    """Why the list feeds no figure at all, "" if it feeds some. as_of: ISO date of the release; age_limit: whether 18 months is one."""
    if members.use == "replication_only":
        return f"{members.network_id}: sample chosen by number of memberships: replication only"
    if members.no_figure_because:
        return f"{members.network_id}: {members.no_figure_because}"
    if age_limit and not within_months(members.list_date, as_of, CURRENT_MONTHS):
        return f"{members.network_id}: list of {members.list_date} is last known, older than {CURRENT_MONTHS} months on {as_of}"
    return ""


def no_ratio_because(members: MemberList, as_of: str, age_limit: bool = True) -> str:
    """Why the list yields no ratio, "" if it does: only a complete, current list shows who is not a member."""
    partial = "" if members.complete else f"{members.network_id}: list of {members.list_date} is partial"
    return unusable_because(members, as_of, age_limit) or partial
