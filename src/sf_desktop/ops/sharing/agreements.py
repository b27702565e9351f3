"""The family's agreements: what each allows and for whom, what was withdrawn, and who is still to be told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Office, reads
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import drafts, records
from sf_desktop.wording import error
from sf_record.kinds.agreement import PURPOSES
from sf_record.kinds.attachment import DRAWN, SIGNED_HOW
from sf_record.record import Record
from sf_record.rules import agreements as rules
from sf_record.rules.agreements import Allowance

_ASKED = ("people", "others", "what_for", "agencies")


@dataclass(frozen=True, slots=True)
class AgreementView:
    """One agreement, or refusal, as a family's file shows it."""

    id: str
    is_signed: bool  # until then it allows nothing
    is_agreed: bool
    what_for: tuple[str, ...]  # in words
    people: tuple[str, ...]  # their names
    agreed_at: str
    how: str
    sharing: tuple[str, ...]
    refused: tuple[str, ...]
    review_on: str
    is_review_due: bool
    withdrawn_at: str  # empty: it stands
    withdrawal_id: str
    still_to_tell: tuple[str, ...]
    ends_on: str = ""
    has_ended: bool = False
    is_ahead: bool = False  # it counts only from a moment that has not come yet
    not_signed_by: tuple[str, ...] = ()  # names of whoever was asked and did not sign on the screen

    @property
    def stands(self) -> bool:
        """Say whether it allows anything now."""
        is_over = bool(self.withdrawn_at) or self.has_ended
        return self.is_signed and self.is_agreed and not is_over and not self.is_ahead


@dataclass(frozen=True, slots=True)
class Agreements:
    """All agreements and refusals of a family file, the latest first."""

    rows: tuple[AgreementView, ...]
    drafts: tuple[Draft, ...]
    today: date


@reads
def agreements(office: Office, family_id: str) -> Agreements:
    """Return a family file's agreements and refusals, the latest first; not those entered in error."""
    kept = [each for each in of_family(office.connection, family_id) if each.in_error is None]
    names = {each.id: each.name for each in people_of(office, family_id)}
    withdrawn = rules.withdrawals(kept)
    given = [each for each in kept if each.kind == rules.KIND]
    views = [
        replace(
            _view(each, names, withdrawn.get(each.id), office.today(), given),
            is_ahead=str(each.body.get("agreed_at") or "") > office.now(),
            not_signed_by=_not_signed_by(office, each, names),
        )
        for each in given
    ]
    begun = drafts.current(office.connection, family_id)
    return Agreements(
        tuple(sorted(views, key=lambda each: each.agreed_at, reverse=True)),
        tuple(each for each in begun if each.kind in rules.KINDS_OF_AGREEMENT),
        office.today(),
    )


def allowance(office: Office, family_id: str, purpose: str) -> Allowance:
    """Say whether the family's agreement allows this now."""
    return rules.allowance(purpose, office.now(), of_family(office.connection, family_id))


def require(office: Office, family_id: str, kind: str) -> None:
    """Raise InputError where a kind of record needs an agreement that is not there, or was withdrawn."""
    if code := stopped(office, family_id, kind):
        raise error(code)


def stopped(office: Office, family_id: str, kind: str) -> str:
    """Return the code of why no agreement allows a kind of record now; empty where it is allowed or needs none."""
    purpose = rules.needed_for(kind)
    return allowance(office, family_id, purpose).code if purpose else ""


def of_family(connection: Connection, family_id: str) -> list[Record]:
    """Return a family file's agreements and withdrawals, oldest first."""
    return records.of_family(connection, family_id, rules.KINDS_OF_AGREEMENT)


def start_agreement(office: Office, family_id: str, what_for: Sequence[str] = ()) -> Draft:
    """Begin an agreement with the adults of the household and the agencies of the last one; go on with one begun."""
    begun = drafts.current(office.connection, family_id, rules.KIND)
    for each in begun:
        return each
    adults = [each.id for each in people_of(office, family_id) if not each.is_child and each.lives_here is not False]
    last = next((each for each in reversed(of_family(office.connection, family_id)) if each.kind == rules.KIND), None)
    body = {
        "people": adults,
        "agreed_at": office.now(),
        "what_for": [code for code, _ in PURPOSES if code in what_for],
        "agencies": list(last.body.get("agencies") or ()) if last is not None and last.in_error is None else [],
    }
    return drafting.begin(office, rules.KIND, family_id, {name: value for name, value in body.items() if value})


def start_withdrawal(office: Office, agreement_id: str) -> Draft:
    """Begin to record that an agreement was withdrawn, with who must be told; go on where that was begun."""
    agreement = records.get(office.connection, agreement_id)
    if agreement is None:
        raise error("record_gone")
    known = rules.withdrawals(of_family(office.connection, agreement.family_id)).get(agreement_id)
    if known is not None:
        return drafting.begin_change(office, known.id)
    for begun in drafts.current(office.connection, agreement.family_id, rules.WITHDRAWAL):
        if begun.body.get("agreement") == agreement_id:
            return begun
    body = {
        "agreement": agreement_id,
        "withdrawn_at": office.now(),
        "told": [{"agency": each} for each in rules.sharing_agencies(agreement)],
    }
    return drafting.begin(office, rules.WITHDRAWAL, agreement.family_id, body)


def ask_again(office: Office, agreement_id: str) -> Draft:
    """Begin the family's answer of today to what it was asked before: the same people, purposes and agencies."""
    before = records.get(office.connection, agreement_id)
    if before is None:
        raise error("record_gone")
    for begun in drafts.current(office.connection, before.family_id, rules.KIND):
        return begun
    asked = {name: before.body[name] for name in _ASKED if before.body.get(name)}
    return drafting.begin(office, rules.KIND, before.family_id, {**asked, "agreed_at": office.now()})


def _not_signed_by(office: Office, agreement: Record, names: dict[str, str]) -> tuple[str, ...]:
    """Return the names of whoever was asked and did not sign what was drawn on the screen."""
    if agreement.body.get("how") != DRAWN:
        return ()
    attached = [each.body for each in attachments.of_record(office, agreement.family_id, agreement.id)]
    left = rules.still_to_sign(agreement.body.get("people") or (), attached)
    return tuple(names[each] for each in left if each in names)


def _view(
    record: Record, names: dict[str, str], withdrawal: Record | None, today: date, given: Sequence[Record]
) -> AgreementView:
    body = record.body
    purposes, how = dict(PURPOSES), dict(SIGNED_HOW)
    named = [names.get(str(each), "") for each in body.get("people") or ()]
    review_on = str(body.get("review_on") or "")
    return AgreementView(
        id=record.id,
        is_signed=record.signed is not None,
        is_agreed=body.get("answer") == "agreed",
        what_for=tuple(purposes.get(str(each), str(each)) for each in body.get("what_for") or ()),
        people=tuple(each for each in (*named, str(body.get("others") or "")) if each),
        agreed_at=str(body.get("agreed_at") or record.written_at),
        how=how.get(str(body.get("how")), ""),
        sharing=rules.sharing_agencies(record),
        refused=rules.refused_agencies(record),
        review_on=review_on,
        is_review_due=bool(review_on)
        and review_on <= today.isoformat()
        and withdrawal is None
        and not rules.is_renewed(record, given),
        withdrawn_at=str(withdrawal.body.get("withdrawn_at") or "") if withdrawal is not None else "",
        withdrawal_id=withdrawal.id if withdrawal is not None else "",
        still_to_tell=rules.still_to_tell(withdrawal) if withdrawal is not None else (),
        ends_on=str(body.get("ends_on") or ""),
        has_ended=rules.has_ended(record, today),
    )
