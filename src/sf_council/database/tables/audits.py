"""The council's own audit, and the laptops' as they sent it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table

from sf_council.database.tables.columns import council_id, metadata, text

audit = Table(
    "audit",
    metadata,
    council_id(),
    Column("number", BigInteger, nullable=False),
    text("at"),
    text("what"),
    text("worker_id", nullable=True),
    text("device_id", nullable=True),
    text("subject", nullable=True),
    text("code"),
    text("chain"),  # SHA-256 over the row before and this one
    PrimaryKeyConstraint("council_id", "number", name="audit_pk"),
    Index("audit_by_subject", "council_id", "subject"),
)

# A laptop's own audit, row by row as it sent it, and where that chain stands, with the laptop's signature.
laptop_audit = Table(
    "laptop_audit",
    metadata,
    council_id(),
    text("device_id"),
    Column("number", BigInteger, nullable=False),
    text("at"),
    text("what"),
    text("family_id"),
    text("record_id"),
    text("code"),
    text("ids"),  # family files whose names a search showed, or the event of a change
    text("chain"),  # SHA-256 over the row before and this one
    text("received_at"),
    PrimaryKeyConstraint("council_id", "device_id", "number", name="laptop_audit_pk"),
    ForeignKeyConstraint(
        ["council_id", "device_id"], ["device.council_id", "device.device_id"], name="laptop_audit_device"
    ),
)

# Which rows are about a family file: to say who looked at it.
laptop_look = Table(
    "laptop_look",
    metadata,
    council_id(),
    text("family_id"),
    text("device_id"),
    Column("number", BigInteger, nullable=False),
    PrimaryKeyConstraint("council_id", "family_id", "device_id", "number", name="laptop_look_pk"),
)

laptop_audit_head = Table(
    "laptop_audit_head",
    metadata,
    council_id(),
    text("device_id"),
    Column("number", BigInteger, nullable=False),
    text("chain"),
    text("text"),  # what the laptop signed of its head, and its signature
    text("signature"),
    text("received_at"),
    text("refused"),  # why the last rows were not taken; "" where they were
    text("witness"),  # the newest head of the council's own audit that this laptop showed, as the council signed it
    text("witness_signature"),
    PrimaryKeyConstraint("council_id", "device_id", name="laptop_audit_head_pk"),
    ForeignKeyConstraint(
        ["council_id", "device_id"], ["device.council_id", "device.device_id"], name="laptop_head_device"
    ),
)
