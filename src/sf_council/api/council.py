"""What every endpoint needs: the database, the council's id and keys, the code sets, the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fastapi import Request
from sqlalchemy import Connection

from sf_council.api.counting.fetches import Fetches
from sf_council.api.counting.metrics import Metrics
from sf_council.api.counting.sendings import Sendings
from sf_council.api.scope import Caller
from sf_council.clock import Clock
from sf_council.contents import Contents
from sf_council.database import audit
from sf_council.database.engine import Database
from sf_council.keys import PolicySigner, PublicKeys
from sf_council.passwords import Passwords
from sf_record.codes import CodeSets
from sf_record.dates import moment_text


@dataclass(frozen=True, kw_only=True)
class Council:
    """One council as this process serves it."""

    id: str
    database: Database
    keys: PublicKeys
    policy: PolicySigner
    codes: CodeSets
    passwords: Passwords
    clock: Clock
    contents: Contents
    attachment_bytes: int
    pull_records: int
    sendings: Sendings
    fetches: Fetches = field(default_factory=Fetches)
    metrics: Metrics = field(default_factory=Metrics)
    lease_terms: dict[int, Any] = field(default_factory=dict)  # by the configuration's version; the newest only

    def now(self) -> datetime:
        """Return the council's time."""
        return self.clock.now()

    def at(self) -> str:
        """Return the council's time as it travels."""
        return moment_text(self.clock.now())

    def note(
        self, connection: Connection, by: Caller, what: str, *, subject: str | None = None, code: str = ""
    ) -> None:
        """Audit what a worker did, or looked at, from a laptop."""
        audit.note(connection, self.id, self.at(), audit.Note(what, by.worker.id, by.device_id, subject, code))


def council_of(request: Request) -> Council:
    """Return the council that serves this request."""
    council: Council = request.app.state.council
    return council
