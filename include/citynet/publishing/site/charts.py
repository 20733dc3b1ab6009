"""Geometry of the charts, in the units of their drawings; the templates draw it as SVG without style or script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log2

from citynet.model import Row
from citynet.publishing.headlines import has_open_names
from citynet.publishing.site.context import alphabetical, name_of

CELL = 34
BANDS = (0.0, 0.1, 0.25, 0.5, 0.75)
"""Lower ends of the shades of the heat map, of the overlap coefficient; 0 itself is a shade of its own."""
LABEL_WIDTH = 6.7
"""Width of a letter of the labels, generous, so that no name is cut."""
CHART_LEFT, CHART_WIDTH, ROW_HEIGHT = 92, 420, 24
EXCLUDED = "excluded_by_rule"
"""Reading of a class that the network's own rule keeps out; it has no ratio to draw."""
SMALLEST, LARGEST = 1 / 64, 1024.0
"""Ratios beyond are drawn at the end of the scale with an arrow; so is 0, which has no place on it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair in the heat map. kind: complete | bound; shade 0 to 5; text: what is printed in it."""

    x: int
    y: int
    kind: str
    shade: int
    nested: bool
    text: str
    told: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The lower half of the matrix of networks; names stand on the diagonal, once for their row and their column."""

    names: tuple[str, ...]
    cells: tuple[Cell, ...]
    width: int
    height: int


def heat_map(rows: Sequence[Row], networks: Mapping[str, Row]) -> HeatMap:
    """Networks with a list in alphabetical order, and a cell for each pair of which the table says something."""
    paired = {str(row[side]) for row in rows for side in ("network_a", "network_b")}
    listed = [i for i in networks if i in paired and networks[i]["last_listed_on"]]
    order = sorted(listed, key=lambda i: (alphabetical(name_of(networks, i)), i))
    place = {network_id: number for number, network_id in enumerate(order)}
    cells = [
        cell for row in rows if {str(row["network_a"]), str(row["network_b"])} <= place.keys() and (cell := _cell(row, place, networks))
    ]
    names = tuple(name_of(networks, i) for i in order)
    width = max((CELL * (i + 1) + 8 + int(LABEL_WIDTH * len(name)) for i, name in enumerate(names)), default=0)
    return HeatMap(names, tuple(sorted(cells, key=lambda c: (c.y, c.x))), width, CELL * len(names))


def _cell(row: Row, place: Mapping[str, int], networks: Mapping[str, Row]) -> Cell | None:
    low, high = sorted((place[str(row["network_a"])], place[str(row["network_b"])]))
    complete = row["shared"] is not None and not has_open_names(row)
    bound = int(str(row["shared_at_least"] or 0))
    nested = row["nested_by_rule"] is True
    if row["shared"] is None and not bound:
        return None
    text = str(row["shared"]) if complete else f"≥ {bound}"
    kind = "complete" if complete else "bound"
    shade = _shade(row["overlap_coefficient"]) if complete else 0
    return Cell(low * CELL, high * CELL, kind, shade, nested, text, _told(row, networks))


def _shade(coefficient: object) -> int:
    return 0 if coefficient is None else sum(float(str(coefficient)) > lower for lower in BANDS)


def _told(row: Row, networks: Mapping[str, Row]) -> str:
    pair = f"{name_of(networks, row['network_a'])} ({row['list_date_a']}) and {name_of(networks, row['network_b'])} ({row['list_date_b']})"
    if row["shared"] is None:
        return f"{pair}: at least {row['shared_at_least']} shared"
    if has_open_names(row):
        return f"{pair}: at least {row['shared']} shared; names are not matched, so more may be shared"
    coefficient = row["overlap_coefficient"]
    share = f", {100 * float(str(coefficient)):.0f} % of the shorter list" if coefficient is not None else ""
    return f"{pair}: {row['shared']} shared{share}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One class in the chart of ratios; x values None where there is no figure. below, above: a bound lies beyond the scale."""

    name: str
    y: int
    low: float | None
    high: float | None
    point: float | None
    reading: str
    below: bool
    above: bool


@dataclass(frozen=True, slots=True)
class RatioChart:
    """Ratios on a logarithmic scale with parity inside it. ticks: (x, label)."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    parity: float
    height: int


def ratio_chart(rows: Sequence[tuple[str, Row]]) -> RatioChart:
    """Named rows of the table representation as bars with points; the scale spans all figures, at most a 64th to 1024 times."""
    drawn = [r for _, r in rows if r["reading"] != EXCLUDED]
    values = [float(str(r[c])) for r in drawn for c in ("ratio_low", "ratio_high", "representation_ratio") if r[c] is not None]
    inside = [min(LARGEST, max(SMALLEST, v)) for v in values if v > 0]
    low = min(-2, floor(log2(min(inside)))) if inside else -2
    high = max(2, ceil(log2(max(inside)))) if inside else 2

    def x(value: object) -> float | None:
        if value is None:
            return None
        return _x(max(float(str(value)), 2.0**low), low, high)

    def bar(i: int, name: str, row: Row) -> Bar:
        y = ROW_HEIGHT * i + ROW_HEIGHT // 2
        if row["reading"] == EXCLUDED:
            return Bar(name, y, None, None, None, EXCLUDED, False, False)
        least, most = row["ratio_low"], row["ratio_high"]
        below, above = least is not None and float(str(least)) < 2.0**low, most is not None and float(str(most)) > 2.0**high
        return Bar(name, y, x(least), x(most), x(row["representation_ratio"]), str(row["reading"] or "none"), below, above)

    bars = tuple(bar(i, name, row) for i, (name, row) in enumerate(rows))
    step = 1 if high - low <= 6 else 2
    ticks = tuple((_x(2.0**power, low, high), _times(power)) for power in range(low, high + 1) if power % step == 0)
    return RatioChart(bars, ticks, _x(1.0, low, high), ROW_HEIGHT * len(rows))


def _x(value: float, low: int, high: int) -> float:
    share = (log2(min(value, 2.0**high)) - low) / (high - low)
    return round(CHART_LEFT + CHART_WIDTH * share, 1)


def _times(power: int) -> str:
    return "parity" if power == 0 else f"{2**power}×" if power > 0 else f"1/{2**-power}"


@dataclass(frozen=True, slots=True)
class Read:
    """One accepted list in the timeline; complete ones show a total, partial ones at least these."""

    x: float
    y: float
    on: str
    count: int
    complete: bool
    capture_id: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """When a network's lists were read and how many rows each had. ticks: (x, year)."""

    reads: tuple[Read, ...]
    ticks: tuple[tuple[float, str], ...]
    top: int


@dataclass(frozen=True, slots=True)
class Line:
    """The accepted lists of one network in the overview. dots: (x, complete, date)."""

    network_id: str
    name: str
    y: int
    dots: tuple[tuple[float, bool, str], ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Which lists stand behind a release. ticks: (x, year)."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int


LINE_HEIGHT, LINE_LEFT, LINE_WIDTH = 21, 330, 560


def all_lists(networks: Mapping[str, Row], accepted: Mapping[str, Sequence[tuple[str, bool]]]) -> Lists:
    """The networks with an accepted list in alphabetical order, with the (date, completeness) of their lists; empty without any list."""
    days = [date.fromisoformat(on) for lists in accepted.values() for on, _ in lists]
    if not days:
        return Lists((), (), 0)
    first, last = min(days).year, max(days).year + 1
    start, span = date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal() - date(first, 1, 1).toordinal()

    def x(day: date) -> float:
        return round(LINE_LEFT + LINE_WIDTH * (day.toordinal() - start) / span, 1)

    order = sorted((i for i, found in accepted.items() if found), key=lambda i: (alphabetical(name_of(networks, i)), i))
    lines = tuple(
        Line(i, name_of(networks, i), LINE_HEIGHT * number + 11, tuple((x(date.fromisoformat(on)), whole, on) for on, whole in accepted[i]))
        for number, i in enumerate(order)
    )
    years = range(first, last + 1)
    ticks = tuple((x(date(year, 1, 1)), str(year)) for year in years[:: max(1, len(years) // 8)])
    return Lists(lines, ticks, LINE_HEIGHT * len(lines))


TIME_LEFT, TIME_WIDTH, TIME_HEIGHT = 30, 560, 120


def timeline(sources: Sequence[Row]) -> Timeline | None:
    """The accepted lists of one network by date, rows of all pages of a capture added up; None below two lists."""
    counts: dict[tuple[str, str, bool], int] = {}
    for row in sources:
        if row["decision"] == "accepted" and row["parsed_count"] is not None and row["captured_at"]:
            key = (str(row["captured_at"])[:10], str(row["capture_id"]), row["coverage"] == "complete")
            counts[key] = counts.get(key, 0) + int(str(row["parsed_count"]))
    if len(counts) < 2:
        return None
    days = [date.fromisoformat(on) for on, _, _ in counts]
    first, last = date(min(days).year, 1, 1).toordinal(), date(max(days).year + 1, 1, 1).toordinal()
    top = max(1, *counts.values())

    def x(day: date) -> float:
        return round(TIME_LEFT + TIME_WIDTH * (day.toordinal() - first) / (last - first), 1)

    reads = []
    for (on, capture, complete), count in sorted(counts.items()):
        at = x(date.fromisoformat(on))
        anchor = "end" if at > TIME_LEFT + TIME_WIDTH * 0.9 else "start" if at < TIME_LEFT + TIME_WIDTH * 0.1 else "middle"
        reads.append(Read(at, round(TIME_HEIGHT * (1 - count / top), 1), on, count, complete, capture, anchor))
    years = range(min(days).year, max(days).year + 2)
    step = max(1, len(years) // 6)
    return Timeline(tuple(reads), tuple((x(date(year, 1, 1)), str(year)) for year in years[::step]), top)
