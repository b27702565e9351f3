"""Opens the file of one family that is written by hand, with its first person, as what is brought in is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sf_desktop.ops import writing
from sf_desktop.ops.bringing_in.arriving import ALLOCATION, FileComing, write, written
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.families import opening_files
from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.store.tables import drafts
from sf_desktop.store.tables.drafts import NEW_FILE, Draft
from sf_desktop.wording import error, input_error
from sf_record.body import Body
from sf_record.codes import CodeSets
from sf_record.configuration import WorkerName
from sf_record.errors import FieldProblem

FAMILY, PERSON = "family", "person"
FRESH = "fresh"  # in place of a draft's id: nothing that was begun
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
def new_file(office: Office, draft_id: str = "") -> NewFile:
    """Return it, with the id that the file will have: of this draft, or the one that was touched last."""
    may_open = opening_files.may_open(office)
    draft = _begun(office, draft_id) if may_open else None
    return NewFile(
        may_open=may_open,
        family_id=draft.id if draft else office.new_id(),
        team=opening_files.team(office),
        codes=office.codes,
        today=office.today(),
        begun=draft.body if draft else {},
    )


def _begun(office: Office, draft_id: str) -> Draft | None:
    found = drafts.current(office.connection, kind=NEW_FILE)
    return next((each for each in found if draft_id in ("", each.id)), None)


def keep_begun(office: Office, family_id: str, begun: Begun) -> str:
    """Keep what is written so far as a draft, whatever it is; return when (moment text). Nothing is none."""
    now, body = office.now(), dict(begun)
    if not begun:
        drafts.delete(office.connection, family_id)
    elif not drafts.save(office.connection, family_id, body, {}, now):
        draft = Draft(id=family_id, kind=NEW_FILE, family_id=family_id, started_at=now, saved_at=now, body=body)
        drafts.begin(office.connection, draft)
    return now


def throw_away(office: Office, family_id: str, begun: Begun) -> Done:
    """Throw away what is written so far; for seven days it can be taken back, as any draft."""
    keep_begun(office, family_id, begun)
    return drafting.discard(office, family_id)


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
    drafts.delete(office.connection, family_id)
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
