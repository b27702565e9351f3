"""Brings the end of a future back to the GUI thread, for screens that have no vault yet (lock, first run)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal, Slot

from sf_record.errors import Retry, SfError

if TYPE_CHECKING:
    from concurrent.futures import Future

log = logging.getLogger(__name__)
T = TypeVar("T")


class _Reply(NamedTuple):
    future: Future[Any]
    on_done: Callable[[Any], None]
    on_error: Callable[[SfError], None]


class Replies(QObject):
    """Owned by the screen that waits; nothing is delivered once that screen is gone.

    `settled` comes after each delivery; `open_count` says how many are still awaited.
    """

    settled = Signal()
    _ended = Signal(object)

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._is_open, self._is_listening = True, False
        self.open_count = 0
        owner.destroyed.connect(self._on_gone)

    def watch(self, future: Future[T], on_done: Callable[[T], None], on_error: Callable[[SfError], None]) -> None:
        """Call `on_done(result)` or `on_error(error)`, both methods of the owner, in the GUI thread."""
        self.open_count += 1
        if not self._is_listening:
            self._is_listening = True
            self._ended.connect(self._on_ended, QtCore.Qt.ConnectionType.QueuedConnection)
        future.add_done_callback(_Back(self, on_done, on_error))

    def end(self, reply: _Reply) -> None:
        """Take a reply from whichever thread ended it."""
        if self._is_open:
            self._ended.emit(reply)

    @Slot()
    def _on_gone(self) -> None:
        self._is_open = False

    @Slot(object)
    def _on_ended(self, reply: _Reply) -> None:
        self.open_count -= 1
        try:
            if _is_awaited(reply):
                _deliver(reply)
        finally:
            self.settled.emit()


def _is_awaited(reply: _Reply) -> bool:
    """Say whether whoever asked is still there: a screen goes with the family file that it showed."""
    import shiboken6  # there by now: the lock screen itself is painted without

    asker = getattr(reply.on_done, "__self__", None)
    return not isinstance(asker, QObject) or shiboken6.isValid(asker)


def _deliver(reply: _Reply) -> None:
    from concurrent.futures import CancelledError  # there by now: the lock screen itself is painted without

    try:
        result = reply.future.result(timeout=0)
    except CancelledError:
        return
    except SfError as error:
        reply.on_error(error)
        return
    except Exception as bug:  # noqa: BLE001  # a bug must not leave the person before a dead button
        log.error("reply_failed kind=%s", type(bug).__name__)  # no traceback: it may hold what was typed
        reply.on_error(unexpected(bug))
        return
    reply.on_done(result)


class _Back:
    """What a future calls when it ends."""

    def __init__(self, replies: Replies, on_done: Callable[[Any], None], on_error: Callable[[SfError], None]) -> None:
        self._replies, self._on_done, self._on_error = replies, on_done, on_error

    def __call__(self, future: Future[Any]) -> None:
        self._replies.end(_Reply(future, self._on_done, self._on_error))


def unexpected(bug: BaseException | None = None) -> SfError:
    """Say of a bug what a person needs to know, keeping its cause for the report."""
    error = SfError(
        "unexpected",
        "Something went wrong in the program",
        "What you typed is still here. Try again; if it happens again, report it: no personal details are needed.",
        Retry.NOW,
    )
    error.__cause__ = bug
    return error
