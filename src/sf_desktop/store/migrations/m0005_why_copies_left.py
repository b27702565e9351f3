"""Lets a receipt say how many of the copies that left were of files that were closed."""

from __future__ import annotations

from typing import Any


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    connection.execute("ALTER TABLE wipe_receipt ADD COLUMN closed INTEGER NOT NULL DEFAULT 0")
