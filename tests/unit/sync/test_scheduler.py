"""The wire thread: real thread, frozen clock; every wait is for an event with a time limit."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sf_desktop.clock import SystemClock
from sf_desktop.log import plain
from sf_desktop.sync.failures import AnswerError, failed
from sf_desktop.sync.load import Progress, Watch
from sf_desktop.sync.pace import Pace
from sf_desktop.sync.round import Ran
from sf_desktop.sync.scheduler import Listener, Scheduler, Wire
from sf_desktop.sync.transport import Patience, Question, Transport
from sf_record.wire.rounds import Greeting
from tests.fakes.clock import FrozenClock
from tests.fakes.network import Network

PATIENCE_S = 20.0


class Work:
    """Rounds that do what a test says, one instruction each, and say when they begin."""

    def __init__(self) -> None:
        self.began: queue.Queue[Watch] = queue.Queue()
        self.next: queue.Queue[object] = queue.Queue()

    def __call__(self, watch: Watch) -> Ran:
        self.began.put(watch)
        told = self.next.get(timeout=PATIENCE_S)
        if isinstance(told, Exception):
            raise told
        assert isinstance(told, Ran)
        return told


class Bench:
    """A scheduler on a bench."""

    def __init__(self) -> None:
        self.clock, self.work = FrozenClock(), Work()
        self.said: queue.Queue[Wire] = queue.Queue()
        self.changes: queue.Queue[object] = queue.Queue()
        listener = Listener(self.said.put, self.changes.put)
        self.scheduler = Scheduler(self.work, self.clock, lambda: 1.0, listener)
        self.scheduler.start()

    def began(self) -> Watch:
        return self.work.began.get(timeout=PATIENCE_S)

    def ends(self, told: object) -> Wire:
        """End the round under way, and return what was said of it."""
        self.work.next.put(told)
        while (wire := self.said.get(timeout=PATIENCE_S)).is_busy:
            pass
        return wire

    def forward(self, seconds: float) -> None:
        self.clock.forward(seconds)
        self.scheduler.do(lambda: None)  # an errand wakes the thread, which then looks at the clock

    def is_quiet(self) -> bool:
        """Say whether no round begins: an errand, which is run first or after, has passed through the thread."""
        self.scheduler.do(lambda: None).result(PATIENCE_S)
        return self.work.began.empty()


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.work.next.put(Ran())
    assert bench.scheduler.stop(PATIENCE_S)


def test_rounds_come_after_unlocking_after_saves_and_now_and_then(bench: Bench) -> None:
    bench.began()
    assert bench.ends(Ran(at="2026-03-02T09:00:00.000000Z")).heard_at
    bench.scheduler.saved()
    assert bench.is_quiet()
    bench.forward(Pace().after_save_s)
    bench.began()
    bench.ends(Ran())
    bench.forward(Pace().every_s)
    bench.began()
    bench.ends(Ran())
    bench.scheduler.ask()
    bench.began()


def test_a_failure_is_said_and_waited_for(bench: Bench) -> None:
    bench.began()
    wire = bench.ends(failed("offline"))
    assert wire.error is not None
    assert (wire.error.code, wire.is_busy) == ("offline", False)
    bench.scheduler.saved()
    bench.forward(4.9)
    assert bench.is_quiet()
    bench.forward(0.2)
    bench.began()
    assert bench.ends(Ran(at="2026-03-02T09:00:05.000000Z")).error is None


def test_a_refused_sign_in_stops_until_somebody_signs_in(bench: Bench) -> None:
    bench.began()
    bench.ends(failed("sign_in_expired"))
    bench.scheduler.ask()
    bench.forward(3_600)
    assert bench.is_quiet()
    bench.scheduler.signed_in()
    bench.began()


def test_a_bug_in_a_round_does_not_end_the_wire(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.began()
    wire = bench.ends(KeyError("Pretend family Alder"))
    assert wire.error is not None
    assert wire.error.code == "bug"
    assert "KeyError" in caplog.text
    assert "Alder" not in caplog.text
    (told,) = (each for each in caplog.records if each.getMessage().startswith("round_bug"))
    assert plain(told) is told  # the log takes it as it is
    bench.forward(5)
    bench.began()


def test_changes_are_told_once(bench: Bench) -> None:
    bench.began()
    bench.ends(Ran(changes=("one", "two")))  # type: ignore[arg-type]
    assert [bench.changes.get(timeout=1), bench.changes.get(timeout=1)] == ["one", "two"]
    assert bench.changes.empty()


def test_progress_is_said_and_gone_afterwards(bench: Bench) -> None:
    bench.began().on_progress(Progress(1, 2))
    while (wire := bench.said.get(timeout=PATIENCE_S)).progress is None:
        assert wire.is_busy
    assert bench.ends(Ran()).progress is None


def test_a_run_can_be_cancelled(bench: Bench) -> None:
    watch = bench.began()
    watch.step()
    bench.scheduler.cancel()
    with pytest.raises(AnswerError):
        watch.step()
    bench.ends(failed("stopped"))


def test_a_round_under_way_gives_way_to_a_concern_and_goes_on_after_it(bench: Bench) -> None:
    watch = bench.began()
    bench.ends(failed("offline"))
    bench.scheduler.ask()
    watch = bench.began()
    assert not watch.should_stop()
    bench.scheduler.ask_first()
    assert watch.should_stop()
    wire = bench.ends(failed("stopped"))
    assert wire.error is not None
    assert wire.error.code == "offline"  # breaking off is no failure of its own, and takes nothing back
    again = bench.began()
    assert not again.should_stop()
    assert bench.ends(Ran(at="2026-03-02T09:00:00.000000Z")).error is None
    assert bench.is_quiet()


def test_errands_bring_their_answers_and_errors(bench: Bench) -> None:
    bench.began()
    bench.ends(Ran())
    assert bench.scheduler.do(lambda: 7).result(PATIENCE_S) == 7

    def refuse() -> None:
        raise failed("sign_in_refused")

    error = bench.scheduler.do(refuse).exception(PATIENCE_S)
    assert error is not None
    assert getattr(error, "code", "") == "sign_in_refused"


def test_after_the_end_nothing_is_taken(bench: Bench) -> None:
    bench.began()
    bench.work.next.put(Ran())
    assert bench.scheduler.stop(PATIENCE_S)
    assert bench.scheduler.do(lambda: 1).cancelled()
    bench.scheduler.saved()
    bench.scheduler.ask()


def test_closing_is_prompt_while_the_council_hangs() -> None:
    network = Network(9)
    clock = SystemClock()
    transport = Transport(
        network.address, clock, lambda: datetime.now(UTC), lambda size: b"n" * size, patience=Patience(60, 60, 60)
    )
    asked = threading.Event()

    def work(_watch: Watch) -> Ran:
        asked.set()
        transport.ask(Question("GET", "/v1/greeting", Greeting))
        return Ran()

    scheduler = Scheduler(work, clock, lambda: 1.0, Listener(), abort=transport.abort)
    with network.hanging():
        scheduler.start()
        assert asked.wait(PATIENCE_S)
        while not network.traffic.requests:
            asked.wait(0.001)
        began = time.monotonic()
        assert scheduler.stop()
        assert time.monotonic() - began < 2
    transport.close()
    network.close()


class Spare:
    """Work between rounds that waits for a test before each step."""

    def __init__(self) -> None:
        self.began: queue.Queue[str] = queue.Queue()
        self.next: queue.Queue[object] = queue.Queue()

    def begin(self) -> None:
        self.began.put("begin")

    def step(self) -> bool:
        self.began.put("step")
        told = self.next.get(timeout=PATIENCE_S)
        if isinstance(told, Exception):
            raise told
        return bool(told)


def test_a_round_waits_for_one_step_between_at_most() -> None:
    clock, work, spare = FrozenClock(), Work(), Spare()
    scheduler = Scheduler(work, clock, lambda: 1.0, Listener(), spare=spare)
    scheduler.start()
    work.began.get(timeout=PATIENCE_S)
    work.next.put(Ran())
    assert [spare.began.get(timeout=PATIENCE_S) for _ in range(2)] == ["begin", "step"]
    scheduler.ask()
    spare.next.put(True)
    work.began.get(timeout=PATIENCE_S)
    assert spare.began.empty(), "there was more to carry, and the round went first"
    work.next.put(Ran())
    assert [spare.began.get(timeout=PATIENCE_S) for _ in range(2)] == ["begin", "step"]
    spare.next.put(False)
    scheduler.do(lambda: None).result(PATIENCE_S)
    assert spare.began.empty(), "nothing is left until the next round"
    assert scheduler.stop(PATIENCE_S)


def test_what_goes_wrong_between_rounds_ends_neither_round_nor_wire() -> None:
    clock, work, spare = FrozenClock(), Work(), Spare()
    scheduler = Scheduler(work, clock, lambda: 1.0, Listener(), spare=spare)
    scheduler.start()
    for wrong in (failed("offline"), RuntimeError("pretend bug")):
        work.began.get(timeout=PATIENCE_S)
        work.next.put(Ran())
        assert [spare.began.get(timeout=PATIENCE_S) for _ in range(2)] == ["begin", "step"]
        spare.next.put(wrong)
        scheduler.do(lambda: None).result(PATIENCE_S)
        assert scheduler.wire.error is None
        scheduler.ask()
    work.began.get(timeout=PATIENCE_S)
    work.next.put(Ran())
    spare.next.put(False)
    assert scheduler.stop(PATIENCE_S)
