"""Network files read into values: strict against the schema, each message with file, line, what was expected and what was seen."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from citynet.errors import ConfigError
from citynet.model import Departure, Expect, Network, Page, Relation
from citynet.networks.checked_yaml import against_schema, marked, refuse
from citynet.networks.marked_yaml import Marked
from citynet.networks.page_rules import page_faults

SCHEMA = Path(__file__).with_name("schema.json")

TO_A_NETWORK = frozenset({"subnetwork_of", "national_chapter_of", "successor_of", "members_must_belong_to"})
"""Relations whose target must be a network of the registry; initiative_of, hosted_by and funded_by may name any body."""


@dataclass(frozen=True, slots=True)
class Registry:
    """All network files of a folder. broken: (file stem, what is wrong) of those that could not be read, sorted."""

    networks: tuple[Network, ...]
    broken: tuple[tuple[str, ConfigError], ...]


def load(folder: str) -> Registry:
    """Every *.yml of the folder, sorted by id; a broken file is listed under its stem and never stops the others.

    ConfigError where the folder is missing or holds no network file at all.
    """
    files = sorted(Path(folder).glob("*.yml"))
    if not files:
        raise ConfigError(f"registry {folder}: expected a folder with one YAML file a network (<id>.yml), found none")
    stems = frozenset(file.stem for file in files)
    networks: list[Network] = []
    broken: dict[str, ConfigError] = {}
    for file in sorted((*files, *Path(folder).glob("*.yaml"))):
        try:
            networks.append(_load(file, stems))
        except ConfigError as problem:
            broken[file.stem] = problem
    broken |= _claimed_twice(networks)
    kept = tuple(sorted((network for network in networks if network.id not in broken), key=lambda network: network.id))
    return Registry(networks=kept, broken=tuple(sorted(broken.items(), key=lambda item: item[0])))


def load_one(path: str) -> Network:
    """One network file; ConfigError with file and line where it is not as the schema says.

    Targets of relations are held against the files beside it.
    """
    file = Path(path)
    return _load(file, frozenset(other.stem for other in file.parent.glob("*.yml")))


def pages_at(network: Network, date_iso: str) -> tuple[Page, ...]:
    """The pages asked at the date (YYYY-MM-DD): since <= date < until, an empty bound being open; in the file's order."""
    return tuple(page for page in network.pages if page.since <= date_iso and (not page.until or date_iso < page.until))


def _load(file: Path, known: frozenset[str]) -> Network:
    if file.suffix != ".yml":
        raise ConfigError(f"{file.name}: expected the ending .yml")
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise ConfigError(f"{file.name}: expected a readable file, got: {problem.strerror}") from problem
    return _understood(file.name, data, known)


@lru_cache(maxsize=256)
def _understood(name: str, data: bytes, known: frozenset[str]) -> Network:
    """The network of these bytes; kept in memory, because every step of a run opens the registry and a file costs 10 ms to check."""
    source = marked(name, data)
    refuse(name, [*against_schema(source, SCHEMA), *_against_folder(source, name.removesuffix(".yml"), known)])
    return _network(cast(dict[str, Any], source.value), hashlib.sha256(data).hexdigest())


def _against_folder(source: Marked, stem: str, known: frozenset[str]) -> list[tuple[int, str]]:
    """What only the neighbourhood can tell: the id is the file's name, relations lead to networks, pages fit."""
    facts = source.value
    if not isinstance(facts, dict):
        return []
    faults: list[tuple[int, str]] = []
    if facts.get("id") != stem:
        faults.append((source.line(("id",)), f"id: expected {stem!r} as the file is named, got {facts.get('id')!r}"))
    for number, relation in enumerate(_items(facts.get("relations"))):
        target, path = relation.get("to"), ("relations", number, "to")
        if relation.get("relation") in TO_A_NETWORK and target not in known:
            faults.append((source.line(path), f"relations.{number}.to: expected the id of a registered network, got {target!r}"))
    membership = facts.get("membership")
    faults.extend(_unread_without_reason(facts, membership, source))
    faults.extend(_kinds_never_read(membership, source))
    rights = facts.get("rights")
    permission = rights.get("permission") if isinstance(rights, dict) else None
    for number, page in enumerate(_items(membership.get("pages") if isinstance(membership, dict) else None)):
        faults.extend(page_faults(page, number, permission, source))
    return faults


def _unread_without_reason(facts: dict[str, Any], membership: object, source: Marked) -> list[tuple[int, str]]:
    """A network that publishes its members but of which no page is read: somebody has to have said why."""
    if not isinstance(membership, dict) or membership.get("publishes") == "none" or membership.get("pages") or facts.get("notes"):
        return []
    seen = f"{membership.get('publishes')!r} and neither"
    return [(source.line(("membership",)), f"membership.pages: expected a page, or in notes why none is read, got publishes {seen}")]


def _kinds_never_read(membership: object, source: Marked) -> list[tuple[int, str]]:
    """Minimums of kinds that `ties` does not name: a page that prints such a kind is a changed source, so that none could be kept."""
    expect, ties = (membership.get(field) if isinstance(membership, dict) else None for field in ("expect", "ties"))
    kinds = expect.get("per_kind") if isinstance(expect, dict) else None
    if not isinstance(kinds, dict) or not isinstance(ties, dict) or not ties:
        return []
    said = f"membership.expect.per_kind: expected a kind of {', '.join(sorted(map(str, ties)))}, got "
    return [(source.line(("membership", "expect", "per_kind", kind)), f"{said}{kind!r}") for kind in kinds if kind not in ties]


def _items(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _claimed_twice(networks: list[Network]) -> dict[str, ConfigError]:
    """Files whose former id is the id or former id of another: an old id must lead to one network only."""
    owner = {network.id: network.id for network in networks}
    found: dict[str, ConfigError] = {}
    for network in sorted(networks, key=lambda one: one.id):
        for former in cast(list[str], network.facts.get("former_ids") or []):
            first = owner.setdefault(former, network.id)
            if first != network.id:
                found[network.id] = ConfigError(
                    f"{network.id}.yml: former_ids: expected an id of no other network, got {former!r} of {first}"
                )
    return found


def _network(facts: dict[str, Any], sha256: str) -> Network:
    """The network of validated facts, with the defaults where a field is absent."""
    membership = facts["membership"]
    rights = facts["rights"]
    return Network(
        id=facts["id"],
        name=facts["name"],
        homepage=facts.get("homepage") or "",
        status=facts["status"],
        scope=facts["scope"],
        relevance=facts["relevance"],
        who_joins=facts["who_joins"],
        publishes=membership["publishes"],
        coverage=membership["coverage"],
        default_tie=membership["default_tie"],
        ties=dict(membership.get("ties") or {}),
        pages=tuple(_page(page) for page in membership.get("pages") or []),
        expect=_expect(membership.get("expect") or {}),
        departure=Departure(**(membership.get("departure") or {})),
        relations=tuple(Relation(**_texts(relation)) for relation in facts.get("relations") or []),
        status_since=facts.get("status_since") or "",
        republish=rights["republish"],
        protects_persons=bool(facts.get("protects_persons", False)),
        sha256=sha256,
        facts=facts,
    )


def _page(written: Mapping[str, Any]) -> Page:
    options = dict(written.get("options") or {})
    return Page(**{**_texts({key: value for key, value in written.items() if key != "options"}), "options": options})


def _expect(written: Mapping[str, Any]) -> Expect:
    return Expect(**{**written, "must_include": tuple(written.get("must_include") or ())})


def _texts(written: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that have a value; null (verified_on: null) leaves the default of the model."""
    return {key: value for key, value in written.items() if value is not None}
