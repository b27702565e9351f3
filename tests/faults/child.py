"""Is killed: does one kind of work on a vault in a process of its own, and says what was acknowledged."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from sf_desktop.store.home import VaultHome
from sf_desktop.store.keys import Keys
from sf_desktop.store.lockout import Lockout
from sf_desktop.store.unlocking import change_passphrase
from sf_desktop.store.vault import Vault
from sf_record.errors import SfError
from tests.builders.vaults import save_note
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import FileSecrets

Task = dict[str, Any]


def body(number: int) -> str:
    return f"A pretend note, number {number:04}. " * 60


def say(word: str) -> None:
    """Tell the row; by ``writev``, so that no fault meant for a file meets it."""
    os.writev(1, [f"{word}\n".encode()])


def attempt(word: str, work: Callable[[], object]) -> None:
    """Do it and acknowledge it, or say the code of the refusal."""
    try:
        work()
    except SfError as refusal:
        say(f"!{refusal.code}")
    else:
        say(word)


def home_of(task: Task) -> tuple[VaultHome, FileSecrets]:
    return VaultHome(Path(task["home"])), FileSecrets(Path(task["secrets"]))


def opened(task: Task) -> Vault:
    home, secrets = home_of(task)
    keys = Keys(bytearray.fromhex(task["kek"]), bytearray.fromhex(task["dek"]))
    return Vault.open(home, secrets, keys)


def save(task: Task) -> None:
    vault = opened(task)
    say("ready")
    for number in range(task["count"]):
        attempt(f"{number:04}", partial(save_note, vault, f"{number:04}", body(number)))
    vault.close()


def boast(task: Task) -> None:
    """The control: says that it is saved, then saves."""
    vault = opened(task)
    say("ready")
    for number in range(task["count"]):
        say(f"{number:04}")
        save_note(vault, f"{number:04}", body(number))
    vault.close()


def rekey(task: Task) -> None:
    vault = opened(task)
    say("ready")
    for number in range(task["count"]):
        attempt(f"{number:04}", vault.rotate_key().result)
    vault.close()


def passphrase(task: Task) -> None:
    """Change the passphrase to each of those given, one after the other."""
    home, secrets = home_of(task)
    words = task["passphrases"]
    say("ready")
    lockout = Lockout(home, secrets, FrozenClock())
    for number, (old, new) in enumerate(pairwise(words), start=1):
        attempt(str(number), partial(change_passphrase, home, secrets, lockout, old, new))


JOBS: dict[str, Callable[[Task], None]] = {"save": save, "boast": boast, "rekey": rekey, "passphrase": passphrase}

if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    JOBS[given["job"]](given)
