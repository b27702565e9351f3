"""Opens the file of one family that is written by hand, with its first person, as what is brought in is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.bringing_in.arriving import ALLOCATION, FileComing, write, written
from sf_desktop.ops.families import opening_files
from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.store.tables import places
from sf_desktop.wording import error, input_error
from sf_record.body import Body
from sf_record.codes import CodeSets
from sf_record.configuration import WorkerName
from sf_record.errors import FieldProblem

FAMILY, PERSON = "family", "person"
Begun = Mapping[str, Mapping[str, Any]]
"""What is written so far: under ``family``, ``person`` and ``allocation`` the body of each, finished or not."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """What the form of a new family file needs: whether one may, who may be given it, and what was begun before."""

    may_open: bool
    family_id: str
    team: tuple[WorkerName, ...]
    codes: CodeSets
    today: date
    begun: Begun


@reads
def new_file(office: Office) -> NewFile:
    """Return it, with the id that the file will have."""
    may_open = opening_files.may_open(office)
    return NewFile(
        may_open=may_open,
        family_id=office.new_id(),
        team=opening_files.team(office),
        codes=office.codes,
        today=office.today(),
        begun=places.get(office.connection, places.NEW_FILE) if may_open else {},
    )


def keep_begun(office: Office, begun: Begun) -> str:
    """Keep what is written so far, whatever it is; return when (moment text). Nothing is kept of an empty one."""
    places.keep(office.connection, places.NEW_FILE, dict(begun))
    return office.now()


def open_file(office: Office, family_id: str, begun: Begun) -> Done:
    """Open the file, give it to its worker and write its first person; InputError with every field at fault.

    What was begun is no more then.
    """
    if not opening_files.may_open(office):
        raise error("may_not_open_files")
    family, person = begun.get(FAMILY, {}), begun.get(PERSON, {})
    allocation = {"role": "lead", **begun.get(ALLOCATION, {})}
    problems = (
        *writing.problems(office, FAMILY, family, sign=False),
        *writing.problems(office, PERSON, person, sign=False),
        *_problems_of(office, allocation),
    )
    if problems:
        raise input_error("mend_form", problems)
    file = FileComing(family_id)
    file.open(office, family, str(allocation["worker"]), str(allocation["began_on"]))
    file.create(office, PERSON, person)
    changed = write(office, (written(file),))
    places.keep(office.connection, places.NEW_FILE, {})
    return done(changed, family_id)


def _problems_of(office: Office, allocation: Body) -> tuple[FieldProblem, ...]:
    """Return what is wrong with to whom it is given, and since when: the council opens a file from a day that came."""
    problems = []
    if allocation.get("worker") not in {each.id for each in opening_files.team(office)}:
        problems.append(FieldProblem("worker", "Lead practitioner: choose somebody of your team"))
    found = [each for each in writing.problems(office, ALLOCATION, allocation, sign=False) if each.field != "worker"]
    if not found and str(allocation["began_on"]) > office.today().isoformat():
        found.append(FieldProblem("began_on", "From: today, or a day before"))
    return (*problems, *found)
