"""What a council signs for one laptop (its lease, an order to wipe), and what a laptop signs back: pure shapes.

A statement travels as the very text that was signed. Each names the laptop and carries a number that counts up over all
of a council's statements to that laptop, so that none can be played again or passed off as another laptop's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sf_record.dates import read_moment

LEASE = "lease"
WIPE = "wipe"
WIPED = "wiped"
ASKS = "asks"

BY_ORDER = "order"  # a wipe because the council ordered it
BY_ORDER_LOCKED = (
    "order_locked"  # the same, learnt while nobody had unlocked; the number is that of the lease before it
)
AT_LEASE_END = "lease_end"  # a wipe because the council was not heard of for as long as its policy allows


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A statement as it was signed (JSON text), and its Ed25519 signature as base64."""

    text: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """For how long a laptop may be used without its council: counted from ``at``, the council's time."""

    device_id: str
    number: int
    at: str
    warn_hours: int
    lock_hours: int
    wipe_hours: int

    @property
    def began_at(self) -> datetime:
        return read_moment(self.at)

    @property
    def warns_at(self) -> datetime:
        return self.began_at + timedelta(hours=self.warn_hours)

    @property
    def locks_at(self) -> datetime:
        return self.began_at + timedelta(hours=self.lock_hours)

    @property
    def wipes_at(self) -> datetime:
        return self.began_at + timedelta(hours=self.wipe_hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class WipeOrder:
    """The council orders one laptop to destroy what it holds; ``reason`` is a code."""

    device_id: str
    number: int
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiped:
    """A laptop says that it was wiped: by which order, or at the end of which lease."""

    device_id: str
    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AsksOrder:
    """A laptop that nobody has unlocked asks whether an order stands for it: signed in advance, beside its lease."""

    device_id: str
    number: int


def to_sign(what: str, text: str) -> bytes:
    """Return the bytes that are signed for a statement: its kind is part of them."""
    return f"strengthening-families {what} 1\n{text}".encode()
