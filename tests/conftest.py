"""What every test may use: the command line as a child process, with Airflow's home shared by the session."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
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


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("airflow")


@pytest.fixture(scope="session")
def make_world(airflow_home: Path) -> Callable[[Path], World]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("CITYNET_", "AIRFLOW"))}

    def make(home: Path) -> World:
        own = {"CITYNET_STORE": str(home / "store"), "CITYNET_PUBLISHED": str(home / "published"), "AIRFLOW_HOME": str(airflow_home)}
        return World(home, {**clean, **own})

    return make


@pytest.fixture
def world(make_world: Callable[[Path], World], tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture(scope="session")
def sample_run(
    make_world: Callable[[Path], World], tmp_path_factory: pytest.TempPathFactory
) -> tuple[World, subprocess.CompletedProcess[str]]:
    """The bundled samples run once a session; tests only read what it left."""
    world = make_world(tmp_path_factory.mktemp("samples"))
    return world, world.citynet("run", "--replay", PROJECT / "include" / "samples")
