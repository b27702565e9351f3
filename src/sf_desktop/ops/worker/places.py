"""Where the worker was, so that unlocking leads back to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sf_desktop.ops.office import Office, reads
from sf_desktop.store.tables import places

WINDOW = "window"


def keep_place(office: Office, place: Mapping[str, Any]) -> None:
    """Keep where somebody is."""
    places.keep(office.connection, WINDOW, place)


@reads
def last_place(office: Office) -> dict[str, Any]:
    """Return where somebody was; empty the first time."""
    return places.get(office.connection, WINDOW)
