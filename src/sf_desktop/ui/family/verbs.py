"""What the family screen asks for at once: the file and the day, one record and the names in it, the plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sf_desktop.ops.deadlines import owed
from sf_desktop.ops.deadlines.owed import Owed
from sf_desktop.ops.drafts.adding import all_begun
from sf_desktop.ops.families import opening_files
from sf_desktop.ops.families.closed_files import still_given_one
from sf_desktop.ops.families.family import FamilyView, RecordView, open_family, open_record
from sf_desktop.ops.household.people import people
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.reading.chronology import line_of
from sf_desktop.ops.reading.linked import linked_records
from sf_desktop.ops.visiting import plans
from sf_desktop.ops.worker.phrases import offered
from sf_desktop.store.tables import records
from sf_desktop.store.tables.drafts import Draft
from sf_desktop.ui.form.context import Choosable, FormContext
from sf_desktop.ui.form.sheet import choosable, nameable
from sf_record.description import Role


@dataclass(frozen=True, slots=True)
class FamilySheet:
    """A family file as opened, and the day on which it was."""

    view: FamilyView
    today: date
    leaves_after_days: int
    owed: tuple[Owed, ...] = ()  # of a file that is whole
    may_allocate: bool = False  # whoever opened it decides who works with the family


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """One record, with what is needed to say it in words."""

    view: RecordView
    context: FormContext
    me_id: str
    is_supervisor: bool
    begun: tuple[Draft, ...] = ()  # what was being added to it, the last touched first
    line_id: str = ""  # the line of the chronology that was taken from it
    next_id: str = ""  # of what may be begun next


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One planned visit of a family file."""

    id: str
    planned_at: str
    worker: str
    purpose: str
    place: str
    is_mine: bool
    is_cancelled: bool
    visit_id: str
    moved_from: str = ""  # the moment that it was last moved from


@dataclass(frozen=True, slots=True)
class Plans:
    """The visits planned to a family, as they are on a day."""

    family_id: str
    today: date
    rows: tuple[PlanRow, ...]


@reads
def family_sheet(office: Office, family_id: str) -> FamilySheet:
    """Open a family file."""
    view = open_family(office, family_id)
    # As with visits: no reminder is made of a file of which part may be missing.
    also = (*still_given_one(office, family_id), *owed.of_family(office, family_id)) if view.is_complete else ()
    leaves_after = office.configuration.copies_leave_after_days
    return FamilySheet(view, office.today(), leaves_after, also, may_allocate=opening_files.may_open(office))


@reads
def record_sheet(office: Office, record_id: str) -> RecordSheet:
    """Open one record."""
    view = open_record(office, record_id)
    today = office.today()
    context = FormContext(
        codes=office.codes,
        today=today,
        people=choosable(people(office, view.record.family_id), view.record.kind),
        workers=tuple(Choosable(each.id, each.name) for each in office.configuration.workers),
        records=nameable(linked_records(office, view.record.family_id, view.record.kind)),
        configured=office.configuration.lists(today),
        phrases=offered(office, view.record.kind),
    )
    me = office.me.worker
    return RecordSheet(
        view,
        context,
        me.id,
        me.role is Role.SUPERVISOR,
        all_begun(office, record_id),
        line_of(office, record_id),
        office.new_id(),
    )


@reads
def family_plans(office: Office, family_id: str) -> Plans:
    """Return the visits planned from today on, the soonest first, and those cancelled among them."""
    begins = office.today_from()
    found = []
    for record in records.of_family(office.connection, family_id, ("planned_visit",)):
        body = record.body
        if record.in_error is None and str(body.get("planned_at") or "") >= begins:
            found.append(
                PlanRow(
                    record.id, str(body.get("planned_at")), office.configuration.worker_name(body.get("worker")),
                    str(body.get("purpose") or ""), str(body.get("place") or ""),
                    body.get("worker") == office.me.worker.id, bool(body.get("is_cancelled")),
                    str(body.get("visit") or ""), plans.moved_from(office, record),
                )
            )  # fmt: skip
    return Plans(family_id, office.today(), tuple(found))
