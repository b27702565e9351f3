"""When each child was last seen stands beside the visits, and is what the visits say, whatever becomes of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sf_desktop.ops.office import Office
from sf_desktop.store.connection import Connection
from sf_desktop.store.migrations import m0008_when_children_were_seen
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables import records
from sf_record.record import InError, Record
from tests.builders.offices import an_office, answer, open_vault, transaction, with_families

Rows = set[tuple[str, str, str]]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    connection = open_vault(tmp_path)
    yield an_office(connection, random.Random(3))
    connection.close()


def kept(connection: Connection) -> Rows:
    rows = connection.execute("SELECT family_id, child, at FROM seen").fetchall()
    return {(str(family_id), str(child), str(at)) for family_id, child, at in rows}


def said(connection: Connection) -> Rows:
    """What the visits say, read one by one."""
    last: dict[tuple[str, str], str] = {}
    for each in records.of_kind(connection, "visit"):
        at = str(each.body["started_at"])
        seen = [str(row["person"]) for row in each.body.get("children") or () if row.get("seen")]
        for child in ("", *seen):
            last[each.family_id, child] = max(at, last.get((each.family_id, child), ""))
    return {(*key, at) for key, at in last.items()}


def otherwise(visit: Record, seed: random.Random, seq: int) -> Record:
    """The same visit, as somebody put it right: on another day, of other children, or not one at all."""
    rows = [{**row, "seen": seed.random() < 0.5} for row in visit.body.get("children") or ()]
    day = f"2026-{seed.randint(1, 11):02}-{seed.randint(1, 28):02}T10:00:00.000000Z"
    wrong = InError(by=visit.author_id, at=visit.written_at, reason="Another family")
    made = replace(visit, seq=seq, id=visit.id if seed.random() < 0.7 else f"{visit.id[:-6]}{seq:06}")
    return seed.choice((
        replace(made, body={**visit.body, "children": rows}),
        replace(made, body={**visit.body, "started_at": day}),
        replace(made, body={**visit.body, "started_at": day, "children": rows[:1]}),
        replace(made, body={**visit.body, "worries": "None that I saw."}),
        replace(made, in_error=wrong),
    ))  # fmt: skip


@pytest.mark.parametrize("number", range(4))
def test_it_is_what_the_visits_say_after_every_change(office: Office, number: int) -> None:
    seed, connection = random.Random(number), office.connection
    held = with_families(office, seed, count=3, per_family=40)
    assert kept(connection) == said(connection)
    visits = {each.id: each for each in held if each.kind == "visit"}
    seq = max(each.seq for each in held)
    for _ in range(25):
        seq += 10
        some = [
            otherwise(each, seed, seq + n) for n, each in enumerate(seed.sample(sorted(visits.values(), key=str), 3))
        ]
        visits |= {each.id: each for each in some}
        with transaction(connection):
            inbox.apply(connection, answer(some))
        assert kept(connection) == said(connection)
    before = kept(connection)
    with transaction(connection):  # a vault of before
        connection.execute("DROP TABLE seen")
        m0008_when_children_were_seen.up(connection)
    assert kept(connection) == before
    left = sorted(visits)
    seed.shuffle(left)
    while left:
        some_ids, left = left[:7], left[7:]
        with transaction(connection):
            records.delete(connection, some_ids)
        assert kept(connection) == said(connection)
    assert not kept(connection)
