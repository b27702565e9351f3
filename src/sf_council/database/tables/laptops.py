"""The laptops: their keys, how each stands, and what they were ordered and have reported."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, LargeBinary, PrimaryKeyConstraint, Table

from sf_council.database.tables.columns import council_id, metadata, text

device = Table(
    "device",
    metadata,
    council_id(),
    text("device_id"),
    text("worker_id"),
    text("public_key"),
    text("created_at"),
    text("revoked_at", nullable=True),
    PrimaryKeyConstraint("council_id", "device_id", name="device_pk"),
    ForeignKeyConstraint(["council_id", "worker_id"], ["worker.council_id", "worker.worker_id"], name="device_worker"),
    Index("device_by_worker", "council_id", "worker_id"),
)

recovery_slot = Table(
    "recovery_slot",
    metadata,
    council_id(),
    text("device_id"),
    Column("slot", LargeBinary, nullable=False),
    text("stored_at"),
    PrimaryKeyConstraint("council_id", "device_id", name="recovery_slot_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="slot_device"),
)

# How each laptop stands: when it was last here, and what it said of itself. Written at most once a minute.
laptop = Table(
    "laptop",
    metadata,
    council_id(),
    text("device_id"),
    text("round_at"),
    Column("families", BigInteger, nullable=True),
    Column("unsent", BigInteger, nullable=True),
    text("reported_at", nullable=True),
    Column("lease_number", BigInteger, nullable=False),
    text("lease_locks_at"),
    text("lease_wipes_at"),
    PrimaryKeyConstraint("council_id", "device_id", name="laptop_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="laptop_device"),
)

wipe_order = Table(
    "wipe_order",
    metadata,
    council_id(),
    text("device_id"),
    Column("number", BigInteger, nullable=False),
    text("reason"),
    text("text"),  # as it was signed
    text("signature"),
    text("ordered_at"),
    text("delivered_at", nullable=True),
    text("withdrawn_at", nullable=True),
    PrimaryKeyConstraint("council_id", "device_id", "number", name="wipe_order_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="wipe_device"),
)

# A laptop's own signed word that it was wiped: by an order, or at the end of its lease.
wipe_report = Table(
    "wipe_report",
    metadata,
    council_id(),
    text("device_id"),
    text("why"),
    Column("number", BigInteger, nullable=False),
    text("at"),
    PrimaryKeyConstraint("council_id", "device_id", "why", "number", name="wipe_report_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="report_device"),
)

wipe_receipt = Table(
    "wipe_receipt",
    metadata,
    council_id(),
    text("device_id"),
    text("receipt_id"),
    text("received_at"),
    Column("statement", LargeBinary, nullable=False),  # the bytes that the laptop signed
    text("signature"),  # Ed25519, base64
    PrimaryKeyConstraint("council_id", "device_id", "receipt_id", name="wipe_receipt_pk"),
    ForeignKeyConstraint(
        ["council_id", "device_id"], ["device.council_id", "device.device_id"], name="wipe_receipt_device"
    ),
)
