"""Two lists of regions in two languages: a name of which nothing is known may there be any that is left over in its country."""

from collections.abc import Iterator

from citynet.history.counterparts import Body, Counterparts
from citynet.history.other_bodies import regions_meant

LEAST = 10
"""Bodies on both lists by which they are known to be in two languages."""
OF_TWO_LANGUAGES = 3
"""One body in so many has another name on the other list."""


def unknown_in_translation(found: Counterparts) -> Iterator[tuple[Body, bool]]:
    """Each body left over that may be one of the other list whose name nobody knows, and whether it is on the old list.

    Gazetteers have the names of regions in few languages and of few years: Cornouailles, Cornwall; Nord-Pas de Calais, Hauts-de-France.
    """
    if not (_of_regions(found) and _in_two_languages(found)):
        return
    gone, come = list(found.gone.values()), list(found.come.values())
    for olds, news, is_old in ((gone, come, True), (come, gone, False)):
        unknown = [new for new in news if _is_unknown(new)]
        for old in olds:
            others = news if _is_unknown(old) else unknown
            if any(_may_share_a_country(old, other) for other in others):
                yield old, is_old


def _of_regions(found: Counterparts) -> bool:
    """Whether half of what both lists have are regions, or names of regions."""
    rows = [[body.first for body in pair] for pair in found.pairs]
    regions = sum(any(row.kinds or (regions_meant(row) and not row.place_id) for row in pair) for pair in rows)
    return regions * 2 >= len(rows)


def _in_two_languages(found: Counterparts) -> bool:
    other = sum(not pair[0].first.forms & pair[1].first.forms for pair in found.pairs)
    return len(found.pairs) >= LEAST and other * OF_TWO_LANGUAGES >= len(found.pairs)


def _is_unknown(body: Body) -> bool:
    row = body.first
    return not (row.place_id or row.may_be or row.could_be or row.areas)


def _may_share_a_country(one: Body, other: Body) -> bool:
    """Whether the countries in which both may lie have one in common; a row without any lies anywhere only if its name is unknown too."""
    lands, others = one.first.lands, other.first.lands
    return bool(lands & others) or (not (lands and others) and _is_unknown(one) and _is_unknown(other))
