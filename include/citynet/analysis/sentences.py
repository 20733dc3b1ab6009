"""One sentence for a row of an analysis table: what may be said, with universe, dates, coverage, and what it does not say.

Made from the row alone, so that the sentence can never say more than the row. A row without figures says why.
"""

from typing import Any

from citynet.analysis.representation import MIN_MEMBERS_FOR_INTERVAL
from citynet.model import Row

SIZE_DOES_NOT_SAY = "An association within countries; it does not say why, nor what members do."
CLASSES_OF = {
    "municipality_size_class": "municipalities of {} residents",
    "urban_centre_size_class": "cities of urban-centre class {}",
    "degurba": "municipalities of degree of urbanisation {}",
    "country": "municipalities in {}",
    "region_of_europe": "municipalities in {}",
    "eu_membership": "municipalities in countries of the group {}",
    "non_eu_citizens_share_quartile": "cities in quartile {} of their country by share of non-EU citizens",
}
_OVER_UNDER = {"over": "over-represented", "under": "under-represented"}


def representation_sentence(row: Row, name: str) -> str:
    """What one class's figures allow to say of a network. row: as `represented` makes it."""
    what = CLASSES_OF.get(str(row["dimension"]), "municipalities of class {}").format(row["class"])
    if row["reading"] == "excluded_by_rule":
        return f"{what[0].upper()}{what[1:]} may not join {name} by its own rules, which is no under-representation; none is on the list."
    if row["not_computed_because"]:
        return f"{name}, {what}: no figure, for {row['not_computed_because']}."
    unit = "residents" if row["universe_kind"] == "residents" else "units"
    in_universe = f"{_percent(row['u_c'], row['u'])} of the {unit} of the universe"
    share = f"{row['n_c']} of {row['n_classified']} members with a known class, and {in_universe}"
    parity = _number(row["n_classified"]) * _number(row["u_c"]) / _number(row["u"])
    told = f"{name}: {what} are {share}. {_told(row, '', parity, 'Crude')}"
    if row["ratio_standardised"] is not None:
        told += f" {_told(row, '_standardised', row['expected_standardised'], 'With the countries of the members held fixed')}"
    return f"{told} {_people(row)}{_under(row, row['coverage_percent'])}"


def access_sentence(row: Row, name: str) -> str:
    """Which part of a class may join a network at all. row: as `access` makes it."""
    what = "all municipalities of the universe" if row["dimension"] == "all" else CLASSES_OF[str(row["dimension"])].format(row["class"])
    if row["not_computed_because"]:
        return f"{name}, {what}: no figure on access, for {row['not_computed_because']}."
    if row["municipalities_may_join_percent_low"] is None:
        return f"{name}, {what}: no figure on access, for the universe holds none of them."
    share, people = (_range(row, f"{unit}_may_join_percent") for unit in ("municipalities", "residents"))
    held = f"; in these live {people} % of the residents of {what}" if people else ""
    universe = "; ".join(str(row[column]) for column in ("universe", "universe_source") if row[column])
    return (
        f"By the rules of {name}, {share} % of {what} may join{held}. Rule: {row['rule']}. "
        f"Universe: {universe}. It does not say who wants to join, nor how rules are applied."
    )


def size_sentence(row: Row, name: str) -> str:
    """One of three: a relation, no relation larger than x, or "cannot tell". row: as `size_and_membership` makes it."""
    capital = row["term"] == "capital"
    subject = "being the capital" if capital else "the number of residents"
    if row["not_computed_because"]:
        return f"{name}: on {subject} and membership no figure, for {row['not_computed_because']}."
    missing = f", {'' if capital else 'also '}{_placed(row)}{_reach(row)}" if row["n_missing"] else ""
    if row["reading"] == "relation" and row["separation"] and row["estimate"] is None:
        told = _size_relation(row, name)
    elif row["reading"] == "relation":
        told = (_capital_relation if capital else _size_relation)(row, name) + missing
    elif row["reading"] == "no_relation_larger_than":
        what = "odds" if capital or row["effect"] == "odds_ratio" else "number of families"
        per = "of being ahead of the other city" if capital else "per doubling of residents"
        told = f"{name}: no relation larger than a factor of {_figure(row['no_larger_than'])} in the {what} {per}{missing}"
    else:
        told = f"{name}: we cannot tell whether {subject} goes with membership ({_interval(row)}{_widest(row)})"
    alone = row["reading"] == "relation" and row["q"] is None and row["subject"] != "pooled"
    by_p = " Read by its own p: this network is in no family of tests." if alone else ""
    bent = " The relation is not the same at all sizes; the figure is an average." if _small(row["linearity_p"]) else ""
    left = f" Countries without a comparison: {row['countries_left_out']}." if row["countries_left_out"] else ""
    dates = row["lists_from"] if row["lists_from"] == row["lists_to"] else f"{row['lists_from']} to {row['lists_to']}"
    return f"{told}.{by_p}{bent}{left} Universe: {row['universe']}; lists of {dates}. {SIZE_DOES_NOT_SAY}"


def trend_sentence(row: Row, name: str) -> str:
    """How memberships of a network, or of the panel, differ between two dates. row: as `membership_trends` makes it."""
    between = f"{row['date_from']} to {row['date_to']}"
    if row["not_computed_because"]:
        return f"{name if row['network_id'] else 'Panel'}, {between}: no comparison, for {row['not_computed_because']}."
    who = name if row["network_id"] else f"A fixed panel of {row['networks_in_panel']} networks observed at both ends"
    of = "" if row["class"] == "all" else f", {CLASSES_OF.get(str(row['dimension']), 'class {}').format(row['class'])}"
    unmatched = row["unresolved_from"] or row["unresolved_to"]
    bounds = f" (from {_signed(row['change_low'])} to {_signed(row['change_high'])} if unmatched names of one end are counted)"
    entered = f" {row['networks_entered']} networks entered the monitor in between and are not in it." if row["networks_entered"] else ""
    dates = f" Lists of {row['list_date_from']} and {row['list_date_to']}." if row["network_id"] else ""
    return (
        f"{who}{of}, {between}: {row['members_from']} and {row['members_to']} memberships of municipalities, {row['at_both']} of them "
        f"on the lists of both ends; a difference of {_signed(row['change'])}{bounds if unmatched else ''}."
        f"{entered}{dates} Universe: municipalities on complete lists; a difference between lists is not yet a joining or an ending."
    )


def _told(row: Row, kind: str, parity: Any, how: str) -> str:
    """Over, under, or cannot tell and why. kind: "" or "_standardised"; parity: how many members parity would be."""
    low, high = (row["ratio_low"], row["ratio_high"]) if not kind else (row[f"ratio{kind}_low"], row[f"ratio{kind}_high"])
    bounds = f"ratio between {_figure(low)} and {_figure(high)} wherever members without a class may lie"
    reading = str(row[f"reading{kind}"])
    if reading in _OVER_UNDER:
        return f"{how}: {_OVER_UNDER[reading]} ({bounds})."
    few = (
        f"; fewer than {MIN_MEMBERS_FOR_INTERVAL} members"
        if _number(row["n_members"]) < MIN_MEMBERS_FOR_INTERVAL
        else "; parity would be less than one member"
        if parity < 1
        else ""
    )
    return f"{how}: we cannot tell whether they are over- or under-represented ({bounds}{few})."


def _people(row: Row) -> str:
    if row["member_residents_percent"] is None:
        return ""
    return f"In these members live {_figure(row['member_residents_percent'])} % of the residents of the class. "


def _under(row: Row, coverage: Any) -> str:
    known = f"; class known of {coverage:.0f} % of members" if coverage is not None else ""
    return f"Universe: {row['universe']}; list of {row['list_date']}{known}. It does not say what members do."


def _size_relation(row: Row, name: str) -> str:
    many = "in more families of networks" if row["effect"] == "rate_ratio" else f"members of {name} more often"
    larger = row["estimate"] > 1 if isinstance(row["estimate"], float) else row["separation"] == "larger"
    who = "larger" if larger else "smaller"
    what = "odds of membership" if row["effect"] == "odds_ratio" else "number of families"
    if row["estimate"] is None:
        extreme = "large" if larger else "small"
        return f"{name}: in each country every member with a known place is at least as {extreme} as every other municipality that may join"
    times = f"{_figure(row['estimate'])} times the {what} ({_interval(row)})"
    return f"Within countries {who} municipalities are {many}: each doubling of residents goes with {times}"


def _capital_relation(row: Row, name: str) -> str:
    ahead, behind = row["capital_more"], row["other_more"]
    more = "is in more families" if row["subject"] == "pooled" else f"is a member of {name}"
    pairs = "Capitals beside the largest other city of their country"
    return f"{pairs}: in {ahead} countries the capital alone {more}, in {behind} the other city alone"


def _interval(row: Row) -> str:
    if row["interval_low"] is None:
        return "no interval"
    high = "no upper limit" if row["interval_high"] is None else _figure(row["interval_high"])
    return f"95 % interval {_figure(row['interval_low'])} to {high}, {row['interval_model']}"


def _placed(row: Row) -> str:
    """Where the missing members were placed: for pairs of cities anywhere, in a model of size at either end and nowhere else."""
    one = row["n_missing"] == 1
    who = f"the {'one member' if one else str(row['n_missing']) + ' members'} without a known place"
    if row["term"] == "capital":
        return f"wherever {who} {'lies' if one else 'lie'}"
    together = "" if one else "all "
    return f"with {who} {together}among the smallest, or {together}among the largest, of these municipalities"


def _reach(row: Row) -> str:
    """How far the interval reaches over these placings, where that is further than without them."""
    ends = (row["widest_low"], row["widest_high"])
    if ends[0] is None or ends == (row["interval_low"], row["interval_high"]):
        return ""
    return f" ({_figure(ends[0])} to {'no upper limit' if ends[1] is None else _figure(ends[1])})"


def _widest(row: Row) -> str:
    reach = _reach(row) if row["n_missing"] else ""
    return f"; {_placed(row)}{reach}" if reach else ""


def _range(row: Row, column: str) -> str:
    """A share, or its bounds; "" where there is none."""
    low, high = (None if row[f"{column}_{end}"] is None else f"{row[f'{column}_{end}']:.1f}" for end in ("low", "high"))
    return low or "" if low == high else f"{low} to {high}"


def _figure(value: Any) -> str:
    """Two decimals, from 100 on none; astronomical ones in powers of ten."""
    if value >= 1e6:
        return f"{value:.0e}"
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"


def _number(value: object) -> float:
    return float(str(value))


def _percent(part: Any, whole: Any) -> str:
    return f"{100 * part / whole:.1f} %"


def _signed(value: Any) -> str:
    return f"{value:+d}" if value else "0"


def _small(chance: Any) -> bool:
    """One in a hundred: a bend must be clear before an average is called one."""
    return chance is not None and chance < 0.01
