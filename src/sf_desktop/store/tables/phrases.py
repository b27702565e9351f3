"""Keeps a worker's own phrases in the vault: they are nobody's record, and leave it with the vault only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sf_desktop.store.coding import plain_text, read_plain
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import meta

_OWN = "own_phrases"


@dataclass(frozen=True, slots=True)
class OwnPhrase:
    """One phrase of one's own."""

    id: str
    label: str
    text: str


def own(connection: Connection) -> tuple[OwnPhrase, ...]:
    """Return them in the order in which they were made."""
    kept = meta.read(connection, _OWN)
    return tuple(OwnPhrase(**each) for each in read_plain(kept)) if kept else ()


def keep(connection: Connection, phrases: Sequence[OwnPhrase]) -> None:
    """Keep these in place of what was kept."""
    meta.write(connection, _OWN, plain_text(list(phrases)))
