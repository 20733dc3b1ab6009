"""The suites `listing`, `statistics` and `places`: each rule once, as data. `checking` runs them with Great Expectations."""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from citynet.model import Expect
from citynet.quality.rule import Rule, at_most, never

if TYPE_CHECKING:
    import pandas as pd

NAME_LIMIT = 200  # the longest genuine name seen on a membership page is under 120 characters
CONTROL = "[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # also marks that turn the direction of text
PLACE_ID = r"^(?:gn[0-9]+|lau[A-Z]{2}[A-Za-z0-9._-]+|x-[a-z]{2}-[a-z0-9-]+)$"
NAMES_OF_KIND = {
    "lau": ("country, lau_code", "population"),
    "universes": ("country, size_class, degurba", "residents"),
    "table1": ("city", "non_eu_percent"),
    "wikidata": ("GeoNames id, item", ""),
}
"""Kind of a data set -> what its key and its figure are called there; "" where it has no figure."""
KEPT_SHARE = 0.9
"""A vintage that has fewer rows than this share of the one before is a warning: Eurostat withdraws figures, but seldom many."""
HALF = 0.5
"""With fewer than this share it is refused: that is an answer cut by a filter or a fault, until a person has looked."""
JUMPED_SOME, JUMPED_MOST = 5.0, 50.0
"""Percent of cities whose figure jumped, beyond which that is a warning, and beyond which the vintage is refused: boundaries are redrawn
for some cities at a time, while another unit or a shifted code moves most of them."""
CITY_OVER_MUNICIPALITY = (0.8, 10.0)
"""Residents of the statistical city over those of the municipality: it holds the municipality, so that less than 0.8 (years
differ) points to a wrong join, and more than 10 too (the City of Brussels has 6.7, Paris 4.7)."""


def listing_rules(expect: Expect, ties: Sequence[str]) -> list[Rule]:
    """What every listing must be like; the bounds are the network's own (expect in its file)."""
    name = "name_as_published"
    return [
        Rule(
            f"{expect.min} to {expect.max} rows", "", "ExpectTableRowCountToBeBetween", {"min_value": expect.min, "max_value": expect.max}
        ),
        Rule("no blank name", name, "ExpectColumnValuesToMatchRegex", {"column": name, "regex": r"\S"}),
        Rule(
            f"no name longer than {NAME_LIMIT} characters",
            name,
            "ExpectColumnValueLengthsToBeBetween",
            {"column": name, "max_value": NAME_LIMIT},
        ),
        Rule("no control characters", name, "ExpectColumnValuesToNotMatchRegex", {"column": name, "regex": CONTROL}),
        Rule("no markup", name, "ExpectColumnValuesToNotMatchRegex", {"column": name, "regex": "[<>]"}),
        Rule("a known tie", "tie", "ExpectColumnValuesToBeInSet", {"column": "tie", "value_set": sorted(ties)}),
        Rule("no row printed twice", name, "ExpectColumnValuesToBeUnique", {"column": "printed"}, "warning"),
    ]


def floor_rules() -> list[Rule]:
    """On the table of minimum counts: each country, tie and place that must be there is there often enough."""
    values = {"column_A": "seen", "column_B": "minimum", "or_equal": True}
    return [
        Rule("the minimum of each country, tie and place that must be there", "what", "ExpectColumnPairValuesAToBeGreaterThanB", values)
    ]


def vintage_rules(kind: str, rows_before: int) -> list[Rule]:
    """What a decoded vintage of a list must be like, on rows with what, key, country, value, least, most, adds_up.

    kind: lau | universes | table1 | wikidata. rows_before: how many rows the last accepted vintage had, 0 for none.
    """
    key, figure = NAMES_OF_KIND[kind]
    rules = [
        Rule("at least one row", "", "ExpectTableRowCountToBeBetween", {"min_value": 1}),
        Rule("unique key", key, "ExpectColumnValuesToBeUnique", {"column": "key"}),
    ]
    if figure:
        rules += [at_most("least", "value", "not below what can be", figure), at_most("value", "most", "not above what can be", figure)]
    if kind != "table1":  # a report prints countries as it likes
        rules.append(_two_capitals())
    if kind == "universes":
        rules.append(_is("adds_up", "the cells of a country add up to its totals", "municipalities, residents"))
    if rows_before:
        least = ceil(KEPT_SHARE * rows_before)
        said = f"at least {least} rows, {KEPT_SHARE:.0%} of the vintage before"
        rules.append(Rule(said, "", "ExpectTableRowCountToBeBetween", {"min_value": least}, "warning"))
    return rules


def still_there_rules(what: str = "country") -> list[Rule]:
    """On the table of countries (or indicators) of the vintage before with the rows they have now."""
    said = f"no {what} missing that the vintage before had"
    return [Rule(said, what, "ExpectColumnValuesToBeBetween", {"column": "seen", "min_value": 1}, "warning")]


def observation_rules(*, looked_at: bool) -> dict[str, list[Rule]]:
    """What a vintage of a cube must be like: name of a frame -> its rules, on the columns that statistics gives these frames.

    looked_at: a person has accepted that it differs from the vintage before, so that this refuses it no more.
    """
    comparing = "warning" if looked_at else "critical"
    return {
        "any": [Rule("at least one figure", "value", "ExpectColumnValuesToBeBetween", {"column": "seen", "min_value": 1})],
        "figures": [
            Rule("unique key", "indicator, territory, year", "ExpectColumnValuesToBeUnique", {"column": "key"}),
            at_most("least", "value", "not below what can be", "value"),
            at_most("value", "most", "not above what can be", "value"),
            at_most("oldest", "year", "not before the first year of the data set", "year"),
            at_most("year", "newest", "not after the year to come", "year"),
        ],
        "territories": [_two_capitals()],
        "flags": [_is("known", "flags that Eurostat explains", "flags", "warning")],
        "identities": [at_most("gap", "allowed", "counts and shares of one territory and year agree", "value", "warning")],
        "countries": [
            *still_there_rules(),
            at_most("kept", "seen", f"at least {KEPT_SHARE:.0%} of each country's figures of the vintage before", "country", "warning"),
        ],
        "indicators": still_there_rules("indicator"),
        "size": [
            at_most("kept", "seen", f"at least {KEPT_SHARE:.0%} of the figures of the vintage before", "", "warning"),
            at_most("half", "seen", f"at least {HALF:.0%} of the figures of the vintage before", "", comparing),
        ],
        "jumps": [
            at_most("share", "some", f"figures of at most {JUMPED_SOME:g} % of the cities jump", "value", "warning"),
            at_most("share", "most", f"figures of at most {JUMPED_MOST:g} % of the cities jump", "value", comparing),
        ],
    }


def with_bounds(name: str, frame: "pd.DataFrame") -> "pd.DataFrame":
    """The frame with the bounds of this suite beside the counts and shares that are held against them."""
    if name in ("countries", "size"):
        return frame.assign(kept=(KEPT_SHARE * frame["before"]).apply(ceil), half=(HALF * frame["before"]).apply(ceil))
    return frame.assign(some=JUMPED_SOME, most=JUMPED_MOST) if name == "jumps" else frame


def place_rules() -> list[Rule]:
    """What every place of a release must be like, with the columns of `derived.with_derived`."""
    between = "ExpectColumnValuesToBeBetween"
    low, high = CITY_OVER_MUNICIPALITY
    return [
        Rule("gn, lau or x- id", "place_id", "ExpectColumnValuesToMatchRegex", {"column": "place_id", "regex": PLACE_ID}),
        Rule("a latitude", "latitude", between, {"column": "latitude", "min_value": -90, "max_value": 90}),
        Rule("a longitude", "longitude", between, {"column": "longitude", "min_value": -180, "max_value": 180}),
        _two_capitals(),
        never("half_a_position", "latitude and longitude together", "latitude"),
        never("no_such_municipality", "a municipality of the table, of the same country", "municipality_id"),
        never("figure_without_year", "a population with its year, and the other way round", "population_municipality"),
        never("city_out_of_bounds", f"{low} to {high:g} times the municipality", "population_statistical_city", "warning"),
    ]


def _is(derived: str, said: str, column: str, severity: str = "critical") -> Rule:
    """A rule on a column of yes and no: "yes" everywhere."""
    return Rule(said, column, "ExpectColumnValuesToBeInSet", {"column": derived, "value_set": ["yes"]}, severity)


def _two_capitals() -> Rule:
    return Rule("two capital letters", "country", "ExpectColumnValuesToMatchRegex", {"column": "country", "regex": "^[A-Z]{2}$"})
