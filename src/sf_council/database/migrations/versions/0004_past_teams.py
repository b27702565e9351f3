"""Which teams a worker was in before: what a supervisor wrote there and had not sent is still theirs to bring."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_team",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "worker_id", "team_id", name="past_team_pk"),
        sa.ForeignKeyConstraint(
            ["council_id", "worker_id"], ["worker.council_id", "worker.worker_id"], name="past_team_worker"
        ),
        sa.ForeignKeyConstraint(["council_id", "team_id"], ["team.council_id", "team.team_id"], name="past_team_team"),
    )
