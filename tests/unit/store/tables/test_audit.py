"""The laptop's audit: nothing that was looked at is lost, and no row can be taken out or changed unnoticed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sf_desktop.session import note_tries
from sf_desktop.store.connection import Connection
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.tables import audit
from sf_desktop.store.thread.trail import PATIENCE_S
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.upkeep.audit_check import SLICE, ChainCheck
from sf_desktop.store.vault import Vault
from sf_record.dates import moment_text
from sf_record.errors import SfError
from sf_record.wire.audit import MOST_IDS, AuditRow, Head, Look, Looked, first_broken
from tests.builders.offices import open_vault, transaction
from tests.builders.soundness import first_broken_look
from tests.builders.vaults import BuiltVault, build_vault, save_note

FAMILY, RECORD = "01935808-ec00-7e9c-b9e5-2f453d85e51e", "01935808-ec00-7440-9df3-39289570e9d2"
AT = "2026-11-23T09:00:00.000000Z"


@pytest.fixture
def built(tmp_path: Path) -> BuiltVault:
    return build_vault(tmp_path)


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    return open_vault(tmp_path)


def rows_of(vault: Vault) -> list[AuditRow]:
    return list(vault.read(lambda tx: audit.rows_after(tx.connection, 0)).result(10))


def look(vault: Vault, what: Look = Look.FAMILY_OPENED, family_id: str = FAMILY, **more: Any) -> None:
    """Leave a look from a verb that reads, as opening a family file does."""
    vault.read(lambda tx: tx.look(Looked(AT, what, family_id, **more))).result(10)


def whats(rows: list[AuditRow]) -> list[str]:
    return [row.what for row in rows]


# --- what is looked at is written, without what is shown waiting for it ---


def test_a_look_from_a_reading_verb_is_written_soon_and_by_itself(built: BuiltVault) -> None:
    vault = built.open()
    look(vault)
    assert rows_of(vault) == []  # what was shown did not wait for the disk
    vault._thread.join(PATIENCE_S * 1.5)
    (row,) = rows_of(vault)
    assert (row.number, row.what, row.family_id) == (1, "family_opened", FAMILY)
    assert vault.close()


def test_a_look_is_never_lost_on_a_lock(built: BuiltVault) -> None:
    vault = built.open()
    look(vault)
    assert vault.close()
    vault = built.open()
    assert whats(rows_of(vault)) == ["family_opened"]
    assert vault.close()


def test_a_save_takes_the_looks_before_it_along(built: BuiltVault) -> None:
    vault = built.open()
    look(vault)
    save_note(vault, "one")
    assert whats(rows_of(vault)) == ["family_opened"]
    assert vault.close()


def test_a_writing_verbs_look_is_there_when_it_is_done_and_not_where_it_failed(built: BuiltVault) -> None:
    vault = built.open()
    vault.do(lambda tx: tx.look(Looked(AT, Look.PRINTED, FAMILY))).result(10)

    def fails(tx: Tx) -> None:
        tx.look(Looked(AT, Look.EXPORTED, FAMILY))
        raise LookupError

    with pytest.raises(LookupError):
        vault.do(fails).result(10)
    assert whats(rows_of(vault)) == ["printed"]
    assert vault.close()


def test_the_same_look_again_is_the_same_look_and_one_search_is_one_row(built: BuiltVault) -> None:
    vault = built.open()
    for _ in range(3):
        look(vault)
    look(vault, Look.RECORD_OPENED, record_id=RECORD)
    others = tuple(f"01935808-ec00-7e9c-b9e5-{number:012x}" for number in range(20))
    for shown in (others[:2], others[1:3], others):
        look(vault, Look.SEARCHED, "", code=str(len(shown)), ids=shown)
    look(vault, Look.SEARCHED, "")
    save_note(vault, "one")
    found = rows_of(vault)
    assert whats(found) == ["family_opened", "record_opened", "searched"]
    assert found[-1].ids.split() == list(others)
    assert found[-1].code == str(len(others))
    assert vault.close()


def test_a_search_names_every_family_that_it_showed_in_as_many_rows_as_that_takes(built: BuiltVault) -> None:
    vault = built.open()
    others = tuple(f"01935808-ec00-7e9c-b9e5-{number:012x}" for number in range(2 * MOST_IDS + 5))
    for shown in (others[:MOST_IDS], others[10 : MOST_IDS + 10], others[MOST_IDS:]):  # as somebody types on
        look(vault, Look.SEARCHED, "", code=str(len(shown)), ids=shown)
    save_note(vault, "one")
    found = rows_of(vault)
    assert [row.code for row in found] == [str(MOST_IDS), str(MOST_IDS), "5"]
    assert [each for row in found for each in row.ids.split()] == list(others)
    assert vault.close()


def test_looks_at_a_vault_that_was_put_back_do_not_heal_it(built: BuiltVault) -> None:
    old = built.home.database.read_bytes()
    vault = built.open()
    for each in ("one", "two", "three"):
        save_note(vault, each)
    assert vault.close()
    built.home.database.write_bytes(old)
    for _ in range(4):
        vault = built.open()
        assert vault.standing is Standing.ROLLED_BACK
        vault.enter([Looked(AT, Look.UNLOCKED)]).result(10)
        assert vault.close()
    vault = built.open()
    assert vault.standing is Standing.ROLLED_BACK
    assert whats(rows_of(vault)) == ["unlocked"] * 4
    assert vault.close()


def test_failed_tries_are_entered_at_the_next_unlocking_with_their_times(built: BuiltVault) -> None:
    lockout = built.lockout()
    tried = []
    for _ in range(2):
        tried.append(moment_text(built.clock.now()))
        with pytest.raises(SfError):
            built.unlock("not the passphrase at all")
        built.clock.forward(60)
    keys = built.unlock()
    vault = built.open(keys)
    note_tries(vault, lockout)
    note_tries(vault, lockout)
    found = rows_of(vault)
    assert [(row.what, row.at) for row in found] == [("unlock_failed", each) for each in tried]
    assert vault.close()


# --- rows are only ever added ---


def fill(connection: Connection, count: int = 30) -> list[AuditRow]:
    with transaction(connection):
        audit.append(connection, [Looked(AT, Look.RECORD_OPENED, FAMILY, RECORD, str(each)) for each in range(count)])
    return list(audit.rows_after(connection, 0))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET what = 'locked' WHERE number = 3",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT number, at, what, family_id, '', code, ids, chain FROM audit WHERE number = 3",
        "INSERT OR REPLACE INTO audit SELECT number, at, what, '', '', code, ids, chain FROM audit WHERE number = 3",
        "UPDATE audit_state SET base_number = 5",
        "DELETE FROM audit_state",
    ],
)
def test_no_row_is_changed_or_taken_out(connection: Connection, statement: str) -> None:
    fill(connection)
    with pytest.raises(Exception, match="audit"), transaction(connection):
        connection.execute(statement)
    assert first_broken_look(connection) is None


def test_only_what_the_council_holds_leaves_when_it_is_old(connection: Connection) -> None:
    fill(connection, 10)
    later = "2026-12-23T09:00:00.000000Z"
    with transaction(connection):
        audit.append(connection, [Looked(later, Look.LOCKED)])
        audit.sent_to(connection, 6)
        assert audit.prune(connection, later) == 6
        assert audit.prune(connection, later) == 0
    assert [row.number for row in audit.rows_after(connection, 0)] == [7, 8, 9, 10, 11]
    assert first_broken_look(connection) is None
    with transaction(connection):
        audit.sent_to(connection, 11)
        assert audit.prune(connection, later) == 4
    assert first_broken_look(connection) is None


def test_the_chain_goes_on_after_what_the_council_holds(connection: Connection) -> None:
    rows = fill(connection, 10)
    council = Head(number=14, chain="c" * 64)
    with transaction(connection):
        audit.sent_to(connection, 4)
        audit.resume(connection, 7, council, AT)
    found = list(audit.rows_after(connection, 0))
    assert [row.number for row in found] == [1, 2, 3, 4, 5, 6, 7, 15, 16, 17, 18]
    assert (found[7].what, found[7].code) == ("resumed", f"14 {'c' * 64}")
    assert [row.code for row in found[8:]] == [row.code for row in rows[7:]]
    assert audit.sent(connection) == 14
    assert first_broken_look(connection) is None
    # To the council, which has the rows in between, it follows like any other.
    assert first_broken(found[7:], council, audit.head(connection)) is None


def test_a_change_is_in_the_chain_by_its_events_id(built: BuiltVault) -> None:
    vault = built.open()
    at = moment_text(built.clock.now() - timedelta(minutes=1))

    def write(tx: Tx) -> None:
        tx.connection.execute(
            "INSERT INTO outbox (id, record_id, family_id, kind, action, state, is_shown, saved_at, event)"
            " VALUES ('event-id', ?, ?, 'note', 'create', 'waiting', 1, ?, '{}')",
            (RECORD, FAMILY, at),
        )
        tx.seal("event-id", b"")

    vault.do(write).result(10)
    (row,) = rows_of(vault)
    assert (row.what, row.family_id, row.record_id) == ("changed", FAMILY, RECORD)
    assert (row.code, row.ids, row.at) == ("create", "event-id", at)
    assert vault.close()


def test_a_chain_that_was_tampered_with_says_so_after_the_next_unlocking(built: BuiltVault) -> None:
    vault = built.open()
    vault.do(lambda tx: audit.append(tx.connection, [Looked(AT, Look.LOCKED)] * (SLICE + 20))).result(10)
    ChainCheck(vault, built.clock).start()
    _settle(vault)
    assert "chain_broken" not in whats(rows_of(vault))

    def tamper(tx: Tx) -> None:
        tx.connection.execute("DROP TRIGGER audit_never_changes")
        tx.connection.execute("UPDATE audit SET what = 'printed' WHERE number = ?", (SLICE + 5,))

    vault.do(tamper).result(10)
    ChainCheck(vault, built.clock).start()
    _settle(vault)
    last = rows_of(vault)[-1]
    assert (last.what, last.code) == ("chain_broken", str(SLICE + 5))
    assert vault.close()


def _settle(vault: Vault) -> None:
    """Wait until what nobody waits for has had its turns."""
    for _ in range(6):
        vault.read(lambda _: None, urgent=False).result(10)


def test_the_chain_and_its_guards_survive_a_new_key(built: BuiltVault) -> None:
    vault = built.open()
    vault.enter([Looked(AT, Look.UNLOCKED)] * 3).result(10)
    vault.rotate_key().result(30)
    vault.enter([Looked(AT, Look.LOCKED)]).result(10)
    assert [row.number for row in rows_of(vault)] == [1, 2, 3, 4]
    assert vault.read(lambda tx: first_broken_look(tx.connection)).result(10) is None
    with pytest.raises(SfError):
        vault.do(lambda tx: tx.connection.execute("DELETE FROM audit")).result(10)
    assert vault.close()
