"""Municipalities out of smaller units: Greek communities, Portuguese parishes and Irish electoral areas put together.

The codes made here are the national ones as far as there are any: the municipality's digits of a Greek or Portuguese code, and
for Irish councils the county's digits of 2019, with the council's name where a county has several.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from citynet.errors import SourceChanged
from citynet.statistics.values import Municipality

_PREFIXES = {"GR": re.compile(r"(\d{4})\d{4}"), "PT": re.compile(r"(\d{4})[0-9A-Z]{2}")}
"""Country -> its codes, the municipality's part in brackets: Kallikratis codes of communities, DICOFRE codes of parishes."""
_IRELAND = "IE"
CITY, TOWN, RURAL = 1, 2, 3


def aggregated(units: Iterable[Municipality]) -> tuple[Municipality, ...]:
    """The units with those of Greece, Portugal and Ireland put together to municipalities, sorted by country and code.

    Residents are summed, and missing where those of any part are. Such a municipality bears its id as name (the list prints none),
    so that it is never joined by the name of a part. SourceChanged for a code or electoral area of another form.
    """
    alone: list[Municipality] = []
    parts: dict[tuple[str, str], list[Municipality]] = defaultdict(list)
    for unit in units:
        if (code := _municipality_code(unit)) is None:
            alone.append(unit)
        else:
            parts[unit.country, code].append(unit)
    made = (_together(country, code, found) for (country, code), found in parts.items())
    return tuple(sorted((*alone, *made), key=lambda u: (u.country, u.lau_code)))


def degree_of(parts: Sequence[Municipality]) -> int | None:
    """The degree of urbanisation of several units as one; None where a degree or a population is missing.

    Eurostat's rule for local units, by classes of whole units in place of grid cells: a city where at least half of the residents
    live in cities, rural where more than half live in rural units, else a town or suburb.
    """
    living = {CITY: 0, TOWN: 0, RURAL: 0}
    for part in parts:
        if part.degurba is None or part.population is None:
            return None
        living[part.degurba] += part.population
    everyone = sum(living.values())
    if 2 * living[CITY] >= everyone:
        return CITY
    return RURAL if 2 * living[RURAL] > everyone else TOWN


def council_of(nuts3: str, area: str) -> tuple[str, str]:
    """Code and name of the council of an Irish electoral area, by its NUTS 3 region and name; SourceChanged where there is none."""
    council = _councils().get((nuts3, _letters(area)))
    if council is None:
        raise SourceChanged(
            f"LAU list: expected the Irish electoral areas of 2018 by NUTS 3 and name, got {area!r} in {nuts3 or 'no region'}"
        )
    return council


def _municipality_code(unit: Municipality) -> str | None:
    """The code of the municipality that a unit is a part of; None where the unit is a municipality itself."""
    if unit.country == _IRELAND:
        return council_of(unit.nuts3, unit.name)[0]
    if (form := _PREFIXES.get(unit.country)) is None:
        return None
    found = form.fullmatch(unit.lau_code)
    if found is None:
        raise SourceChanged(f"LAU list: expected codes of the form {form.pattern} in {unit.country}, got {unit.lau_code!r}")
    return found[1]


def _together(country: str, code: str, parts: Sequence[Municipality]) -> Municipality:
    known = [part.population for part in parts if part.population is not None]
    return Municipality(
        lau_code=code,
        country=country,
        name=f"lau{country}{code}",
        name_latin="",
        population=sum(known) if len(known) == len(parts) else None,
        degurba=degree_of(parts),
        city_code=_only({part.city_code for part in parts}),
        nuts3=_only({part.nuts3 for part in parts}),
    )


def _only(values: set[str]) -> str:
    """The value where all parts have the same one, "" where they differ."""
    return next(iter(values)) if len(values) == 1 else ""


@cache
def _councils() -> dict[tuple[str, str], tuple[str, str]]:
    """(NUTS 3, letters of the name) of each of the 166 electoral areas -> its council's code and name; Athlone lies in two regions.

    The table gives each area's council as the Local Electoral Area Boundary Committees' reports of 2018 do. Checked: the residents
    of all 31 councils add up to their figures of the census of 2016, that of Cork City within its limits of 2019.
    """
    text = files("citynet.statistics").joinpath("irish_councils.csv").read_text(encoding="utf-8")
    return {(row["nuts3"], _letters(row["area"])): (row["council_code"], row["council"]) for row in csv.DictReader(text.splitlines())}


def _letters(name: str) -> str:
    """The name in plain capitals without blanks and marks: editions differ in these."""
    from anyascii import anyascii

    return re.sub(r"[^A-Z]", "", str(anyascii(name)).upper())
