"""What every test may use: the command line as a child process, with Airflow's home shared by the session."""

import csv
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("same")  # every run tries the same examples; `make test PYTEST=--hypothesis-profile=explore` looks for new ones

PROJECT = Path(__file__).resolve().parents[1]
SAMPLES = PROJECT / "include" / "samples"
CITYNET = str(Path(sys.executable).with_name("citynet"))


@dataclass(frozen=True)
class World:
    """A store and a published folder of one test, and the command line on them."""

    home: Path
    environment: dict[str, str]

    @property
    def store(self) -> Path:
        return self.home / "store"

    @property
    def published(self) -> Path:
        return self.home / "published"

    @property
    def release(self) -> Path:
        return (self.published / "latest").resolve()

    def citynet(self, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [CITYNET, *map(str, arguments)], env={**self.environment, **more}, capture_output=True, text=True, timeout=300, check=False
        )

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.release / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def files(self) -> dict[str, bytes]:
        return {str(p.relative_to(self.published)): p.read_bytes() for p in sorted(self.published.rglob("*")) if p.is_file()}


def folder_of_all(factory: pytest.TempPathFactory) -> Path:
    """The folder of this test run that all workers share."""
    folder = factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


def _environment() -> dict[str, str]:
    """A child's environment without what the caller has set of ours or of Airflow's.

    Children may keep bytecode: where PYTHONDONTWRITEBYTECODE is set each of them would compile the platform anew.
    """
    return {k: v for k, v in os.environ.items() if not k.startswith(("CITYNET_", "AIRFLOW")) and k != "PYTHONDONTWRITEBYTECODE"}


@pytest.fixture(scope="session")
def copy_airflow(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Give an empty home of Airflow a migrated database: `prepare` makes one for all workers, which is copied."""
    made = folder_of_all(tmp_path_factory) / "airflow_migrated"
    made.mkdir(exist_ok=True)
    command = "import os; from citynet.orchestration.airflow_home import prepare; prepare(os.environ)"

    def copy(home: Path) -> None:
        subprocess.run([sys.executable, "-c", command], env={**_environment(), "AIRFLOW_HOME": str(made)}, check=True)
        home.mkdir(exist_ok=True)
        for name in ("airflow.db", "airflow.migrated-for"):
            shutil.copy(made / name, home)

    return copy


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("airflow")


@pytest.fixture(scope="session")
def migrated_home(airflow_home: Path, copy_airflow: Callable[[Path], None]) -> Path:
    """Airflow's home of this worker with its database, for tests that run DAGs."""
    copy_airflow(airflow_home)
    return airflow_home


@pytest.fixture(scope="session")
def make_world(airflow_home: Path) -> Callable[[Path], World]:
    clean = _environment()

    def make(home: Path) -> World:
        own = {"CITYNET_STORE": str(home / "store"), "CITYNET_PUBLISHED": str(home / "published"), "AIRFLOW_HOME": str(airflow_home)}
        return World(home, {**clean, **own})

    return make


@pytest.fixture
def world(make_world: Callable[[Path], World], tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture(scope="session")
def sample_run(make_world: Callable[[Path], World], migrated_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[World, str]:
    """The bundled samples run once for all workers; tests only read what it left. The world, and what was printed."""
    shared = folder_of_all(tmp_path_factory)
    world, printed = make_world(shared / "samples"), shared / "samples" / "stdout.txt"
    world.home.mkdir(exist_ok=True)
    with (shared / "samples.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.exists():
            done = world.citynet("run", "--replay", SAMPLES)
            assert done.returncode == 0, done.stderr
            printed.write_text(done.stdout)
    return world, printed.read_text()


@pytest.fixture
def after_samples(sample_run: tuple[World, str], world: World) -> World:
    """A copy of the world that the bundled samples left, to go on from."""
    shutil.copytree(sample_run[0].store, world.store)
    shutil.copytree(sample_run[0].published, world.published, symlinks=True)
    return world
