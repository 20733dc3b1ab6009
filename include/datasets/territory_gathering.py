"""Every code of a city as the sources have it: names, figures and the entry in the list of 2019; README.md tells of the sources."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from territory_sources import (
    Exported,
    Listed,
    Series,
    agreeing,
    export_2018,
    labels_of_today,
    listed_codes,
    table_2018,
    urban_audit_2019,
    vintage_2016,
)

from citynet.places.normalise import normalise
from citynet.statistics.territory_codes import AUDIT, LIST, SERVED, V2016, V2018

OUT_OF_ORDER = ("UK015C1",)
"""Derry, whose row of 2018 stands where UK586C1 would, with the figures of UK015C1 until 2014."""
COUNTRY_ROWS = {"United Kingdom": "UK", "Turkey": "TR"}
"""Rows of countries in the tables of 2018 that have no year in common with those of 2016."""
_PREFIX = re.compile(r"^(European (Greater )?City of|Greater|Municipiul|Grad|Hrad|City of(?! London))\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*(\(greater( city)?\)|Greater city|,\s*Stadt|, City of|\bCity)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Code:
    """One code as gathered: every name and source, its series, its entry in the list of 2019, and its key in the export of 2018."""

    code: str
    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    series: Series = field(default_factory=dict)
    listed: Listed | None = None
    export: str = ""
    level: str = ""
    doubt: str = ""


def keys(names: Iterable[str]) -> set[str]:
    """The normalised names, with and without legal form and "greater", bilingual parts apart."""
    found = set()
    for name in names:
        bare = _PREFIX.sub("", _SUFFIX.sub("", name))
        found |= {name, bare, re.sub(r"\s*\(.*\)\s*$", "", bare), *bare.split("/"), *bare.split(" - ")}
    return {key for name in found if (key := normalise(_PREFIX.sub("", _SUFFIX.sub("", name.strip()))))}


def stem(code: str) -> str:
    """Country and number: BE001 of BE001C1."""
    return code[:5]


def gather(folder: Path) -> tuple[dict[str, Code], dict[str, Code]]:
    """Former and current codes of cities and greater cities, by code."""
    levels = listed_codes(folder / "lau_2019.csv.gz")
    old = vintage_2016(folder / "urb_cpop1_DE1001V_1990-2015_long.csv.gz")
    table = table_2018(folder / "urb_cpop1_2018-07_DE1001V_wide.csv")
    exported = export_2018(folder / "urb_cpop1_2018-09_export_with_flags.csv.gz", table)
    audit = urban_audit_2019(folder / "urban_audit_city_fua_codes_2019.csv")
    labels, today = labels_of_today(folder / "urb_2026")
    found = {code: Code(code, sources=(V2016,), series=series) for code, series in old.items()}
    for level in ("city", "greater_city"):
        for code, listed in levels[level].items():
            known = found.get(code, Code(code))
            names = (*known.names, listed.name) if listed.name else known.names
            found[code] = replace(known, names=names, sources=(*known.sources, LIST), listed=listed, level=level)
    for code in audit:
        known = found.get(code, Code(code))
        found[code] = replace(known, sources=(*known.sources, AUDIT))
    for code, entry in coded_2018(table, exported, found, audit).items():
        known = found.get(code, Code(code))
        seen = replace(known, names=(entry.label, *known.names), sources=(*known.sources, V2018))
        found[code] = replace(seen, export=entry.key, series={**entry.series, **known.series})
    found |= {code: _rightly_named(c, levels["greater_city"]) for code, c in found.items()}
    former = {code: _named(c, found, audit) for code, c in sorted(found.items()) if len(code) == 7}
    current = {code: c for code, c in found.items() if len(code) == 6}
    for code, label in labels.items():
        before = current.get(code, Code(code))
        names = (label, *before.names) if label else before.names
        current[code] = replace(before, names=names, sources=(SERVED, *before.sources), series=today.get(code, {}))
    return former, current


def _rightly_named(code: Code, greater: Mapping[str, Listed]) -> Code:
    """The list of 2019 gives two greater cities of Spain the name of another one: then the label of 2018 alone."""
    namesakes = [other for other, listed in greater.items() if other != code.code and code.listed and listed.name == code.listed.name]
    if not (code.level == "greater_city" and code.export and namesakes) or keys(code.names[:1]) & keys(code.names[1:]):
        return code
    return replace(code, names=code.names[:1], doubt=f"the list of 2019 gives it the name of {namesakes[0]}, {code.names[1]}")


def _named(code: Code, found: Mapping[str, Code], audit: Mapping[str, str]) -> Code:
    """The code with a name where no source but the Urban Audit list has one, or none at all: then that of the city of its number."""
    sibling = found.get(f"{stem(code.code)}C1")
    if code.names or not (code.code in audit or (code.code[5] == "K" and sibling and sibling.names)):
        return code
    if code.code in audit:
        return replace(code, names=(audit[code.code],), doubt="named by the Urban Audit list alone, in which some names are misplaced")
    bare = _PREFIX.sub("", sibling.names[0]) if sibling else ""
    return replace(code, names=(f"{bare} (greater city)",), doubt="no list names it, so it is named after the city of its number")


def coded_2018(
    table: list[tuple[str, dict[int, int]]], exported: list[Exported], known: Mapping[str, Code], audit: Mapping[str, str]
) -> dict[str, Exported]:
    """Code -> place of the export of 2018: by the figures of 2016, else by name between the codes of its neighbours in the table."""
    codes = [COUNTRY_ROWS.get(label) or _by_figures(series, known) for label, series in table]
    every = sorted(code for code in {*known, *audit} if len(code) == 7)
    for number, (label, _) in enumerate(table):
        if not codes[number]:
            codes[number] = _between(number, label, codes, every, known, audit)
    _in_order(codes)
    by_code: dict[str, Exported] = {}
    for (label, series), code in zip(table, codes, strict=True):
        if code and code not in by_code:
            fitting = [e for e in exported if e.label == label and agreeing(e.series, series)]
            if len(fitting) == 1:
                by_code[code] = fitting[0]
    return by_code


def _in_order(codes: Iterable[str]) -> None:
    """ValueError where the codes found do not ascend within a country, as the table's do: then one of them is a coincidence."""
    known = [code for code in codes if code and code not in OUT_OF_ORDER]
    broken = [(one, other) for one, other in pairwise(known) if one[:2] == other[:2] and one >= other]
    if broken:
        raise ValueError(f"table of July 2018: expected ascending codes within a country, found {broken}")


def _by_figures(series: Series, known: Mapping[str, Code]) -> str:
    """The one code whose series of 2016 agrees most with this one; "" where none or several do."""
    scores = sorted(((agreeing(series, c.series), c.code) for c in known.values() if c.series), reverse=True)[:2]
    return scores[0][1] if scores[0][0] and scores[0][0] > scores[1][0] else ""


def _between(number: int, label: str, codes: list[str], every: list[str], known: Mapping[str, Code], audit: Mapping[str, str]) -> str:
    """The code between those of the neighbours that has the row's name; of a city and a greater city the city, which comes first."""
    before = next((c for c in reversed(codes[:number]) if c), "")
    following = next((c for c in codes[number + 1 :] if c), "")
    after = following if following[:2] == before[:2] and following > before else before[:2] + "999C9"
    names = {c: [*known[c].names, audit.get(c, "")] if c in known else [audit.get(c, "")] for c in every if before < c < after}
    fitting = [c for c, found in names.items() if keys(found) & keys([label]) and c not in codes]
    return fitting[0] if len(fitting) == 1 or (fitting and fitting[0][5] == "C" and len({stem(c) for c in fitting}) == 1) else ""
