"""Lists the family files on the laptop: ids from one query, rows as they come into view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sf_desktop.ops import looks
from sf_desktop.ops.deadlines import due
from sf_desktop.ops.deadlines.due import VisitDue
from sf_desktop.ops.families import allocating, opening_files
from sf_desktop.ops.families.closing import Closing, closing_of
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.visiting.latest import happened_at, visits_of
from sf_desktop.store.queries import counts, family_list
from sf_desktop.store.queries.family_list import By
from sf_desktop.store.tables import families as standings
from sf_desktop.store.tables import records
from sf_desktop.store.tables.families import Standing
from sf_record.record import Record
from sf_record.wire.audit import Look


class Order(StrEnum):
    """How the list is sorted."""

    NAME = "name"
    LAST_VISIT = "last_visit"  # the longest ago first
    DUE = "due"  # the soonest first
    WORKER = "worker"  # whose it is, then by its name
    CHANGED = "changed"  # the newest change first


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One line of the list."""

    id: str
    name: str
    address: str
    children: tuple[str, ...]
    status: str  # the gravest status of the children, as a code; "" for none
    status_words: str
    next_due: VisitDue | None
    last_visit_at: str | None
    waiting: int
    is_complete: bool
    leaves_because: str | None
    workers: tuple[str, ...] = ()  # who works with the family today, by name
    closing: Closing = Closing.OPEN


_BY = {Order.LAST_VISIT: By.LAST_VISIT, Order.CHANGED: By.LAST_CHANGE}  # the others are sorted here


@reads
def family_ids(
    office: Office, words: str = "", order: Order = Order.NAME, statuses: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the ids of the family files that hold all the words in a name or an address, sorted."""
    found = family_list.ids(office.connection, words, _BY.get(order, By.NAME))
    if statuses:
        found = _with_status(office, found, statuses)
    if order is Order.WORKER:
        return tuple(sorted(found, key=lambda each: [name.casefold() for name in _leads_first(office, each)]))
    return tuple(_soonest_first(office, found)) if order is Order.DUE else tuple(found)


@reads
def filtered(office: Office, words: str, order: Order, is_look: bool) -> tuple[str, ...]:
    """Return the same for the list that shows them. With ``is_look`` these words are asked for anew.

    Whose names they brought up is then a look, as after any search; what was typed is not noted, and all of them is
    no search.
    """
    found = family_ids(office, words, order)
    if is_look and words.strip():
        looks.record(office, Look.SEARCHED, code=str(len(found)), ids=found)
    return found


@reads
def leads_team(office: Office) -> bool:
    """Say whether whoever works here has the families of a team, so that it matters whose each is."""
    return opening_files.may_open(office)


def _leads_first(office: Office, family_id: str) -> tuple[str, ...]:
    """Return the names of those who work with a family; of a family that nobody works with what sorts last."""
    return allocating.worker_names(office, family_id) or ("\U0010ffff",)


def _with_status(office: Office, family_ids_: list[str], statuses: Sequence[str]) -> list[str]:
    wanted = frozenset(statuses)
    return [
        each
        for each in family_ids_
        if any(now.code in wanted for person in people_of(office, each) for now in person.statuses)
    ]


def _soonest_first(office: Office, family_ids_: list[str]) -> list[str]:
    complete = standings.complete(office.connection)
    soonest: dict[str, int] = {}
    for place, limit in enumerate(due.of_all(office, complete)):
        soonest.setdefault(limit.family_id, place)
    return sorted(family_ids_, key=lambda each: soonest.get(each, len(soonest) + 1_000_000))


@reads
def family_rows(office: Office, wanted: Sequence[str]) -> tuple[FamilyRow, ...]:
    """Return these rows, in this order; those that have left the laptop are left out."""
    found = records.get_many(office.connection, tuple(wanted))
    now = standings.some(office.connection, wanted)
    rows = []
    for family_id in wanted:
        record = found.get(family_id)
        if record is not None:
            rows.append(_row(office, record, now.get(family_id)))
    return tuple(rows)


def _row(office: Office, record: Record, standing: Standing | None) -> FamilyRow:
    family_id, body = record.family_id, record.body
    is_complete = standing is not None and standing.is_complete
    people = people_of(office, family_id)
    dues = due.of_family(office, family_id, people) if is_complete else ()
    visits = visits_of(office.connection, family_id, 1)
    statuses = [status for each in people if each.is_child for status in each.statuses]
    gravest = min(statuses, key=lambda each: due_order(each.code), default=None)
    return FamilyRow(
        id=family_id,
        name=str(body.get("name") or ""),
        address=", ".join(str(body[name]) for name in ("address", "postcode") if body.get(name)),
        children=tuple(each.name for each in people if each.is_child),
        status=gravest.code if gravest else "",
        status_words=gravest.label if gravest else "",
        next_due=dues[0] if dues else None,
        last_visit_at=happened_at(visits[0]) if visits else None,
        waiting=counts.waiting_of(office.connection, family_id),
        is_complete=is_complete,
        leaves_because=standing.released if standing else None,
        workers=allocating.worker_names(office, family_id),
        closing=closing_of(office.connection, record),
    )


def due_order(code: str) -> int:
    """Return the place of a status among them, the gravest first."""
    order = ("CP", "CLA", "CIN")
    return order.index(code) if code in order else len(order)
