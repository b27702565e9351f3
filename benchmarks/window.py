"""Plays the real window of a laptop that is on the disk, and says how long each step took until it was painted.

``python -m benchmarks.window PLAN`` takes a JSON object (see :class:`Plan`) and prints one. Needs no display.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.process import resident_bytes, shared_clock

if TYPE_CHECKING:
    from benchmarks.keyring import MemoryKeyring

TYPING_S = 1.5  # nobody types a passphrase faster; the program gets ready meanwhile


@dataclass(frozen=True)
class Plan:
    """What to play: where the laptop is, its keyring's entries, and how far to go (``lock``, ``today``, ``day``)."""

    data: str
    keyring: str
    passphrase: str
    until: str
    families: tuple[str, ...] = ()
    saves: int = 0


def main() -> None:
    plan = Plan(**json.loads(sys.argv[1]))
    print(json.dumps(play(plan)), flush=True)


def play(plan: Plan) -> dict[str, Any]:
    """Play a plan to its end."""
    from sf_desktop import app

    options = app.read_options(["--data-dir", plan.data])
    app.prepare(options)
    application, desktop = app.build(options)
    use_keyring(plan.keyring)
    stage = Stage(application, desktop)
    said: dict[str, Any] = stage.show_lock()
    if plan.until != "lock":
        said |= stage.unlock(plan.passphrase)
    if plan.until == "day":
        said["open_family_s"] = [stage.open_family(family_id) for family_id in plan.families]
        said["resident_in_use_bytes"] = resident_bytes()
        said |= stage.stall(plan.families, plan.saves)
    desktop.end()
    return said


def use_keyring(path: str) -> None:
    """Let the program find the laptop's secrets in a file, when it asks: a run has no keyring of its own."""
    from sf_desktop import entrance

    @cache
    def keyring() -> MemoryKeyring:
        from benchmarks.keyring import MemoryKeyring

        return MemoryKeyring.read(Path(path))

    vars(entrance)["system_secrets"] = lambda vault_id: keyring().of(vault_id)


class Stage:
    """The program's window, driven from within its own thread."""

    def __init__(self, application: Any, desktop: Any) -> None:
        from PySide6.QtCore import QTimer

        self._application = application
        self._desktop = desktop
        self._waker = QTimer()  # so that no sleep is endless
        self._waker.start(100)

    def show_lock(self) -> dict[str, Any]:
        """Show the lock screen and say when it was painted, on the clock that the parent has too."""
        self._desktop.begin()
        window = self._desktop.entry
        watch = _first_paint(window.centralWidget())
        self._until(lambda: watch.painted_at > 0)
        return {"painted_at": watch.painted_at, "resident_at_lock_bytes": resident_bytes()}

    def unlock(self, passphrase: str) -> dict[str, Any]:
        """Unlock as a person does, until Today shows what it asked the vault for."""
        screen = self._desktop.entry.centralWidget()
        screen.field.set_value(passphrase)
        self._for_a_while(TYPING_S)
        stretched = _watch_argon2()
        started = time.perf_counter()
        screen.button.click()
        self._until(lambda: self._desktop.workplace is not None)
        opened = time.perf_counter()
        self._place = self._desktop.workplace
        self._settle()
        return {
            "unlock_to_window_s": opened - started,
            "unlock_to_today_s": time.perf_counter() - started,
            "argon2_s": sum(stretched),
            "screen": self._place.window.stack.current().objectName()
            or type(self._place.window.stack.current()).__name__,
            "resident_at_today_bytes": resident_bytes(),
        }

    def open_family(self, family_id: str) -> float:
        """Open a family file and return the seconds until everything that it asks for is painted."""
        from sf_desktop.ui.kit.window.stack import GoTo

        started = time.perf_counter()
        self._in_the_loop(lambda: self._place.window.go(GoTo("family", {"family": family_id})))
        self._settle()
        return time.perf_counter() - started

    def stall(self, families: tuple[str, ...], saves: int) -> dict[str, Any]:
        """Save notes and run rounds, and return the longest time in which the window could not answer."""
        from PySide6.QtCore import QTimer

        from tests.builders.written import write_note

        gaps: list[float] = []
        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

        timer = QTimer()
        timer.setInterval(1)
        timer.timeout.connect(tick)
        timer.start()
        body = {"type": "note", "happened_at": "2026-11-20T10:00:00.000000Z", "text": "The visit went well. " * 60}
        self._for_a_while(0.5)
        idle = max(gaps, default=0.0)
        gaps.clear()
        for turn in range(saves):
            self._place.desk.ask(write_note, families[turn % len(families)], body)
            self._until(lambda: self._place.desk.is_quiet)
            if turn % 10 == 5:
                self._place.screens.send_now()  # what the button "Send now" does
        self._for_a_while(1.5)
        timer.stop()
        return {"stall_s": max(gaps, default=0.0), "stall_idle_s": idle}

    def _in_the_loop(self, act: Callable[[], None]) -> None:
        """Do something as the program does, in answer to an event: what is let go outside of that stays for good."""
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, act)
        self._turn()

    def _settle(self) -> None:
        """Let the window answer until nothing is asked any more and everything that follows is painted."""
        calm = 0
        while calm < 2:
            self._turn(is_idle=self._place.desk.is_quiet)
            calm = calm + 1 if self._place.desk.is_quiet else 0

    def _until(self, is_done: Callable[[], bool], patience_s: float = 60) -> None:
        end = time.perf_counter() + patience_s
        while not is_done():
            self._turn()
            if time.perf_counter() > end:
                raise TimeoutError("the window did not get there")

    def _for_a_while(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._turn()

    def _turn(self, *, is_idle: bool = False) -> None:
        """Answer what waits; where nothing does, sleep until something comes, so that the vault has the processor."""
        from PySide6.QtCore import QEventLoop

        flag = QEventLoop.ProcessEventsFlag
        self._application.processEvents(flag.AllEvents if is_idle else flag.AllEvents | flag.WaitForMoreEvents)


def _watch_argon2() -> list[float]:
    """Return a list into which the seconds of every stretching of a passphrase are put from here on."""
    from sf_desktop.store.unlock import unlocking

    taken: list[float] = []
    derive = vars(unlocking)["derive_kek"]

    def timed(*values: Any) -> Any:
        started = time.perf_counter()
        try:
            return derive(*values)
        finally:
            taken.append(time.perf_counter() - started)

    vars(unlocking)["derive_kek"] = timed
    return taken


def _first_paint(widget: Any) -> Any:
    from PySide6.QtCore import QEvent, QObject

    class Watch(QObject):
        painted_at = 0.0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if not self.painted_at and event.type() == QEvent.Type.Paint:
                self.painted_at = shared_clock()
            return False

    watch = Watch(widget)
    widget.installEventFilter(watch)
    return watch


if __name__ == "__main__":
    main()
