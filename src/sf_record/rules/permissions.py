"""Who may see or change what, as pure questions. Both programs ask here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sf_record.description import Field, Role
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.record import Record


class Standing(StrEnum):
    """How a worker stands to a family file."""

    ALLOCATED = "allocated"  # an open allocation names the worker
    COVER = "cover"  # a visit pack lets the worker have it for a few days
    TEAM = "team"  # the worker supervises the team of somebody allocated
    GROUP = "group"  # an open allocation names the worker, and the file is a group's: its register and no more
    PAST = "past"  # was allocated once
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works for the council."""

    id: str
    role: Role
    team_id: str | None


def may_see_family(worker: Worker, standing: Standing) -> bool:
    """Say whether a worker may read a file: administrators none, a centre's staff groups, others their caseload."""
    if worker.role is Role.ADMINISTRATOR:
        return False
    if worker.role is Role.CENTRE:
        return standing is Standing.GROUP
    if standing is Standing.COVER:
        return worker.role is Role.PRACTITIONER
    return standing is Standing.ALLOCATED or (standing is Standing.TEAM and worker.role is Role.SUPERVISOR)


def standing_in(worker: Worker, standing: Standing, *, is_group: bool) -> Standing:
    """Return how a worker stands to a file once it is known whether it is a group's.

    A centre's staff stand to nothing but groups: an allocation to a family's file, made by mistake, gives them nothing.
    """
    if worker.role is not Role.CENTRE:
        return standing
    if not is_group:
        return Standing.NONE
    return Standing.GROUP if standing is Standing.ALLOCATED else standing


def works_in_team(role: Role) -> bool:
    """Say whether a worker of this role needs a team: without one a supervisor may open no family file and decide
    nothing in the tray, and no supervisor may allocate a file to a practitioner or see their work.
    """
    return role in {Role.PRACTITIONER, Role.SUPERVISOR}


def may_decide_tray(worker: Worker) -> bool:
    """Say whether a worker decides about work in the holding tray: a supervisor of a team."""
    return worker.role is Role.SUPERVISOR and worker.team_id is not None


def may_take_along(worker: Worker, *, is_of_team: bool) -> bool:
    """Say whether a worker may have a family file that is not theirs in a visit pack: practitioners, of their team."""
    return worker.role is Role.PRACTITIONER and is_of_team


def may_open_family(worker: Worker, event: Event) -> bool:
    """Say whether an event may bring a new family file into being: a supervisor's first allocation of it.

    Whether the worker whom it names is of the supervisor's team is for whoever knows the teams to ask.
    """
    is_first = event.kind == "allocation" and event.action is Action.CREATE and not event.fields.get("ended_on")
    return worker.role is Role.SUPERVISOR and worker.team_id is not None and is_first


def may_see_field(worker: Worker, field: Field) -> bool:
    """Say whether a worker who may read the family file may read this field."""
    return worker.role in field.may_see


def may_see_kind(worker: Worker, kind: str) -> bool:
    """Say whether a worker may read anything of a kind of record; where not, nor what was added to it or said of it."""
    described = KINDS.get(kind)
    return described is None or any(may_see_field(worker, field) for field in described.fields)


def hidden_fields(worker: Worker, kind: str) -> frozenset[str]:
    """Return the fields of a kind that a worker may not read."""
    return _hidden_from(worker.role, kind) if kind in KINDS else frozenset()


@cache  # asked for each kind in each family file that is sent
def _hidden_from(role: Role, kind: str) -> frozenset[str]:
    return frozenset(field.name for field in KINDS[kind].fields if role not in field.may_see)


def may_do(worker: Worker, standing: Standing, event: Event, record: Record | None) -> str | None:
    """Return None where the worker may do this, else the code of the reason (see ``outcomes.REASONS``)."""
    if not may_see_family(worker, standing):
        return "family_moved" if standing is Standing.PAST else "not_yours"
    described = KINDS.get(event.kind)
    if described is None:
        return "kind_unknown"
    allowed = described.may_create if event.action is Action.CREATE else described.may_change
    if worker.role not in allowed:
        return "not_allowed"
    if not all(may_change_field(worker, event.kind, name) for name in event.fields):
        return "not_allowed"
    return _may_do_to_signable(worker, event, record) if described.is_signable else None


def may_change_field(worker: Worker, kind: str, name: str) -> bool:
    """Say whether a worker who may change records of a kind may write this field; one that nobody knows here, too."""
    described = KINDS.get(kind)
    field = described.by_name.get(name) if described else None
    return field is None or worker.role in field.may_change


def kinds_to_settle(worker: Worker) -> frozenset[str]:
    """Return the kinds of record in which a worker may settle what two people changed."""
    return frozenset(name for name, kind in KINDS.items() if worker.role in kind.may_change)


def _may_do_to_signable(worker: Worker, event: Event, record: Record | None) -> str | None:
    """What somebody writes and signs is theirs: others add notes, only a supervisor may also mark it as in error."""
    if record is None or record.author_id == worker.id or event.action is Action.SETTLE:
        return None
    if event.action is Action.ENTER_IN_ERROR and worker.role is Role.SUPERVISOR:
        return None
    if event.action is Action.CHANGE and (record.signed is None or 0 < event.base_seq < record.seq):
        # A colleague on the same visit may add to it before it is signed. What was written before the signature was
        # seen comes too: the signed text stands, and theirs is kept beside it for both to see (see ``merge``).
        return None
    return "not_author"
