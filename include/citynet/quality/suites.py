"""The suites `listing`, `statistics` and `places`: each rule once, as data. `checking` runs them with Great Expectations."""

from collections.abc import Sequence
from math import ceil

from citynet.model import Expect
from citynet.quality.rule import Rule, at_most, never

NAME_LIMIT = 200  # the longest genuine name seen on a membership page is under 120 characters
CONTROL = "[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # also marks that turn the direction of text
PLACE_ID = r"^(?:gn[0-9]+|lau[A-Z]{2}[A-Za-z0-9._-]+|x-[a-z]{2}-[a-z0-9-]+)$"
NAMES_OF_KIND = {
    "jsonstat": ("indicator, territory, year", "value"),
    "lau": ("country, lau_code", "population"),
    "universes": ("country, size_class, degurba", "residents"),
    "table1": ("city", "non_eu_percent"),
    "wikidata": ("GeoNames id, item", ""),
}
"""Kind of a data set -> what its key and its figure are called there; "" where it has no figure."""
KEPT_SHARE = 0.9
"""A vintage that has fewer rows than this share of the one before is a warning: Eurostat withdraws figures, but seldom many."""
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
    """What a decoded vintage must be like, on rows with what, key, country, value, least, most, known_flags, known_year, adds_up.

    kind: jsonstat | lau | universes | table1 | wikidata. rows_before: how many rows the last accepted vintage had, 0 for none.
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
    if kind == "jsonstat":
        rules += [_is("known_flags", "flags that Eurostat explains", "flags"), _is("known_year", "a year of the cube", "year")]
    if kind == "universes":
        rules.append(_is("adds_up", "the cells of a country add up to its totals", "municipalities, residents"))
    if rows_before:
        least = ceil(KEPT_SHARE * rows_before)
        said = f"at least {least} rows, {KEPT_SHARE:.0%} of the vintage before"
        rules.append(Rule(said, "", "ExpectTableRowCountToBeBetween", {"min_value": least}, "warning"))
    return rules


def identity_rules() -> list[Rule]:
    """On the table of identities between figures of one city and year, as the source publishes them."""
    return [at_most("gap", "allowed", "counts and shares of one city and year agree", "value", "warning")]


def country_rules() -> list[Rule]:
    """On the table of countries of the vintage before with the rows they have now."""
    said = "no country missing that the vintage before had"
    return [Rule(said, "country", "ExpectColumnValuesToBeBetween", {"column": "seen", "min_value": 1}, "warning")]


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


def _is(derived: str, said: str, column: str) -> Rule:
    """A rule on a column of yes and no: "yes" everywhere."""
    return Rule(said, column, "ExpectColumnValuesToBeInSet", {"column": derived, "value_set": ["yes"]})


def _two_capitals() -> Rule:
    return Rule("two capital letters", "country", "ExpectColumnValuesToMatchRegex", {"column": "country", "regex": "^[A-Z]{2}$"})
