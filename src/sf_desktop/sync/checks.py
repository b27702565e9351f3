"""Holds what the council sent against the protocol, before any of it is stored: refused whole or believed whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sf_desktop.sync.bodies import UnreadableError
from sf_record.dates import read_moment
from sf_record.outcomes import Result
from sf_record.record import Record
from sf_record.wire.rounds import PAGE_RECORDS, FamilyState, RoundAnswer
from sf_record.wire.tray import Decision

MOST_FAMILIES = 50_000
MOST_NUMBER = 2**53
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})?")
_DIGEST = re.compile(r"[0-9a-f]{32}")


def check_answer(answer: RoundAnswer, sent: Collection[str]) -> None:
    """Raise :class:`UnreadableError` unless every part of a round's answer is possible."""
    try:
        read_moment(answer.at)
    except ValueError:
        raise UnreadableError("moment") from None
    _refuse_if(len(answer.records) > PAGE_RECORDS * 2 or len(answer.families) > MOST_FAMILIES)
    families = [each.family_id for each in answer.families]
    _refuse_if(_has_twice(families) or _has_twice(each.event_id for each in answer.outcomes))
    _refuse_if(any(each.event_id not in sent for each in answer.outcomes))
    _refuse_if(any(each.receipt is not None and not 0 <= each.receipt.seq < MOST_NUMBER for each in answer.outcomes))
    _refuse_if(any(not _ID.fullmatch(each.family_id) or not _is_day(each.hold_until) for each in answer.released))
    _refuse_if(bool({each.family_id for each in answer.released} & set(families)))
    numbers = [each.number for each in answer.decisions]
    _refuse_if(numbers != sorted(set(numbers)) or any(not 0 < each < MOST_NUMBER for each in numbers))
    _refuse_if(not 0 <= answer.to_place < MOST_NUMBER)
    for decision in answer.decisions:
        check_decision(decision)
    cursors = {}
    for state in answer.families:
        check_state(state)
        cursors[state.family_id] = state.cursor
    for record in answer.records:
        check_record(record)
        _refuse_if(record.seq > cursors.get(record.family_id, -1))


def check_decision(decision: Decision) -> None:
    """Raise :class:`UnreadableError` unless a decision says where its event now is, and whose text it brings."""
    outcome, event = decision.outcome, decision.event
    _refuse_if(not _ID.fullmatch(outcome.event_id) or not _ID.fullmatch(decision.by) or outcome.receipt is None)
    _refuse_if(event is not None and event.id != outcome.event_id)
    _refuse_if((event is not None) != (outcome.result is Result.REFUSED))
    _refuse_if(outcome.receipt is not None and not 0 <= outcome.receipt.seq < MOST_NUMBER)


def check_record(record: Record) -> None:
    """Raise :class:`UnreadableError` unless a record can be one that the council holds."""
    _refuse_if(not _ID.fullmatch(record.id) or not _ID.fullmatch(record.family_id))
    _refuse_if(not 0 < record.seq < MOST_NUMBER or not record.kind)


def check_state(state: FamilyState) -> None:
    """Raise :class:`UnreadableError` unless a family file can stand so."""
    _refuse_if(not _ID.fullmatch(state.family_id) or not _DIGEST.fullmatch(state.digest))
    _refuse_if(not _is_day(state.until))
    _refuse_if(not 0 <= state.cursor <= state.seq < MOST_NUMBER or not 0 <= state.count <= state.seq)


def _is_day(text: str) -> bool:
    return _DAY.fullmatch(text) is not None


def _has_twice(ids: Iterable[str]) -> bool:
    every = list(ids)
    return len(set(every)) != len(every)


def _refuse_if(is_wrong: bool) -> None:
    if is_wrong:
        raise UnreadableError("impossible")
