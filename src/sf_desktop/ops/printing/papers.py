"""The papers that can be taken of a family file: a preview to look at, and a numbered copy, which is audited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sf_desktop.ops import left_behind, looks
from sf_desktop.ops.looks import Look
from sf_desktop.ops.moments import paper_moment
from sf_desktop.ops.office import Done, Office, reads
from sf_desktop.ops.printing.assessment_paper import assessment_paper
from sf_desktop.ops.printing.home_visit_pack import home_visit_pack
from sf_desktop.ops.printing.map_papers import ecomap_paper, genogram_paper
from sf_desktop.ops.printing.notice_paper import notice_paper
from sf_desktop.ops.printing.plan_paper import plan_paper
from sf_desktop.ops.reading.chronology import chronology_paper
from sf_desktop.ops.reading.file_paper import file_paper
from sf_desktop.ops.reading.read_back import read_back_paper
from sf_desktop.ops.reading.record_paper import record_paper
from sf_desktop.papers.paper import Paper, Stamp
from sf_desktop.store.tables.copies import next_copy
from sf_desktop.wording import error

# What a paper is made of: the office, the family file's id, and what in it the paper is about (an id, or nothing).
Maker = Callable[[Office, str, str], Paper]

# The name by which a screen asks for a paper, and the function that says what stands on it.
PAPERS: Mapping[str, Maker] = {
    "record": record_paper,
    "read_back": read_back_paper,
    "assessment": assessment_paper,
    "notice": notice_paper,
    "genogram": genogram_paper,
    "ecomap": ecomap_paper,
    "chronology": chronology_paper,
    "plan": plan_paper,
    "file": file_paper,
    "home_visit_pack": home_visit_pack,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper: its name in ``PAPERS``, of which family file, about what in it."""

    name: str
    family_id: str
    about: str = ""
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper and what is stamped on it. ``wanted`` is what was asked for."""

    wanted: Wanted
    paper: Paper
    stamp: Stamp


@reads
def preview(office: Office, wanted: Wanted) -> Sheet:
    """Return a paper to be looked at, with no number; the look is noted. InputError where what it is about has left."""
    sheet = _made(office, wanted)
    what = Look.RECORD_OPENED if sheet.paper.record_id else Look.FAMILY_OPENED
    looks.record(office, what, sheet.paper.family_id, sheet.paper.record_id)
    return sheet


def take(office: Office, wanted: Wanted, how: Look) -> Sheet:
    """Take a copy (``PRINTED`` or ``EXPORTED``): its number is used up and noted before anything leaves the laptop."""
    sheet = _made(office, wanted)
    number = next_copy(office.connection)
    looks.record(office, how, sheet.paper.family_id, sheet.paper.record_id, code=str(number))
    return replace(sheet, stamp=replace(sheet.stamp, copy=number))


def take_to_save(office: Office, wanted: Wanted, part: str) -> Sheet:
    """Take a copy that becomes a file; ``part`` is where it is written until it is whole, and is kept in mind."""
    left_behind.note(office, Path(part))
    return take(office, wanted, Look.EXPORTED)


def saved(office: Office, part: str) -> Done:
    """Forget where a copy was being written: it is in its place, or was not saved."""
    left_behind.forget(office, Path(part))
    return Done()


def _made(office: Office, wanted: Wanted) -> Sheet:
    maker = PAPERS.get(wanted.name)
    if maker is None:
        raise error("paper_not_set")
    stamp = Stamp(
        council=office.configuration.council_name,
        service=office.configuration.service_name,
        printed_by=office.me.name,
        printed_at=paper_moment(office.now()),
        is_large=wanted.is_large,
    )
    return Sheet(wanted, maker(office, wanted.family_id, wanted.about), stamp)
