"""Writes what stands before early help: an agreement, its withdrawal, and the bodies of what is signed under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Done, Office
from sf_desktop.ops.planning import early_help
from sf_desktop.ops.records import recording
from sf_desktop.ops.sharing import agreements
from sf_desktop.store.tables.drafts import Draft
from tests.builders.written import save_unsigned

AGENCIES = [
    {"agency": "Pretend Primary School", "may_share": True},
    {"agency": "Pretend health visitors", "may_share": True},
    {"agency": "Pretend Housing", "may_share": False},
]


def agree(office: Office, family_id: str, *what_for: str, **more: Any) -> str:
    """Have the family agree, on paper, and return the agreement's id."""
    draft = agreements.start_agreement(office, family_id, what_for or ("assessment", "team", "sharing"))
    people = draft.body.get("people") or [each.id for each in people_of(office, family_id)][:1]
    said = {"people": people, "answer": "agreed", "how": "paper", "agencies": AGENCIES}
    return sign(office, draft, {**draft.body, **said, **more}).record_id


def withdraw(office: Office, agreement_id: str, **more: Any) -> str:
    """Have the family take it back, and return the withdrawal's id."""
    draft = agreements.start_withdrawal(office, agreement_id)
    drafting.save(office, draft.id, {**draft.body, **more})
    return save_unsigned(office, draft.id).record_id


def sign(office: Office, draft: Draft, body: dict[str, Any]) -> Done:
    """Write a draft to its end."""
    drafting.save(office, draft.id, body)
    return recording.sign(office, draft.id)


def assess(office: Office, family_id: str, **more: Any) -> str:
    """Assess the family with the least that may be signed, and return the assessment's id."""
    return _signed(office, early_help.start_assessment, family_id, assessment_body(), more)


def meet(office: Office, family_id: str, **more: Any) -> str:
    """Have the team meet."""
    body = {"family_view": "Pretend: better.", "is_still_needed": False, "progress": [], "team": []}
    return _signed(office, early_help.start_meeting, family_id, body, more)


def assessment_body() -> dict[str, Any]:
    """Return the least that may be signed, besides what an assessment begins with."""
    return {
        "reason": "Pretend: mornings are hard.",
        "worries": "Pretend: late every day.",
        "strengths": "Pretend: they ask for help.",
        "needed": "Pretend: a routine.",
        "analysis": "Pretend: sleep comes first.",
        "decision": "team",
        "voices": [],
    }


def _signed(
    office: Office, start: Callable[[Office, str], Draft], family_id: str, body: dict[str, Any], more: dict[str, Any]
) -> str:
    draft = start(office, family_id)
    return sign(office, draft, {**draft.body, **body, **more}).record_id
