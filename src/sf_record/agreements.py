"""Which agreement allows something at a moment, as a pure question: laptop and council ask the same one.

An agreement counts once it is signed, for what it names, from the moment it was given until it is withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sf_record.dates import read_moment
from sf_record.description import KINDS
from sf_record.events import Action, Event
from sf_record.record import Record

KIND, WITHDRAWAL = "agreement", "withdrawal"
KINDS_OF_AGREEMENT = (KIND, WITHDRAWAL)
MISSING, WITHDRAWN = "agreement_missing", "agreement_withdrawn"
_WRITES = frozenset({Action.CREATE, Action.CHANGE, Action.SIGN})


@dataclass(frozen=True, slots=True)
class Allowance:
    """What was found: the agreement that allows it, or with a ``code`` the last one that did and what withdrew it."""

    code: str = ""
    agreement: Record | None = None
    withdrawal: Record | None = None

    @property
    def is_allowed(self) -> bool:
        return not self.code


def allowance(purpose: str, at: str, records: Iterable[Record]) -> Allowance:
    """Say whether the family's agreement allows this at a moment (text), from its answers and withdrawals.

    The newest answer counts, whoever gave it: a no ends every earlier yes, until somebody says yes again.
    """
    kept = [each for each in records if each.in_error is None]
    moment = _moment(at)
    withdrawn = withdrawals(kept)
    last = Allowance(MISSING)
    for agreement in _answers(purpose, moment, kept):
        if agreement.body.get("answer") != "agreed":
            break
        withdrawal = withdrawn.get(agreement.id)
        if withdrawal is None or not _is_by(withdrawal.body.get("withdrawn_at"), moment):
            return Allowance("", agreement)
        if last.agreement is None:
            last = Allowance(WITHDRAWN, agreement, withdrawal)
    return last


def reason_against(event: Event, records: Iterable[Record]) -> str | None:
    """Return why no agreement allows what somebody wrote, None where it is allowed or needs none.

    What was signed while the agreement stood stays: it may still be amended, settled or marked as in error.
    """
    purpose = needed_for(event.kind)
    if not purpose or event.action not in _WRITES:
        return None
    return allowance(purpose, event.written_at, records).code or None


def needed_for(kind: str) -> str:
    """Return for what a kind of record needs the family's agreement; empty where it needs none."""
    described = KINDS.get(kind)
    return described.needs_agreement if described is not None else ""


def withdrawals(records: Iterable[Record]) -> dict[str, Record]:
    """Return the first withdrawal of each agreement that was withdrawn, by the agreement's id."""
    found: dict[str, Record] = {}
    for each in records:
        agreement_id = str(each.body.get("agreement") or "")
        if each.kind == WITHDRAWAL and each.in_error is None:
            before = found.get(agreement_id)
            if before is None or _sooner(each, before):
                found[agreement_id] = each
    return found


def sharing_agencies(agreement: Record) -> tuple[str, ...]:
    """Return the agencies that may share under an agreement: those that must hear of its withdrawal."""
    return tuple(_agencies(agreement, may_share=True))


def refused_agencies(agreement: Record) -> tuple[str, ...]:
    """Return the agencies with which the family does not want anything shared."""
    return tuple(_agencies(agreement, may_share=False))


def still_to_tell(withdrawal: Record) -> tuple[str, ...]:
    """Return the agencies that have not been told of a withdrawal."""
    rows = withdrawal.body.get("told") or ()
    return tuple(str(each.get("agency") or "") for each in rows if not each.get("told_on"))


def _agencies(agreement: Record, *, may_share: bool) -> list[str]:
    rows = agreement.body.get("agencies") or ()
    return [str(each.get("agency") or "") for each in rows if each.get("may_share") is may_share]


def _answers(purpose: str, at: datetime | None, records: list[Record]) -> list[Record]:
    """Return the signed answers to this, yes or no, that had been given by then, the latest first."""
    found = [
        each
        for each in records
        if each.kind == KIND
        and each.signed is not None
        and purpose in (each.body.get("what_for") or ())
        and _is_by(each.body.get("agreed_at"), at)
    ]
    return sorted(found, key=lambda each: str(each.body.get("agreed_at")), reverse=True)


def _is_by(text: Any, at: datetime | None) -> bool:
    known = _moment(text)
    return known is not None and at is not None and known <= at


def _sooner(one: Record, other: Record) -> bool:
    mine, theirs = _moment(one.body.get("withdrawn_at")), _moment(other.body.get("withdrawn_at"))
    return mine is not None and (theirs is None or mine < theirs)


def _moment(text: Any) -> datetime | None:
    try:
        return read_moment(text) if isinstance(text, str) else None
    except ValueError:
        return None
