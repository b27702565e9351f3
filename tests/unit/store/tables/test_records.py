"""A record that changes keeps its place in every list, or moves to its new one: whatever of it was changed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sf_desktop.ops.families.search import search
from sf_desktop.ops.office import Office
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables import records
from sf_record.record import InError, Record
from tests.builders.offices import an_office, answer, open_vault, transaction, with_families
from tests.builders.soundness import is_sound


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


def entered_in_error(record: Record) -> Record:
    return replace(record, in_error=InError(by=record.author_id, at=record.written_at, reason="Twice"))


@pytest.mark.parametrize("in_error", [0, 1, 3, 30])
def test_the_latest_are_found_behind_however_many_that_were_entered_in_error(office: Office, in_error: int) -> None:
    held = with_families(office, random.Random(4), count=2, per_family=60)
    family_id = held[0].family_id
    notes = [each for each in held if each.kind == "note" and each.family_id == family_id]
    newest = sorted(notes, key=lambda each: str(each.body["happened_at"]), reverse=True)
    first = max(each.seq for each in held) + 1
    wrong = [replace(entered_in_error(each), seq=first + n) for n, each in enumerate(newest[:in_error])]
    with transaction(office.connection):
        inbox.apply(office.connection, answer(wrong))
    for limit in (1, 2, 12):
        wanted = [each.id for each in newest[in_error:]][:limit]
        assert [each.id for each in records.latest_of(office.connection, family_id, "note", limit)] == wanted


@pytest.mark.parametrize("number", range(4))
def test_what_happened_between_two_moments_is_found_wherever_its_day_has_moved(office: Office, number: int) -> None:
    seed = random.Random(number)
    plans = [each for each in with_families(office, seed, count=3) if each.kind == "planned_visit"]
    first = max(each.seq for each in plans) + 10_000
    days = sorted({str(each.body["planned_at"])[:10] for each in plans})
    moved = [
        replace(
            each, seq=first + n, body={**each.body, "planned_at": f"{seed.choice(days)}T{seed.randint(0, 23):02}:00"}
        )
        for n, each in enumerate(seed.sample(plans, len(plans) // 2))
    ]
    wrong = [replace(entered_in_error(each), seq=first + 1_000 + n) for n, each in enumerate(moved[::5])]
    with transaction(office.connection):
        inbox.apply(office.connection, answer(moved))
        inbox.apply(office.connection, answer(wrong))
    now = {each.id: each for each in (*plans, *moved, *wrong)}.values()
    for _ in range(20):
        since, until = sorted(f"{seed.choice(days)}T{seed.choice(('00:00', '09:30', '23:59'))}" for _ in range(2))
        wanted = {each.id for each in now if not each.in_error and since <= str(each.body["planned_at"]) < until}
        found = records.happened_between(office.connection, "planned_visit", since, until)
        assert {each.id for each in found} == wanted
        assert [str(each.body["planned_at"]) for each in found] == sorted(
            str(each.body["planned_at"]) for each in found
        )


def test_what_today_reads_over_all_files_lies_together_and_is_found_wherever_it_lies(office: Office) -> None:
    held = with_families(office, random.Random(4), count=5, per_family=60)
    kinds = ("status_episode", "review", "person")
    wanted = {kind: {each.id for each in held if each.kind == kind} for kind in kinds}

    def numbers(kind: str) -> list[int]:
        rows = office.connection.execute("SELECT paper FROM record WHERE kind = ? ORDER BY paper", (kind,))
        return [int(each[0]) for each in rows]

    for kind in kinds:
        theirs = numbers(kind)
        assert theirs == list(range(theirs[0], theirs[0] + len(wanted[kind])))
    with transaction(office.connection):  # as an earlier program left them: in the order in which they came
        for number, paper in enumerate(numbers("review"), start=1_000_000):
            office.connection.execute("UPDATE paper SET id = ? WHERE id = ?", (number, paper))
            office.connection.execute("UPDATE record SET paper = ? WHERE paper = ?", (number, paper))
    for kind in kinds:
        assert {each.id for each in records.of_kind(office.connection, kind)} == wanted[kind]
    one = next(each for each in held if each.kind == "review")
    with transaction(office.connection):
        inbox.apply(office.connection, answer((replace(entered_in_error(one), seq=9_000),)))
    assert {each.id for each in records.of_kind(office.connection, "review")} == wanted["review"] - {one.id}
