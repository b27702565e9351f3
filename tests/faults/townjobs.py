"""The kinds of work that need a council, or a vault of an earlier version: upgrade, round, release."""

from __future__ import annotations

import json
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from sf_council.database.tables import event
from sf_desktop.store import coding
from sf_desktop.store.lifecycle.migrating import safety_copy
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.migrations import STEPS
from sf_desktop.store.tables import families, outbox, records
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from tests.builders.vaulted import decrypted
from tests.builders.vaults import BuiltVault
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD, RunningCouncil
from tests.faults.children import Ran
from tests.faults.jobs import Job
from tests.faults.leaving import let_go
from tests.faults.pristine import Pristine
from tests.frozen import thaw

_CLOCK = FrozenClock(thaw.LATER)


def town_jobs(folder: Path, stack: ExitStack) -> tuple[Job, ...]:
    """Thaw the first release's vault and council, and return what is done to it; the council stops with the stack."""
    upgrade = upgrade_job(folder)
    today = thaw.thaw(thaw.FROZEN[0], folder / "today")
    council = stack.enter_context(RunningCouncil(today.council, clock=_CLOCK))
    settled = thaw.thaw(thaw.FROZEN[0], folder / "settled")
    family_id = _settle(settled, council)
    _sign_in(today, council)  # last, because it ends the sign-in of the same laptop's other copy
    texts = _texts_of(settled, family_id)
    return (
        upgrade,
        Job("exchange", {"address": council.url, "family": family_id}, partial(_check_round, council), _ground(today)),
        Job("leave", {"family": family_id}, partial(_check_left, family_id, texts), _ground(settled)),
    )


def upgrade_job(folder: Path) -> Job:
    """Thaw the first release's vault; opening it brings its tables to today's."""
    then = thaw.thaw(thaw.FROZEN[0], folder / "then")
    return Job("upgrade", {}, partial(_check_upgrade, then.expected), _ground(then))


def _ground(thawed: thaw.Thawed) -> Pristine:
    keys = thawed.unlock()
    return Pristine(BuiltVault(thawed.home, thawed.secrets, _CLOCK, b""), keys.kek.hex(), keys.dek.hex())


def _sign_in(thawed: thaw.Thawed, council: RunningCouncil) -> None:
    """Sign in anew, so that no copy of this vault has to renew anything."""
    vault = thawed.open()
    with thaw.way_to(council.url, vault, _CLOCK) as (_, session):
        session.sign_in(PASSWORD)
    assert vault.close()


def _settle(thawed: thaw.Thawed, council: RunningCouncil) -> str:
    """Send everything, end what was begun in one family file, so that it may leave, and return that file."""
    _sign_in(thawed, council)
    vault = thawed.open()
    thaw.exchange(council.url, vault, _CLOCK)
    family_id = str(min(vault.read(lambda tx: families.cursors(tx.connection)).result()))
    vault.do(lambda tx: tx.connection.execute("DELETE FROM draft WHERE family_id = ?", (family_id,)).rowcount).result()
    assert vault.close()
    return family_id


def _texts_of(thawed: thaw.Thawed, family_id: str) -> tuple[bytes, ...]:
    """Return the texts that occur in this family file and nowhere else."""
    vault = thawed.open()
    ids = vault.read(lambda tx: records.ids_of_family(tx.connection, family_id)).result()
    found = [vault.read(partial(_record, each)).result() for each in sorted(ids)]
    assert vault.close()
    texts = [str(each["body"].get("text", "")) for each in found] + [
        str(amendment["text"]) for each in found for amendment in each.get("amendments", ())
    ]
    unique = tuple(text.encode() for text in texts if text.startswith("A pretend "))
    assert unique, "nothing in this family file could be found again"
    return unique


def _record(record_id: str, tx: Tx) -> dict[str, Any]:
    record = records.get(tx.connection, record_id)
    assert record is not None
    return dict(json.loads(coding.record_text(record)))


def _opened(pristine: Pristine, copy: BuiltVault) -> Vault:
    return Vault.open(copy.home, copy.secrets, pristine.keys(), unsealed=outbox.unsealed)


def _check_upgrade(expected: dict[str, Any], pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    vault = _opened(pristine, copy)
    try:
        assert vault.standing is Standing.SOUND
        version = vault.read(lambda tx: tx.connection.execute("PRAGMA user_version").fetchone()).result()
        assert version == (len(STEPS),), f"tables of version {version}"
        assert not safety_copy(copy.home.database).exists(), "the copy made before is still there"
        thaw.all_is_there(thaw.Thawed(copy.home.folder, copy.home, copy.secrets, expected), vault)  # type: ignore[arg-type]
        assert vault.sealed_ids().result() >= set(expected["waiting"]), "unsent work is not sealed"
    finally:
        vault.close()


def _check_round(council: RunningCouncil, pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    """What was noted is there, and the next run brings it to the council exactly once."""
    noted = [word for word in ran.acknowledged if word != "sent"]
    vault = _opened(pristine, copy)
    try:
        assert vault.standing is Standing.SOUND
        for record_id in noted:
            vault.read(partial(_record, record_id)).result()
        again = thaw.exchange(council.url, vault, _CLOCK)
        assert not again.differing, "laptop and council differ"
        assert vault.read(thaw.unreceipted).result() == set(), "something still waits"
        for record_id in noted:
            held = council.do(partial(_held, record_id))
            assert held == 1, f"the council holds it {held} times"
    finally:
        vault.close()


def _held(record_id: str, connection: Connection) -> int:
    found = connection.scalar(select(func.count()).select_from(event).where(event.c.record_id == record_id))
    return int(found or 0)


def _check_left(family_id: str, texts: tuple[bytes, ...], pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    """What had begun to leave leaves to the last byte, and nothing else does."""
    if "rekeyed" in ran.said:
        _is_gone(copy, texts)
    vault = Vault.open(copy.home, copy.secrets, copy.unlock(), unsealed=outbox.unsealed)
    try:
        assert vault.standing is Standing.SOUND
        left = vault.read(lambda tx: records.ids_of_family(tx.connection, family_id)).result()
        assert not left or "destroyed" not in ran.said, "destroyed, and it can be read"
        let_go(vault, family_id, lambda _: None)
        others = vault.read(lambda tx: families.cursors(tx.connection)).result()
        assert len(others) == 2, f"{len(others)} of the two other family files are here"
    finally:
        vault.close()
    _is_gone(copy, texts)


def _is_gone(copy: BuiltVault, texts: tuple[bytes, ...]) -> None:
    pages = decrypted(copy.home, copy.unlock())
    found = [number for number, text in enumerate(texts) if text in pages]
    assert not found, f"{len(found)} of {len(texts)} texts can still be read"
