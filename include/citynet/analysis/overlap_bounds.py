"""How far names that are matched to no place could move what two lists share."""

from citynet.analysis.lists import MemberList

BOUNDED = ("n_a", "n_b", "shared", "jaccard", "overlap_coefficient", "containment_a", "containment_b")
"""The figures of a pair of lists that have bounds."""
Bounds = tuple[float, float]


def overlap_bounds(a: MemberList, b: MemberList) -> dict[str, Bounds]:
    """Figure -> its smallest and largest value over everything that the unmatched names of both lists may be, exactly.

    Each may be any municipality that its list does not have yet, on the other list or not, the same as an unmatched name of the other
    list, or none (a region, or one that is listed already). A ratio of a list without a known municipality has no bounds.
    """
    n_a, n_b, shared = len(a.municipality_ids), len(b.municipality_ids), len(a.municipality_ids & b.municipality_ids)
    most_a, most_b = n_a + a.unresolved, n_b + b.unresolved
    # Most is shared where names first meet what the other list is known to have, and those left over meet each other.
    from_b, from_a = min(a.unresolved, n_b - shared), min(b.unresolved, n_a - shared)
    met = min(a.unresolved - from_b, b.unresolved - from_a)
    most, full_a, full_b = shared + from_b + from_a + met, n_a + from_b + met, n_b + from_a + met
    found: dict[str, Bounds] = {"n_a": (n_a, most_a), "n_b": (n_b, most_b), "shared": (shared, most)}
    # Least is shared, of most, where every name is a municipality of its own list alone.
    for name, of, fewest, widest in (
        ("jaccard", n_a + n_b - shared, full_a + full_b - most, most_a + most_b - shared),
        ("overlap_coefficient", min(n_a, n_b), min(full_a, full_b), min(most_a, most_b)),
        ("containment_a", n_a, full_a, most_a),
        ("containment_b", n_b, full_b, most_b),
    ):
        if of:
            found[name] = (shared / widest, most / fewest)
    return found
