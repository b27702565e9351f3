"""Lets a council and two laptops settle in once, and puts them back as they were then for each example.

What lies on the disk is copied, and nothing else comes along: the council is a new one on the copy of its database and
the laptops open the copies of their vaults, as after a start of everything.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sf_desktop.sync.transport import Patience
from tests.builders.laptops import Credentials, Laptop
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD, RunningCouncil
from tests.fakes.network import Network

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHO = ("practitioner", "supervisor")
PATIENT = Patience(connect_s=3_600.0, read_s=3_600.0, whole_s=3_600.0)
"""Nothing here is slow on purpose: only a machine that is busy, or a process that is stopped for a while."""


@dataclass(frozen=True)
class Settled:
    """A town whose laptops have loaded one family file; nothing of it runs."""

    folder: Path
    family_id: str

    def begin(self, folder: Path, network: Network, stack: ExitStack) -> Begun:
        """Put everything into an empty folder and start it, reached through a network, until the stack is closed."""
        clock = FrozenClock(NOW)
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        council = stack.enter_context(RunningCouncil(folder / "council", clock=clock))
        network.aim(int(council.url.rpartition(":")[2]))
        laptops = tuple(_reopened(folder / name, name, network, clock, number) for number, name in enumerate(WHO))
        for laptop in laptops:
            stack.callback(laptop.shut)
        return Begun(council, network, clock, self.family_id, laptops)


@dataclass(frozen=True)
class Begun:
    """A town as one example has it."""

    council: RunningCouncil
    network: Network
    clock: FrozenClock
    family_id: str
    laptops: tuple[Laptop, ...]


def settle(folder: Path, seed: int) -> Settled:
    """Let a town settle in, with a family file of this luck."""
    with ExitStack() as stack:
        town = Town(folder, FrozenClock(NOW), stack)
        (family_id,) = town.council.seed(1, records_per_family=5, seed=seed, usernames=WHO)
        for name in WHO:
            laptop = Laptop(
                folder / name,
                town.network.address,
                Credentials(name, PASSWORD, town.council.code(name)),
                town.clock,
                seed=seed,
                patience=PATIENT,
            )
            laptop.enrol().round()
            laptop.shut()
    return Settled(folder, family_id)


def _reopened(folder: Path, name: str, network: Network, clock: FrozenClock, number: int) -> Laptop:
    # Of its own luck: the council has seen the nonces of the luck that it was enrolled with.
    who = Credentials(name, PASSWORD, "")
    return Laptop(folder, network.address, who, clock, seed=1_000_000 + number, patience=PATIENT)
