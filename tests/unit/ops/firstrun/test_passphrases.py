"""Changing the passphrase of an open vault: it goes on working, a new data key too, and only the new one opens it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from sf_desktop.ops.firstrun.passphrases import PassphraseChange, judged
from sf_desktop.store.unlock.unlocking import checked_change
from sf_record.errors import InputError, VaultError
from tests.builders.vaults import PASSPHRASE, build_vault, note_ids, save_note
from tests.fakes.keyring import EventfulSecrets, MemoryKeyring

NEW = "pretend ladder autumn pebble"


def test_the_new_one_opens_it_and_the_old_one_does_not(tmp_path: Path) -> None:
    built = build_vault(tmp_path)
    vault = built.open()
    change = PassphraseChange(vault, built.clock)
    change.change(PASSPHRASE, NEW).result()
    change.close()
    save_note(vault, "after")
    vault.rotate_key().result()  # works with the keys that the vault has now
    assert vault.close()
    with pytest.raises(VaultError) as refused:
        built.unlock(PASSPHRASE)
    assert refused.value.code == "wrong_passphrase"
    again = built.open(built.unlock(NEW))
    assert note_ids(again) == {"after"}
    assert again.close()


def test_a_new_data_key_made_while_the_present_one_is_tried_is_not_undone(tmp_path: Path) -> None:
    """A release may write the vault anew at any moment: were the slots of before put back, nothing would open it."""
    keyring = MemoryKeyring()
    secrets: dict[UUID, EventfulSecrets] = {}
    built = build_vault(tmp_path, lambda id_: secrets.setdefault(id_, EventfulSecrets(keyring, id_)))
    vault = built.open()
    save_note(vault, "before")
    secrets[built.home.vault_id].meanwhile["tried"] = lambda: vault.rotate_key().result()
    checked_change(built.home, built.secrets, built.lockout(), PASSPHRASE, NEW)
    assert vault.close()  # broken off here: the new passphrase was never put in place
    again = built.open(built.unlock(PASSPHRASE))
    assert note_ids(again) == {"before"}
    assert again.close()


def test_a_wrong_present_one_counts_as_a_try_and_changes_nothing(tmp_path: Path) -> None:
    built = build_vault(tmp_path)
    vault = built.open()
    change = PassphraseChange(vault, built.clock)
    with pytest.raises(VaultError) as refused:
        change.change("not this pretend passphrase", NEW).result()
    assert refused.value.code == "wrong_passphrase"
    assert built.lockout().tries == 1
    with pytest.raises(InputError):
        change.change(PASSPHRASE, "short").result()
    change.close()
    assert vault.close()
    built.unlock(PASSPHRASE).forget()


def test_a_name_that_others_know_is_too_easy() -> None:
    assert judged("pretend.worker99", ("pretend.worker",)).problems
    assert judged(NEW).level > 0
