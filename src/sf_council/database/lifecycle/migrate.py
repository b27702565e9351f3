"""Brings a database to today's tables, and says whether it is there."""

from __future__ import annotations

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from sf_council.database.engine import Database
from sf_record.errors import InputError

_MIGRATING = 7_355_608  # the number of PostgreSQL's advisory lock: two servers that start together migrate once


def migrate(database: Database) -> None:
    """Run every step that is missing, in one transaction. A database newer than this program is refused by Alembic."""
    database.write(_upgrade)


def is_migrated(connection: Connection) -> bool:
    """Say whether the database has exactly the tables that this program expects."""
    return MigrationContext.configure(connection).get_current_revision() == _head()


def require_migrated(connection: Connection) -> None:
    """InputError ``not_migrated`` where the database has other tables than this program expects."""
    if not is_migrated(connection):
        raise InputError(
            "not_migrated",
            "The database does not have this program's tables",
            "Run sf-council migrate. Where a newer program has migrated it, start that one.",
        )


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATING})"))
    if is_migrated(connection):
        return
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@cache
def _head() -> str | None:
    """Return this program's last step; finding it reads every step there is, half of the work of a start."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "sf_council.database:migrations")
    config.set_main_option("path_separator", "os")
    return config
