"""Visits: start one with what was promised last time, check it, sign it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting, finishing
from sf_desktop.ops.household.people import children_of
from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.ops.visiting.latest import visits_of
from sf_desktop.store.tables import drafts, records
from sf_desktop.store.tables.drafts import Draft
from sf_record.errors import FieldProblem
from sf_record.record import Record


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing agreed at the last visit."""

    what: str
    who: str
    due_on: str | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class LastTime:
    """The visit before, as the form shows it beside: when, and what was promised."""

    record_id: str
    happened_at: str
    promises: tuple[Promise, ...]


def start_visit(office: Office, family_id: str, planned_id: str | None = None) -> Draft:
    """Begin a visit with who was there last time and what is still to be done; go on with one begun from this plan."""
    if planned_id is not None:
        begun = [
            each
            for each in drafts.current(office.connection, family_id, "visit")
            if each.body.get("planned_visit") == planned_id
        ]
        if begun:
            return begun[0]
    return drafting.begin(office, "visit", family_id, _first_answers(office, family_id, planned_id))


def _first_answers(office: Office, family_id: str, planned_id: str | None) -> dict[str, Any]:
    last = next(iter(visits_of(office.connection, family_id, 1)), None)
    body: dict[str, Any] = {
        "started_at": office.now(),
        "children": [{"person": each.id} for each in children_of(office, family_id)],
    }
    if planned_id is not None:
        body |= {"type": "planned", "planned_visit": planned_id}
    if last is not None:
        body |= {"present": list(last.body.get("present") or []), "agreed": _undone(last)}
    return {name: value for name, value in body.items() if value}


def _undone(visit: Record) -> list[dict[str, Any]]:
    return [dict(each) for each in visit.body.get("agreed") or [] if not each.get("is_done")]


@reads
def last_time(office: Office, family_id: str) -> LastTime | None:
    """Return the last visit's promises; None where there was no visit."""
    last = next(iter(visits_of(office.connection, family_id, 1)), None)
    return (
        None if last is None else LastTime(last.id, str(last.body.get("started_at") or last.written_at), promises(last))
    )


def promises(visit: Record) -> tuple[Promise, ...]:
    """Return what was agreed at a visit."""
    return tuple(
        Promise(str(each.get("what") or ""), str(each.get("who") or ""), each.get("due_on"), bool(each.get("is_done")))
        for each in visit.body.get("agreed") or ()
    )


@reads
def check_visit(office: Office, draft_id: str) -> tuple[FieldProblem, ...]:
    """Return everything to mend before the visit can be signed."""
    return finishing.problems(office, draft_id, sign=True)


def sign_visit(office: Office, draft_id: str) -> Done:
    """Sign the visit: the draft becomes the record. InputError with all fields keeps the draft as it is."""
    draft = drafting.get(office, draft_id)
    signed = finishing.finish(office, draft_id, sign=True)
    planned_id = draft.body.get("planned_visit")
    plan = records.get(office.connection, planned_id) if isinstance(planned_id, str) else None
    if plan is None:
        return signed
    body = {**plan.body, "visit": signed.record_id}
    if writing.problems(office, plan.kind, body, sign=False):
        return signed  # a plan that this program would not write as it is must not keep a visit from being signed
    return done(signed | writing.change(office, plan.id, body), signed.record_id)
