"""The one bridge from the window to the verbs: asks in the GUI thread, answers in the GUI thread, never waits."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, TypeVarTuple, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.office import Office
from sf_desktop.ui.kit.replies import unexpected
from sf_record.errors import SfError

log = logging.getLogger(__name__)
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Runner(Protocol):
    """Runs a verb on the vault thread, in one transaction; it gives the verb its first argument, the office."""

    def submit(self, verb: Callable[[Office, *Ts], T], /, *args: *Ts) -> Future[T]: ...


@runtime_checkable
class Changes(Protocol):
    """What a verb changed, as `ops` says it."""

    @property
    def kinds(self) -> frozenset[str]: ...
    @property
    def ids(self) -> frozenset[str]: ...
    @property
    def families(self) -> frozenset[str]: ...


class Request:
    """One question on its way. `cancel` drops the answer, and the question too if nobody has begun with it."""

    def __init__(
        self, future: Future[Any], on_done: Callable[[Any], None], on_error: Callable[[SfError], None] | None
    ) -> None:
        self._future = future
        self._on_done = weakref.WeakMethod(on_done)
        self._on_error = weakref.WeakMethod(on_error) if on_error is not None else None
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True
        self._future.cancel()

    def receiver(self, *, failed: bool) -> Callable[[Any], None] | None:
        """Who wants the answer, if they still live."""
        wanted = self._on_error if failed else self._on_done
        method = wanted() if wanted is not None else None
        if self.is_cancelled or method is None or not shiboken6.isValid(method.__self__):  # type: ignore[union-attr]
            return None
        return method

    @property
    def has_error_receiver(self) -> bool:
        return self._on_error is not None


@dataclass(frozen=True, slots=True)
class _Answer:
    request: Request
    future: Future[Any]


class Desk(QObject):
    """Asks verbs and announces what changed.

    `changed(Changes)` once per verb that wrote, after its own receiver; `begun` when a draft was begun or gone on with,
    of which no list is told; `status_changed(StatusWords)` when the truth about saving and sending is different;
    `failed(SfError)` for an error that nobody asked for; `locked` when the program is about to lock; `quiet` whenever
    the last open question has been answered.
    """

    changed = Signal(object)
    begun = Signal()
    status_changed = Signal(object)
    failed = Signal(object)
    locked = Signal()
    quiet = Signal()
    _answered = Signal(object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._open: set[Request] = set()
        self._is_closed = False
        # Futures end in the vault thread: only a queued signal brings them here.
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    @property
    def is_quiet(self) -> bool:
        """Whether every question has been answered."""
        return not self._open

    def ask(
        self,
        verb: Callable[[Office, *Ts], T],
        *args: *Ts,
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[SfError], None] | None = None,
        instead_of: Request | None = None,
    ) -> Request:
        """Run `verb(office, *args)` on the vault thread; answer `on_done(result)` or `on_error(SfError)` here.

        Both must be bound methods of QObjects of the GUI thread, decorated @Slot(object); they are held weakly, and
        not called once their object is gone. Without `on_error` an error comes as `failed`. An answer to what this
        is asked `instead_of` is not wanted any more. The type checker holds `args` against the verb's parameters, and
        the verb's result against what `on_done` takes: hand on the verb itself, never a lambda around it.
        """
        if instead_of is not None:
            instead_of.cancel()
        done = on_done if on_done is not None else self._on_nobody
        for method in (done, on_error):
            _require_method(method)
        request = Request(self._runner.submit(verb, *args), done, on_error)
        self._open.add(request)
        request._future.add_done_callback(_Return(self, request))  # noqa: SLF001  # its own half of the bridge
        return request

    def announce(self, changes: Changes) -> None:
        """Tell the screens of changes that came from elsewhere (a round). Call it in the GUI thread."""
        self.changed.emit(changes)

    def close(self) -> None:
        """Let go of every open question; answers that still arrive are dropped.

        What was asked is done all the same: behind a slow vault there may be a save that nobody has begun with yet.
        """
        self._is_closed = True
        for request in self._open:
            request.is_cancelled = True
        self._open.clear()

    def report(self, request: Request, future: Future[Any]) -> None:
        """Take a future that has ended, from whichever thread ended it."""
        if not self._is_closed:
            self._answered.emit(_Answer(request, future))

    @Slot(object)
    def _on_answered(self, answer: _Answer) -> None:
        self._open.discard(answer.request)
        try:
            self._deliver(answer)
        finally:
            if not self._open:
                self.quiet.emit()

    def _deliver(self, answer: _Answer) -> None:
        try:
            result = answer.future.result(timeout=0)
        except CancelledError:
            return
        except SfError as error:
            self._deliver_error(answer.request, error)
            return
        except Exception as bug:  # noqa: BLE001  # whatever the verb raised, the person must hear of it and the window must live on
            log.error("verb_failed kind=%s", type(bug).__name__)
            self._deliver_error(answer.request, unexpected(bug))
            return
        try:
            if (receiver := answer.request.receiver(failed=False)) is not None:
                receiver(result)
        finally:
            if (changes := _changes_of(result)) is not None:
                self.changed.emit(changes)
            elif isinstance(result, Draft):
                self.begun.emit()

    def _deliver_error(self, request: Request, error: SfError) -> None:
        if (receiver := request.receiver(failed=True)) is not None:
            receiver(error)
        elif not request.has_error_receiver:
            self.failed.emit(error)

    @Slot(object)
    def _on_nobody(self, _result: object) -> None:
        """Nobody waits for the answer."""


class Repeated(QObject, Generic[*Ts]):
    """One verb that is asked again and again, whenever something may have changed: never two questions at once.

    `answered(result)` or `failed(SfError)` comes of it. What is asked for otherwise while a question is open is asked
    next, and the answer that it has overtaken is dropped.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, verb: Callable[[Office, *Ts], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._verb = desk, verb
        self._open: tuple[*Ts] | None = None
        self._next: tuple[*Ts] | None = None

    def ask(self, *args: *Ts) -> None:
        """Ask it about this, unless that is being asked already."""
        if self._open is None:
            self._open = args
            self._desk.ask(self._verb, *args, on_done=self._on_done, on_error=self._on_error)
        else:
            self._next = args if args != self._open else None

    @Slot(object)
    def _on_done(self, result: object) -> None:
        if not self._go_on():
            self.answered.emit(result)

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        if not self._go_on():
            self.failed.emit(error)

    def _go_on(self) -> bool:
        """Ask what was asked for meanwhile; False where nothing was."""
        wanted, self._open, self._next = self._next, None, None
        if wanted is not None:
            self.ask(*wanted)
        return wanted is not None


class _Return:
    """What a future calls when it ends, in the vault thread."""

    def __init__(self, desk: Desk, request: Request) -> None:
        self._desk, self._request = desk, request

    def __call__(self, future: Future[Any]) -> None:
        self._desk.report(self._request, future)


def _require_method(method: Callable[..., Any] | None) -> None:
    if method is not None and not isinstance(getattr(method, "__self__", None), QObject):
        raise TypeError("on_done and on_error must be bound methods of a QObject")


def _changes_of(result: object) -> Changes | None:
    found = getattr(result, "changes", result)
    return found if isinstance(found, Changes) and (found.ids or found.kinds or found.families) else None
