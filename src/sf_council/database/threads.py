"""Threads in which an event loop has work done that waits for a database; a hop costs as little as it can.

``concurrent.futures`` makes a future of its own with locks for each piece of work, and chains it to the loop's: half of
what a hop costs. The thread that was free last goes on first: its connection's memory is the one that is warm.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class _Asked(NamedTuple):
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    work: Callable[[], Any]


_Inbox = SimpleQueue[_Asked | None]


class Threads:
    """At most ``most`` of them, started as they are needed; what comes when all are at work waits its turn."""

    def __init__(self, most: int, name: str) -> None:
        self._most, self._name = most, name
        self._free: list[_Inbox] = []  # the last one is the one that was at work last
        self._waiting: deque[_Asked] = deque()
        self._threads: list[threading.Thread] = []
        self._is_closed = False
        self._door = threading.Lock()

    def run(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Have work done in a thread, and return what the running loop waits for: its result, or what it raised."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        asked = _Asked(loop, future, work)
        with self._door:
            if self._is_closed:
                raise RuntimeError("no work is taken any more")
            if self._free:
                self._free.pop().put(asked)
            elif len(self._threads) < self._most:
                self._start(asked)
            else:
                self._waiting.append(asked)
        return future

    def close(self) -> None:
        """Wait until all work that was asked for is done, and end the threads."""
        with self._door:
            self._is_closed = True
            for each in self._free:
                each.put(None)
            self._free.clear()
        for thread in self._threads:
            thread.join()

    def _start(self, first: _Asked) -> None:
        inbox: _Inbox = SimpleQueue()
        inbox.put(first)
        name = f"{self._name}-{len(self._threads)}"
        self._threads.append(threading.Thread(target=self._serve, args=(inbox,), name=name, daemon=True))
        self._threads[-1].start()

    def _serve(self, inbox: _Inbox) -> None:
        while (asked := inbox.get()) is not None:
            while asked is not None:
                asked = self._do(asked, inbox)

    def _do(self, asked: _Asked, inbox: _Inbox) -> _Asked | None:
        """Do what was asked and return what is to be done next; the thread is free before whoever waited goes on."""
        try:
            settle = partial(_settle, asked.future, asked.work(), None)
        except BaseException as error:  # noqa: BLE001 - told to whoever waits, as it was raised
            settle = partial(_settle, asked.future, None, error)
        following = self._next(inbox)
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            asked.loop.call_soon_threadsafe(settle)
        return following

    def _next(self, inbox: _Inbox) -> _Asked | None:
        """Return what waits for a thread; where nothing does the thread is free, or ends if there will be no more."""
        with self._door:
            if self._waiting:
                return self._waiting.popleft()
            if self._is_closed:
                inbox.put(None)
            else:
                self._free.append(inbox)
        return None


def _settle(future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if future.done():  # whoever waited was cancelled
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
