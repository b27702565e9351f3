"""How copies of family files leave a laptop: why, under which hold, and the receipt that it signs: pure shapes."""

from __future__ import annotations

from dataclasses import dataclass

WIPE_RECEIPT = "wipe receipt"  # see orders.to_sign

REALLOCATED = "reallocated"  # somebody else works with the family now
CLOSED = "closed"  # nobody does
PACK_ENDED = "pack_ended"  # the day for which it was taken along has passed
NOT_HEARD = "not_heard"  # the council was not heard of for as long as it lets copies stay
FOR_GOOD = "9999-12-31"  # a hold without an end


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One family file whose copy was destroyed: why it left, and how many records it was here."""

    family_id: str
    reason: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WipeReceipt:
    """A laptop's word that these copies are destroyed: no row of them is left, and what lay on the disk is under a key
    that is no more. ``key_generation`` is that of the key slot which holds the key that took its place.
    """

    id: str
    device_id: str
    at: str
    key_generation: int
    families: tuple[Left, ...]
