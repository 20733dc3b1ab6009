"""Names of countries with a script of their own, which languages with the Latin one spell each in their way: Shushtar, Chouchtar."""

import re
from collections import defaultdict
from collections.abc import Iterable

from citynet.history.counterparts import Body, Counterparts
from citynet.history.likeness import likeness
from citynet.history.other_bodies import regions_meant
from citynet.history.printed import Printed

OTHER_SCRIPT = frozenset(
    re.findall(
        r"\w+",
        """AE AF AM BD BG BH BT BY CN CY DZ EG ER ET GE GR IL IN IQ IR JO JP KG KH KR KW KZ LA LB LK LY MA MK MM MN MR NP OM PK PS
        QA RS RU SA SD SY TH TJ TN TW UA YE""",
    )
)
"""Countries whose places are at home in another script than the Latin one."""
LEAST = 70
"""Likeness from which two spellings may be of one name, where nothing else is left over in the country."""
SHORTEST = 6


def spelt_from_another_script(found: Counterparts) -> tuple[tuple[Body, Body], ...]:
    """The pairs that are the only ones left over in a country with another script, and are alike in spelling; not two matched ones."""
    gone, come = (_by_country(side.values()) for side in (found.gone, found.come))
    pairs = []
    for country in sorted(gone.keys() & come.keys() & OTHER_SCRIPT):
        (old, *olds), (new, *news) = gone[country], come[country]
        one, other = old.first, new.first
        known = (one.place_id and other.place_id) or any(row.kinds or _is_known(row) for row in (one, other))
        if not (olds or news or known) and min(len(one.key), len(other.key)) >= SHORTEST and likeness(one.key, other.key) >= LEAST:
            pairs.append((old, new))
    return tuple(pairs)


def _is_known(row: Printed) -> bool:
    """Whether a name without a place is that of another one, or may mean a region."""
    return bool(regions_meant(row)) or (not row.place_id and bool(row.may_be or row.could_be))


def _by_country(bodies: Iterable[Body]) -> dict[str, list[Body]]:
    found: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        found[body.first.country].append(body)
    return found
