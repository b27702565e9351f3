"""Locking a real window: nothing of what was read is left in the program's memory, in UTF-8 or UTF-16."""

from __future__ import annotations

import random
from pathlib import Path

from sf_desktop.ops.pretending import PASSPHRASE
from tests.builders.real_window import Hands, a_laptop, at_a_display, lacks_display
from tests.faults.frame import Row, Tally, Task

_CONTROL = "a window that is not locked yet"


def run(task: Task) -> Tally:
    """Start, unlock, search for notes, lock and look into the memory; the control is the look before the lock."""
    laptop = a_laptop(task.folder)

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        with at_a_display(folder, laptop) as hands:
            before, pid = _work(hands, dice), hands.window.pid
            task.tally.control(_CONTROL, has_failed=bool(hands.in_memory()))
            hands.tool("key", "ctrl+l")
            hands.until(lambda: "" if hands.beginning == before else "new", "a new program in the same process")
            hands.sees("^Strengthening Families$")
            assert hands.window.pid == pid, "another process"
            left = hands.in_memory()
            assert not left, f"{len(left)} canaries are left in memory"

    return task.each(attempt)


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
