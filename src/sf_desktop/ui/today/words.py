"""Says Today in words: from what the vault knows to what stands on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sf_desktop.ops.deadlines.owed import Owed
from sf_desktop.ops.deadlines.reminders import Reminder
from sf_desktop.ops.reading.in_words import one_after_another
from sf_desktop.ops.records.concerns import ConcernView, PhoneNow
from sf_desktop.ops.visiting.plans import PlanView
from sf_desktop.ops.worker.today import DraftRow, PlannedToday, TodayView, WaitingRow
from sf_desktop.ui.kit.safety.concern_words import about_words, phone_words, standing_line
from sf_desktop.ui.kit.text.closing import why_left
from sf_desktop.ui.kit.text.moments import (
    clock_words,
    count_words,
    day_and_time,
    in_sentence,
    long_day,
    moment_words,
    short_day,
)
from sf_desktop.ui.kit.text.statuses import days_words, status_tone
from sf_desktop.ui.today.cards import Line, Planned
from sf_desktop.ui.today.view import DRAFTS, DUE, OWED, SAFETY, WAITING, TodayWords

SHOWN = {SAFETY: 6, DUE: 7, OWED: 4, DRAFTS: 4, WAITING: 4}
STEP = 20  # so many more are shown at a time


def today_words(view: TodayView, shown: Mapping[str, int] = SHOWN) -> TodayWords:
    """Say all of it: of each list so many lines, and how many more there are."""
    safety = _safety(view)
    first_open = next((each.planned_id for each in view.visits if each.visit_id is None), None)
    return TodayWords(
        title=long_day(view.day),
        sentence=_sentence(view),
        safety=safety[: shown[SAFETY]],
        safety_more=_show_more(len(safety) - shown[SAFETY]),
        visits=tuple(_planned(each, view.day, is_next=each.planned_id == first_open) for each in view.visits),
        due=_dues(view, shown[DUE]),
        due_more=_show_more(len(view.due) - shown[DUE]),
        owed=tuple(_owed(each, view) for each in view.owed[: shown[OWED]]),
        owed_more=_show_more(len(view.owed) - shown[OWED]),
        drafts=tuple(_draft(each, view.day) for each in view.drafts[: shown[DRAFTS]]),
        drafts_more=f"See all {len(view.drafts):,} drafts" if len(view.drafts) > shown[DRAFTS] else "",
        waiting=tuple(_waiting(each, view.day) for each in view.waiting[: shown[WAITING]]),
        waiting_more="See all under Sending" if len(view.waiting) > shown[WAITING] else "",
        out=view.out,
    )


def moved_words(plan: PlanView) -> tuple[str, str]:
    """Say that a visit was moved: what happened, from when to when, what was kept."""
    came_from, goes_to = (in_sentence(day_and_time(each, plan.today)) for each in (plan.moved_from, plan.planned_at))
    kept = "Saved on this laptop. It goes to the council when there is a signal."
    return "The visit is moved", f"{plan.family_name}: from {came_from} to {goes_to}. {kept}"


def _safety(view: TodayView) -> tuple[Line, ...]:
    """What must be told by telephone, then the open concerns."""
    asks = ["", *(phone_words(each) for each in view.phone)]
    told = [_phone(each, view.day, asks_as_before=phone_words(each) == asks[at]) for at, each in enumerate(view.phone)]
    unsent = {each.record_id for each in view.phone}
    shown = [each for each in view.concerns if each.id not in unsent]
    return (*told, *(_concern(each, view.day) for each in shown))


def _phone(phone: PhoneNow, today: date, *, asks_as_before: bool) -> Line:
    """Whom to ring is said once of all that ask for the same."""
    about = f", about {' and '.join(phone.about)}" if phone.about else ""
    rest = f"{phone.family_name}{about}, written {in_sentence(moment_words(phone.since, today))}"
    also = "Also not sent" if phone.is_signed else "Also not signed"
    return Line(also if asks_as_before else phone_words(phone), rest, "", "Open", phone.family_id, is_grave=True)


def _concern(concern: ConcernView, today: date) -> Line:
    clocks = concern.standing.clocks
    lead = f"{about_words(concern)}, {concern.family_name}"
    is_late = bool(clocks) and clocks[0].is_overdue
    under = f"Recorded by {concern.author}, {moment_words(concern.written_at, today)}"
    return Line(lead, standing_line(concern, today), under, "Open", concern.family_id, is_grave=is_late)


def _sentence(view: TodayView) -> str:
    parts = [f"{count_words(len(view.visits), 'visit', 'visits')} planned."]
    overdue = sum(each.is_overdue for each in view.due)
    if overdue:
        parts.append(f"{count_words(overdue, 'thing is', 'things are')} overdue.")
    if view.incomplete:
        parts.append(
            f"{count_words(view.incomplete, 'family file is', 'family files are')} not complete on this laptop yet."
        )
    elif view.families:
        files = "Your family file is" if view.families == 1 else f"All {view.families:,} family files are"
        as_of = f", as of {moment_words(view.as_of, view.day)}" if view.as_of else ""
        parts.append(f"{files} complete on this laptop{as_of}.")
    if view.left:
        why = why_left(view.left, view.left_closed)
        parts.append(f"{count_words(view.left, 'file', 'files')} left this laptop today{why}.")
    return " ".join(parts)


def _planned(planned: PlannedToday, today: date, *, is_next: bool) -> Planned:
    line, is_warning = _line(planned, today)
    state, main = "planned", "Start visit"
    if planned.visit_id:
        state, main = "done", "Open visit"
    elif planned.draft_id:
        state, main = "begun", "Continue"
    tags = tuple((each.label, status_tone(each.code)) for each in planned.statuses)
    if not planned.is_complete:
        tags = (*tags, ("Not complete here", "warning"))
    return Planned(
        id=planned.planned_id,
        family_id=planned.family_id,
        time=clock_words(planned.planned_at),
        state=state,
        family=planned.family_name,
        tags=tags,
        address=planned.address,
        line=line,
        is_warning=is_warning,
        main=main,
        is_primary=is_next,
        draft_id=planned.draft_id or "",
        visit_id=planned.visit_id or "",
        planned_at=planned.planned_at,
        may_move=state == "planned",
    )


def _line(planned: PlannedToday, today: date) -> tuple[str, bool]:
    """The one thing to know before the visit: a warning, else what was promised, else what it is for."""
    if planned.warnings:
        return planned.warnings[0].text, True
    if planned.promises:
        return f"Last promised: {planned.promises[0].what}", False
    if planned.purpose:
        return planned.purpose, False
    if planned.next_due is not None:
        return f"Visit due by {short_day(planned.next_due.on, today)}", False
    return "", False


def _dues(view: TodayView, most: int) -> tuple[Line, ...]:
    """The soonest; a reason that is the same as the one above is not said again."""
    shown = view.due[:most]
    before = ("", *(each.why for each in shown))
    return tuple(
        _due(each, view, why="" if each.why == last else each.why) for each, last in zip(shown, before, strict=False)
    )


def _due(due: Reminder, view: TodayView, *, why: str) -> Line:
    lead = f"Overdue since {short_day(due.on, view.day)}" if due.is_overdue else short_day(due.on, view.day)
    whose = f"{view.family_names.get(due.family_id, '')}: " if due.tab else ""  # what is for a child names the child
    rest = f"{whose}{due.what}, {days_words(due.working_days)}"
    under = one_after_another((view.workers.get(due.family_id, ""), why, due.change))
    return Line(lead, rest, under, "Open", f"{due.tab}:{due.family_id}", is_grave=due.is_overdue)


def _owed(owed: Owed, view: TodayView) -> Line:
    lead = f"{short_day(owed.on, view.day)} · {view.family_names.get(owed.family_id, '')}"
    is_past = owed.on < view.day
    what = f"{owed.what}, late" if is_past else owed.what
    under = one_after_another((view.workers.get(owed.family_id, ""), owed.why))
    return Line(lead, what, under, "Open", f"{owed.part}:{owed.family_id}", is_grave=owed.is_late)


def _draft(draft: DraftRow, today: date) -> Line:
    rest = f"stopped {_at(draft.saved_at, today)}"
    words = f"“{draft.last_words}”" if draft.last_words else ""
    return Line(f"{draft.kind_label}, {draft.family_name}", rest, words, "Continue", f"{draft.kind}:{draft.id}")


def _waiting(row: WaitingRow, today: date) -> Line:
    lead = f"{row.kind_label}, {row.family_name}"
    saved = f"Saved on this laptop {_at(row.saved_at, today)}"
    if row.needs_you:
        return Line(lead, "needs you", saved, "Look at it", row.event_id, is_grave=True)
    return Line(lead, "", saved)


def _at(text: str, today: date) -> str:
    words = moment_words(text, today)
    return f"at {words}" if words.count(":") and "," not in words else words


def _show_more(left: int) -> str:
    if left <= STEP:
        return f"Show {left} more" if left > 0 else ""
    return f"Show {STEP} more of {left:,}"
