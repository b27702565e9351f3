"""The wire thread: runs rounds when they are due, tells how they went, and stops promptly."""

from __future__ import annotations

import logging
import threading
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sf_desktop import wording
from sf_desktop.clock import Clock
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.load import Progress, Watch
from sf_desktop.sync.pace import Pace, Plan
from sf_desktop.sync.ports import Changes
from sf_desktop.sync.round import Ran
from sf_record.errors import SfError

_LOG = logging.getLogger("sf_desktop.sync")
STOP_S = 2.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wire:
    """How the wire stands. ``error`` is why the last round failed; ``heard_at`` the council's time of the last that
    did not (moment text); ``progress`` says how far a load is; ``differing`` counts family files that did not heal.
    """

    is_busy: bool = False
    heard_at: str = ""
    error: SfError | None = None
    progress: Progress | None = None
    differing: int = 0


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told, on the wire thread: hand it on and return."""

    on_wire: Callable[[Wire], None] = lambda _: None
    on_changes: Callable[[Changes], None] = lambda _: None
    on_part: Callable[[float | None], None] = lambda _: None  # how much of the vault is written anew, on its thread


class Spare(Protocol):
    """Work for the time between rounds, in short steps: a round that is due never waits for more than one of them."""

    def begin(self) -> None:
        """A round has succeeded: there may be something to do."""
        ...

    def step(self) -> bool:
        """Do one step; False where there is nothing to do until the next round."""
        ...


class Scheduler:
    """Runs ``work`` (one run of rounds) on a thread of its own. Every method may be called from any thread.

    ``abort`` breaks off what ``work`` is waiting for. A run that is told to stop raises, and the next one repeats it.
    """

    def __init__(
        self,
        work: Callable[[Watch], Ran],
        clock: Clock,
        dice: Callable[[], float],
        listener: Listener,
        *,
        abort: Callable[[], None] = lambda: None,
        spare: Spare | None = None,
    ) -> None:
        self._work, self._clock, self._listener, self._abort = work, clock, listener, abort
        self._changed = threading.Condition()
        self._plan = Plan(Pace(), dice, clock.monotonic())
        self._wire = Wire()
        self._stops = self._cancels = self._gives_way = False
        self._spare, self._has_spare = spare, False
        self._errands: deque[tuple[Callable[[], Any], Future[Any]]] = deque()
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)

    @property
    def wire(self) -> Wire:
        """How the wire stands now."""
        return self._wire

    def start(self) -> None:
        """Begin; the first round is due at once."""
        self._thread.start()

    def saved(self) -> None:
        """Something was saved."""
        self._tell(self._plan.saved)

    def ask(self) -> None:
        """Somebody wants a round now."""
        self._tell(self._plan.asked)

    def ask_first(self) -> None:
        """A concern was signed: a round at once. One under way breaks off at its next step, and goes on after it."""
        with self._changed:
            self._gives_way = True
            self._plan.asked_first(self._clock.monotonic())
            self._changed.notify_all()

    def signed_in(self) -> None:
        """Somebody signed in again."""
        self._tell(self._plan.signed_in)

    def do(self, errand: Callable[[], T]) -> Future[T]:
        """Run something else that needs the council (signing in, a record's history) on this thread, between rounds."""
        future: Future[T] = Future()
        with self._changed:
            if self._stops:
                future.cancel()
                return future
            self._errands.append((errand, future))
            self._changed.notify_all()
        return future

    def cancel(self) -> None:
        """Stop the run under way, if there is one; rounds go on at their next time."""
        self._cancels = True

    def stop(self, timeout_s: float = STOP_S) -> bool:
        """Stop for good; True if the thread has ended in time. It is left behind otherwise, and harms nothing."""
        with self._changed:
            self._stops = True
            left = [future for _, future in self._errands]
            self._errands.clear()
            self._changed.notify_all()
        for future in left:
            future.cancel()
        self._abort()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _tell(self, happened: Callable[[float], None]) -> None:
        with self._changed:
            happened(self._clock.monotonic())
            self._changed.notify_all()

    def _run(self) -> None:
        while (work := self._next()) is not None:
            work()

    def _next(self) -> Callable[[], None] | None:
        """Wait for what is to be done next: an errand, a round that is due, a step between rounds; None at the end."""
        with self._changed:
            while not self._stops:
                if self._errands:
                    return partial(_run_errand, *self._errands.popleft())
                wait_s = self._plan.wait_s(self._clock.monotonic())
                if wait_s == 0.0:
                    self._plan.began()
                    self._cancels = self._gives_way = False
                    return self._do_round
                if self._has_spare:
                    return self._do_spare
                self._changed.wait(wait_s)
            return None

    def _do_round(self) -> None:
        self._say(replace(self._wire, is_busy=True, progress=None))
        try:
            ran = self._work(Watch(self._on_progress, self._should_stop))
        except AnswerError as error:
            if error.code == "stopped" and self._gives_way and not self._cancels:
                self._say(replace(self._wire, is_busy=False, progress=None))
            else:
                self._failed(error.failure.error, error.failure.wait_s)
        except SfError as error:
            self._failed(error, 0.0)
        except Exception as error:  # noqa: BLE001 - a bug ends the round, not the wire: named without its data
            _LOG.error("round_bug class=%s module=%s line=%d", type(error).__name__, *_place(error))
            self._failed(wording.error("bug"), 0.0)
        else:
            self._succeeded(ran)

    def _do_spare(self) -> None:
        """Do one step between rounds; what goes wrong there is tried again after the next round."""
        assert self._spare is not None
        try:
            self._has_spare = self._spare.step()
        except (AnswerError, SfError) as error:
            self._has_spare = False
            _LOG.info("spare_failed code=%s", error.code)
        except Exception as error:  # noqa: BLE001 - a bug ends the step, not the wire: named without its data
            self._has_spare = False
            _LOG.error("spare_bug class=%s module=%s line=%d", type(error).__name__, *_place(error))

    def _succeeded(self, ran: Ran) -> None:
        with self._changed:
            self._plan.succeeded(self._clock.monotonic())
        if self._spare is not None:
            self._spare.begin()
            self._has_spare = True
        for changes in ran.changes:
            self._listener.on_changes(changes)
        self._say(Wire(heard_at=ran.at, differing=len(ran.differing)))

    def _failed(self, error: SfError, wait_s: float) -> None:
        with self._changed:
            self._plan.failed(self._clock.monotonic(), error.retry, wait_s)
        _LOG.info("round_failed code=%s failures=%d", error.code, self._plan.failures)
        self._say(replace(self._wire, is_busy=False, error=error, progress=None))

    def _on_progress(self, progress: Progress) -> None:
        self._say(replace(self._wire, progress=progress))

    def _should_stop(self) -> bool:
        return self._stops or self._cancels or self._gives_way

    def _say(self, wire: Wire) -> None:
        self._wire = wire
        if not self._stops:
            self._listener.on_wire(wire)


def _run_errand(errand: Callable[[], Any], future: Future[Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(errand())
    except AnswerError as error:
        future.set_exception(error.failure.error)
    except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
        future.set_exception(error)


def _place(error: BaseException) -> tuple[str, int]:
    """Return where it was raised, spelled as the log takes it (see log.py)."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return Path(frame.filename).stem, frame.lineno or 0
