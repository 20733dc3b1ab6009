"""Build territory_codes.csv and city_municipalities.csv: Eurostat's codes of cities before and now, and what they stand for.

    .venv/bin/python include/datasets/build_territory_codes.py FOLDER

FOLDER holds the files that territory_sources.py names. The same input gives the same bytes. Codes were renumbered between 2019 and
2026 (NL001C1 was The Hague, NL001C is Amsterdam), so a former and a current code belong together only where their names agree
within the country; figures, where both are at hand, and numbers confirm or contradict it, and what does not fit is written down.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from territory_gathering import Code, gather, keys, stem
from territory_sources import Listed, agreeing, listed_codes

from citynet.statistics.joining import iso_of
from citynet.statistics.territory_codes import (
    CITY,
    COLUMNS,
    CURRENT,
    FORMER,
    FUA,
    GREATER,
    LIST,
    MEMBER_COLUMNS,
    SERVED,
    Territory,
    greater_label,
)

OUT = Path(__file__).parent
ENOUGH = 3
"""In so many years at least must two series have the same figure to be of the same territory."""


def kind_of(code: Code) -> str:
    """What a code stands for: by the label served today, else by the list of 2019, else by its letter (K: greater city)."""
    if code.code[5] == "K" or any(greater_label(name) for name in code.names if SERVED in code.sources):
        return GREATER
    if code.listed and SERVED not in code.sources:
        # The tables of 2018 label NL001C1 "Greater 's-Gravenhage", but its figures are the municipality's.
        return GREATER if greater_label(code.listed.name) or code.listed.name.startswith("Greater ") else CITY
    return CITY


def joined(former: Mapping[str, Code], current: Mapping[str, Code]) -> list[Territory]:
    """Every code with its counterpart, core municipality and exceptions, sorted by code."""
    names_of = {code: keys(c.names) for code, c in former.items()}
    countries_seen = {code[:2] for code, c in current.items() if SERVED in c.sources and not (code.startswith("FR") and code < "FR042")}
    made: dict[str, Territory] = {}
    successors: dict[str, tuple[str, str]] = {}
    for code in sorted(current):
        made[code] = _current(current[code], former, names_of, successors)
    for code in sorted(former):
        made[code] = _former(former[code], successors, made, code[:2] in countries_seen)
    followed: dict[str, list[str]] = defaultdict(list)
    for code in sorted(former):
        if made[code].current_code:
            followed[made[code].current_code].append(code)
    return [_followed(made[code], followed, successors) for code in sorted(made)]


def _followed(row: Territory, followed: Mapping[str, list[str]], successors: Mapping[str, tuple[str, str]]) -> Territory:
    """The row with the former codes that it continues; where it continues none of those that bear its name, it says so."""
    found = tuple(followed.get(row.territory_code, ()))
    bearing = sorted(former for former, (today, _) in successors.items() if today == row.territory_code)
    alone = f"the former codes of its name ({', '.join(bearing)}) are of another kind" if bearing and not found else ""
    return replace(row, former_codes=found, exception="; ".join(filter(None, (row.exception, alone))))


def _current(code: Code, former: Mapping[str, Code], names_of: Mapping[str, set[str]], successors: dict[str, tuple[str, str]]) -> Territory:
    """A code of today; notes in `successors` which former codes bear its name (former -> (today's, by what))."""
    own, exceptions = keys(code.names), []
    if own:
        found = [f for f in sorted(former) if f[:2] == code.code[:2] and names_of[f] & own]
        by = "name"
    else:
        found = [f for f in sorted(former) if stem(f) == stem(code.code)]
        by = "number"
        seen = SERVED in code.sources
        exceptions.append(
            "its label was not seen, and numbers of its country carry over wherever figures can tell" if seen else "no list names it"
        )
        code = replace(code, names=tuple(n for f in found for n in former[f].names)[:1])
    if len({stem(f) for f in found}) > 1:
        exceptions.append(f"its name is that of several former codes ({', '.join(found)})")
        found = [f for f in found if agreeing(code.series, former[f].series) >= ENOUGH]
    if not found:
        exceptions.append("no former code bears its name")
    confirmed = [f for f in found if agreeing(code.series, former[f].series) >= ENOUGH]
    by += "_and_figures" if confirmed else "_and_number" if by == "name" and any(stem(f) == stem(code.code) for f in found) else ""
    for f in found:
        successors[f] = (code.code, by)
    kind = GREATER if not own and any(f[5] == "K" for f in found) else kind_of(code)
    exceptions += [
        f"labelled a greater city, and its figures are those of {f}, the city alone, in {agreeing(code.series, former[f].series)} years"
        for f in confirmed
        if kind == GREATER and kind_of(former[f]) == CITY and former[f].listed
    ]
    if SERVED not in code.sources:
        exceptions.append("of today's form in the list of 2019, not seen served")
    return _territory(code, kind, CURRENT, by if found else "", exceptions, [former[f] for f in found])


def _former(code: Code, successors: Mapping[str, tuple[str, str]], made: Mapping[str, Territory], seen: bool) -> Territory:
    today, by = successors.get(code.code, ("", ""))
    exceptions, kind = [code.doubt] if code.doubt else [], kind_of(code)
    if kind == CITY and code.listed is None and by.endswith("figures") and made[today].territory_kind == GREATER:
        kind = GREATER
        exceptions.append(f"a city by its letter, with the figures of {today}, the greater city")
    if kind == CITY and code.listed and len(code.listed.units) > 1 and code.level == "city":
        exceptions.append(f"a city by its letter, of {len(code.listed.units)} municipalities in the list of 2019")
    if code.level == "greater_city" and code.code[5] == "C":
        exceptions.append("the list of 2019 uses this code for the greater city")
    if kind == CITY and any(greater_label(n) or n.startswith("Greater ") for n in code.names):
        exceptions.append("labelled a greater city in 2018, with the figures of the city alone")
    if not today:
        exceptions.append(_not_followed(code.code, seen))
    elif made[today].territory_kind != kind and "those of " + code.code not in made[today].exception:
        exceptions.append(f"today {today} bears its name, and is the {made[today].territory_kind.replace('_', ' ')}")
        today = ""
    return replace(_territory(code, kind, FORMER, by, exceptions, [code]), current_code=today)


def _not_followed(code: str, seen: bool) -> str:
    if code.startswith("FR"):
        return "none of today's codes that were seen bears its name; FR001C to FR041C were not seen"
    return "no code of today bears its name" if seen else "today's codes of its country were not seen"


def _territory(code: Code, kind: str, status: str, by: str, exceptions: list[str], beside: list[Code]) -> Territory:
    """One row; the municipalities are those of the code itself in the list of 2019, the core is that which bears the city's name."""
    country = iso_of(code.code)
    listed = [c.listed for c in (code, *beside) if c.listed]
    other = kind == CITY and code.level == "greater_city"  # then the list means another territory by the code
    own = None if other else code.listed or next((c.listed for c in beside if c.listed and kind_of(c) == kind), None)
    core = _core(listed, keys([*code.names, *(n for c in beside for n in c.names)]))
    return Territory(
        territory_code=code.code,
        territory_kind=kind,
        label=next(iter(code.names), ""),
        country=country,
        code_status=status,
        current_code="",
        former_codes=(),
        core_lau=core,
        municipalities=len(own.units) if own else None,
        nuts3=tuple(sorted({u.nuts3 for u in own.units} - {""})) if own else (),
        export_2018=code.export,
        joined_by=by,
        exception="; ".join(exceptions),
        source=tuple(dict.fromkeys(code.sources)),
    )


def _core(listed: Iterable[Listed], names: set[str]) -> str:
    """The municipality that a code stands for alone, or the one of several that bears its name; "" where that is not certain."""
    listed = list(listed)
    alone = {entry.units[0].lau_code for entry in listed if len(entry.units) == 1}
    named = {u.lau_code for entry in listed for u in entry.units if keys([u.name, u.name_latin]) & names}
    for found in (alone, named):
        if len(found) == 1:
            return next(iter(found))
    return ""


def functional_areas(listed: Mapping[str, Listed]) -> list[Territory]:
    """The functional urban areas of the list of 2019; today's codes of most were not seen.

    One of them bears the code of a greater city (BE014K1, La Louvière): a slip of the list, so it is left out.
    """
    found = []
    for code, entry in sorted(listed.items()):
        if code[5] not in "LF":
            continue
        new = code.endswith("F")
        exception = (
            "of today's form in the list of 2019, not seen served" if new else "today's codes of functional urban areas were not seen"
        )
        nuts3 = tuple(sorted({u.nuts3 for u in entry.units} - {""}))
        status = CURRENT if new else FORMER
        found.append(
            Territory(code, FUA, entry.name, iso_of(code), status, "", (), "", len(entry.units), nuts3, "", "", exception, (LIST,))
        )
    return found


def members(levels: Mapping[str, Mapping[str, Listed]]) -> list[tuple[str, str, str, str]]:
    """(country, local unit, code of its city, code of its greater city) in the list of 2019, sorted."""
    inside: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for level in ("city", "greater_city"):
        for code, entry in levels[level].items():
            for unit in entry.units:
                inside[unit.country, unit.lau_code][level] = code
    return [(*unit, codes.get("city", ""), codes.get("greater_city", "")) for unit, codes in sorted(inside.items())]


def write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """One CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main(folder: str) -> None:
    """Read, join, write; print the counts that the README states."""
    levels = listed_codes(Path(folder) / "lau_2019.csv.gz")
    territories = sorted([*joined(*gather(Path(folder))), *functional_areas(levels["fua"])], key=lambda t: t.territory_code)
    write(OUT / "territory_codes.csv", COLUMNS, (t.written() for t in territories))
    write(OUT / "city_municipalities.csv", MEMBER_COLUMNS, members(levels))
    cities = [t for t in territories if t.territory_kind != FUA]
    current = [t for t in cities if t.code_status == CURRENT]
    linked = [t for t in cities if t.current_code]
    print(f"{len(current)} codes of today, {len(cities) - len(current)} former, {len(linked)} of them continued, {len(territories)} rows")
    print(f"{sum(1 for t in cities if t.exception)} with an exception, {sum(1 for t in current if t.core_lau)} of today with a core")


if __name__ == "__main__":
    main(*sys.argv[1:])
