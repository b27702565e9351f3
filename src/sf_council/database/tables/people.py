"""The council itself, its teams and workers, and how they prove who they are."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from sf_council.database.tables.columns import council_id, metadata, text

council = Table(
    "council",
    metadata,
    council_id(),
    text("created_at"),
    Column("audit_count", BigInteger, nullable=False),
    text("audit_head"),
    Column("public_keys", Text, nullable=False, server_default=""),  # policy, sealing, recovery: as laptops pin them
    PrimaryKeyConstraint("council_id", name="council_pk"),
)

team = Table(
    "team",
    metadata,
    council_id(),
    text("team_id"),
    text("name"),
    PrimaryKeyConstraint("council_id", "team_id", name="team_pk"),
    UniqueConstraint("council_id", "name", name="team_name_once"),
    ForeignKeyConstraint(["council_id"], ["council.council_id"], name="team_council"),
)

worker = Table(
    "worker",
    metadata,
    council_id(),
    text("worker_id"),
    text("username"),
    text("name"),
    text("role"),
    text("team_id", nullable=True),
    text("password_hash"),
    Column("is_disabled", Boolean, nullable=False),
    text("created_at"),
    PrimaryKeyConstraint("council_id", "worker_id", name="worker_pk"),
    UniqueConstraint("council_id", "username", name="worker_username_once"),
    ForeignKeyConstraint(["council_id", "team_id"], ["team.council_id", "team.team_id"], name="worker_team"),
)

past_team = Table(
    "past_team",
    metadata,
    council_id(),
    text("worker_id"),
    text("team_id"),  # one in which the worker was before
    PrimaryKeyConstraint("council_id", "worker_id", "team_id", name="past_team_pk"),
    ForeignKeyConstraint(
        ["council_id", "worker_id"], ["worker.council_id", "worker.worker_id"], name="past_team_worker"
    ),
    ForeignKeyConstraint(["council_id", "team_id"], ["team.council_id", "team.team_id"], name="past_team_team"),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    council_id(),
    text("code_hash"),
    text("worker_id"),
    text("until"),
    text("device_id", nullable=True),  # the laptop that used it
    PrimaryKeyConstraint("council_id", "code_hash", name="enrolment_code_pk"),
    ForeignKeyConstraint(["council_id", "worker_id"], ["worker.council_id", "worker.worker_id"], name="code_worker"),
)

session = Table(
    "session",
    metadata,
    council_id(),
    text("session_id"),
    text("worker_id"),
    text("device_id"),
    text("created_at"),
    text("ended_at", nullable=True),
    text("ended_why", nullable=True),
    PrimaryKeyConstraint("council_id", "session_id", name="session_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="session_device"),
    Index("session_by_device", "council_id", "device_id"),
)

token = Table(
    "token",
    metadata,
    council_id(),
    text("token_hash"),
    text("session_id"),
    text("purpose"),  # access, refresh
    text("until"),
    text("used_at", nullable=True),
    PrimaryKeyConstraint("council_id", "token_hash", name="token_pk"),
    ForeignKeyConstraint(
        ["council_id", "session_id"], ["session.council_id", "session.session_id"], name="token_session"
    ),
    Index("token_by_session", "council_id", "session_id"),
)

nonce = Table(
    "nonce",
    metadata,
    council_id(),
    text("device_id"),
    text("nonce"),
    Column("until", BigInteger, nullable=False),  # seconds since 1970
    PrimaryKeyConstraint("council_id", "device_id", "nonce", name="nonce_pk"),
    Index("nonce_by_until", "council_id", "until"),
)

attempt = Table(
    "attempt",
    metadata,
    council_id(),
    text("who"),  # hash of username and address
    Column("failures", Integer, nullable=False),
    text("last_at"),
    PrimaryKeyConstraint("council_id", "who", name="attempt_pk"),
)

configuration = Table(
    "configuration",
    metadata,
    council_id(),
    Column("version", BigInteger, nullable=False),
    Column("line", LargeBinary, nullable=False),
    text("at"),
    PrimaryKeyConstraint("council_id", "version", name="configuration_pk"),
    ForeignKeyConstraint(["council_id"], ["council.council_id"], name="configuration_council"),
)
