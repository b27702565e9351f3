"""Keeps what a library prints by itself out of the computer's journal: a press that panics may quote the record."""

from __future__ import annotations

import os
from threading import Lock
from types import TracebackType

_STANDARD_ERROR = 2


class Unheard:
    """A ``with`` during which nothing reaches the standard error stream, from any thread. Several may overlap."""

    _lock = Lock()
    _inside = 0
    _kept = -1

    def __enter__(self) -> None:
        with Unheard._lock:
            if Unheard._inside == 0:
                Unheard._kept = _turned_away()
            Unheard._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        with Unheard._lock:
            Unheard._inside -= 1
            if Unheard._inside == 0 and Unheard._kept >= 0:
                os.dup2(Unheard._kept, _STANDARD_ERROR)
                os.close(Unheard._kept)
                Unheard._kept = -1


def _turned_away() -> int:
    """Turn the stream away and return a copy of it; -1 where there is none, as in a program without a console."""
    try:
        kept = os.dup(_STANDARD_ERROR)
    except OSError:
        return -1
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STANDARD_ERROR)
    os.close(nowhere)
    return kept
