"""What Ctrl+C does to a command: it ends with a word of what stands, and what must not be cut off is finished first."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EXIT_CODE = 130  # as every shell has it for Ctrl+C
AGAIN = "Run it again when you like."
UNDONE = f"What it had not finished was undone: the database is whole. {AGAIN}"


class Stopped(Exception):
    """Somebody pressed Ctrl+C; its text says what stands now."""


@contextmanager
def stoppable(words: str) -> Iterator[None]:
    """Let Ctrl+C end what is done here, and say these words of what stands then."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(words) from None


@contextmanager
def uncut(what: str, words: str) -> Iterator[None]:
    """Hold Ctrl+C back until this is done, or has failed by itself; then Stopped with these words.

    ``what`` is said at once, for whoever waits. In a thread other than the main one, where signals do not come, and
    where Ctrl+C is ignored anyway, nothing is held back.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    pressed: list[int] = []

    def hold(number: int, _frame: object) -> None:
        if not pressed:
            print(f"{what} This is finished first, so that nothing is left half done.", file=sys.stderr, flush=True)
        pressed.append(number)

    signal.signal(signal.SIGINT, hold)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if pressed:
        raise Stopped(words)
