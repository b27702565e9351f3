"""Brings a judged caseload in: every family opened and allocated, every record an event, all at once."""

from __future__ import annotations

from sf_desktop.ops import writing
from sf_desktop.ops.caseload.coming import Caseload
from sf_desktop.ops.families import opening_files
from sf_desktop.ops.following import Following
from sf_desktop.ops.office import ChangeSet, Office
from sf_desktop.wording import error


def bring_in(office: Office, caseload: Caseload, worker_id: str, following: Following) -> ChangeSet:
    """Open every family file for this worker. What is wrong, or being stopped, leaves nothing behind."""
    if caseload.problems or not caseload.families:
        raise error("bundle_does_not_fit")
    brought = ChangeSet()
    for number, family in enumerate(caseload.families):
        following.reached(number, len(caseload.families))
        brought |= opening_files.open_file(office, family.family_id, family.body, worker_id)
        for each in family.records:
            brought |= writing.create(office, each.kind, family.family_id, each.body, record_id=each.record_id)
    following.reached(len(caseload.families), len(caseload.families))
    return brought
