"""Where the worker was, so that unlocking leads back to it."""

from __future__ import annotations

from typing import Any

from sf_desktop.ops.office import Office, reads
from sf_desktop.store.tables import places

WINDOW = "window"


def keep_place(office: Office, place: dict[str, Any], name: str = WINDOW) -> None:
    """Keep where somebody is."""
    places.keep(office.connection, name, place)


@reads
def last_place(office: Office, name: str = WINDOW) -> dict[str, Any]:
    """Return where somebody was; empty the first time."""
    return places.get(office.connection, name)
