"""What people decided, from include/judgements/*.csv and the answers in the store, held against the gazetteer and each other."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from citynet.errors import ConfigError
from citynet.model import Judgement, Place
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgement_files import Answer, read_lines, sha256_of
from citynet.places.municipal_changes import checked
from citynet.places.normalise import normalise

PLACE_KINDS = frozenset(
    {"municipality", "settlement", "district", "intermunicipal", "region", "state", "association", "university", "other"}
)
_BODY_ID = re.compile(r"gn[0-9]+|lau[A-Z]{2}[A-Z0-9]+(-[a-z0-9]+)*|x-[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Judgements:
    """All decisions, ready to ask.

    names: (normalised name, country or "", network_id or "") -> its lines; bodies: place_id -> Place; body_names: normalised
    name -> place_ids; countries: (country as printed, in capitals; network_id or "") -> ISO code; statistical_cities:
    territory code -> place_id; captures: each decision on each capture, which may be decided anew on a later day;
    municipal_changes: mergers, splits and renames; lines: all of them as written, by file, sorted;
    sha256: over the lines, for the id of a release, the same whether a line stands in the repository or in the store.
    """

    names: Mapping[tuple[str, str, str], tuple[Judgement, ...]] = field(default_factory=dict)
    bodies: Mapping[str, Place] = field(default_factory=dict)
    body_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    countries: Mapping[tuple[str, str], str] = field(default_factory=dict)
    captures: tuple[Judgement, ...] = ()
    memberships: tuple[Judgement, ...] = ()
    municipal_changes: tuple[Judgement, ...] = ()
    statistical_cities: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict)
    sha256: str = ""


def load_judgements(folder: str | Path, gazetteer: Gazetteer, answers: Sequence[Answer] = ()) -> Judgements:
    """Read and check the folder's files and the answers beside them; a file that is not there holds no decisions.

    ConfigError, with file and line or the key of the answer: what `read_lines` refuses, an id that neither the gazetteer nor
    bodies.csv has, two lines that contradict each other.
    """
    lines = read_lines(folder, answers)
    bodies = _bodies(lines["bodies.csv"], gazetteer)
    for name in ("places.csv", "memberships.csv", "statistical_cities.csv", "claims.csv", "harm_flags.csv"):
        for line in lines[name]:
            for place_id in place_ids_of(line) if name == "places.csv" else (line.values["place_id"],):
                _known(line, "place_id", place_id, gazetteer, bodies)
    _unique(lines["claims.csv"], lambda j: j.values["case_id"])
    for line in lines["municipal_changes.csv"]:
        for column in ("place_id", "successor_id"):
            _known(line, column, line.values[column], gazetteer, bodies)
    return Judgements(
        names=_names(lines["places.csv"]),
        bodies=bodies,
        body_names=_body_names(bodies),
        countries={_country_key(j): j.values["country"] for j in _unique(lines["countries.csv"], _country_key)},
        captures=_unique(
            lines["captures.csv"],
            lambda j: tuple(j.values[c] for c in ("network_id", "capture_id", "date")),
            "one decision on a capture a day",
        ),
        memberships=_unique(lines["memberships.csv"], lambda j: tuple(j.values[c] for c in ("network_id", "place_id", "date"))),
        municipal_changes=checked(lines["municipal_changes.csv"]),
        statistical_cities={
            j.values["territory_code"]: j.values["place_id"]
            for j in _unique(lines["statistical_cities.csv"], lambda j: j.values["territory_code"])
        },
        lines=lines,
        sha256=sha256_of(lines),
    )


def _bodies(lines: Sequence[Judgement], gazetteer: Gazetteer) -> dict[str, Place]:
    """Bodies that the gazetteer lacks, and corrections of what it says on a settlement (a gn id)."""
    bodies: dict[str, Place] = {}
    for line in _unique(lines, lambda j: j.values["place_id"]):
        values, where = line.values, line.where
        place_id = values["place_id"]
        if not _BODY_ID.fullmatch(place_id):
            raise ConfigError(f"{where}: expected place_id as gn<id>, lau<CC><code> or x-<cc>-<slug>, found {place_id!r}")
        if values["place_kind"] not in PLACE_KINDS:
            raise ConfigError(f"{where}: expected place_kind to be one of {', '.join(sorted(PLACE_KINDS))}; found {values['place_kind']!r}")
        for number in {values["geonames_id"], place_id[2:] if place_id.startswith("gn") else ""} - {""}:
            if gazetteer.get(f"gn{number}") is None:
                raise ConfigError(f"{where}: expected a geonames_id of the gazetteer, found {number!r}")
        try:
            latitude, longitude = (float(values[c]) if values[c] else None for c in ("latitude", "longitude"))
        except ValueError as problem:
            raise ConfigError(f"{where}: expected latitude and longitude in degrees or empty, got: {problem}") from problem
        bodies[place_id] = Place(
            place_id=place_id,
            name=values["name"],
            country=values["country"],
            place_kind=values["place_kind"],
            municipality_id=values["municipality_id"],
            geonames_id=values["geonames_id"],
            latitude=latitude,
            longitude=longitude,
            population=None,
        )
    for line in lines:
        _known(line, "municipality_id", line.values["municipality_id"], gazetteer, bodies)
    return bodies


def _body_names(bodies: Mapping[str, Place]) -> dict[str, tuple[str, ...]]:
    """The bodies by their own normalised name."""
    names: dict[str, tuple[str, ...]] = {}
    for place_id, body in sorted(bodies.items()):
        key = normalise(body.name)
        names[key] = (*names.get(key, ()), place_id)
    return names


def _names(lines: Sequence[Judgement]) -> dict[tuple[str, str, str], tuple[Judgement, ...]]:
    """Lines on printed names by key; ConfigError where two of them can't both hold."""
    names: dict[tuple[str, str, str], tuple[Judgement, ...]] = {}
    for line in lines:
        values = line.values
        _check_place_ids(line)
        if not normalise(values["name"]):
            raise ConfigError(f"{line.where}: expected name to hold a letter or digit, found {values['name']!r}")
        key = (normalise(values["name"]), values["country"], values["network_id"])
        for other in names.get(key, ()):
            both_decide = "is_not" not in (values["verdict"], other.values["verdict"])
            same_place = set(place_ids_of(line)) & set(place_ids_of(other))
            if both_decide or same_place:
                this, that = (f"{v['name']} {v['verdict']} {v['place_id']}".rstrip() for v in (values, other.values))
                raise ConfigError(f"{line.where}: contradicts or repeats {other.where}: {this}, there {that}")
        names[key] = (*names.get(key, ()), line)
    return names


def _country_key(line: Judgement) -> tuple[str, str]:
    return (line.values["printed"].upper(), line.values["network_id"])


def _unique(lines: Sequence[Judgement], key: Callable[[Judgement], object], expected: str = "one line a decision") -> tuple[Judgement, ...]:
    """The lines as they are; ConfigError where two decide about the same thing."""
    seen: dict[object, str] = {}
    for line in lines:
        if key(line) in seen:
            raise ConfigError(f"{line.where}: decides the same as {seen[key(line)]}, expected {expected}")
        seen[key(line)] = line.where
    return tuple(lines)


def in_force(captures: Iterable[Judgement], known_by: str = "") -> dict[tuple[str, str], Judgement]:
    """(network_id, capture_id) -> the decision that holds at the end of the day known_by (ISO date, "" = after all): the latest by then."""
    made = (line for line in captures if not known_by or line.values["date"] <= known_by)
    in_order = sorted(made, key=lambda line: line.values["date"])
    return {(line.values["network_id"], line.values["capture_id"]): line for line in in_order}


def place_ids_of(line: Judgement) -> tuple[str, ...]:
    """The place_ids of a line of places.csv; `unsure` may name several, between which it is open, and `split` the bodies that it
    stands for, parted by "; "."""
    return tuple(part.strip() for part in line.values["place_id"].split(";") if part.strip())


def _check_place_ids(line: Judgement) -> None:
    """ConfigError where a verdict names too few or too many places."""
    verdict, place_ids = line.values["verdict"], place_ids_of(line)
    if verdict in ("is", "is_not"):
        fits, expected = len(place_ids) == 1, "a place_id with is and is_not"
    elif verdict in ("unsure", "split"):
        fits, expected = len(place_ids) != 1, f'no place_id or several, parted by "; ", with {verdict}'
    else:
        fits, expected = not place_ids, f"no place_id with {verdict}"
    if not fits or len(set(place_ids)) != len(place_ids):
        raise ConfigError(f"{line.where}: expected {expected}, found {line.values['place_id']!r}")


def _known(line: Judgement, column: str, place_id: str, gazetteer: Gazetteer, bodies: Mapping[str, Place]) -> None:
    """ConfigError where the column names a place that nobody knows; empty passes."""
    if place_id and place_id not in bodies and gazetteer.get(place_id) is None:
        raise ConfigError(f"{line.where}: expected {column} to be in the gazetteer or bodies.csv, found {place_id!r}")
