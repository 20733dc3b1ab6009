"""Members that are a part of another member: towns gone from a list on which the municipality stays that they lie in."""

from collections.abc import Iterator

from citynet.history.counterparts import Body, Counterparts


def gone_into_a_member(found: Counterparts) -> Iterator[tuple[Body, Body]]:
    """Each body gone that is a town in a municipality which both lists have, with that municipality as the new list prints it.

    It was a municipality of its own and was united with that one, or a part of it that was a member beside it and left: nobody can tell
    (Ribe, Esbjerg).
    """
    stays = {pair[1].first.place_id: pair[1] for pair in found.pairs}
    for body in found.gone.values():
        row = body.first
        if row.place_kind == "settlement" and row.municipality_id != row.place_id and row.municipality_id in stays:
            yield body, stays[row.municipality_id]
