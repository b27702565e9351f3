"""Opens a family file: the child first, what matters about safety, what is due, and whether all of it is here."""

from __future__ import annotations

from dataclasses import dataclass

from sf_desktop.ops import looks
from sf_desktop.ops.deadlines import due, reminders
from sf_desktop.ops.deadlines.due import VisitDue
from sf_desktop.ops.deadlines.reminders import Reminder
from sf_desktop.ops.families import allocating
from sf_desktop.ops.families.closing import Closing, closing_of
from sf_desktop.ops.household.people import PersonView, people_of
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.records import concerns
from sf_desktop.ops.records.concerns import ConcernView, PhoneNow
from sf_desktop.ops.sending import conflicts
from sf_desktop.ops.visiting.latest import happened_at, last_seen, visits_of
from sf_desktop.ops.visiting.visits import Promise, promises
from sf_desktop.store.queries import counts, entries
from sf_desktop.store.tables import drafts, families, outbox, records
from sf_desktop.store.tables.drafts import Draft
from sf_desktop.wording import error
from sf_record.record import Conflict, Record
from sf_record.wire.audit import Look


@dataclass(frozen=True, slots=True)
class WarningView:
    """What a visitor must know before knocking."""

    text: str
    reason: str
    review_on: str | None


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family file as it is opened."""

    id: str
    name: str
    address: str
    postcode: str
    interpreter: str
    warnings: tuple[WarningView, ...]
    people: tuple[PersonView, ...]
    dues: tuple[VisitDue, ...]
    last_visit_at: str | None
    last_seen_at: str | None  # of the children, the one seen longest ago
    last_seen_alone_at: str | None
    promises: tuple[Promise, ...]
    workers: tuple[str, ...]
    drafts: tuple[Draft, ...]
    waiting: int
    conflicts: int  # answers of which two versions wait to be settled by whoever works here
    conflicts_of_others: int  # and those that only a supervisor settles
    is_complete: bool
    as_of: str | None
    leaves_because: str | None  # a code, where the file leaves as soon as nothing unsent is left
    went_back: bool
    closing: Closing = Closing.OPEN
    concerns: tuple[ConcernView, ...] = ()  # open ones
    phone: tuple[PhoneNow, ...] = ()  # what nobody but this laptop knows of
    reminders: tuple[Reminder, ...] = ()  # everything that is due

    @property
    def children(self) -> tuple[PersonView, ...]:
        return tuple(each for each in self.people if each.is_child)

    @property
    def restrictions(self) -> tuple[tuple[str, str], ...]:
        """Who may have contact, as (words, whom they are about)."""
        return tuple((each.restriction, each.name) for each in self.people if each.restriction)

    @property
    def next_due(self) -> VisitDue | None:
        return self.dues[0] if self.dues else None


@reads
def open_family(office: Office, family_id: str) -> FamilyView:
    """Return a family file as it is opened; InputError ``family_gone`` where it is not on the laptop."""
    record = records.get(office.connection, family_id)
    standing = families.standing(office.connection, family_id)
    if record is None or standing is None:
        raise error("family_gone")
    looks.record(office, Look.FAMILY_OPENED, family_id)
    people = people_of(office, family_id)
    visits = visits_of(office.connection, family_id)
    ones_own, others = conflicts.of_family(office, family_id)
    return FamilyView(
        id=family_id,
        name=str(record.body.get("name") or ""),
        address=str(record.body.get("address") or ""),
        postcode=str(record.body.get("postcode") or ""),
        interpreter=str(record.body.get("interpreter") or ""),
        warnings=warnings_of(record),
        people=people,
        # No reminder is made of a file of which part may be missing.
        dues=due.of_family(office, family_id, people) if standing.is_complete else (),
        last_visit_at=happened_at(visits[0]) if visits else None,
        last_seen_at=_least(visits, people, alone=False),
        last_seen_alone_at=_least(visits, people, alone=True),
        promises=promises(visits[0]) if visits else (),
        workers=allocating.worker_names(office, family_id),
        drafts=tuple(drafts.current(office.connection, family_id)),
        waiting=counts.waiting_of(office.connection, family_id),
        conflicts=ones_own,
        conflicts_of_others=others,
        is_complete=standing.is_complete,
        as_of=standing.as_of,
        leaves_because=standing.released,
        went_back=standing.went_back,
        closing=closing_of(office.connection, record),
        concerns=tuple(each for each in concerns.of_family(office, family_id) if each.standing.is_open),
        phone=concerns.phone_now(office, family_id),
        reminders=reminders.of_family(office, family_id, people) if standing.is_complete else (),
    )


def warnings_of(record: Record) -> tuple[WarningView, ...]:
    return tuple(
        WarningView(str(each.get("text") or ""), str(each.get("reason") or ""), each.get("review_on"))
        for each in record.body.get("warnings") or ()
    )


def _least(visits: list[Record], people: tuple[PersonView, ...], *, alone: bool) -> str | None:
    """Return when the child seen longest ago was seen; None where a child was at none of the latest visits."""
    seen = [last_seen(visits, each.id, alone=alone) for each in people if each.is_child and each.role != "unborn"]
    return None if not seen or None in seen else min(each for each in seen if each is not None)


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record in full."""

    record: Record
    family_name: str
    author: str
    is_waiting: bool
    events: tuple[entries.Entry, ...]
    conflicts: tuple[Conflict, ...]


@reads
def open_record(office: Office, record_id: str) -> RecordView:
    """Return one record in full, with what this laptop did to it."""
    record = records.get(office.connection, record_id)
    if record is None:
        raise error("record_gone")
    looks.record(office, Look.RECORD_OPENED, record.family_id, record_id)
    family = records.get(office.connection, record.family_id)
    events = tuple(entries.of_record(office.connection, record_id))
    return RecordView(
        record,
        str(family.body.get("name") or "") if family else "",
        office.configuration.worker_name(record.author_id),
        any(each.receipt_at is None and each.state is not outbox.State.SET_ASIDE for each in events),
        events,
        record.conflicts,
    )
