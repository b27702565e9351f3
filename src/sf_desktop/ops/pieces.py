"""Long work that is done a piece at a time, so that whoever saves meanwhile is served in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any, Generic, TypeVar

from sf_desktop.ops.office import Office, reads

R = TypeVar("R")
Far = tuple[int, int]  # so many of so many
Steps = Generator[Far, Office, R]  # yields how far it is after each small step, and is given the office of the next

PIECE_S = 0.015  # as long as a piece takes, if no step takes longer


class Pieces(Generic[R]):
    """Work that reads, and what came of it once it is done. Stopped, it has changed nothing.

    ``steps`` makes the generator; its first ``yield`` is given the first office. It must not keep an office beyond
    the next ``yield``: each piece is a transaction of its own.
    """

    def __init__(self, steps: Callable[[], Steps[R]]) -> None:
        self._steps = steps()
        self._is_begun = False
        self.far: Far = (0, 0)
        self.is_done = False
        self._result: R | None = None

    @property
    def result(self) -> R:
        """What came of it."""
        assert self.is_done
        return self._result  # type: ignore[return-value]  # the result may be None itself

    def go_on(self, office: Office, for_s: float = PIECE_S) -> None:
        """Do the next steps. Vault thread."""
        until = time.perf_counter() + for_s
        try:
            if not self._is_begun:
                self._is_begun = True
                next(self._steps)
            while True:
                self.far = self._steps.send(office)
                if time.perf_counter() >= until:
                    return
        except StopIteration as end:
            self._result, self.is_done = end.value, True

    def stop(self) -> None:
        """Have it end where it is, and tidy up what it made. Vault thread."""
        self._steps.close()


@reads
def go_on(office: Office, pieces: Pieces[Any]) -> Pieces[Any]:
    """Do the next piece; ask again until it is done."""
    pieces.go_on(office)
    return pieces


@reads
def stop(_office: Office, pieces: Pieces[Any]) -> None:
    """Stop it between two pieces."""
    pieces.stop()
