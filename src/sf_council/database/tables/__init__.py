"""The council's tables: ``council_id`` is part of every key, ids are made by clients, there is no global sequence."""

from __future__ import annotations

from sf_council.database.tables.audits import audit, laptop_audit, laptop_audit_head, laptop_look
from sf_council.database.tables.columns import metadata
from sf_council.database.tables.files import (
    allocation,
    decision,
    event,
    family,
    held,
    hold,
    holding,
    record,
    record_key,
    visit_pack,
)
from sf_council.database.tables.laptops import device, laptop, recovery_slot, wipe_order, wipe_receipt, wipe_report
from sf_council.database.tables.people import (
    attempt,
    configuration,
    council,
    enrolment_code,
    nonce,
    past_team,
    session,
    team,
    token,
    worker,
)

__all__ = [
    "allocation",
    "attempt",
    "audit",
    "configuration",
    "council",
    "decision",
    "device",
    "enrolment_code",
    "event",
    "family",
    "held",
    "hold",
    "holding",
    "laptop",
    "laptop_audit",
    "laptop_audit_head",
    "laptop_look",
    "metadata",
    "nonce",
    "past_team",
    "record",
    "record_key",
    "recovery_slot",
    "session",
    "team",
    "token",
    "visit_pack",
    "wipe_order",
    "wipe_receipt",
    "wipe_report",
    "worker",
]
