"""An outside world of a test's own whose secrets lie beside its store, and a way to subscribe as the command line does."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from citynet.alerts.sending import kind_of
from citynet.pipelines.outside import Outside
from citynet.pipelines.secret_files import ledger_key
from citynet.pipelines.subscribers import Subscription, add, confirm, confirmation
from empty_world import world_in


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return world_of_alerts(tmp_path)


def world_of_alerts(folder: Path) -> Outside:
    """An empty outside world in this folder that knows its own address and who answers."""
    return world_in(folder, CITYNET_SITE_URL="https://monitor.example", CITYNET_CONTACT="editor@monitor.example")


def subscribed(outside: Outside, name: str, address: str, *, since: str = "2024-01-01", **fields: object) -> None:
    """Subscribe an address and confirm it: its name, then the fields of a subscription."""
    add(outside, Subscription(id=name, address=name, channel=kind_of(address), added_on=since, **fields), address)  # type: ignore[arg-type]
    confirm(outside, name, confirmation(ledger_key(outside), name, address), since)


@pytest.fixture
def subscribe(outside: Outside) -> Callable[..., None]:
    """As `subscribed`, in the world of the test."""
    return partial(subscribed, outside)
