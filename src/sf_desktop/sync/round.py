"""One run of rounds, from the first page of the outbox to the last change: no thread, no timer, no clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from sf_desktop.sync import bodies
from sf_desktop.sync.checks import check_answer
from sf_desktop.sync.failures import AnswerError, failed
from sf_desktop.sync.load import Loaded, Watch, load
from sf_desktop.sync.ports import Changes, Council, Ledger
from sf_record.events import Event
from sf_record.wire.rounds import PAGE_BYTES, PAGE_RECORDS, PROTOCOL, RoundAnswer, RoundRequest


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: the council's time, events sent, records received, what changed, what still differs."""

    at: str = ""
    sent: int = 0
    received: int = 0
    changes: tuple[Changes, ...] = ()
    differing: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    """What one run has to remember: nothing of it outlives the run."""

    sent: set[str] = field(default_factory=set)
    received: int = 0
    changes: list[Changes] = field(default_factory=list)
    reopened: set[str] = field(default_factory=set)
    differing: set[str] = field(default_factory=set)
    last: RoundAnswer | None = None


def run(ledger: Ledger, council: Council, watch: Watch | None = None) -> Ran:
    """Send what waits, receive what changed, until neither side has more. ``AnswerError`` where the way breaks off."""
    watch = watch or Watch()
    state = _Run()
    _ask_how(ledger, council, state)
    if ledger.has_none():
        _note(state, load(ledger, council, watch))  # a new laptop: a page first would be a detour
    while True:
        watch.step()
        _send_page(ledger, council, state, watch)
        if ledger.outgoing(1, PAGE_BYTES, state.sent):
            continue
        if state.last is not None and state.last.more:
            _fetch(ledger, council, state, watch)
        elif not _heal(ledger, council, state, watch):
            break
    assert state.last is not None
    return Ran(state.last.at, len(state.sent), state.received, tuple(state.changes), tuple(sorted(state.differing)))


def _ask_how(ledger: Ledger, council: Council, state: _Run) -> None:
    """On a new laptop ask for the configuration alone: family files of a load that is cut would be here without it."""
    place = ledger.place()
    if not place.config:
        answer = _asked(council, RoundRequest(protocol=PROTOCOL, position=place.position, report=place.report))
        state.changes.append(ledger.apply(answer).changes)


def _send_page(ledger: Ledger, council: Council, state: _Run, watch: Watch) -> None:
    """Send the next page; where the council refuses it as a whole, look for the event that it cannot read."""
    page = ledger.outgoing(PAGE_RECORDS, PAGE_BYTES, state.sent)
    waiting: list[tuple[Sequence[Event], bool]] = [(page, False)]
    while waiting:
        watch.step()
        part, is_second_try = waiting.pop()
        state.sent.update(each.id for each in part)
        try:
            _exchange(ledger, council, part, state)
        except AnswerError as error:
            if not part or not _is_about_content(error):
                raise
            if error.failure.status == 500 and not is_second_try:
                _exchange(ledger, council, (), state)  # a council that fails at anything is down: this says so
            waiting += _smaller(ledger, part, error.failure.status, is_second_try)


def _smaller(
    ledger: Ledger, part: Sequence[Event], status: int, is_second_try: bool
) -> list[tuple[Sequence[Event], bool]]:
    """Return what to try instead of a part that was refused; one event alone, tried enough, needs somebody."""
    if len(part) > 1:
        middle = len(part) // 2
        return [(part[middle:], False), (part[:middle], False)]
    if status == 500 and not is_second_try:
        return [(part, True)]
    ledger.set_aside(part[0].id, "poisoned")
    return []


def _is_about_content(error: AnswerError) -> bool:
    return error.code == "content_refused" or error.failure.status == 500


def _exchange(ledger: Ledger, council: Council, events: Sequence[Event], state: _Run) -> None:
    """Exchange one round and apply its answer in one transaction."""
    place = ledger.place()
    request = RoundRequest(
        protocol=PROTOCOL,
        position=place.position,
        config=place.config,
        events=tuple(events),
        decisions=place.decisions,
        report=place.report,
        leaving=place.leaving,
    )
    answer = _sent(ledger, council, request)
    if answer.cursors_wanted:
        outcomes = answer.outcomes
        known = replace(request, cursors=dict(ledger.cursors()), digests=dict(ledger.digests()), events=())
        answer = _asked(council, known)
        if answer.cursors_wanted:
            raise failed("answer_unreadable")
        answer = replace(answer, outcomes=outcomes)
    applied = ledger.apply(answer)
    state.received += len(answer.records)
    state.changes.append(applied.changes)
    state.differing -= {each.family_id for each in answer.families}
    state.differing.update(applied.differing)
    state.last = answer


def _sent(ledger: Ledger, council: Council, request: RoundRequest) -> RoundAnswer:
    """Ask, and tell the laptop whether what was to be sent may have left it."""
    ids = [each.id for each in request.events]
    try:
        answer = _asked(council, request)
    except AnswerError as error:
        ledger.tried(ids, has_left=not error.failure.is_unreached)
        raise
    ledger.tried(ids, has_left=True)
    return answer


def _asked(council: Council, request: RoundRequest) -> RoundAnswer:
    answer = council.round(request)
    try:
        check_answer(answer, frozenset(each.id for each in request.events))
    except bodies.UnreadableError:
        raise failed("answer_unreadable") from None
    return answer


def _fetch(ledger: Ledger, council: Council, state: _Run, watch: Watch) -> None:
    """Fetch what did not fit into a page as one stream."""
    loaded = load(ledger, council, watch)
    _note(state, loaded)
    if not loaded.families:
        raise failed("answer_unreadable")  # it said there was more, and had nothing: do not ask for ever


def _heal(ledger: Ledger, council: Council, state: _Run, watch: Watch) -> bool:
    """Pull family files that differ anew and send again what is known of them; False where nothing is left to try."""
    again = state.differing - state.reopened
    if not again:
        return False
    state.reopened |= again
    ledger.reopen(again)
    state.sent -= _sent_of(ledger, again)
    state.differing -= again
    _note(state, load(ledger, council, watch))
    return True


def _sent_of(ledger: Ledger, families: Collection[str]) -> set[str]:
    """Return the ids of events of these family files that wait again."""
    waiting = ledger.outgoing(PAGE_RECORDS, PAGE_BYTES)
    return {each.id for each in waiting if each.family_id in families}


def _note(state: _Run, loaded: Loaded) -> None:
    state.received += loaded.records
    state.changes += loaded.changes
    state.differing.update(loaded.differing)
