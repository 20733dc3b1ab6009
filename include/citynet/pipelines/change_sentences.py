"""Changes in sentences: one place for the words of alerts, feeds and pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from citynet.alerts.correcting import told_of
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
        absences={membership(m): int(str(m["not_seen"] or 0)) for m in tables["memberships"]},
    )


def world_sentence(row: Row, names: Known) -> str:
    """A world change as alerts tell it: network, body and country, what, when, how sure."""
    told = replace(told_row(row, network=names.network(row), place=names.place(row)), absences=names.absences.get(membership(row), 0))
    return f"{told.network}: {told.place} {happened(told_of(told), _FRAME)} {when(told)}. {how_sure(told, _FRAME)}"


def record_sentence(row: Row, names: Known) -> str:
    """A change of our records: network, body, what happened to the record, and that nobody joined or left by it."""
    what = _HAPPENED[str(row["change"])].format(before=row["before"] or "–", after=row["after"] or "–")
    cause = str(row["cause"]).replace("_", " ")
    return f"{names.network(row)}, our record of {names.place(row)}: {what} ({cause}). No change of membership."
