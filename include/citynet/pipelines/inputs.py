"""What a release stands on: the captures, attempts, statistics, registry and judgements of the store, frozen under one id."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from citynet import __version__
from citynet.http.capture import captures, sources
from citynet.model import Capture
from citynet.pipelines.fetching import attempted_on, attempts
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.pipelines.statistics import PREFIX
from citynet.publishing.release import release_id as release_id_of


@dataclass(frozen=True, slots=True)
class Inputs:
    """A release's inputs by name. captures: "<source_id>/<capture_id>", sorted; as_of: date of the newest of them."""

    release_id: str
    as_of: str
    captures: tuple[str, ...]

    def of(self, source_id: str) -> frozenset[str]:
        """The capture_ids of one source."""
        return frozenset(key.split("/")[1] for key in self.captures if key.split("/")[0] == source_id)


def gather(outside: Outside, names: Names, known_by: str = "") -> Inputs | None:
    """The inputs as they stand now, or as known at the end of the day `known_by`; None where nothing was ever captured.

    Registry, judgements and package are always today's (design, Time).
    """
    kept = [c for source in sources(outside.store) for c in captures(outside.store, source) if _known(c, known_by)]
    tries = [attempted_on(a) for source in outside.store.folders("attempts") for a in attempts(outside.store, source)]
    dates = [f"{c.captured_at:%Y-%m-%d}" for c in kept] + [day for day in tries if not known_by or day <= known_by]
    if not kept:
        return None
    stated = [f"capture {c.source_id} {c.capture_id} {c.content_sha256}" for c in kept]
    stated += [f"registry {registry_sha256(outside)}", f"judgements {names.sha256}", f"version {__version__}"]
    as_of = max(dates)
    keys = tuple(sorted(f"{c.source_id}/{c.capture_id}" for c in kept))
    return Inputs(release_id=release_id_of(as_of, stated), as_of=as_of, captures=keys)


def registry_sha256(outside: Outside) -> str:
    """One hash over the network files and the literature beside them."""
    files = [*sorted(outside.registry.glob("*.yml")), *sorted(outside.literature.glob("*.csv"))]
    return hashlib.sha256("".join(f"{file.name} {_sha256(file)}\n" for file in files).encode()).hexdigest()


def keep(outside: Outside, inputs: Inputs) -> None:
    """Freeze the inputs under work/<release_id>/, so that every later step stands on the same."""
    outside.store.write(f"work/{inputs.release_id}/inputs.json", (json.dumps(asdict(inputs), indent=1, sort_keys=True) + "\n").encode())


def frozen(outside: Outside, release_id: str) -> Inputs:
    """The inputs frozen by `keep`."""
    stored = json.loads(outside.store.read(f"work/{release_id}/inputs.json"))
    return Inputs(stored["release_id"], stored["as_of"], tuple(stored["captures"]))


def is_statistics(source_id: str) -> bool:
    """Whether captures of this source are statistics and not a network's pages."""
    return source_id.startswith(PREFIX)


def _known(capture: Capture, known_by: str) -> bool:
    return not known_by or f"{capture.known_at:%Y-%m-%d}" <= known_by


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
