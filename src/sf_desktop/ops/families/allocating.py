"""Gives a family file to workers of the team, one of them its lead, or closes it: what a supervisor decides.

Whoever comes is allocated before whoever goes is let go, so that the file is the team's throughout.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sf_desktop.ops import writing
from sf_desktop.ops.families import opening_files
from sf_desktop.ops.families.closing import Closing, closing_of
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import ChangeSet, Done, Office, done, reads
from sf_desktop.ops.records import concerns
from sf_desktop.store.tables import families, records
from sf_desktop.wording import error, input_error
from sf_record.configuration import WorkerName
from sf_record.errors import FieldProblem
from sf_record.record import Record

ALLOCATION = "allocation"
LEAD, SECOND = "lead", "second"


@dataclass(frozen=True, slots=True)
class Allocated:
    """Who works with a family, as it was seen before it is changed. ``lead`` and ``seconds`` are ids of workers."""

    family_id: str
    name: str
    may_change: bool
    lead: str = ""
    seconds: tuple[str, ...] = ()
    more_leads: tuple[
        str, ...
    ] = ()  # those among the seconds who stand as lead too: two were chosen, far from each other
    people: tuple[WorkerName, ...] = ()  # to choose from: the team, whoever works with the family now, or was chosen
    open_concerns: int = 0
    statuses: tuple[tuple[str, str], ...] = ()  # children who are recorded with one today: name, gravest status
    closing: Closing = Closing.OPEN


@reads
def allocated(office: Office, family_id: str, chosen: Collection[str] = ()) -> Allocated:
    """Return who works with a family, and who may; InputError where its file has left the laptop.

    ``chosen`` are ids of workers whose names are wanted too: they were chosen, or stood here, before a lock.
    """
    record = writing.found(office, family_id)
    name = str(record.body.get("name") or "")
    standing = open_allocations(office, family_id)
    leads = [each for each, held in standing.items() if any(_role(one) == LEAD for one in held)]
    lead = leads[0] if leads else ""
    known = {each.id: each for each in (*office.configuration.workers, *opening_files.team(office))}
    team = {each.id for each in opening_files.team(office)}
    here = {*standing, *chosen} & known.keys()
    people = sorted((known[each] for each in team | here), key=_by_name)
    return Allocated(
        family_id=family_id,
        name=name,
        may_change=opening_files.may_open(office),
        lead=lead,
        seconds=tuple(each for each in standing if each != lead),
        more_leads=tuple(leads[1:]),
        people=tuple(people),
        open_concerns=sum(each.standing.is_open for each in concerns.of_family(office, family_id)),
        statuses=tuple((each.name, each.statuses[0].label) for each in people_of(office, family_id) if each.statuses),
        closing=closing_of(office.connection, record),
    )


def allocate(office: Office, seen: Allocated, lead: str, seconds: Collection[str]) -> Done:
    """Let these work with a family from today, having seen it so; InputError with every field at fault.

    Only what differs from what was seen is done: who was given it or let go by somebody else meanwhile stays so. A file
    that was closed here, and that was not sent yet, is open again.
    """
    _require_may(office, seen.family_id)
    _check(office, seen, lead, seconds)
    wanted = {**dict.fromkeys(sorted(seconds), SECOND), lead: LEAD}
    before = {**dict.fromkeys(seen.seconds, SECOND), **dict.fromkeys((seen.lead, *seen.more_leads), LEAD)}
    standing = open_allocations(office, seen.family_id)
    changed: ChangeSet = _opened_again(office, seen.family_id)
    for worker_id, role in wanted.items():
        is_others = worker_id not in before and worker_id in standing
        if is_others or before.get(worker_id) == role:
            continue
        changed = changed | _given(office, seen.family_id, worker_id, role, standing.get(worker_id, ()))
    gone = before.keys() - wanted.keys()
    return done(changed | _ended(office, standing, gone), seen.family_id)


def close_file(office: Office, family_id: str) -> Done:
    """Close a family file from today: nobody works with it, and its copies leave all laptops, this one too.

    One that was closed, and given to somebody by another supervisor meanwhile, keeps its day.
    """
    _require_may(office, family_id)
    record = writing.found(office, family_id)
    standing = open_allocations(office, family_id)
    closed_on = record.body.get("closed_on") or _today(office)
    changed: ChangeSet = writing.change(office, family_id, {**record.body, "closed_on": closed_on})
    return done(changed | _ended(office, standing, standing.keys()), family_id)


def _opened_again(office: Office, family_id: str) -> Done:
    """Take back the day of closing while only this laptop knows of it; of one that is sent somebody has to decide."""
    record = writing.found(office, family_id)
    if closing_of(office.connection, record) is not Closing.CLOSED_HERE:
        return Done()
    return writing.change(office, family_id, {**record.body, writing.CLOSED_ON: None})


def open_allocations(office: Office, family_id: str) -> dict[str, list[Record]]:
    """Return the allocations of a family file that hold today, by worker, the earliest first."""
    today = _today(office)
    found: dict[str, list[Record]] = {}
    for each in records.of_family(office.connection, family_id, (ALLOCATION,)):
        ended = str(each.body.get("ended_on") or "")
        begun = str(each.body.get("began_on") or "") <= today
        if each.in_error is None and begun and (not ended or ended > today):
            found.setdefault(str(each.body.get("worker") or ""), []).append(each)
    return found


def worker_names(office: Office, family_id: str) -> tuple[str, ...]:
    """Return the names of those who work with a family today."""
    return tuple(office.configuration.worker_name(each) for each in open_allocations(office, family_id))


def _require_may(office: Office, family_id: str) -> None:
    """Only a supervisor, and only of a file that is whole here: else an allocation that is not here yet would stay."""
    if not opening_files.may_open(office):
        raise error("may_not_allocate")
    standing = families.standing(office.connection, family_id)
    if standing is not None and not standing.is_complete:
        raise error("allocations_not_here")


def _check(office: Office, seen: Allocated, lead: str, seconds: Collection[str]) -> None:
    offered = {each.id for each in opening_files.team(office)} | {seen.lead, *seen.seconds}
    problems = []
    if not lead:
        problems.append(FieldProblem("lead", "Lead practitioner: choose one"))
    elif lead not in offered:
        problems.append(FieldProblem("lead", "Lead practitioner: choose somebody of your team"))
    if lead and lead in seconds:
        problems.append(FieldProblem("seconds", "Also working with the family: the lead practitioner is named already"))
    if set(seconds) - offered:
        problems.append(FieldProblem("seconds", "Also working with the family: choose people of your team"))
    if problems:
        raise input_error("mend_form", tuple(problems))


def _given(office: Office, family_id: str, worker_id: str, role: str, held: Sequence[Record]) -> Done:
    """Allocate the file to somebody in this role; whoever has it keeps what they have, in the role."""
    if not held:
        body = {"worker": worker_id, "role": role, "began_on": _today(office)}
        return writing.create(office, ALLOCATION, family_id, body)
    first = held[0]
    return Done() if _role(first) == role else writing.change(office, first.id, {**first.body, "role": role})


def _ended(office: Office, standing: Mapping[str, Sequence[Record]], who: Collection[str]) -> Done:
    changed: ChangeSet = Done()
    for worker_id in sorted(set(who) & standing.keys()):
        for each in standing[worker_id]:
            changed = changed | writing.change(office, each.id, {**each.body, "ended_on": _today(office)})
    return done(changed, "")


def _today(office: Office) -> str:
    """Return the day on which the council will see it begin or end: Greenwich's, where it is behind."""
    return min(office.today(), office.clock.now().date()).isoformat()


def _role(record: Record) -> str:
    return str(record.body.get("role") or "")


def _by_name(worker: WorkerName) -> tuple[str, str]:
    return worker.name.casefold(), worker.id
