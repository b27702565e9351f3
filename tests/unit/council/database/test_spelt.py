"""Statements that go to the driver as they are: the same rows on both databases, and errors that say nothing sent."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Connection, bindparam, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from sf_council.database.dialect import both, listed, pairs, texts
from sf_council.database.spelt import Spelt
from sf_council.database.tables import record
from sf_council.database.tables import team as teams
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.postgres import Postgres
from tests.unit.council.conftest import Team, make_team


class _Line(NamedTuple):
    record_id: str
    line: bytes


_ASKED = (
    select(record.c.record_id, record.c.line)
    .where(record.c.council_id == bindparam("council"), record.c.family_id == bindparam("family"))
    .order_by(record.c.seq)
)


def test_the_rows_are_those_of_sqlalchemy(team: Team) -> None:
    council = team.council.council

    def both(connection: Connection) -> tuple[list[_Line], list[tuple[object, ...]]]:
        wanted = {"council": council.id, "family": team.family}
        spelt = Spelt(_ASKED, row=_Line).rows(connection, **wanted)
        return spelt, [tuple(row) for row in connection.execute(_ASKED, wanted)]

    spelt, usual = council.database.read(both)

    assert spelt == usual
    assert spelt
    assert all(isinstance(each.line, bytes) for each in spelt)


def test_a_row_without_a_class_has_the_names_of_its_columns(team: Team) -> None:
    council = team.council.council
    asked = Spelt(_ASKED.limit(1))

    found = council.database.read(lambda c: asked.row(c, council=council.id, family=team.family))
    missing = council.database.read(lambda c: asked.row(c, council=council.id, family="none"))

    assert found is not None
    assert found.record_id
    assert missing is None


def test_what_the_database_refuses_is_raised_as_ever_without_what_was_sent(team: Team) -> None:
    council = team.council.council
    add = Spelt(insert(teams))
    values = {"council_id": council.id, "team_id": "pretend-secret", "name": "pretend-secret"}

    def twice(connection: Connection) -> None:
        for _ in range(2):
            add.changed(connection, **values)

    with pytest.raises(IntegrityError) as refused:
        council.database.write(twice)

    assert refused.value.params is None
    asked = select(teams.c.name).where(teams.c.team_id == "pretend-secret")
    assert council.database.read(lambda c: c.execute(asked).all()) == []


def test_many_rows_go_at_once_and_all_are_refused_with_one(team: Team) -> None:
    council = team.council.council
    add = Spelt(insert(teams))
    rows = [{"council_id": council.id, "team_id": f"pretend-{number}", "name": f"Team {number}"} for number in "123"]

    council.database.write(lambda c: add.many(c, rows))
    with pytest.raises(IntegrityError) as refused:
        council.database.write(lambda c: add.many(c, [rows[0] | {"team_id": "pretend-4", "name": "Team 4"}, rows[1]]))

    assert refused.value.params is None
    asked = select(teams.c.name).where(teams.c.team_id.like("pretend-_")).order_by(teams.c.name)
    assert council.database.read(lambda c: c.execute(asked).scalars().all()) == ["Team 1", "Team 2", "Team 3"]


@pytest.mark.parametrize("odd", ['it"s', "it's", "a,b]", "£ é 家", "", "\\"])
def test_a_list_given_as_one_parameter_holds_what_was_put_into_it(team: Team, odd: str) -> None:
    council = team.council.council
    given = Spelt(both(lambda database: texts("given", database)))
    in_pairs = Spelt(both(lambda database: select(pairs("given", database))))

    values = council.database.read(lambda c: given.rows(c, given=listed([odd, "plain"])))
    both_ways = council.database.read(lambda c: in_pairs.rows(c, given=listed([(odd, "plain"), ("plain", odd)])))

    assert [each.value for each in values] == [odd, "plain"]
    assert [tuple(each) for each in both_ways] == [(odd, "plain"), ("plain", odd)]
    assert council.database.read(lambda c: given.rows(c, given=listed([]))) == []


def test_a_connection_that_the_database_ended_is_given_up_and_the_next_request_is_answered(team: Team) -> None:
    council = team.council.council
    if council.database.is_sqlite:
        return  # a file ends no connection
    one = Spelt(_ASKED)

    def ended(connection: Connection) -> None:
        number = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        council.database.read(lambda other: other.execute(text("SELECT pg_terminate_backend(:n)"), {"n": number}).all())
        one.rows(connection, council=council.id, family=team.family)

    with pytest.raises(DBAPIError) as broken:
        council.database.exchange(ended)

    assert broken.value.connection_invalidated
    for _ in range(3):
        assert team.practitioner.round(cursors={}).families


def test_a_round_after_the_database_was_started_again_is_answered_or_asked_to_come_again(
    postgres: Postgres, tmp_path: Path, clock: FrozenClock
) -> None:
    """In a council of its own: whatever asks next, of any kind, is told once to come again."""
    with RunningCouncil(tmp_path, database=postgres.new_database(), clock=clock) as running:
        made = make_team(running)
        laptop, body = made.practitioner, {"protocol": 1, "position": "", "cursors": {}}
        assert laptop.send("POST", "/v1/rounds", body).status_code == 200

        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        running.council.database.read(lambda c: c.execute(text(f"{ended} AND datname = current_database()")).all())
        answers = [laptop.send("POST", "/v1/rounds", body) for _ in range(20)]
        made.practitioner.http.close()
        made.supervisor.http.close()

        assert {each.status_code for each in answers} <= {200, 503}
        assert answers[-1].status_code == 200


def test_what_a_request_found_is_gone_from_the_next_one_on_the_same_connection(team: Team) -> None:
    council = team.council.council
    asked = Spelt(_ASKED)

    def twice(connection: Connection) -> tuple[int, int, int]:
        first = asked.rows(connection, council=council.id, family=team.families[0])
        nothing = asked.rows(connection, council=council.id, family="none")
        again = asked.rows(connection, council=council.id, family=team.families[0])
        return len(first), len(nothing), len(again)

    first, nothing, again = council.database.exchange(twice)

    assert first > 0
    assert (nothing, again) == (0, first)
