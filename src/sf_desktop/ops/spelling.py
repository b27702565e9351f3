"""Names that a speller must know: those of the family that is written about."""

from __future__ import annotations

from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.people import known_names


@reads
def names_of(office: Office, family_id: str) -> frozenset[str]:
    """Return every name in a family file."""
    return known_names(office.connection, family_id)
