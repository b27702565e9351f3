"""Keeps when each child was last seen beside the visits that say it (store/tables/seen.py)."""

from __future__ import annotations

from typing import Any

_STATEMENTS = (
    """
    CREATE TABLE seen (
        family_id TEXT NOT NULL,
        child TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (family_id, child)
    ) STRICT, WITHOUT ROWID
    """,
    # Of visits that stand: the last one, under no child, and the last one at which each child was seen.
    """
    INSERT INTO seen (family_id, child, at)
    SELECT family_id, '', max(happened_at) FROM record WHERE kind = 'visit' AND is_in_error = 0 GROUP BY family_id
    """,
    """
    INSERT INTO seen (family_id, child, at)
    SELECT record.family_id, json_extract(child.value, '$.person'), max(record.happened_at)
    FROM record JOIN paper ON paper.id = record.paper, json_each(paper.wire, '$.body.children') AS child
    WHERE record.kind = 'visit' AND record.is_in_error = 0
        AND json_type(child.value) = 'object' AND json_extract(child.value, '$.seen') = 1
        AND json_extract(child.value, '$.person') <> ''
    GROUP BY 1, 2
    """,
)


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    for statement in _STATEMENTS:
        connection.execute(statement)
