"""What the pages of cities and other bodies show."""

from typing import Any

from citynet.model import Row
from citynet.publishing.headlines import in_headlines
from citynet.publishing.site.context import Data, alphabetical, grouped_by, name_of, newest_first
from citynet.publishing.site.countries import country_name
from citynet.publishing.site.network_pages import parted_by_use
from citynet.publishing.site.statistics_pages import place_statistics


def city_page(data: Data, place_id: str, place: Row) -> dict[str, Any]:
    """One body: its memberships, those of bodies that lie in it, its statistics, and which of its networks are related."""
    connectivity = data.connectivity.get(place_id)
    counted = set(connectivity.networks) if connectivity else set()
    inside = data.inside.get(place_id, ())
    sampled, rows = parted_by_use(_memberships(data, place_id))
    apart = ("departure_suspected", "on_hold")
    return {
        "place": place,
        "connectivity": connectivity,
        "observed": data.observed,
        "beside": _beside(data, place_id),
        "memberships": [m for m in rows if m["state"] not in apart],
        "suspected": [m for m in rows if m["state"] == "departure_suspected"],
        "on_hold": [m for m in rows if m["state"] == "on_hold"],
        "changes": newest_first(data.changes_of.get(place_id, ()), data),
        "records": newest_first(data.records_of.get(place_id, ()), data),
        "has_feed": place_id in data.by_place,
        "sampled": sampled,
        "inside": [
            (p, _memberships(data, str(p["place_id"]))) for p in sorted(inside, key=lambda p: (alphabetical(p["name"]), str(p["place_id"])))
        ],
        "related": [r for r in data.tables["network_relations"] if {str(r["network_id"]), str(r["to_network_id"])} <= counted],
        "printed": printed_names(data, place_id),
        **place_statistics(data, place),
    }


def cities_page(data: Data) -> dict[str, Any]:
    """All listed bodies by country, with the counts of observed networks that the overview uses, and what stands beside them."""
    return {
        "countries": countries(data),
        "connectivity": data.connectivity,
        "observed": data.observed,
        "beside": {place_id: _beside(data, place_id) for place_id in data.by_place},
        "dates": sorted({day for c in data.connectivity.values() for day in (c.lists_from, c.lists_to) if day}),
    }


def _beside(data: Data, place_id: str) -> tuple[list[str], list[str]]:
    """Networks that count the municipality, or bodies in it, outside the figure k of m, in alphabetical order; never pooled with it.

    First transnational ones, whose list is partial or names the body not as a municipality (a region); then national networks,
    programmes and networks for comparison.
    """
    bodies = [place_id, *(str(p["place_id"]) for p in data.inside.get(place_id, ()))]
    rows = [m for body in bodies for m in data.by_place.get(body, ()) if m["counted"] is True and m["use"] == "current"]
    known = data.connectivity.get(place_id)
    found = {str(m["network_id"]) for m in rows} - set(known.networks if known else ())
    order = sorted((i for i in found if i in data.networks), key=lambda i: (alphabetical(name_of(data.networks, i)), i))
    return [i for i in order if in_headlines(data.networks[i])], [i for i in order if not in_headlines(data.networks[i])]


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
