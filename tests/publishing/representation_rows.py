"""The tables on access, size, time and sensitivity in the small release: a network open to all, and one of which nobody can tell."""

from citynet.model import Row
from publishing.one_row import AS_OF, row

PACT, ICC = "pact_of_free_cities", "intercultural_cities"


def representation_tables() -> dict[str, list[Row]]:
    """The four tables; a fresh copy each time."""
    return {
        "access": [access("all", "all", 300, 300, 5_400_000), access("municipality_size_class", "<5k", 200, 0, 400_000), nobody_can_tell()],
        "size_and_membership": [relation(), too_few()],
        "membership_trends": [panel(), entered()],
        "headline_sensitivity": [
            sensitivity("in_three_families", "two_or_more", 0.25, "no"),
            sensitivity("in_three_families", "core_relevance_only", 0.0, "yes"),
            sensitivity("in_three_families", "with_partial_lists", None, "not_computable"),
        ],
    }


def access(dimension: str, name: str, municipalities: int, may_join: int, residents: int) -> Row:
    share = 100 * may_join / municipalities
    facts: Row = {"municipalities": municipalities, "residents": residents, "residents_may_join": residents if may_join else 0}
    for unit, percent in (("municipalities", share), ("residents", 100.0 if may_join else 0.0)):
        facts |= {f"{unit}_may_join_percent{end}": percent for end in ("", "_low", "_high")}
    facts |= {
        "municipalities_without_residents": 0,
        "municipalities_may_join": may_join,
        "rule": "municipalities of any country",
        "universe_source": "Eurostat, LAU list 2021",
    }
    told = f"By the rules of Pact of Free Cities, {share:.1f} % of municipalities may join."
    return row("access", network_id=PACT, dimension=dimension, **{"class": name}, **facts, sentence=told)


def nobody_can_tell() -> Row:
    facts: Row = {"municipalities": 300, "residents": 5_400_000, "universe_source": "Eurostat, LAU list 2021"}
    because = "its file states no rule of who may join"
    told = f"Intercultural Cities, all municipalities: no figure on access, for {because}."
    return row("access", network_id=ICC, dimension="all", **{"class": "all"}, **facts, not_computed_because=because, sentence=told)


def relation() -> Row:
    facts: Row = {
        "model": "logit",
        "universe": "municipalities that may join by its own rules",
        "n_units": 300,
        "n_members": 20,
        "n_missing": 1,
    }
    facts |= {
        "n_outside": 0,
        "countries": "CZ;HU;NL;SK",
        "effect": "odds_ratio",
        "estimate": 3.1,
        "interval_low": 1.9,
        "interval_high": 5.2,
    }
    facts |= {
        "interval_model": "likelihood of the logit, 95 %",
        "widest_low": 1.4,
        "widest_high": 5.6,
        "p": 0.001,
        "q": 0.002,
        "q_by": 0.003,
    }
    facts |= {"converged": True, "reading": "relation", "lists_from": "2022-09-15", "lists_to": "2022-09-15"}
    told = "Within countries larger municipalities are members of Pact of Free Cities more often. An association within countries."
    return row("size_and_membership", subject=PACT, network_id=PACT, term="residents_doubled", **facts, sentence=told)


def too_few() -> Row:
    because = "2 members in countries with both members and others, fewer than 10"
    told = f"Intercultural Cities: on the number of residents and membership no figure, for {because}."
    facts: Row = {"model": "logit", "universe": "municipalities that may join by its own rules", "sentence": told}
    return row("size_and_membership", subject=ICC, network_id=ICC, term="residents_doubled", **facts, not_computed_because=because)


def panel() -> Row:
    facts: Row = {
        "networks_in_panel": 1,
        "networks_entered": 1,
        "networks_without_newer": 0,
        "members_from": 4,
        "members_to": 5,
        "at_both": 3,
    }
    facts |= {"only_from": 1, "only_to": 2, "unresolved_from": 0, "unresolved_to": 1, "change": 1, "change_low": 1, "change_high": 2}
    facts |= {
        "change_percent": 25.0,
        "sentence": "A fixed panel of 1 network observed at both ends: 4 and 5 memberships of municipalities.",
    }
    return row("membership_trends", subject="panel", dimension="all", **{"class": "all"}, date_from="2021-09-15", date_to=AS_OF, **facts)


def entered() -> Row:
    because = "no complete list at the start: it entered the monitor, which is no growth"
    facts: Row = {
        "status": "entered",
        "date_from": "2021-09-15",
        "date_to": AS_OF,
        "list_date_to": AS_OF,
        "members_to": 3,
        "unresolved_to": 1,
    }
    told = f"Pact of Free Cities, 2021-09-15 to {AS_OF}: no comparison, for {because}."
    key: Row = {"subject": PACT, "network_id": PACT, "dimension": "all", "class": "all"}
    return row("membership_trends", **key, **facts, not_computed_because=because, sentence=told)


def sensitivity(headline: str, alternative: str, figure: float | None, survived: str) -> Row:
    facts: Row = {"label": "Share of the municipalities that are in three or more families of networks", "bound": 0.1, "version": 3}
    facts |= {"alternative_in_words": alternative.replace("_", " "), "says": "at_most_bound", "figure_published": 0.05, "figure": figure}
    facts |= {"badge": "1 of 3 alternatives survived: core relevance only", "fixed_on": "2022-09-01", "survived": survived}
    facts |= {"not_computed_because": "nothing to count" if figure is None else None}
    return row("headline_sensitivity", headline=headline, alternative=alternative, **facts)
