"""Makes a judged caseload ready to be written: every family opened and allocated, every record an event."""

from __future__ import annotations

from sf_desktop.ops.bringing_in.arriving import FileComing, Written, written
from sf_desktop.ops.caseload.coming import Caseload
from sf_desktop.ops.pieces import Steps
from sf_desktop.wording import error


def make_ready(caseload: Caseload, worker_id: str) -> Steps[tuple[Written, ...]]:
    """Make every family file ready for this worker, a family at a time; InputError where something does not fit."""
    office = yield (0, 0)
    if caseload.problems or not caseload.families:
        raise error("bundle_does_not_fit")
    ready: list[Written] = []
    for family in caseload.families:
        file = FileComing(family.family_id)
        file.open(office, family.body, worker_id)
        for each in family.records:
            file.create(office, each.kind, each.body, record_id=each.record_id)
        ready.append(written(file))
        office = yield (len(ready), len(caseload.families))
    return tuple(ready)
