"""Brings a group's file into a vault, as the council sends it: its root, and nobody on its register yet."""

from __future__ import annotations

from sf_desktop.ops.office import Office
from sf_desktop.store.rounds import inbox
from sf_record.record import Record
from tests.builders.offices import answer


def a_group(office: Office, activity: str, name: str) -> str:
    """Return the id of a new group."""
    group_id = office.new_id()
    root = Record(
        id=group_id,
        family_id=group_id,
        kind="group",
        seq=1,
        author_id=office.me.worker.id,
        written_at=office.now(),
        body={"name": name, "activity": activity, "about": "Pretend centre, Fridays at 15:45"},
    )
    inbox.apply(office.connection, answer((root,), office.clock.now()))
    return group_id
