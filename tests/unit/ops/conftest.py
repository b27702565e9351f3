"""An office with three invented families, for each test of a verb."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sf_desktop.ops.office import Office
from sf_record.record import Record
from tests.builders.offices import an_office, open_vault, with_families


@pytest.fixture
def seed() -> random.Random:
    return random.Random(7)


@pytest.fixture
def office(tmp_path: Path, seed: random.Random) -> Iterator[Office]:
    connection = open_vault(tmp_path)
    yield an_office(connection, seed, attachments=tmp_path / "attachments")
    connection.close()


@pytest.fixture
def held(office: Office, seed: random.Random) -> tuple[Record, ...]:
    """What the council holds of three invented families, all of it on the laptop."""
    return with_families(office, seed)


@pytest.fixture
def family_id(held: tuple[Record, ...]) -> str:
    """The first invented family: a protection plan with an overdue visit, a restriction and two fathers."""
    return held[0].family_id
