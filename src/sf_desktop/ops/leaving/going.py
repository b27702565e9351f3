"""Says which family files leave this laptop because they were closed or are somebody else's, and what they wait for."""

from __future__ import annotations

from collections.abc import Collection

from sf_desktop.ops.deadlines.owed import Owed
from sf_desktop.ops.moments import long_day
from sf_desktop.ops.office import Office, day_of, reads
from sf_desktop.store.rounds import release
from sf_desktop.store.rounds.release import Leaving, Stage, Waits
from sf_record.wire.leaving import CLOSED, FOR_GOOD, REALLOCATED

_WHY = {CLOSED: "Closed", REALLOCATED: "With somebody else now"}
_KEPT = "The council keeps the file"


@reads
def going(office: Office, besides: Collection[str]) -> tuple[Owed, ...]:
    """Return what happened to these files and what becomes of the copy here; ``besides`` are left out (groups')."""
    return tuple(
        Owed(each.family_id, _WHY[each.reason], _copy(office, each), "overview", office.today(), is_late=False)
        for each in release.leaving(office.connection)
        if each.stage is Stage.WAITING and each.reason in _WHY and each.family_id not in besides
    )


def waits_for(waits: Waits) -> str:
    """Say what must come first before a family file can leave; empty where nothing must."""
    changes = "one change is sent" if waits.unsent == 1 else f"{waits.unsent} changes are sent"
    parts = [
        *([changes] if waits.unsent else []),
        *(["what you have begun is finished"] if waits.begun else []),
        *(["the register on which you marked somebody is saved"] if waits.registers else []),
        *(["its attachments are sent"] if waits.has_attachments else []),
    ]
    return " and ".join(parts)


def _copy(office: Office, each: Leaving) -> str:
    held_until = day_of(each.hold_until)
    if held_until is not None and held_until >= office.today():
        until = "until the council lets it go" if each.hold_until == FOR_GOOD else f"until {long_day(held_until)}"
        return f"The council holds the copy: it stays on this laptop {until}"
    first = waits_for(release.waits(office.connection, each.family_id))
    return f"The copy leaves this laptop {f'once {first}' if first else 'in a moment'}. {_KEPT}"
