"""What stops a command (Ctrl+C, SIGTERM, a line that is cut): a word of what stands, and nothing left by half."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

AGAIN = "Run it again when you like."
UNDONE = f"What it had not finished was undone: the database is whole. {AGAIN}"
# A machine that is shut down sends SIGTERM, and a line that is cut SIGHUP, which Windows does not know.
_OTHERS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
STOPS = (signal.SIGINT, *_OTHERS)


class Stopped(Exception):
    """Somebody stopped the command; its text says what stands now."""


class Stop:
    """Which signal stopped a command: Ctrl+C, unless another one came."""

    def __init__(self) -> None:
        self._number = int(signal.SIGINT)

    @property
    def exit_code(self) -> int:
        """As every shell has it for a program that a signal ended."""
        return 128 + self._number

    def take(self, number: int, frame: FrameType | None) -> None:
        """Take a signal as Ctrl+C is taken just now."""
        self._number = number
        taken = signal.getsignal(signal.SIGINT)
        if not callable(taken):  # Ctrl+C is ignored, as for a command in the background
            raise KeyboardInterrupt
        taken(signal.SIGINT, frame)


@contextmanager
def stops() -> Iterator[Stop]:
    """Take what else stops a program as Ctrl+C, where nobody has said otherwise; they would end it without a word."""
    stop = Stop()
    is_main = threading.current_thread() is threading.main_thread()
    taken = [each for each in _OTHERS if is_main and signal.getsignal(each) is signal.SIG_DFL]
    for each in taken:
        signal.signal(each, stop.take)
    try:
        yield stop
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)


@contextmanager
def stoppable(words: str) -> Iterator[None]:
    """Let Ctrl+C end what is done here, and say these words of what stands then."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(words) from None


@contextmanager
def uncut(what: str, words: str) -> Iterator[None]:
    """Hold back what stops the command until this is done, or has failed by itself; then Stopped with these words.

    ``what`` is said at once, for whoever waits. In a thread other than the main one, where signals do not come,
    nothing is held back; nor is what is ignored anyway.
    """
    is_main = threading.current_thread() is threading.main_thread()
    before = {each: taken for each in STOPS if is_main and callable(taken := signal.getsignal(each))}
    held: list[int] = []

    def hold(number: int, _frame: FrameType | None) -> None:
        if not held:
            with suppress(OSError):  # the terminal may be what went away
                print(f"{what} This is finished first, so that nothing is left half done.", file=sys.stderr, flush=True)
        held.append(number)

    for each in before:
        signal.signal(each, hold)
    try:
        yield
    finally:
        for each, taken in before.items():
            signal.signal(each, taken)
    if held:
        with stoppable(words):
            before[signal.Signals(held[0])](held[0], None)
