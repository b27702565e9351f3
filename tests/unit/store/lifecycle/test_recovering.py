"""A forgotten passphrase or a missing key: the council's answer opens the vault again with all that is in it."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sf_council.sealing import RECOVERY_ANSWER, RECOVERY_SLOT, open_sealed, seal
from sf_desktop.store.keys.derivation import DEVICE_SECRET, FLOOR
from sf_desktop.store.keys.labels import read_label
from sf_desktop.store.lifecycle.opening import open_database
from sf_desktop.store.lifecycle.recovering import recover, request
from sf_desktop.store.lifecycle.rotation import Watch, put_in_place, write_anew
from sf_desktop.store.tables import meta, tokens
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.unlock.recovery import DUE, make_next_slot, make_recovery_slot
from sf_desktop.store.unlock.slots import destroy_slots
from sf_record.description import Role
from sf_record.errors import VaultError
from sf_record.text.spoken import ANSWER, read_request, spoken
from tests.builders.vaults import PASSPHRASE, BuiltVault, build_vault, note_ids, save_note

NEW = "pretend ladder autumn pebble"
OFFLINE = X25519PrivateKey.generate()


@pytest.fixture
def built(tmp_path: Path) -> BuiltVault:
    return a_vault(tmp_path)


def a_vault(folder: Path) -> BuiltVault:
    made = build_vault(folder)

    def belongs(tx: Tx) -> None:
        ids: dict[str, Any] = {"council_id": str(uuid4()), "device_id": str(uuid4()), "worker_id": str(uuid4())}
        names: dict[str, Any] = {"address": "", "username": "pretend", "worker_name": "P. Example"}
        names["recovery_key"] = base64.b64encode(OFFLINE.public_key().public_bytes_raw()).decode()
        tokens.keep_identity(tx.connection, Identity(**ids, **names, role=Role.PRACTITIONER), b"k" * 32)

    keys = made.unlock()
    make_recovery_slot(made.home, keys, OFFLINE.public_key().public_bytes_raw())
    vault = made.open(keys)
    vault.do(belongs).result()
    save_note(vault, "kept", "A pretend note.")
    assert vault.close()
    return made


def answer(built: BuiltVault, code: str, slot: bytes = b"") -> str:
    """Do what the council does, with its own code: with the slot that it holds, or with the laptop's."""
    public, vault_id = read_request(code)
    slot = slot or built.home.recovery_slot.read_bytes()
    dek = open_sealed(OFFLINE.private_bytes_raw(), slot, RECOVERY_SLOT + vault_id)
    assert dek is not None
    return spoken(ANSWER, seal(public, dek, RECOVERY_ANSWER + vault_id))


def state(built: BuiltVault) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in built.home.folder.iterdir() if path.is_file()}


def is_recovered(built: BuiltVault, slot: bytes = b"") -> None:
    code = request(built.home, built.secrets)
    vault = built.open(recover(built.home, built.secrets, answer(built, code, slot), NEW, FLOOR))
    assert note_ids(vault) == {"kept"}
    assert vault.close()
    built.unlock(NEW).forget()
    assert built.lockout().tries == 0
    assert read_label(built.home, built.secrets) == "pretend"
    with pytest.raises(VaultError) as refused:
        built.unlock(PASSPHRASE)
    assert refused.value.code == "wrong_passphrase"


def test_a_forgotten_passphrase(built: BuiltVault) -> None:
    is_recovered(built)


def test_a_laptop_that_was_locked_out(built: BuiltVault) -> None:
    lockout = built.lockout()
    for _ in range(9):
        built.clock.forward(700)
        lockout.begin_try()
    built.clock.forward(700)
    with pytest.raises(VaultError) as locked:
        built.unlock("not this pretend passphrase")
    assert locked.value.code in {"locked_out", "too_soon", "wrong_passphrase"}
    destroy_slots(built.home)
    is_recovered(built)


def test_a_missing_key_beside_an_existing_vault(built: BuiltVault) -> None:
    built.secrets.delete(DEVICE_SECRET)
    with pytest.raises(VaultError) as missing:
        built.unlock()
    assert missing.value.code == "secret_missing"
    is_recovered(built)


def test_a_passphrase_forgotten_after_a_release_without_a_signal(built: BuiltVault) -> None:
    at_council = built.home.recovery_slot.read_bytes()
    vault = built.open()
    vault.rotate_key().result()
    assert vault.close()
    code = request(built.home, built.secrets)
    with pytest.raises(VaultError) as refused:
        recover(built.home, built.secrets, answer(built, code, at_council), NEW, FLOOR)
    assert refused.value.code == "recovery_refused"
    is_recovered(built, built.home.recovery_slot.read_bytes())


@pytest.mark.parametrize("is_forgotten", [True, False])
def test_a_key_that_was_being_replaced_when_the_laptop_was_switched_off(
    built: BuiltVault, *, is_forgotten: bool
) -> None:
    public_key, keys = OFFLINE.public_key().public_bytes_raw(), built.unlock()
    connection = open_database(built.home, built.secrets, keys)
    watch = Watch(built.home, lambda: False, lambda _: None)
    write_anew(
        connection, built.home, built.secrets, keys, watch, lambda dek: make_next_slot(built.home, dek, public_key)
    )
    connection.close()
    put_in_place(built.home)  # and here it was switched off
    then = built.home.recovery_slot_next.read_bytes()
    if is_forgotten:
        is_recovered(built, then)
        return
    vault = built.open()
    assert vault.read(lambda tx: meta.read(tx.connection, DUE)).result() == "yes"
    assert vault.close()
    assert not built.home.recovery_slot_next.exists()
    is_recovered(built)


def test_the_request_stays_the_same_until_it_is_answered(built: BuiltVault) -> None:
    code = request(built.home, built.secrets)
    assert request(built.home, built.secrets) == code
    assert request(built.home, built.secrets, anew=True) != code


def test_wrong_stale_and_others_answers_change_nothing(built: BuiltVault, tmp_path: Path) -> None:
    other = a_vault(tmp_path / "other")
    stale = answer(built, request(built.home, built.secrets))
    code = request(built.home, built.secrets, anew=True)
    right = answer(built, code)
    others = answer(other, request(other.home, other.secrets))
    public, vault_id = read_request(code)
    wrong_key = spoken(ANSWER, seal(public, bytes(32), RECOVERY_ANSWER + vault_id))
    lines = right.splitlines()
    misread = "\n".join([lines[0], lines[1][:-1] + ("A" if lines[1][-1] != "A" else "B"), *lines[2:]])
    before = state(built)
    for text, said in (
        (stale, "recovery_refused"),
        (others, "recovery_refused"),
        (wrong_key, "recovery_refused"),
        (misread, "code_misread"),
        ("\n".join(lines[:-1]), "code_short"),
        ("", "code_short"),
        (code, "code_short"),
    ):
        with pytest.raises(VaultError) as refused:
            recover(built.home, built.secrets, text, NEW, FLOOR)
        assert refused.value.code == said
    assert state(built) == before
    built.unlock().forget()
    recover(built.home, built.secrets, right, NEW, FLOOR).forget()


def test_an_answer_is_good_once(built: BuiltVault) -> None:
    given = answer(built, request(built.home, built.secrets))
    recover(built.home, built.secrets, given, NEW, FLOOR)
    with pytest.raises(VaultError) as refused:
        recover(built.home, built.secrets, given, NEW, FLOOR)
    assert refused.value.code == "recovery_refused"
