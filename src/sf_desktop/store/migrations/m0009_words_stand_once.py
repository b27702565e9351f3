"""Keeps with a record's text which of its fields its words are, in place of the words once more."""

from __future__ import annotations

from typing import Any


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here.

    What is there keeps its words, which stand beside it (NULL says so), until it is written again.
    """
    connection.execute("ALTER TABLE paper ADD COLUMN fields TEXT")
