"""The kinds of work that are interrupted: what a child is told to do, and what must be so in what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sf_desktop.store.ending.wiping import SECRETS, finish_wipe, mark_of, unfinished, wiped_homes
from sf_desktop.store.folder.home import homes
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.unlock.asked import was_changed
from sf_desktop.store.vault import Vault
from sf_record.errors import SfError
from tests.builders.vaults import PASSPHRASE, BuiltVault, note_ids, save_note
from tests.faults.children import Children, Place, Ran
from tests.faults.frame import Task
from tests.faults.pristine import BEFORE, Pristine, make_pristine

WORDS = (PASSPHRASE, "pretend teapot marble canal", "pretend hammock violet tram")


@dataclass(frozen=True)
class Job:
    """One kind of work: what the child is told, and what must be so afterwards."""

    name: str
    told: dict[str, object]
    check: Callable[[Pristine, BuiltVault, Ran], None]
    ground: Pristine | None = None
    """What it is done to a copy of; None: to the bench's own vault of notes."""


class Bench:
    """Where jobs are done and interrupted: a pristine vault, a process that forks, and each job's places."""

    def __init__(self, task: Task, children: Children) -> None:
        self._task = task
        self._children = children
        self._places: dict[str, tuple[Place, ...]] = {}
        self.pristine = make_pristine(task.folder / "pristine")

    def places(self, job: Job) -> tuple[Place, ...]:
        """Return every place where a job could be interrupted, in the order of an undisturbed run."""
        if job.name not in self._places:
            ran, _ = self.ran(job, self._task.folder / f"undisturbed-{job.name}")
            assert not ran.refusals, ran.said
            self._places[job.name] = ran.places
        return self._places[job.name]

    def place(self, job: Job, number: int) -> Place:
        """Choose the place of a try: all of them in a shuffled order that is always the same, and then again."""
        order = list(self.places(job))
        self._task.dice(job.name).shuffle(order)
        return order[number % len(order)]

    def ran(self, job: Job, folder: Path, *strace: str) -> tuple[Ran, BuiltVault]:
        """Do a job to a copy, with a fault if any, and return what was said and the copy."""
        folder.mkdir(parents=True, exist_ok=True)
        ground = job.ground or self.pristine
        copy = ground.copy(folder)
        return self._children.run(ground.task(copy, job.name, **job.told), folder, *strace), copy

    def interrupted(self, job: Job, folder: Path, place: Place, fault: str) -> Ran:
        """Do a job with a fault at one place and check what is left; a loss says which job, where, what was said."""
        ran, copy = self.ran(job, folder, *place.injecting(fault))
        try:
            job.check(job.ground or self.pristine, copy, ran)
        except (AssertionError, SfError) as loss:
            what = loss.code if isinstance(loss, SfError) else loss
            raise AssertionError(
                f"{job.name}, {fault} at {place.call} {place.number}, said {ran.said}: {what}"
            ) from loss
        return ran


def settled(vault: Vault) -> None:
    """The vault is sound, and can be written to."""
    assert vault.standing is Standing.SOUND, vault.standing
    verdict = vault.read(lambda tx: tx.connection.execute("PRAGMA integrity_check").fetchall()).result()
    assert verdict == [("ok",)], verdict
    save_note(vault, "after")
    assert vault.close(), "did not close"


def check_save(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    """What was acknowledged is there and sealed; at most the one after it is there too."""
    vault = copy.open(pristine.keys())
    try:
        found, sealed = note_ids(vault), vault.sealed_ids().result()
        acknowledged = BEFORE | set(ran.acknowledged)
        assert acknowledged <= found, f"not there: {sorted(acknowledged - found)}"
        assert len(found - acknowledged) <= 1 + len(ran.refusals), f"there unasked: {sorted(found - acknowledged)}"
        assert acknowledged <= sealed, f"not sealed: {sorted(acknowledged - sealed)}"
        settled(vault)
    finally:
        vault.close()


def check_rekey(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    """Everything is there under one key, and a key whose going was acknowledged is gone."""
    vault = copy.open(copy.unlock())
    try:
        assert note_ids(vault) == BEFORE
        settled(vault)
    finally:
        vault.close()
    again = copy.unlock()
    assert again.pending is None, "two keys are still kept"
    if ran.acknowledged:
        assert again.dek.hex() != pristine.dek, "the old key still opens"


def check_passphrase(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    """The newest acknowledged one opens, or the next, where its change was under way; then only it, and it is told."""
    reached = len(ran.acknowledged)
    opens = [word for word in WORDS if _opens(copy, word)]
    assert len(opens) == 1, f"{len(opens)} passphrases open"
    assert opens[0] in WORDS[reached : reached + 2], "an older passphrase opens"
    vault = copy.open(copy.unlock(opens[0]))
    is_unsaid = opens[0] not in WORDS[: reached + 1]
    assert not is_unsaid or was_changed(copy.home, copy.secrets), "nobody would be told that it was changed"
    try:
        assert note_ids(vault) == BEFORE
        settled(vault)
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


def check_wipe(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    """It had not begun, and everything is there; or the next start ends it, and it never opens again."""
    home = copy.home
    if not ran.said and mark_of(home) is None and home.card.exists():
        vault = copy.open(copy.unlock())
        try:
            assert note_ids(vault) == BEFORE
        finally:
            vault.close()
        return
    if home.slot_a.exists() or home.slot_b.exists():
        assert unfinished(home.folder.parent) == (home,), "the next start does not know of it"
        if "begun" in ran.said:
            assert refusal_of(copy.unlock) in {"slots_damaged", "slots_missing"}, "it opens, and its wiping has begun"
        assert finish_wipe(home, copy.secrets), "the keyring keeps its half"
    assert wiped_homes(home.folder.parent)[0].sealed == len(BEFORE), "unsent work was wiped too"
    assert {path.name for path in home.folder.iterdir()} <= {"wiped.json", "sealed.outbox", "attachments"}
    assert all(copy.secrets.get(name) is None for name in SECRETS), "the keyring keeps something"
    assert homes(home.folder.parent) == (), "it is offered as a vault"


def refusal_of(attempt: Callable[[], object]) -> str:
    """Return the code of the refusal, or nothing where there was none."""
    try:
        attempt()
    except SfError as refusal:
        return refusal.code
    return ""


SAVE = Job("save", {"count": 6}, check_save)
NARROW = Job("narrow", {"count": 4, "cache_kib": 16}, check_save)
BOAST = Job("boast", {"count": 3}, check_save)
CARELESS = Job("careless", {"count": 6}, check_save)
REKEY = Job("rekey", {"count": 2}, check_rekey)
PASSPHRASE_CHANGE = Job("passphrase", {"passphrases": WORDS}, check_passphrase)
WIPE = Job("wipe", {}, check_wipe)
JOBS = (SAVE, REKEY, SAVE, PASSPHRASE_CHANGE, WIPE)
