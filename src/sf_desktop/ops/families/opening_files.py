"""Who may open a new family file, for whom, and the first allocation that brings it into being."""

from __future__ import annotations

from sf_desktop.ops.office import Office, reads
from sf_desktop.wording import error
from sf_record.configuration import WorkerName
from sf_record.description import Role

_READ_NONE = frozenset({Role.CENTRE, Role.ADMINISTRATOR})  # allocated to one of these a file would be nobody's


def may_open(office: Office) -> bool:
    """Say whether whoever works here may open family files: a supervisor of a team."""
    worker = office.me.worker
    return worker.role is Role.SUPERVISOR and worker.team_id is not None


@reads
def team(office: Office) -> tuple[WorkerName, ...]:
    """Return the workers to whom a family file may be allocated, by name: those of one's own team who may read one."""
    if not may_open(office):
        return ()
    team_id = office.me.worker.team_id
    found = [each for each in office.configuration.workers if each.team_id == team_id and each.role not in _READ_NONE]
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def require(office: Office, worker_id: str) -> None:
    """InputError where whoever works here may not open files, or not for this worker."""
    if not may_open(office):
        raise error("may_not_open_files")
    if worker_id not in {each.id for each in team(office)}:
        raise error("not_of_the_team")


def allocation(office: Office, worker_id: str, began_on: str = "") -> dict[str, str]:
    """Return the first allocation of a new file, from a day (its ISO text) that has come, or else from today."""
    today = min(office.today(), office.clock.now().date()).isoformat()  # the council's day is Greenwich's
    return {"worker": worker_id, "role": "lead", "began_on": min(began_on or today, today)}
