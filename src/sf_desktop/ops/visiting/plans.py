"""The worker's plan: which family is visited when; plan, move and cancel a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.office import Done, Office, day_of, reads
from sf_desktop.store.queries import entries
from sf_desktop.store.tables import records
from sf_desktop.wording import input_error
from sf_record.errors import FieldProblem
from sf_record.record import Record


@dataclass(frozen=True, slots=True)
class PlanView:
    """One planned visit. ``moved_from`` is the moment that it was last moved from, empty where that is not known here.

    ``may_move``: it is this worker's own, not cancelled and not made yet. ``may_move_back``: and that day is not past.
    """

    id: str
    family_id: str
    family_name: str
    planned_at: str
    moved_from: str
    may_move: bool
    may_move_back: bool
    today: date


def plan_visit(office: Office, family_id: str, planned_at: str, purpose: str = "", place: str = "") -> Done:
    """Plan a visit of one's own."""
    body = {"worker": office.me.worker.id, "planned_at": planned_at, "purpose": purpose, "place": place}
    return writing.create(office, "planned_visit", family_id, body)


@reads
def planned(office: Office, planned_id: str) -> PlanView:
    """Return a visit as it is planned now; InputError where it has left the laptop."""
    record = writing.found(office, planned_id)
    body = record.body
    family = records.get(office.connection, record.family_id)
    came_from = moved_from(office, record)
    is_open = not body.get("is_cancelled") and not body.get("visit") and record.in_error is None
    may_move = is_open and body.get("worker") == office.me.worker.id
    return PlanView(
        planned_id,
        record.family_id,
        str(family.body.get("name") or "") if family else "",
        str(body.get("planned_at") or ""),
        came_from,
        may_move,
        may_move and came_from >= office.today_from(),
        office.today(),
    )


def move_visit(office: Office, planned_id: str, planned_at: str, seen: str = "") -> Done:
    """Plan it for another time, today or later. Moving it to where :func:`moved_from` says it was undoes this.

    Where it was moved from ``seen`` by somebody else meanwhile, both times are kept, to be settled.
    """
    day = day_of(planned_at)
    if day is not None and day < office.today():
        raise input_error("mend_form", (FieldProblem("planned_at", "Choose today or a later day"),))
    return _change(office, planned_id, {"planned_at": planned_at, "is_cancelled": None}, seen)


def moved_from(office: Office, plan: Record) -> str:
    """Return the moment that a planned visit was last moved from on this laptop; empty where it was not.

    A move back undoes the move: it is not one itself.
    """
    before: list[str] = []
    stands = ""
    for each in reversed(entries.of_record(office.connection, plan.id)):
        if "planned_at" not in each.event.fields or each.is_withdrawn or each.given_up:
            continue
        was, stands = str(each.event.was.get("planned_at") or ""), str(each.event.fields["planned_at"])
        if before and before[-1] == stands:
            before.pop()
        elif was:
            before.append(was)
    return before[-1] if before and stands == plan.body.get("planned_at") else ""


def cancel_visit(office: Office, planned_id: str) -> Done:
    """Cancel it; :func:`restore_visit` undoes this."""
    return _change(office, planned_id, {"is_cancelled": True})


def restore_visit(office: Office, planned_id: str) -> Done:
    """Take a cancelled visit back into the plan."""
    return _change(office, planned_id, {"is_cancelled": None})


def _change(office: Office, planned_id: str, fields: dict[str, Any], seen: str = "") -> Done:
    body = writing.found(office, planned_id).body
    base = {**body, "planned_at": seen} if seen else body
    return writing.change(office, planned_id, {**body, **fields}, base=base)
