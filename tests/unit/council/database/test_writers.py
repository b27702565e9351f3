"""Eight writers at once on PostgreSQL: per-family cursors miss nothing; one global number does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection

from sf_council.database.council import configuration
from sf_council.database.identity import nonces
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop
from tests.fakes.postgres import Postgres
from tests.unit.council.conftest import Team, make_team

WRITERS, ROUNDS, PAGE = 8, 6, 4


@pytest.fixture(scope="module")
def busy(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCouncil]:
    with RunningCouncil(tmp_path_factory.mktemp("council"), database=postgres.new_database()) as running:
        yield running


def test_a_reader_beside_eight_writers_misses_no_change(busy: RunningCouncil) -> None:
    team = make_team(busy, families=3)
    written: list[str] = []
    done = threading.Event()

    def write(number: int) -> None:
        laptop = PretendLaptop(busy)
        assert laptop.enrol(team.usernames[number % 2]).status_code == 200
        for turn in range(ROUNDS):
            # In another order each time: whoever locked in the order of the events would wait for ever.
            families = team.families if (number + turn) % 2 else team.families[::-1]
            notes = tuple(laptop.note(families[index % 3]) for index in range(PAGE))
            outcomes = laptop.round(events=notes).outcomes
            assert all(each.receipt is not None for each in outcomes)
            written.extend(note.record_id for note in notes)

    def read() -> dict[str, int]:
        seen: dict[str, int] = {}
        cursors: dict[str, int] = {}
        while True:
            is_last = done.is_set()
            answer = team.supervisor.round(cursors=cursors)
            for record in answer.records:
                assert record.seq > cursors.get(record.family_id, 0)
                seen[record.id] = record.seq
            cursors |= {state.family_id: state.cursor for state in answer.families}
            if is_last and not answer.more and not answer.records:
                return seen

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reading = threads.submit(read)
        try:
            for each in [threads.submit(write, number) for number in range(WRITERS)]:
                each.result()
        finally:
            done.set()  # also where a writer failed: nobody waits for ever then
        seen = reading.result()
    assert len(written) == WRITERS * ROUNDS * PAGE
    assert set(written) <= seen.keys()
    check_numbers(team)


def check_numbers(team: Team) -> None:
    """The numbers of each file are 1, 2, 3... without a gap."""
    from sf_council.database.tables import event

    for family_id in team.families:
        asked = event.select().where(event.c.family_id == family_id, event.c.seq.is_not(None)).order_by(event.c.seq)
        rows = team.council.do(lambda c, asked=asked: c.execute(asked).all())  # type: ignore[misc]
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))


def test_the_control_following_one_global_number_misses_a_change(postgres: Postgres, tmp_path: Path) -> None:
    """Two writers, one of whom commits later with the lower number: a feed of ``id > last`` never sees it."""
    url = postgres.new_database()
    with psycopg.connect(url) as slow, psycopg.connect(url) as quick, psycopg.connect(url, autocommit=True) as reader:
        reader.execute("CREATE TABLE feed (id bigserial PRIMARY KEY, what text)")
        slow.execute("INSERT INTO feed (what) VALUES ('slow')")
        quick.execute("INSERT INTO feed (what) VALUES ('quick')")
        quick.commit()
        last, seen = 0, []
        for _ in range(2):
            for number, what in reader.execute("SELECT id, what FROM feed WHERE id > %s ORDER BY id", (last,)):
                last = number
                seen.append(what)
            slow.commit()
    assert seen == ["quick"]


def test_a_request_that_another_overtook_is_proved_anew_and_not_taken_twice(busy: RunningCouncil) -> None:
    team = make_team(busy, families=1)
    database, council_id = busy.council.database, busy.council.id
    tries: list[Connection] = []

    def note(connection: Connection) -> bool:
        return nonces.is_fresh(connection, council_id, team.practitioner.device_id, "the same for both", 2**40)

    def answer(connection: Connection) -> bool:
        configuration.version(connection, council_id)  # from here on it sees this moment
        if not tries:
            assert database.note(note)
        tries.append(connection)
        return note(connection)

    assert not database.exchange(answer)
    assert len(tries) == 2
