"""What was begun and never finished lies in the holding tray too, so each thing there says why it does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("holding", sa.Column("code", sa.Text(), nullable=False, server_default="family_moved"))
