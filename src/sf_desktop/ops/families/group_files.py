"""Opens, changes and closes the file of a group: what it is called, and who keeps its register or tells it of people.

The file comes into being as a family's does, with a supervisor's first allocation of it: to herself, so that she goes
on having it. Those for the keepers follow. Everything is judged by the council with the next round.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sf_desktop.ops import writing
from sf_desktop.ops.activities.groups import GROUP, bring_group_up_to_date
from sf_desktop.ops.families import opening_files
from sf_desktop.ops.families.closing import Closing, closing_of
from sf_desktop.ops.office import ChangeSet, Done, Office, done, reads
from sf_desktop.store.tables import families, records
from sf_desktop.wording import error, input_error
from sf_record import body as bodies
from sf_record.body import Body
from sf_record.configuration import Offered, WorkerName
from sf_record.description import Role
from sf_record.errors import FieldProblem
from sf_record.kinds.group import RegisterGroup
from sf_record.record import Record

ALLOCATION = "allocation"


@dataclass(frozen=True, slots=True)
class GroupFile:
    """One group as a supervisor sees it. ``keepers`` are ids of workers; ``closed_on`` is a day's text or empty.

    ``kept_until`` are those who were taken off it with its closing.
    """

    id: str
    name: str
    activity: str
    about: str
    keepers: tuple[str, ...]
    closed_on: str
    closing: Closing = Closing.OPEN
    kept_until: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupFiles:
    """The groups that may be changed here, and what one is made of. Nothing of it for whoever may open none."""

    may_open: bool
    groups: tuple[GroupFile, ...] = ()
    activities: tuple[Offered, ...] = ()
    people: tuple[WorkerName, ...] = ()


@reads
def group_files(office: Office) -> GroupFiles:
    """Return the groups on this laptop, those that are open first, with the activities and people to choose from."""
    if not opening_files.may_open(office):
        return GroupFiles(may_open=False)
    groups = tuple(sorted((_file(office, each) for each in records.of_kind(office.connection, GROUP)), key=_order))
    today = office.today()
    on_one = {each for group in groups for each in group.keepers}
    known = {group.activity for group in groups}
    return GroupFiles(
        may_open=True,
        groups=groups,
        activities=tuple(e for e in office.configuration.activities if e.is_offered(today) or e.code in known),
        people=tuple(sorted((e for e in office.configuration.workers if _may_be_on(office, e, on_one)), key=_by_role)),
    )


@reads
def new_group_id(office: Office) -> str:
    """Return an id for a new group: asked once, so that opening it twice opens one."""
    return office.new_id()


def open_group(office: Office, group_id: str, body: Body, keepers: Collection[str]) -> Done:
    """Open a group of this id for these workers, from today; InputError with every field at fault."""
    _check(office, body, keepers)
    if families.standing(office.connection, group_id) is not None:
        raise error("family_here_already")
    families.note_opened(office.connection, group_id)
    changed: ChangeSet = _allocated(office, group_id, office.me.worker.id)
    changed = changed | writing.create(office, GROUP, group_id, body, record_id=group_id)
    for each in sorted(set(keepers) - {office.me.worker.id}):
        changed = changed | _allocated(office, group_id, each)
    return done(changed, group_id)


def change_group(office: Office, seen: GroupFile, body: Body, keepers: Collection[str]) -> Done:
    """Change what a group is called and who is on it, having seen it so; one that was seen closed is open again.

    Opened again it is told what has changed of its people meanwhile, as far as their family files are here: while it
    was closed nobody told it of a new allergy. Only what differs from what was seen is done: whom somebody else took
    off meanwhile stays off.
    """
    _check(office, body, keepers)
    record = writing.found(office, seen.id)
    if record.body.get("closed_on") and not seen.closed_on:
        raise error("group_closed_meanwhile")
    standing = _open_allocations(office, seen.id)
    changed: ChangeSet = _own(office, seen.id, standing)
    base = {**record.body, "name": seen.name, "activity": seen.activity, "about": seen.about}
    changed = changed | writing.change(office, seen.id, {**base, **body, "closed_on": None}, base=writing.clean(base))
    for each in sorted(set(keepers) - set(seen.keepers) - standing.keys() - {office.me.worker.id}):
        changed = changed | _allocated(office, seen.id, each)
    gone = standing.keys() & (set(seen.keepers) - set(keepers))
    changed = changed | _ended(office, standing, gone)
    return done(changed | bring_group_up_to_date(office, seen.id) if seen.closed_on else changed, seen.id)


def close_group(office: Office, group_id: str) -> Done:
    """Close a group from today: a centre's staff have it no more; whoever told it of people still reads who came."""
    _require_may(office)
    record = writing.found(office, group_id)
    standing = _open_allocations(office, group_id)
    changed: ChangeSet = _own(office, group_id, standing)
    changed = changed | writing.change(office, group_id, {**record.body, "closed_on": _today(office)})
    of_centre = {each.id for each in office.configuration.workers if each.role == Role.CENTRE}
    return done(changed | _ended(office, standing, standing.keys() & of_centre), group_id)


def _check(office: Office, body: Body, keepers: Collection[str]) -> None:
    _require_may(office)
    problems = list(writing.problems(office, GROUP, body, sign=False))
    chosen = str(body.get("activity") or "")
    if chosen and chosen not in {each.code for each in office.configuration.activities}:
        problems.append(FieldProblem("activity", "Activity: choose one of your council’s list"))
    if not set(keepers) - {office.me.worker.id}:
        problems.append(
            FieldProblem("keepers", "Who keeps its register, or puts people on it: choose at least one person")
        )
    if problems:
        raise input_error("mend_form", tuple(problems))


def _require_may(office: Office) -> None:
    if not opening_files.may_open(office):
        raise error("may_not_open_groups")


def _allocated(office: Office, group_id: str, worker_id: str) -> Done:
    body = {"worker": worker_id, "role": "lead", "began_on": _today(office)}
    return writing.create(office, ALLOCATION, group_id, body)


def _own(office: Office, group_id: str, standing: Collection[str]) -> Done:
    """Allocate a group to whoever changes it: else she would lose it with the last keeper of her team."""
    return Done() if office.me.worker.id in standing else _allocated(office, group_id, office.me.worker.id)


def _ended(office: Office, standing: Mapping[str, Sequence[Record]], who: Collection[str]) -> Done:
    """End the allocations of these; never those of whoever works here."""
    changed: ChangeSet = Done()
    for worker_id in sorted(set(who) - {office.me.worker.id}):
        for each in standing[worker_id]:
            changed = changed | writing.change(office, each.id, {**each.body, "ended_on": _today(office)})
    return done(changed, "")


def _open_allocations(office: Office, group_id: str) -> dict[str, list[Record]]:
    today = _today(office)
    found: dict[str, list[Record]] = {}
    for each in records.of_family(office.connection, group_id, (ALLOCATION,)):
        ended = str(each.body.get("ended_on") or "")
        if each.in_error is None and (not ended or ended > today):
            found.setdefault(str(each.body.get("worker") or ""), []).append(each)
    return found


def _today(office: Office) -> str:
    """Return the day on which the council will see it begin or end: Greenwich's, where it is behind."""
    return min(office.today(), office.clock.now().date()).isoformat()


def _file(office: Office, record: Record) -> GroupFile:
    group = cast("RegisterGroup", bodies.read(GROUP, record.body))
    others = tuple(each for each in _open_allocations(office, record.id) if each != office.me.worker.id)
    closing, closed_on = closing_of(office.connection, record), str(group.closed_on or "")
    kept_until = _taken_off(office, record.id, closed_on) if closed_on else ()
    return GroupFile(record.id, group.name, group.activity, group.about, others, closed_on, closing, kept_until)


def _taken_off(office: Office, group_id: str, day: str) -> tuple[str, ...]:
    """Return whose allocation to a group ended on a day."""
    kept = records.of_family(office.connection, group_id, (ALLOCATION,))
    ended = [each for each in kept if each.in_error is None and each.body.get("ended_on") == day]
    return tuple(dict.fromkeys(str(each.body.get("worker") or "") for each in ended))


def _may_be_on(office: Office, worker: WorkerName, on_one: Collection[str]) -> bool:
    """Say whether somebody is offered: a centre's staff, practitioners of the team, and whoever is on a group now."""
    is_own = worker.role == Role.PRACTITIONER and worker.team_id == office.me.worker.team_id
    return worker.id != office.me.worker.id and (worker.role == Role.CENTRE or is_own or worker.id in on_one)


def _by_role(worker: WorkerName) -> tuple[Any, ...]:
    return worker.role != Role.CENTRE, worker.name.casefold(), worker.id


def _order(group: GroupFile) -> tuple[bool, str, str]:
    return bool(group.closed_on), group.name.casefold(), group.id
