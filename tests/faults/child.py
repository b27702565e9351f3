"""Forks a child for each task it is told, which does one kind of work on a vault and says what was acknowledged."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from sf_desktop.store.connection import maintenance
from sf_desktop.store.home import VaultHome
from sf_desktop.store.keys import Keys
from sf_desktop.store.lockout import Lockout
from sf_desktop.store.unlocking import change_passphrase
from sf_desktop.store.vault import Tx, Vault
from sf_record.errors import SfError
from tests.builders.vaults import save_note
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import FileSecrets

Task = dict[str, Any]
_SAYING = 3


def body(number: int) -> str:
    return f"A pretend note, number {number:04}. " * 60


def say(word: str) -> None:
    """Tell the row; by ``writev``, so that no fault meant for a file meets it."""
    os.writev(_SAYING, [f"{word}\n".encode()])


def attempt(word: str, work: Callable[[], object]) -> bool:
    """Do it and acknowledge it, or say the code of the refusal; return whether it was done."""
    try:
        work()
    except SfError as refusal:
        say(f"!{refusal.code}")
        return False
    say(word)
    return True


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


def shrug(task: Task) -> None:
    """The control: says that it is saved, whether or not it is."""
    vault = opened(task)
    say("ready")
    for number in range(task["count"]):
        with suppress(SfError):
            save_note(vault, f"{number:04}", body(number))
        say(f"{number:04}")
    vault.close()


def careless(task: Task) -> None:
    """The control: saves without waiting for the disk."""
    vault = opened(task)

    def hurry(tx: Tx) -> None:
        tx.connection.execute("COMMIT")
        with maintenance(tx.connection):
            tx.connection.execute("PRAGMA synchronous = OFF").fetchall()
        tx.connection.execute("BEGIN")

    vault.read(hurry).result()
    say("ready")
    for number in range(task["count"]):
        attempt(f"{number:04}", partial(save_note, vault, f"{number:04}", body(number)))
    vault.close()


def rekey(task: Task) -> None:
    vault = opened(task)
    say("ready")
    for number in range(task["count"]):
        attempt(f"{number:04}", vault.rotate_key().result)
    vault.close()


def passphrase(task: Task) -> None:
    """Change the passphrase to each of those given, one after the other, as long as it is changed."""
    home, secrets = home_of(task)
    words = task["passphrases"]
    say("ready")
    lockout = Lockout(home, secrets, FrozenClock())
    for number, (old, new) in enumerate(pairwise(words), start=1):
        if not attempt(str(number), partial(change_passphrase, home, secrets, lockout, old, new)):
            break


JOBS: dict[str, Callable[[Task], None]] = {
    "save": save,
    "boast": boast,
    "shrug": shrug,
    "careless": careless,
    "rekey": rekey,
    "passphrase": passphrase,
}


def main() -> None:
    """Fork a child for each line, print its number, and when it has ended what it stopped with, if by itself."""
    for line in sys.stdin:
        task = json.loads(line)
        child = os.fork()
        if child == 0:
            _be_child(task)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) and status else "", flush=True)


def _be_child(task: Task) -> None:
    """Wait at the gate, work, and end at once: nothing of the process that forked it is run again."""
    status = 1
    try:
        saying = os.open(task["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(saying, _SAYING)
        Path(task["gate"]).read_bytes()
        JOBS[task["job"]](task)
        status = 0
    except BaseException:  # noqa: BLE001 - printed, and told by the status
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
