"""Names to places: gazetteer and judgements opened once a process, and one function that resolves a printed name."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from citynet.model import Judgement, Network, Place, Resolution
from citynet.pipelines.answers import kept
from citynet.pipelines.bodies_meant import with_bodies_meant
from citynet.pipelines.eligibility import admitted_countries
from citynet.pipelines.outside import Outside
from citynet.places.former import FILE as FORMER
from citynet.places.former import FormerMunicipality, load_former_municipalities
from citynet.places.gazetteer import Gazetteer, load_gazetteer
from citynet.places.judgements import Judgements, load_judgements
from citynet.places.lookup import find_place
from citynet.places.reorganised import Reorganised, load_reorganised
from citynet.places.resolve import judgements_on, resolve

_OF_NAMES = ("bodies.csv", "countries.csv", "places.csv")
"""The judgements that decide what a printed name means; a claim or a withdrawal does not make anybody read a page anew."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is needed to name places. sha256 covers the gazetteer and every judgement; gazetteer_sha256 the gazetteer with the file of
    former municipalities beside it; resolving_sha256 the gazetteer and the judgements that decide what a name means."""

    gazetteer: Gazetteer
    judgements: Judgements
    sha256: str
    resolve: Callable[[Network, str, str], Resolution]
    """(network, name as published, country as published) -> what became of it."""
    gazetteer_sha256: str = ""
    resolving_sha256: str = ""
    former_municipalities: Callable[[], tuple[FormerMunicipality, ...]] = tuple
    """What the gazetteer knows of municipalities that were merged away; read when first asked for."""
    reorganised: Callable[[], tuple[Reorganised, ...]] = tuple
    """What is known of reforms of local government as a whole; read when first asked for."""

    def place(self, place_id: str) -> Place:
        """The place with this id; KeyError where neither gazetteer nor judgements have it."""
        found = find_place(place_id, gazetteer=self.gazetteer, judgements=self.judgements)
        if found is None:
            raise KeyError(place_id)
        return found

    def judged(self, network: Network, name: str, country_as_published: str) -> tuple[Judgement, ...]:
        """The lines of places.csv that apply to a printed name, in the order in which `resolve` asks them."""
        return judgements_on(
            name,
            country_as_published,
            gazetteer=self.gazetteer,
            judgements=self.judgements,
            network_id=network.id,
            network_countries=admitted_countries(network),
        )


def open_names(outside: Outside) -> Names:
    """The names of this outside world, by the judgements in its files and the answers in its store.

    ConfigError for a judgement that contradicts another or points nowhere.
    """
    gazetteer, gazetteer_sha256 = _gazetteer(outside.gazetteer)
    judgements = load_judgements(outside.judgements, gazetteer, kept(outside.store))

    def resolve_in(network: Network, name: str, country: str) -> Resolution:
        admitted = admitted_countries(network)
        found = resolve(name, country, gazetteer=gazetteer, judgements=judgements, network_id=network.id, network_countries=admitted)
        return with_bodies_meant(name, country, found, judgements.bodies.values(), gazetteer)

    sha256 = hashlib.sha256(f"{gazetteer_sha256} {judgements.sha256}".encode()).hexdigest()
    lines = [json.dumps([file, *sorted(line.values.items())]) for file in _OF_NAMES for line in judgements.lines.get(file, ())]
    resolving = hashlib.sha256("\n".join([gazetteer_sha256, *sorted(lines)]).encode()).hexdigest()
    former, reorganised = partial(_former, outside.gazetteer), partial(_reorganised, outside.gazetteer)
    return Names(gazetteer, judgements, sha256, resolve_in, gazetteer_sha256, resolving, former, reorganised)


@lru_cache(maxsize=2)
def _gazetteer(path: Path) -> tuple[Gazetteer, str]:
    beside = path.parent / FORMER
    files = [path, *([beside] if beside.exists() else [])]
    return load_gazetteer(path), hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


@lru_cache(maxsize=2)
def _former(path: Path) -> tuple[FormerMunicipality, ...]:
    return load_former_municipalities(path)


@lru_cache(maxsize=2)
def _reorganised(path: Path) -> tuple[Reorganised, ...]:
    return load_reorganised(path)
