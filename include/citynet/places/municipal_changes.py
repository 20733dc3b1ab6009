"""Mergers, splits and renames of municipalities as people recorded them: what two lines must not say against each other."""

from collections.abc import Iterable, Mapping, Sequence

from citynet.errors import ConfigError
from citynet.model import Judgement

ENDS = ("merged_into", "split_into")
"""Changes by which the body is no more and one or several successors take over."""


def checked(lines: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The lines of municipal_changes.csv as they are; their ids have been looked up already.

    ConfigError with file and line: a successor or former name where it does not belong, a body that ends twice or in two
    ways, a rename told twice, successors that lead back to where they began.
    """
    for line in lines:
        _check_columns(line)
    _check_ends([line for line in lines if line.values["change"] in ENDS])
    _check_renames([line for line in lines if line.values["change"] == "renamed"])
    return tuple(lines)


def _check_columns(line: Judgement) -> None:
    values, change = line.values, line.values["change"]
    if not values["place_id"]:
        raise ConfigError(f"{line.where}: expected place_id to be filled, found nothing")
    for column, belongs in (("successor_id", change in ENDS), ("former_name", change == "renamed")):
        if bool(values[column].strip()) != belongs:
            expected = "filled" if belongs else "empty"
            raise ConfigError(f"{line.where}: expected {column} to be {expected} with {change}, found {values[column]!r}")


def _check_ends(lines: Iterable[Judgement]) -> None:
    """One body ends once: merged into one other, or split into several on one date."""
    ends: dict[str, list[Judgement]] = {}
    for line in lines:
        for other in ends.get(line.values["place_id"], ()):
            same = all(line.values[column] == other.values[column] for column in ("change", "date"))
            if not same or line.values["change"] == "merged_into" or line.values["successor_id"] == other.values["successor_id"]:
                raise ConfigError(f"{line.where}: contradicts or repeats {other.where}: {_told(line)}, there {_told(other)}")
        ends.setdefault(line.values["place_id"], []).append(line)
    for place_id in sorted(ends):
        _check_loop(place_id, ends)


def _check_loop(place_id: str, ends: Mapping[str, Sequence[Judgement]]) -> None:
    """ConfigError where a body is a successor of its successors."""
    reached, waiting = set[str](), [place_id]
    while waiting:
        for line in ends.get(waiting.pop(), ()):
            successor = line.values["successor_id"]
            if successor == place_id:
                raise ConfigError(f"{line.where}: expected successors that do not lead back, found {_told(line)}")
            if successor not in reached:
                reached.add(successor)
                waiting.append(successor)


def _check_renames(lines: Iterable[Judgement]) -> None:
    """One rename of a body and a date is told once."""
    seen: dict[tuple[str, str], Judgement] = {}
    for line in lines:
        key = (line.values["place_id"], line.values["date"])
        if key in seen:
            raise ConfigError(f"{line.where}: contradicts or repeats {seen[key].where}: {_told(line)}, there {_told(seen[key])}")
        seen[key] = line


def _told(line: Judgement) -> str:
    values = line.values
    return f"{values['place_id']} {values['change']} {values['successor_id'] or values['former_name']} {values['date']}"
