"""Which agreement allows something at a moment, as a pure question: laptop and council ask the same one.

An agreement counts once it is signed, for what it names, from the moment it was given until it is withdrawn, or until
the end of the day that the family set. A day on which it is to be looked at again ends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sf_record.dates import is_within_years, moment_text, read_moment
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.kinds.information_shared import REFUSED
from sf_record.powers import AGREEMENT
from sf_record.record import Record

KIND, WITHDRAWAL = "agreement", "withdrawal"
KINDS_OF_AGREEMENT = (KIND, WITHDRAWAL)
SHARING, DECISION, REFERRAL = "sharing", "information_shared", "onward_referral"
MISSING, WITHDRAWN, ENDED = "agreement_missing", "agreement_withdrawn", "agreement_ended"
LEFT_OUT = "agency_left_out"
_WRITES = frozenset({Action.CREATE, Action.CHANGE, Action.SIGN})


@dataclass(frozen=True, slots=True)
class Allowance:
    """What was found: the agreement that allows it, or with a ``code`` the last one that did and what withdrew it.

    ``ahead`` is the first signed yes that counts only from a later moment, where nothing allows it now.
    """

    code: str = ""
    agreement: Record | None = None
    withdrawal: Record | None = None
    ahead: Record | None = None

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
        is_withdrawn = withdrawal is not None and _is_by(withdrawal.body.get("withdrawn_at"), moment)
        if not is_withdrawn and not has_ended(agreement, moment.date() if moment is not None else None):
            return Allowance("", agreement)
        if last.agreement is None:
            last = Allowance(WITHDRAWN, agreement, withdrawal) if is_withdrawn else Allowance(ENDED, agreement)
    return replace(last, ahead=_ahead(purpose, moment, kept, withdrawn))


def asks(kind: str) -> bool:
    """Say whether what the family agreed to may matter to a kind of record at all."""
    return kind in (DECISION, REFERRAL) or bool(needed_for(kind))


def reason_against(event: Event, before: Mapping[str, Any], records: Iterable[Record]) -> str | None:
    """Return why no agreement allows what somebody wrote, None where it is allowed or needs none.

    ``before`` is the record's body as it stood. What was signed while the agreement stood stays: it may still be
    amended, settled or marked as in error.
    """
    if event.action not in _WRITES:
        return None
    is_signing = event.is_signing or event.action is Action.SIGN
    if event.kind == REFERRAL:
        return not_referred_under({**before, **event.fields}, before, event.written_at, records) or None
    return lack(event.kind, {**before, **event.fields}, event.written_at, records, is_signing=is_signing) or None


def lack(kind: str, body: Mapping[str, Any], at: str, records: Iterable[Record], *, is_signing: bool) -> str:
    """Return the code of why no agreement allows a record that is written at a moment; empty where it is allowed."""
    if kind == DECISION:
        moments = tuple(_moments_of_day(body.get("decided_on"), at))
        return not_shared_by(body, moments, list(records))[0] if is_signing else ""
    if kind == REFERRAL:
        return not_referred_under(body, {}, at, records)
    purpose = needed_for(kind)
    return allowance(purpose, at, records).code if purpose else ""


def not_shared_by(
    body: Mapping[str, Any], moments: Iterable[str], records: Iterable[Record]
) -> tuple[str, Record | None]:
    """Return why a decision may not share because the family agreed, and under which agreement it may.

    It may where sharing was agreed to at one of the moments, and the agency is not one that the family said no to.
    """
    is_shared = bool(body.get("outcome")) and body.get("outcome") != REFUSED
    if body.get("power") != AGREEMENT or not is_shared:
        return "", None
    kept = list(records)
    found = [allowance(SHARING, each, kept) for each in moments]
    allowed = next((each for each in found if each.is_allowed), None)
    if allowed is None or allowed.agreement is None:
        return (found[0].code if found else ""), None
    return (LEFT_OUT if _is_left_out(allowed.agreement, body) else ""), allowed.agreement


def not_referred_under(body: Mapping[str, Any], before: Mapping[str, Any], at: str, records: Iterable[Record]) -> str:
    """Return why a referral that is written at a moment may not be made under the agreement that it names.

    It names one that was given by then and not withdrawn, and its day lies within the agreement. One that was made
    while the agreement stood is still answered and put right: only a new name or another day is asked about.
    """
    named, day = str(body.get("agreement") or ""), body.get("sent_on")
    is_anew = named != before.get("agreement")
    if not named or not (is_anew or day != before.get("sent_on")):
        return ""
    every = list(records)
    if is_anew and any(each.id == named and not_given(each, at) for each in every):
        return MISSING
    kept = [each for each in every if each.in_error is None]
    withdrawal = withdrawals(kept).get(named)
    if withdrawal is not None:
        moments = [_moment(at)] if is_anew else []
        moments += [_moment(each) for each in list(_moments_of_day(day, at))[-1:]]  # as the day begins
        if any(_is_by(withdrawal.body.get("withdrawn_at"), each) for each in moments):
            return WITHDRAWN
    agreement = next((each for each in kept if each.id == named), None)
    return ENDED if agreement is not None and has_ended(agreement, _day(day)) else ""


def not_given(agreement: Record, at: str) -> str:
    """Return why an answer is no agreement at a moment (text), one of the four below; empty where it was given.

    ``in_error``, ``not_signed``, ``said_no``, ``later``: it counts only from a later moment.
    """
    if agreement.in_error is not None:
        return "in_error"
    if agreement.signed is None:
        return "not_signed"
    if agreement.body.get("answer") != "agreed":
        return "said_no"
    return "" if _is_by(agreement.body.get("agreed_at"), _moment(at)) else "later"


def has_ended(agreement: Record, day: date | None) -> bool:
    """Say whether the last day of an agreement lies before a day; one without a last day has no end of its own."""
    ends_on = str(agreement.body.get("ends_on") or "")
    return bool(ends_on) and day is not None and ends_on < day.isoformat()


def needed_for(kind: str) -> str:
    """Return for what a kind of record needs the family's agreement; empty where it needs none."""
    described = KINDS.get(kind)
    return described.needs_agreement if described is not None else ""


def is_renewed(agreement: Record, others: Iterable[Record]) -> bool:
    """Say whether the family has answered since to all that it was asked for then."""
    at = str(agreement.body.get("agreed_at"))
    newer = [each for each in others if each.signed is not None and str(each.body.get("agreed_at")) > at]
    answered = {code for each in newer for code in each.body.get("what_for") or ()}
    return set(agreement.body.get("what_for") or ()) <= answered


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


def still_to_sign(asked: Sequence[str], attached: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return who of the people that were asked (ids) has not signed, from the bodies of what is attached.

    A signature under a typed name may be anybody's: then nobody is said to be missing.
    """
    signatures = [each for each in attached if each.get("sort") == "signature"]
    signed = {str(person) for each in signatures for person in each.get("about") or ()}
    is_known = all(each.get("about") for each in signatures)
    return tuple(each for each in asked if each not in signed) if is_known else ()


def still_to_tell(withdrawal: Record) -> tuple[str, ...]:
    """Return the agencies that have not been told of a withdrawal."""
    rows = withdrawal.body.get("told") or ()
    return tuple(str(each.get("agency") or "") for each in rows if not each.get("told_on"))


def _moments_of_day(text: Any, at: str) -> Iterator[str]:
    """Yield when the day of a decision ended (or when it was written, while that day lasts) and when it began.

    A day of summer time begins and ends an hour sooner than Greenwich's, so both are asked.
    """
    written, day = _moment(at), _day(text)
    if day is None or not is_within_years(day):
        return  # the field itself is about to be found at fault
    begins = datetime.combine(day, time(), UTC)
    ends = [begins + timedelta(days=1), begins + timedelta(hours=23)]
    for each in (*(min(end, written or end) for end in ends), begins, begins - timedelta(hours=1)):
        yield moment_text(each)


def _is_left_out(agreement: Record, shared: Mapping[str, Any]) -> bool:
    name = str(shared.get("agency") or "").strip().casefold()
    return any(each.strip().casefold() == name for each in refused_agencies(agreement))


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


def _ahead(purpose: str, at: datetime | None, kept: list[Record], withdrawn: Mapping[str, Record]) -> Record | None:
    """Return the first signed yes to this that counts only from a later moment and was not taken back."""
    found = [
        (moment, each)
        for each in kept
        if each.kind == KIND
        and each.signed is not None
        and each.body.get("answer") == "agreed"
        and purpose in (each.body.get("what_for") or ())
        and each.id not in withdrawn
        and (moment := _moment(each.body.get("agreed_at"))) is not None
        and at is not None
        and moment > at
    ]
    return min(found, key=lambda each: each[0])[1] if found else None


def _is_by(text: Any, at: datetime | None) -> bool:
    known = _moment(text)
    return known is not None and at is not None and known <= at


def _sooner(one: Record, other: Record) -> bool:
    mine, theirs = _moment(one.body.get("withdrawn_at")), _moment(other.body.get("withdrawn_at"))
    return mine is not None and (theirs is None or mine < theirs)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None


def _moment(text: Any) -> datetime | None:
    try:
        return read_moment(text) if isinstance(text, str) else None
    except ValueError:
        return None
