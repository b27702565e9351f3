"""Today: the visits planned for me, what is due, what was begun, what waits to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sf_desktop.ops.deadlines import due, owed, reminders
from sf_desktop.ops.deadlines.due import VisitDue
from sf_desktop.ops.deadlines.owed import Owed
from sf_desktop.ops.deadlines.reminders import Reminder
from sf_desktop.ops.drafts import adding
from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.drafts.unfinished import new_file_called
from sf_desktop.ops.families import allocating, closed_files, opening_files
from sf_desktop.ops.families.family import WarningView, warnings_of
from sf_desktop.ops.household.people import StatusNow, people_of
from sf_desktop.ops.leaving.going import going
from sf_desktop.ops.office import Office, day_begins, day_ends, reads
from sf_desktop.ops.records import concerns
from sf_desktop.ops.records.concerns import ConcernView, PhoneNow
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.ops.visiting.latest import visits_of
from sf_desktop.ops.visiting.lone_working import OutWords, in_words, under_way
from sf_desktop.ops.visiting.visits import Promise, promises
from sf_desktop.store.queries import entries
from sf_desktop.store.queries.counts import StatusCounts
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import drafts, families, records
from sf_desktop.store.tables.drafts import NEW_FILE
from sf_desktop.store.tables.lists import Lists
from sf_record.description import Shape
from sf_record.kinds import KINDS
from sf_record.record import Record

SOON_WORKING_DAYS = 10
LAST_WORDS_CHARS = 60
MOST_WAITING = 20  # more are counted, and stand under Sending
_MOST_NAMED = 20  # so many of the first have it said whose they are: more than the window shows


@dataclass(frozen=True, slots=True)
class PlannedToday:
    """A visit in today's plan, with what one should know before it."""

    planned_id: str
    family_id: str
    family_name: str
    address: str
    planned_at: str
    place: str
    purpose: str
    statuses: tuple[StatusNow, ...]
    warnings: tuple[WarningView, ...]
    promises: tuple[Promise, ...]  # what was agreed last time and is not done
    next_due: VisitDue | None
    draft_id: str | None  # begun already
    visit_id: str | None  # made already
    is_complete: bool


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Something begun and not finished, with its last words."""

    id: str
    kind: str
    kind_label: str
    family_id: str
    family_name: str
    record_id: str | None
    saved_at: str
    last_words: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Something that the council does not have yet, or that needs its author."""

    event_id: str
    record_id: str
    family_id: str
    family_name: str
    kind_label: str
    saved_at: str
    needs_you: bool


@dataclass(frozen=True, slots=True)
class TodayView:
    """All of it."""

    day: date
    visits: tuple[PlannedToday, ...]
    phone: tuple[PhoneNow, ...]  # concerns that nobody but this laptop knows of
    concerns: tuple[ConcernView, ...]  # open ones of all family files that are here
    due: tuple[Reminder, ...]  # overdue and due within ten working days, the soonest first
    owed: tuple[Owed, ...]  # what else is late, or owed within ten working days
    family_names: dict[str, str]  # of the families in ``due`` and ``owed``
    drafts: tuple[DraftRow, ...]
    waiting: tuple[WaitingRow, ...]
    counts: StatusCounts
    families: int
    incomplete: int  # family files that are not whole yet: nothing is counted of them
    as_of: str | None  # since when all whole files are as the council has them
    left: int = 0  # files that left this laptop today, because they moved, were closed or had been here long enough
    left_closed: int = 0  # those of them that were closed
    workers: Mapping[str, str] = field(default_factory=dict)  # whose those families are, for a supervisor of a team
    out: tuple[OutWords, ...] = ()  # who is out on a visit, and who is overdue


@reads
def today(office: Office, named: int = 0) -> TodayView:
    """Return what today asks for. Of family files that are not whole nothing is due.

    Of ``named`` of what is due, and of no fewer than the window shows at first, it is said whose they are.
    """
    named = max(named, _MOST_NAMED)
    registers = records.ids_of_kind(office.connection, "group")  # a group's file is no family's
    standings = {at: each for at, each in families.standings(office.connection).items() if at not in registers}
    whole = {each.family_id: each for each in standings.values() if each.is_complete}
    lists = Lists(office.connection)
    open_concerns = concerns.open_concerns(office, lists)
    limits = reminders.of_all(office, whole.keys(), open_concerns, lists)
    soon = tuple(each for each in limits if each.working_days <= SOON_WORKING_DAYS)
    closed = closed_files.still_given(office, [each.family_id for each in whole.values() if not each.released], lists)
    also = (*closed, *going(office, registers), *owed.of_all(office, whole.keys(), lists))
    left, left_closed = _left(office)
    families_due = {*(each.family_id for each in soon), *(each.family_id for each in also)}
    return TodayView(
        day=office.today(),
        visits=visits_on(office, office.today()),
        phone=concerns.phone_now(office),
        concerns=open_concerns,
        due=soon,
        owed=also,
        family_names=lists.family_names(families_due),
        left=left,
        left_closed=left_closed,
        workers=_workers(office, (*soon[:named], *also[:named])),
        drafts=draft_rows(office),
        waiting=_waiting(office),
        counts=status_counts(office),
        families=len(standings),
        incomplete=len(standings) - len(whole),
        as_of=min((each.as_of for each in whole.values() if each.as_of), default=None),
        out=tuple(in_words(office, each) for each in under_way(office)),
    )


def _left(office: Office) -> tuple[int, int]:
    begins = office.today_from()
    today_ = [each for each in release.left_lately(office.connection, _MOST_NAMED) if each[0] >= begins]
    return sum(files for _, files, *_ in today_), sum(closed for *_, closed in today_)


def _workers(office: Office, first: Sequence[Reminder | Owed]) -> dict[str, str]:
    """Return whose each of these families is, where whoever works here leads a team; nobody needs it of their own."""
    if not opening_files.may_open(office):
        return {}
    return {each.family_id: ", ".join(allocating.worker_names(office, each.family_id)) for each in first}


def visits_on(office: Office, day: date) -> tuple[PlannedToday, ...]:
    """Return my planned visits of a day, in order, without the cancelled ones."""
    plans = records.happened_between(office.connection, "planned_visit", day_begins(day), day_ends(day))
    mine = [
        each for each in plans if each.body.get("worker") == office.me.worker.id and not each.body.get("is_cancelled")
    ]
    begun = {str(each.body.get("planned_visit")): each.id for each in drafts.current(office.connection, kind="visit")}
    return tuple(_planned(office, each, begun) for each in mine)


def _planned(office: Office, plan: Record, begun: dict[str, str]) -> PlannedToday:
    family = records.get(office.connection, plan.family_id)
    standing = families.standing(office.connection, plan.family_id)
    people = people_of(office, plan.family_id)
    is_complete = standing is not None and standing.is_complete
    dues = due.of_family(office, plan.family_id, people) if is_complete else ()
    last = next(iter(visits_of(office.connection, plan.family_id, 1)), None)
    statuses = {status.code: status for each in people if each.is_child for status in each.statuses}
    return PlannedToday(
        planned_id=plan.id,
        family_id=plan.family_id,
        family_name=str(family.body.get("name") or "") if family else "",
        address=str(plan.body.get("place") or (family.body.get("address") if family else "") or ""),
        planned_at=str(plan.body.get("planned_at")),
        place=str(plan.body.get("place") or ""),
        purpose=str(plan.body.get("purpose") or ""),
        statuses=tuple(statuses.values()),
        warnings=warnings_of(family) if family else (),
        promises=tuple(each for each in promises(last) if not each.is_done) if last else (),
        next_due=dues[0] if dues else None,
        draft_id=begun.get(plan.id),
        visit_id=plan.body.get("visit"),
        is_complete=is_complete,
    )


def draft_rows(office: Office) -> tuple[DraftRow, ...]:
    """Return what was begun and not finished, the last touched first."""
    found = drafts.current(office.connection)
    names = _family_names(office, {each.family_id for each in found})
    return tuple(
        DraftRow(
            each.id, each.kind, adding.label_of(each), each.family_id,
            new_file_called(each) if each.kind == NEW_FILE else names.get(each.family_id, ""),
            each.record_id, each.saved_at, last_words(each),
        )
        for each in found
    )  # fmt: skip


def last_words(draft: Draft) -> str:
    """Return the end of the text in which the cursor was, or of the longest one; an answer of a list is no text."""
    written = {name: each for name, each in draft.body.items() if isinstance(each, str) and _is_written(draft, name)}
    text = written.get(str(draft.place.get("field")), "")
    if not text.strip():
        text = max((each for each in written.values() if " " in each), key=len, default="")
    text = " ".join(text.split())
    return text if len(text) <= LAST_WORDS_CHARS else "…" + text[-LAST_WORDS_CHARS:].partition(" ")[2]


def _is_written(draft: Draft, name: str) -> bool:
    """Say whether somebody types words there; of what is no kind's field, such as an amendment, they do."""
    field = KINDS[draft.kind].by_name.get(name) if draft.kind in KINDS else None
    return field is None or field.shape in (Shape.TEXT, Shape.PROSE)


def _waiting(office: Office) -> tuple[WaitingRow, ...]:
    found = entries.unsettled(office.connection, MOST_WAITING)
    names = _family_names(office, {each.family_id for each in found})
    steps = records.get_many(office.connection, tuple({each.record_id for each in found if each.kind == adding.STEP}))
    return tuple(
        WaitingRow(
            each.event_id, each.record_id, each.family_id, names.get(each.family_id, ""),
            _kind_label(each.kind, steps.get(each.record_id)), each.saved_at, each.needs_you,
        )
        for each in found
    )  # fmt: skip


def _kind_label(kind: str, step: Record | None) -> str:
    label = KINDS[kind].label if kind in KINDS else "Record"
    return adding.with_step(label, kind, step.body) if step is not None else label


def _family_names(office: Office, family_ids: set[str]) -> dict[str, str]:
    found = records.get_many(office.connection, tuple(family_ids))
    return {each.id: str(each.body.get("name") or "") for each in found.values()}
