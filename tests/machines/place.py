"""Where the examples of the machine are played, one after the other; each begins with a town as it was when settled."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.fakes.network import Network
from tests.machines.settled import Begun, Seat, Settled, settle

EXAMPLES_IN_A_TOWN = 100
"""Then another settles in: with other people, another family file and other ids."""


class Place:
    """Where the examples are played."""

    above: Path
    town: Begun
    network: Network
    seed = 0
    begun = 0
    held = 0
    """How many examples went through to their last look."""

    _settled: Settled
    _stack = ExitStack()
    _example = ExitStack()

    @classmethod
    def begin(cls, seats: Sequence[Seat]) -> None:
        """End what the example before has left, and begin a new one with these laptops."""
        if cls.begun % EXAMPLES_IN_A_TOWN == 0:
            cls._move()
        cls.begun += 1
        cls._example.close()
        folder = cls._folder(cls._example)
        cls.town = cls._settled.begin(folder, cls.network, cls._example, seats)

    @classmethod
    def end(cls) -> None:
        cls._example.close()
        cls._stack.close()

    @classmethod
    def _move(cls) -> None:
        cls.end()
        cls._settled = settle(cls._folder(cls._stack), cls.seed + cls.begun)
        cls.network = Network(0)
        cls._stack.callback(cls.network.close)

    @classmethod
    def _folder(cls, stack: ExitStack) -> Path:
        folder = Path(tempfile.mkdtemp(dir=cls.above))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        return folder


@contextmanager
def a_place(folder: Path, seed: int = 1) -> Iterator[None]:
    """Let examples be played in a folder, in towns of this luck."""
    Place.above, Place.seed, Place.begun, Place.held = folder, seed, 0, 0
    try:
        yield
    finally:
        Place.end()
