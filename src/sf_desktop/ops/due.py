"""Which child must be visited by when, and why: from each child's status and when the child was last seen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sf_desktop.ops.latest import last_seen, visits_of
from sf_desktop.ops.office import Office, day_of
from sf_desktop.ops.people import PersonView, people_of
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
    children = [each for each in chosen if each.is_child and each.statuses and not each.has_died]
    if not children:
        return ()
    visits = visits_of(office.connection, family_id)
    found = [due for each in children if (due := _due(office, family_id, each, last_seen(visits, each.id))) is not None]
    return tuple(sorted(found, key=lambda due: (due.on, due.child_name)))


def _due(office: Office, family_id: str, child: PersonView, seen_at: str | None) -> VisitDue | None:
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


def of_all(office: Office, family_ids: Collection[str]) -> tuple[VisitDue, ...]:
    """Return the limits of these family files, the soonest first."""
    found = [due for family_id in _with_status(office, family_ids) for due in of_family(office, family_id)]
    return tuple(sorted(found, key=lambda due: (due.on, due.child_name)))


def _with_status(office: Office, family_ids: Collection[str]) -> list[str]:
    rows = office.connection.execute("SELECT DISTINCT family_id FROM record WHERE kind = 'status_episode'")
    wanted = frozenset(family_ids)
    return [str(each[0]) for each in rows.fetchall() if each[0] in wanted]
