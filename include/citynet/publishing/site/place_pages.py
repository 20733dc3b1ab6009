"""What the pages of cities and other bodies show."""

from typing import Any

from citynet.model import Row
from citynet.publishing.site.context import Data, alphabetical, grouped_by, name_of
from citynet.publishing.site.countries import country_name


def city_page(data: Data, place_id: str, place: Row) -> dict[str, Any]:
    """One body: its memberships, those of bodies that lie in it, its statistics, and which of its networks are related."""
    connectivity = data.connectivity.get(place_id)
    counted = set(str(connectivity["network_ids"] or "").split(";")) if connectivity else set()
    inside = [p for p in data.places.values() if p["municipality_id"] == place_id and p["place_id"] != place_id]
    return {
        "place": place,
        "connectivity": connectivity,
        "memberships": _memberships(data, place_id),
        "inside": [
            (p, _memberships(data, str(p["place_id"]))) for p in sorted(inside, key=lambda p: (alphabetical(p["name"]), str(p["place_id"])))
        ],
        "related": [r for r in data.tables["network_relations"] if {str(r["network_id"]), str(r["to_network_id"])} <= counted],
        "statistics": [s for s in data.tables["city_statistics"] if s["place_id"] == place_id],
        "printed": printed_names(data, place_id),
    }


def printed_names(data: Data, place_id: str) -> list[str]:
    """How lists print the body where that is not our name of it, in alphabetical order."""
    printed = {str(m["name_as_published"]) for m in data.by_place.get(place_id, ()) if m["name_as_published"]}
    return sorted(printed - {name_of(data.places, place_id)}, key=lambda name: (alphabetical(name), name))


def countries(data: Data) -> list[tuple[str, str, list[Row]]]:
    """Code, name and listed bodies of each country, in alphabetical order of names."""
    listed = [p for place_id, p in data.places.items() if place_id in data.by_place]
    groups = grouped_by(sorted(listed, key=lambda p: (alphabetical(p["name"]), str(p["place_id"]))), "country")
    return sorted(((code, country_name(code), list(rows)) for code, rows in groups.items()), key=lambda g: (alphabetical(g[1]), g[0]))


def _memberships(data: Data, place_id: str) -> list[Row]:
    rows = data.by_place.get(place_id, ())
    return sorted(rows, key=lambda m: (alphabetical(name_of(data.networks, m["network_id"])), str(m["network_id"]), str(m["tie"])))
