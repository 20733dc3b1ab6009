"""What is told of the changes in a release: whether, from when and in which words: one place for alerts' and feeds' words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.alerts.correcting import told_of
from citynet.alerts.digest import Frame, happened, how_sure, when
from citynet.alerts.telling import PRINTED, Telling, first_live_captures, may_be_told
from citynet.model import Row
from citynet.pipelines.alert_quality import quality_rows
from citynet.pipelines.claims import by_row, case_rows, claim_lines, correction_rows, with_claims
from citynet.pipelines.released import told_row
from citynet.pipelines.withdrawing import withdrawals
from citynet.places.judgement_files import Lines
from citynet.publishing.withdrawn import tables_without

Tables = Mapping[str, Sequence[Row]]
Membership = tuple[object, ...]
_WAITS = {"agreement": "a person has not agreed yet"}
"""Reasons told in other words: which places are under a harm flag is not published."""
_FRAME = Frame("", "en", "", "")
_HAPPENED = {
    "renamed": "renamed from “{before}” to “{after}”",
    "merged": "merged into another body",
    "split": "split into other bodies",
    "re_resolved": "the printed name is matched to another place now",
    "corrected": "corrected from “{before}” to “{after}”",
    "source_restructured": "the source is laid out anew: “{after}” instead of “{before}”",
    "network_closed": "the stay ended with the network",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What sentences need of the other tables. names: network_id -> name; places: place_id -> name with country;
    absences: membership -> complete lists without it."""

    names: Mapping[object, str]
    places: Mapping[object, str]
    absences: Mapping[Membership, int]

    def place(self, row: Row) -> str:
        """The body of a change; its id where the release has no such place, the whole list where it is about none."""
        return self.places.get(row["place_id"]) or str(row["place_id"] or "the whole list")

    def network(self, row: Row) -> str:
        """The network of a change."""
        return self.names.get(row["network_id"]) or str(row["network_id"])


def known(tables: Tables) -> Known:
    """The look-ups of a release."""
    return Known(
        names={n["network_id"]: str(n["name"]) for n in tables["networks"]},
        places={p["place_id"]: f"{p['name']} ({p['country']})" if p["country"] else str(p["name"]) for p in tables["places"]},
        absences={_membership(m): int(str(m["not_seen"] or 0)) for m in tables["memberships"]},
    )


def finished(tables: Tables, lines: Lines, as_of: str) -> dict[str, list[Row]]:
    """All tables of a release with claims, what may be told, how good alerts were, and without what is withdrawn."""
    claims = claim_lines(lines)
    networks = {str(row["network_id"]) for row in tables["networks"]}
    memberships, changes = with_claims(tables["memberships"], tables["membership_changes"], by_row(claims))
    made = {name: list(rows) for name, rows in tables.items()}
    made |= {"memberships": memberships, "membership_changes": changes, "corrections": correction_rows(claims, networks)}
    made["review_cases"] += case_rows(claims, networks)
    made |= {"membership_changes": world_rows(made, lines, as_of), "record_changes": record_rows(made, lines)}
    made = tables_without(made, withdrawals(lines))
    return made | {"alert_quality": quality_rows(made, as_of)}


def world_rows(tables: Tables, lines: Lines, as_of: str) -> list[Row]:
    """Table membership_changes with what may be told of each change at as_of, from when, and in which words.

    The days of the right of reply run from the day on which the departure was detected, whenever the contacts were asked:
    the ledger that knows when is no input of a release (docs/decisions/0011-what-is-told-and-withdrawn.md).
    """
    flags, claims = _values(lines, "harm_flags.csv"), _values(lines, "claims.csv")
    first = first_live_captures(tables["sources"])
    detected = {str(row["change_id"]): str(row["known_at"])[:10] for row in tables["membership_changes"]}
    names, rows = known(tables), []
    for row in tables["membership_changes"]:
        found = may_be_told(row, flags, claims, detected, as_of, first_live=first)
        rows.append({**row, "sentence": world_sentence(row, names), **_telling(found)})
    return rows


def record_rows(tables: Tables, lines: Lines) -> list[Row]:
    """Table record_changes with the sentence of each that the feeds tell: of live lists after the first, and of people.

    Those of a place under a harm flag are told only where a person agreed, as its changes of the world are.
    """
    flags, first, names = _values(lines, "harm_flags.csv"), first_live_captures(tables["sources"]), known(tables)
    told = [_is_told(row, flags, first) for row in tables["record_changes"]]
    return [
        {**row, "sentence": record_sentence(row, names) if tell else None} for row, tell in zip(tables["record_changes"], told, strict=True)
    ]


def world_sentence(row: Row, names: Known) -> str:
    """A world change as alerts tell it: network, body and country, what, when, how sure."""
    told = replace(told_row(row, network=names.network(row), place=names.place(row)), absences=names.absences.get(_membership(row), 0))
    return f"{told.network}: {told.place} {happened(told_of(told), _FRAME)} {when(told)}. {how_sure(told, _FRAME)}"


def record_sentence(row: Row, names: Known) -> str:
    """A change of our records: network, body, what happened to the record, and that nobody joined or left by it."""
    what = _HAPPENED[str(row["change"])].format(before=row["before"] or "–", after=row["after"] or "–")
    cause = str(row["cause"]).replace("_", " ")
    return f"{names.network(row)}, our record of {names.place(row)}: {what} ({cause}). No change of membership."


def _is_told(row: Row, flags: Sequence[Mapping[str, str]], first: frozenset[str]) -> bool:
    """Asked of the rule for world changes as a change of a full membership that some source prints, so that only flags hold it back."""
    if row["capture_origin"] not in ("live", None, ""):
        return False
    asked = {**row, "tie": "full", "capture_origin": "live", "cause": sorted(PRINTED)[0], "printed_on": ""}
    return may_be_told(asked, flags, (), {}, "", first_live=first).outcome == "now"


def _telling(found: Telling) -> Row:
    why = _WAITS.get(found.waits_for, found.why)
    return {"telling": found.outcome, "alert_from": found.alert_from or None, "not_told_because": why or None}


def _membership(row: Row) -> Membership:
    return (row["network_id"], row["place_id"], row["tie"])


def _values(lines: Lines, file: str) -> list[Mapping[str, str]]:
    return [line.values for line in lines.get(file, ())]
