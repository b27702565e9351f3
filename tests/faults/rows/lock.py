"""Locking a real window: nothing of what was read is left in the program's memory, in UTF-8 or UTF-16."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import mkdtemp

from sf_desktop.ops.firstrun.pretending import PASSPHRASE
from tests.builders.real_window import Hands, a_laptop, at_a_display, lacks_display
from tests.faults.frame import Row, Tally, Task

_CONTROL = "a window that is not locked yet"
_TRIES_AT_A_WINDOW = 10


def run(task: Task) -> Tally:
    """Unlock, search for notes, lock and look into the memory; the control is the look before the lock."""
    laptop = a_laptop(task.folder)

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        with windows.locked() as hands:
            before, pid = _work(hands, dice), hands.window.pid
            task.tally.control(_CONTROL, has_failed=bool(hands.in_memory()))
            hands.tool("key", "ctrl+l")
            hands.until(lambda: "" if hands.beginning == before else "new", "a new program in the same process")
            hands.sees("^Strengthening Families$")
            assert hands.window.pid == pid, "another process"
            left = hands.in_memory()
            assert not left, f"{len(left)} canaries are left in memory"

    with ExitStack() as stack:
        windows = _Windows(task.folder, laptop, stack)
        return task.each(attempt)


class _Windows:
    """Gives each try a locked window: the one that the try before it left locked, or one that was just started."""

    def __init__(self, folder: Path, laptop: Path, stack: ExitStack) -> None:
        self._folder, self._laptop, self._tries = folder, laptop, 0
        self._open = stack.enter_context(ExitStack())
        self._hands: Hands | None = None

    @contextmanager
    def locked(self) -> Iterator[Hands]:
        """Lend a window; one at which a try came to nothing good, or that had its ten, is closed."""
        if self._hands is None:
            self._hands = self._open.enter_context(at_a_display(Path(mkdtemp(dir=self._folder)), self._laptop))
        is_good, self._tries = False, self._tries + 1
        try:
            yield self._hands
            is_good = True
        finally:
            if not is_good or self._tries == _TRIES_AT_A_WINDOW:
                self._hands, self._tries = None, 0
                self._open.close()


def _work(hands: Hands, dice: random.Random) -> str:
    """Unlock and search until a note is in memory; return where this program begins."""
    hands.sees("^Strengthening Families$")
    before = hands.beginning
    hands.tool("type", "--delay", "20", PASSPHRASE)
    hands.tool("key", "Return")
    hands.sees("^(Today|Search) - ")  # where the one before was left
    hands.tool("key", "ctrl+k")
    hands.tool("key", "ctrl+a")
    hands.tool("type", "--delay", "20", dice.choice(("lighthouse", "lighthous", "lightho")))
    hands.until(lambda: "found" if hands.in_memory() else "", "a note in memory while it is worked with")
    return before


ROW = Row(
    line=11,
    name="lock",
    after="locking a real window after work in it",
    holds="0 canaries in the process's memory, UTF-8 and UTF-16",
    full=200,
    suite=5,
    run=run,
    lacks=lacks_display,
)
