"""The suite `tables`: what the contract asks of every published table, and what the domain asks of each."""

from collections.abc import Mapping, Sequence

from citynet.quality.derived_connections import MODELS
from citynet.quality.rule import ColumnShape, Rule, TableShape, never

PERCENT = ("coverage_percent", "share_percent", "non_eu_citizens_share", "non_eu_share_report", "non_eu_share_eurostat")
OF_PAIRS = ("n_a", "n_b", "shared", "jaccard", "overlap_coefficient", "containment_a", "containment_b")
"""The figures of two lists of members that have bounds."""
SHARES = (
    *(f"{name}{end}" for name in OF_PAIRS[3:] for end in ("", "_low", "_high")),
    *("rate", "rate_low", "rate_high"),
    *("participation_rate", "participation_rate_low", "participation_rate_high"),
)
IN_ORDER = (
    *(("from_earliest", "from_latest"), ("to_earliest", "to_latest"), ("from_latest", "last_confirmed_on"), ("from_latest", "to_latest")),
    *(("earliest", "latest"), ("ratio_low", "representation_ratio"), ("representation_ratio", "ratio_high")),
    *(("interval_low", "interval_high"), ("n_c", "n_classified"), ("n_classified", "n_members"), ("u_c", "u"), ("lists_from", "lists_to")),
    *(("rate_low", "rate"), ("rate", "rate_high"), ("rate_low", "rate_high"), ("judged", "resolved"), ("resolved", "names")),
    *(("ratio_standardised_low", "ratio_standardised"), ("ratio_standardised", "ratio_standardised_high")),
    *(("interval_standardised_low", "interval_standardised_high"), ("interval_low", "estimate"), ("estimate", "interval_high")),
    *(("widest_low", "interval_low"), ("interval_high", "widest_high"), ("p", "q"), ("q", "q_by"), ("part", "whole")),
    *(("municipalities_may_join", "municipalities"), ("residents_may_join", "residents"), ("date_from", "date_to")),
    *(("municipalities_may_join_percent_low", "municipalities_may_join_percent_high"), ("change_low", "change"), ("change", "change_high")),
    ("last_confirmed_on", "list_date"),
    *(("residents_may_join_percent_low", "residents_may_join_percent_high"), ("member_residents_percent_low", "member_residents_percent")),
    *(("participation_rate_low", "participation_rate"), ("participation_rate", "participation_rate_high")),
    *(("parity_gap_low", "parity_gap_points"), ("parity_gap_points", "parity_gap_high")),
    *((f"{name}_low", name) for name in OF_PAIRS),
    *((name, f"{name}_high") for name in OF_PAIRS),
    *(("shared_high", "n_a_high"), ("shared_high", "n_b_high")),
    *(("first_year", "last_year"), ("with_figure", "total"), ("updated_before", "updated_after")),
    *((f"p_{model}", f"q_{model}") for model in MODELS),
    *((f"q_{model}", f"q_by_{model}") for model in MODELS),
    *(("low", "value"), ("value", "high"), ("outside_rules", "members"), ("least_effective", "median_effective")),
    *(("seen_from", "seen_to"), ("seen_from_a", "seen_to_a"), ("seen_from_b", "seen_to_b"), ("n_places", "n_memberships")),
    *(("families", "networks"), ("networks", "networks_observed"), ("shared", "n_a"), ("shared", "n_b"), ("network_a", "network_b")),
)
"""Pairs of columns of which the first never exceeds the second, wherever a table has both."""


_EVIDENCE = never("no_evidence", "the evidence is a capture in sources", "evidence_capture_id")
_ORIGIN = never("other_origin", "the origin is that of its capture in sources", "capture_origin")
_TERMS = never("against_terms", "names are published only where the source allows it", "name_as_published")
DOMAIN_RULES: Mapping[str, tuple[Rule, ...]] = {
    "networks": (),
    "network_relations": (),
    "network_functions": (never("blank_evidence", "evidence and source in words", "evidence"),),
    "places": (),  # their suite is `places`
    "memberships": (
        _EVIDENCE,
        _TERMS,
        never("no_absence", "the complete lists that lack it where it is missing, and only there", "absent_capture_ids", "warning"),
    ),
    "membership_spells": (_EVIDENCE,),
    "membership_changes": (
        _EVIDENCE,
        _ORIGIN,
        never("from_partial", "no joined or left whose deciding list is partial", "evidence_capture_id"),
        never("told_unlive", "told only where a live capture decided", "telling"),
        never("silent", "a reason where it is not told, and only there", "not_told_because"),
    ),
    "record_changes": (_EVIDENCE, _ORIGIN),
    "network_overlap": (
        never("ratio_of_partial", "no ratio or test without two complete lists", "jaccard"),
        never("half_tested", "all figures of a chance model with how p was computed, or none", "p_method"),
        never("nested_tested", "no test of related networks", "nested_by_rule"),
        never("tails_off", "two tails that are 1 or more together", "p_lower_hypergeometric"),
        never("bound_off", "what is shared as its own lower bound", "shared_at_least"),
    ),
    "chance_models": (
        never("unsampled", "samples, their seed and how they moved for a sampled model, and only there", "samples"),
        never("unsaid", "a family of tests, or why there is none", "not_computed_because"),
        never("not_mixed", "samples that had come to rest (split R-hat of at most 1.1)", "worst_r_hat", "warning"),
    ),
    "chance_model_networks": (),
    "connectivity_concentration": (
        never("share_off", "a share or index of 0 to 1", "value"),
        never("not_added_up", "municipalities and memberships that add up to all of them", "value"),
    ),
    "functional_overlap": (
        never("strength_off", "a strength only where something is shown", "strength_a"),
        never("nothing_known", "any where nothing is known of either network, and only there", "item"),
    ),
    "bridges": (),
    "network_bodies": (
        never("no_evidence", "the evidence of a list is a capture in sources", "capture_id"),
        never("too_many_seats", "no more seats of cities than the list has", "seats"),
    ),
    "network_funding": (),
    "legitimacy_evidence": (
        never("figure_off", "a percentage where the value is a figure, and only there", "figure"),
        never("bound_off", "a figure between its two bounds", "figure_low"),
        never("no_universe", "a figure with what it is a share of", "universe"),
        never("not_all", "shares of classes that add up to 100 percent", "figure"),
    ),
    "place_connectivity": (),
    "representation": (
        never("ratio_off", "the ratio of n_c, n_classified, u_c and u", "representation_ratio"),
        never("rate_off", "n_c over u_c, and empty against residents", "participation_rate"),
        never("not_added_up", "classes that add up to n_classified and u", "n_c, u_c"),
    ),
    "access": (
        never("share_off", "the share of the counts beside it", "municipalities_may_join_percent"),
        never("unsaid", "a share, or why there is none", "not_computed_because"),
    ),
    "size_and_membership": (
        never("not_so", "a relation only where the widest interval leaves none out, and x where none is larger", "reading"),
        never("unsaid", "a reading, or why there is none", "not_computed_because"),
    ),
    "membership_trends": (
        never("change_off", "the change between the members of both dates, who add up", "change"),
        never("unsaid", "a change, or why there is none", "not_computed_because"),
    ),
    "headline_sensitivity": (
        never("survived_off", "survived where the share is on the same side of the bound, and only there", "survived"),
        never("unsaid", "a share, or why there is none", "not_computed_because"),
    ),
    "universes": (
        never("residents_off", "residents where there is a size class, and only there", "residents"),
        never("unnamed_gap", "a gap where there is no size class", "gap"),
    ),
    "city_statistics": (
        never("share_off", "a share of 0 to 100 percent, a population in persons", "value"),
        never("no_evidence", "the evidence is a capture in sources", "capture_id"),
        never("not_literature", "as printed by literature, else a coded territory and a year of statistics", "territory_kind"),
        never("eu_off", "an EU definition for Eurostat's shares against the EU, and only there", "eu_definition"),
        never("age_off", "the years between the reference year and as_of, and none without a year", "age_years"),
    ),
    "datasets": (
        never("half_a_vintage", "a vintage with its day, route and observations, or none of them", "in_use_capture_id"),
        never("no_evidence", "the vintage is a capture in sources", "in_use_capture_id"),
        never("half_refused", "since when and why a newer vintage is refused, or neither", "refused_because"),
    ),
    "statistics_revisions": (never("not_so", "what its figures and flags before and after show", "what"),),
    "statistics_trends": (
        never("change_off", "the change between the two figures beside it", "change_percent"),
        never("no_such_years", "as many years as the stretch has at most", "years_observed"),
        never("break_off", "a year of the break, and none at the start of the series", "break_year"),
    ),
    "territories": (
        never("codes_off", "former codes of a current one, a current code of a former one", "current_code"),
        never("unsaid", "the rule by which a place was joined", "joined_by"),
    ),
    "table1_comparison": (
        never("difference_off", "the difference to the nearest figure beside it", "difference_percent"),
        never("nearest_off", "a nearest figure with its difference wherever there is one", "nearest"),
        never("figure_without_year", "a population with its year, and the other way round", "population_city_year"),
    ),
    "network_universes": (never("unsaid", "a count, or why there is none", "not_computed_because"),),
    "coverage": (
        never("share_off", "the share of the counts beside it", "share_percent"),
        never("unsaid", "a share, or why there is none", "not_computed_because"),
        never("no_one_year", "the one year of a share of residents", "counted_year"),
    ),
    "sources": (
        never("gates_off", "the five gates in their order, of which failed_gate is the first that was not passed", "gates"),
        never("let_in", "no accepted list with a required gate that was not passed", "decision"),
        never("no_reason", "a failed gate or a person's word where a list is not accepted", "decision"),
    ),
    "quality": (),
    "judgements": (),
    "unresolved_names": (_TERMS,),
    "resolution_rates": (
        never("parts_off", "resolved, review and unknown that add up to names, judged among the resolved", "names"),
        never("rate_off", "rates of the counts beside them, and none of names without a class", "rate"),
        never("not_all", "classes of each dimension that add up to all names", "names"),
    ),
    "review_cases": (never("no_end", "an answer, or a date by which one is wanted", "outcome"),),
    "corrections": (
        never("half_answered", "an outcome with its date, signature and reason, or none of them", "outcome"),
        never("against_time", "answered not before it was received", "answered_on"),
    ),
    "alert_quality": (never("half_interval", "both ends of an interval with its chance model, or none of them", "interval_model"),),
    "replication": (),
}
"""What the domain asks of each table beyond the contract; a table that needs no more stands here with ()."""


def table_rules(table: TableShape) -> list[Rule]:
    """What the contract and the domain ask of a published table that has the columns of `derived.with_derived`."""
    rules = [_unique(table.key), *_stacked_rules(table.columns)]
    for column in table.columns:
        rules += _column_rules(table.name, column)
    rules += [never(f"no_such_{name}", f"stands in {to}", name) for name, to in table.foreign_keys]
    names = {c.name for c in table.columns}
    for low, high in IN_ORDER:
        if {low, high} <= names:
            values = {"column_A": high, "column_B": low, "or_equal": low != "network_a", "ignore_row_if": "either_value_is_missing"}
            rules.append(Rule(f"not above {high}", low, "ExpectColumnPairValuesAToBeGreaterThanB", values))
    return [*rules, *DOMAIN_RULES[table.name]]


def _unique(key: tuple[str, ...]) -> Rule:
    if len(key) == 1:
        return Rule("unique key", key[0], "ExpectColumnValuesToBeUnique", {"column": key[0]})
    return Rule("unique key", ", ".join(key), "ExpectCompoundColumnsToBeUnique", {"column_list": list(key), "ignore_row_if": "never"})


def _stacked_rules(columns: Sequence[ColumnShape]) -> list[Rule]:
    required = tuple(c.name for c in columns if c.required)
    shares = tuple(c.name for c in columns if c.name in SHARES or (c.name.startswith(("p_", "q_")) and c.type == "number"))
    counted = [c.name for c in columns if c.type == "integer" and not c.name.startswith("change")]  # a change may be a loss
    figures = [c.name for c in columns if c.type == "number" and c.name.startswith(("ratio_", "representation_ratio", "expected_"))]
    counts = (*counted, *figures)
    between = "ExpectColumnValuesToBeBetween"
    rules = [
        Rule("never empty", ", ".join(required), "ExpectColumnValuesToNotBeNull", {"column": "value"}, stack=required),
        Rule("between 0 and 1", ", ".join(shares), between, {"column": "value", "min_value": 0, "max_value": 1}, stack=shares),
        Rule("at least 0", ", ".join(counts), between, {"column": "value", "min_value": 0}, stack=counts),
    ]
    return [rule for rule in rules if rule.stack]


def _column_rules(table: str, column: ColumnShape) -> list[Rule]:
    rules = []
    name = column.name
    if column.enum:
        rules.append(Rule("a word of the codebook", name, "ExpectColumnValuesToBeInSet", {"column": name, "value_set": list(column.enum)}))
    if name in PERCENT:
        values = {"column": name, "min_value": 0, "max_value": 100}
        rules.append(Rule("between 0 and 100", name, "ExpectColumnValuesToBeBetween", values))
    if name == "country" and table not in ("places", "judgements"):  # the suite of places looks at its own; judgements quote print
        rules.append(Rule("two capital letters", name, "ExpectColumnValuesToMatchRegex", {"column": name, "regex": "^[A-Z]{2}$"}))
    return rules
