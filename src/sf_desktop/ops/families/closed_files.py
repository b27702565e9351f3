"""Finds family files that were closed and are still given to somebody, for a supervisor to close again.

One supervisor closed the file while another gave it to somebody: both stand, and neither saw the other's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sf_desktop.ops.deadlines.owed import Owed
from sf_desktop.ops.families import allocating, opening_files
from sf_desktop.ops.office import Office, reads
from sf_desktop.store.tables import records
from sf_record.record import Record

_WHY = "Close it again under Who works with the family, or ask whoever looks after the council’s program to open it"


@reads
def still_given(office: Office, family_ids: Collection[str]) -> tuple[Owed, ...]:
    """Return which of these files are closed, and to whom they are still given; nothing to anybody but a supervisor."""
    if not opening_files.may_open(office):
        return ()
    wanted = set(family_ids)
    found = (each for each in records.of_kind(office.connection, "family") if each.family_id in wanted)
    return tuple(_owed(office, found))


@reads
def still_given_one(office: Office, family_id: str) -> tuple[Owed, ...]:
    """Return the same of one file."""
    if not opening_files.may_open(office):
        return ()
    return tuple(_owed(office, records.of_family(office.connection, family_id, ("family",))))


def _owed(office: Office, found: Iterable[Record]) -> Iterator[Owed]:
    for each in found:
        names = allocating.worker_names(office, each.family_id) if each.body.get("closed_on") else ()
        if names:
            what = f"Closed, and still given to {', '.join(names)}"
            yield Owed(each.family_id, what, _WHY, "overview", office.today(), is_late=True)
