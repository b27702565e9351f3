"""Old files put back, deleted, truncated or swapped: detected and named, never made anew, nothing sent until asked."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from sf_desktop.store.connection import Connection
from sf_desktop.store.folder.home import homes
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.sealed.outbox import read_entries
from sf_desktop.store.tables import attachments, outbox
from sf_desktop.store.thread.jobs import Turn
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from sf_record.errors import SfError
from sf_record.events import Action, Event
from tests.builders.soundness import is_sound
from tests.builders.vaults import PASSPHRASE, BuiltVault, note_ids, save_note
from tests.faults.children import Children, lacks_strace
from tests.faults.frame import Row, Tally, Task
from tests.faults.jobs import SAVE
from tests.faults.pristine import BEFORE, Pristine, make_pristine

_JOURNAL_HEAD_BYTES = 28  # zeros where the journal is of nothing under way
_NEW_WORDS = "pretend teapot marble canal"
_NOW = "2026-11-23T09:00:00.000Z"
_PICTURES = {"pretend-one": random.Random(1).randbytes(300_000), "pretend-two": random.Random(2).randbytes(300_000)}
_LATER = frozenset(f"later-{number}" for number in range(6))
_WAITING = Event(
    id=str(UUID(int=11)), action=Action.CREATE, family_id=str(UUID(int=12)), record_id=str(UUID(int=13)), kind="note",
    author_id=str(UUID(int=14)), device_id=str(UUID(int=15)), written_at=_NOW, fields={"text": "A pretend note."},
)  # fmt: skip


@dataclass(frozen=True)
class Past:
    """A vault as it is, what its files were at earlier moments, journals from kills, and somebody else's vault."""

    now: Pristine
    moments: tuple[Path, ...]
    journals: tuple[Path, ...]
    other: Pristine


def run(task: Task) -> Tally:
    """Do one mischief to a copy in each try, in turn."""
    past = _past(task.folder)

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        _MISCHIEF[number % len(_MISCHIEF)](past, past.now.copy(folder), dice)

    task.control(
        "a keyring put back together with the file",
        lambda folder: _both_put_back(past, folder),
        says="taken for the newest",
    )
    return task.each(attempt)


def _past(folder: Path) -> Past:
    """Make a vault that has waiting work, two pictures, and has had its passphrase changed; keep each moment."""
    now = make_pristine(folder / "pristine")
    vault = now.built.open(now.keys())
    vault.do(lambda tx: outbox.append(tx, _WAITING, _NOW)).result()
    for name, content in _PICTURES.items():
        vault.do(partial(_hold, name, content)).result()
    moments = [_moment(folder, "0", now)]
    for number, note_id in enumerate(sorted(_LATER), start=1):
        save_note(vault, note_id, "A pretend note from later. " * 50)
        moments.append(_moment(folder, str(number), now))
    assert vault.close()
    now.built.change_passphrase(_NEW_WORDS)
    keys = now.built.unlock(_NEW_WORDS)
    now = Pristine(now.built, keys.kek.hex(), keys.dek.hex())
    return Past(now, tuple(moments[:-1]), _journals(folder, now), make_pristine(folder / "other"))


def _hold(name: str, content: bytes, tx: Tx) -> None:
    attachments.hold(tx, name, _WAITING.family_id, None, content, {}, _NOW)


def _read(name: str, tx: Tx) -> bytes:
    return attachments.read(tx, name)


def _moment(folder: Path, name: str, pristine: Pristine) -> Path:
    """Copy what lies there at this moment. Between two saves the database is whole, though it is open."""
    place = folder / f"moment-{name}"
    shutil.copytree(pristine.built.home.folder, place)
    shutil.copy(pristine.folder / "keyring", place / "keyring")
    return place


def _journals(folder: Path, now: Pristine) -> tuple[Path, ...]:
    """Return the journals that kills in the middle of a save left behind: rolled forward or back they are of then."""
    found = []
    with Children() as children:
        for nth in range(6, 30, 4):
            place = folder / f"killed-{nth}"
            place.mkdir()
            copy = now.copy(place)
            told = now.task(copy, SAVE.name, **SAVE.told)
            children.run(told, place, "-e", f"inject=pwrite64:signal=KILL:when={nth}")
            if copy.home.journal.exists() and any(copy.home.journal.read_bytes()[:_JOURNAL_HEAD_BYTES]):
                found.append(copy.home.journal)
    assert found, "no kill left a journal"
    return tuple(found)


def _old_database(past: Past, copy: BuiltVault, dice: random.Random) -> None:
    shutil.copy(dice.choice(past.moments) / "vault.db", copy.home.database)
    copy.home.journal.unlink(missing_ok=True)
    _is_read_only_until_reconciled(past, copy)


def _is_read_only_until_reconciled(past: Past, copy: BuiltVault) -> None:
    vault = copy.open(past.now.keys())
    try:
        assert vault.standing is Standing.ROLLED_BACK, "an old file was taken for the newest"
        assert VaultLedger(vault, copy.clock).outgoing(10, 1 << 20) == (), "something would be sent"
        assert _refused(lambda: save_note(vault, "new")) == "vault_rolled_back", "it was written to"
        vault.reconciled().result()
        assert VaultLedger(vault, copy.clock).outgoing(10, 1 << 20), "what waits is not sent once it may be"
        save_note(vault, "new")
    finally:
        vault.close()


def _old_journal(past: Past, copy: BuiltVault, dice: random.Random) -> None:
    """A journal of another moment beside the database: SQLite would mix the two."""
    shutil.copy(dice.choice(past.journals), copy.home.journal)
    vault = _opened_unless_damaged(past, copy)
    if vault is None:
        return
    try:
        if vault.standing is Standing.SOUND:
            assert note_ids(vault) >= BEFORE | _LATER, "sound, and acknowledged notes are not there"
            assert vault._jobs.submit(lambda: is_sound(vault._database.connection), Turn.NOW).result(), (
                "sound, and damaged"
            )
    finally:
        vault.close()


def _old_slots(past: Past, copy: BuiltVault, dice: random.Random) -> None:
    """Both slots of before the change: the old passphrase must not open, and the new one is not called wrong."""
    moment = dice.choice(past.moments)
    for name in ("slot-a", "slot-b"):
        shutil.copy(moment / name, copy.home.folder / name)
    for words in (PASSPHRASE, _NEW_WORDS):
        assert _refused(partial(copy.unlock, words)) == "slots_rolled_back"


def _old_slot(past: Past, copy: BuiltVault, dice: random.Random) -> None:
    """One slot of before: the other is used, the old passphrase is wrong, and the old slot is written over."""
    name = dice.choice(("slot-a", "slot-b"))
    shutil.copy(past.moments[0] / name, copy.home.folder / name)
    assert _refused(partial(copy.unlock, PASSPHRASE)) == "wrong_passphrase"
    copy.unlock(_NEW_WORDS).forget()
    assert copy.home.slot_a.read_bytes() == copy.home.slot_b.read_bytes()
    _is_whole(past, copy)


def _gone(past: Past, copy: BuiltVault, dice: random.Random) -> None:
    """A deleted file is missed, or made again where it can be; a vault is never made anew in its place."""
    name, code = dice.choice(
        (("vault.db", "vault_missing"), ("slots", "slots_missing"), ("vault.json", ""), ("sealed.outbox", ""))
    )
    for path in (copy.home.slot_a, copy.home.slot_b) if name == "slots" else (copy.home.folder / name,):
        path.unlink()
    if not code:
        assert homes(copy.home.folder.parent) == (copy.home,), "the vault is hidden"
        _is_whole(past, copy)
    elif name == "slots":
        assert _refused(partial(copy.unlock, _NEW_WORDS)) == code
    else:
        assert _refused(lambda: copy.open(past.now.keys())) == code
        assert not copy.home.database.exists(), "made anew"


def _short_database(past: Past, copy: BuiltVault, dice: random.Random) -> None:
    size = copy.home.database.stat().st_size
    left = dice.choice((0, dice.randrange(1, size), dice.randrange(0, size // 4096) * 4096))
    _cut(copy.home.database, left)
    vault = _opened_unless_damaged(past, copy)
    if vault is None:
        return
    try:
        sound = vault._jobs.submit(lambda: is_sound(vault._database.connection), Turn.NOW).result()
        assert not sound or vault.standing is Standing.ROLLED_BACK, f"cut to {left} and taken for whole"
    finally:
        vault.close()


def _short_others(past: Past, copy: BuiltVault, dice: random.Random) -> None:
    """A cut slot is mended from the other, a cut sealed file sealed again."""
    path = dice.choice((copy.home.slot_a, copy.home.slot_b, copy.home.sealed_outbox))
    _cut(path, dice.randrange(path.stat().st_size))
    copy.unlock(_NEW_WORDS).forget()
    _is_whole(past, copy)


def _swapped_pictures(past: Past, copy: BuiltVault, dice: random.Random) -> None:
    """Two contents under each other's name, one cut, one gone: told, and never shown."""
    one, two = sorted(copy.home.attachments.iterdir())
    what = dice.choice(("swap", "cut", "gone"))
    if what == "swap":
        content = one.read_bytes()
        shutil.copy(two, one)
        two.write_bytes(content)
    for path in (one, two):
        if what == "cut":
            _cut(path, dice.randrange(path.stat().st_size))
        elif what == "gone":
            path.unlink()
    vault = copy.open(past.now.keys())
    try:
        for name in _PICTURES:
            code = _refused(vault.read(partial(_read, name)).result)
            assert code == ("attachment_missing" if what == "gone" else "attachment_damaged"), f"{what}: {code}"
    finally:
        vault.close()


def _swapped_vaults(past: Past, copy: BuiltVault, dice: random.Random) -> None:
    """Somebody else's files in this folder open nothing, and nothing of theirs is shown."""
    name = dice.choice(("vault.db", "slots"))
    theirs = past.other.built.home
    if name == "vault.db":
        shutil.copy(theirs.database, copy.home.database)
        assert _refused(lambda: copy.open(past.now.keys())) == "vault_damaged"
        return
    for mine, other in ((copy.home.slot_a, theirs.slot_a), (copy.home.slot_b, theirs.slot_b)):
        shutil.copy(other, mine)
    for words in (PASSPHRASE, _NEW_WORDS):
        assert _refused(partial(copy.unlock, words)) in {"wrong_passphrase", "slots_rolled_back"}


_MISCHIEF: tuple[Callable[[Past, BuiltVault, random.Random], None], ...] = (
    _old_database, _old_journal, _gone, _short_database, _old_slots, _short_others, _swapped_pictures, _old_database,
    _old_slot, _swapped_vaults,
)  # fmt: skip


def _is_whole(past: Past, copy: BuiltVault) -> None:
    """It opens, everything is there, and everything that waits is sealed."""
    vault = Vault.open(copy.home, copy.secrets, past.now.keys(), unsealed=_unsealed)
    try:
        assert vault.standing is Standing.SOUND
        assert note_ids(vault) == BEFORE | _LATER
    finally:
        vault.close()
    sealed = {entry.event_id for entry in read_entries(copy.home.sealed_outbox)}
    assert sealed >= BEFORE | _LATER | {_WAITING.id}, "not sealed again"


def _unsealed(connection: Connection, sealed_ids: frozenset[str]) -> Iterable[tuple[str, bytes]]:
    rows = connection.execute("SELECT id, body FROM pretend_note").fetchall()
    yield from ((str(row[0]), str(row[1]).encode()) for row in rows if row[0] not in sealed_ids)
    yield from outbox.unsealed(connection, sealed_ids)


def _opened_unless_damaged(past: Past, copy: BuiltVault) -> Vault | None:
    try:
        return copy.open(past.now.keys())
    except SfError as refusal:
        if refusal.code != "vault_damaged":
            raise
        return None


def _refused(attempt: Callable[[], object]) -> str:
    """Return the code of the refusal, or nothing where there was none."""
    try:
        attempt()
    except SfError as refusal:
        return refusal.code
    return ""


def _cut(path: Path, size: int) -> None:
    with path.open("r+b") as file:
        file.truncate(size)


def _both_put_back(past: Past, folder: Path) -> None:
    """What the laptop alone cannot notice (the council does): so this shows that the head is what notices the rest."""
    copy = past.now.copy(folder)
    shutil.copy(past.moments[0] / "vault.db", copy.home.database)
    copy.home.journal.unlink(missing_ok=True)
    copy.secrets.set("head", "")
    vault = copy.open(past.now.keys())
    vault.reconciled().result()
    vault.close()
    _is_read_only_until_reconciled(past, copy)


ROW = Row(
    line=5,
    name="old",
    after="old files put back, deleted, truncated, swapped",
    holds="detected and named; nothing is sent until the council was asked",
    full=500,
    suite=20,
    run=run,
    lacks=lacks_strace,
)
