"""Tells what somebody chose to bring in by its content: a family file's bundle, or a spreadsheet of families."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from sf_desktop.ops.bundle.reading import Bundle, read_bundle
from sf_desktop.ops.bundle.shapes import MANIFEST
from sf_desktop.ops.caseload.grids import Grid, read_grids
from sf_desktop.ops.families import opening_files
from sf_desktop.ops.office import Office, reads
from sf_record.codes import CodeSets
from sf_record.configuration import WorkerName


@dataclass(frozen=True, slots=True)
class BringingSheet:
    """What bringing in needs to know: whether one may, for whom, and the codes that the template lists."""

    may_open: bool
    team: tuple[WorkerName, ...]
    me: str
    codes: CodeSets


@reads
def bringing_sheet(office: Office) -> BringingSheet:
    """Return it."""
    return BringingSheet(opening_files.may_open(office), opening_files.team(office), office.me.worker.id, office.codes)


def read_chosen(path: str) -> Bundle | tuple[Grid, ...]:
    """Read what was chosen, away from the window; InputError ``bundle_…`` or ``sheet_…`` for what it is not."""
    return read_bundle(path) if _is_bundle(Path(path)) else read_grids(path)


def _is_bundle(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with zipfile.ZipFile(path) as zipped:
            return MANIFEST in zipped.namelist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
