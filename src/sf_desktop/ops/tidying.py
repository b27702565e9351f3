"""Upkeep that nobody waits for: finish the index, forget old ledger entries and drafts thrown away long ago."""

from __future__ import annotations

from datetime import timedelta

from sf_desktop.ops.office import Office
from sf_desktop.store import drafts, index, outbox
from sf_record.dates import moment_text

LEDGER_DAYS = 30  # after the receipt
DISCARDED_DAYS = 7


def tidy(office: Office) -> bool:
    """Do one short step, in its own transaction; True once nothing is left. Ask again until then, never urgently.

    The index waits here when a first load was cut off before its end.
    """
    if not index.build_slice(office.connection):
        return False
    now = office.clock.now()
    outbox.prune(office.connection, moment_text(now - timedelta(days=LEDGER_DAYS)))
    drafts.clear_discarded(office.connection, moment_text(now - timedelta(days=DISCARDED_DAYS)))
    return True
