"""Which child must be visited by when, and why: from each child's status and when the child was last seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sf_desktop.ops.latest import ENOUGH, FEW, happened_at, last_seen, visits_of
from sf_desktop.ops.office import Office, day_of
from sf_desktop.ops.people import PersonView, StatusNow, name_of, people_of, statuses_now
from sf_desktop.store import records
from sf_record.record import Record
from sf_record.timescales import visit_due


@dataclass(frozen=True, slots=True)
class VisitDue:
    """The limit for one child. ``working_days`` from today until then; negative once it has passed."""

    family_id: str
    child_id: str
    child_name: str
    status: str
    on: date
    why: str
    working_days: int
    last_seen_at: str | None

    @property
    def is_overdue(self) -> bool:
        return self.working_days < 0


def of_family(office: Office, family_id: str, people: Collection[PersonView] | None = None) -> tuple[VisitDue, ...]:
    """Return the limits of a family file's children, the soonest first; one for each child."""
    chosen = people_of(office, family_id) if people is None else people
    children = [
        _Child(each.id, each.name, each.statuses, each.role == "unborn")
        for each in chosen
        if each.is_child and each.statuses and not each.has_died
    ]
    return _sorted(_of_children(office, family_id, children))


def of_all(office: Office, family_ids: Collection[str]) -> tuple[VisitDue, ...]:
    """Return the limits of these family files, the soonest first; read kind by kind, not file by file."""
    wanted = frozenset(family_ids)
    episodes: dict[tuple[str, str], list[Record]] = {}
    for each in records.of_kind(office.connection, "status_episode"):
        if each.family_id in wanted:
            episodes.setdefault((each.family_id, str(each.body.get("person"))), []).append(each)
    now = {key: statuses for key, its in episodes.items() if (statuses := statuses_now(office, its))}
    people = records.get_many(office.connection, tuple({child_id for _, child_id in now}))
    children: dict[str, list[_Child]] = {}
    for (family_id, child_id), statuses in now.items():
        record = people.get(child_id)
        if record is not None and record.in_error is None and not record.body.get("died_on"):
            children.setdefault(family_id, []).append(
                _Child(child_id, name_of(record), statuses, record.body.get("role") == "unborn")
            )
    return _sorted(due for family_id, its in children.items() for due in _of_children(office, family_id, its))


@dataclass(frozen=True, slots=True)
class _Child:
    id: str
    name: str
    statuses: tuple[StatusNow, ...]
    is_unborn: bool = False


def _sorted(found: Iterable[VisitDue]) -> tuple[VisitDue, ...]:
    return tuple(sorted(found, key=lambda due: (due.on, due.child_name)))


def _of_children(office: Office, family_id: str, children: list[_Child]) -> list[VisitDue]:
    if not children:
        return []
    seen = _seen_at(office, family_id, children)
    return [due for each in children if (due := _due(office, family_id, each, seen[each.id])) is not None]


def _seen_at(office: Office, family_id: str, children: list[_Child]) -> dict[str, str | None]:
    """Return when each child was last seen; nearly always the last visits say it of all of them.

    An unborn child is visited with the mother: any visit counts.
    """
    seen: dict[str, str | None] = {}
    for limit in (FEW, ENOUGH):
        visits = visits_of(office.connection, family_id, limit)
        seen = {each.id: _seen(visits, each) for each in children}
        if len(visits) < limit or None not in seen.values():
            break
    return seen


def _seen(visits: list[Record], child: _Child) -> str | None:
    if child.is_unborn:
        return happened_at(visits[0]) if visits else None
    return last_seen(visits, child.id)


def _due(office: Office, family_id: str, child: _Child, seen_at: str | None) -> VisitDue | None:
    today = office.today()
    limits = []
    for status in child.statuses:
        began = day_of(status.since) or today
        seen = day_of(seen_at)
        last = max(began, seen) if seen else began
        limit = visit_due(status.code, last, office.configuration, office.days, today)
        if limit is not None:
            limits.append((limit.on, limit.why, status.code))
    if not limits:
        return None
    on, why, code = min(limits)
    return VisitDue(family_id, child.id, child.name, code, on, why, office.days.between(today, on), seen_at)
