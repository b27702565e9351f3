"""Opens a council's database for one command."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from sf_council.database import audit
from sf_council.database.council import councils
from sf_council.database.engine import is_url, open_database
from sf_council.database.identity import workers
from sf_council.database.identity.workers import Account
from sf_council.database.lifecycle.migrate import migrate, require_migrated
from sf_council.settings import Settings
from sf_record.dates import moment_text
from sf_record.errors import InputError


@dataclass(frozen=True, slots=True)
class Opened:
    """One transaction of a command."""

    connection: Connection
    council_id: str
    now: datetime

    def note(self, what: str, *, worker_id: str | None = None, subject: str | None = None, code: str = "") -> None:
        """Put what the command does into the council's audit."""
        audit.note(
            self.connection, self.council_id, moment_text(self.now), audit.Note(what, worker_id, None, subject, code)
        )

    def account(self, username: str) -> Account:
        """Return the account of a username; InputError if there is none."""
        found = workers.account(self.connection, self.council_id, username)
        if found is None:
            raise InputError("user_unknown", "There is no user of that name", "sf-council user list names them all.")
        return found

    def working(self, username: str) -> Account:
        """Return the account of somebody who may still sign in; InputError where it was disabled."""
        found = self.account(username)
        if found.is_disabled:
            raise InputError("user_disabled", f"{username} was disabled", "Name somebody who may sign in.")
        return found


@contextmanager
def opened(settings: Settings, *, may_begin: bool = False) -> Iterator[Opened]:
    """Open the council for one command, all of which is done or nothing.

    Where there is none yet, a command that ``may_begin`` one begins it and says so; any other is refused. A copy, a
    list or a check of the audit of an empty council would say that all is well, of a folder that was named wrongly.
    """
    is_new = not is_url(settings.database) and not Path(settings.database).exists()
    if is_new and not may_begin:
        raise InputError(
            "council_missing",
            f"There is no council in {Path(settings.database).absolute()}",
            "If you meant another, name its folder: --data. sf-council user add begins a new one. Nothing was done.",
        )
    database = open_database(settings)
    try:
        if database.is_sqlite:
            migrate(database)
            if is_new:  # else a folder that was not named, or named wrongly, looks like a council without anybody
                said = f"A new, empty council was begun in {Path(settings.database).absolute()}."
                print(said, "If you meant another, name its folder: --data.", sep="\n", file=sys.stderr)
        else:
            database.read(require_migrated)
        with database.writing_here() as connection:
            now = settings.clock.now()
            yield Opened(connection, councils.settle(connection, settings.council_id, now), now)
    finally:
        database.close()
