"""The family files: their records and events, what waits in a tray, and who may see which file."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from sf_council.database.tables.columns import council_id, metadata, text

family = Table(
    "family",
    metadata,
    council_id(),
    text("family_id"),
    Column("seq", BigInteger, nullable=False),
    Column("record_count", BigInteger, nullable=False),
    text("digest"),
    PrimaryKeyConstraint("council_id", "family_id", name="family_pk"),
    ForeignKeyConstraint(["council_id"], ["council.council_id"], name="family_council"),
)

record = Table(
    "record",
    metadata,
    council_id(),
    text("family_id"),
    text("record_id"),
    text("kind"),
    Column("seq", BigInteger, nullable=False),
    Column("line", LargeBinary, nullable=False),  # the JSON bytes that are sent
    PrimaryKeyConstraint("council_id", "family_id", "record_id", name="record_pk"),
    UniqueConstraint("council_id", "family_id", "seq", name="record_seq_once"),
    ForeignKeyConstraint(["council_id", "family_id"], ["family.council_id", "family.family_id"], name="record_family"),
)

event = Table(
    "event",
    metadata,
    council_id(),
    text("event_id"),
    text("family_id"),
    text("record_id"),
    Column("seq", BigInteger, nullable=True),  # none where it was refused
    text("author_id"),
    text("at"),
    Column("line", LargeBinary, nullable=False),  # the JSON bytes as they were sent
    Column("outcome", LargeBinary, nullable=False),
    PrimaryKeyConstraint("council_id", "event_id", name="event_pk"),
    UniqueConstraint("council_id", "family_id", "seq", name="event_seq_once"),
    Index("event_by_record", "council_id", "family_id", "record_id", "seq"),
)

held = Table(
    "held",
    metadata,
    council_id(),
    text("event_id"),
    text("family_id"),
    text("author_id"),
    text("at"),
    text("code"),
    Column("line", LargeBinary, nullable=False),
    PrimaryKeyConstraint("council_id", "event_id", name="held_pk"),
)

holding = Table(
    "holding",
    metadata,
    council_id(),
    text("event_id"),
    text("family_id"),
    text("author_id"),
    text("at"),
    Column("line", LargeBinary, nullable=False),
    Column("record_id", Text, nullable=False, server_default=""),
    Column("place", BigInteger, nullable=False, server_default="0"),  # the order in which a family file's came
    Column("code", Text, nullable=False, server_default="family_moved"),  # why it lies here
    PrimaryKeyConstraint("council_id", "event_id", name="holding_pk"),
    Index("holding_by_family", "council_id", "family_id"),
    Index("holding_by_author", "council_id", "author_id"),
)

decision = Table(
    "decision",
    metadata,
    council_id(),
    text("device_id"),  # the laptop that is told
    Column("number", BigInteger, nullable=False),  # microseconds since 1970, and more than the one before
    text("event_id"),
    text("chain_id"),  # the event that was named when it was decided
    text("by_id"),
    Column("is_accepted", Boolean, nullable=False),
    Column("line", LargeBinary, nullable=False),  # the JSON bytes that are sent
    PrimaryKeyConstraint("council_id", "device_id", "number", name="decision_pk"),
    UniqueConstraint("council_id", "event_id", name="decision_event_once"),
    Index("decision_by_chain", "council_id", "chain_id"),
)

record_key = Table(
    "record_key",
    metadata,
    council_id(),
    text("record_id"),
    text("family_id"),  # the one family file that has a record of this id
    PrimaryKeyConstraint("council_id", "record_id", name="record_key_pk"),
    sqlite_with_rowid=False,  # one tree instead of two: each new record writes here too
)

allocation = Table(
    "allocation",
    metadata,
    council_id(),
    text("allocation_id"),  # the id of the allocation's record
    text("family_id"),
    text("worker_id"),
    text("began_on"),
    text("ended_on", nullable=True),
    PrimaryKeyConstraint("council_id", "family_id", "allocation_id", name="allocation_pk"),
    ForeignKeyConstraint(
        ["council_id", "family_id"], ["family.council_id", "family.family_id"], name="allocation_family"
    ),
    Index("allocation_by_worker", "council_id", "worker_id"),
)

hold = Table(
    "hold",
    metadata,
    council_id(),
    text("family_id"),
    text("reason_code"),
    text("until"),  # the last day on which it stands
    text("placed_at"),
    PrimaryKeyConstraint("council_id", "family_id", name="hold_pk"),
    ForeignKeyConstraint(["council_id", "family_id"], ["family.council_id", "family.family_id"], name="hold_family"),
)

visit_pack = Table(
    "visit_pack",
    metadata,
    council_id(),
    text("worker_id"),
    text("family_id"),
    text("until"),  # the last day on which the worker may see the family file for it
    text("reason"),  # a code of sf_record.wire.packs
    text("taken_at"),
    PrimaryKeyConstraint("council_id", "worker_id", "family_id", name="visit_pack_pk"),
    ForeignKeyConstraint(
        ["council_id", "family_id"], ["family.council_id", "family.family_id"], name="visit_pack_family"
    ),
)
