"""A server on loopback, and a clock that only sleeping moves."""

from collections.abc import Iterator

import pytest

from loopback import Clock, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def clock() -> Clock:
    return Clock()
