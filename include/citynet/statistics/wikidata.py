"""Wikidata's items for GeoNames ids: the question in SPARQL, its answer read strictly, and which of it is believed.

Ids are copied from database to database with their mistakes (one item for hundreds of places was seen), so that an item counts
only where it is the only one of its id, bears no other id asked for, and lies in the same country and close by.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any
from urllib.parse import urlencode

from citynet.errors import SourceChanged, SourceUnavailable

ACCEPT = "application/sparql-results+json"
"""SPARQL 1.1 Query Results JSON Format."""
VARIABLES = ("geonames", "item", "country", "coordinates")
FURTHEST_KM = 20.0
"""An item further away than this from the gazetteer's position is another place."""
NO_COUNTRY = "ZZ"
"""ISO's code for an unknown country: an item without any has it in the checks."""
EARTH_RADIUS_KM = 6371.0

ONE_ITEM = "no other item with the GeoNames id"
ONE_ID = "no other GeoNames id of those asked for on the item"
SAME_COUNTRY = "an item of the same country"
CLOSE_BY = f"an item within {FURTHEST_KM:g} km"
RULES = (ONE_ITEM, ONE_ID, SAME_COUNTRY, CLOSE_BY)
"""What an item must be like, in the order in which it is looked at."""

_ENTITY = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]*)")
_POINT = re.compile(r"Point\((-?[0-9.]+(?:[Ee][-+]?[0-9]+)?) (-?[0-9.]+(?:[Ee][-+]?[0-9]+)?)\)")
_ELSEWHERE = re.compile(r"<[^>]+>\s*Point\(")
"""A position on another body than the Earth names it in front; it is none of ours."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item with one of its GeoNames ids. countries: ISO codes, sorted; positions: degrees north and east, sorted."""

    geonames_id: str
    item: str
    countries: tuple[str, ...]
    positions: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where the gazetteer has a place: country (ISO) and degrees, None where it has no position."""

    country: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Identified:
    """items: GeoNames id -> the item that is believed; refused: rule -> the GeoNames ids whose items broke it, sorted."""

    items: dict[str, str]
    refused: dict[str, tuple[str, ...]]


def question(geonames_ids: Iterable[str]) -> bytes:
    """The form to post: ids, country and position of the items with these GeoNames ids; no label and nothing else is asked for.

    Sorted, so that the same ids give the same bytes. ValueError for an id that is no number.
    """
    ids = sorted({int(geonames_id) for geonames_id in geonames_ids})
    query = f"""SELECT DISTINCT ?geonames ?item ?country ?coordinates WHERE {{
  VALUES ?geonames {{ {" ".join(f'"{i}"' for i in ids)} }}
  ?item wdt:P1566 ?geonames .
  OPTIONAL {{ ?item wdt:P17 ?state . ?state wdt:P297 ?country . }}
  OPTIONAL {{ ?item wdt:P625 ?coordinates . }}
}}
ORDER BY ?geonames ?item ?country ?coordinates"""
    return urlencode({"query": query}).encode()


def read_items(body: bytes) -> tuple[Item, ...]:
    """The items of an answer in SPARQL results JSON, sorted by GeoNames id and item.

    SourceUnavailable for an outage page or an answer cut by the service's time limit; SourceChanged for any other form.
    """
    countries: dict[tuple[str, str], set[str]] = defaultdict(set)
    positions: dict[tuple[str, str], set[tuple[float, float]]] = defaultdict(set)
    found: set[tuple[str, str]] = set()
    for number, row in enumerate(_bindings(body), 1):
        where = f"Wikidata, row {number}"
        key = (_matched(r"([1-9][0-9]*)", _value(row, "geonames", where), where), _matched(_ENTITY, _value(row, "item", where), where))
        found.add(key)
        if country := _value(row, "country", where, needed=False):
            countries[key].add(_matched("([A-Z]{2})", country, where))
        point = _value(row, "coordinates", where, needed=False)
        if point and not _ELSEWHERE.match(point):
            positions[key].add(_position(point, where))
    return tuple(Item(*key, tuple(sorted(countries[key])), tuple(sorted(positions[key]))) for key in sorted(found, key=_in_order))


def identified(items: Sequence[Item], places: Mapping[str, Position]) -> Identified:
    """Which item each place is (GeoNames id -> position), and which items were refused by what; items of other ids are left aside."""
    of_id: dict[str, list[Item]] = defaultdict(list)
    ids_of: dict[str, set[str]] = defaultdict(set)
    for item in items:
        of_id[item.geonames_id].append(item)
        ids_of[item.item].add(item.geonames_id)
    believed: dict[str, str] = {}
    refused: dict[str, list[str]] = {rule: [] for rule in RULES}
    for geonames_id in sorted(of_id.keys() & places.keys(), key=int):
        broken = _broken(of_id[geonames_id], ids_of, places[geonames_id])
        if broken is None:
            believed[geonames_id] = of_id[geonames_id][0].item
        else:
            refused[broken].append(geonames_id)
    return Identified(believed, {rule: tuple(ids) for rule, ids in refused.items()})


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two positions in degrees north and east, by the haversine formula."""
    (north_1, east_1), (north_2, east_2) = ((radians(n), radians(e)) for n, e in (one, other))
    chord = sin((north_2 - north_1) / 2) ** 2 + cos(north_1) * cos(north_2) * sin((east_2 - east_1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def _broken(items: Sequence[Item], ids_of: Mapping[str, set[str]], place: Position) -> str | None:
    """The first rule that the item of a place breaks; None where it is believed."""
    item = items[0]
    if len(items) > 1:
        return ONE_ITEM
    if len(ids_of[item.item]) > 1:
        return ONE_ID
    if place.country not in item.countries:
        return SAME_COUNTRY
    if place.latitude is None or place.longitude is None:
        return CLOSE_BY
    here = (place.latitude, place.longitude)
    return None if any(kilometres(here, there) <= FURTHEST_KM for there in item.positions) else CLOSE_BY


def _bindings(body: bytes) -> list[Mapping[str, Any]]:
    if b"TimeoutException" in body or body.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise SourceUnavailable("Wikidata: expected results, got an outage page or an answer cut by the time limit of the service")
    try:
        answer = json.loads(body)
    except ValueError as problem:
        raise SourceChanged(f"Wikidata: expected SPARQL results in JSON, got {len(body)} bytes that are none") from problem
    head = answer.get("head") if isinstance(answer, dict) else None
    results = answer.get("results") if isinstance(answer, dict) else None
    rows = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(head, dict) or head.get("vars") != list(VARIABLES) or not isinstance(rows, list):
        raise SourceChanged(f"Wikidata: expected results with the variables {', '.join(VARIABLES)}, got {str(head)[:200]}")
    return rows


def _value(row: object, name: str, where: str, *, needed: bool = True) -> str:
    """The value of a variable in a row, "" where it is free to be unbound and is."""
    cell = row.get(name) if isinstance(row, dict) else None
    if not needed and (cell is None or (isinstance(cell, dict) and cell.get("type") != "literal")):
        return ""  # a value stated to be unknown is answered as a node without a name
    value = cell.get("value") if isinstance(cell, dict) else None
    if not isinstance(value, str) or not value:
        raise SourceChanged(f"{where}: expected a value of {name}, got {str(row)[:200]}")
    return value


def _matched(form: str | re.Pattern[str], value: str, where: str) -> str:
    found = re.fullmatch(form, value)
    if found is None:
        raise SourceChanged(f"{where}: expected a value of the form {re.compile(form).pattern}, got {value[:100]!r}")
    return found[1]


def _position(point: str, where: str) -> tuple[float, float]:
    """Degrees north and east; WKT gives the longitude first."""
    found = _POINT.fullmatch(point)
    if found is None:
        raise SourceChanged(f"{where}: expected Point(<longitude> <latitude>), got {point[:100]!r}")
    east, north = float(found[1]), float(found[2])
    if abs(north) > 90 or abs(east) > 180:
        raise SourceChanged(f"{where}: expected a position in degrees, got {point!r}")
    return north, east


def _in_order(key: tuple[str, str]) -> tuple[int, int]:
    """By number, not by text."""
    return int(key[0]), int(key[1][1:])
