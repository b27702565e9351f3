"""A real council behind a network that can go away, and laptops that it knows, for the stories in this folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders.houses import House, joined_house
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> FrozenClock:
    """The time of council and laptops alike, until a story says otherwise."""
    return FrozenClock(NOW)


@pytest.fixture
def town(tmp_path: Path, clock: FrozenClock) -> Iterator[Town]:
    """A council with two pretend families, and a network in front of it."""
    with ExitStack() as stack:
        town = Town(tmp_path, clock, stack)
        town.council.seed(2, records_per_family=12)
        yield town


@pytest.fixture
def house(town: Town, tmp_path: Path) -> Iterator[House]:
    """A laptop with a real vault, set up and closed."""
    made = joined_house(town, tmp_path)
    yield made
    made.close()
