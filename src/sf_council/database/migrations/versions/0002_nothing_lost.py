"""Nothing lost, nothing leaked: decisions on the holding tray, and one family file for each record's id."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _holding_tray()
    _record_keys()
    _laptops()
    _leaving()
    _laptop_audits()


def _holding_tray() -> None:
    """What lies in the tray by record and in the order in which it came; what was decided, in an order per laptop."""
    op.add_column("holding", sa.Column("record_id", sa.Text(), nullable=False, server_default=""))
    op.add_column("holding", sa.Column("place", sa.BigInteger(), nullable=False, server_default="0"))
    connection = op.get_bind()
    holding = sa.table(
        "holding", *(sa.column(name) for name in ("council_id", "event_id", "at", "line", "record_id", "place"))
    )
    rows = connection.execute(sa.select(holding).order_by(holding.c.at, holding.c.event_id)).all()
    for place, row in enumerate(rows, start=1):
        mine = (holding.c.council_id == row.council_id) & (holding.c.event_id == row.event_id)
        values = {"place": place, "record_id": json.loads(bytes(row.line))["record_id"]}
        connection.execute(holding.update().where(mine).values(**values))
    op.create_index("holding_by_author", "holding", ["council_id", "author_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("chain_id", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "device_id", "number", name="decision_pk"),
        sa.UniqueConstraint("council_id", "event_id", name="decision_event_once"),
    )
    op.create_index("decision_by_chain", "decision", ["council_id", "chain_id"], unique=False)


def _record_keys() -> None:
    """One family file has an id; where two have it already, the record of the first stays, the other is not touched."""
    op.create_table(
        "record_key",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "record_id", name="record_key_pk"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO record_key (council_id, record_id, family_id)"
        " SELECT council_id, record_id, min(family_id) FROM record GROUP BY council_id, record_id"
    )


def _leaving() -> None:
    """What may not be destroyed yet, family files taken along for a few days, and proofs that copies were destroyed."""
    op.create_table(
        "hold",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "family_id"], ["family.council_id", "family.family_id"], name="hold_family"
        ),
        sa.PrimaryKeyConstraint("council_id", "family_id", name="hold_pk"),
    )
    op.create_table(
        "visit_pack",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "family_id"], ["family.council_id", "family.family_id"], name="visit_pack_family"
        ),
        sa.PrimaryKeyConstraint("council_id", "worker_id", "family_id", name="visit_pack_pk"),
    )
    op.create_table(
        "wipe_receipt",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("receipt_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "device_id"], ["device.council_id", "device.device_id"], name="wipe_receipt_device"
        ),
        sa.PrimaryKeyConstraint("council_id", "device_id", "receipt_id", name="wipe_receipt_pk"),
    )


def _laptops() -> None:
    """How each laptop stands, what it was ordered, and its own word that it was wiped."""
    op.create_table(
        "laptop",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("round_at", sa.Text(), nullable=False),
        sa.Column("families", sa.BigInteger(), nullable=True),
        sa.Column("unsent", sa.BigInteger(), nullable=True),
        sa.Column("reported_at", sa.Text(), nullable=True),
        sa.Column("lease_number", sa.BigInteger(), nullable=False),
        sa.Column("lease_locks_at", sa.Text(), nullable=False),
        sa.Column("lease_wipes_at", sa.Text(), nullable=False),
        _of_device("laptop_device"),
        sa.PrimaryKeyConstraint("council_id", "device_id", name="laptop_pk"),
    )
    op.create_table(
        "wipe_order",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("ordered_at", sa.Text(), nullable=False),
        sa.Column("delivered_at", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        _of_device("wipe_device"),
        sa.PrimaryKeyConstraint("council_id", "device_id", "number", name="wipe_order_pk"),
    )
    op.create_table(
        "wipe_report",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        _of_device("report_device"),
        sa.PrimaryKeyConstraint("council_id", "device_id", "why", "number", name="wipe_report_pk"),
    )


def _of_device(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name=name)


def _laptop_audits() -> None:
    """Every laptop's own audit, which of its rows are about a family file, and where its chain stands."""
    op.create_index("audit_by_subject", "audit", ["council_id", "subject"], unique=False)
    op.create_table(
        "laptop_audit",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("at", "what", "family_id", "record_id", "code", "ids", "chain", "received_at")
        ),
        _of_device("laptop_audit_device"),
        sa.PrimaryKeyConstraint("council_id", "device_id", "number", name="laptop_audit_pk"),
    )
    op.create_table(
        "laptop_look",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "family_id", "device_id", "number", name="laptop_look_pk"),
    )
    op.create_table(
        "laptop_audit_head",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("chain", "text", "signature", "received_at", "refused", "witness", "witness_signature")
        ),
        _of_device("laptop_head_device"),
        sa.PrimaryKeyConstraint("council_id", "device_id", name="laptop_audit_head_pk"),
    )
