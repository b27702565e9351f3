"""What is due for the children, their safety and the visits begun: what, until when and why, the soonest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sf_desktop.ops.deadlines import due
from sf_desktop.ops.deadlines.due import ChildDue, days_left
from sf_desktop.ops.household.people import PersonView, people_of
from sf_desktop.ops.office import Office, day_of
from sf_desktop.ops.records import concerns
from sf_desktop.ops.records.concerns import ConcernView
from sf_desktop.store.tables import drafts, records
from sf_record.deadlines.schedule import TASKS
from sf_record.deadlines.timescales import Rules
from sf_record.deadlines.timescales import due as limit_of
from sf_record.kinds.review import TYPES
from sf_record.record import Record

RECORD_VISIT = "record_visit"
_AGREED = "As was agreed"
_NEXT = {**dict(TYPES), "icpc": "Meeting after the conference"}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is due. ``working_days`` from today until then; negative once it has passed. ``tab``: where."""

    family_id: str
    what: str
    on: date
    why: str
    working_days: int
    change: str = ""  # from what to what, where a limit is another than it was
    tab: str = ""

    @property
    def is_overdue(self) -> bool:
        return self.working_days < 0


def of_family(office: Office, family_id: str, people: Collection[PersonView] | None = None) -> tuple[Reminder, ...]:
    """Return everything that is due in a family file that is whole."""
    found = [
        *_of_children(due.tasks_of_family(office, family_id, people)),
        *_others(office, (family_id,), concerns.of_family(office, family_id)),
    ]
    return _sorted(found)


def of_all(office: Office, family_ids: Collection[str], open_concerns: Sequence[ConcernView]) -> tuple[Reminder, ...]:
    """Return everything that is due in these family files, which are whole; read kind by kind."""
    wanted = frozenset(family_ids)
    found = [
        *_of_children(due.tasks_of_all(office, wanted)),
        *_others(office, wanted, open_concerns),
    ]
    return _sorted(found)


def _sorted(found: Iterable[Reminder]) -> tuple[Reminder, ...]:
    return tuple(sorted(found, key=lambda each: (each.on, each.what)))


def _of_children(found: Sequence[ChildDue]) -> Iterator[Reminder]:
    """Say what is due for children; one meeting about several is one reminder, and so is one journey to several."""
    together: dict[tuple[object, ...], list[ChildDue]] = {}
    for each in found:
        together.setdefault((each.family_id, each.task, each.on, each.why, each.change), []).append(each)
    for group in together.values():
        first = group[0]
        names = _and(list(dict.fromkeys(each.child_name for each in group)))
        task = TASKS[first.task]
        what = f"{task} {names}" if first.task == "visit" else f"{task} for {names}"
        yield Reminder(first.family_id, what, first.on, first.why, first.working_days, first.change)


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _others(office: Office, family_ids: Collection[str], found: Sequence[ConcernView]) -> Iterator[Reminder]:
    yield from _concerns(office, [each for each in found if each.family_id in family_ids])
    yield from _visits_to_record(office, family_ids)
    yield from _meetings(office, family_ids)
    yield from _statements(office, family_ids)
    yield from _warnings(office, family_ids)


def _made(office: Office, family_id: str, what: str, on: date, why: str, *, tab: str = "") -> Reminder:
    return Reminder(family_id, what, on, why, days_left(office, on), tab=tab)


def _concerns(office: Office, found: Sequence[ConcernView]) -> Iterator[Reminder]:
    for each in found:
        for clock in each.standing.clocks:
            what = f"Concern about {', '.join(each.about) or 'a child'}: {clock.what}"
            left = min(days_left(office, clock.on), -1) if clock.is_overdue else days_left(office, clock.on)
            why = clock.why[:1].upper() + clock.why[1:]
            yield Reminder(each.family_id, what, clock.on, why, left, tab="safety")


def _visits_to_record(office: Office, family_ids: Collection[str]) -> Iterator[Reminder]:
    """A visit that was begun is to be written and signed within the council's time."""
    rules = Rules(office.configuration, office.days, office.today())
    for draft in drafts.current(office.connection, kind="visit"):
        day = day_of(str(draft.body.get("started_at") or draft.started_at))
        if draft.family_id not in family_ids or draft.record_id is not None or day is None:
            continue
        limit = limit_of(RECORD_VISIT, day, "Recording a visit", rules)
        if limit is not None:
            what = f"Sign the visit of {day.day} {day:%B}"
            yield Reminder(
                draft.family_id, what, limit.on, limit.why, days_left(office, limit.on), limit.change, tab="overview"
            )


def _meetings(office: Office, family_ids: Collection[str]) -> Iterator[Reminder]:
    """The next meeting about a plan, as the last one of its sort planned it; its limit stands beside it.

    It has been held once there is a later one of its sort, and is not planned for children whose plan has ended.
    """
    last: dict[tuple[str, str], Record] = {}
    for each in _of_kind(office, family_ids, "review"):
        key = each.family_id, str(each.body.get("type"))
        if key not in last or str(each.body.get("held_on")) > str(last[key].body.get("held_on")):
            last[key] = each
    for (family_id, type_), each in last.items():
        day, held_on = day_of(each.body.get("next_on")), day_of(each.body.get("held_on"))
        if day is None or held_on is None:
            continue
        names = _still_planned(office, family_id, [str(row.get("person")) for row in each.body.get("children") or ()])
        if names:
            what = f"{_NEXT.get(type_, 'Meeting')} for {_and(names)}"
            why = f"Planned when they met on {held_on.day} {held_on:%B %Y}"
            yield _made(office, family_id, what, day, why, tab="timeline")


def _still_planned(office: Office, family_id: str, children: Sequence[str]) -> list[str]:
    """Return the names of those who still have a plan, in this order."""
    named = {each.id: each for each in people_of(office, family_id)}
    return [named[each].name for each in children if each in named and named[each].statuses]


def _statements(office: Office, family_ids: Collection[str]) -> Iterator[Reminder]:
    for each in _of_kind(office, family_ids, "danger_statement"):
        day = day_of(each.body.get("review_on"))
        if day is not None and not each.body.get("ended_on"):
            yield _made(office, each.family_id, "Look at the danger statement again", day, _AGREED, tab="safety")


def _warnings(office: Office, family_ids: Collection[str]) -> Iterator[Reminder]:
    for each in _of_kind(office, family_ids, "family"):
        for warning in each.body.get("warnings") or ():
            day = day_of(warning.get("review_on"))
            if day is not None:
                why = "Set when the warning was recorded"
                yield _made(office, each.family_id, "Look at the warning again", day, why, tab="overview")


def _of_kind(office: Office, family_ids: Collection[str], kind: str) -> list[Record]:
    if len(family_ids) == 1:
        family_id = next(iter(family_ids))
        found = records.of_family(office.connection, family_id, (kind,))
        return [each for each in found if each.in_error is None]
    return [each for each in records.of_kind(office.connection, kind) if each.family_id in family_ids]
