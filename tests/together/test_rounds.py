"""The rules of docs/sync.md that a single round keeps, against a real council."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.sync import load
from sf_desktop.sync import round as rounds
from sf_desktop.sync.failures import AnswerError, failed
from sf_desktop.sync.round import Ran
from sf_record.events import Event
from sf_record.wire.rounds import PROTOCOL, RoundAnswer, RoundRequest
from tests.builders.laptops import Laptop
from tests.builders.towns import Town

CUTS = 40


class WatchedLedger(VaultLedger):
    """Says in which order things are asked of it."""

    def __init__(self, laptop: Laptop) -> None:
        super().__init__(laptop.vault, laptop.clock)
        self.calls: list[str] = []

    def apply(self, answer: RoundAnswer) -> Any:
        self.calls.append("apply")
        return super().apply(answer)

    def apply_pull(self, records, raw, ends, only: Mapping[str, frozenset[str]]) -> Any:
        self.calls.append("apply_pull")
        return Waited(self, super().apply_pull(records, raw, ends, only))

    def reopen(self, families: Collection[str]) -> None:
        self.calls.append("reopen")
        super().reopen(families)


class Waited:
    """A pending batch that says when it is waited for."""

    def __init__(self, ledger: WatchedLedger, inner: Any) -> None:
        self._ledger, self._inner = ledger, inner

    def done(self) -> bool:
        return bool(self._inner.done())

    def result(self, timeout: float | None = None) -> Any:
        self._ledger.calls.append("waited")
        return self._inner.result(timeout)


class WatchedCouncil:
    """Passes everything on, and keeps what was asked; a test may put something in between."""

    def __init__(self, laptop: Laptop, ledger: WatchedLedger | None = None) -> None:
        self.session, self.ledger = laptop.session, ledger
        self.asked: list[RoundRequest] = []
        self.answers: list[RoundAnswer] = []

    def round(self, request: RoundRequest) -> RoundAnswer:
        self.asked.append(request)
        if self.ledger is not None:
            self.ledger.calls.append("round")
        answer = self.session.round(request)
        self.answers.append(answer)
        return answer

    def pull(self, request: Any) -> Any:
        if self.ledger is not None:
            self.ledger.calls.append("pull")
        for line in self.session.pull(request):
            if self.ledger is not None and self.ledger.calls[-1] != "line":
                self.ledger.calls.append("line")
            yield line


def watched(laptop: Laptop) -> tuple[Ran, WatchedLedger, WatchedCouncil]:
    ledger = WatchedLedger(laptop)
    council = WatchedCouncil(laptop, ledger)
    return rounds.run(ledger, council), ledger, council


def test_a_first_load_fills_an_empty_laptop(town: Town) -> None:
    worker = town.laptop()
    ran, ledger, _ = watched(worker)
    assert ledger.calls[:4] == ["round", "apply", "pull", "line"]
    assert ran.received == len(worker.held()) > 0
    assert worker.ledger.place().position == ran_position(worker)


def ran_position(worker: Laptop) -> str:
    return worker.session.round(RoundRequest(protocol=PROTOCOL, position="", config=0)).position


def test_a_page_goes_up_and_its_receipts_come_back(town: Town) -> None:
    worker = town.loaded()
    ids = [worker.note(f"Note {number}.") for number in range(3)]
    ran, ledger, council = watched(worker)
    assert [each.record_id for each in council.asked[0].events] == ids
    assert (ran.sent, ledger.calls) == (3, ["round", "apply"])
    assert all(each.receipt_seq and each.receipt_at for each in worker.events())


def test_an_answer_is_applied_once_and_whole(town: Town) -> None:
    worker = town.loaded()
    record_id = worker.note("Once.")
    _, _, council = watched(worker)
    before = worker.held()
    applied = worker.ledger.apply(council.answers[0])
    assert not applied.differing
    assert worker.held() == before
    assert worker.record(record_id).seq > 0


def test_a_round_with_nothing_to_say_is_small(town: Town) -> None:
    worker = town.loaded()
    with town.network.counted() as traffic:
        worker.round()
    assert traffic.requests == 1
    assert 0 < traffic.up < 1_024
    assert 0 < traffic.down < 1_024


def test_outcomes_wait_for_the_answer_that_brings_their_records(town: Town) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    theirs = supervisor.note("From the supervisor.")
    supervisor.round()
    mine = worker.note("From the worker.")
    _, ledger, council = watched(worker)
    assert [answer.cursors_wanted for answer in council.answers] == [True, False]
    assert [len(request.events) for request in council.asked] == [1, 0]
    assert ledger.calls == ["round", "round", "apply"]
    assert worker.find(theirs) is not None
    assert worker.record(mine).seq > 0


def test_an_event_held_without_a_receipt_is_sent_once_in_a_run(town: Town) -> None:
    worker = town.loaded()
    record_id = worker.note("First.")
    worker.change(record_id, text="Second.")
    first = worker.events()[0].event.id
    worker.do(lambda office: office.connection.execute("UPDATE outbox SET state = 'away' WHERE id = ?", (first,)))
    _, _, council = watched(worker)
    assert [len(request.events) for request in council.asked] == [1]
    assert len(worker.waiting()) == 1


def test_a_receipt_ahead_of_its_record_hides_nothing(town: Town) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    for number in range(600):
        supervisor.note(f"Note {number}.")
    supervisor.round()
    mine = worker.note("Mine, behind six hundred others.")
    council = WatchedCouncil(worker)
    with pytest.raises(AnswerError), town.network.offline():
        rounds.run(OfflineAfterOne(worker, town), council)
    assert worker.record(mine).body["text"] == "Mine, behind six hundred others."
    worker.round()
    assert worker.record(mine).seq > 600


class OfflineAfterOne(WatchedLedger):
    """Asked with a network for the first answer only."""

    def __init__(self, laptop: Laptop, town: Town) -> None:
        super().__init__(laptop)
        laptop.transport.address = town.council.url
        self._laptop, self._town = laptop, town

    def apply(self, answer: RoundAnswer) -> Any:
        assert answer.more
        self._laptop.transport.address = self._town.network.address
        return super().apply(answer)


def test_the_outbox_goes_before_a_large_pull(town: Town) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    for number in range(600):
        supervisor.note(f"Note {number}.")
    supervisor.round()
    worker.note("Mine.")
    _, ledger, council = watched(worker)
    assert len(council.asked[0].events) == 1
    assert ledger.calls.index("pull") > ledger.calls.index("apply")
    supervisor.round()
    assert len(worker.held()) == len(supervisor.held())


def test_the_next_lines_are_read_while_a_batch_is_stored(town: Town) -> None:
    worker = town.loaded()
    town.council.seed(6, records_per_family=500, seed=5)
    _, ledger, _ = watched(worker)
    assert ledger.calls.count("apply_pull") >= 3
    first = ledger.calls.index("apply_pull")
    assert ledger.calls[first : first + 3] == ["apply_pull", "line", "waited"]


class Storing(WatchedLedger):
    """Says of every batch whether it is stored already, until it is waited for, and how large each was."""

    def __init__(self, laptop: Laptop, *, is_done: bool) -> None:
        super().__init__(laptop)
        self.sizes: list[int] = []
        self._is_done = is_done

    def apply_pull(self, records, raw, ends, only: Mapping[str, frozenset[str]]) -> Any:
        self.sizes.append(len(records))
        return Said(self, VaultLedger.apply_pull(self, records, raw, ends, only), self._is_done)


class Said(Waited):
    """A pending batch that is done when somebody says so."""

    def __init__(self, ledger: WatchedLedger, inner: Any, is_done: bool) -> None:
        super().__init__(ledger, inner)
        self._is_done = is_done

    def done(self) -> bool:
        return self._is_done


@pytest.mark.parametrize(("is_done", "sizes"), [(True, [100, 100, 100, 100]), (False, [100, 300])])
def test_on_an_empty_laptop_a_batch_grows_while_the_one_before_is_stored(
    town: Town, is_done: bool, sizes: list[int]
) -> None:
    town.council.seed(6, records_per_family=100, seed=5)
    worker = town.laptop()
    ledger = Storing(worker, is_done=is_done)
    loaded = load.load(ledger, WatchedCouncil(worker), load.Watch(), load.Sizes(100, 4_000_000, 300, 4_000_000))
    assert ledger.sizes[: len(sizes)] == sizes
    assert sum(ledger.sizes) == loaded.records == len(worker.held())


def test_a_different_digest_heals_itself(town: Town) -> None:
    worker = town.loaded()
    before = worker.held()
    some = sorted(before)[-3:]
    for record_id in some:
        worker.do(lambda office, each=record_id: office.connection.execute("DELETE FROM record WHERE id = ?", (each,)))
    worker.note("A reason to compare.", worker.families()[0])
    worker.note("Another.", worker.families()[1])
    ran = worker.round()
    assert not ran.differing
    assert set(before) <= set(worker.held())
    assert not worker.waiting()


def test_pulling_again_keeps_what_waits(town: Town) -> None:
    worker = town.loaded()
    mine = worker.note("Waits while everything is pulled again.")
    worker.ledger.reopen(worker.families())
    with pytest.raises(AnswerError), town.network.offline():
        worker.round()
    assert worker.record(mine).body["text"] == "Waits while everything is pulled again."
    worker.round()
    assert worker.record(mine).body["text"] == "Waits while everything is pulled again."
    assert not worker.waiting()


class WrongDigests(WatchedCouncil):
    """Says of every family file that it is another than it is."""

    def round(self, request: RoundRequest) -> RoundAnswer:
        answer = super().round(replace(request, position="", cursors={}))
        return replace(answer, families=tuple(replace(each, digest="0" * 32) for each in answer.families))

    def pull(self, request: Any) -> Any:
        for line in super().pull(request):
            yield re.sub(rb'"digest":"\w+"', b'"digest":"' + b"0" * 32 + b'"', line)


def test_a_difference_that_does_not_heal_is_reported_once(town: Town) -> None:
    worker = town.loaded()
    before = worker.held()
    for _ in range(2):
        ledger = WatchedLedger(worker)
        ran = rounds.run(ledger, WrongDigests(worker, ledger))
        assert ran.differing == worker.families()
        assert ledger.calls.count("reopen") == 1
        assert worker.held() == before
    assert not worker.round().differing


class Picky(WatchedCouncil):
    """A proxy that refuses every page with certain events in it, as a whole."""

    def __init__(self, laptop: Laptop, bad: Sequence[str], code: str, status: int) -> None:
        super().__init__(laptop)
        self._bad, self._code, self._status = frozenset(bad), code, status

    def round(self, request: RoundRequest) -> RoundAnswer:
        if any(each.id in self._bad for each in request.events):
            self.asked.append(request)
            raise failed(self._code, status=self._status)
        return super().round(request)


@pytest.mark.parametrize(("code", "status"), [("content_refused", 422), ("council_away", 500)])
def test_one_poisoned_event_does_not_block_the_rest(town: Town, code: str, status: int) -> None:
    worker = town.loaded()
    for number in range(20):
        worker.note(f"Note {number}.")
    events: list[Event] = [each.event for each in worker.events()]
    council = Picky(worker, [events[3].id, events[17].id], code, status)
    rounds.run(worker.ledger, council)
    assert not worker.waiting()
    assert [each.event.id for each in worker.events() if each.state == "needs_you"] == [events[3].id, events[17].id]
    assert len([each for each in worker.events() if each.receipt_at]) == 18
    assert len(council.asked) < 40


def test_a_council_that_is_down_sets_nothing_aside(town: Town) -> None:
    worker = town.loaded()
    for number in range(20):
        worker.note(f"Note {number}.")

    class Down(WatchedCouncil):
        def round(self, request: RoundRequest) -> RoundAnswer:
            self.asked.append(request)
            raise failed("council_away", status=500)

    council = Down(worker)
    with pytest.raises(AnswerError):
        rounds.run(worker.ledger, council)
    assert len(worker.waiting()) == 20
    assert len(council.asked) == 2


def test_a_cut_anywhere_in_a_round_is_applied_exactly_once(town: Town, run_count) -> None:
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    ids = []
    with town.network.counted() as traffic:
        ids.append(worker.note("Measured."))
        worker.round()
    wanted = run_count(CUTS, traffic.up + traffic.down)
    for number in range(wanted):
        is_up = number % 2 == 0
        length = traffic.up if is_up else traffic.down
        after = length * number // wanted
        ids.append(worker.note(f"Cut {number}."))
        with town.network.cut(up=after if is_up else None, down=None if is_up else after):
            worker.try_round()
        worker.connect()
        worker.round()
        assert not worker.waiting(), (number, after)
    supervisor.round()
    assert all(supervisor.find(each) is not None for each in ids)
    assert all(len(supervisor.session.history(worker.families()[0], each)) == 1 for each in ids)
    assert worker.held() == supervisor.held()
