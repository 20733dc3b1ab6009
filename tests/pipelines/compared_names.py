"""Two lists of one country compared as `citynet compare` does, for tests that look at single names."""

from citynet.pipelines.comparing import ListedName, compare_lists, in_no_network
from citynet.pipelines.names import Names


def changes(names: Names, country: str, old: list[str], new: list[str]) -> set[tuple[str, str, str]]:
    """Change, old and new name of every difference."""
    before, after = ([ListedName(name, country, "") for name in side] for side in (old, new))
    return {(d.change, d.name_old, d.name_new) for d in compare_lists(before, after, in_no_network(names), names)}
