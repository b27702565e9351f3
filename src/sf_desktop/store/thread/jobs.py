"""Queues the vault thread's work: what a person waits for goes before what nobody does, and closing ends the queue."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from enum import IntEnum
from typing import Any, TypeVar

from sf_desktop.wording import error

T = TypeVar("T")
Job = Callable[[], None]


class Turn(IntEnum):
    """When a job's turn comes; within one turn the first is served first."""

    NOW = 0
    BULK = 1
    LAST = 2


class Jobs:
    """The queue of one vault. Work may be submitted from any thread; it is taken and done on the vault thread."""

    def __init__(self, undo: Job) -> None:
        """``undo`` is run after work that failed, before its future says so."""
        self._undo = undo
        self._queue: queue.PriorityQueue[tuple[int, int, Job | None]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._is_closing = threading.Event()
        self._door = threading.Lock()

    @property
    def is_closing(self) -> bool:
        return self._is_closing.is_set()

    def submit(self, work: Callable[[], T], turn: Turn) -> Future[T]:
        """Have work done in its turn. After :meth:`end` its future has ``vault_closed``."""
        future: Future[T] = Future()
        with self._door:
            if self.is_closing:
                future.set_exception(error("vault_closed"))
            else:
                self._queue.put((turn, next(self._order), lambda: self._serve(work, turn, future)))
        return future

    def take(self, meanwhile: Job, wait_s: float | None) -> Job | None:
        """Return the next job, ``meanwhile`` where none came in time, or None at the end."""
        try:
            return self._queue.get(timeout=wait_s)[2]
        except queue.Empty:
            return meanwhile

    def end(self) -> None:
        """Take nothing new, drop bulk work; what was asked for before and is not bulk is still done."""
        with self._door:
            if not self.is_closing:
                self._is_closing.set()
                self._queue.put((Turn.LAST, next(self._order), None))

    def is_somebody_waiting(self) -> bool:
        """Say whether work that a person waits for is next."""
        with self._queue.mutex:
            return bool(self._queue.queue) and self._queue.queue[0][0] == Turn.NOW

    def _serve(self, work: Callable[[], Any], turn: Turn, future: Future[Any]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        if turn is Turn.BULK and self.is_closing:
            future.set_exception(error("vault_closed"))
            return
        try:
            result = work()
        except BaseException as cause:  # noqa: BLE001 - the future carries it to whoever asked
            with suppress(Exception):
                self._undo()
            future.set_exception(cause)
        else:
            future.set_result(result)
