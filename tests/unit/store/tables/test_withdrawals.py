"""What was settled is taken back until it leaves, and what is taken back or given up is never handed in afterwards."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import mending
from sf_desktop.ops.sending import conflicts
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.store.connection import open_connection
from sf_desktop.store.lifecycle.migrating import migrate
from sf_desktop.store.migrations import STEPS
from sf_desktop.store.queries import counts, entries
from sf_desktop.store.tables import outbox, records, withdrawals
from sf_desktop.store.tables.outbox import State
from sf_record.errors import InputError
from sf_record.ids import is_id
from tests.builders import quarrels
from tests.builders.offices import an_office, open_vault, with_families
from tests.builders.written import write_note


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    connection = open_vault(tmp_path)
    seed = random.Random(7)
    office = an_office(connection, seed)
    with_families(office, seed)
    yield office
    connection.close()


@pytest.fixture
def settled(office: Office) -> str:
    """The id of an event that settles a conflict and has not left."""
    person = next(each for each in records.of_kind(office.connection, "person") if each.body.get("given_name"))
    merged = quarrels.both_change(office, person.id, {"known_as": "Wren"}, {"known_as": "Robin"})
    conflicts_left = merged.conflicts[0]
    writing.settle_with(office, person.id, conflicts_left.id, "Wren", "Robin", "Asked.")
    return quarrels.latest(office, person.id).event.id


def sealed(office: Office) -> tuple[str, Any]:
    """What was sealed last: id and payload."""
    event_id, payload = office.tx.sealed[-1]  # type: ignore[attr-defined]
    return event_id, json.loads(payload)


def test_a_withdrawal_is_sealed_under_an_id_of_its_own(office: Office, settled: str) -> None:
    conflicts.undo(office, settled)
    withdrawal_id, payload = sealed(office)
    assert payload == {"withdrawn": settled}
    assert is_id(withdrawal_id)
    assert withdrawal_id != settled
    assert status_counts(office).needs_you == 1
    assert not outbox.outgoing(office.connection, 10, 100_000)


def test_one_that_a_kill_kept_from_the_file_is_sealed_at_the_next_start(office: Office, settled: str) -> None:
    conflicts.undo(office, settled)
    withdrawal_id, _ = sealed(office)
    missing = dict(outbox.unsealed(office.connection, frozenset({settled})))
    assert missing[withdrawal_id] == withdrawals.withdrawal(settled)
    assert withdrawal_id not in dict(outbox.unsealed(office.connection, frozenset({settled, withdrawal_id})))


def test_what_is_handed_to_the_wire_is_not_taken_back_and_what_stayed_is(office: Office, settled: str) -> None:
    assert withdrawals.leaving(office.connection, [settled]) == {settled}
    assert withdrawals.leaving(office.connection, [settled]) == frozenset()
    with pytest.raises(InputError):
        conflicts.undo(office, settled)
    withdrawals.stayed(office.connection, [settled])
    conflicts.undo(office, settled)


def test_what_was_built_upon_is_taken_back_last(office: Office, settled: str) -> None:
    person = entries.one(office.connection, settled).event.record_id  # type: ignore[union-attr]
    writing.change(office, person, {**records.get(office.connection, person).body, "language": "Polish"})  # type: ignore[union-attr]
    assert [each.may_undo for each in conflicts.settled_here(office)] == [False]
    with pytest.raises(InputError):
        conflicts.undo(office, settled)


def test_only_what_settles_can_be_taken_back(office: Office) -> None:
    family_id = next(iter(records.of_kind(office.connection, "family"))).id
    note = write_note(office, family_id, {"type": "note", "happened_at": office.now(), "text": "Words."})
    with pytest.raises(InputError):
        conflicts.undo(office, quarrels.latest(office, note.record_id).event.id)


def test_what_is_given_up_stays_readable_and_is_not_handed_in(office: Office) -> None:
    family_id = next(iter(records.of_kind(office.connection, "family"))).id
    note = write_note(office, family_id, {"type": "note", "happened_at": office.now(), "text": "Words."})
    event_id = quarrels.latest(office, note.record_id).event.id
    quarrels.refuse(office, event_id, "not_yours")
    with pytest.raises(InputError):
        mending.give_up(office, event_id, " ")
    mending.give_up(office, event_id, "Written twice.")
    entry = entries.one(office.connection, event_id)
    assert entry is not None
    assert (entry.state, entry.given_up, entry.event.fields["text"]) == (State.SET_ASIDE, "Written twice.", "Words.")
    assert sealed(office)[1] == {"withdrawn": event_id}
    assert status_counts(office).needs_you == 0


def test_what_is_copied_into_a_note_that_is_not_finished_can_still_be_handed_in(office: Office) -> None:
    family_id = next(iter(records.of_kind(office.connection, "family"))).id
    note = write_note(office, family_id, {"type": "note", "happened_at": office.now(), "text": "Words."})
    event_id = quarrels.latest(office, note.record_id).event.id
    quarrels.refuse(office, event_id, "not_yours")
    sealed_before = sealed(office)
    mending.copy_to_note(office, event_id)
    entry = entries.one(office.connection, event_id)
    assert entry is not None
    assert (entry.state, entry.given_up, entry.event.fields["text"]) == (State.SET_ASIDE, mending.COPIED, "Words.")
    assert sealed(office) == sealed_before, "the draft is sealed nowhere"
    assert not dict(outbox.unsealed(office.connection, frozenset({event_id})))


def test_conflicts_of_a_vault_of_the_first_release_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "vault.db"
    connection = open_connection(path, bytearray(b"k" * 32), create=True)
    migrate(connection, path, STEPS[:1])
    wire = json.dumps({"conflicts": [{"id": "a:x"}, {"id": "b:y"}]})
    connection.execute("INSERT INTO paper (id, wire, words) VALUES (1, ?, '')", (wire,))
    connection.execute(
        "INSERT INTO record (row, id, family_id, kind, seq, happened_at, written_at, author_id, is_signed,"
        " is_in_error, has_conflicts, is_waiting, title, about, paper)"
        " VALUES (1, 'r', 'f', 'note', 1, '', '', '', 0, 0, 1, 0, '', '', 1)"
    )
    migrate(connection, path)
    assert (counts.conflicts(connection), counts.conflicts(connection, {"person"})) == (2, 0)
    connection.close()
