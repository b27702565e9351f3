"""The vault thread: one transaction a job, durable and sealed before it is acknowledged, closed without hanging."""

from __future__ import annotations

import shutil
import stat
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sf_desktop.store.ending.setaside import all_set_aside, set_aside
from sf_desktop.store.folder.home import homes
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.sealed.outbox import read_entries
from sf_desktop.store.sealed.sealing import open_sealed
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from sf_record.errors import SfError, VaultError
from tests.builders.vaults import BuiltVault, build_vault, note_ids, save_note
from tests.fakes.little_room import little_room


@pytest.fixture
def built(tmp_path: Path) -> BuiltVault:
    return build_vault(tmp_path)


def code_of(future: Future[Any]) -> str:
    with pytest.raises(SfError) as caught:
        future.result(10)
    return caught.value.code


def test_a_save_is_there_after_closing_and_in_the_sealed_outbox(built: BuiltVault) -> None:
    vault = built.open()
    save_note(vault, "one", "They promised to ring the school.")
    assert vault.close()
    vault = built.open()
    assert note_ids(vault) == {"one"}
    assert vault.close()
    (entry,) = read_entries(built.home.sealed_outbox)
    assert open_sealed(built.council, entry.sealed, b"one") == b"They promised to ring the school."
    assert b"promised" not in built.home.sealed_outbox.read_bytes() + built.home.database.read_bytes()


def test_what_a_verb_raises_undoes_all_of_it_and_seals_nothing(built: BuiltVault) -> None:
    vault = built.open()

    def fails(tx: Tx) -> None:
        tx.connection.execute("INSERT INTO pretend_note VALUES ('one', '')")
        tx.seal("one", b"")
        tx.after_commit(lambda: pytest.fail("nothing was committed"))
        raise LookupError

    with pytest.raises(LookupError):
        vault.do(fails).result()
    assert note_ids(vault) == set()
    assert vault.sealed_ids().result() == frozenset()
    assert vault.close()


def test_after_commit_runs_before_the_future_is_resolved(built: BuiltVault) -> None:
    vault = built.open()
    seen: list[str] = []
    vault.do(lambda tx: tx.after_commit(lambda: seen.append("announced"))).result()
    assert seen == ["announced"]
    assert vault.close()


def test_what_a_read_writes_is_undone(built: BuiltVault) -> None:
    vault = built.open()
    vault.read(lambda tx: tx.connection.execute("INSERT INTO pretend_note VALUES ('one', '')")).result()
    assert note_ids(vault) == set()
    assert vault.close()


def test_urgent_work_goes_before_what_is_not(built: BuiltVault) -> None:
    vault = built.open()
    started, gate, order = threading.Event(), threading.Event(), list[str]()

    def hold(_: Tx) -> None:
        started.set()
        gate.wait(10)

    first = vault.read(hold)
    assert started.wait(10)
    bulk = vault.do(lambda _: order.append("round"), urgent=False)
    typed = vault.do(lambda _: order.append("typed"))
    gate.set()
    for future in (first, bulk, typed):
        future.result(10)
    assert order == ["typed", "round"]
    assert vault.close()


def test_closing_finishes_saves_drops_bulk_work_and_takes_nothing_new(built: BuiltVault) -> None:
    vault = built.open()
    started, gate = threading.Event(), threading.Event()

    def hold(_: Tx) -> None:
        started.set()
        gate.wait(10)

    vault.read(hold)
    assert started.wait(10)
    typed = vault.do(lambda tx: tx.connection.execute("INSERT INTO pretend_note VALUES ('typed', '')").rowcount)
    bulk = vault.do(lambda _: None, urgent=False)
    assert not vault.close(timeout_s=0.05)
    assert code_of(vault.do(lambda _: None)) == "vault_closed"
    gate.set()
    assert vault.close()
    assert typed.result() == 1
    assert code_of(bulk) == "vault_closed"
    again = built.open()
    assert note_ids(again) == {"typed"}
    assert again.close()


def test_two_programs_cannot_open_the_same_vault(built: BuiltVault) -> None:
    vault = built.open()
    with pytest.raises(VaultError, match="vault_in_use"):
        built.open()
    with pytest.raises(VaultError, match="vault_in_use"):
        set_aside(built.home, built.home.folder.parent / "aside", built.clock.now())
    assert vault.close()
    assert built.open().close()


def test_an_event_saved_but_not_sealed_is_sealed_at_the_next_start(built: BuiltVault) -> None:
    vault = built.open()
    vault.do(lambda tx: tx.connection.execute("INSERT INTO pretend_note VALUES ('one', 'text')")).result()
    assert vault.close()

    def unsealed(connection: object, sealed_ids: frozenset[str]) -> list[tuple[str, bytes]]:
        rows = connection.execute("SELECT id, body FROM pretend_note").fetchall()  # type: ignore[attr-defined]
        return [(row[0], row[1].encode()) for row in rows if row[0] not in sealed_ids]

    vault = Vault.open(built.home, built.secrets, built.unlock(), unsealed=unsealed)
    assert vault.sealed_ids().result() == {"one"}
    vault.prune_sealed(frozenset({"one"})).result()
    assert vault.sealed_ids().result() == frozenset()
    save_note(vault, "two")
    assert vault.sealed_ids().result() == {"two"}
    assert vault.close()


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_a_full_disk_does_not_keep_the_vault_shut(built: BuiltVault) -> None:
    def unsealed(connection: object, sealed_ids: frozenset[str]) -> list[tuple[str, bytes]]:
        return [] if "one" in sealed_ids else [("one", b"text " * 4_000)]

    keys = built.unlock()
    with little_room(8_192):
        vault = Vault.open(built.home, built.secrets, keys, unsealed=unsealed)
    assert vault.sealed_ids().result() == frozenset()
    assert not built.home.ballast.exists()
    save_note(vault, "two")
    assert vault.sealed_ids().result() == {"one", "two"}
    assert vault.close()
    assert built.open().close()
    assert built.home.ballast.exists()  # there is room again, so it is taken for the next time


def test_an_opening_that_fails_at_its_end_leaves_the_vault_free(built: BuiltVault) -> None:
    def unsealed(connection: object, sealed_ids: frozenset[str]) -> list[tuple[str, bytes]]:
        raise LookupError

    with pytest.raises(LookupError):
        Vault.open(built.home, built.secrets, built.unlock(), unsealed=unsealed)
    assert built.open().close()


def test_an_opening_that_fails_half_way_leaves_no_thread_with_a_key(built: BuiltVault) -> None:
    keys = built.unlock()
    built.home.sealed_outbox.unlink()
    built.home.sealed_outbox.mkdir(0o700)
    before = set(threading.enumerate())
    with pytest.raises(SfError):
        Vault.open(built.home, built.secrets, keys)
    for each in set(threading.enumerate()) - before:
        each.join(0.2)
    assert set(threading.enumerate()) <= before
    built.home.sealed_outbox.rmdir()
    assert built.open().close()


def test_an_old_database_put_back_is_read_only_until_reconciled(built: BuiltVault, tmp_path: Path) -> None:
    shutil.copy(built.home.database, tmp_path / "old.db")
    vault = built.open()
    save_note(vault, "one")
    assert vault.close()
    shutil.copy(tmp_path / "old.db", built.home.database)
    for _ in range(2):
        vault = built.open()
        assert vault.standing is Standing.ROLLED_BACK
        assert note_ids(vault) == set()
        assert code_of(vault.do(lambda _: None)) == "vault_rolled_back"
        assert vault.sealed_ids().result() == {"one"}
        assert vault.close()
    vault = built.open()
    vault.do(
        lambda tx: tx.connection.execute("INSERT INTO pretend_note VALUES ('again', '')"), reconciling=True
    ).result()
    vault.reconciled().result()
    assert vault.standing is Standing.SOUND
    save_note(vault, "two")
    assert vault.close()
    vault = built.open()
    assert vault.standing is Standing.SOUND
    assert note_ids(vault) == {"again", "two"}
    assert vault.close()


@pytest.mark.parametrize("kept", ["", "4", "1.forged", "999999999999999999999999.x"])
def test_a_kept_head_that_is_missing_or_forged_counts_as_put_back(built: BuiltVault, kept: str) -> None:
    built.secrets.set("head", kept)
    vault = built.open()
    assert vault.standing is Standing.ROLLED_BACK
    assert vault.close()


def test_a_rotated_key_opens_and_the_old_copy_does_not(built: BuiltVault, tmp_path: Path) -> None:
    vault = built.open()
    save_note(vault, "one")
    old = built.home.slot_a.read_bytes()
    dek = bytes(built.unlock().dek)
    vault.rotate_key().result()
    save_note(vault, "two")
    assert vault.close()
    assert old != built.home.slot_a.read_bytes()
    keys = built.unlock()
    assert bytes(keys.dek) != dek
    assert keys.pending is None
    vault = built.open(keys)
    assert vault.standing is Standing.SOUND
    assert note_ids(vault) == {"one", "two"}
    assert vault.close()


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
@pytest.mark.parametrize("most_bytes", [4_096, 20_480, 65_536])
def test_a_rotation_that_a_full_disk_breaks_off_leaves_the_open_vault_at_work(
    built: BuiltVault, most_bytes: int
) -> None:
    vault = built.open()
    save_note(vault, "one", "A pretend note. " * 20_000)
    with little_room(most_bytes):
        assert code_of(vault.rotate_key()) in {"disk_full", "disk_failed"}
    save_note(vault, "two")
    assert note_ids(vault) == {"one", "two"}
    vault.rotate_key().result()
    assert vault.close()
    vault = built.open()
    assert vault.standing is Standing.SOUND
    assert note_ids(vault) == {"one", "two"}
    assert vault.close()


def test_every_file_of_a_vault_is_private(built: BuiltVault) -> None:
    built.home.folder.chmod(0o755)
    vault = built.open()
    save_note(vault, "one")
    assert stat.S_IMODE(built.home.folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in built.home.folder.iterdir() if path.is_file()}
    assert set(modes.values()) == {0o600}
    assert vault.close()


@pytest.mark.parametrize("card", [b"", b"\xff{", b"[]", b'{"created_at": 7}', b'{"created_at": "yesterday"}'])
def test_a_damaged_card_hides_no_vault(built: BuiltVault, card: bytes) -> None:
    built.home.card.write_bytes(card)
    assert homes(built.home.folder.parent) == (built.home,)
    assert built.open().close()


def test_a_missing_card_hides_no_vault(built: BuiltVault) -> None:
    built.home.card.unlink()
    assert homes(built.home.folder.parent) == (built.home,)
    assert built.open().close()


def test_an_emptied_database_is_damaged_and_not_made_anew(built: BuiltVault) -> None:
    built.home.database.write_bytes(b"")
    with pytest.raises(VaultError, match="vault_damaged"):
        built.open()
    assert built.home.database.stat().st_size == 0


def test_a_damaged_database_is_named_left_alone_and_can_be_set_aside_whole(built: BuiltVault, tmp_path: Path) -> None:
    vault = built.open()
    save_note(vault, "one")
    assert vault.close()
    content = bytearray(built.home.database.read_bytes())
    content[100] ^= 1
    built.home.database.write_bytes(content)
    with pytest.raises(VaultError, match="vault_damaged"):
        built.open()
    assert built.home.database.read_bytes() == content
    aside = set_aside(built.home, tmp_path / "set-aside", built.clock.now())
    assert aside.unsent == 1
    assert aside.home.database.read_bytes() == content
    assert not built.home.folder.exists()
    assert all_set_aside(tmp_path / "set-aside") == (aside,)


def test_a_missing_database_is_not_made_anew(built: BuiltVault) -> None:
    built.home.database.unlink()
    with pytest.raises(VaultError, match="vault_missing"):
        built.open()
    assert not built.home.database.exists()


def test_the_council_s_sealing_key_is_pinned_once(built: BuiltVault) -> None:
    vault = built.open()
    pinned = X25519PrivateKey.from_private_bytes(built.council).public_key().public_bytes_raw()
    vault.pin_sealing_key(pinned).result()
    assert code_of(vault.pin_sealing_key(bytes(32))) == "vault_exists"
    assert vault.close()


def test_a_label_is_kept_but_not_in_the_open(built: BuiltVault) -> None:
    from sf_desktop.store.keys.labels import read_label, write_label

    assert read_label(built.home, built.secrets) == ""
    write_label(built.home, built.secrets, "P. Alder")
    assert read_label(built.home, built.secrets) == "P. Alder"
    assert not any(b"Alder" in path.read_bytes() for path in built.home.folder.iterdir() if path.is_file())
