"""Which recorded bodies that are no municipalities a row may mean that a rule took for another kind of body, under another print."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from citynet.history.doubtful import doubt
from citynet.history.printed import Printed
from citynet.history.resemblance import strength
from citynet.model import Place, Resolution
from citynet.pipelines.printed import printed
from citynet.places.gazetteer import Gazetteer

_MUNICIPAL = ("municipality", "settlement")
_RULES = ("marker:", "region:", "district:")


def with_bodies_meant(name: str, country: str, found: Resolution, bodies: Iterable[Place], gazetteer: Gazetteer) -> Resolution:
    """The resolution with the recorded bodies among its suggestions that the row may be by the rules that compare two lists.

    A page that prints Barcelona Provincial Council for Diputació de Barcelona has not lost it; who that is waits for a person.
    """
    if found.place_id or not found.route.startswith(_RULES):
        return found
    row = printed(name, country, "", found, gazetteer)
    others = (body for body in bodies if body.place_kind not in _MUNICIPAL and body.country in ("", row.country or body.country))
    meant = []
    for body in others:
        other = _as_printed(body, gazetteer)
        if strength(row, other) or doubt(row, other)[0]:
            meant.append(body.place_id)
    return replace(found, suggestions=tuple(dict.fromkeys((*found.suggestions, *sorted(meant)))))


@lru_cache(maxsize=2**14)
def _as_printed(body: Place, gazetteer: Gazetteer) -> Printed:
    """The row that prints a recorded body by its own name; made once, since each name that a rule takes for a body is held against all."""
    known = Resolution("resolved", place_id=body.place_id, place_kind=body.place_kind, country=body.country, route="primary_name")
    return printed(body.name, body.country, "", known, gazetteer)
