"""Keeps the council's configuration; a newer version replaces the one before."""

from __future__ import annotations

from sf_desktop.store.coding import configuration_text, read_configuration
from sf_desktop.store.connection import Connection
from sf_record.configuration import Configuration


def current(connection: Connection) -> Configuration:
    """Return the newest version that came; an empty one before any did."""
    found = connection.execute("SELECT wire FROM configuration ORDER BY version DESC LIMIT 1").fetchone()
    return Configuration() if found is None else read_configuration(found[0])


def version(connection: Connection) -> int:
    """Return the newest version's number; 0 before any came."""
    found = connection.execute("SELECT max(version) FROM configuration").fetchone()
    return 0 if found is None or found[0] is None else int(found[0])


def keep(connection: Connection, configuration: Configuration, at: str) -> None:
    """Replace the configuration, also by an older one: the council may have been restored."""
    connection.execute("DELETE FROM configuration")
    connection.execute(
        "INSERT INTO configuration (version, received_at, wire) VALUES (?, ?, ?)",
        (configuration.version, at, configuration_text(configuration)),
    )
