"""Lets a council and four laptops settle in once, and puts those that play back as they were then for each example.

What lies on the disk is copied, and nothing else comes along: the council is a new one on the copy of its database and
the laptops open the copies of their vaults, as after a start of everything.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sf_desktop.sync.transport import Patience
from tests.builders.laptops import Credentials, Laptop
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD, RunningCouncil
from tests.fakes.network import Network

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PATIENT = Patience(connect_s=3_600.0, read_s=3_600.0, whole_s=3_600.0)
"""Nothing here is slow on purpose: only a machine that is busy, or a process that is stopped for a while."""


class Seat(StrEnum):
    """Whose laptop it is. The colleague's has no family file until one is given to them."""

    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"
    AGAIN = "the practitioner's other laptop"
    COLLEAGUE = "colleague"

    @property
    def username(self) -> str:
        return "practitioner" if self is Seat.AGAIN else self.value

    @property
    def folder(self) -> str:
        return f"laptop-{self.name.lower()}"


TWO = (Seat.PRACTITIONER, Seat.SUPERVISOR)


@dataclass(frozen=True)
class Settled:
    """A town whose laptops have loaded one family file; nothing of it runs."""

    folder: Path
    family_id: str

    def begin(self, folder: Path, network: Network, stack: ExitStack, seats: Sequence[Seat]) -> Begun:
        """Put what plays into an empty folder and start it, reached through a network, until the stack is closed."""
        clock = FrozenClock(NOW)
        for name in ("council", *(each.folder for each in seats)):
            shutil.copytree(self.folder / name, folder / name)
        council = stack.enter_context(RunningCouncil(folder / "council", clock=clock))
        network.aim(int(council.url.rpartition(":")[2]))
        begun = Begun(council, network, clock, self.family_id, folder)
        stack.callback(begun.shut)
        for seat in seats:
            begun.open(seat)
        return begun


@dataclass(frozen=True)
class Begun:
    """A town as one example has it. ``laptops`` are those that play, in their order."""

    council: RunningCouncil
    network: Network
    clock: FrozenClock
    family_id: str
    folder: Path
    laptops: dict[Seat, Laptop] = field(default_factory=dict)
    _lucks: Iterator[int] = field(default_factory=lambda: itertools.count(1_000_000))

    def open(self, seat: Seat) -> None:
        """Open a laptop's vault as it lies in its folder."""
        # Of its own luck: the council has seen the nonces of the luck that it had before.
        who = Credentials(seat.username, PASSWORD, "")
        self.laptops[seat] = Laptop(
            self.folder / seat.folder, self.network.address, who, self.clock, seed=next(self._lucks), patience=PATIENT
        )

    def copy(self, seat: Seat) -> None:
        """Keep a copy of a laptop's disk, in the place of the one before."""
        self.laptops[seat].shut()
        shutil.rmtree(self._kept(seat), ignore_errors=True)
        shutil.copytree(self.folder / seat.folder, self._kept(seat))
        self.open(seat)

    def put_back(self, seat: Seat) -> None:
        """Put the copy of a laptop's disk in its place."""
        self.laptops[seat].shut()
        shutil.rmtree(self.folder / seat.folder)
        shutil.copytree(self._kept(seat), self.folder / seat.folder)
        self.open(seat)

    def shut(self) -> None:
        for laptop in self.laptops.values():
            laptop.shut()

    def _kept(self, seat: Seat) -> Path:
        return self.folder / f"{seat.folder}-kept"


def settle(folder: Path, seed: int) -> Settled:
    """Let a town settle in, with a family file of this luck."""
    with ExitStack() as stack:
        town = Town(folder, FrozenClock(NOW), stack)
        usernames = tuple(each.username for each in TWO)
        (family_id,) = town.council.seed(1, records_per_family=5, seed=seed, usernames=usernames)
        for number, seat in enumerate(Seat):
            laptop = Laptop(
                folder / seat.folder,
                town.network.address,
                Credentials(seat.username, PASSWORD, town.council.code(seat.username)),
                town.clock,
                seed=seed + number * 1_000_000_007,
                patience=PATIENT,
            )
            laptop.enrol().round()
            laptop.shut()
    return Settled(folder, family_id)
