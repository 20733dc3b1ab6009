"""Changes in sentences: one place for the words of alerts, feeds and pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from citynet.alerts.correcting import is_decided_anew, told_of
from citynet.alerts.digest import Frame, happened, how_sure, when
from citynet.model import Row
from citynet.pipelines.released import Membership, membership, told_row

Tables = Mapping[str, Sequence[Row]]
_FRAME = Frame("", "en", "", "")
_HAPPENED = {
    "renamed": "renamed from “{before}” to “{after}”",
    "merged": "merged into another body",
    "split": "split into other bodies",
    "re_resolved": "the printed name is matched to another place now",
    "corrected": "corrected from “{before}” to “{after}”",
    "source_restructured": "lists of another sort are read now: “{after}” instead of “{before}”",
    "network_closed": "the stay ended with the network",
}
_TAKEN_BACK = "“{before}” is taken back, since a list was decided anew"
_SUCCEEDS = {"merged": "it goes on from {predecessor}, which was merged into it", "split": "it goes on from {predecessor}, which was split"}


@dataclass(frozen=True, slots=True)
class Known:
    """What sentences need of the other tables. names: network_id -> name; places: place_id -> name with country;
    absences: membership -> complete lists without it; once: place_id -> name with country, of bodies of which no list names some any
    more."""

    names: Mapping[object, str]
    places: Mapping[object, str]
    absences: Mapping[Membership, int]
    once: Mapping[object, str] = field(default_factory=dict)

    def place(self, row: Row) -> str:
        """The body of a change; its id where the release has no such place, the whole list where it is about none."""
        return self.places.get(row["place_id"]) or str(row["place_id"] or "the whole list")

    def body(self, place_id: object) -> str:
        """A body by its id, named as our gazetteer does where the release has no such place."""
        return self.places.get(place_id) or self.once.get(place_id) or f"a body that no list names ({place_id})"

    def network(self, row: Row) -> str:
        """The network of a change."""
        return self.names.get(row["network_id"]) or str(row["network_id"])


def known(tables: Tables, once: Mapping[object, str] | None = None) -> Known:
    """The look-ups of a release. once: names of bodies that it has no row of."""
    return Known(
        names={n["network_id"]: str(n["name"]) for n in tables["networks"]},
        places={p["place_id"]: f"{p['name']} ({p['country']})" if p["country"] else str(p["name"]) for p in tables["places"]},
        absences={membership(m): int(str(m["not_seen"] or 0)) for m in tables["memberships"]},
        once=once or {},
    )


def world_sentence(row: Row, names: Known) -> str:
    """A world change as alerts tell it: network, body and country, what, when, how sure."""
    told = replace(told_row(row, network=names.network(row), place=names.place(row)), absences=names.absences.get(membership(row), 0))
    return f"{told.network}: {told.place} {happened(told_of(told), _FRAME)} {when(told)}. {how_sure(told, _FRAME)}"


def _what(row: Row) -> str:
    if is_decided_anew(row):
        return _TAKEN_BACK
    if row["before"] and row["before"] != row["place_id"] and row["change"] in _SUCCEEDS:
        return _SUCCEEDS[str(row["change"])]
    return _HAPPENED[str(row["change"])]


def record_sentence(row: Row, names: Known) -> str:
    """A change of our records: network, body, what happened to the record, and that nobody joined or left by it."""
    what = _what(row).format(before=row["before"] or "–", after=row["after"] or "–", predecessor=names.body(row["before"]))
    cause = str(row["cause"]).replace("_", " ")
    return f"{names.network(row)}, our record of {names.place(row)}: {what} ({cause}). No change of membership."
