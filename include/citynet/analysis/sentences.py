"""One sentence for a row of an analysis table: what may be said, with universe, dates, coverage, and what it does not say.

Made from the row alone, so that the sentence can never say more than the row. A row without figures says why.
"""

from collections.abc import Sequence
from typing import Any

from citynet.analysis.representation import MIN_MEMBERS_FOR_INTERVAL
from citynet.model import Row

_CAPITALS = "Capitals beside the largest other city of their country"
_FEW_NAMES = 10
"""So many known places without residents are told by name in a sentence; the row names all."""
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
_FEW_COUNTRIES = 5
_OVER_UNDER = {"over": "over-represented", "under": "under-represented"}


def representation_sentence(row: Row, name: str, rules_of: Sequence[str] = ()) -> str:
    """What one class's figures allow to say of a network. row: as `represented` makes it; rules_of: the names of the networks to which
    its members must belong, whose rules bind too."""
    what = CLASSES_OF.get(str(row["dimension"]), "municipalities of class {}").format(row["class"])
    if row["reading"] == "excluded_by_rule":
        rules = f"its own rules and those of {_and(rules_of)}, to which members must belong" if rules_of else "its own rules"
        return f"{what[0].upper()}{what[1:]} may not join {name} by {rules}, which is no under-representation; none is on the list."
    if row["not_computed_because"]:
        return f"{name}, {what}: no figure, for {row['not_computed_because']}."
    unit = "residents" if row["universe_kind"] == "residents" else "units"
    in_universe = f"{_percent(row['u_c'], row['u'])} of the {unit} of the universe"
    share = f"{row['n_c']} of {row['n_classified']} members with a known class, and {in_universe}"
    told = f"{name}: {what} are {share}. {_told(row, '', 'Crude')}"
    if row["ratio_standardised"] is not None:
        told += f" {_told(row, '_standardised', 'With the countries of the members held fixed')}"
    return f"{told} {_rules_unknown(row)}{_people(row)}{_under(row, row['coverage_percent'])}"


def access_sentence(row: Row, name: str, rules_of: Sequence[str] = ()) -> str:
    """Which part of a class may join a network at all. row: as `access` makes it; rules_of: the names of the networks to which members
    must belong, whose rules are applied and whose lists are not."""
    what = "all municipalities of the universe" if row["dimension"] == "all" else CLASSES_OF[str(row["dimension"])].format(row["class"])
    if row["not_computed_because"]:
        return f"{name}, {what}: no figure on access, for {row['not_computed_because']}."
    if row["municipalities_may_join_percent_low"] is None:
        return f"{name}, {what}: no figure on access, for the universe holds none of them."
    share, people = (_range(row, f"{unit}_may_join_percent") for unit in ("municipalities", "residents"))
    without = row["municipalities_without_residents"]
    less = f" (not counting those of {without:,} of them, of which the source gives no residents)" if without else ""
    held = (
        f"; in these live {people} % of the residents of {what}{less}"
        if people
        else "; the source gives no residents of them" * bool(without)
    )
    universe = "; ".join(str(row[column]) for column in ("universe", "universe_source") if row[column])
    bound = f"; they must also be members of {_and(rules_of)}, whose rules are in this share and whose list is not" if rules_of else ""
    return (
        f"By the rules of {_and((name, *rules_of))} in force on {row['as_of']}, {share} % of {what} may join{_only_in(row)}{held}{bound}. "
        f"Rule: {row['rule']}. "
        f"Universe: {universe}. It does not say who wants to join, nor how rules are applied."
    )


def size_sentence(row: Row, name: str) -> str:
    """One of three: a relation, no relation larger than x, or "cannot tell". row: as `size_and_membership` makes it."""
    capital = row["term"] == "capital"
    subject = "being the capital" if capital else "the number of residents"
    if row["not_computed_because"]:
        return f"{name}: on {subject} and membership no figure, for {row['not_computed_because']}."
    missing = f", {'' if capital else 'also '}{_placed(row)}{_reach(row)}" if row["n_missing"] else ""
    if row["reading"] == "relation":
        told = (f"{_CAPITALS}: {_pairs(row, name)}" if capital else _size_relation(row, name)) + missing
    elif row["reading"] == "no_relation_larger_than":
        what = "odds" if capital or row["effect"] == "odds_ratio" else "number of families"
        per = "of being ahead of the other city" if capital else "per doubling of residents"
        counted = f"; {_pairs(row, name)}" if capital else ""
        told = f"{name}: no relation larger than a factor of {_figure(row['no_larger_than'])} in the {what} {per}{counted}{missing}"
    else:
        known = f": {_pairs(row, name)}{_widest(row)}" if capital else f" ({_interval(row)}{_widest(row)})"
        told = f"{name}: we cannot tell whether {subject} goes with membership{known}"
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


def _told(row: Row, kind: str, how: str) -> str:
    """Over, under, or cannot tell and why. kind: "" or "_standardised"."""
    low, high = (row["ratio_low"], row["ratio_high"]) if not kind else (row[f"ratio{kind}_low"], row[f"ratio{kind}_high"])
    least, most = _figure(low), _figure(high)
    bounds = f"ratio {least if least == most else f'between {least} and {most}'}"
    bounds += "" if low == high else " wherever members without a class may lie"
    reading = str(row[f"reading{kind}"])
    if reading in _OVER_UNDER:
        return f"{how}: {_OVER_UNDER[reading]} ({bounds})."
    few = (
        f"; fewer than {MIN_MEMBERS_FOR_INTERVAL} members"
        if _number(row["n_members"]) < MIN_MEMBERS_FOR_INTERVAL
        else "; parity would be less than one member"
        if _number(high) < 1
        else "; one member alone, where parity would be less than one"
        if _number(low) > 1
        else ""
    )
    return f"{how}: we cannot tell whether they are over- or under-represented ({bounds}{few})."


def _rules_unknown(row: Row) -> str:
    """Under-representation beside rules that are not known, or cut through the class, may be exclusion by rule."""
    beside = row["universe_kind"] in ("at_least_5000", "residents") and "under" in (row["reading"], row["reading_standardised"])
    return "How many of them the network's rules admit is not known. " if beside and row["u_c_eligible"] is None else ""


def _people(row: Row) -> str:
    """Exact where every member has a class and residents, else at least what is known."""
    exact, least = row["member_residents_percent"], row["member_residents_percent_low"]
    if not row["n_c"] or (exact is None and not least):
        return ""
    share = f"at least {_figure(least)}" if exact is None else _figure(exact)
    return f"In these members live {share} % of the residents of the class. "


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
        every = f"{name}: in each country every member of known place and size is at least as {extreme} as every other that may join"
        return f"{every}; {what} per doubling of residents: {_interval(row)}"
    times = f"{_figure(row['estimate'])} times the {what} ({_interval(row)})"
    return f"Within countries {who} municipalities are {many}: each doubling of residents goes with {times}"


def _pairs(row: Row, name: str) -> str:
    """Of the countries compared, those whose cities differ: who is ahead, and what the reading rests on."""
    ahead, behind = int(_number(row["capital_more"])), int(_number(row["other_more"]))
    more = (
        ("the capital", "is in more families", "the other city")
        if row["subject"] == "pooled"
        else ("the capital alone", f"is a member of {name}", "the other city alone")
    )
    letter, value = ("p", row["p"]) if row["q"] is None else ("q", row["q"])
    chance = "under 0.001" if _number(value) < 0.001 else f"{_number(value):.2g}"
    return (
        f"in {ahead} of the {ahead + behind} countries whose two cities differ, of {row['n_units']} compared, {more[0]} {more[1]}, "
        f"in {behind} {more[2]} (95 % interval of the first {_ends(row, 'interval')}, Clopper-Pearson; half would be no relation; "
        f"{letter} {chance})"
    )


def _ends(row: Row, column: str) -> str:
    """Both ends of an interval; of capitals a share of countries in percent."""
    low, high = row[f"{column}_low"], row[f"{column}_high"]
    if row["term"] == "capital":
        return f"{100 * _number(low):.1f} to {100 * _number(high):.1f} %"
    return f"{_figure(low)} to {'no upper limit' if high is None else _figure(high)}"


def _interval(row: Row) -> str:
    if row["interval_low"] is None:
        return "no interval"
    return f"95 % interval {_ends(row, 'interval')}, {row['interval_model']}"


def _placed(row: Row) -> str:
    """Where the missing members may lie: anywhere, but in the pooled model of size as far as a search found."""
    one = row["n_missing"] == 1
    unit = "membership" if row["subject"] == "pooled" else "member"
    who = f"the {f'one missing {unit}' if one else str(row['n_missing']) + f' missing {unit}s'} ({_missing(row)})"
    if row["effect"] == "rate_ratio":
        return f"with {who} where {'it moves' if one else 'they move'} this furthest, as far as a search found"
    return f"wherever {who} may stand"


def _missing(row: Row) -> str:
    """The two kinds of missing members: names that nobody could match, and known places of unknown size, by name if they are few."""
    names, unmatched = str(row["without_residents"] or "").split(";"), row["n_unmatched"]
    told = f"{unmatched} unmatched name{'' if unmatched == 1 else 's'}" if unmatched else ""
    if names == [""]:
        return told
    who = _and(names) if len(names) <= _FEW_NAMES else f"{len(names)} known places, see without_residents"
    return "; ".join(part for part in (told, f"without residents or country in the list of municipalities: {who}") if part)


def _reach(row: Row) -> str:
    """How far the interval reaches over these placings, where that is further than without them."""
    ends = (row["widest_low"], row["widest_high"])
    if ends[0] is None or ends == (row["interval_low"], row["interval_high"]):
        return ""
    return f" ({_ends(row, 'widest')})"


def _widest(row: Row) -> str:
    if row["n_missing"] and row["widest_low"] is None and row["interval_low"] is not None:
        return f"; {_placed(row)} the model does not converge"
    reach = _reach(row) if row["n_missing"] else ""
    return f"; {_placed(row)}{reach}" if reach else ""


def _only_in(row: Row) -> str:
    """The only countries from which anybody may join, where they are few enough to be read, else how many; a country's own row says it."""
    countries = str(row["countries_admitted"] or "").split(";")
    if countries == [""] or row["dimension"] == "country" or not row["municipalities_may_join_percent_high"]:
        return ""
    few = len(countries) <= _FEW_COUNTRIES
    return f", all of them in {_and(countries)}" if few else f", all of them in {len(countries)} countries that the rules admit"


def _and(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


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
