"""How far files are that came in when the vault was closed. Asked at each unlocking, so it imports little."""

from __future__ import annotations

from dataclasses import dataclass

from sf_desktop.ops.office import Office
from sf_desktop.store.tables import arriving


@dataclass(frozen=True, slots=True)
class Far:
    """How many family files are in, of how many; (0, 0) where none comes in."""

    here: int
    of: int


def far(office: Office) -> Far:
    """Return how far they are; what was laid down and was not all there is let go."""
    arriving.forget(office.connection)
    return Far(*arriving.coming(office.connection))
