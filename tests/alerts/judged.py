"""What people judged of the changes that the tests tell: lines of claims, harm flags and withdrawals as the project keeps them."""

import csv

from citynet.pipelines.outside import Outside
from citynet.places.judgement_files import COLUMNS


def claim(outside: Outside, outcome: str = "", what: str = "correction", row_id: str = "a") -> None:
    """One claim on a change of Graz, open or answered."""
    answered = dict(outcome=outcome, answered_on="2024-02-03", reviewer="editor", reason="asked the network") if outcome else {}
    stated = dict(case_id="k1", what=what, row_id=row_id, network_id="rivers", place_id="gn1", claim="it is not so", received="2024-02-02")
    _write(outside, "claims.csv", {**stated, **answered})


def flags(outside: Outside, *verdicts: str) -> None:
    """The flags of Graz: flagged, then agreed (to change a) or lifted, each on a later day."""
    lines = [
        dict(place_id="gn1", verdict=verdict, change_id="a" if verdict == "agreed" else "", date=f"2024-02-{day:02}")
        for day, verdict in enumerate(verdicts, 2)
    ]
    _write(outside, "harm_flags.csv", *({**line, "reviewer": "editor", "reason": "safety"} for line in lines))


def withdraw(outside: Outside) -> None:
    """Graz is withdrawn from everywhere."""
    _write(outside, "withdrawals.csv", dict(what="place", place_id="gn1", reason_class="safety", date="2024-02-02", reviewer="editor"))


def _write(outside: Outside, file: str, *lines: dict[str, str]) -> None:
    columns = COLUMNS[file]
    with (outside.judgements / file).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted([line.get(column, "") for column in columns] for line in lines))
