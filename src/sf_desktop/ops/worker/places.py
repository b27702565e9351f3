"""Where the worker was, so that unlocking leads back to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sf_desktop.ops.office import Office, reads
from sf_desktop.store.tables import places


def keep_place(office: Office, place: Mapping[str, Any]) -> None:
    """Keep where somebody is, and what is typed and has no draft; nothing of a family file that is not here."""
    if "words" in place:
        place = {**place, "words": places.words_of_those_here(office.connection, place)}
    places.keep(office.connection, places.WINDOW, place)


@reads
def last_place(office: Office) -> dict[str, Any]:
    """Return where somebody was; empty the first time."""
    return places.get(office.connection, places.WINDOW)
