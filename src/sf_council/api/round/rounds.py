"""One round: takes a page of events, and answers with what changed after the laptop's cursors.

The answer is put together from the stored bytes of records; nothing is read and written again on the way.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from sf_council.api import scope
from sf_council.api.council import Council
from sf_council.api.events import incoming
from sf_council.api.events.applying import apply_events
from sf_council.api.exchange.bodies import decoded, packed
from sf_council.api.exchange.openapi import documented, signed_in
from sf_council.api.identity.signatures import Proof, proof_of
from sf_council.api.laptop.statements import Statement, nothing_said, statement
from sf_council.api.problems import Declined
from sf_council.api.scope import Caller
from sf_council.database.council import configuration
from sf_council.database.family import events, families
from sf_council.database.family.allocations import FamilyRow
from sf_council.database.family.families import Line
from sf_council.database.held import tray
from sf_council.database.laptop.facts import Facts, facts
from sf_record.outcomes import Outcome
from sf_record.wire import digest
from sf_record.wire.rounds import PAGE_BYTES, PAGE_RECORDS, FamilyState, RoundAnswer, RoundRequest

router = APIRouter()
_ROWS = 100  # records fetched at a time, so that a page of large ones is not fetched far beyond its limit
_CURSORS = 20_000
_HIGHEST = 2**62
_KNOWS_HOLDS = 2  # the protocol since which a laptop keeps what it is told to hold
_LEASES = 2  # the protocol since which each round brings a lease
_PROVES = 2  # the protocol since which a position also says what the family files hold
_TELLS_DECISIONS = 2  # the protocol since which a round is told what was decided of the holding tray


@router.post(
    "/v1/rounds",
    **documented(
        "Exchange events for changes",
        takes=RoundRequest,
        gives=RoundAnswer,
        declines=signed_in("version_refused", "version_ahead"),
    ),
)
async def exchange(request: Request) -> Response:
    """Take the events, then answer from one snapshot that already holds them.

    Where there are none the request is proved and answered in one transaction: most rounds are no more than that.
    """
    taking = _Taking(request, await proof_of(request))
    taken = await taking.council.database.exchanging(taking.take)
    if isinstance(taken, Declined):
        raise taken
    council, caller, body = taking.council, taken.caller, taken.body
    answered = taken.answered
    if answered is None:
        outcomes = await apply_events(council, caller, incoming.read(body.events))
        answering = _Answering(council, caller, body, taken.cursors, outcomes)
        answered = await council.database.reading(answering.answer)
    content, said = answered
    await said.keep(council, caller, body.report)
    return packed(request, content)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A round that was proved: answered at once, unless it brings events that are to be applied first."""

    caller: Caller
    body: incoming.Round
    cursors: Mapping[str, int] | None
    answered: tuple[bytes, Statement] | None


@dataclass(frozen=True, slots=True)
class _Taking:
    request: Request
    proof: Proof

    @property
    def council(self) -> Council:
        return self.proof.council

    def take(self, connection: Connection) -> _Taken | Declined:
        """Prove the request and read it. What is declined after the proof has used up its nonce all the same."""
        asked = self.proof.check_worker(connection)
        try:
            body = _read(self.request, asked.body)
        except Declined as declined:
            return declined
        council, caller, cursors = asked.council, asked.caller, body.cursors
        if not body.events:
            answered = _Answering(council, caller, body, cursors, []).answer(connection)
            return _Taken(caller, body, cursors, answered)
        if cursors is None:  # what the laptop holds must be known before its own events move the numbers
            cursors = _meant(connection, council, caller, body)
        return _Taken(caller, body, cursors, None)


def _read(request: Request, sent: bytes) -> incoming.Round:
    body = decoded(request, sent, incoming.Round)
    if len(body.events) > PAGE_RECORDS or len(body.cursors or ()) + len(body.leaving) > _CURSORS:
        raise Declined("body_too_large")
    if not _has_numbers(body):
        raise Declined("body_invalid", fields=("decisions", "report"))
    return body


def _has_numbers(body: incoming.Round) -> bool:
    """Say whether what is counted can be: a database takes no larger number."""
    report = (body.report.families, body.report.unsent) if body.report is not None else ()
    return all(0 <= each < _HIGHEST for each in (body.decisions, *report))


def _meant(connection: Connection, council: Council, caller: Caller, body: incoming.Round) -> dict[str, int] | None:
    """Return the cursors that the position stands for, if it is that of the whole caseload as it is."""
    rows = scope.caseload(connection, caller, council.now())
    return _cursors_of(rows) if _position(body, rows, body.config) == body.position else None


def _cursors_of(rows: Sequence[FamilyRow]) -> dict[str, int]:
    return {row.family_id: row.seq for row in rows}


def _forgot(row: FamilyRow, until: Mapping[str, str]) -> FamilyState:
    """Say of a family file that its numbers went back: the laptop sends again what it did, and pulls the file whole."""
    until_day = until.get(row.family_id, "")
    return FamilyState(family_id=row.family_id, cursor=0, seq=0, count=0, digest=digest.text(0), until=until_day)


def _position(body: incoming.Round, rows: Sequence[FamilyRow], config: int) -> str:
    if body.protocol < _PROVES:
        return digest.position(_cursors_of(rows), config)
    return digest.position_of(digest.lines_of((row.family_id, row.seq, row.digest) for row in rows), config)


@dataclass(slots=True)
class _Page:
    """What is put into one answer, up to its limits."""

    until: Mapping[str, str]
    states: list[FamilyState] = field(default_factory=list)
    records: list[bytes] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)  # how many records of each family file
    size_bytes: int = 0
    more: bool = False

    @property
    def is_full(self) -> bool:
        return len(self.records) >= PAGE_RECORDS or self.size_bytes >= PAGE_BYTES

    def take(self, lines: Sequence[bytes]) -> int:
        """Take lines as far as they fit, the first whatever its size; return how many."""
        sizes = itertools.accumulate(map(len, lines), initial=self.size_bytes)
        next(sizes)
        ends = list(sizes)
        most = min(bisect_right(ends, PAGE_BYTES), PAGE_RECORDS - len(self.records))
        taken = lines[: most if self.records else max(most, 1)]
        self.records += taken
        if taken:
            self.size_bytes = ends[len(taken) - 1]
        return len(taken)


_Fetched = tuple[FamilyRow, int, Iterator[Sequence[Line]]]


def _object(parts: Mapping[str, bytes]) -> bytes:
    """Put an answer together from its values as JSON, by name; each is copied once, for a page of records is large."""
    pieces = [piece for name, value in parts.items() for piece in (b',"', name.encode(), b'":', value)]
    return b"".join([b'{"', *pieces[1:], b"}"])


def _parts(behind: Iterable[tuple[FamilyRow, int]]) -> Iterator[list[tuple[FamilyRow, int]]]:
    """Put family files together as long as no more records lie behind all of them than are fetched at a time."""
    part: list[tuple[FamilyRow, int]] = []
    count = 0
    for row, cursor in behind:
        most = max(0, row.seq - cursor)
        if part and count + most > _ROWS:
            yield part
            part, count = [], 0
        part.append((row, cursor))
        count += most
    if part:
        yield part


@dataclass(frozen=True, slots=True)
class _Answering:
    council: Council
    caller: Caller
    body: incoming.Round
    cursors: Mapping[str, int] | None
    outcomes: list[Outcome]

    def answer(self, connection: Connection) -> tuple[bytes, Statement]:
        """Return the answer as JSON, read in one snapshot, and what is to be written down before it leaves."""
        lines = self._lines(connection)
        rows = scope.caseload(connection, self.caller, self.council.now()) if lines is None else ()
        known = facts(connection, self.council.id, self.caller.device_id, self.caller.worker.id)
        version = known.version
        here = _cursors_of(rows)

        def position_at(config: int) -> str:
            return _position(self.body, rows, config) if lines is None else digest.position_of(lines, config)

        now = position_at(version)
        parts = {
            "at": msgspec.json.encode(self.council.at()),
            "position": msgspec.json.encode(now),
        }
        if self.body.protocol >= _LEASES:
            said = statement(connection, self.council, self.caller, self.body.report, known)
        else:
            said = nothing_said(self.council, known.known)
        parts |= said.parts
        if self.outcomes:
            parts["outcomes"] = msgspec.json.encode(self.outcomes)
        if self.body.config != version:
            parts["configuration"] = configuration.line(connection, self.council.id)
        if self.body.protocol >= _TELLS_DECISIONS:
            self._add_decisions(connection, known, parts)
        cursors = self.cursors
        if cursors is None:
            theirs = now if self.body.config == version else position_at(self.body.config)
            cursors = here if theirs == self.body.position else None
        if cursors is None:
            parts["cursors_wanted"] = b"true"
        else:
            if cursors is not here:
                until = scope.pack_days(connection, self.caller, self.council.now()) if known.has_packs else {}
                self._add_changes(connection, rows, cursors, until, parts)
            self._add_released(connection, (cursors.keys() | set(self.body.leaving)) - here.keys(), parts)
        return _object(parts), said

    def _lines(self, connection: Connection) -> str | None:
        """Return the caseload as its position's lines where no more is asked of it; None where its rows are needed.

        So it is of a laptop that asks whether there is anything new: it says no cursors, and is asked for them if so.
        """
        if self.cursors is not None or self.body.leaving or self.body.protocol < _PROVES:
            return None
        return scope.caseload_lines(connection, self.caller, self.council.now())

    def _add_decisions(self, connection: Connection, known: Facts, parts: dict[str, bytes]) -> None:
        told = self.body.decisions
        if known.last_decision > told:
            newer = tray.newer(connection, self.council.id, self.caller.device_id, told, PAGE_BYTES)
            parts["decisions"] = b"[" + b",".join(newer) + b"]"
        waiting = scope.tray_count(connection, self.caller, self.council.now())
        if waiting:
            parts["to_place"] = b"%d" % waiting

    def _add_changes(
        self,
        connection: Connection,
        rows: tuple[FamilyRow, ...],
        cursors: Mapping[str, int],
        until: Mapping[str, str],
        parts: dict[str, bytes],
    ) -> None:
        page, digests = _Page(until=until), self.body.digests
        behind = [
            (row, max(0, cursors.get(row.family_id, 0)))
            for row in rows
            if cursors.get(row.family_id) != row.seq
            or (digests and digests.get(row.family_id, row.digest) != row.digest)
        ]
        forgotten = events.forgotten(connection, self.council.id, behind)
        page.states += [_forgot(row, until) for row, _ in behind if row.family_id in forgotten]
        left = [(row, cursor) for row, cursor in behind if row.family_id not in forgotten]
        for row, cursor, pieces in self._fetched(connection, left):
            if page.is_full:
                page.more = True
                break
            self._add_family(row, cursor, pieces, page)
        if page.more:
            parts["more"] = b"true"
        if page.states:
            parts["families"] = msgspec.json.encode(page.states)
        if page.records:
            parts["records"] = b"[%b]" % b",".join(page.records)
            self.council.sendings.add(self.caller, page.sent)

    def _add_released(self, connection: Connection, gone: set[str], parts: dict[str, bytes]) -> None:
        """Say what leaves. A laptop that does not know holds keeps what is held, and asks again in each round."""
        if not gone:
            return
        released = scope.released(connection, self.caller, gone, self.council.now())
        if self.body.protocol < _KNOWS_HOLDS:
            released = [each for each in released if not each.hold_until]
        if released:
            parts["released"] = msgspec.json.encode(released)

    def _fetched(self, connection: Connection, behind: Sequence[tuple[FamilyRow, int]]) -> Iterator[_Fetched]:
        """Yield each family file with its cursor and its records after that, a piece at a time.

        Family files behind which few records can lie are asked for together.
        """
        for part in _parts(behind):
            if len(part) > 1:
                after = [(row.family_id, cursor) for row, cursor in part]
                found = families.changed_in(connection, self.council.id, after, _ROWS)
                yield from ((row, cursor, iter((found[row.family_id],))) for row, cursor in part)
            else:
                yield from ((row, cursor, self._pieces(connection, row, cursor)) for row, cursor in part)

    def _pieces(self, connection: Connection, row: FamilyRow, cursor: int) -> Iterator[Sequence[Line]]:
        # A cursor beyond the council's number means a restored backup: the state alone says so.
        while cursor < row.seq:
            lines = families.changed_after(connection, self.council.id, row.family_id, cursor, _ROWS)
            yield lines
            cursor = lines[-1].seq if len(lines) == _ROWS else row.seq

    def _add_family(self, row: FamilyRow, cursor: int, pieces: Iterator[Sequence[Line]], page: _Page) -> None:
        reached, before = cursor, len(page.records)
        for lines in pieces:
            taken = page.take(scope.lines_for(self.caller, lines))
            if taken:
                reached = lines[taken - 1].seq
            if taken < len(lines):
                page.more = True
                break
        else:
            reached = row.seq  # a restored council's numbers go on behind its last record's
        if len(page.records) > before:
            page.sent[row.family_id] = len(page.records) - before
        page.states.append(
            FamilyState(
                family_id=row.family_id,
                cursor=min(reached, row.seq),
                seq=row.seq,
                count=row.record_count,
                digest=row.digest,
                until=page.until.get(row.family_id, ""),
            )
        )
