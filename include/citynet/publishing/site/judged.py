"""Which recorded judgement stands behind a row or a change, so that a page can lead to who decided, when and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.model import Row
from citynet.publishing.site.context import Data, alphabetical, grouped_by

ROUTE = "judgement:"
"""Start of the route of a name on which a person decided; the verdict follows, then the network to which it is limited."""

MATTERS = {
    "place_name": "Printed names",
    "body": "Bodies",
    "country_name": "Printed countries",
    "capture": "Captures of lists",
    "membership": "Memberships",
    "statistical_city": "Statistical cities",
    "municipal_change": "Mergers, splits and renames of municipalities",
    "claim": "Corrections asked for, and replies",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements by what they are about. names: folded printed name -> rows; by_place: place_id -> rows on the body itself.

    memberships: (network_id, place_id) -> rows; captures: capture_id -> the row that holds, of several the latest.
    """

    names: Mapping[str, Sequence[Row]]
    memberships: Mapping[tuple[str, str], Sequence[Row]]
    captures: Mapping[str, Row]
    by_place: Mapping[str, Sequence[Row]]


def look_up(data: Data) -> Judged:
    """The table judgements, ready to ask."""
    about = grouped_by(data.tables["judgements"], "about")
    names: dict[str, list[Row]] = defaultdict(list)
    memberships: dict[tuple[str, str], list[Row]] = defaultdict(list)
    places: dict[str, list[Row]] = defaultdict(list)
    for row in about.get("place_name", ()):
        names[_words(row["subject"])].append(row)
    for row in about.get("membership", ()):
        for place_id in place_ids(row):
            memberships[str(row["network_id"]), place_id].append(row)
    for row in (*about.get("body", ()), *about.get("statistical_city", ()), *about.get("municipal_change", ())):
        for place_id in dict.fromkeys((str(row["subject"]), *place_ids(row))):
            places[place_id].append(row)
    on_captures = sorted(about.get("capture", ()), key=lambda row: str(row["decided_on"]))
    return Judged(dict(names), dict(memberships), {str(r["subject"]): r for r in on_captures}, dict(places))


def _words(name: object) -> str:
    """The words of a name without case, accents and marks: one source prints Berlin-Neukölln, the next Berlin Neukölln."""
    return " ".join(alphabetical("".join(c if c.isalnum() else " " for c in str(name))).split())


def place_ids(judgement: Row) -> tuple[str, ...]:
    """The places that a judgement names."""
    return tuple(part.strip() for part in str(judgement["place_id"] or "").split(";") if part.strip())


def of_name(judged: Judged, name: str, route: str, places: str) -> str:
    """Id of the judgement by which a printed name went this route; "" where it can't be told which.

    places: the place or places that the name led to, separated by semicolons. The route tells verdict and scope; of several
    judgements on one name (in several countries) it is the one that names the same places.
    """
    verdict, _, network_id = route.removeprefix(ROUTE).partition(":")
    same = [r for r in judged.names.get(_words(name), ()) if (r["verdict"], str(r["network_id"] or "")) == (verdict, network_id)]
    wanted = {part.strip() for part in places.split(";")} - {""}
    exact = [r for r in same if set(place_ids(r)) == wanted]
    found = exact if len(exact) == 1 else same
    return str(found[0]["judgement_id"]) if len(found) == 1 else ""


def of_membership(judged: Judged, row: Row, change: str) -> list[str]:
    """Ids of the judgements by which a membership changed so (left | joined | on_hold | resumed), of several those of its dates."""
    found = [r for r in judged.memberships.get((str(row["network_id"]), str(row["place_id"])), ()) if r["verdict"] == change]
    dates = {str(row.get(c)) for c in ("printed_on", "joined_on", "latest", "to_latest") if row.get(c)}
    exact = [r for r in found if set(str(r["happened"] or "").split("/")) & dates]
    return [str(r["judgement_id"]) for r in exact or found]


def by_matter(data: Data) -> list[tuple[str, str, list[Row]]]:
    """The judgements by what they are about, with its title, each group in the alphabetical order of subjects, of one subject by day."""
    groups = grouped_by(data.tables["judgements"], "about")

    def order(row: Row) -> tuple[str, ...]:
        return (alphabetical(row["subject"]), str(row["network_id"] or ""), str(row["decided_on"]), str(row["judgement_id"]))

    return [(matter, title, sorted(groups[matter], key=order)) for matter, title in MATTERS.items() if matter in groups]
