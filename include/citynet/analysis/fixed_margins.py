"""What two networks would share if sizes of lists and general joining of cities were all there is: sampled lists with fixed margins."""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from citynet.analysis.incidence import Incidence, shared_counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLES = 10_000
STEPS = 3
"""Global trades between two samples."""
SLICES = 40
"""The chain is cut into so many slices of equal length: their means show whether it has come to rest."""
SEGMENTS = 8
"""So many segments of the chain are compared, as if they were chains of their own (split R-hat)."""


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """What the samples share, networks by networks (upper half): mean and standard deviation.

    at_least, at_most: samples that share at least, at most, as many as observed. r_hat: split R-hat, 1 where the segments of the
    chain agree. effective: how many independent samples tell as much about the mean; both are NaN where no sample differs.
    moved: share of the memberships that stand elsewhere at the chain's ends.
    """

    samples: int
    mean: "NDArray[np.float64]"
    deviation: "NDArray[np.float64]"
    at_least: "NDArray[np.int64]"
    at_most: "NDArray[np.int64]"
    r_hat: "NDArray[np.float64]"
    effective: "NDArray[np.float64]"
    moved: float


def sample_fixed_margins(table: Incidence, seed: str, *, within_country: bool, samples: int = SAMPLES, steps: int = STEPS) -> Sampled:
    """Lists with the observed margins: each network's size, each place's memberships and who may join at all, by then being on the
    lists of the networks that one must belong to.

    within_country: each network's number of members in every country is kept too. The observed lists stand at a random place of
    one chain, walked both ways from them, so that (1 + at_least) / (1 + samples) is a valid p-value however slowly the chain
    mixes (Besag and Clifford 1989); slow mixing would cost power, which r_hat and effective show. seed: any name; the same name
    gives the same samples. AssertionError: a sample without the observed margins or with a member that may not join.
    """
    import numpy as np

    from citynet.analysis.fastball import walk

    chance = named_generator(seed)
    block = table.country if within_country else np.zeros_like(table.country)
    shape = len(table.networks), len(table.networks)
    total, square = np.zeros((SLICES, *shape), np.int64), np.zeros((SLICES, *shape), np.int64)
    at_least, at_most = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    observed, slots = shared_counts(table), np.arange(samples) * SLICES // max(samples, 1)
    turn = int(chance.integers(samples + 1))
    begin, rings = np.concatenate([[0], np.cumsum(table.memberships)]), not table.allowed.all() or len(table.nested) > 0
    moved = []
    for arm in (slots[:turn][::-1], slots[turn:]):
        members = table.members.copy()
        rules = table.start, block, table.pattern, table.allowed, table.nested, begin
        walked = walk(members, *rules, observed, np.ascontiguousarray(arm), steps, rings, chance, total, square, at_least, at_most)
        assert walked == len(arm), f"fixed margins: sample {walked} of {len(arm)} has other margins than the observed lists"
        _assert_kept(table, members, block)
        moved += [_moved(table, members)] * (len(arm) > 0)
    per_slice = np.bincount(slots, minlength=SLICES)
    return _summed(samples, per_slice, total, square, at_least, at_most, float(np.mean(moved)) if moved else 0.0)


def named_generator(name: str) -> "np.random.Generator":
    """A generator of random numbers that belongs to a name."""
    import numpy as np

    return np.random.Generator(np.random.PCG64(int.from_bytes(sha256(name.encode()).digest(), "big")))


def _assert_kept(table: Incidence, members: "NDArray[np.int32]", block: "NDArray[np.int32]") -> None:
    """Who may not join has not joined, by the rules or for not belonging, and each network has as many members of each block."""
    import numpy as np

    owner = np.repeat(np.arange(len(table.networks)), table.sizes)
    assert table.allowed[table.pattern[members], owner].all(), "fixed margins: a place came into a network that it may not join"
    for child, parent in table.nested.tolist():
        was, now = (np.setdiff1d(table.of(child, lists), table.of(parent, lists)) for lists in (table.members, members))
        assert np.array_equal(was, now), "fixed margins: a place came into a network without belonging where its members must"
    before, after = (np.unique(np.stack([owner, block[of]]), axis=1, return_counts=True) for of in (table.members, members))
    assert all(np.array_equal(x, y) for x, y in zip(before, after, strict=True)), "fixed margins: a network's country counts moved"


def _moved(table: Incidence, members: "NDArray[np.int32]") -> float:
    """The share of memberships that the observed lists do not have."""
    import numpy as np

    owner = np.repeat(np.arange(len(table.networks)), table.sizes) * len(table.places)
    return float(1 - np.isin(owner + members, owner + table.members).mean()) if len(members) else 0.0


def _summed(
    samples: int,
    per_slice: "NDArray[np.int64]",
    total: "NDArray[np.int64]",
    square: "NDArray[np.int64]",
    at_least: "NDArray[np.int64]",
    at_most: "NDArray[np.int64]",
    moved: float,
) -> Sampled:
    """Mean and deviation over all samples; R-hat from segments, the effective number from the means of the slices."""
    import numpy as np

    mean = total.sum(axis=0) / max(samples, 1)
    variance = np.maximum(square.sum(axis=0) / max(samples, 1) - mean**2, 0)
    segment = np.arange(SLICES) * SEGMENTS // SLICES
    of_segment = np.stack([total[segment == s].sum(axis=0) for s in range(SEGMENTS)])
    length = np.array([per_slice[segment == s].sum() for s in range(SEGMENTS)])[:, None, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = ((of_segment / length - mean) ** 2).sum(axis=0) / (SEGMENTS - 1)
        within = (square.sum(axis=0) - (of_segment**2 / length).sum(axis=0)) / (samples - SEGMENTS)
        spread = ((total / per_slice[:, None, None] - mean) ** 2).sum(axis=0) / (SLICES - 1)
        r_hat = np.sqrt((samples / SEGMENTS - 1) / (samples / SEGMENTS) + between / within)
        effective = np.minimum(SLICES * variance / spread, samples)
    return Sampled(samples, mean, np.sqrt(variance), at_least, at_most, r_hat, effective, moved)
