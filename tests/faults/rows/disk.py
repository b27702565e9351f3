"""A disk that is full or fails at the Nth call: told in plain words, nothing untrue acknowledged, all as before."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.vault import Vault
from sf_record.errors import SfError
from tests.builders.vaults import BuiltVault, note_ids, save_note
from tests.faults.child import body
from tests.faults.children import Children, Place, Ran, lacks_strace
from tests.faults.frame import Row, Tally, Task
from tests.faults.jobs import PASSPHRASE_CHANGE, REKEY, SAVE, Bench, Job, check_save
from tests.faults.pristine import BEFORE, Pristine
from tests.faults.small_disk import free_bytes, lacks_small_disk, small_disk
from tests.faults.townjobs import upgrade_job

_FAILURES = ("ENOSPC", "EIO", "EDQUOT")
_PLAIN = {"disk_full", "disk_failed", "saved_not_sealed", "keyring_failed"}
# A re-keying that was broken off near its end is ended by the next start; until then another one is refused so.
_WAITS = {"vault_closed"}
# Opening and removing fail in other ways than these; a program whose own modules cannot be opened is not ours to mend.
_FAILING = {"write", "pwrite64", "fsync", "fdatasync", "ftruncate"}


def run(task: Task) -> Tally:
    """Fail one call, or every one from it on, of a save, re-keying, change or upgrade; fill disks while saving."""
    with Children() as children:
        bench = Bench(task, children)
        jobs = (*_JOBS, _after_telling(upgrade_job(task.folder / "town")))

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            if number % 3 == 2 and not lacks_small_disk():
                _small_disk(bench.pristine, dice, folder)
            else:
                job = jobs[number % len(jobs)]
                lasting = "+" if dice.random() < 0.5 else ""
                _failing(bench, job, folder, _FAILURES[number // 2 % 3], dice, lasting)

        task.control("a refusal that was not told", lambda folder: _shrugging(bench, folder, task.dice("control")))
        return task.each(attempt)


def _failing(bench: Bench, job: Job, folder: Path, failure: str, dice: random.Random, lasting: str) -> None:
    place = dice.choice([each for each in bench.places(job) if each.call in _FAILING])
    number = f"{place.number}{lasting}"
    bench.interrupted(job, folder, Place(place.call, number), f"error={failure}")


def _told(ran: Ran, *more: str) -> None:
    unknown = set(ran.refusals) - _PLAIN - set(more)
    assert not unknown, f"told as {sorted(unknown)}"


def check_refused(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    """What was refused is not there, unless it was told that it is; what was acknowledged is."""
    _told(ran)
    assert len(ran.said) == 6, f"said only {len(ran.said)} things"
    vault = copy.open(pristine.keys())
    try:
        refused = {f"{n:04}" for n, word in enumerate(ran.said) if word in {"!disk_full", "!disk_failed"}}
        # Where the very last flush of a save fails, nobody can know whether it is on the disk: one such may be there.
        there = note_ids(vault) & refused
        assert len(there) <= 1, f"refused and there: {sorted(there)}"
    finally:
        vault.close()
    check_save(pristine, copy, ran)


def _after_telling(job: Job) -> Job:
    def check(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
        _told(ran, *(_WAITS if job is REKEY else ()))
        job.check(pristine, copy, ran)

    return replace(job, check=check)


def _small_disk(pristine: Pristine, dice: random.Random, folder: Path) -> None:
    """Save on a disk with little room until it is full; then make room, and save again."""
    with small_disk(folder / "disk") as disk:
        copy = pristine.copy(disk)
        copy.home.ballast.unlink()
        vault = copy.open(pristine.keys())
        try:
            copy.home.ballast.unlink(missing_ok=True)
            filler = disk / "filler"
            filler.write_bytes(bytes(max(0, free_bytes(disk) - dice.randrange(0, 200_000))))
            acknowledged = set(BEFORE)
            codes = [_saved(vault, f"{number:04}", acknowledged) for number in range(60)]
            assert set(codes) - {""} <= _PLAIN, f"told as {sorted(set(codes))}"
            assert set(codes) != {""}, "a full disk was not noticed"
            assert note_ids(vault) >= acknowledged, "acknowledged and not there"
            filler.unlink()
            save_note(vault, "after")
        finally:
            vault.close()
        again = copy.open(pristine.keys())
        try:
            assert again.standing is Standing.SOUND
            lost = (acknowledged | {"after"}) - note_ids(again)
            assert not lost, f"acknowledged and not there: {sorted(lost)}"
            assert acknowledged <= again.sealed_ids().result(), "acknowledged and not sealed"
        finally:
            again.close()


def _saved(vault: Vault, note_id: str, acknowledged: set[str]) -> str:
    try:
        save_note(vault, note_id, body(int(note_id)))
    except SfError as refusal:
        return refusal.code
    acknowledged.add(note_id)
    return ""


def _shrugging(bench: Bench, folder: Path, dice: random.Random) -> None:
    """A program that calls a note saved although the disk refused it must be found."""
    job = replace(SAVE, name="shrug")
    place = next(each for each in bench.places(job) if each.call == "pwrite64")
    bench.interrupted(job, folder, place, "error=ENOSPC")


_JOBS = (
    replace(SAVE, check=check_refused),
    _after_telling(REKEY),
    replace(SAVE, check=check_refused),
    _after_telling(PASSPHRASE_CHANGE),
)

ROW = Row(
    line=3,
    name="disk",
    after="ENOSPC, EIO, EDQUOT at the Nth call, for once and from then on; a small disk that fills",
    holds="told in plain words, nothing acknowledged that is not there, and it goes on once there is room",
    full=500,
    suite=30,
    run=run,
    lacks=lacks_strace,
)
