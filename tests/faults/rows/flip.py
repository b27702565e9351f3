"""A flipped bit in any file of a vault: detected and named, or mended from a second copy; never shown as content."""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlcipher3 import dbapi2

from sf_council import sealing
from sf_desktop.store.connection import Connection
from sf_desktop.store.keys.labels import read_label, write_label
from sf_desktop.store.sealed.outbox import read_entries
from sf_desktop.store.sealed.sealing import open_sealed
from sf_desktop.store.tables import attachments
from sf_desktop.store.thread.jobs import Turn
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.unlock.recovery import make_recovery_slot
from sf_desktop.store.unlock.slots import usable_slots
from sf_desktop.store.vault import Vault
from sf_record.errors import SfError
from tests.builders.soundness import is_sound
from tests.builders.vaults import BuiltVault
from tests.faults.frame import Row, Tally, Task
from tests.faults.pristine import BEFORE, LONG_TEXT, Pristine, make_pristine

_LABEL = "P. A."
_MAGIC_BYTES = 10
_PICTURE = random.Random(7).randbytes(600_000)
_PICTURE_ID = "pretend-picture"
_TARGETS = (
    ("database",) * 10
    + ("slot",) * 2
    + ("slots", "sealed", "sealed", "sealed", "label", "recovery")
    + ("attachment",) * 2
)


def run(task: Task) -> Tally:
    """Flip one bit of one file of a copy in each try, the files in turn."""
    pristine = make_pristine(task.folder / "pristine")
    _furnish(pristine)
    checks = {
        "database": _database,
        "slot": _slot,
        "slots": _slots,
        "sealed": _sealed,
        "label": _label,
        "recovery": _recovery,
        "attachment": _attachment,
    }

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        checks[_TARGETS[number % len(_TARGETS)]](pristine, pristine.copy(folder), dice)

    task.control("pages without their codes", lambda folder: _without_codes(folder, task), says="shown as content")
    return task.each(attempt)


def _furnish(pristine: Pristine) -> None:
    """Add what else lies in a vault's folder: a label, a recovery slot, a picture."""
    built = pristine.built
    write_label(built.home, built.secrets, _LABEL)
    make_recovery_slot(built.home, pristine.keys(), _public(built))
    vault = built.open(pristine.keys())
    now = "2026-11-23T09:00:00.000Z"
    vault.do(lambda tx: attachments.hold(tx, _PICTURE_ID, "pretend-family", None, _PICTURE, {}, now)).result()
    assert vault.close()


def _public(built: BuiltVault) -> bytes:
    return X25519PrivateKey.from_private_bytes(built.council).public_key().public_bytes_raw()


def flip(path: Path, dice: random.Random, first: int = 0) -> int:
    """Flip one bit and return the byte that it was in."""
    content = bytearray(path.read_bytes())
    place = dice.randrange(first, len(content))
    content[place] ^= 1 << dice.randrange(8)
    path.write_bytes(content)
    return place


def _database(pristine: Pristine, copy: BuiltVault, dice: random.Random) -> None:
    place = flip(copy.home.database, dice)
    try:
        vault = copy.open(pristine.keys())
    except SfError as refusal:
        _is("vault_damaged", refusal)
        return
    try:
        told = _read_all(vault)
        sound = vault._jobs.submit(lambda: is_sound(vault._database.connection), Turn.NOW).result()
        assert told or not sound, f"byte {place} of the database: nobody noticed"
    finally:
        vault.close()


def _read_all(vault: Vault) -> bool:
    """Read every note; return whether one was refused. What is given out is as it was written."""
    refused = False
    for note_id in sorted(BEFORE):
        try:
            found = vault.read(partial(_note, note_id)).result()
        except SfError as refusal:
            _is("vault_damaged", refusal)
            refused = True
        else:
            assert found == [(LONG_TEXT,)], f"{note_id} is shown differently"
    return refused


def _note(note_id: str, tx: Tx) -> list[tuple[str]]:
    return tx.connection.execute("SELECT body FROM pretend_note WHERE id = ?", (note_id,)).fetchall()


def _slot(pristine: Pristine, copy: BuiltVault, dice: random.Random) -> None:
    """One of the two: the other opens, and the damaged one is mended."""
    damaged = dice.choice((copy.home.slot_a, copy.home.slot_b))
    whole = damaged.read_bytes()
    flip(damaged, dice)
    copy.unlock().forget()
    assert damaged.read_bytes() == whole, "the damaged slot was not mended"
    _opens(pristine, copy)


def _slots(pristine: Pristine, copy: BuiltVault, dice: random.Random) -> None:
    """Both, in what is checked (behind that is the count of tries): told as damaged, not as a wrong passphrase."""
    for path in (copy.home.slot_a, copy.home.slot_b):
        content = bytearray(path.read_bytes())
        content[dice.randrange(len(content) - 8)] ^= 1 << dice.randrange(8)
        path.write_bytes(content)
    try:
        usable_slots(copy.home, copy.secrets)
    except SfError as refusal:
        _is("slots_damaged", refusal)
        return
    raise AssertionError("two damaged slots are offered")


def _sealed(pristine: Pristine, copy: BuiltVault, dice: random.Random) -> None:
    """The entry is left out, the others are as they were, and the next opening puts it in again."""
    place = flip(copy.home.sealed_outbox, dice)
    entries = _opened_entries(copy)
    assert len(entries) == len(BEFORE) - (place >= _MAGIC_BYTES), f"byte {place}: {len(entries)} entries"
    _opens(pristine, copy)
    assert _opened_entries(copy) == dict.fromkeys(BEFORE, LONG_TEXT), "it is not sealed again"


def _opened_entries(copy: BuiltVault) -> dict[str, str]:
    found = {
        entry.event_id: open_sealed(copy.council, entry.sealed, entry.event_id.encode()).decode()
        for entry in read_entries(copy.home.sealed_outbox)
    }
    assert set(found.values()) <= {LONG_TEXT}, "a sealed text reads differently"
    assert set(found) <= BEFORE, "an entry has another name"
    return found


def _label(pristine: Pristine, copy: BuiltVault, dice: random.Random) -> None:
    flip(copy.home.label, dice)
    try:
        shown = read_label(copy.home, copy.secrets)
    except SfError as refusal:
        _is("slots_damaged", refusal)
    else:
        raise AssertionError(f"a label of {len(shown)} characters is shown")
    _opens(pristine, copy)


def _recovery(pristine: Pristine, copy: BuiltVault, dice: random.Random) -> None:
    flip(copy.home.recovery_slot, dice)
    context = sealing.RECOVERY_SLOT + copy.home.vault_id.bytes
    if sealing.open_sealed(copy.council, copy.home.recovery_slot.read_bytes(), context) is not None:
        raise AssertionError("a damaged recovery slot gives a key")


def _attachment(pristine: Pristine, copy: BuiltVault, dice: random.Random) -> None:
    (path,) = copy.home.attachments.iterdir()
    flip(path, dice)
    vault = copy.open(pristine.keys())
    try:
        shown = vault.read(lambda tx: attachments.read(tx, _PICTURE_ID)).result()
    except SfError as refusal:
        _is("attachment_damaged", refusal)
    else:
        raise AssertionError(f"a damaged picture of {len(shown)} bytes is shown")
    finally:
        vault.close()


def _opens(pristine: Pristine, copy: BuiltVault) -> None:
    """The vault itself is unharmed; its opening seals again what the sealed file lacks."""
    vault = Vault.open(copy.home, copy.secrets, pristine.keys(), unsealed=_unsealed)
    try:
        assert not _read_all(vault), "a note is refused"
    finally:
        vault.close()


def _unsealed(connection: Connection, sealed_ids: frozenset[str]) -> Iterable[tuple[str, bytes]]:
    rows = connection.execute("SELECT id, body FROM pretend_note").fetchall()
    return [(str(row[0]), str(row[1]).encode()) for row in rows if row[0] not in sealed_ids]


def _is(code: str, refusal: SfError) -> None:
    assert refusal.code == code, f"told as {refusal.code}"


def _without_codes(folder: Path, task: Task) -> None:
    """The same reading of a database whose pages carry no authentication codes must show something changed."""
    pristine = folder / "plain.db"
    bodies = [bytes([number]) * 3_000 for number in range(40)]
    with dbapi2.connect(str(pristine)) as connection:
        _prepare(connection)
        connection.execute("CREATE TABLE pretend_note (number INTEGER PRIMARY KEY, body BLOB)")
        connection.executemany("INSERT INTO pretend_note VALUES (?, ?)", list(enumerate(bodies)))
    connection.close()
    for number in range(100):
        copy = folder / f"{number}.db"
        copy.write_bytes(pristine.read_bytes())
        flip(copy, task.dice(f"control {number}"), first=16)
        connection = dbapi2.connect(str(copy))
        with suppress(dbapi2.Error):
            _prepare(connection)
            rows = connection.execute("SELECT number, body FROM pretend_note").fetchall()
            assert rows == list(enumerate(bodies)), f"flip {number} is shown as content"
        connection.close()


def _prepare(connection: dbapi2.Connection) -> None:
    connection.execute("PRAGMA key = \"x'" + "07" * 32 + "'\"")
    connection.execute("PRAGMA cipher_use_hmac = OFF")
    connection.execute("PRAGMA cipher_log_level = NONE")


ROW = Row(
    line=4,
    name="flip",
    after="a bit flipped in database, slot, sealed file, attachment, label, recovery slot",
    holds="detected and named (or mended from the second copy), never shown as content",
    full=5000,
    suite=200,
    run=run,
)
