"""Networks by municipalities: who is in what, and who may be, as arrays that counting and sampling work on."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from citynet.analysis.lists import MemberList

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Eligible:
    """The municipalities that there are, and which of them may join each network by its own rules.

    countries: ISO code of each of place_ids, "" where not known. may_join: network_id -> one mark for each of place_ids; a
    network without an entry is open to all of them. belongs: network_id -> the networks to which its members must belong;
    assumed: networks whose rules nobody knows, so that their marks are an assumption.
    """

    place_ids: Sequence[str] = ()
    countries: Sequence[str] = ()
    may_join: Mapping[str, "NDArray[np.bool_]"] = field(default_factory=dict)
    belongs: Mapping[str, Collection[str]] = field(default_factory=dict)
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Which municipalities each network has and may have, one list a network.

    The members of network i are members[start[i]:start[i + 1]], ascending numbers of places. country: number of each place's country,
    ascending, so that a country's places stand together. Places that may join the same networks have one pattern;
    allowed[pattern, network] says which those are. outside_rules: memberships that the rules or the known places do not foresee.
    nested: pairs of numbers of networks; members of the first must be on the list of the second too.
    """

    networks: tuple[str, ...]
    places: tuple[str, ...]
    start: "NDArray[np.int64]"
    members: "NDArray[np.int32]"
    country: "NDArray[np.int32]"
    pattern: "NDArray[np.int32]"
    allowed: "NDArray[np.bool_]"
    outside_rules: int
    nested: "NDArray[np.int64]"

    def of(self, network: int, members: "NDArray[np.int32]") -> "NDArray[np.int32]":
        """The numbers of the places of a network in lists of these sizes."""
        return members[self.start[network] : self.start[network + 1]]

    @property
    def sizes(self) -> "NDArray[np.int64]":
        """Members of each network."""
        return self.start[1:] - self.start[:-1]

    @property
    def memberships(self) -> "NDArray[np.int64]":
        """Networks of each place."""
        import numpy as np

        return np.bincount(self.members, minlength=len(self.places)).astype(np.int64)


def incidence(lists: Sequence[MemberList], eligible: Eligible | None = None) -> Incidence:
    """The lists, one a network, as an incidence; without `eligible` the listed municipalities are all that there are.

    Whoever is a member was let in, so each membership is an eligible cell whatever the rules say. A member that is none of the
    known places may be in every network that lists such a place of the same country.
    ValueError: two lists of one network, or marks that do not fit the places.
    """
    import numpy as np

    networks = tuple(sorted(members.network_id for members in lists))
    of = {members.network_id: members for members in lists}
    if len(of) != len(networks):
        raise ValueError(f"incidence: expected one list a network, got two of {Counter(networks).most_common(1)[0][0]}")
    known = eligible or Eligible()
    countries = _countries(lists, known)
    places = tuple(sorted(countries, key=lambda place: (countries[place], place)))
    number = {place: n for n, place in enumerate(places)}
    rows = [np.sort(np.array([number[p] for p in of[name].municipality_ids], dtype=np.int32)) for name in networks]
    start = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    members = np.concatenate([*rows, np.empty(0, np.int32)])
    codes = {code: n for n, code in enumerate(sorted({*countries.values()}))}
    country = np.array([codes[countries[place]] for place in places], dtype=np.int32)
    may = np.ones((len(places), len(networks)), bool) if eligible is None else _may(networks, rows, known, number, country)
    owner = np.repeat(np.arange(len(networks)), np.diff(start))
    outside = int((~may[members, owner]).sum())
    may[members, owner] = True
    pattern, allowed = _patterns(may)
    return Incidence(networks, places, start, members, country, pattern, allowed, outside, _nested(networks, known))


def within_parents(table: Incidence) -> Incidence:
    """The same table where whoever must belong to another network may join only if it stands on that network's list as it is.

    For models that draw each network apart and so cannot look at the other's list; whoever is a member was let in all the same.
    """
    import numpy as np

    if not len(table.nested):
        return table
    may = table.allowed[table.pattern]
    for child, parent in table.nested.tolist():
        on_the_list = np.zeros(len(table.places), bool)
        on_the_list[table.of(parent, table.members)] = True
        may[:, child] &= on_the_list
    owner = np.repeat(np.arange(len(table.networks)), table.sizes)
    may[table.members, owner] = True
    pattern, allowed = _patterns(may)
    return replace(table, pattern=pattern, allowed=allowed)


def shared_counts(table: Incidence) -> "NDArray[np.int64]":
    """Networks by networks: how many municipalities each two share; on the diagonal how many each has."""
    import numpy as np
    from scipy.sparse import csr_array  # type: ignore[import-untyped]

    shape = len(table.networks), len(table.places)
    of = csr_array((np.ones(len(table.members), np.int32), table.members, table.start), shape=shape)
    return np.asarray((of @ of.T).toarray(), dtype=np.int64)


def jointly_eligible(table: Incidence) -> "NDArray[np.int64]":
    """Networks by networks: how many municipalities may be in both; on the diagonal how many may be in each."""
    import numpy as np

    allowed = table.allowed.astype(float)
    count = np.bincount(table.pattern, minlength=len(allowed))
    return np.asarray(np.rint((allowed * count[:, None]).T @ allowed), dtype=np.int64)


def jointly_eligible_members(table: Incidence) -> "NDArray[np.int64]":
    """[a, b]: how many members of network a may be in b too."""
    import numpy as np

    owner = np.repeat(np.arange(len(table.networks)), table.sizes)
    count = np.zeros((len(table.networks), len(table.allowed)))
    np.add.at(count, (owner, table.pattern[table.members]), 1)
    return np.asarray(np.rint(count @ table.allowed), dtype=np.int64)


def _nested(networks: Sequence[str], known: Eligible) -> "NDArray[np.int64]":
    """Child and parent of which both lists are here, by number, sorted."""
    import numpy as np

    number = {name: n for n, name in enumerate(networks)}
    pairs = ((child, parent) for child, parents in known.belongs.items() for parent in parents if {child, parent} <= number.keys())
    return np.array(sorted((number[child], number[parent]) for child, parent in pairs), dtype=np.int64).reshape(-1, 2)


def _countries(lists: Sequence[MemberList], known: Eligible) -> dict[str, str]:
    """Place -> country of all places; a list's own word counts only where the place is none of the known."""
    countries = dict(zip(known.place_ids, known.countries, strict=True))
    for members in lists:
        for place in members.municipality_ids:
            if place not in countries:
                countries[place] = members.countries.get(place, "")
    return countries


def _may(
    networks: Sequence[str], rows: Sequence["NDArray[np.int32]"], known: Eligible, number: Mapping[str, int], country: "NDArray[np.int32]"
) -> "NDArray[np.bool_]":
    """Places by networks: the rules for the known places, and the members' countries for the others."""
    import numpy as np

    at = np.array([number[place] for place in known.place_ids], dtype=np.int64)
    unknown = np.ones(len(number), bool)
    unknown[at] = False
    may = np.zeros((len(number), len(networks)), bool)
    for n, (name, row) in enumerate(zip(networks, rows, strict=True)):
        marks = known.may_join.get(name)
        if marks is not None and len(marks) != len(at):
            raise ValueError(f"incidence: {name}: expected {len(at)} marks of who may join, got {len(marks)}")
        may[at, n] = True if marks is None else marks
        may[unknown & np.isin(country, country[row[unknown[row]]]), n] = True
    return may


def _patterns(may: "NDArray[np.bool_]") -> tuple["NDArray[np.int32]", "NDArray[np.bool_]"]:
    """Number of each place's pattern, and the patterns: packed to bits, because places are many and rules are few."""
    import numpy as np

    if may.all():
        return np.zeros(len(may), np.int32), np.ones((1, may.shape[1]), bool)
    packed = np.ascontiguousarray(np.packbits(may, axis=1))
    _, first, pattern = np.unique(packed.view(np.dtype((np.void, packed.shape[1]))).ravel(), return_index=True, return_inverse=True)
    return pattern.astype(np.int32), may[first]
