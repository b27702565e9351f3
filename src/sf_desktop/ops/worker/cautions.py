"""Says what to know before signing: a file that moved, who has not signed, a time to come, a withdrawal, a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.moments import clock_words, day_words, moment_words
from sf_desktop.ops.office import Office, day_ends, day_of, reads
from sf_desktop.ops.records import concerns
from sf_desktop.ops.worker.phrases import offered
from sf_desktop.store.tables import families, records
from sf_desktop.store.tables.drafts import Draft
from sf_record.kinds import KINDS
from sf_record.kinds.attachment import DRAWN
from sf_record.kinds.information_shared import REFUSED
from sf_record.powers import AGREEMENT
from sf_record.rules import agreements
from sf_record.wire.leaving import CLOSED


@reads
def cautions(office: Office, draft_id: str) -> tuple[str, ...]:
    """Return what somebody should know before signing a draft, in words; it keeps nobody from signing."""
    draft = drafting.get(office, draft_id)
    said = _CAUTIONS.get(draft.kind, _nothing)
    return (*_of_a_file_that_leaves(office, draft), *_not_filled_in(office, draft), *said(office, draft))


def _of_a_file_that_leaves(office: Office, draft: Draft) -> Iterator[str]:
    """What is signed in a file that has moved meanwhile does not stand in it before a supervisor says so."""
    standing = families.standing(office.connection, draft.family_id)
    if standing is not None and standing.released:
        what = "was closed" if standing.released == CLOSED else "is no longer on your caseload"
        yield (
            f"This family file {what}. What you sign goes to a supervisor, who puts it into the file or returns it to"
            " you with a comment."
        )


def _not_filled_in(office: Office, draft: Draft) -> Iterator[str]:
    """A place of a phrase that nobody filled in, such as [name], still stands in what was written."""
    places = {each for phrase in offered(office, draft.kind) for each in _PLACE.findall(phrase.text)}
    for field in KINDS[draft.kind].fields:
        text = draft.body.get(field.name)
        if places and isinstance(text, str):
            for place in dict.fromkeys(each for each in _PLACE.findall(text) if each in places):
                yield f"{place} still stands in {field.label}: a phrase was not filled in."


def _nothing(_office: Office, _draft: Draft) -> Iterator[str]:
    yield from ()


def _of_an_agreement(office: Office, draft: Draft) -> Iterator[str]:
    """Whoever was asked and has not signed is named; a time that has not come yet counts from then."""
    body = draft.body
    if body.get("how") == DRAWN:
        held = [each.body for each in attachments.of_draft(office, draft.id) if not each.is_taken_out]
        missing = agreements.still_to_sign(body.get("people") or (), held)
        names = {each.id: each.name for each in people_of(office, draft.family_id)}
        if missing:
            have = "has" if len(missing) == 1 else "have"
            who = ", ".join(names.get(each, "Somebody") for each in missing)
            yield (
                f"{who} {have} not signed. Take their signature too, or leave them out of Who was asked,"
                " if it was not their answer."
            )
    at = str(body.get("agreed_at") or "")
    if at > office.now():
        yield (
            f"{clock_words(at)} has not come yet: it counts only from then. If they have answered already,"
            " put the time right before you sign."
        )


def _of_a_decision(office: Office, draft: Draft) -> Iterator[str]:
    """What is shared because the family agreed, on the day on which they took it back, may be too late."""
    day = day_of(str(draft.body.get("decided_on") or ""))
    if day is None or draft.body.get("power") != AGREEMENT or draft.body.get("outcome") in (None, "", REFUSED):
        return
    kept = records.of_family(office.connection, draft.family_id, agreements.KINDS_OF_AGREEMENT)
    named = next((each for each in kept if each.id == draft.body.get("agreement")), None)
    if named is not None and agreements.not_given(named, office.now()):
        yield "The agreement that you named does not stand: look at Under which agreement once more."
    found = agreements.allowance(agreements.SHARING, min(day_ends(day), office.now()), kept)
    if found.code == agreements.WITHDRAWN and found.withdrawal is not None:
        at = _when(str(found.withdrawal.body.get("withdrawn_at") or ""), office)
        yield (
            f"The family withdrew its agreement to sharing {at}. Sign this under their agreement only if it was"
            " shared before then."
        )


def _of_a_step(office: Office, draft: Draft) -> Iterator[str]:
    """Whoever closes a concern is told what nobody has recorded of it, and what is still awaited."""
    if draft.body.get("step") != concerns.CLOSED:
        return
    found = concerns.of_family(office, draft.family_id)
    stands = next((each.standing for each in found if each.id == draft.body.get("concern")), None)
    if stands is None or not stands.is_open:
        return
    if stands.lacks:
        yield f"{'. '.join(stands.lacks)}. Closing the concern ends that: write why, or record the step first."
    for clock in stands.clocks:
        until = day_words(clock.on.isoformat(), office.today())
        yield f"Still awaited: {clock.what}, {until}. Nobody is reminded of it once the concern is closed."


def _when(moment: str, office: Office) -> str:
    """Say a moment within a sentence: today at 09:52, on Tue 24 Nov, 09:52."""
    words = moment_words(moment, office.today())
    return f"on {words}" if ", " in words else f"today at {words}"


_PLACE = re.compile(r"\[[^\[\]\n]+\]")
_CAUTIONS = {agreements.KIND: _of_an_agreement, agreements.DECISION: _of_a_decision, concerns.STEP: _of_a_step}
