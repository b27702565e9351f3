"""Opens a new family file: its first allocation brings it into being, then come the file itself and what is in it."""

from __future__ import annotations

from sf_desktop.ops import writing
from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.store.tables import families
from sf_desktop.wording import error
from sf_record.body import Body
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


def allocation(office: Office, worker_id: str) -> dict[str, str]:
    """Return the first allocation of a new file."""
    began_on = min(office.today(), office.clock.now().date())  # the council's day is Greenwich's
    return {"worker": worker_id, "role": "lead", "began_on": began_on.isoformat()}


def open_file(office: Office, family_id: str, body: Body, worker_id: str) -> Done:
    """Open a family file of this id, allocated from today; InputError with every field at fault.

    The council judges the allocation first (``permissions.may_open_family``), and everything else by it.
    """
    require(office, worker_id)
    if families.standing(office.connection, family_id) is not None:
        raise error("family_here_already")
    writing.check(office, "family", body, sign=False)
    families.note_opened(office.connection, family_id)
    opened = writing.create(office, "allocation", family_id, allocation(office, worker_id))
    named = writing.create(office, "family", family_id, body, record_id=family_id)
    return done(opened | named, family_id)
