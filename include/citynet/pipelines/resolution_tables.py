"""Table resolution_rates: each name of the newest accepted listings with the classes that it belongs or may belong to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from citynet.analysis.resolution_rates import PrintedName, resolution_rates
from citynet.model import MAX_CANDIDATES, Place, Resolution, Row
from citynet.pipelines.names import Names
from citynet.pipelines.place_tables import Described, describe
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.views import View
from citynet.places.lookup import find_place
from citynet.statistics.joining import size_class
from citynet.statistics.values import Municipality

ANY: frozenset[str] = frozenset()
"""The classes of a name that may belong to any."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a place that a name may mean; "" where it is not."""

    country: str
    size_class: str


def rate_rows(views: Sequence[View], names: Names, described: Described, statistics: Statistics, as_of: str) -> list[Row]:
    """Table resolution_rates. described: the bodies of the release; the candidates of open names are described here."""
    printed = [(view.network.id, found) for view in views for found in _newest(view)]
    candidates = _candidates((found for _, found in printed), names, described, statistics)
    return resolution_rates([_name(network_id, found, candidates) for network_id, found in printed], as_of)


def _newest(view: View) -> list[Resolution]:
    """The names of the newest listing, each name and country once."""
    if not view.lists:
        return []
    rows, found = view.lists[-1].listing.rows, view.lists[-1].resolutions
    once = {(row.name_as_published, row.country_as_published): answer for row, answer in zip(rows, found, strict=True)}
    return [once[key] for key in sorted(once)]


def _candidates(printed: Iterable[Resolution], names: Names, described: Described, statistics: Statistics) -> dict[str, Candidate]:
    """Every place that a name means or may mean, with its country and size class."""
    asked = {place_id for found in printed for place_id in (found.place_id, *found.candidates) if place_id}
    places = {p: place for p in sorted(asked) if (place := find_place(p, gazetteer=names.gazetteer, judgements=names.judgements))}
    others = [p for p, place in places.items() if not {p, place.municipality_id} & described.places.keys()]
    more = describe(others, names, statistics).municipalities if others else {}
    units = {**more, **described.municipalities}
    return {p: Candidate(place.country, _size_class(place, units)) for p, place in places.items()}


def _size_class(place: Place, units: Mapping[str, Municipality | None]) -> str:
    unit = units.get(place.municipality_id or place.place_id)
    return (size_class(unit.population) or "") if unit else ""


def _name(network_id: str, found: Resolution, candidates: Mapping[str, Candidate]) -> PrintedName:
    meant = _meant(found, candidates)
    country = frozenset({found.country}) if found.country else frozenset(c.country for c in meant)
    sizes = frozenset(c.size_class for c in meant)
    return PrintedName(
        verdict=found.verdict,
        judged=found.route.startswith("judgement:"),
        classes={
            "all": frozenset({"all"}),
            "network": frozenset({network_id}),
            "country": country,
            "place_kind": frozenset({found.place_kind}) if found.place_kind else ANY,
            "municipality_size_class": ANY if "" in sizes else sizes,
        },
    )


def _meant(found: Resolution, candidates: Mapping[str, Candidate]) -> list[Candidate]:
    """The places of which the name means one; none where it may mean any.

    With the most candidates that a resolution tells there may be more of them; a name that is no city means none.
    """
    if found.verdict == "resolved":
        return [candidates[found.place_id]]
    if found.verdict != "review" or len(found.candidates) >= MAX_CANDIDATES or not all(p in candidates for p in found.candidates):
        return []
    return [candidates[p] for p in found.candidates]
