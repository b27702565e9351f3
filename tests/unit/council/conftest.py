"""A council on each database, kept for a module, and a team of its own for each test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from sf_record.description import Role
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop
from tests.fakes.postgres import Postgres, passing_postgres

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Team:
    """A practitioner and a supervisor with their laptops, and the family files allocated to the practitioner."""

    council: RunningCouncil
    practitioner: PretendLaptop
    supervisor: PretendLaptop
    families: tuple[str, ...]
    usernames: tuple[str, str]

    @property
    def family(self) -> str:
        return self.families[0]

    def cursors(self) -> dict[str, int]:
        """The cursors of a practitioner's laptop that has everything."""
        return {state.family_id: state.seq for state in self.practitioner.round(cursors={}).families}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with passing_postgres() as running:
        yield running


@pytest.fixture(scope="module")
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def council(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, clock: FrozenClock
) -> Iterator[RunningCouncil]:
    database = None
    if request.param == "postgresql":
        database = request.getfixturevalue("postgres").new_database()
    with RunningCouncil(tmp_path_factory.mktemp("council"), database=database, clock=clock) as running:
        yield running


@pytest.fixture
def team(council: RunningCouncil) -> Iterator[Team]:
    made = make_team(council)
    yield made
    made.practitioner.http.close()
    made.supervisor.http.close()


def make_team(council: RunningCouncil, families: int = 2, records: int = 12) -> Team:
    number = next(_numbers)
    usernames = (f"practitioner-{number}", f"supervisor-{number}")
    for username, role in zip(usernames, (Role.PRACTITIONER, Role.SUPERVISOR), strict=True):
        council.add_worker(username, role, team=f"Pretend team {number}")
    made = council.seed(families, records_per_family=records, seed=number, usernames=usernames)
    practitioner, supervisor = PretendLaptop(council), PretendLaptop(council)
    assert practitioner.enrol(usernames[0]).status_code == 200
    assert supervisor.enrol(usernames[1]).status_code == 200
    return Team(council, practitioner, supervisor, made, usernames)
