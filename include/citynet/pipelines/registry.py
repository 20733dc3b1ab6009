"""The registry as the steps see it: a network whose file breaks keeps its last good one, so that its list is not lost."""

import tempfile
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from citynet.errors import ConfigError
from citynet.model import Network, Row
from citynet.networks.candidates import load_candidates
from citynet.networks.registry import load, load_one
from citynet.pipelines.outside import Outside

FOLDER = "registry"


@dataclass(frozen=True, slots=True)
class Networks:
    """networks: all that can be read, by id, today's files or (for a broken one) the last good; broken: id -> what is wrong."""

    networks: dict[str, Network]
    broken: dict[str, ConfigError]

    def get(self, network_id: str) -> Network:
        """The network by today's file; its ConfigError where that is broken, another where there is none."""
        if network_id in self.broken:
            raise self.broken[network_id]
        if network_id not in self.networks:
            raise ConfigError(f"{network_id}: expected a file {network_id}.yml in the registry, found none")
        return self.networks[network_id]


def open_registry(outside: Outside) -> Networks:
    """Read every network file; for a broken one take the copy that was kept with its last capture, if there is any."""
    found = load(str(outside.registry))
    networks = {network.id: network for network in found.networks}
    for name, _ in found.broken:
        if kept := _last_good(outside, name):
            networks[name] = kept
    return Networks(dict(sorted(networks.items())), dict(found.broken))


def candidate_rows(outside: Outside, networks: Collection[Network]) -> list[Row]:
    """The networks seen and not followed, with the day by which each is looked at again; lines that can't be read are left out.

    A bad line stops no release: `citynet networks --check` names it.
    """
    listed = load_candidates(str(outside.registry), networks).listed
    return [{**asdict(candidate), "look_again_on": candidate.look_again_on} for candidate in listed]


def keep_good(outside: Outside, network: Network) -> None:
    """Keep the file that a capture was made by."""
    file = outside.registry / f"{network.id}.yml"
    key = f"{FOLDER}/{network.id}.yml"
    data = file.read_bytes()
    if not (outside.store.exists(key) and outside.store.read(key) == data):
        outside.store.write(key, data)


def _last_good(outside: Outside, network_id: str) -> Network | None:
    """The kept copy read beside the other kept copies, since relations point to files of the same folder."""
    if not outside.store.exists(f"{FOLDER}/{network_id}.yml"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        for file in outside.registry.glob("*.yml"):
            (Path(folder) / file.name).touch()
        path = Path(folder) / f"{network_id}.yml"
        path.write_bytes(outside.store.read(f"{FOLDER}/{network_id}.yml"))
        try:
            return load_one(str(path))
        except ConfigError:
            return None  # kept by an older version of the schema: then the network has no file at all
