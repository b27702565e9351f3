"""Brings in more family files than one write is short for: laid down where nobody sees them, then moved in by and by.

Each piece is a transaction of its own, so a save waits for one of them at most. Before all of them lie in the vault
nothing of them ever comes in; from then on all of them do, also after a kill: whoever unlocks next goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sf_desktop.ops.bringing_in import arriving as writing_them
from sf_desktop.ops.bringing_in.arriving import FileComing, Written
from sf_desktop.ops.office import Office
from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.coding import read_event, read_record
from sf_desktop.store.tables import arriving, families
from sf_desktop.store.tables.arriving import Laid
from sf_desktop.store.tables.records import NOTHING_YET, Version
from sf_desktop.wording import error

PIECE = 60  # events: some 25 ms of a processor, which a busy computer may take ten times as long to give
LAID = 500  # events of one piece that is only laid down: as long


@dataclass(frozen=True)
class MovedIn(ChangeSet):
    """What came in with one piece, and how far it is."""

    here: int = 0
    of: int = 0


def is_short(coming: Sequence[Written]) -> bool:
    """Say whether one write is short enough; contents of attachments go with the write of their one file."""
    return sum(len(each.events) for each in coming) <= PIECE or any(each.file.contents for each in coming)


def lay_down(office: Office, coming: Sequence[Written], start: int = 0) -> int:
    """Lay the next of these down, from ``start`` on; return where to go on. With the last, all of them come in."""
    if arriving.coming(office.connection)[1]:
        raise error("arriving_goes_on")
    if start == 0:
        arriving.forget(office.connection)
    end, events = start, 0
    while end < len(coming) and (end == start or events + len(coming[end].events) <= LAID):
        events += len(coming[end].events)
        end += 1
    arriving.lay(office.connection, [_laid(each) for each in coming[start:end]])
    if end == len(coming):
        writing_them.require_new(office, coming)
        arriving.all_lie_here(office.connection, len(coming))
    return end


def move_in(office: Office) -> MovedIn:
    """Move the next piece in. One that is here already is left as it is."""
    here, of = arriving.coming(office.connection)
    if not of:
        return MovedIn()
    piece = arriving.first(office.connection, PIECE)
    known = families.some(office.connection, [each.family_id for each in piece])
    every = [_written(each) for each in piece if each.family_id not in known]
    changes = writing_them.write_rows(office, every)
    arriving.came_in(office.connection, piece)
    return MovedIn(changes.kinds, changes.ids, changes.families, here + len(piece), of)


def let_go(office: Office) -> None:
    """Let go of what was laid down and could not all be."""
    arriving.forget(office.connection)


def _laid(each: Written) -> Laid:
    events, records = (text for _, text in each.events), (version.wire for version in each.versions)
    return Laid(each.file.family_id, tuple(events), tuple(records))


def _written(laid: Laid) -> Written:
    events = tuple((read_event(text), text) for text in laid.events)
    versions = tuple(Version(read_record(text), text, NOTHING_YET, 0) for text in laid.records)
    return Written(FileComing(laid.family_id), events, versions)
