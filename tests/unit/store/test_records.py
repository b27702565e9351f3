"""A record that changes keeps its place in every list, or moves to its new one: whatever of it was changed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sf_desktop.ops.office import Office
from sf_desktop.ops.search import search
from sf_desktop.store import inbox, records
from sf_desktop.store.connection import is_sound
from sf_record.record import Record
from tests.builders.offices import an_office, answer, open_vault, transaction, with_families


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    connection = open_vault(tmp_path)
    yield an_office(connection, random.Random(3))
    connection.close()


def changed(note: Record, seq: int, **fields: str) -> Record:
    return replace(note, seq=seq, body={**note.body, **fields})


@pytest.mark.parametrize(
    "happened_at",
    ["", "T00:00:00.000000Z", "2020-02-29T12:00:00.000000Z"],
    ids=["stays", "another time of its day", "another day"],
)
def test_a_changed_note_is_found_where_it_now_belongs(office: Office, happened_at: str) -> None:
    held = with_families(office, random.Random(4), count=2, per_family=30)
    notes = [each for each in held if each.kind == "note"]
    note = notes[len(notes) // 2]
    moment = str(note.body["happened_at"])
    moment = moment[:10] + happened_at if happened_at.startswith("T") else happened_at or moment
    after = changed(note, max(each.seq for each in held) + 1, text="Zanzibar, said once.", happened_at=moment)
    with transaction(office.connection):
        inbox.apply(office.connection, answer((after,)))
    listed = records.of_family(office.connection, note.family_id, ["note"])
    assert next(each for each in listed if each.id == note.id) == after
    assert len(listed) == len([each for each in notes if each.family_id == note.family_id])
    when = [str(each.body["happened_at"]) for each in listed]
    assert when == sorted(when)
    assert [each.record_id for each in search(office, "zanzibar").notes] == [note.id]
    assert is_sound(office.connection)
