"""In one sentence, how far the figures behind a view reach: from table coverage, to stand beside what depends on them."""

from collections.abc import Sequence

from citynet.model import Row
from citynet.publishing.headlines import grouped
from citynet.publishing.site.countries import country_name

SUBJECTS = {
    "statistical_cities": "statistical cities",
    "member_municipalities": "member municipalities",
    "residents": "residents",
}
FIGURES = {"population": "a figure of population", "non_eu_citizens_share": "a share of non-EU citizens"}
NAMED = 6
"""So many countries without any are named; of more the number is told."""


def covered(rows: Sequence[Row], subject: str, indicator: str, country: str = "") -> str:
    """How many of the subject have the figure in their newest year, in all countries or in one (ISO code); "" without such a row."""
    newest = [r for r in rows if (r["subject"], r["indicator"], r["year"]) == (subject, indicator, None)]
    row = next((r for r in newest if (r["country"] or "") == country), None)
    if row is None:
        return ""
    told = _counted(row, subject, FIGURES[indicator])
    told += "" if country else _countries([r for r in newest if r["country"]], whole=not row["not_computed_because"])
    return f"{f'In {country_name(country)} {told}' if country else told[0].upper() + told[1:]}."


def _counted(row: Row, subject: str, figure: str) -> str:
    of, because = SUBJECTS[subject], row["not_computed_because"]
    having = f"{'live in a statistical city that has' if subject == 'residents' else 'have'} {figure}"
    if because:
        who = f"of {grouped(row['total'])} {of}" if row["total"] else of
        return f"it is not known how many {who} {having}: {because}"
    held, total = grouped(row["with_figure"]), grouped(row["total"])
    year = f" in {row['counted_year']}" if row["counted_year"] is not None else ""
    served = f"; the vintage in use names {grouped(row['served'])} of them" if row["served"] not in (None, row["total"]) else ""
    return f"{held} of {total} {of} ({float(str(row['share_percent'])):.0f} %) {having}{year}{served}"


def _countries(each: Sequence[Row], *, whole: bool) -> str:
    """In how many of the countries any has the figure, and where none has; nothing of one country, nor where that is not known."""
    counted = [r for r in each if not r["not_computed_because"]]
    if not counted:
        return ""
    without = sorted(country_name(r["country"]) for r in counted if not r["with_figure"])
    told = f"; in {len(counted) - len(without)} of {len(counted)} countries" if whole else f"; each of {len(counted)} countries has its own"
    told += f"; none in {_listed(without)}" if without else ""
    reasons = sorted({str(r["not_computed_because"]) for r in each if r["not_computed_because"]})
    left_out = {why: sorted(country_name(r["country"]) for r in each if r["not_computed_because"] == why) for why in reasons}
    return told + "".join(f"; not counted: {_listed(countries)} ({why})" for why, countries in left_out.items())


def _listed(countries: Sequence[str]) -> str:
    return ", ".join(countries) if len(countries) <= NAMED else f"{len(countries)} countries"
