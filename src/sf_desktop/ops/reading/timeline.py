"""Everything that happened in a family file, newest first: the ids at once, the rows as they come into view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sf_desktop.ops.household.people import name_of
from sf_desktop.ops.moments import day_words
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.reading import merging
from sf_desktop.store.queries import timelines
from sf_desktop.store.queries.timelines import TimelineFilter, TimelineRecord
from sf_desktop.store.tables import records
from sf_record import body as bodies
from sf_record.kinds import KINDS
from sf_record.record import Record
from sf_record.rules import sameness

__all__ = ["TimelineEntry", "TimelineFilter", "timeline_ids", "timeline_rows"]

TEXT_CHARACTERS = 400
PLACE, ATTENDANCE = "activity_place", "attendance"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. ``seq`` is the council's number of it; 0 while it waits."""

    record_id: str
    kind: str
    kind_label: str
    happened_at: str
    title: str
    text: str
    author: str
    author_id: str
    signed_at: str | None
    seq: int
    is_signed: bool
    is_waiting: bool
    is_in_error: bool
    has_conflicts: bool
    is_forgotten: bool
    amendments: int


@reads
def timeline_ids(office: Office, family_id: str, chosen: TimelineFilter | None = None) -> tuple[str, ...]:
    """Return the ids of what happened, newest first."""
    return timelines.ids(office.connection, family_id, chosen or TimelineFilter())


@reads
def timeline_rows(office: Office, record_ids: Sequence[str]) -> tuple[TimelineEntry, ...]:
    """Return these rows, in this order; those that have left the laptop are left out."""
    found = timelines.rows(office.connection, record_ids)
    return tuple(_entry(office, found[each]) for each in record_ids if each in found)


def _entry(office: Office, row: TimelineRecord) -> TimelineEntry:
    record = row.record
    kind = KINDS.get(record.kind)
    return TimelineEntry(
        record_id=record.id,
        kind=record.kind,
        kind_label=kind.label if kind else "Record of a newer program",
        happened_at=row.happened_at,
        title=row.title or "Record of a newer program",
        text=_text(office, record),
        author=office.configuration.worker_name(record.author_id),
        author_id=record.author_id,
        signed_at=record.signed.at if record.signed else None,
        seq=row.seq,
        is_signed=record.signed is not None,
        is_waiting=row.is_waiting,
        is_in_error=record.in_error is not None,
        has_conflicts=bool(record.conflicts),
        is_forgotten=row.is_forgotten,
        amendments=len(record.amendments),
    )


def _text(office: Office, record: Record) -> str:
    if record.kind not in KINDS:
        return ""
    if record.kind == sameness.KIND:
        return merging.said(office, record)[:TEXT_CHARACTERS]
    summary = str(bodies.read(record.kind, record.body).summary())
    if record.kind in (PLACE, ATTENDANCE):
        summary = _of_activity(office, record, summary)
    return summary[:TEXT_CHARACTERS]


def _of_activity(office: Office, record: Record, summary: str) -> str:
    """Say who has a place and on which activity, and until when; or whose register it was."""
    code = str(record.body.get("activity") or "")
    activity = next((each.label for each in office.configuration.activities if each.code == code), code)
    if record.kind == ATTENDANCE:
        return " · ".join(each for each in (activity, summary) if each)
    person = records.get(office.connection, str(record.body.get("person") or ""))
    who = name_of(person) if person is not None else "Somebody"
    until = day_words(record.body.get("until"), office.today())
    return " · ".join(each for each in (who, activity, f"until {until}" if until else "") if each)
