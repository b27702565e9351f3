"""Is killed: opens a vault in a process of its own, saves notes or rotates the key, and says what was acknowledged."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sf_desktop.store.home import VaultHome
from sf_desktop.store.keys import Keys
from sf_desktop.store.vault import Vault
from sf_record.errors import SfError
from tests.builders.vaults import save_note
from tests.fakes.keyring import FileSecrets


def say(word: str) -> None:
    """Tell the test; by ``writev``, so that no fault meant for a file meets it."""
    os.writev(1, [f"{word}\n".encode()])


def work(vault: Vault, job: str, number: int) -> None:
    if job == "save":
        save_note(vault, f"{number:04}", f"A pretend note, number {number}. " * 60)
    else:
        vault.rotate_key().result()


def main() -> None:
    job, folder, secrets, kek, dek, count = sys.argv[1:]
    keys = Keys(bytearray.fromhex(kek), bytearray.fromhex(dek))
    vault = Vault.open(VaultHome(Path(folder)), FileSecrets(Path(secrets)), keys)
    say("ready")
    for number in range(int(count)):
        try:
            work(vault, job, number)
        except SfError as refusal:
            say(f"!{refusal.code}")
        else:
            say(f"{number:04}")
    vault.close()


main()
