"""What a council server is told when it starts: where its database and keys are, how hard passwords are hashed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sf_council.clock import Clock, SystemClock
from sf_record.wire.rounds import ATTACHMENT_BYTES


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``database`` is a PostgreSQL URL or the path of an SQLite file; ``data`` the folder with the council's keys.

    ``council_id`` is needed only where one database holds several councils.
    """

    database: str
    data: Path
    council_id: str | None = None
    clock: Clock = field(default_factory=SystemClock)
    argon2_memory_kib: int = 65_536
    pool_size: int = 10
    attachments: Path | None = None  # the folder of attachments' contents; None: in ``data``
    attachment_bytes: int = ATTACHMENT_BYTES  # the largest content that is taken
    pull_records: int = 500  # of a family file, read at once while it is streamed
