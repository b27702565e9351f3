"""Which keys a council's laptops have pinned: another council's are noticed before anything is signed with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("council", sa.Column("public_keys", sa.Text(), nullable=False, server_default=""))
