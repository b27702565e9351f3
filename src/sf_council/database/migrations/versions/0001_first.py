"""The first tables: council, people who may sign in, laptops, family files with their records and events, the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "who", name="attempt_pk"),
    )
    op.create_table(
        "audit",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Text(), nullable=True),
        sa.Column("device_id", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "number", name="audit_pk"),
    )
    op.create_table(
        "council",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("audit_count", sa.BigInteger(), nullable=False),
        sa.Column("audit_head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", name="council_pk"),
    )
    op.create_table(
        "event",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "event_id", name="event_pk"),
        sa.UniqueConstraint("council_id", "family_id", "seq", name="event_seq_once"),
    )
    op.create_index("event_by_record", "event", ["council_id", "family_id", "record_id", "seq"], unique=False)
    op.create_table(
        "held",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "event_id", name="held_pk"),
    )
    op.create_table(
        "holding",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "event_id", name="holding_pk"),
    )
    op.create_index("holding_by_family", "holding", ["council_id", "family_id"], unique=False)
    op.create_table(
        "nonce",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("council_id", "device_id", "nonce", name="nonce_pk"),
    )
    op.create_index("nonce_by_until", "nonce", ["council_id", "until"], unique=False)
    op.create_table(
        "configuration",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.council_id"], name="configuration_council"),
        sa.PrimaryKeyConstraint("council_id", "version", name="configuration_pk"),
    )
    op.create_table(
        "family",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("record_count", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.council_id"], name="family_council"),
        sa.PrimaryKeyConstraint("council_id", "family_id", name="family_pk"),
    )
    op.create_table(
        "team",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["council_id"], ["council.council_id"], name="team_council"),
        sa.PrimaryKeyConstraint("council_id", "team_id", name="team_pk"),
        sa.UniqueConstraint("council_id", "name", name="team_name_once"),
    )
    op.create_table(
        "allocation",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("allocation_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.Column("began_on", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id", "family_id"], ["family.council_id", "family.family_id"], name="allocation_family"
        ),
        sa.PrimaryKeyConstraint("council_id", "family_id", "allocation_id", name="allocation_pk"),
    )
    op.create_index("allocation_by_worker", "allocation", ["council_id", "worker_id"], unique=False)
    op.create_table(
        "record",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("family_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "family_id"], ["family.council_id", "family.family_id"], name="record_family"
        ),
        sa.PrimaryKeyConstraint("council_id", "family_id", "record_id", name="record_pk"),
        sa.UniqueConstraint("council_id", "family_id", "seq", name="record_seq_once"),
    )
    op.create_table(
        "worker",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["council_id", "team_id"], ["team.council_id", "team.team_id"], name="worker_team"),
        sa.PrimaryKeyConstraint("council_id", "worker_id", name="worker_pk"),
        sa.UniqueConstraint("council_id", "username", name="worker_username_once"),
    )
    op.create_table(
        "device",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id", "worker_id"], ["worker.council_id", "worker.worker_id"], name="device_worker"
        ),
        sa.PrimaryKeyConstraint("council_id", "device_id", name="device_pk"),
    )
    op.create_index("device_by_worker", "device", ["council_id", "worker_id"], unique=False)
    op.create_table(
        "enrolment_code",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id", "worker_id"], ["worker.council_id", "worker.worker_id"], name="code_worker"
        ),
        sa.PrimaryKeyConstraint("council_id", "code_hash", name="enrolment_code_pk"),
    )
    op.create_table(
        "recovery_slot",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("slot", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "device_id"], ["device.council_id", "device.device_id"], name="slot_device"
        ),
        sa.PrimaryKeyConstraint("council_id", "device_id", name="recovery_slot_pk"),
    )
    op.create_table(
        "session",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id", "device_id"], ["device.council_id", "device.device_id"], name="session_device"
        ),
        sa.PrimaryKeyConstraint("council_id", "session_id", name="session_pk"),
    )
    op.create_index("session_by_device", "session", ["council_id", "device_id"], unique=False)
    op.create_table(
        "token",
        sa.Column("council_id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id", "session_id"], ["session.council_id", "session.session_id"], name="token_session"
        ),
        sa.PrimaryKeyConstraint("council_id", "token_hash", name="token_pk"),
    )
    op.create_index("token_by_session", "token", ["council_id", "session_id"], unique=False)
