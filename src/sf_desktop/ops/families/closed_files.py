"""Finds family files that were closed and are still given to somebody, for a supervisor to close again.

One supervisor closed the file while another gave it to somebody: both stand, and neither saw the other's. Whoever it is
given to is told too, and what becomes of the copy here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sf_desktop.ops.deadlines.owed import Owed
from sf_desktop.ops.families import allocating, opening_files
from sf_desktop.ops.moments import long_day
from sf_desktop.ops.office import Office, day_of, reads
from sf_desktop.store.tables import families, records
from sf_desktop.store.tables.lists import Lists
from sf_record.record import Record

_WHY = "Close it again under Who works with the family, or ask whoever looks after the council’s program to open it"
_WHY_YOURS = (
    "Ask your supervisor which of the two was meant. The copy stays here, and you can write in it, until the file is"
    " closed again: then it leaves once what you saved is sent"
)


@reads
def still_given(office: Office, family_ids: Collection[str], lists: Lists) -> tuple[Owed, ...]:
    """Return which of these files are closed, and to whom they are still given; to a worker their own only.

    Ask of none that leaves.
    """
    wanted = set(family_ids)
    found = (each for each in lists.of_kind("family") if each.family_id in wanted)
    return tuple(_owed(office, found))


@reads
def still_given_one(office: Office, family_id: str) -> tuple[Owed, ...]:
    """Return the same of one file; nothing of one that leaves: what ended its allocations is not sent here any more."""
    standing = families.standing(office.connection, family_id)
    if standing is None or standing.released:
        return ()
    return tuple(_owed(office, records.of_family(office.connection, family_id, ("family",))))


def _owed(office: Office, found: Iterable[Record]) -> Iterator[Owed]:
    leads = opening_files.may_open(office)
    for each in found:
        closed_on = str(each.body.get("closed_on") or "")
        given_to = allocating.open_allocations(office, each.family_id) if closed_on else {}
        if leads and given_to:
            names = ", ".join(office.configuration.worker_name(worker_id) for worker_id in given_to)
            what = f"Closed, and still given to {names}"
            yield Owed(each.family_id, what, _WHY, "overview", office.today(), is_late=True)
        elif office.me.worker.id in given_to:
            day = day_of(closed_on)
            what = f"Closed{f' on {long_day(day)}' if day else ''}, and still given to you"
            yield Owed(each.family_id, what, _WHY_YOURS, "overview", office.today(), is_late=True)
