"""How far a long verb has come, and whether it is to stop: told between two threads, without waiting."""

from __future__ import annotations

import threading

from sf_desktop.wording import error


class Following:
    """The verb says how far it is; whoever waits looks, and may ask it to stop. Stopped, it has changed nothing."""

    def __init__(self) -> None:
        self._far = (0, 0)
        self._stop = threading.Event()

    @property
    def far(self) -> tuple[int, int]:
        """So many of so many."""
        return self._far

    def reached(self, done: int, total: int) -> None:
        """Say how far it is; InputError ``brought_in_nothing`` where it is to stop."""
        self._far = (done, total)
        if self._stop.is_set():
            raise error("brought_in_nothing")

    def stop(self) -> None:
        """Ask it to stop."""
        self._stop.set()
