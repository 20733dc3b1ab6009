"""What the checks look at in a vintage of a cube: columns, not rows, since a vintage may have half a million observations."""

from typing import TYPE_CHECKING

from citynet.statistics.datasets import Dataset, Identity
from citynet.statistics.identities import share_gaps, sum_gaps
from citynet.statistics.joining import iso_of
from citynet.statistics.trends import Bound, jumped
from citynet.statistics.values import Observations

if TYPE_CHECKING:
    import pandas as pd

KNOWN_FLAGS = frozenset("bcdefnprsuzm") | {"C"}
"""Eurostat's flags (list of 2026: break, confidential, definition differs, estimated, forecast, not significant, provisional,
revised, Eurostat's estimate, low reliability, not applicable, missing) and C, confidentiality as newer answers print it."""
MANY = 10
"""Of fewer compared cities a share of jumps says nothing."""
_UNIONS = ("EU", "EA", "EEA", "EFTA")
"""Beginnings of the codes of unions of countries, which stand among countries and regions."""


def frames(observed: Observations, before: Observations | None, dataset: Dataset, year: int) -> dict[str, "pd.DataFrame"]:
    """One frame a sort of check, by name; each with the column `what`, or indicator, territory and year, to name its rows.

    any (seen) · figures (key, value, least, most, year, oldest, newest) · territories (country) · flags (known) · identities (gap,
    allowed) · jumps (share), and beside the vintage before: size, countries, indicators (seen, before). year: the calendar year in
    which the vintage was captured; a figure of a year after the next one is a mistake.
    """
    import pandas as pd

    now, indicators = countries_of(observed, dataset), _indicators_of(observed)
    found = {
        "any": pd.DataFrame({"what": [dataset.id], "seen": [sum(now.values())]}),
        "figures": _figures(observed.table, dataset, year),
        "territories": pd.DataFrame({"what": (codes := _codes_of(observed.table, dataset)), "country": [iso_of(code) for code in codes]}),
        "flags": pd.DataFrame({"what": (flags := _used(observed.table, "flags")), "known": [_known(letters) for letters in flags]}),
        "identities": _identities(observed.table, dataset),
        "jumps": _jumps(observed.table, before.table if before else None, dataset),
    }
    if before is None:
        return found
    then = countries_of(before, dataset)
    for name, here, there in (("countries", now, then), ("indicators", indicators, _indicators_of(before))):
        rows = [{"what": what, "seen": here.get(what, 0), "before": count} for what, count in there.items()]
        found[name] = pd.DataFrame(rows, columns=["what", "seen", "before"])
    found["size"] = pd.DataFrame({"what": [dataset.id], "seen": [sum(now.values())], "before": [sum(then.values())]})
    return found


def countries_of(observed: Observations, dataset: Dataset) -> dict[str, int]:
    """How many figures each country (ISO code) has, by code; "" where territories are labels. A flag without a value is no figure."""
    table = observed.table
    if dataset.by_label:
        return {"": int(table["value"].notna().sum())}
    counts = table.loc[table["value"].notna(), "territory"].value_counts(sort=False)
    found: dict[str, int] = {}
    for territory, count in counts.items():
        if count:
            country = iso_of(str(territory))
            found[country] = found.get(country, 0) + int(count)
    return dict(sorted(found.items()))


def _indicators_of(observed: Observations) -> dict[str, int]:
    """How many figures each indicator has that has any, by code."""
    counts = observed.table.loc[observed.table["value"].notna(), "indicator"].value_counts(sort=False)
    return {code: count for code, count in sorted((str(code), int(count)) for code, count in counts.items()) if count}


def declared_only(observed: Observations, dataset: Dataset) -> Observations:
    """The observations of the indicators that the data set's file names: a capture made by an older file may hold others."""
    import dataclasses

    table = observed.table
    named = table["indicator"].isin(list(dataset.indicators))
    if named.all():
        return observed
    kept = table[named].reset_index(drop=True)
    used = {column: kept[column].cat.remove_unused_categories() for column in ("indicator", "territory", "flags")}
    return dataclasses.replace(observed, table=kept.assign(**used))


def _figures(table: "pd.DataFrame", dataset: Dataset, year: int) -> "pd.DataFrame":
    import numpy as np
    import pandas as pd

    indicator, territory = table["indicator"].cat, table["territory"].cat
    bounds = [dataset.indicators[str(code)] for code in indicator.categories]
    wide = np.array([_is_country(str(code)) for code in territory.categories], dtype=bool)
    of, at = indicator.codes.to_numpy(), territory.codes.to_numpy()
    most = np.array([[b.most, b.most_of_a_country] for b in bounds], dtype="float64").reshape(-1, 2)
    years = table["year"].to_numpy(dtype="float64")
    return pd.DataFrame(
        {
            "indicator": table["indicator"],
            "territory": table["territory"],
            "year": years,
            "key": (of.astype("int64") * max(len(wide), 1) + at) * 10_000.0 + years,
            "value": table["value"],
            "least": np.array([b.least for b in bounds], dtype="float64")[of],
            "most": most[of, wide[at].astype("int64")],
            "oldest": float(dataset.first_year),
            "newest": float(year + 1),
        }
    )


def _identities(table: "pd.DataFrame", dataset: Dataset) -> "pd.DataFrame":
    """One row an identity, territory and year whose figures are all there: what, gap, allowed."""
    import pandas as pd

    named = {code for one in dataset.identities for code in (*one.parts, *one.whole, *filter(None, [one.share]))}
    some = table[table["indicator"].isin(sorted(named)) & table["value"].notna()]
    values = some.astype({"indicator": "object", "territory": "object"}).pivot(
        index=["territory", "year"], columns="indicator", values="value"
    )
    parts = [_gaps(values, one) for one in dataset.identities if _codes(one) <= set(values.columns)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"what": [], "gap": [], "allowed": []})


def _codes(one: Identity) -> set[str]:
    return {*one.parts, *one.whole, *filter(None, [one.share])}


def _gaps(values: "pd.DataFrame", one: Identity) -> "pd.DataFrame":
    there = values[sorted(_codes(one))].dropna()
    parts, whole = there[list(one.parts)].sum(axis=1), there[list(one.whole)].sum(axis=1)
    computed = 100 * parts / whole.where(whole > 0)
    gaps = sum_gaps(parts, whole) if one.share is None else share_gaps(there[one.share], computed).dropna()
    made = gaps.assign(said=one.said).reset_index()
    made["what"] = made["territory"].astype(str) + " " + made["year"].astype(str) + ": " + made["said"]
    return made[["what", "gap", "allowed"]]


def _jumps(table: "pd.DataFrame", before: "pd.DataFrame | None", dataset: Dataset) -> "pd.DataFrame":
    """One row an indicator and comparison of MANY territories or more: what (with the first that jumped) and the share that did, in
    percent. The territories are those that the data set is of: rows of countries in a cube of cities are left out."""
    import pandas as pd

    rows = []
    countries = dataset.territory_kind == "country"
    for code, about in dataset.indicators.items():
        mine = _followed(table, code, countries)
        bound = Bound(about.jump_percent_a_year, "points" if about.unit == "percent" else "percent")
        said = "points" if about.unit == "percent" else "%"
        compared = {f"{code} within its newest step, by over {about.jump_percent_a_year:g} {said} a year": _newest_step(mine)}
        if before is not None:
            compared[f"{code} against the same year of the vintage before, by over {about.jump_percent_a_year:g} {said}"] = _same_year(
                mine, _followed(before, code, countries)
            )
        for what, steps in compared.items():
            many = steps["territory"].nunique()
            moved = sorted(set(steps.loc[jumped(steps["before"], steps["after"], steps["years"], bound), "territory"]))
            if many >= MANY:
                told = f"{what}: {len(moved)} of {many} {'countries' if countries else 'cities'} ({', '.join(moved[:5]) or 'none'})"
                rows.append({"what": told, "share": 100 * len(moved) / many})
    return pd.DataFrame(rows, columns=["what", "share"])


def _followed(table: "pd.DataFrame", indicator: str, countries: bool) -> "pd.DataFrame":
    """territory, year, value of the figures of one indicator, of countries or of all that are none; unions of countries never."""
    some = table[(table["indicator"] == indicator) & table["value"].notna()]
    wanted = [code for code in some["territory"].cat.categories if (len(code) == 2 if countries else not _is_country(code))]
    return some.loc[some["territory"].isin(wanted), ["territory", "year", "value"]].astype({"territory": "object", "year": "int64"})


def _newest_step(mine: "pd.DataFrame") -> "pd.DataFrame":
    """Of each city its newest figure and the one observed before it: territory, before, after, years."""
    ordered = mine.sort_values(["territory", "year"])
    earlier = ordered.groupby("territory")[["value", "year"]].shift(1)
    made = ordered.assign(after=ordered["value"], before=earlier["value"], years=ordered["year"] - earlier["year"])
    return made.drop_duplicates("territory", keep="last").dropna(subset="before")[["territory", "before", "after", "years"]]


def _same_year(mine: "pd.DataFrame", then: "pd.DataFrame") -> "pd.DataFrame":
    """Figures of one city and year in both vintages: territory, before, after, years (1: the bound is that of one year)."""
    both = mine.merge(then, on=["territory", "year"], suffixes=("_after", "_before"))
    return both.rename(columns={"value_after": "after", "value_before": "before"}).assign(years=1)[
        ["territory", "before", "after", "years"]
    ]


def _used(table: "pd.DataFrame", column: str) -> list[str]:
    return [str(code) for code in table[column].cat.remove_unused_categories().cat.categories]


def _codes_of(table: "pd.DataFrame", dataset: Dataset) -> list[str]:
    return [] if dataset.by_label else _used(table, "territory")


def _is_country(code: str) -> bool:
    return len(code) == 2 or code.startswith(_UNIONS)


def _known(letters: str) -> str:
    return "yes" if set(letters) <= KNOWN_FLAGS else "no"
