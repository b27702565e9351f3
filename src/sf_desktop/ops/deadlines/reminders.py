"""What is due for the children, their safety and the visits begun: what, until when and why, the soonest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sf_desktop.ops.deadlines import due
from sf_desktop.ops.deadlines.due import ChildDue
from sf_desktop.ops.household.people import PersonView, people_of
from sf_desktop.ops.office import Office, day_of
from sf_desktop.ops.records import concerns
from sf_desktop.ops.records.concerns import ConcernView
from sf_desktop.store.tables import drafts, records
from sf_desktop.store.tables.lists import Lists
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked about: the family files, the records of a kind that stand in them, and who has a status today."""

    family_ids: Collection[str]
    of_kind: Callable[[str], Iterable[Record]]
    named: Callable[[str], Mapping[str, str]]  # of a family file: names by id
    rules: Rules


def of_family(office: Office, family_id: str, people: Collection[PersonView] | None = None) -> tuple[Reminder, ...]:
    """Return everything that is due in a family file that is whole."""
    chosen = people_of(office, family_id) if people is None else people

    def of_kind(kind: str) -> list[Record]:
        return [each for each in records.of_family(office.connection, family_id, (kind,)) if each.in_error is None]

    def named(_family_id: str) -> dict[str, str]:
        return {each.id: each.name for each in chosen if each.statuses}

    asked = _Asked((family_id,), of_kind, named, due.rules_of(office))
    found = [
        *_of_children(due.tasks_of_family(office, family_id, chosen)),
        *_others(office, asked, concerns.of_family(office, family_id)),
    ]
    return _sorted(found)


def of_all(
    office: Office, family_ids: Collection[str], open_concerns: Sequence[ConcernView], lists: Lists
) -> tuple[Reminder, ...]:
    """Return everything that is due in these family files, which are whole; read kind by kind."""
    wanted = frozenset(family_ids)
    children = due.children_of_all(office, wanted, lists)

    def of_kind(kind: str) -> list[Record]:
        return [each for each in lists.of_kind(kind) if each.family_id in wanted]

    def named(family_id: str) -> dict[str, str]:
        return {each.id: each.name for each in children.get(family_id, ())}

    found = [
        *_of_children(due.tasks_of_all(office, children, lists)),
        *_others(office, _Asked(wanted, of_kind, named, due.rules_of(office)), open_concerns),
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


def _others(office: Office, asked: _Asked, found: Sequence[ConcernView]) -> Iterator[Reminder]:
    yield from _concerns(asked, found)
    yield from _visits_to_record(office, asked)
    yield from _meetings(asked)
    yield from _statements(asked)
    yield from _warnings(asked)


def _made(rules: Rules, family_id: str, what: str, on: date, why: str, *, tab: str = "") -> Reminder:
    return Reminder(family_id, what, on, why, rules.working_days_left(on), tab=tab)


def _concerns(asked: _Asked, found: Sequence[ConcernView]) -> Iterator[Reminder]:
    for each in found:
        if each.family_id not in asked.family_ids:
            continue
        for clock in each.standing.clocks:
            what = f"Concern about {', '.join(each.about) or 'a child'}: {clock.what}"
            left = asked.rules.working_days_left(clock.on)
            why = clock.why[:1].upper() + clock.why[1:]
            yield Reminder(
                each.family_id, what, clock.on, why, min(left, -1) if clock.is_overdue else left, tab="safety"
            )


def _visits_to_record(office: Office, asked: _Asked) -> Iterator[Reminder]:
    """A visit that was begun is to be written and signed within the council's time."""
    rules = asked.rules
    for draft in drafts.current(office.connection, kind="visit"):
        day = day_of(str(draft.body.get("started_at") or draft.started_at))
        if draft.family_id not in asked.family_ids or draft.record_id is not None or day is None:
            continue
        limit = limit_of(RECORD_VISIT, day, "Recording a visit", rules)
        if limit is not None:
            what, left = f"Sign the visit of {day.day} {day:%B}", rules.working_days_left(limit.on)
            yield Reminder(draft.family_id, what, limit.on, limit.why, left, limit.change, tab="overview")


def _meetings(asked: _Asked) -> Iterator[Reminder]:
    """The next meeting about a plan, as the last one of its sort planned it; its limit stands beside it.

    It has been held once there is a later one of its sort, and is not planned for children whose plan has ended.
    """
    last: dict[tuple[str, str], Record] = {}
    for each in asked.of_kind("review"):
        key = each.family_id, str(each.body.get("type"))
        if key not in last or str(each.body.get("held_on")) > str(last[key].body.get("held_on")):
            last[key] = each
    for (family_id, type_), each in last.items():
        day, held_on = day_of(each.body.get("next_on")), day_of(each.body.get("held_on"))
        if day is None or held_on is None:
            continue
        named = asked.named(family_id)
        names = [named[child] for row in each.body.get("children") or () if (child := str(row.get("person"))) in named]
        if names:
            what = f"{_NEXT.get(type_, 'Meeting')} for {_and(names)}"
            why = f"Planned when they met on {held_on.day} {held_on:%B %Y}"
            yield _made(asked.rules, family_id, what, day, why, tab="timeline")


def _statements(asked: _Asked) -> Iterator[Reminder]:
    for each in asked.of_kind("danger_statement"):
        day = day_of(each.body.get("review_on"))
        if day is not None and not each.body.get("ended_on"):
            yield _made(asked.rules, each.family_id, "Look at the danger statement again", day, _AGREED, tab="safety")


def _warnings(asked: _Asked) -> Iterator[Reminder]:
    for each in asked.of_kind("family"):
        for warning in each.body.get("warnings") or ():
            day = day_of(warning.get("review_on"))
            if day is not None:
                why = "Set when the warning was recorded"
                yield _made(asked.rules, each.family_id, "Look at the warning again", day, why, tab="overview")
