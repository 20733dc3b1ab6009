"""Rows of the tables on analysis for pages: a tested pair, access by rule, models of size, a panel, and headlines in other ways."""

from citynet.model import Row
from citynet.publishing.site.overlap_pages import MODELS
from publishing.one_row import row
from publishing.rows import tables

FAMILY = (
    "Family of tests: 3 unrelated pairs of 3 networks with complete lists of 2022-01-01 to 2022-09-15, at least 10 municipalities each."
)
Q = {"fixed_margins_country": 0.2, "fixed_margins": 0.04, "hypergeometric": 0.0001, "bicm": 0.03}


def pair_as_tested() -> Row:
    """The pair of the small release as if both its lists were long enough: every model has another answer."""
    pair = tables()["network_overlap"][0]
    for number, model in enumerate(MODELS, start=1):
        figures = {"expected": float(number), "z": 1.5, "p": Q[model] / 2, "p_lower": 0.99, "q": Q[model], "q_by": min(1.0, 2 * Q[model])}
        pair |= {f"{figure}_{model}": value for figure, value in figures.items()}
    return {**pair, "p_method": "hypergeometric: exact; fixed_margins: samples", "not_computed_because": None}


def chance_models() -> list[Row]:
    facts: Row = {"holds": "the members of each network", "networks": 3, "pairs": 3, "known_municipalities": 107_000, "family": FAMILY}
    return [row("chance_models", model=model, lists_from="2022-01-01", lists_to="2022-09-15", **facts) for model in sorted(MODELS)]


def may_join(network_id: str, dimension: str, name: str, percent: float | None, **values: object) -> Row:
    facts: Row = {"network_id": network_id, "dimension": dimension, "class": name, "municipalities": 100, "residents": 1000}
    for unit in ("municipalities", "residents"):
        facts |= {f"{unit}_may_join_percent{end}": percent for end in ("", "_low", "_high")}
    facts |= {
        "rule": "at least 250,000 residents (since 2019-12-16)",
        "universe_source": "Source: Eurostat, local administrative units 2019",
    }
    return row("access", **{**facts, "sentence": "By the rules a part may join. Universe: Source: Eurostat.", **values})


THREE = "municipalities in 3 countries of the list (in no share of residents, of whom the list gives none: municipalities of FR (900))"


def access() -> list[Row]:
    unsized: Row = {"municipalities": 900, "municipalities_without_residents": 900, "residents": None}
    unsized |= {f"residents_may_join_percent{end}": None for end in ("", "_low", "_high")}
    cut: Row = {
        "municipalities_may_join_percent": None,
        "municipalities_may_join_percent_low": 1.0,
        "municipalities_may_join_percent_high": 4.0,
    }
    return [
        may_join("intercultural_cities", "all", "all", 100.0, rule="municipalities of any country", universe=THREE),
        may_join("no_list", "all", "all", None, not_computed_because="closed since 2018-05: nobody can join"),
        may_join("pact_of_free_cities", "all", "all", 3.4, universe="municipalities in 2 countries of the list"),
        may_join("pact_of_free_cities", "country", "FR", 5.0, **unsized),
        may_join("pact_of_free_cities", "country", "SK", 2.0),
        may_join("pact_of_free_cities", "municipality_size_class", "250-500k", 3.0, **cut),
    ]


def sized(network_id: str | None, reading: str | None, **values: object) -> Row:
    facts: Row = {
        "subject": network_id or "pooled",
        "network_id": network_id,
        "term": "residents_doubled",
        "model": "logit",
        "universe": "u",
    }
    facts |= {"n_units": 2000, "n_members": 12, "lists_from": "2022-09-15", "lists_to": "2022-09-15"}
    who = network_id or "All families"
    told = f"{who}: we cannot tell. Countries without a comparison: DE;FR;SK. Universe: those who may join; lists of 2022-09-15."
    return row("size_and_membership", **{**facts, "reading": reading, "sentence": told, **values})


def size() -> list[Row]:
    relation: Row = {"estimate": 2.5, "interval_low": 1.5, "interval_high": None, "converged": True, "q": 0.0001, "effect": "odds_ratio"}
    return [
        sized(None, "cannot_tell"),
        sized("pact_of_free_cities", "relation", **relation),
        sized("sample_2018", None, not_computed_because="sample_2018: list of 2018-06-01 is partial"),
    ]


def trends() -> list[Row]:
    span: Row = {"dimension": "all", "class": "all", "date_from": "2021-09-15", "date_to": "2022-09-15"}
    figures: Row = {
        "members_from": 3,
        "members_to": 4,
        "at_both": 2,
        "change": 1,
        "change_low": 0,
        "change_high": 3,
        "change_percent": 33.3,
    }
    said = "A fixed panel of 1 networks observed at both ends, 2021-09-15 to 2022-09-15: 3 and 4 memberships. Universe: complete lists."
    one: Row = {"list_date_from": "2021-06-30", "list_date_to": "2022-06-30", "status": "in_panel", "sentence": "said"}
    late: Row = {"status": "entered", "not_computed_because": "it entered the monitor in between, which is no growth", "sentence": "said"}
    return [
        row("membership_trends", subject="panel", networks_in_panel=1, sentence=said, **span, **figures),
        row("membership_trends", subject="pact_of_free_cities", network_id="pact_of_free_cities", **one, **span, **figures),
        row("membership_trends", subject="intercultural_cities", network_id="intercultural_cities", **late, **span),
    ]


def sensitivity() -> list[Row]:
    facts: Row = {"headline": "in_three_families", "label": "Share of the municipalities in three or more families", "bound": 0.1}
    facts |= {
        "says": "at_most_bound",
        "figure_published": 0.05,
        "version": 3,
        "fixed_on": "2026-11-23",
        "badge": "1 of 3 alternatives survived",
    }
    ways = [
        ("by_networks", "counted by networks", "yes", 0.06),
        ("two_or_more", "two or more", "no", 0.4),
        ("core", "core", "not_computable", None),
    ]
    return [
        row("headline_sensitivity", **facts, alternative=name, alternative_in_words=words, survived=survived, figure=figure)
        | ({"part": 4, "whole": 10} if figure else {"not_computed_because": "no core network has a list"})
        for name, words, survived, figure in ways
    ]


def analysed() -> dict[str, list[Row]]:
    """The small release with these rows in place of its own."""
    return {
        **tables(),
        "network_overlap": [pair_as_tested(), *tables()["network_overlap"][1:]],
        "chance_models": chance_models(),
        "access": access(),
        "size_and_membership": size(),
        "membership_trends": trends(),
        "headline_sensitivity": sensitivity(),
    }
