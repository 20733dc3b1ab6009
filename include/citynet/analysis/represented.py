"""One figure of representation with all that measures.md wants beside it: standardised by country, access by rule, residents."""

from collections.abc import Mapping, Sequence

from citynet.analysis.columns import BESIDE, STANDARDISED
from citynet.analysis.lists import MemberList
from citynet.analysis.representation import no_universe, representation
from citynet.analysis.sentences import representation_sentence
from citynet.analysis.standardised import standardised
from citynet.analysis.strata import ELIGIBLE, Strata
from citynet.model import Row

Figures = Mapping[str, int | None]
"""Municipality -> its residents."""


def represented(
    members: MemberList,
    classes: Mapping[str, str | None],
    strata: Strata,
    as_of: str,
    *,
    residents: Figures | None = None,
    eligible: Strata | None = None,
    perhaps: Strata | None = None,
    name: str = "",
    rules_of: Sequence[str] = (),
    age_limit: bool = True,
) -> list[Row]:
    """One row a class of the universe, sorted as it is: the columns of `representation`, of `standardised`, BESIDE, sentence.

    residents: of member municipalities, for the people who live in them. eligible: the same dimension of what the network's rules
    surely admit, None where that is not known; perhaps: of what they may admit, where a rule cuts through a cell that cannot be
    counted. A class of which neither holds anybody and of which nobody is a member reads excluded_by_rule, which is no
    under-representation. name: of the network, rules_of: of those to which its members must belong, whose rules bind too; for the
    sentence.
    """
    crude = representation(members, classes, strata.universe, strata.dimension, as_of, age_limit=age_limit)
    beside = standardised(members, classes, strata, as_of, age_limit=age_limit)
    eligible = strata if strata.kind == ELIGIBLE else eligible
    rows: list[Row] = []
    for row, more in zip(crude, beside, strict=True):
        missing = None if row["n_c"] is None else int(str(row["n_members"])) - int(str(row["n_classified"]))
        made = {**row, **more, **_beside(members, classes, strata, residents, str(row["class"]), missing)}
        made |= _by_rule(made, eligible, perhaps)
        rows.append({**made, "sentence": representation_sentence(made, name or members.network_id, rules_of)})
    return rows


def not_represented(
    members: MemberList,
    kind: str,
    universe: str,
    classes: Sequence[str],
    source: str,
    as_of: str,
    because: str,
    name: str,
    *,
    age_limit: bool,
) -> list[Row]:
    """The same columns along size classes where a universe cannot be counted: no figure, and why. kind: of the universe."""
    crude = no_universe(members, universe, "municipality_size_class", classes, source, as_of, because, age_limit=age_limit)
    rows: list[Row] = []
    for row in crude:
        made = {**row, **dict.fromkeys(STANDARDISED), **dict.fromkeys(BESIDE), "universe_kind": kind}
        made["standardised_not_computed_because"] = row["not_computed_because"]
        rows.append({**made, "sentence": representation_sentence(made, name)})
    return rows


def _beside(
    members: MemberList, classes: Mapping[str, str | None], strata: Strata, residents: Figures | None, name: str, missing: int | None
) -> Row:
    """How many people live in the member municipalities of the class: the count weighs a village as much as a metropolis.

    missing: members who may be of this class or another, None where the row has no figures. With any of them, or with a member
    whose residents are not known, the share is told as at least what is known.
    """
    row: Row = {"universe_kind": strata.kind, **dict.fromkeys(BESIDE[1:])}
    if residents is None or missing is None:
        return row
    countries = set(strata.countries)
    inside = [
        place_id
        for place_id in sorted(members.municipality_ids)
        if classes.get(place_id) == name and members.countries.get(place_id, "") in {*countries, ""}
    ]
    known = [count for place_id in inside if (count := residents.get(place_id)) is not None]
    people, without = sum(known), len(inside) - len(known)
    everyone = sum(strata.residents.get(name, {}).values())
    at_least = 100 * people / everyone if everyone else None
    return row | {
        "member_residents": people if known or not inside else None,
        "member_residents_percent": None if without or missing else at_least,
        "members_without_residents": without,
        "member_residents_percent_low": at_least,
    }


def _by_rule(row: Row, eligible: Strata | None, perhaps: Strata | None) -> Row:
    if eligible is None:
        return {}
    surely, more = (sum(of.municipalities.get(str(row["class"]), {}).values()) if of else 0 for of in (eligible, perhaps))
    kept_out = surely + more == 0 and row["n_c"] == 0
    readings: Row = {"reading": "excluded_by_rule", "reading_standardised": "excluded_by_rule"} if kept_out else {}
    return {"u_c_eligible": None if more else surely, **readings}
