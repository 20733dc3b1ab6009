"""What a release stands on: captures, attempts, statistics, registry and judgements, frozen under one id."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from citynet import __version__
from citynet.errors import ConfigError
from citynet.http.capture import sources
from citynet.model import Capture
from citynet.networks.candidates import FILE as CANDIDATES
from citynet.networks.registry import load
from citynet.pipelines.datasets import kept_copies
from citynet.pipelines.fetching import NOTHING_NEW, Attempt, attempted_on, attempts, readable, tried
from citynet.pipelines.identities import all_rematches, told
from citynet.pipelines.judged_by import lines_known_by
from citynet.pipelines.names import Names
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import FOLDER
from citynet.pipelines.territories import CODES
from citynet.places.judgement_files import sha256_of
from citynet.publishing.release import release_id as release_id_of
from citynet.statistics.datasets import ENDING


@dataclass(frozen=True, slots=True)
class Inputs:
    """A release's inputs by name, each sorted. as_of: date of the newest of them; known_by: the day asked for, "" for all we know.

    captures: "<source_id>/<capture_id>"; attempts: "<source_id> <instant> <outcome>"; rematches: printed names that have been
    matched to another place since they were first seen. A name that means what it meant is no input.
    """

    release_id: str
    as_of: str
    captures: tuple[str, ...]
    attempts: tuple[str, ...]
    known_by: str = ""
    rematches: tuple[str, ...] = ()

    def of(self, source_id: str) -> frozenset[str]:
        """The capture_ids of one source."""
        return frozenset(key.split("/")[1] for key in self.captures if key.split("/")[0] == source_id)


def gather(outside: Outside, names: Names, known_by: str = "") -> Inputs | None:
    """The inputs as they stand now, or as known at the end of the day `known_by`; None where nothing was ever captured.

    Registry, package, what printed names mean and what is withdrawn are always today's; every other judgement is knowledge with a date
    of its own, and one made after `known_by` is left out (citynet.pipelines.judged_by).
    """
    kept = [c for source in sources(outside.store) for c in readable(outside.store, source)]
    kept = [c for c in kept if not known_by or f"{c.known_at:%Y-%m-%d}" <= known_by]
    tries = [a for source in tried(outside.store) for a in _tries(outside, source, known_by)]
    return _identified(outside, names, kept, tries, known_by) if kept else None


def keep(outside: Outside, inputs: Inputs) -> None:
    """Freeze the inputs under building/<release_id>/, for every later step; what an older release left there goes."""
    outside.store.delete("building")
    outside.store.write(f"building/{inputs.release_id}/inputs.json", (json.dumps(asdict(inputs), indent=1, sort_keys=True) + "\n").encode())


def frozen(outside: Outside, release_id: str) -> Inputs:
    """The inputs frozen by `keep`; ConfigError where another run has begun since."""
    key = f"building/{release_id}/inputs.json"
    if not outside.store.exists(key):
        raise ConfigError(f"{key}: expected the frozen inputs, found none: another run has gathered since; run publish_monitor again")
    stored = json.loads(outside.store.read(key))
    lists = {name: tuple(stored[name]) for name in ("captures", "attempts", "rematches")}
    return Inputs(release_id=stored["release_id"], as_of=stored["as_of"], known_by=stored["known_by"], **lists)


def require_unmoved(outside: Outside, names: Names, inputs: Inputs) -> None:
    """ConfigError where registry or judgements were changed after the inputs were frozen: the id would name others."""
    kept = [
        c for source in sources(outside.store) for c in readable(outside.store, source) if f"{source}/{c.capture_id}" in inputs.captures
    ]
    tries = [a for source in tried(outside.store) for a in attempts(outside.store, source) if _told(a) in inputs.attempts]
    if _identified(outside, names, kept, tries, inputs.known_by) != inputs:
        raise ConfigError(f"{inputs.release_id}: registry, judgements or store were changed while the release was made; run again")


def _identified(outside: Outside, names: Names, kept: Iterable[Capture], tries: Iterable[Attempt], known_by: str) -> Inputs:
    kept, tries = list(kept), list(tries)
    stated = [f"capture {c.source_id} {c.capture_id} {c.content_sha256}" for c in kept]
    stated += [f"attempt {_told(a)}" for a in tries if a.outcome != "captured"]
    stated += [f"registry {_registry_sha256(outside)}", f"judgements {_judgements_sha256(names, known_by)}", f"version {__version__}"]
    rematches = [told(rematch) for rematch in all_rematches(outside.store, known_by)]
    stated += [f"rematch {rematch}" for rematch in rematches]
    as_of = max([*(f"{c.captured_at:%Y-%m-%d}" for c in kept), *map(attempted_on, tries)])
    return Inputs(
        release_id=release_id_of(as_of, stated),
        as_of=as_of,
        captures=tuple(sorted(f"{c.source_id}/{c.capture_id}" for c in kept)),
        attempts=tuple(sorted(map(_told, tries))),
        known_by=known_by,
        rematches=tuple(sorted(rematches)),
    )


def _judgements_sha256(names: Names, known_by: str) -> str:
    """`names.sha256` by the lines as the view of a day has them, so that a later decision gives the same view no second id."""
    if not known_by:
        return names.sha256
    return _sha256(f"{names.gazetteer_sha256} {sha256_of(lines_known_by(names.judgements.lines, known_by))}".encode())


def _tries(outside: Outside, source_id: str, known_by: str) -> list[Attempt]:
    """The tries at a source by the end of a day; of the looks that found nothing new the newest one stands for all."""
    known = [a for a in attempts(outside.store, source_id) if not known_by or attempted_on(a) <= known_by]
    looks = [a for a in known if a.outcome == NOTHING_NEW]
    return [a for a in known if a.outcome != NOTHING_NEW or a == looks[-1]]


def _told(attempt: Attempt) -> str:
    return f"{attempt.source_id} {attempt.at} {attempt.outcome}"


def _registry_sha256(outside: Outside) -> str:
    """One hash over network files, candidates, data sets, codes of cities, the literature, and kept copies in place of broken files."""
    files = [*sorted(outside.registry.glob("*.yml")), *outside.registry.glob(CANDIDATES), *sorted(outside.literature.glob("*.csv"))]
    files += [*sorted(outside.datasets.glob(f"*{ENDING}")), *sorted(CODES.glob("*.csv"))]
    stated = [f"{file.name} {_sha256(file.read_bytes())}" for file in files]
    broken = [f"{FOLDER}/{name}.yml" for name, _ in load(str(outside.registry)).broken]
    kept = [*(key for key in broken if outside.store.exists(key)), *kept_copies(outside)]
    stated += [f"{key} {_sha256(outside.store.read(key))}" for key in kept]
    return _sha256("\n".join(stated).encode())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
