"""Which pairs of networks are tested together: the false discovery rate is that of one stated family of tests."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from citynet.analysis.lists import COMPARABLE_MONTHS, MemberList, newest_comparable, no_ratio_because, within_months

MIN_MEMBERS = 10
"""A pair is tested where each list has at least so many municipalities."""

MOST_UNMATCHED = 0.1
"""A pair is not tested where a larger share of the names on either list is not matched to a place: a tenth of its members is what this
monitor takes to make another list (the gate "collapse"). Up to there the models count each such name as on that list alone."""
_TENTH = f"{100 * MOST_UNMATCHED:.0f} %"

BESIDE = "not both are among the networks tested together: national networks, programmes and comparison stand beside"


@dataclass(frozen=True, slots=True)
class Family:
    """Lists of one time, one a network, sorted; and the pairs of them that are tested, network_a < network_b, sorted.

    Lists of related networks and short ones are in no tested pair and count all the same: their members join generally.
    networks: ids of those that could have been tested; others stand beside and never are. settled: pairs that would be tested, had not
    the chance models shown that nothing in what they share is left to chance.
    """

    lists: tuple[MemberList, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    networks: frozenset[str] = frozenset()
    settled: frozenset[tuple[str, str]] = frozenset()

    def stated(self, pairs: Sequence[tuple[str, str]]) -> str:
        """The family in one sentence, which belongs to every q-value of a model; "" where there is none. pairs: those that it tests."""
        if not pairs:
            return ""
        days = sorted(members.list_date for members in self.lists)
        tested = len({name for pair in pairs for name in pair})
        told = f"{len(pairs)} unrelated {'pair' if len(pairs) == 1 else 'pairs'} of {tested} networks"
        lists = f"complete lists of {days[0]} to {days[-1]}, at least {MIN_MEMBERS} municipalities each"
        return f"Family of tests: {told} with {lists} and at most {_TENTH} of names not matched."

    def untested_because(self, a: MemberList, b: MemberList) -> str:
        """Why the pair of these complete, unrelated lists is none of the family, "" if it is one."""
        dates = {members.network_id: members.list_date for members in self.lists}
        if not {a.network_id, b.network_id} <= self.networks:
            return BESIDE
        if (a.network_id, b.network_id) in self.settled:
            return "what the two share is settled by who may join and by the sizes of the lists: nothing is left to chance"
        if open_names := [m.network_id for m in (a, b) if _too_open(m)]:
            return f"{' and '.join(open_names)}: over {_TENTH} of the names on the list not matched, no chance models"
        if not dates:
            return f"among the networks tested together no two complete, unrelated lists of one time have {MIN_MEMBERS} members each"
        short = [f"{m.network_id}: {len(m.municipality_ids)} members" for m in (a, b) if len(m.municipality_ids) < MIN_MEMBERS]
        if short:
            return f"{', '.join(short)}; chance models take at least {MIN_MEMBERS}"
        if any(dates.get(m.network_id) != m.list_date for m in (a, b)):
            return f"outside the family of tests, which are lists of {min(dates.values())} to {max(dates.values())}"
        return ""


def family_of_tests(lists: Sequence[MemberList], related: AbstractSet[frozenset[str]], as_of: str, *, age_limit: bool = True) -> Family:
    """The complete, current lists of the 12 months that hold most tested pairs, the latest of such; each network's newest there.

    Tested is a pair of unrelated networks whose newest comparable lists both lie there and have at least 10 members each, and at most
    a tenth of their names not matched.
    """
    of: dict[str, list[MemberList]] = defaultdict(list)
    for members in sorted(lists, key=lambda m: (m.network_id, m.list_date)):
        if not no_ratio_because(members, as_of, age_limit):
            of[members.network_id].append(members)
    compared = _compared(of, related)
    networks = frozenset(members.network_id for members in lists)
    best = Family(networks=networks)
    for end in sorted({members.list_date for dated in of.values() for members in dated}):
        inside = {name: found[-1] for name, dated in of.items() if (found := [m for m in dated if _within(m, end)])}
        pairs = tuple(pair for pair, days in compared.items() if tuple(_date(inside, name) for name in pair) == days)
        if pairs and len(pairs) >= len(best.pairs):
            best = Family(tuple(inside.values()), pairs, networks)
    return best


def _compared(of: Mapping[str, Sequence[MemberList]], related: AbstractSet[frozenset[str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Pair -> the dates of the two lists that are compared, where both are long enough and matched well enough."""
    found = {}
    for a, b in combinations(of, 2):
        days = newest_comparable([m.days for m in of[a]], [m.days for m in of[b]])
        if days is None or frozenset((a, b)) in related:
            continue
        dates = days[0][1], days[1][1]
        if all(_is_testable(_on(of[name], date)) for name, date in zip((a, b), dates, strict=True)):
            found[a, b] = dates
    return found


def _is_testable(members: MemberList) -> bool:
    return len(members.municipality_ids) >= MIN_MEMBERS and not _too_open(members)


def _too_open(members: MemberList) -> bool:
    named = len(members.municipality_ids) + members.unresolved
    return members.unresolved > 0 and members.unresolved / named > MOST_UNMATCHED


def _on(dated: Sequence[MemberList], date: str) -> MemberList:
    return next(members for members in dated if members.list_date == date)


def _within(members: MemberList, end: str) -> bool:
    return members.list_date <= end and within_months(members.days[0], end, COMPARABLE_MONTHS)


def _date(inside: Mapping[str, MemberList], network_id: str) -> str:
    return inside[network_id].list_date if network_id in inside else ""
