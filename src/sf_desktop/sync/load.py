"""Fetches many records as one stream: each batch stored in one transaction while the next lines are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sf_desktop.sync import bodies
from sf_desktop.sync.checks import check_record, check_state
from sf_desktop.sync.failures import AnswerError, failed
from sf_desktop.sync.ports import Applied, Changes, Council, Ledger, Pending
from sf_record.record import Record
from sf_record.wire.rounds import PROTOCOL, FamilyState, PullEnd, PullRequest

MANY_RECORDS = 2_000  # from here on the vault is told that many come
_END = b'{"end":'


@dataclass(frozen=True, slots=True)
class Sizes:
    """From how many records or bytes a batch is handed over: to a vault that has time, and at the most."""

    records: int = 500
    size_bytes: int = 4_000_000
    most_records: int = 500
    most_bytes: int = 4_000_000


PAGE = Sizes()
# On an empty laptop nobody waits for the vault: a batch grows as long as the one before is being stored, because each
# writes the same pages of the tables again.
FIRST = Sizes(2_000, 4_000_000, 8_000, 16_000_000)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is. ``families_total`` is 0 where nobody knows."""

    families: int = 0
    families_total: int = 0
    records: int = 0
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: told of progress, and asked before each step whether to stop."""

    on_progress: Callable[[Progress], None] = lambda _: None
    should_stop: Callable[[], bool] = lambda: False
    families_expected: int = 0

    def step(self) -> None:
        """Raise ``stopped`` where somebody wants an end."""
        if self.should_stop():
            raise failed("stopped")


@dataclass(slots=True)
class Loaded:
    """What a stream brought."""

    records: int = 0
    families: int = 0
    differing: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    records: list[Record] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    ends: list[FamilyState] = field(default_factory=list)
    only: dict[str, frozenset[str]] = field(default_factory=dict)
    size_bytes: int = 0

    def has(self, records: int, size_bytes: int) -> bool:
        """Say whether it has so many records or bytes."""
        return len(self.records) >= records or self.size_bytes >= size_bytes


def load(ledger: Ledger, council: Council, watch: Watch, first: Sizes = FIRST) -> Loaded:
    """Fetch everything after the laptop's cursors. What was stored when it breaks off stays."""
    cursors = dict(ledger.cursors())
    whole = {family_id: set[str]() for family_id, cursor in cursors.items() if cursor == 0}
    storing = _Storing(ledger, PAGE if cursors else first)
    progress = Progress(families_total=watch.families_expected)
    if not cursors:
        storing.many_come()
    try:
        lines = council.pull(PullRequest(protocol=PROTOCOL, cursors=cursors))
        for batch in _batches(lines, whole, watch, storing.is_due):
            storing.put(batch)
            progress = Progress(
                progress.families + len(batch.ends),
                watch.families_expected,
                progress.records + len(batch.records),
                progress.size_bytes + batch.size_bytes,
            )
            watch.on_progress(progress)
    finally:
        storing.end()  # what was handed over is stored and searchable, however the stream ended
    return storing.loaded


class _Storing:
    """Hands batches to the vault, one ahead: the next is read while the last is stored."""

    def __init__(self, ledger: Ledger, sizes: Sizes) -> None:
        self._ledger, self._sizes = ledger, sizes
        self._pending: Pending[Applied] | None = None
        self._are_many = False
        self.loaded = Loaded()

    def many_come(self) -> None:
        """Have the vault make room for them."""
        if not self._are_many:
            self._are_many = True
            self._ledger.load_began()

    def end(self) -> None:
        """Wait for the last batch."""
        try:
            self._wait()
        finally:
            if self._are_many:
                self._ledger.load_ended()

    def is_due(self, batch: _Batch) -> bool:
        """Say whether to hand over a batch."""
        sizes = self._sizes
        if not batch.has(sizes.records, sizes.size_bytes):
            return False
        return self._pending is None or self._pending.done() or batch.has(sizes.most_records, sizes.most_bytes)

    def put(self, batch: _Batch) -> None:
        self._wait()
        if self.loaded.records >= MANY_RECORDS:
            self.many_come()
        self._pending = self._ledger.apply_pull(batch.records, batch.raw, batch.ends, batch.only)
        self.loaded.records += len(batch.records)
        self.loaded.families += len(batch.ends)

    def _wait(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            applied = pending.result()
            self.loaded.differing += applied.differing
            self.loaded.changes.append(applied.changes)


def _batches(
    lines: Iterator[bytes], whole: dict[str, set[str]], watch: Watch, is_due: Callable[[_Batch], bool]
) -> Iterator[_Batch]:
    """Yield batches, and what had come when the stream ended, was cut or was stopped; nothing of a wrong one."""
    batch = _Batch()
    broken: AnswerError | None = None
    try:
        for line in lines:
            watch.step()
            _take(line, batch, whole)
            if is_due(batch):
                yield batch
                batch = _Batch()
    except bodies.UnreadableError:
        raise failed("answer_unreadable") from None
    except AnswerError as error:
        if error.code == "answer_unreadable":
            raise
        broken = error
    if batch.records or batch.ends:
        yield batch
    if broken is not None:
        raise broken


def _take(line: bytes, batch: _Batch, whole: dict[str, set[str]]) -> None:
    if line.startswith(_END):
        state = bodies.decode(line, PullEnd).end
        check_state(state)
        batch.ends.append(state)
        if state.family_id in whole:
            batch.only[state.family_id] = frozenset(whole.pop(state.family_id))
        return
    record = bodies.decode(line, Record)
    check_record(record)
    batch.records.append(record)
    batch.raw.append(line)
    batch.size_bytes += len(line)
    if record.family_id in whole:
        whole[record.family_id].add(record.id)
