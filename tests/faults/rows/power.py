"""A power cut: unflushed writes dropped, reordered or torn; what was acknowledged is there, and one key opens."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sf_desktop.store.folder.home import VaultHome
from sf_record.errors import SfError
from tests.builders.vaults import BuiltVault
from tests.fakes.keyring import FileSecrets
from tests.faults import disktrace
from tests.faults.children import Children, Ran, lacks_strace
from tests.faults.disktrace import Did
from tests.faults.frame import Row, Tally, Task
from tests.faults.jobs import CARELESS, NARROW, PASSPHRASE_CHANGE, REKEY, SAVE, Job
from tests.faults.medium import Medium
from tests.faults.pristine import Pristine, make_pristine

_JOBS = (SAVE, NARROW, REKEY, PASSPHRASE_CHANGE)
_MIX = (SAVE, NARROW, SAVE, REKEY, NARROW, PASSPHRASE_CHANGE)
_CONTROL_TRIES = 100


@dataclass(frozen=True)
class Recorded:
    """One undisturbed run of a job: the folder it began with, and what it did to the files."""

    job: Job
    before: Path
    home: Path
    trace: list[Did]

    def cut(self, pristine: Pristine, folder: Path, dice: random.Random) -> None:
        """Cut the power somewhere in the run, put what is found into a folder and check it."""
        place = dice.randrange(len(self.trace) + 1)
        medium = Medium.of(self.before)
        medium.folder = self.home
        said = medium.run(self.trace[:place])
        copy = self._found(medium.after_cut(dice), place, folder, pristine)
        ran = Ran(tuple(word for word in said if word != "ready"), "")
        try:
            self.job.check(pristine, copy, ran)
        except (AssertionError, SfError) as loss:
            what = loss.code if isinstance(loss, SfError) else loss
            place_said = f"{self.job.name}, power cut after {place} of {len(self.trace)} calls, said {ran.said}"
            raise AssertionError(f"{place_said}: {what}") from loss

    def prove(self) -> None:
        """Prove that the trace is whole: what it says was done makes the files that are there."""
        medium = Medium.of(self.before)
        medium.folder = self.home
        medium.run(self.trace)
        there = {path.name: path.read_bytes() for path in self.home.iterdir() if path.is_file()}
        told = medium.whole()
        assert told.keys() == there.keys(), told.keys() ^ there.keys()
        differing = [name for name in there if there[name] != told[name]]
        assert not differing, f"the trace does not make {differing}"

    def _found(self, files: dict[str, bytes], place: int, folder: Path, pristine: Pristine) -> BuiltVault:
        home = VaultHome(folder / "vaults" / self.home.name)
        home.folder.mkdir(parents=True)
        for name, content in files.items():
            (home.folder / name).write_bytes(content)
        (folder / "keyring").write_bytes(self._keyring(place))
        return BuiltVault(home, FileSecrets(folder / "keyring"), pristine.built.clock, pristine.built.council)

    def _keyring(self, place: int) -> bytes:
        """Return the keyring as the system kept it: every entry that was set before the cut."""
        where = self.home.parent.parent
        medium = Medium.of(self.before.parent.parent)
        medium.folder = where
        medium.run(self.trace[:place])
        return medium.whole()["keyring"]


def run(task: Task) -> Tally:
    """Record each job once; each try cuts the power somewhere in one of the records."""
    pristine = make_pristine(task.folder / "pristine")
    with Children() as children:
        recorded = {job.name: _record(pristine, children, job, task.folder) for job in (*_JOBS, CARELESS)}

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        recorded[_MIX[number % len(_MIX)].name].cut(pristine, folder, dice)

    task.control("synchronous=OFF", _all_cuts(recorded[CARELESS.name], pristine, task))
    return task.each(attempt)


def _all_cuts(recorded: Recorded, pristine: Pristine, task: Task) -> Callable[[Path], None]:
    def cut(folder: Path) -> None:
        for number in range(_CONTROL_TRIES):
            recorded.cut(pristine, folder / str(number), task.dice(f"control {number}"))

    return cut


def _record(pristine: Pristine, children: Children, job: Job, folder: Path) -> Recorded:
    place = folder / f"recorded-{job.name}"
    place.mkdir()
    copy = pristine.copy(place)
    before = place / "before"
    shutil.copytree(copy.home.folder, before / "vaults" / copy.home.folder.name)
    shutil.copy(place / "keyring", before / "keyring")
    ran = children.run(pristine.task(copy, job.name, **job.told), place, *disktrace.WORDS, calls=disktrace.CALLS)
    assert not ran.refusals, ran.said
    trace = disktrace.read_trace(ran.calls)
    inside = [each for each in trace if each.kind == "acknowledge" or each.path.startswith(str(place))]
    recorded = Recorded(job, before / "vaults" / copy.home.folder.name, copy.home.folder, inside)
    recorded.prove()
    return recorded


ROW = Row(
    line=2,
    name="power",
    after="power cut in a save, a re-keying, a change: unsynced writes dropped, reordered, torn at 512 or 4,096",
    holds="acknowledged is present, one key opens",
    full=3000,
    suite=100,
    run=run,
    lacks=lacks_strace,
)
