"""Adds what "Nothing lost, nothing leaked" needs: each capability's tables under a comment of its own."""

from __future__ import annotations

from typing import Any

_STATEMENTS = (
    # --- Audit: what was looked at, printed, copied and changed here. Rows are only ever added; those that the council
    # holds may leave when they are old, and those that it does not hold are linked anew after an older vault was put
    # back (store/tables/audit.py). The head is kept beside the rows, so that a last row that is gone is missed.
    """
    CREATE TABLE audit (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        what TEXT NOT NULL,
        family_id TEXT NOT NULL,
        record_id TEXT NOT NULL,
        code TEXT NOT NULL,
        ids TEXT NOT NULL,
        chain TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE audit_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        number INTEGER NOT NULL DEFAULT 0,
        chain TEXT NOT NULL DEFAULT '',
        base_number INTEGER NOT NULL DEFAULT 0,
        base_chain TEXT NOT NULL DEFAULT '',
        sent_number INTEGER NOT NULL DEFAULT 0,
        is_resuming INTEGER NOT NULL DEFAULT 0,
        council_number INTEGER NOT NULL DEFAULT 0,
        council_chain TEXT NOT NULL DEFAULT '',
        council_at TEXT NOT NULL DEFAULT '',
        council_signature TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "INSERT INTO audit_state (id) VALUES (1)",
    "CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'audit'); END",
    """
    CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit
    WHEN NEW.number <= (SELECT number FROM audit_state) BEGIN SELECT RAISE (ABORT, 'audit'); END
    """,
    """
    CREATE TRIGGER audit_stays BEFORE DELETE ON audit
    WHEN NOT EXISTS (
        SELECT 1 FROM audit_state
        WHERE OLD.number <= base_number OR (is_resuming = 1 AND OLD.number > sent_number)
    ) BEGIN SELECT RAISE (ABORT, 'audit'); END
    """,
    """
    CREATE TRIGGER audit_base_waits BEFORE UPDATE OF base_number ON audit_state
    WHEN NEW.base_number < OLD.base_number OR NEW.base_number > OLD.sent_number
    BEGIN SELECT RAISE (ABORT, 'audit'); END
    """,
    "CREATE TRIGGER audit_state_stays BEFORE DELETE ON audit_state BEGIN SELECT RAISE (ABORT, 'audit'); END",
    # --- Attachments: what is known of a file's content, its own random key, and how much of it the council has.
    # `state`: held (with what is written), waiting, with_council, wanted (to be fetched). `reached`: bytes sent, or
    # fetched, so far. `is_here`: all of it can be read here.
    """
    CREATE TABLE attachment (
        id TEXT PRIMARY KEY,
        family_id TEXT NOT NULL,
        draft_id TEXT,
        state TEXT NOT NULL,
        file TEXT NOT NULL,
        key BLOB,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        reached INTEGER NOT NULL DEFAULT 0,
        is_here INTEGER NOT NULL DEFAULT 1,
        saved_at TEXT NOT NULL,
        used_at TEXT NOT NULL,
        received_at TEXT,
        removed_at TEXT,
        code TEXT NOT NULL DEFAULT '',
        body TEXT NOT NULL DEFAULT '{}'
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX attachment_state ON attachment (state, saved_at)",
    "CREATE INDEX attachment_draft ON attachment (draft_id)",
    "CREATE INDEX attachment_family ON attachment (family_id)",
    # --- Release: family files that leave, how far each is, and the receipts that the council does not have yet. A row
    # is there from the moment the laptop is told until the receipt is made. `stage`: waiting, leaving, destroyed.
    """
    CREATE TABLE release (
        family_id TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        told_at TEXT NOT NULL,
        hold_until TEXT NOT NULL DEFAULT '',
        stage TEXT NOT NULL DEFAULT 'waiting',
        records INTEGER NOT NULL DEFAULT 0,
        kept_drafts INTEGER NOT NULL DEFAULT 0,
        destroyed_at TEXT
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE wipe_receipt (
        id TEXT PRIMARY KEY,
        made_at TEXT NOT NULL,
        statement TEXT NOT NULL,
        signature TEXT NOT NULL,
        families INTEGER NOT NULL,
        kept_drafts INTEGER NOT NULL DEFAULT 0,
        received_at TEXT
    ) STRICT, WITHOUT ROWID
    """,
    # --- Visit packs: family files that are here, or made ready, for a day; `until` is the last day of a pack's copy.
    "ALTER TABLE family_cursor ADD COLUMN until TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE ready (
        day TEXT NOT NULL,
        family_id TEXT NOT NULL,
        is_wanted INTEGER NOT NULL,
        PRIMARY KEY (day, family_id)
    ) STRICT, WITHOUT ROWID
    """,
    # --- Needs you. Conflicts are counted, not only noted, and found without reading every record. `may_have_left`:
    # handed to the wire, so it can no longer be taken back. `withdrawn`: the id under which its withdrawal was sealed,
    # where it was taken back or given up. `given_up`: why its author gave it up.
    """
    UPDATE record SET has_conflicts = coalesce(
        (SELECT json_array_length(paper.wire, '$.conflicts') FROM paper WHERE paper.id = record.paper), 0)
    WHERE has_conflicts > 0
    """,
    "CREATE INDEX record_conflict ON record (kind, has_conflicts) WHERE has_conflicts > 0",
    "ALTER TABLE outbox ADD COLUMN may_have_left INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE outbox ADD COLUMN withdrawn TEXT",
    "ALTER TABLE outbox ADD COLUMN given_up TEXT NOT NULL DEFAULT ''",
    # --- The holding tray: what a supervisor decided of an event of this laptop. It leaves with the event.
    """
    CREATE TABLE decision (
        event_id TEXT PRIMARY KEY,
        is_accepted INTEGER NOT NULL,
        by_id TEXT NOT NULL,
        at TEXT NOT NULL,
        comment TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER decision_leaves AFTER DELETE ON outbox
    BEGIN DELETE FROM decision WHERE event_id = OLD.id; END
    """,
    # --- Speed. Words leave the index of notes when it is merged (docs/decisions/0005-words-leave-when-merged.md), and
    # a node of it fits into one page of an encrypted database. What is there is built anew in slices: only then does a
    # search for the newest not read every place of a common word.
    "INSERT INTO record_fts (record_fts) VALUES ('delete-all')",
    "INSERT INTO record_fts (record_fts, rank) VALUES ('secure-delete', 0)",
    "INSERT INTO record_fts (record_fts, rank) VALUES ('pgsz', 3900)",
    "INSERT INTO record_fts (record_fts, rank) SELECT 'automerge', 0 WHERE EXISTS (SELECT 1 FROM record)",
    "INSERT OR REPLACE INTO meta (name, value) SELECT 'index_built_to', '-1' WHERE EXISTS (SELECT 1 FROM record)",
    "DELETE FROM meta WHERE name = 'index_merging'",
    # How many records of a family file the council has given: counted after every answer that touches the file.
    "CREATE INDEX record_given ON record (family_id, seq) WHERE seq > 0 AND is_forgotten = 0",
    # All ids in the order of time, without walking the wide rows.
    "CREATE INDEX record_id_in_time ON record (row, id)",
)


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    for statement in _STATEMENTS:
        connection.execute(statement)
