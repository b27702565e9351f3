"""What it costs PostgreSQL to look up a caseload: what is in it, and not what else the council holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, text

from sf_council.database.council import councils
from sf_council.database.engine import Database, open_database
from sf_council.database.family import allocations
from sf_council.database.identity import workers
from sf_council.database.lifecycle.migrate import migrate
from sf_council.database.tables import worker
from sf_council.settings import Settings
from sf_record.description import Role
from sf_record.rules.permissions import Worker
from tests.fakes.postgres import Postgres

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = "2026-11-23"
COUNCIL = "01920000-0000-7000-8000-000000000001"
OFTEN = 15  # the driver prepares a statement when it has been asked for some times, and PostgreSQL plans it anew later


@dataclass(frozen=True)
class Many:
    """A council with 20,000 family files, some 60 with each of 334 workers; five of these have a supervisor."""

    database: Database
    practitioner: Worker
    supervisor: Worker


@pytest.fixture
def many(postgres: Postgres, tmp_path: Path) -> Iterator[Many]:
    settings = Settings(database=postgres.new_database(), data=tmp_path)
    with closing(open_database(settings)) as database:
        migrate(database)  # that the tables were gone through as they were made is counted when this leaves
    with closing(open_database(settings)) as database:
        team_id = database.write(_fill)
        database.survey()
        people = Worker("worker-1", Role.PRACTITIONER, team_id), Worker("supervisor-1", Role.SUPERVISOR, team_id)
        yield Many(database, *people)


def _fill(connection: Connection) -> str:
    councils.settle(connection, COUNCIL, NOW)
    team_id = workers.add_team(connection, COUNCIL, NOW, "Pretend team")
    for number in range(1, 6):
        values = {"worker_id": f"worker-{number}", "username": f"worker-{number}", "name": "P. Example"}
        values |= {"role": "practitioner", "team_id": team_id, "password_hash": "", "created_at": "x"}
        connection.execute(insert(worker).values(council_id=COUNCIL, is_disabled=False, **values))
    numbers = "FROM generate_series(1, 20000) AS n"
    families = f"INSERT INTO family SELECT :council, md5(n::text), 1, 1, repeat('0', 32) {numbers}"
    given = f"SELECT :council, md5(n::text), md5(n::text), 'worker-' || n % 334, '2026-01-01' {numbers}"
    columns = "council_id, allocation_id, family_id, worker_id, began_on"
    for statement in (families, f"INSERT INTO allocation ({columns}) {given}"):
        connection.execute(text(statement), {"council": COUNCIL})
    connection.execute(text("SELECT pg_stat_force_next_flush()"))
    return team_id


def _read_whole(database: Database) -> int:
    """How often PostgreSQL has gone through all family files."""
    asked = text("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'family'")
    return database.read(lambda connection: int(connection.execute(asked).scalar_one()))


def test_what_the_address_says_of_a_connection_holds_for_all_of_them(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new_database()
    url += ("&" if "?" in url else "?") + "options=-c%20random_page_cost%3D7"
    asked = text("SHOW random_page_cost")
    with closing(open_database(Settings(database=url, data=tmp_path))) as database:
        ways = (database.read, database.write, database.note, database.exchange)
        assert [way(lambda c: c.execute(asked).scalar_one()) for way in ways] == ["7"] * 4


@pytest.mark.parametrize("leads", [False, True], ids=["practitioner", "supervisor"])
def test_a_caseload_is_looked_up_without_going_through_all_family_files(many: Many, *, leads: bool) -> None:
    person = many.supervisor if leads else many.practitioner
    before = _read_whole(many.database)

    def look(connection: Connection) -> tuple[int, int]:
        rows = allocations.caseload(connection, COUNCIL, person, TODAY)
        lines = allocations.caseload_lines(connection, COUNCIL, person, TODAY)
        connection.execute(text("SELECT pg_stat_force_next_flush()"))
        return len(rows), len(lines.splitlines())

    found = [many.database.read(look) for _ in range(OFTEN)]

    assert set(found) == {(300, 300) if leads else (60, 60)}
    assert _read_whole(many.database) == before
