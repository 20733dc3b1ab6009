"""Random lists with every network's size and every place's number of memberships kept, compiled.

Imported inside functions only: importing it loads numba. Two networks trade: the places that only one of them has, and both may
have, are dealt anew, each keeping its number (curveball: Strona et al. 2014; on sorted lists in one pass: fastball, Godard and Neal
2022). One global trade lets every network trade once (Carstens et al. 2018). Where rules keep networks from places, three networks
also hand on one place each in a ring, which reaches lists that trades of two cannot. Where members of one network must belong to
another, a place moves into or out of a network only while it is on the other's list. Each step is as likely as its reverse, so
that all lists that can be reached are equally likely in the long run. With ineligible cells these need not be all that there are; p of a
walk both ways from the observed lists holds on those reached.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Places = NDArray[np.int32]
Counts = NDArray[np.int64]
Marks = NDArray[np.bool_]
Owners = NDArray[np.int8]
Chance = np.random.Generator

ONLY_FIRST, ONLY_SECOND, SETTLED_FIRST, SETTLED_SECOND, BOTH = 0, 1, 2, 3, 4
RINGS_EVERY = 8
"""One step of so many, on average, hands on in rings instead of trading."""


@njit(cache=True, nogil=True)
def walk(
    members: Places,
    start: Counts,
    block: Places,
    pattern: Places,
    allowed: Marks,
    nested: Counts,
    begin: Counts,
    observed: Counts,
    slots: Counts,
    steps: int,
    rings: bool,
    chance: Chance,
    total: Counts,
    square: Counts,
    at_least: Counts,
    at_most: Counts,
) -> int:
    """Walks on from `members`, in place, with `steps` steps to each of the samples that `slots` names; counts what pairs share.

    Places trade within their block only. nested: pairs of networks of which members of the first must belong to the second.
    begin: the memberships of the places before each one, added up. rings: whether places are handed on in rings too. A sample adds
    to total[slot] and square[slot], networks by networks (upper half), and to at_least and at_most where it shares as many as
    `observed`. Gives the number of samples whose margins are as they were, which a caller holds against len(slots).
    """
    item, owner, held = np.empty(len(members), np.int32), np.empty(len(members), np.int8), np.empty(len(members), np.int32)
    order, fill = np.arange(len(start) - 1), np.empty(len(begin), np.int64)
    for n in range(len(slots)):
        for _ in range(steps):
            if rings and chance.random() * RINGS_EVERY < 1:
                for _ring in range(len(order)):
                    _ring_of_three(members, start, block, pattern, allowed, nested, chance)
            else:
                _global_trade(members, start, block, pattern, allowed, nested, chance, order, item, owner)
        shared = np.zeros((len(order), len(order)), np.int64)
        if not _count(members, start, begin, fill, held, shared):
            return n
        _tally(shared, observed, total[slots[n]], square[slots[n]], at_least, at_most)
    return len(slots)


@njit(cache=True, nogil=True)
def _tally(shared: Counts, observed: Counts, total: Counts, square: Counts, at_least: Counts, at_most: Counts) -> None:
    """Adds what the pairs of networks share in a sample to its slot, and whether it is as many as observed."""
    for a in range(len(shared)):
        for b in range(a + 1, len(shared)):
            x = shared[a, b]
            total[a, b] += x
            square[a, b] += x * x
            at_least[a, b] += x >= observed[a, b]
            at_most[a, b] += x <= observed[a, b]


@njit(cache=True, nogil=True)
def _global_trade(
    members: Places,
    start: Counts,
    block: Places,
    pattern: Places,
    allowed: Marks,
    nested: Counts,
    chance: Chance,
    order: Counts,
    item: Places,
    owner: Owners,
) -> None:
    """Pairs the networks at random; each pair trades."""
    for n in range(len(order) - 1, 0, -1):
        other = int(chance.random() * (n + 1))
        order[n], order[other] = order[other], order[n]
    for n in range(0, len(order) - 1, 2):
        a, b = order[n], order[n + 1]
        count = _lay_out(members, start, a, b, pattern, allowed, item, owner)
        _settle(members, start, a, b, nested, item, owner, count)
        _deal(block, chance, item, owner, count)
        _take_up(members, start[a], start[b], item, owner, count)


@njit(cache=True, nogil=True)
def _lay_out(members: Places, start: Counts, a: int, b: int, pattern: Places, allowed: Marks, item: Places, owner: Owners) -> int:
    """The places of both networks, merged in order, and whose they are; settled where only one of the two may have them."""
    i, j, count = start[a], start[b], 0
    while i < start[a + 1] or j < start[b + 1]:
        if j == start[b + 1] or (i < start[a + 1] and members[i] < members[j]):
            place = members[i]
            owner[count] = ONLY_FIRST if allowed[pattern[place], b] else SETTLED_FIRST
            i += 1
        elif i == start[a + 1] or members[j] < members[i]:
            place = members[j]
            owner[count] = ONLY_SECOND if allowed[pattern[place], a] else SETTLED_SECOND
            j += 1
        else:
            place = members[i]
            owner[count] = BOTH
            i += 1
            j += 1
        item[count] = place
        count += 1
    return count


@njit(cache=True, nogil=True)
def _settle(members: Places, start: Counts, a: int, b: int, nested: Counts, item: Places, owner: Owners, count: int) -> None:
    """Settles the free places that the two may not exchange while the other networks have the lists that they have."""
    for n in range(len(nested)):
        if nested[n, 0] == a or nested[n, 0] == b or nested[n, 1] == a or nested[n, 1] == b:
            for k in range(count):
                if owner[k] <= ONLY_SECOND and not _may_pass(members, start, item[k], a, b, nested):
                    owner[k] += SETTLED_FIRST
            return


@njit(cache=True, nogil=True)
def _may_pass(members: Places, start: Counts, place: int, a: int, b: int, nested: Counts) -> bool:
    """Whether a place that one of two networks has may pass to the other: all parents of either have it, and no child of either does.

    Between a network and its own parent no place passes: the child would have what the parent has given away.
    """
    for n in range(len(nested)):
        child, parent = nested[n, 0], nested[n, 1]
        if child in (a, b) and not (parent != a and parent != b and _has(members, start, parent, place)):
            return False
        if parent in (a, b) and _has(members, start, child, place):
            return False
    return True


@njit(cache=True, nogil=True)
def _deal(block: Places, chance: Chance, item: Places, owner: Owners, count: int) -> None:
    """Deals the free places of each block anew: every choice of as many for the first network is equally likely."""
    at = 0
    while at < count:
        end, free, first = at, 0, 0
        while end < count and block[item[end]] == block[item[at]]:
            if owner[end] <= ONLY_SECOND:
                free += 1
                first += owner[end] == ONLY_FIRST
            end += 1
        if 0 < first < free:
            for k in range(at, end):
                if owner[k] <= ONLY_SECOND:
                    mine = chance.random() * free < first
                    owner[k] = ONLY_FIRST if mine else ONLY_SECOND
                    first -= mine
                    free -= 1
        at = end


@njit(cache=True, nogil=True)
def _take_up(members: Places, at_a: int, at_b: int, item: Places, owner: Owners, count: int) -> None:
    """Writes the dealt places back, still in order."""
    for k in range(count):
        if owner[k] == BOTH or owner[k] == ONLY_FIRST or owner[k] == SETTLED_FIRST:
            members[at_a] = item[k]
            at_a += 1
        if owner[k] == BOTH or owner[k] == ONLY_SECOND or owner[k] == SETTLED_SECOND:
            members[at_b] = item[k]
            at_b += 1


@njit(cache=True, nogil=True)
def _ring_of_three(members: Places, start: Counts, block: Places, pattern: Places, allowed: Marks, nested: Counts, chance: Chance) -> None:
    """One place of each of three random networks is handed on to the next, if all are of one block, wanted and allowed."""
    n = len(start) - 1
    a, b, c = int(chance.random() * n), int(chance.random() * n), int(chance.random() * n)
    empty = min(start[a + 1] - start[a], start[b + 1] - start[b], start[c + 1] - start[c]) == 0
    if empty or a == b or b == c or c == a:
        return
    i = start[a] + int(chance.random() * (start[a + 1] - start[a]))
    j = start[b] + int(chance.random() * (start[b + 1] - start[b]))
    k = start[c] + int(chance.random() * (start[c + 1] - start[c]))
    p, q, r = members[i], members[j], members[k]
    if block[p] != block[q] or block[q] != block[r] or not (allowed[pattern[q], a] and allowed[pattern[r], b] and allowed[pattern[p], c]):
        return
    if _has(members, start, a, q) or _has(members, start, b, r) or _has(members, start, c, p):
        return
    passes = _may_pass(members, start, q, b, a, nested) and _may_pass(members, start, r, c, b, nested)
    if not (passes and _may_pass(members, start, p, a, c, nested)):
        return
    _replace(members, start, a, i, q)
    _replace(members, start, b, j, r)
    _replace(members, start, c, k, p)


@njit(cache=True, nogil=True)
def _has(members: Places, start: Counts, network: int, place: int) -> bool:
    """Whether the network's sorted list holds the place."""
    low, high = start[network], start[network + 1]
    while low < high:
        middle = (low + high) // 2
        if members[middle] < place:
            low = middle + 1
        else:
            high = middle
    return bool(low < start[network + 1] and members[low] == place)


@njit(cache=True, nogil=True)
def _replace(members: Places, start: Counts, network: int, at: int, place: int) -> None:
    """Puts the place where another stood and moves it to its turn."""
    members[at] = place
    while at > start[network] and members[at - 1] > members[at]:
        members[at - 1], members[at] = members[at], members[at - 1]
        at -= 1
    while at < start[network + 1] - 1 and members[at + 1] < members[at]:
        members[at + 1], members[at] = members[at], members[at + 1]
        at += 1


@njit(cache=True, nogil=True)
def _count(members: Places, start: Counts, begin: Counts, fill: Counts, held: Places, shared: Counts) -> bool:
    """Adds up what each two networks share; False where a place has more or fewer memberships than before, or a list a place twice."""
    for place in range(len(begin)):
        fill[place] = begin[place]
    for network in range(len(start) - 1):
        for n in range(start[network], start[network + 1]):
            place = members[n]
            if fill[place] == begin[place + 1] or (n > start[network] and members[n - 1] >= place):
                return False
            for other in range(begin[place], fill[place]):
                shared[held[other], network] += 1
            held[fill[place]] = network
            fill[place] += 1
    return True
