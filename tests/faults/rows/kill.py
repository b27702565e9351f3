"""SIGKILL at every file call: what was acknowledged is there, nothing is there by half, and exactly one key opens."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sf_desktop.store.opening import Standing
from sf_desktop.store.vault import Vault
from sf_record.errors import SfError
from tests.builders.vaults import PASSPHRASE, BuiltVault, note_ids, save_note
from tests.faults.frame import Row, Tally, Task
from tests.faults.pristine import BEFORE, Pristine, make_pristine
from tests.faults.straced import Place, Ran, lacks_strace, run_child

_WORDS = (PASSPHRASE, "pretend teapot marble canal", "pretend hammock violet tram")


@dataclass(frozen=True)
class Job:
    """One kind of work that is killed: what the child is told, and what must be so afterwards."""

    name: str
    told: dict[str, object]
    check: Callable[[Pristine, BuiltVault, Ran], None]


def run(task: Task) -> Tally:
    """Kill each job in turn at a place of its own; a full run goes through all places of all jobs in order."""
    pristine = make_pristine(task.folder / "pristine")
    places = {job.name: _places(pristine, task.folder / f"undisturbed-{job.name}", job) for job in JOBS}

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        job = JOBS[number % len(JOBS)]
        chosen = _chosen(places[job.name], number // len(JOBS), task.dice(job.name))
        killed(pristine, folder, job, chosen)

    task.control("said before it was saved", lambda folder: _boasting(pristine, folder))
    return task.each(attempt)


def killed(pristine: Pristine, folder: Path, job: Job, place: Place) -> None:
    """Kill one job at one place and look at what is left."""
    copy = pristine.copy(folder)
    ran = run_child(pristine.task(copy, job.name, **job.told), folder, *place.injecting("signal=KILL"))
    try:
        job.check(pristine, copy, ran)
    except (AssertionError, SfError) as loss:
        code = loss.code if isinstance(loss, SfError) else loss
        raise AssertionError(f"{job.name} killed at {place.call} {place.number}, said {ran.said}: {code}") from loss


def _places(pristine: Pristine, folder: Path, job: Job) -> tuple[Place, ...]:
    folder.mkdir()
    ran = run_child(pristine.task(pristine.copy(folder), job.name, **job.told), folder)
    assert not ran.refusals, ran.said
    return ran.places


def _chosen(places: tuple[Place, ...], number: int, dice: random.Random) -> Place:
    """Go through all places in a shuffled order that is always the same, and then again."""
    order = list(places)
    dice.shuffle(order)
    return order[number % len(order)]


def _boasting(pristine: Pristine, folder: Path) -> None:
    """A program that says "saved" too early must lose something at one of its first file calls."""
    job = Job("boast", {"count": 3}, _check_save)
    for number, place in enumerate(_places(pristine, _made(folder / "undisturbed"), job)[:6]):
        killed(pristine, _made(folder / str(number)), job, place)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _settled(vault: Vault) -> None:
    """The vault is sound, and can be written to."""
    assert vault.standing is Standing.SOUND, vault.standing
    verdict = vault.read(lambda tx: tx.connection.execute("PRAGMA integrity_check").fetchall()).result()
    assert verdict == [("ok",)], verdict
    save_note(vault, "after")
    assert vault.close()


def _check_save(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    vault = copy.open(pristine.keys())
    try:
        found, sealed = note_ids(vault), vault.sealed_ids().result()
        acknowledged = BEFORE | set(ran.acknowledged)
        assert acknowledged <= found, f"not there: {sorted(acknowledged - found)}"
        assert len(found - acknowledged) <= 1, f"there unasked: {sorted(found - acknowledged)}"
        assert acknowledged <= sealed, f"not sealed: {sorted(acknowledged - sealed)}"
        _settled(vault)
    finally:
        vault.close()


def _check_rekey(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    keys = copy.unlock()
    vault = copy.open(keys)
    try:
        assert note_ids(vault) == BEFORE
        _settled(vault)
    finally:
        vault.close()
    again = copy.unlock()
    assert again.pending is None, "two keys are still kept"
    if ran.acknowledged:
        assert again.dek.hex() != pristine.dek, "the old key still opens"


def _check_passphrase(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    """The newest acknowledged one opens, or the next, where its change was under way; and then only that one does."""
    reached = len(ran.acknowledged)
    opens = [word for word in _WORDS if _opens(copy, word)]
    assert len(opens) == 1, f"{len(opens)} passphrases open"
    assert opens[0] in _WORDS[reached : reached + 2], "an older passphrase opens"
    vault = copy.open(copy.unlock(opens[0]))
    try:
        assert note_ids(vault) == BEFORE
        _settled(vault)
    finally:
        vault.close()


def _opens(copy: BuiltVault, passphrase: str) -> bool:
    try:
        copy.unlock(passphrase).forget()
    except SfError as refusal:
        if refusal.code != "wrong_passphrase":
            raise
        return False
    return True


JOBS = (
    Job("save", {"count": 6}, _check_save),
    Job("rekey", {"count": 2}, _check_rekey),
    Job("passphrase", {"passphrases": _WORDS}, _check_passphrase),
)

ROW = Row(
    line=1,
    name="kill",
    after="SIGKILL at every file call of save, rekey, passphrase change",
    holds="acknowledged is present, nothing partial, exactly one key opens",
    full=1000,
    suite=50,
    run=run,
    lacks=lacks_strace,
)
