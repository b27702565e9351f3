"""Makes the ids that the council itself gives: councils, workers, teams, laptops, sessions and records of its own."""

from __future__ import annotations

import secrets
from datetime import datetime

from sf_record.ids import RANDOM_BYTES, new_id


def fresh_id(at: datetime) -> str:
    """Return a new UUIDv7 for this moment."""
    return new_id(at, secrets.token_bytes(RANDOM_BYTES))
