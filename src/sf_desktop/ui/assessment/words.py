"""What the part of early help says: what is missing before it may begin, when the team must meet, when it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sf_desktop.ops.planning.early_help import EarlyHelpView
from sf_desktop.ui.kit.text.moments import day_words, moment_words, short_day
from sf_record.kinds.assessment import DECISIONS
from sf_record.rules.agreements import ENDED, WITHDRAWN, Allowance

RECORD_IT, OPEN_IT = "Record the agreement", "Open the agreement"
_MEETINGS_TOO = "Meetings of the team need their agreement too."


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing, what to do, and the button for it; ``agreement_id`` where it leads to one that is there."""

    title: str
    advice: str
    button: str = RECORD_IT
    agreement_id: str = ""


def missing(view: EarlyHelpView) -> Missing | None:
    """Say what is missing before the family may be assessed, and its team meet; None where nothing is."""
    assessing, meeting = view.assessing, view.meeting
    if assessing.is_allowed:
        return None if meeting.is_allowed else _missing(meeting, "meetings of the team", view.today)
    if meeting.is_allowed:
        return _missing(assessing, "an Early Help Assessment", view.today)
    if meeting == assessing:
        return _missing(assessing, "an Early Help Assessment and meetings of the team", view.today)
    said = _missing(assessing, "an Early Help Assessment", view.today)
    return replace(said, advice=f"{said.advice} {_MEETINGS_TOO}")


def _missing(allowance: Allowance, what: str, today: date) -> Missing:
    if allowance.ahead is not None:
        at = moment_words(str(allowance.ahead.body.get("agreed_at") or ""), today)
        return Missing(
            f"The agreement to {what} counts only from {at}",
            f"{at} stands in it as the time of their answer, and has not come yet. Go on then. If they answered before,"
            " open it, mark it as entered in error, and record it again with the right time.",
            OPEN_IT,
            allowance.ahead.id,
        )
    if allowance.code == WITHDRAWN:
        taken_back = allowance.withdrawal.body.get("withdrawn_at") if allowance.withdrawal is not None else None
        return Missing(
            f"The family has withdrawn its agreement to {what}",
            f"Since {moment_words(str(taken_back or ''), today)}. Nothing more is written or shared under it. What was"
            " signed before stays. Ask again only if the family wishes to.",
        )
    if allowance.code == ENDED:
        return Missing(
            f"The family agreed to {what} until a day that has passed",
            "Ask whether it still stands, and record what they say. What was signed before stays.",
        )
    return Missing(
        f"The family has not agreed to {what} yet",
        "Explain what it is and who may share, and record their answer. It cannot be started before.",
    )


def assessed(view: EarlyHelpView) -> str:
    """Say when the family was assessed, and what was decided."""
    if view.closed_on:
        return f"Early help was closed on {day_words(view.closed_on, view.today)}."
    if not view.assessed_at:
        return "You write an assessment part by part, in any order, and can finish it later."
    return f"Last: {moment_words(view.assessed_at, view.today)}. {dict(DECISIONS).get(view.decision, '')}".strip()


def due(view: EarlyHelpView) -> str:
    """Say when the team meets next and by when it must."""
    planned = f"It meets again on {day_words(view.next_on, view.today)}." if view.next_on else ""
    if view.due is None:
        return planned
    late = "This day has passed: " if view.is_due_past else ""
    return f"{planned} {late}It must meet by {short_day(view.due.on, view.today)} ({view.due.why}).".strip()
