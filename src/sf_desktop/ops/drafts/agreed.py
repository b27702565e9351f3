"""Holds what is about to be saved or signed against what the family agreed to: signature, and standing."""

from __future__ import annotations

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.moments import moment_words
from sf_desktop.ops.office import Office, day_begins, day_ends, day_of
from sf_desktop.store.tables import records
from sf_desktop.store.tables.drafts import Draft
from sf_record.errors import FieldProblem
from sf_record.kinds.attachment import DRAWN
from sf_record.rules import agreements


def problems(office: Office, draft: Draft, *, sign: bool) -> tuple[FieldProblem, ...]:
    """Return what keeps a draft from being saved, or signed; nothing for a kind that this is not asked of."""
    check = (_BEFORE_SIGNING if sign else _BEFORE_SAVING).get(draft.kind)
    return () if check is None else check(office, draft)


def _unsigned(office: Office, draft: Draft) -> tuple[FieldProblem, ...]:
    """What is said to have been signed on this screen has that signature with it."""
    if draft.body.get("how") != DRAWN:
        return ()
    held = (each for each in attachments.of_draft(office, draft.id) if not each.is_taken_out)
    if any(each.body.get("sort") == "signature" and each.body.get("signed_how") == DRAWN for each in held):
        return ()
    return (
        FieldProblem("how", "How it was given: take theirs with Signature, beside the parts, or choose another way"),
    )


def _not_theirs_to_share(office: Office, draft: Draft) -> tuple[FieldProblem, ...]:
    """What is shared because the family agreed needs an agreement to sharing on that day that does not leave it out."""
    day = day_of(str(draft.body.get("decided_on") or ""))
    if day is None:
        return ()
    kept = records.of_family(office.connection, draft.family_id, agreements.KINDS_OF_AGREEMENT)
    moments = (min(day_ends(day), office.now()), day_begins(day))  # as it ends (now, while it lasts), or as it begins
    code, agreement = agreements.not_shared_by(draft.body, moments, kept)
    if code:
        return (FieldProblem("power", f"Which one: {_LACKS[code]}. Choose another power, or do not share"),)
    review_on = day_of(str(agreement.body.get("review_on") or "")) if agreement is not None else None
    if review_on is None or review_on >= day:
        return ()
    words = f"Which one: the agreement was to be looked at again by {review_on.day} {review_on:%B %Y}. Ask the family"
    return (FieldProblem("power", f"{words} whether it still stands, and record what they say under Agreements"),)


def _not_under_it(office: Office, draft: Draft) -> tuple[FieldProblem, ...]:
    """A referral is made under an agreement that stands; one that was made before is still answered."""
    before = records.get(office.connection, draft.record_id) if draft.record_id else None
    kept = records.of_family(office.connection, draft.family_id, agreements.KINDS_OF_AGREEMENT)
    stood = before.body if before is not None else {}
    code = agreements.not_referred_under(draft.body, stood, office.now(), kept)
    if not code:
        return ()
    named = next((each for each in kept if each.id == draft.body.get("agreement")), None)
    why = _NOT_UNDER[agreements.not_given(named, office.now()) if code == agreements.MISSING and named else code]
    if why == _NOT_UNDER["later"] and named is not None:
        why = f"{why} {moment_words(str(named.body.get('agreed_at')), office.today())}"
    return (FieldProblem("agreement", f"{_UNDER}: {why}. Choose one that stands, or none"),)


_UNDER = "Under which agreement"
_NOT_UNDER = {
    "said_no": "the family said no when they were asked for this one",
    "not_signed": "this one is not signed yet, so it allows nothing",
    "in_error": "this one was entered in error",
    "later": "it counts only from",
    agreements.WITHDRAWN: "the family has withdrawn this one, so nothing more is done under it",
    agreements.ENDED: "the family agreed to this one until a day that lies before the referral",
}
_LACKS = {
    agreements.MISSING: "the family has not agreed to sharing",
    agreements.WITHDRAWN: "the family has withdrawn its agreement to sharing",
    agreements.ENDED: "the family agreed to sharing until a day that has passed",
    agreements.LEFT_OUT: "the family said no to sharing with this agency",
}
_BEFORE_SIGNING = {agreements.KIND: _unsigned, agreements.DECISION: _not_theirs_to_share}
_BEFORE_SAVING = {agreements.REFERRAL: _not_under_it}
