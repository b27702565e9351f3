"""A council, the network in front of it, and the laptops that speak with it through that network."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from tests.builders.laptops import Credentials, Laptop
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD, RunningCouncil
from tests.fakes.network import Network


class Town:
    """Everything that a story needs."""

    def __init__(self, folder: Path, clock: FrozenClock, stack: ExitStack, *, database: str | None = None) -> None:
        self.folder, self.clock, self._stack = folder, clock, stack
        (folder / "council").mkdir()
        self.council = stack.enter_context(RunningCouncil(folder / "council", database=database, clock=clock))
        self.network = Network(int(self.council.url.rpartition(":")[2]))
        stack.callback(self.network.close)
        self._count = 0

    def laptop(self, username: str = "practitioner", *, clock: FrozenClock | None = None) -> Laptop:
        """Return an enrolled laptop of this worker that has not loaded anything yet."""
        self._count += 1
        who = Credentials(username, PASSWORD, self.council.code(username))
        laptop = Laptop(
            self.folder / f"laptop-{self._count}", self.network.address, who, clock or self.clock, seed=self._count
        )
        self._stack.callback(laptop.close)
        return laptop.enrol()

    def loaded(self, username: str = "practitioner", *, clock: FrozenClock | None = None) -> Laptop:
        """Return an enrolled laptop that holds its caseload."""
        laptop = self.laptop(username, clock=clock)
        laptop.round()
        return laptop
