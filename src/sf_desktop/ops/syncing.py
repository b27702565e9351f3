"""What a screen may ask about sending and receiving: the words at its foot."""

from __future__ import annotations

from sf_desktop.ops.office import Office, reads
from sf_desktop.store import counts
from sf_desktop.sync.scheduler import Wire
from sf_desktop.sync.status import StatusWords
from sf_desktop.sync.status import status_words as words


@reads
def status_words(office: Office, wire: Wire, right: str = "") -> StatusWords:
    """Say how saving and sending stand, from the ledger and the wire; ``right`` is what stands at the right."""
    found = counts.status(office.connection, office.today_from())
    return words(found, wire, office.clock.now().astimezone(), right)
