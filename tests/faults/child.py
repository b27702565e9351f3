"""Forks a child for each task it is told, which does one kind of work on a vault and says what was acknowledged."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sf_desktop.ops import writing
from sf_desktop.ops.firstrun.passphrases import PassphraseChange
from sf_desktop.ops.opening import office_maker
from sf_desktop.store.connection import CACHE_KIB, maintenance
from sf_desktop.store.ending.wiping import a_farewell, begin_wipe, finish_wipe
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import Keys
from sf_desktop.store.lease.policy import farewell
from sf_desktop.store.sealed.drafts import Begun
from sf_desktop.store.tables import outbox
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from sf_record.dates import moment_text
from sf_record.errors import SfError
from sf_record.wire.orders import BY_ORDER
from tests.builders.vaults import save_note
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import FileSecrets
from tests.faults import leaving
from tests.faults.children import GATE
from tests.frozen import thaw

Task = dict[str, Any]
_SAYING = 3
BEGUN = "begun"
"""The thing that is written on at while its sealed copy is replaced."""


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
    return Vault.open(home, secrets, keys, unsealed=outbox.unsealed, cache_kib=task.get("cache_kib", CACHE_KIB))


def save(task: Task) -> None:
    vault = opened(task)
    say("ready")
    for number in range(task["count"]):
        attempt(f"{number:04}", partial(save_note, vault, f"{number:04}", body(number)))
    vault.close()


def narrow(task: Task) -> None:
    """Save long and short notes in turn, in so little memory that pages of a long one are written before its commit."""
    vault = opened(task)
    say("ready")
    for number in range(task["count"]):
        attempt(f"{number:04}", partial(save_note, vault, f"{number:04}", body(number) * (1 if number % 2 else 40)))
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


def begin(task: Task) -> None:
    """Write on at one thing that is begun, and have it sealed each time."""
    vault = opened(task)
    vault.keep_drafts_sealed(pretend_begun).result()
    say("ready")
    for number in range(task["count"]):
        _write_on(vault, body(number))
        attempt(f"{number:04}", vault.seal_drafts().result)
    vault.close()


def promise(task: Task) -> None:
    """The control: says that what is begun is sealed, then has it sealed."""
    vault = opened(task)
    vault.keep_drafts_sealed(pretend_begun).result()
    say("ready")
    for number in range(task["count"]):
        _write_on(vault, body(number))
        say(f"{number:04}")
        vault.seal_drafts().result()
    vault.close()


def _write_on(vault: Vault, text: str) -> None:
    put = "INSERT OR REPLACE INTO pretend_note VALUES (?, ?)"
    vault.do(lambda tx: tx.connection.execute(put, (BEGUN, text)).rowcount).result()


def pretend_begun(tx: Tx) -> Iterator[Begun]:
    """Take every note as something begun."""
    for note_id, text in tx.connection.execute("SELECT id, body FROM pretend_note ORDER BY id").fetchall():
        yield Begun(note_id, text, partial(_sealed_as, note_id, text))


def _sealed_as(note_id: str, text: str) -> tuple[tuple[str, bytes], ...]:
    return ((note_id, text.encode()),)


def rekey(task: Task) -> None:
    vault = opened(task)
    say("ready")
    for number in range(task["count"]):
        attempt(f"{number:04}", vault.rotate_key().result)
    vault.close()


def passphrase(task: Task) -> None:
    """Change the passphrase to each of those given, one after the other, as long as it is changed.

    The change has a thread of its own, and calls are counted by thread: what is meant for its Nth may meet opening's.
    """
    try:
        vault = opened(task)
    except SfError as refusal:
        say(f"!{refusal.code}")
        return
    change = PassphraseChange(vault, FrozenClock())
    say("ready")
    for number, (old, new) in enumerate(pairwise(task["passphrases"]), start=1):
        if not attempt(str(number), change.change(old, new).result):
            break
    change.close()
    vault.close()


def wipe(task: Task) -> None:
    home, secrets = home_of(task)
    key = Ed25519PrivateKey.generate().private_bytes_raw()
    word = farewell(key, str(UUID(int=7)), 7, BY_ORDER)
    say("ready")
    begin_wipe(home, a_farewell(word, "https://families.example.gov.uk", FrozenClock().now()))
    say("begun")
    attempt("wiped", partial(finish_wipe, home, secrets))


def upgrade(task: Task) -> None:
    """Open a vault of an earlier version: its tables are brought to today's."""
    say("ready")
    try:
        vault = opened(task)
    except SfError as refusal:
        say(f"!{refusal.code}")
        return
    say("opened")
    vault.close()


def exchange(task: Task) -> None:
    """Write a note, then exchange rounds with a council."""
    clock = FrozenClock(thaw.LATER)
    make_office = office_maker(clock)
    vault = opened(task)
    say("ready")
    body = {"type": "note", "happened_at": moment_text(clock.now()), "text": "A pretend note that is sent."}
    note = vault.do(lambda tx: writing.create(make_office(tx), "note", task["family"], body, sign=True)).result()
    say(note.record_id)
    thaw.exchange(task["address"], vault, clock)
    say("sent")
    vault.close()


def leave(task: Task) -> None:
    """Let a family file leave."""
    vault = opened(task)
    say("ready")
    leaving.let_go(vault, task["family"], say)
    vault.close()


JOBS: dict[str, Callable[[Task], None]] = {
    each.__name__: each
    for each in (
        save,
        narrow,
        boast,
        shrug,
        careless,
        begin,
        promise,
        rekey,
        passphrase,
        wipe,
        upgrade,
        exchange,
        leave,
    )
}


def main() -> None:
    """Fork a child for each line, print its number, and when it has ended what it stopped with, if by itself."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {GATE})
    for line in sys.stdin:
        task = json.loads(line)
        _say_into(task["said"])
        child = os.fork()
        if child == 0:
            _be_child(task)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) and status else "", flush=True)


def _say_into(path: str) -> None:
    """Before the fork, so that a child makes no call of its own before strace counts them."""
    saying = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    if saying != _SAYING:
        os.dup2(saying, _SAYING)
        os.close(saying)


def _be_child(task: Task) -> None:
    """Wait at the gate, work, and end at once: nothing of the process that forked it is run again."""
    status = 1
    try:
        signal.sigwait({GATE})
        JOBS[task["job"]](task)
        status = 0
    except BaseException:  # noqa: BLE001 - printed, and told by the status
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
