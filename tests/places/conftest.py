"""The bundled gazetteer and judgements, loaded once."""

from pathlib import Path

import pytest

from citynet.places.gazetteer import Gazetteer, load_gazetteer
from citynet.places.judgements import Judgements, load_judgements

INCLUDE = Path(__file__).parents[2] / "include"


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer(INCLUDE / "gazetteer")


@pytest.fixture(scope="session")
def judgements(gazetteer: Gazetteer) -> Judgements:
    return load_judgements(INCLUDE / "judgements", gazetteer)
