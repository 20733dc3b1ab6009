"""Municipalities merged into another one on a day that nobody recorded, by ids, for the histories of networks."""

from citynet.history.unrecorded import UnrecordedMerger
from citynet.pipelines.names import Names
from citynet.places.former import FormerMunicipality


def unrecorded_mergers(names: Names) -> tuple[UnrecordedMerger, ...]:
    """The former municipalities of which both the body and its heir have an id, in the order of their file."""
    lines = (line for line in names.former_municipalities() if line.place_id)
    found = ((line, heir_id(line, names)) for line in lines)
    return tuple(UnrecordedMerger(line.place_id, heir, line.listed) for line, heir in found if heir)


def heir_id(line: FormerMunicipality, names: Names) -> str:
    """The place that the municipality is a part of: by id, else the only municipality of the country, or body that a person added, with
    the name; "" where there is none or several."""
    if line.successor_id:
        return line.successor_id
    bodies = names.judgements.bodies
    added = {i for key in line.successor_keys for i in names.judgements.body_names.get(key, ()) if bodies[i].country == line.country}
    borne = (named.place for key in line.successor_keys for named in names.gazetteer.bearers(key, (line.country,)))
    found = added | {place.place_id for place in borne if place.place_kind == "municipality"}
    return next(iter(found)) if len(found) == 1 else ""
