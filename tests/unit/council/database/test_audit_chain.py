"""The council's audit is verified row after row however long it is, in pieces: the first row at fault is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, delete, update

from sf_council.database import audit
from sf_council.database.tables import audit as rows
from tests.fakes.council import RunningCouncil

LENGTH = 5_100  # more than one piece


def _cut(connection: Connection, number: int) -> None:
    connection.execute(delete(rows).where(rows.c.number == number))


def _edit(connection: Connection, number: int) -> None:
    connection.execute(update(rows).where(rows.c.number == number).values(code="another"))


@pytest.mark.parametrize("harm", [_cut, _edit])
def test_the_first_row_at_fault_is_named_wherever_it_lies(
    council: RunningCouncil, harm: Callable[[Connection, int], None]
) -> None:
    def look(connection: Connection) -> dict[int, int | None]:
        mine = council.council.id
        have = audit.head(connection, mine).number
        notes = [audit.Note("pretend", code=str(number)) for number in range(LENGTH - have)]
        if notes:
            audit.note_all(connection, mine, council.council.at(), notes)
        assert audit.first_broken(connection, mine) is None
        found = {}
        for number in (5_000, 5_001, LENGTH):
            undone = connection.begin_nested()
            harm(connection, number)
            found[number] = audit.first_broken(connection, mine)
            undone.rollback()
        return found

    for number, broken in council.do(look).items():
        assert broken == number
