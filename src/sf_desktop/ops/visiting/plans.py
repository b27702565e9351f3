"""The worker's plan: which family is visited when; plan, move and cancel a visit."""

from __future__ import annotations

from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.office import Done, Office


def plan_visit(office: Office, family_id: str, planned_at: str, purpose: str = "", place: str = "") -> Done:
    """Plan a visit of one's own."""
    body = {"worker": office.me.worker.id, "planned_at": planned_at, "purpose": purpose, "place": place}
    return writing.create(office, "planned_visit", family_id, body)


def move_visit(office: Office, planned_id: str, planned_at: str) -> Done:
    """Plan it for another time."""
    return _change(office, planned_id, {"planned_at": planned_at, "is_cancelled": None})


def cancel_visit(office: Office, planned_id: str) -> Done:
    """Cancel it; :func:`restore_visit` undoes this."""
    return _change(office, planned_id, {"is_cancelled": True})


def restore_visit(office: Office, planned_id: str) -> Done:
    """Take a cancelled visit back into the plan."""
    return _change(office, planned_id, {"is_cancelled": None})


def _change(office: Office, planned_id: str, fields: dict[str, Any]) -> Done:
    record = writing.found(office, planned_id)
    return writing.change(office, planned_id, {**record.body, **fields})
