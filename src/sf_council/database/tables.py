"""The council's tables: ``council_id`` is part of every key, ids are made by clients, there is no global sequence."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _council() -> Column[str]:
    return _text("council_id")


council = Table(
    "council",
    metadata,
    _council(),
    _text("created_at"),
    Column("audit_count", BigInteger, nullable=False),
    _text("audit_head"),
    PrimaryKeyConstraint("council_id", name="council_pk"),
)

team = Table(
    "team",
    metadata,
    _council(),
    _text("team_id"),
    _text("name"),
    PrimaryKeyConstraint("council_id", "team_id", name="team_pk"),
    UniqueConstraint("council_id", "name", name="team_name_once"),
    ForeignKeyConstraint(["council_id"], ["council.council_id"], name="team_council"),
)

worker = Table(
    "worker",
    metadata,
    _council(),
    _text("worker_id"),
    _text("username"),
    _text("name"),
    _text("role"),
    _text("team_id", nullable=True),
    _text("password_hash"),
    Column("is_disabled", Boolean, nullable=False),
    _text("created_at"),
    PrimaryKeyConstraint("council_id", "worker_id", name="worker_pk"),
    UniqueConstraint("council_id", "username", name="worker_username_once"),
    ForeignKeyConstraint(["council_id", "team_id"], ["team.council_id", "team.team_id"], name="worker_team"),
)

device = Table(
    "device",
    metadata,
    _council(),
    _text("device_id"),
    _text("worker_id"),
    _text("public_key"),
    _text("created_at"),
    _text("revoked_at", nullable=True),
    PrimaryKeyConstraint("council_id", "device_id", name="device_pk"),
    ForeignKeyConstraint(["council_id", "worker_id"], ["worker.council_id", "worker.worker_id"], name="device_worker"),
    Index("device_by_worker", "council_id", "worker_id"),
)

recovery_slot = Table(
    "recovery_slot",
    metadata,
    _council(),
    _text("device_id"),
    Column("slot", LargeBinary, nullable=False),
    _text("stored_at"),
    PrimaryKeyConstraint("council_id", "device_id", name="recovery_slot_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="slot_device"),
)

# How each laptop stands: when it was last here, and what it said of itself. Written at most once a minute.
laptop = Table(
    "laptop",
    metadata,
    _council(),
    _text("device_id"),
    _text("round_at"),
    Column("families", BigInteger, nullable=True),
    Column("unsent", BigInteger, nullable=True),
    _text("reported_at", nullable=True),
    Column("lease_number", BigInteger, nullable=False),
    _text("lease_locks_at"),
    _text("lease_wipes_at"),
    PrimaryKeyConstraint("council_id", "device_id", name="laptop_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="laptop_device"),
)

wipe_order = Table(
    "wipe_order",
    metadata,
    _council(),
    _text("device_id"),
    Column("number", BigInteger, nullable=False),
    _text("reason"),
    _text("text"),  # as it was signed
    _text("signature"),
    _text("ordered_at"),
    _text("delivered_at", nullable=True),
    _text("withdrawn_at", nullable=True),
    PrimaryKeyConstraint("council_id", "device_id", "number", name="wipe_order_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="wipe_device"),
)

# A laptop's own signed word that it was wiped: by an order, or at the end of its lease.
wipe_report = Table(
    "wipe_report",
    metadata,
    _council(),
    _text("device_id"),
    _text("why"),
    Column("number", BigInteger, nullable=False),
    _text("at"),
    PrimaryKeyConstraint("council_id", "device_id", "why", "number", name="wipe_report_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="report_device"),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    _council(),
    _text("code_hash"),
    _text("worker_id"),
    _text("until"),
    _text("device_id", nullable=True),  # the laptop that used it
    PrimaryKeyConstraint("council_id", "code_hash", name="enrolment_code_pk"),
    ForeignKeyConstraint(["council_id", "worker_id"], ["worker.council_id", "worker.worker_id"], name="code_worker"),
)

session = Table(
    "session",
    metadata,
    _council(),
    _text("session_id"),
    _text("worker_id"),
    _text("device_id"),
    _text("created_at"),
    _text("ended_at", nullable=True),
    _text("ended_why", nullable=True),
    PrimaryKeyConstraint("council_id", "session_id", name="session_pk"),
    ForeignKeyConstraint(["council_id", "device_id"], ["device.council_id", "device.device_id"], name="session_device"),
    Index("session_by_device", "council_id", "device_id"),
)

token = Table(
    "token",
    metadata,
    _council(),
    _text("token_hash"),
    _text("session_id"),
    _text("purpose"),  # access, refresh
    _text("until"),
    _text("used_at", nullable=True),
    PrimaryKeyConstraint("council_id", "token_hash", name="token_pk"),
    ForeignKeyConstraint(
        ["council_id", "session_id"], ["session.council_id", "session.session_id"], name="token_session"
    ),
    Index("token_by_session", "council_id", "session_id"),
)

nonce = Table(
    "nonce",
    metadata,
    _council(),
    _text("device_id"),
    _text("nonce"),
    Column("until", BigInteger, nullable=False),  # seconds since 1970
    PrimaryKeyConstraint("council_id", "device_id", "nonce", name="nonce_pk"),
    Index("nonce_by_until", "council_id", "until"),
)

attempt = Table(
    "attempt",
    metadata,
    _council(),
    _text("who"),  # hash of username and address
    Column("failures", Integer, nullable=False),
    _text("last_at"),
    PrimaryKeyConstraint("council_id", "who", name="attempt_pk"),
)

family = Table(
    "family",
    metadata,
    _council(),
    _text("family_id"),
    Column("seq", BigInteger, nullable=False),
    Column("record_count", BigInteger, nullable=False),
    _text("digest"),
    PrimaryKeyConstraint("council_id", "family_id", name="family_pk"),
    ForeignKeyConstraint(["council_id"], ["council.council_id"], name="family_council"),
)

record = Table(
    "record",
    metadata,
    _council(),
    _text("family_id"),
    _text("record_id"),
    _text("kind"),
    Column("seq", BigInteger, nullable=False),
    Column("line", LargeBinary, nullable=False),  # the JSON bytes that are sent
    PrimaryKeyConstraint("council_id", "family_id", "record_id", name="record_pk"),
    UniqueConstraint("council_id", "family_id", "seq", name="record_seq_once"),
    ForeignKeyConstraint(["council_id", "family_id"], ["family.council_id", "family.family_id"], name="record_family"),
)

event = Table(
    "event",
    metadata,
    _council(),
    _text("event_id"),
    _text("family_id"),
    _text("record_id"),
    Column("seq", BigInteger, nullable=True),  # none where it was refused
    _text("author_id"),
    _text("at"),
    Column("line", LargeBinary, nullable=False),  # the JSON bytes as they were sent
    Column("outcome", LargeBinary, nullable=False),
    PrimaryKeyConstraint("council_id", "event_id", name="event_pk"),
    UniqueConstraint("council_id", "family_id", "seq", name="event_seq_once"),
    Index("event_by_record", "council_id", "family_id", "record_id", "seq"),
)

held = Table(
    "held",
    metadata,
    _council(),
    _text("event_id"),
    _text("family_id"),
    _text("author_id"),
    _text("at"),
    _text("code"),
    Column("line", LargeBinary, nullable=False),
    PrimaryKeyConstraint("council_id", "event_id", name="held_pk"),
)

holding = Table(
    "holding",
    metadata,
    _council(),
    _text("event_id"),
    _text("family_id"),
    _text("author_id"),
    _text("at"),
    Column("line", LargeBinary, nullable=False),
    Column("record_id", Text, nullable=False, server_default=""),
    Column("place", BigInteger, nullable=False, server_default="0"),  # the order in which a family file's came
    PrimaryKeyConstraint("council_id", "event_id", name="holding_pk"),
    Index("holding_by_family", "council_id", "family_id"),
    Index("holding_by_author", "council_id", "author_id"),
)

decision = Table(
    "decision",
    metadata,
    _council(),
    _text("device_id"),  # the laptop that is told
    Column("number", BigInteger, nullable=False),  # microseconds since 1970, and more than the one before
    _text("event_id"),
    _text("chain_id"),  # the event that was named when it was decided
    _text("by_id"),
    Column("is_accepted", Boolean, nullable=False),
    Column("line", LargeBinary, nullable=False),  # the JSON bytes that are sent
    PrimaryKeyConstraint("council_id", "device_id", "number", name="decision_pk"),
    UniqueConstraint("council_id", "event_id", name="decision_event_once"),
    Index("decision_by_chain", "council_id", "chain_id"),
)

record_key = Table(
    "record_key",
    metadata,
    _council(),
    _text("record_id"),
    _text("family_id"),  # the one family file that has a record of this id
    PrimaryKeyConstraint("council_id", "record_id", name="record_key_pk"),
    sqlite_with_rowid=False,  # one tree instead of two: each new record writes here too
)

allocation = Table(
    "allocation",
    metadata,
    _council(),
    _text("allocation_id"),  # the id of the allocation's record
    _text("family_id"),
    _text("worker_id"),
    _text("began_on"),
    _text("ended_on", nullable=True),
    PrimaryKeyConstraint("council_id", "family_id", "allocation_id", name="allocation_pk"),
    ForeignKeyConstraint(
        ["council_id", "family_id"], ["family.council_id", "family.family_id"], name="allocation_family"
    ),
    Index("allocation_by_worker", "council_id", "worker_id"),
)

hold = Table(
    "hold",
    metadata,
    _council(),
    _text("family_id"),
    _text("reason_code"),
    _text("until"),  # the last day on which it stands
    _text("placed_at"),
    PrimaryKeyConstraint("council_id", "family_id", name="hold_pk"),
    ForeignKeyConstraint(["council_id", "family_id"], ["family.council_id", "family.family_id"], name="hold_family"),
)

visit_pack = Table(
    "visit_pack",
    metadata,
    _council(),
    _text("worker_id"),
    _text("family_id"),
    _text("until"),  # the last day on which the worker may see the family file for it
    _text("reason"),  # a code of sf_record.packs
    _text("taken_at"),
    PrimaryKeyConstraint("council_id", "worker_id", "family_id", name="visit_pack_pk"),
    ForeignKeyConstraint(
        ["council_id", "family_id"], ["family.council_id", "family.family_id"], name="visit_pack_family"
    ),
)

wipe_receipt = Table(
    "wipe_receipt",
    metadata,
    _council(),
    _text("device_id"),
    _text("receipt_id"),
    _text("received_at"),
    Column("statement", LargeBinary, nullable=False),  # the bytes that the laptop signed
    _text("signature"),  # Ed25519, base64
    PrimaryKeyConstraint("council_id", "device_id", "receipt_id", name="wipe_receipt_pk"),
    ForeignKeyConstraint(
        ["council_id", "device_id"], ["device.council_id", "device.device_id"], name="wipe_receipt_device"
    ),
)

configuration = Table(
    "configuration",
    metadata,
    _council(),
    Column("version", BigInteger, nullable=False),
    Column("line", LargeBinary, nullable=False),
    _text("at"),
    PrimaryKeyConstraint("council_id", "version", name="configuration_pk"),
    ForeignKeyConstraint(["council_id"], ["council.council_id"], name="configuration_council"),
)

audit = Table(
    "audit",
    metadata,
    _council(),
    Column("number", BigInteger, nullable=False),
    _text("at"),
    _text("what"),
    _text("worker_id", nullable=True),
    _text("device_id", nullable=True),
    _text("subject", nullable=True),
    _text("code"),
    _text("chain"),  # SHA-256 over the row before and this one
    PrimaryKeyConstraint("council_id", "number", name="audit_pk"),
    Index("audit_by_subject", "council_id", "subject"),
)

# A laptop's own audit, row by row as it sent it, and where that chain stands, with the laptop's signature.
laptop_audit = Table(
    "laptop_audit",
    metadata,
    _council(),
    _text("device_id"),
    Column("number", BigInteger, nullable=False),
    _text("at"),
    _text("what"),
    _text("family_id"),
    _text("record_id"),
    _text("code"),
    _text("ids"),  # family files whose names a search showed, or the event of a change
    _text("chain"),  # SHA-256 over the row before and this one
    _text("received_at"),
    PrimaryKeyConstraint("council_id", "device_id", "number", name="laptop_audit_pk"),
    ForeignKeyConstraint(
        ["council_id", "device_id"], ["device.council_id", "device.device_id"], name="laptop_audit_device"
    ),
)

# Which rows are about a family file: to say who looked at it.
laptop_look = Table(
    "laptop_look",
    metadata,
    _council(),
    _text("family_id"),
    _text("device_id"),
    Column("number", BigInteger, nullable=False),
    PrimaryKeyConstraint("council_id", "family_id", "device_id", "number", name="laptop_look_pk"),
)

laptop_audit_head = Table(
    "laptop_audit_head",
    metadata,
    _council(),
    _text("device_id"),
    Column("number", BigInteger, nullable=False),
    _text("chain"),
    _text("text"),  # what the laptop signed of its head, and its signature
    _text("signature"),
    _text("received_at"),
    _text("refused"),  # why the last rows were not taken; "" where they were
    _text("witness"),  # the newest head of the council's own audit that this laptop showed, as the council signed it
    _text("witness_signature"),
    PrimaryKeyConstraint("council_id", "device_id", name="laptop_audit_head_pk"),
    ForeignKeyConstraint(
        ["council_id", "device_id"], ["device.council_id", "device.device_id"], name="laptop_head_device"
    ),
)
