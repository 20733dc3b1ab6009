"""What the pages on shared members show: all pairs, the chance models by name, and one page for each pair of networks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from citynet.model import FALSE_DISCOVERIES, Row
from citynet.publishing.headlines import grouped, has_open_names
from citynet.publishing.site.charts import heat_map
from citynet.publishing.site.context import Data, alphabetical, name_of
from citynet.publishing.site.sentences import most_shared, shared_beside

MODELS = {
    "fixed_margins_country": "fixed margins within country",
    "fixed_margins": "fixed margins",
    "hypergeometric": "sizes of the lists alone (hypergeometric)",
    "bicm": "configuration model (bicm)",
}
"""The chance models in the order in which they are shown, within country first; a figure never stands without its model."""
QUESTIONS = {
    "fixed_margins_country": "more than members’ general joining, and the networks’ countries, account for?",
    "fixed_margins": "more than members’ general joining accounts for?",
    "hypergeometric": "more than the sizes of the two lists account for?",
    "bicm": "more than members’ general joining accounts for, kept in the mean only?",
}
SETTLED_BY = "nothing is left to chance by "
"""What the table says of a pair before the models that settle what it shares."""
WHATS = {"function": "Functions", "theme": "Themes", "policy_domain": "Policy domains", "addressee": "Addressees"}
SIDES = ("network", "list_date", "n", "containment")
"""Columns of network_overlap with an _a and a _b."""


def overlap_page(data: Data) -> dict[str, Any]:
    """The heat map, the pairs that can be compared, the tested ones by each chance model, and why others lack figures."""
    rows = [by_name(row, data) for row in data.tables["network_overlap"]]
    counts = Counter(told for row in rows for reason in _reasons(row) if (told := _without_dates(reason)))
    said = [most_shared(rows, data.networks), shared_beside(rows, data.networks), held_by_most_connected(data), beyond_chance(data)]
    untested = [set(_reasons(row)) for row in rows if row["nested_by_rule"] is not True]
    everywhere = set.intersection(*untested) if len(untested) > 1 else set()
    # Pairs with neither a shared member nor a comparison are in the table for download.
    pairs = sorted((r for r in rows if _is_shown(r)), key=lambda r: _names(r, data))
    return {
        "map": heat_map(rows, data.networks),
        "sentences": [s for s in said if s],
        "open_names": has_open_names,
        "pairs": [(r, "; ".join(_named(reason, r, data) for reason in _reasons(r) if reason not in everywhere)) for r in pairs],
        "pair_count": len(rows),
        "compared": sum(r["shared"] is not None for r in pairs),
        "dates": sorted(str(r[side]) for r in pairs for side in ("list_date_a", "list_date_b") if r[side]),
        "tested": [r for r in pairs if is_tested(r)],
        "family": _family(data),
        "models": [(model, MODELS[model], _model(data, model)) for model in MODELS],
        "admitted": sorted(data.tables["chance_model_networks"], key=lambda r: alphabetical(name_of(data.networks, r["network_id"]))),
        "everywhere": sorted(everywhere) if pairs else [],
        "reasons": sorted(counts.items()),
    }


def pair_pages(data: Data) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """(ids of the two networks, what the page shows) of each pair that has a row of shared members worth showing, or of what both do."""
    found = {_key(r): by_name(r, data) for r in data.tables["network_overlap"] if _is_shown(r)}
    side_by_side: dict[tuple[str, str], list[Row]] = {}
    for row in data.tables["functional_overlap"]:
        side_by_side.setdefault(_key(row), []).append(row)
    met: dict[tuple[str, str], list[Row]] = {}
    for row in data.tables["bridges"]:
        met.setdefault(_key(row), []).append(row)
    for key in sorted({*found, *side_by_side, *met}):
        yield key, _pair(data, key, found.get(key), side_by_side.get(key, ()), met.get(key, ()))


def pair_file(a: str, b: str) -> str:
    """Name of the page of two networks, whichever comes first, without the ending."""
    return "--".join(sorted((a, b)))


def _pair(data: Data, key: tuple[str, str], shared: Row | None, side_by_side: Sequence[Row], met: Sequence[Row]) -> dict[str, Any]:
    first, second = sorted(key, key=lambda i: alphabetical(name_of(data.networks, i)))
    turned = first != key[0]
    return {
        "first": first,
        "second": second,
        "o": shared,
        "universe": _with_names(str(shared["universe"]), key, data) if shared else "",
        "open": shared is not None and has_open_names(shared),
        "note": "; ".join(_named(reason, shared, data) for reason in _reasons(shared)) if shared else "",
        "nested": any(r["nested_by_rule"] is True for r in ([shared] if shared else [*side_by_side, *met])),
        "models": [_told(shared, model) for model in MODELS] if shared and is_tested(shared) else [],
        "family": _family(data),
        "whats": [(title, _items(side_by_side, what, turned)) for what, title in WHATS.items()] if side_by_side else [],
        "bridges": [_turned(r, ("bodies", "seen_from", "seen_to")) if turned else r for r in met],
    }


def _with_names(universe: str, key: tuple[str, str], data: Data) -> str:
    """A universe in words with the networks' names for their ids; both at once, since one id may be part of the other."""
    ids = "|".join(re.escape(i) for i in sorted(key, key=len, reverse=True))
    return re.sub(rf"\b({ids})\b", lambda found: name_of(data.networks, found.group(0)), universe)


def functions_page(data: Data) -> dict[str, Any]:
    """The pairs of networks of which it is told what both do, how many of the items both show, in alphabetical order; and the bridges."""
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in data.tables["functional_overlap"]:
        pairs.setdefault(_key(row), []).append(row)
    shown = [(_names(rows[0], data), rows[0], _both(rows)) for rows in pairs.values()]
    bridges = [by_name(r, data, ("network", "bodies", "seen_from", "seen_to")) for r in data.tables["bridges"]]
    return {
        "pairs": [(row, both) for _, row, both in sorted(shown, key=lambda each: each[0]) if any(both.values())],
        "pair_count": len(pairs),
        "bridges": sorted(bridges, key=lambda r: (alphabetical(name_of(data.places, r["place_id"])), _names(r, data))),
        "dates": sorted({str(r[c]) for rows in pairs.values() for r in rows for c in ("list_date_a", "list_date_b") if r[c]}),
    }


def _both(rows: Sequence[Row]) -> dict[str, list[str]]:
    """By what: the items that both networks of a pair show, in the alphabet."""
    return {what: sorted(str(r["item"]) for r in rows if r["what"] == what and r["in_a"] == r["in_b"] == "yes") for what in WHATS}


def _items(rows: Sequence[Row], what: str, turned: bool) -> list[Row]:
    return [_turned(r, ("in", "strength")) if turned else r for r in rows if r["what"] == what]


def beyond_chance(data: Data) -> str:
    """How many of the tested pairs share more than each chance model gives, model by model; "" where nothing is tested."""
    tested = [r for r in data.tables["network_overlap"] if is_tested(r)]
    family = _family(data)
    if not tested or not family:
        return ""
    told = []
    for model, name in MODELS.items():
        known = [float(str(r[f"q_{model}"])) for r in tested if r[f"q_{model}"] is not None]
        if known:
            of = f" of {grouped(len(known))}" if len(known) != len(tested) else ""
            told.append(f"{grouped(sum(q <= FALSE_DISCOVERIES for q in known))}{of} by {name}")
    pairs = f"the {grouped(len(tested))} tested pairs" if len(tested) > 1 else "the one tested pair"
    return (
        f"Of {pairs}, so many share more members than chance gives, at a false discovery rate of 5\u00a0%: {'; '.join(told)}. "
        f"The models ask different questions, so their answers differ. {family} "
        "Universe: by the sizes of the lists alone, of each pair the municipalities that may join both; by the others, those on any list "
        "of the family, each in networks that it may join."
    )


def held_by_most_connected(data: Data) -> str:
    """Which share of all memberships the tenth with most memberships holds, with its bounds; "" where it is not known."""
    wanted = ("share_of_top_decile", "networks", "core_or_component")
    found = [r for r in data.tables["connectivity_concentration"] if (r["measure"], r["counted_by"], r["relevance"]) == wanted]
    if not found:
        return ""
    row = found[0]
    told = [_percent(row[end]) for end in ("low", "high") if row[end] is not None]
    bounds = f" ({told[0]} to {told[1]}, wherever names that are not matched belong)" if len(set(told)) == 2 else ""
    return (
        f"The tenth of municipalities with most memberships holds {_percent(row['value'])} of all memberships{bounds}. Universe: the "
        f"{grouped(row['n_places'])} municipalities on at least one of {grouped(row['networks_observed'])} complete lists, of "
        f"{row['lists_from']} to {row['lists_to']}."
    )


def is_tested(row: Row) -> bool:
    """Whether any chance model has a figure of the pair."""
    return any(row[f"p_{model}"] is not None for model in MODELS)


def chance(value: object) -> str:
    """A p- or q-value in three digits; a smaller one as such, a missing one as an en dash."""
    if value is None:
        return "–"
    found = float(str(value))
    return "< 0.001" if found < 0.001 else f"{found:.3f}"


def _told(row: Row, model: str) -> dict[str, object]:
    figures = {figure: row[f"{figure}_{model}"] for figure in ("expected", "z", "p", "p_lower", "q", "q_by")}
    methods = dict(each.split(": ", 1) for each in str(row["p_method"] or "").split("; ") if ": " in each)
    return {"name": MODELS[model], "question": QUESTIONS[model], **figures, "method": methods.get(model)}


def _model(data: Data, model: str) -> Row:
    return next((r for r in data.tables["chance_models"] if r["model"] == model), {})


def _family(data: Data) -> str:
    """The family of tests in words, by the model that tests most pairs; how many each tests stands beside. "" where none tests any."""
    tested = [row for model in MODELS if (row := _model(data, model)).get("family")]
    return str(max(tested, key=lambda row: int(str(row["pairs"])))["family"]) if tested else ""


def _is_shown(row: Row) -> bool:
    return row["shared"] is not None or bool(row["shared_at_least"])


def _key(row: Row) -> tuple[str, str]:
    return str(row["network_a"]), str(row["network_b"])


def _names(row: Row, data: Data) -> list[str]:
    return [alphabetical(name_of(data.networks, row[side])) for side in ("network_a", "network_b")]


def by_name(row: Row, data: Data, sides: Sequence[str] = SIDES) -> Row:
    """The pair with the network first whose name comes first; the table has them in the order of their ids."""
    first, second = _names(row, data)
    return row if first <= second else _turned(row, sides)


def _turned(row: Row, sides: Sequence[str]) -> Row:
    ends = [(c, end) for c in sides for end in ("", "_low", "_high") if f"{c}_a{end}" in row]
    return {**row, **{f"{c}_a{e}": row[f"{c}_b{e}"] for c, e in ends}, **{f"{c}_b{e}": row[f"{c}_a{e}"] for c, e in ends}}


def _reasons(row: Mapping[str, object]) -> list[str]:
    return [_in_words(reason) for reason in str(row["not_computed_because"] or "").split("; ") if reason]


def _in_words(reason: str) -> str:
    """A reason with the names of chance models for their columns."""
    told, by, models = reason.partition(SETTLED_BY)
    return f"{told}{by}{' and by '.join(MODELS.get(model, model) for model in models.split(', '))}" if by else reason


def _without_dates(reason: str) -> str:
    """A reason without the network it is about and without its dates, to count the pairs to which it applies; "" for a bare size."""
    plain = re.sub(r"^[a-z0-9_]+: ", "", re.sub(r" \(or from \d{4}-\d{2}-\d{2} on\)|, which are lists of .*", "", reason))
    told = re.sub(r":? (of |since )?\d{4}-\d{2}-\d{2}( and \d{4}-\d{2}-\d{2})?|^\d+ (?=printed)", "", plain)
    return "" if re.fullmatch(r"\d+ members(, [a-z0-9_]+: \d+ members)?", told) else told


def _named(reason: str, row: Row, data: Data) -> str:
    """A reason with the name of its network for the id."""
    for side in ("network_a", "network_b"):
        if reason.startswith(f"{row[side]}: "):
            return f"{name_of(data.networks, row[side])}: {reason.removeprefix(f'{row[side]}: ')}"
    return reason


def _percent(value: object) -> str:
    return f"{100 * float(str(value)):.0f}\u00a0%"
