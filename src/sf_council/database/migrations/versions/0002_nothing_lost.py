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
    )
    op.execute(
        "INSERT INTO record_key (council_id, record_id, family_id)"
        " SELECT council_id, record_id, min(family_id) FROM record GROUP BY council_id, record_id"
    )
