"""The registers that may be kept here: of activities for the families on this laptop, and of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sf_desktop.ops.activities import groups, registers
from sf_desktop.ops.activities.registers import Activity, Catalogue, Register
from sf_desktop.ops.office import Done, Office, done, reads
from sf_desktop.store.tables import places, records
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.events import Event


@reads
def catalogue(office: Office) -> Catalogue:
    """Return what may be chosen today: groups first; a centre's staff have nothing but groups."""
    offered = registers.catalogue(office)
    of_groups = tuple(
        Activity(each.id, each.name, each.about, each.members, is_group=True)
        for each in groups.groups_of(office)
        if not each.is_closed
    )
    families = () if office.me.worker.role is Role.CENTRE else offered.activities
    return Catalogue((*of_groups, *families), offered.today, _unsaved(office))


@reads
def register(office: Office, which: str, day: str, runs: bool = False) -> Register:
    """Return the register of a group's id or an activity's code, on a day; ``runs``: for whoever runs the session."""
    if _is_group(office, which):
        return groups.group_register(office, which, day, runs=runs)
    return registers.register(office, which, day)


def keep_register(office: Office, which: str, day: str, marks: Mapping[str, bool | None]) -> Done:
    """Write the register of a group or an activity; what is saved of it is kept as not saved no longer."""
    keep = groups.keep_group_register if _is_group(office, which) else registers.keep_register
    written = keep(office, which, day, marks)
    _forget_marks(office, f"{which}|{day}", marks)
    return written


def keep_unsaved(office: Office, unsaved: Mapping[str, Mapping[str, bool | None]]) -> None:
    """Keep what is marked and not saved, whatever happens to the window; nothing is sent of it."""
    kept = {key: dict(marks) for key, marks in unsaved.items() if marks}
    places.keep(office.connection, places.MARKS, kept)
    places.keep(office.connection, places.MARKED, {"at": office.now()})


def unsaved(office: Office) -> Iterator[tuple[str, Mapping[str, bool | None]]]:
    """Yield each register and day that is marked and not saved, with its marks."""
    yield from _unsaved(office).items()


def would_send(office: Office, key: str, marks: Mapping[str, bool | None]) -> Iterator[Event]:
    """Yield what saving these marks of a register and day would send; nothing is checked and nothing is kept."""
    which, _, day = key.rpartition("|")
    of = groups.unsaved if _is_group(office, which) else registers.unsaved
    yield from of(office, which, day, marks)


def save_marks_of(office: Office, family_id: str) -> tuple[Done, int]:
    """Save what is marked of one file and not saved yet, and how many registers that were.

    A register of a day that has not come yet waits until then, and so does one that cannot be saved as it is: the file
    waits with it, and no other does.
    """
    saved, count = Done(), 0
    for key, marks in places.marks_in(office.connection, family_id).items():
        which, _, day = key.rpartition("|")
        try:
            saved = done(saved | keep_register(office, which, day, marks), "")
        except InputError:
            continue
        count += 1
    return saved, count


def _forget_marks(office: Office, key: str, saved: Mapping[str, bool | None]) -> None:
    kept = dict(_unsaved(office))
    marked = kept.pop(key, {})
    left = {each: came for each, came in marked.items() if each not in saved or came != saved[each]}
    if left != marked:
        places.keep(office.connection, places.MARKS, kept | ({key: left} if left else {}))


def _unsaved(office: Office) -> Mapping[str, Mapping[str, bool | None]]:
    return places.get(office.connection, places.MARKS)


def _is_group(office: Office, which: str) -> bool:
    found = records.get(office.connection, which)
    return found is not None and found.kind == groups.GROUP
