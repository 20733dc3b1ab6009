"""The cities of a report's table beside Eurostat: which territory a printed population is nearest to, and why it differs.

The report prints neither year nor territory, so each is compared with the newest figure of its publication year or before, and the
reason for a difference is found by rule from all years at hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CITY, GREATER, MUNICIPALITY = "city", "greater_city", "municipality"
KINDS = (CITY, GREATER, MUNICIPALITY)
CLOSE_PERCENT = 10
"""Within so much a printed population is taken to be that of the territory, counted in another year or rounded."""
REDRAWN_PERCENT_A_YEAR = 8
"""A figure flagged as a break that lies further than this from the year before is of a territory drawn anew."""
CLOSE_POINTS = 1.0
"""Within so many points two shares of non-EU citizens are called alike; both are printed with one decimal, of years apart."""
NOT_OBTAINED = "not_obtained"
WITHIN = "within_10_percent"
OTHER_YEAR = "other_year"
BEYOND, BELOW, BETWEEN = "larger_than_every_territory", "smaller_than_every_territory", "between_territories"
REASONS = (WITHIN, GREATER, MUNICIPALITY, OTHER_YEAR, BEYOND, BELOW, BETWEEN, NOT_OBTAINED)
CLOSE_YEARS = 3
"""Shares of years further apart than this from the report's are shown and not called alike or apart."""
ALIKE, APART, NOT_COMPARED = "within_1_point", "over_1_point", "not_compared"
IN_WORDS = {CITY: "city", GREATER: "greater city", MUNICIPALITY: "municipality"}


@dataclass(frozen=True, slots=True)
class Residents:
    """One population of a city at hand. kind: city | greater_city | municipality; source: the data set; vintage orders data sets."""

    kind: str
    code: str
    year: int
    value: int
    flags: str
    source: str
    vintage: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """chosen: at most one figure of each kind, in the order of KINDS; nearest: its kind, "" for none; difference_percent: the
    report's figure less the nearest one, in percent of the latter; note: what the figures at hand say beside the rule."""

    chosen: tuple[Residents, ...]
    nearest: str
    difference_percent: float | None
    reason: str
    note: str

    def of(self, kind: str) -> Residents | None:
        """The chosen figure of a kind."""
        return next((figure for figure in self.chosen if figure.kind == kind), None)


def compared(printed: int, figures: Iterable[Residents], *, year: int) -> Comparison:
    """A printed population beside the figures at hand, without those of nobody; year: in which the report came out."""
    known, redrawn = _settled(sorted((f for f in figures if f.value > 0), key=lambda f: (KINDS.index(f.kind), f.year, f.vintage, f.code)))
    chosen = tuple(found for kind in KINDS if (found := _chosen([f for f in known if f.kind == kind], year)) is not None)
    if not chosen:
        return Comparison((), "", None, NOT_OBTAINED, "")
    nearest = min(chosen, key=lambda f: abs(_off(printed, f)))
    reason, why = _reason(printed, chosen, known)
    return Comparison(
        chosen, nearest.kind, round(_off(printed, nearest), 2), reason, "; ".join(filter(None, (why, _equal(printed, known), *redrawn)))
    )


def _settled(figures: Sequence[Residents]) -> tuple[list[Residents], list[str]]:
    """The figures without those of a territory that was drawn anew in the last year at hand, and a sentence on each of these.

    So 64 French cities in 2015, when Paris went from 2,220,445 to 9,782,671: a figure that no second year confirms is no figure of
    the city of the years before.
    """
    series: dict[tuple[str, str, str], list[Residents]] = {}
    for figure in figures:
        series.setdefault((figure.kind, figure.code, figure.source), []).append(figure)
    left, told = set(), []
    for (_, code, _), found in sorted(series.items()):
        if len(found) > 1 and "b" in found[-1].flags and _jump(found[-2], found[-1]) > REDRAWN_PERCENT_A_YEAR:
            left.add(found[-1])
            told.append(f"{code} was drawn anew in {found[-1].year} ({found[-1].value:,}, flag {found[-1].flags}), which is left out")
    return [figure for figure in figures if figure not in left], told


def _jump(before: Residents, after: Residents) -> float:
    """Change in percent a year, either way."""
    grown = float((after.value / before.value) ** (1 / (after.year - before.year)))
    return abs(100 * (grown - 1))


def _chosen(figures: Sequence[Residents], year: int) -> Residents | None:
    """The newest of the year or before, by the newest vintage that has it; else the oldest after it."""
    before = [f for f in figures if f.year <= year]
    if before:
        return max(before, key=lambda f: (f.year, f.vintage, f.code))
    return min(figures, key=lambda f: f.year, default=None)


def _off(printed: int, figure: Residents) -> float:
    return 100 * (printed - figure.value) / figure.value


def _close(printed: int, figure: Residents) -> bool:
    return 100 * abs(printed - figure.value) <= CLOSE_PERCENT * figure.value


def _reason(printed: int, chosen: Sequence[Residents], known: Sequence[Residents]) -> tuple[str, str]:
    """The first rule that holds, and what of it must be said."""
    fits = [f.kind for f in chosen if _close(printed, f)]
    own = CITY if any(f.kind == CITY for f in chosen) else MUNICIPALITY
    for kind, reason in ((own, WITHIN), (GREATER, GREATER), (MUNICIPALITY, MUNICIPALITY)):
        if kind in fits:
            return reason, ""
    other = [f for f in known if _close(printed, f)]
    if other:
        found = min(other, key=lambda f: (abs(_off(printed, f)), -f.year, f.code))
        return OTHER_YEAR, f"the {IN_WORDS[found.kind]} {found.code} had {found.value:,} in {found.year}"
    if printed > max(f.value for f in chosen):
        return BEYOND, "no figure of a wider area is at hand"
    return (BELOW, "") if printed < min(f.value for f in chosen) else (BETWEEN, "")


def _equal(printed: int, known: Sequence[Residents]) -> str:
    """That the printed figure is one of Eurostat's to the person."""
    same = sorted({(f.kind, f.code, f.year) for f in known if f.value == printed})
    return f"equals the {IN_WORDS[same[0][0]]} {same[0][1]} in {same[0][2]} to the person" if same else ""


def is_of_that_size(printed: int, figures: Iterable[Residents], code: str, year: int) -> bool:
    """Whether the territory of the code, in the year at hand nearest to `year`, has the printed population within CLOSE_PERCENT.

    By its code and not by its kind: today's greater city of Paris (10.4 million) is not that of 2014 (6.8 million), and Vienna is
    labelled a greater city with the residents of the city alone.
    """
    own = sorted((f for f in figures if f.code == code and f.value > 0), key=lambda f: (abs(f.year - year), f.year, f.vintage))
    return bool(own) and _close(printed, own[0])


def share_status(printed: float, percent: float | None, *, comparable: bool) -> str:
    """What can be said of a printed share beside Eurostat's; comparable: they are of one territory and of years close enough."""
    if percent is None:
        return NOT_OBTAINED
    if not comparable:
        return NOT_COMPARED
    return ALIKE if abs(printed - percent) <= CLOSE_POINTS + 1e-9 else APART
