"""Upkeep that nobody waits for: finish the index, forget what is old, prove what is here.

What is old is told by time that is certain: a wall clock that jumped ahead by a year throws nothing away.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sf_desktop.ops import left_behind
from sf_desktop.ops.office import Office, reads
from sf_desktop.store.lease import tenures
from sf_desktop.store.rounds import inbox, release
from sf_desktop.store.tables import audit, drafts, index, outbox
from sf_desktop.store.upkeep import attachment_upkeep
from sf_record.dates import moment_text

LEDGER_DAYS = 30  # after the receipt; longer than a council's backups go back
DISCARDED_DAYS = 7
COPIES_BYTES = 500_000_000  # of attachments that the council has; what was not looked at for so long goes beyond it
LOOKS_DAYS = 90  # what the worker sees of their own looks; the council keeps them for good


@reads
def received_long_ago(office: Office) -> frozenset[str]:
    """Return the ids of events whose sealed copies have done their service: drop those before :func:`tidy`."""
    begins = _ledger_begins(office)
    return outbox.received_before(office.connection, begins) | attachment_upkeep.received_before(
        office.connection, begins
    )


def tidy(office: Office) -> bool:
    """Do one short step, in its own transaction; True once nothing is left. Ask again until then, never urgently.

    The index waits here when a first load was cut off before its end.
    """
    left_behind.clear(office)
    if not index.build_slice(office.connection):
        return False
    outbox.prune(office.connection, _ledger_begins(office))
    drafts.clear_discarded(office.connection, moment_text(_now(office) - timedelta(days=DISCARDED_DAYS)))
    audit.prune(office.connection, moment_text(_now(office) - timedelta(days=LOOKS_DAYS)))
    release.forget_receipts(office.connection, _ledger_begins(office))
    attachment_upkeep.drop_left_over(office.tx)
    attachment_upkeep.make_room(office.tx, COPIES_BYTES, _ledger_begins(office))
    return inbox.prove_slice(office.connection)


def _ledger_begins(office: Office) -> str:
    return moment_text(_now(office) - timedelta(days=LEDGER_DAYS))


def _now(office: Office) -> datetime:
    known = tenures.seen(office.connection, office.clock)
    return office.clock.now() if known is None else min(office.clock.now(), known.certain)
