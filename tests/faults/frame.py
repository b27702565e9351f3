"""Says what a row of the fault table is: how it is tried, what counts as a loss, and which controls must fail.

A row is a file in ``rows`` with a ``ROW``. Each try has a number and dice of its own, so that a loss can be repeated by
itself. A control is the same check of something broken on purpose: where it finds nothing, the check is blind.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sf_record.errors import SfError

_TELLS_EVERY_S = 30.0


def nothing() -> str:
    """Say that a row can run on any machine."""
    return ""


@dataclass
class Tally:
    """What was tried, what was lost, and whether each control was found out."""

    tries: int = 0
    losses: list[str] = field(default_factory=list)
    controls: dict[str, bool] = field(default_factory=dict)

    def control(self, name: str, *, has_failed: bool) -> None:
        """Note a control; one of the same name that failed before has failed."""
        self.controls[name] = self.controls.get(name, False) or has_failed

    @property
    def failed_controls(self) -> int:
        return sum(self.controls.values())

    @property
    def is_clean(self) -> bool:
        """Nothing lost, and every control failed as it must. Nothing tried shows nothing."""
        return self.tries > 0 and not self.losses and all(self.controls.values())


@dataclass(frozen=True)
class Task:
    """How many tries, from which number on, with which luck, and an empty folder for all of them."""

    name: str
    tries: int
    folder: Path
    seed: int = 2026
    first: int = 0
    is_told: bool = False
    note: Callable[[Task], None] | None = None
    """Is given the task whenever it is told how far it is: a run of hours may be broken off."""
    tally: Tally = field(default_factory=Tally)
    started: float = field(default_factory=time.monotonic)
    _told: list[float] = field(default_factory=lambda: [time.monotonic()])

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + self.tries)

    def dice(self, number: int | str) -> random.Random:
        """Return the luck of one try, whatever was tried before it."""
        return random.Random(f"{self.seed}/{self.name}/{number}")

    def each(self, attempt: Callable[[int, random.Random, Path], None]) -> Tally:
        """Make every try in a folder of its own, which is removed again. Whatever a try raises is its loss."""
        for number in self.numbers:
            if loss := self.outcome(partial(attempt, number, self.dice(number), self._place(number))):
                self.tally.losses.append(f"try {number}: {loss}")
            self.tally.tries += 1
            shutil.rmtree(self.folder / f"try-{number}", ignore_errors=True)
            self.tell(number)
        return self.tally

    def control(self, name: str, attempt: Callable[[Path], None], says: str = "") -> None:
        """Try something broken on purpose: it must be found, and the finding must say this (not any other mishap)."""
        place = self._place(name.replace(" ", "-"))
        outcome = self.outcome(partial(attempt, place))
        self.tally.control(name, has_failed=bool(outcome) and says in outcome)
        shutil.rmtree(place, ignore_errors=True)

    def outcome(self, attempt: Callable[[], object]) -> str:
        """Return what an attempt raised, with its place, or nothing."""
        try:
            attempt()
        except Exception as cause:  # noqa: BLE001 - nothing is swallowed: whatever it is, it is printed as a loss
            return _described(cause)
        return ""

    def _place(self, number: int | str) -> Path:
        place = self.folder / f"try-{number}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return place

    def tell(self, number: int) -> None:
        """Say now and then how far a run is; the last try that was made has this number."""
        if not self.is_told or time.monotonic() - self._told[-1] < _TELLS_EVERY_S:
            return
        self._told.append(time.monotonic())
        so_far = f"{self.name}: {self.tally.tries} of {self.tries} tries, {len(self.tally.losses)} losses,"
        print(so_far, f"{time.monotonic() - self.started:.0f} s; last was {number}", file=sys.stderr, flush=True)
        if self.note:
            self.note(self)


@dataclass(frozen=True)
class Row:
    """One row: its line in SECURITY.md's table, its name for ``--only``, what holds, its counts, and how it is run."""

    line: int
    name: str
    after: str
    holds: str
    full: int
    suite: int
    run: Callable[[Task], Tally]
    lacks: Callable[[], str] = nothing
    """Returns what this machine lacks for it, or nothing."""


def _described(cause: BaseException) -> str:
    """Name an error with its place, and with what it was noted to come from; a VaultError by its code."""
    frames = traceback.extract_tb(cause.__traceback__)
    places = " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(frames[-4:]))
    said = f"{cause.code}" if isinstance(cause, SfError) else " ".join(str(cause).split())
    steps = "".join(f"\n        {each}" for note in getattr(cause, "__notes__", ()) for each in note.splitlines())
    return f"{type(cause).__name__}: {said or 'no words'} ({places}){steps}"
