"""Holds what is about to be signed against what the family agreed to: its signature is there, its agreement stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sf_desktop.ops import attachments
from sf_desktop.ops.office import Office, day_begins, day_ends, day_of
from sf_desktop.store import records
from sf_desktop.store.drafts import Draft
from sf_record import agreements
from sf_record.agreements import Allowance
from sf_record.errors import FieldProblem
from sf_record.kinds.attachment import DRAWN
from sf_record.kinds.information_shared import REFUSED
from sf_record.powers import AGREEMENT

SHARING = "sharing"


def problems(office: Office, draft: Draft) -> tuple[FieldProblem, ...]:
    """Return what keeps a draft from being signed; nothing for a kind that this is not asked of."""
    check = _CHECKS.get(draft.kind)
    return () if check is None else check(office, draft)


def _unsigned(office: Office, draft: Draft) -> tuple[FieldProblem, ...]:
    """What is said to have been signed on this screen has that signature with it."""
    if draft.body.get("how") != DRAWN:
        return ()
    held = (each for each in attachments.of_draft(office, draft.id) if not each.is_taken_out)
    if any(each.body.get("sort") == "signature" and each.body.get("signed_how") == DRAWN for each in held):
        return ()
    return (FieldProblem("how", "How it was given: take their signature with Sign, or choose another way"),)


def _not_theirs_to_share(office: Office, draft: Draft) -> tuple[FieldProblem, ...]:
    """What is shared because the family agreed needs an agreement to sharing on that day that does not leave it out."""
    body = draft.body
    is_shared = bool(body.get("outcome")) and body.get("outcome") != REFUSED
    day = day_of(str(body.get("decided_on") or ""))
    if body.get("power") != AGREEMENT or not is_shared or day is None:
        return ()
    found = _on(office, draft.family_id, day)
    if not found.is_allowed:
        lack = "has withdrawn its agreement" if found.code == agreements.WITHDRAWN else "has not agreed"
        return (
            FieldProblem("power", f"Which one: the family {lack} to sharing. Choose another power, or do not share"),
        )
    if found.agreement is not None and _is_left_out(found.agreement.body, body):
        words = "Which one: the family said no to sharing with this agency. Choose another power, or do not share"
        return (FieldProblem("power", words),)
    return ()


def _on(office: Office, family_id: str, day: date) -> Allowance:
    """Return whether sharing was agreed to on a day: as it begins, or as it ends (now, while it lasts)."""
    kept = records.of_family(office.connection, family_id, agreements.KINDS_OF_AGREEMENT)
    late = agreements.allowance(SHARING, min(day_ends(day), office.now()), kept)
    early = agreements.allowance(SHARING, day_begins(day), kept)
    return early if early.is_allowed and not late.is_allowed else late


def _is_left_out(agreed: Mapping[str, Any], shared: Mapping[str, Any]) -> bool:
    name = str(shared.get("agency") or "").strip().casefold()
    rows = agreed.get("agencies") or ()
    return any(
        each.get("may_share") is False and str(each.get("agency") or "").strip().casefold() == name for each in rows
    )


_CHECKS = {agreements.KIND: _unsigned, "information_shared": _not_theirs_to_share}
