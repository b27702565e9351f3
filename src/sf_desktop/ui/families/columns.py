"""What the list of families says of each one."""

from __future__ import annotations

from datetime import date

from sf_desktop.ops.families.families import FamilyRow, Order
from sf_desktop.ops.reading.in_words import one_after_another
from sf_desktop.ui.kit.lists.rows import Column
from sf_desktop.ui.kit.text.closing import closing_words
from sf_desktop.ui.kit.text.moments import local
from sf_desktop.ui.kit.text.statuses import days_words

STATE, LAST_VISIT, WORKER, ADDRESS = 1, 5, 6, 7  # the numbers of the columns that are not always shown
NEAR_DAYS = 100  # working days within which nobody asks which year is meant


def columns() -> tuple[Column, ...]:
    """The columns; those with a key can be sorted."""
    return (
        Column("Family", _name, Order.NAME.value),
        Column("File", state),
        Column("Children", _children),
        Column("Status", _status),
        Column("Next visit by", _due, Order.DUE.value),
        Column("Last visit", _last_visit, Order.LAST_VISIT.value),
        Column("Worker", _worker, Order.WORKER.value),
        Column("Address", _address),
    )


def _name(row: FamilyRow) -> str:
    return row.name


def state(row: FamilyRow) -> str:
    """Say what is unusual about a file: closed, leaving or not complete; nothing of one that is as it should be."""
    if row.leaves_because:
        here = "Leaving this laptop"
    else:
        here = "" if row.is_complete else "Not complete yet"
    return one_after_another((closing_words(row.closing), here))


def _worker(row: FamilyRow) -> str:
    return ", ".join(row.workers)


def _children(row: FamilyRow) -> str:
    return ", ".join(name.split(" ")[0] for name in row.children)


def _status(row: FamilyRow) -> str:
    return row.status_words


def _due(row: FamilyRow) -> str:
    due = row.next_due
    if due is None:
        return ""
    is_near = abs(due.working_days) < NEAR_DAYS
    return f"{f'{due.on.day} {due.on:%b}' if is_near else _day(due.on)} ({days_words(due.working_days)})"


def _last_visit(row: FamilyRow) -> str:
    at = local(row.last_visit_at) if row.last_visit_at else None
    return _day(at.date()) if at else "None here"


def _address(row: FamilyRow) -> str:
    return row.address


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
