"""The statistical territories of a release's places, and table territories: Eurostat's codes before and now."""

from collections.abc import Collection, Mapping
from functools import cache

from citynet.model import Place, Row
from citynet.pipelines.outside import PROJECT
from citynet.pipelines.statistics import Statistics
from citynet.places.normalise import normalise
from citynet.statistics.place_territories import Found, Labelled, place_of_code, place_territories, territories_now
from citynet.statistics.territory_codes import CITY, CURRENT, FUA, SOURCES, TODAY, CodeTable, Territory, read_codes
from citynet.statistics.values import Municipality, Observations

CODES = PROJECT / "include" / "datasets"
"""Where the checked table of codes lies, with the program that builds it."""

OF_CODES: tuple[str, ...] = ("today ", "today's ", "none of today's ", "no code of today ", "FR001C to ", "the former codes ")
OF_CODES += ("its label was not seen", "of today's form ", "no former code ", "no list names ", "its name is that of ")
"""Beginnings of exceptions that are about how codes follow on each other and say nothing on a figure."""


@cache
def code_table() -> CodeTable:
    """The checked table of codes."""
    texts = ((CODES / name).read_text(encoding="utf-8") for name in ("territory_codes.csv", "city_municipalities.csv"))
    return read_codes(*texts)


def labelled(statistics: Statistics) -> Labelled:
    """Every city and functional urban area that a live data set in use names, with its label."""
    return Labelled(_served(statistics, CITY), _served(statistics, FUA))


def _served(statistics: Statistics, kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for dataset in sorted(statistics.observations):
        about = statistics.datasets[dataset]
        if about.live and about.territory_kind == kind:
            for code, label in _labels(statistics.observations[dataset], statistics.previous.get(dataset)).items():
                if TODAY[kind].fullmatch(code):
                    found[code] = found.get(code) or label
    return found


def _labels(observed: Observations, before: Observations | None) -> Mapping[str, str]:
    """Labels as served. TSV tells codes alone: then they are those of the vintage before, so that no city is lost over the route."""
    if observed.labels:
        return observed.labels
    known = before.labels if before else {}
    return {code: known.get(code, "") for code in map(str, observed.table["territory"].unique())}


def found_territories(
    places: Mapping[str, Place],
    names: Mapping[str, Collection[str]],
    units: Mapping[str, Municipality | None],
    statistics: Statistics,
    judged: Mapping[str, str],
) -> Found:
    """The territories of each place by the codes served now; names: place_id -> its normalised names."""
    return place_territories(places, names, units, labelled(statistics), code_table(), judged, normalise)


def current_cities(found: Found) -> tuple[dict[str, str], frozenset[str]]:
    """Every city with a current code, of the checked table or served now -> country (ISO code), sorted; and the countries that have
    cities in the table of which no current code is known."""
    cities = [territory for territory in territories_now(code_table(), found) if territory.territory_kind != FUA]
    current = {territory.territory_code: territory.country for territory in cities if territory.code_status == CURRENT}
    return current, frozenset({territory.country for territory in cities} - set(current.values()))


def exception_of(code: str) -> str:
    """What the checked table says does not fit about a code and bears on its figures (Vienna is labelled a greater city, with the
    figures of the city alone); "" for nothing."""
    territory = code_table().territories.get(code)
    parts = territory.exception.split("; ") if territory else []
    return "; ".join(part for part in parts if part and not part.startswith(OF_CODES))


def territory_rows(found: Found, as_of: str) -> list[Row]:
    """Table territories: every code of the checked table and every one served now."""
    table = code_table()
    places = place_of_code(table, found)
    return [_row(territory, places.get(territory.territory_code), found, as_of) for territory in territories_now(table, found)]


def _row(territory: Territory, place_id: str | None, found: Found, as_of: str) -> Row:
    how = found.territories[place_id].joined_by if place_id else ""
    joined = [f"former and current code: {territory.joined_by}"] if territory.joined_by else []
    if place_id:
        joined.append("place: name of its city" if territory.territory_kind == FUA else f"place: {how}")
    return {
        "territory_code": territory.territory_code,
        "territory_kind": territory.territory_kind,
        "label": territory.label or None,
        "country": territory.country,
        "code_status": territory.code_status,
        "current_code": territory.current_code or None,
        "former_codes": "; ".join(territory.former_codes) or None,
        "place_id": place_id,
        "municipalities": territory.municipalities,
        "nuts3": "; ".join(territory.nuts3) or None,
        "joined_by": "; ".join(joined) or None,
        "exception": territory.exception or None,
        "source": "; ".join(f"Source: Eurostat, {SOURCES[source]}" for source in territory.source) or "Source: Eurostat, as served now",
        "as_of": as_of,
    }
