"""Reads and writes the bytes of one key slot: a header that is authenticated whole, one or two wraps, a tally of tries.

::

    magic 8 | generation 8 | memory KiB 4 | passes 4 | lanes 4 | salt 16 | device 16 | user 16     header, 76 bytes
    nonce 12 | data key under AES-256-GCM 48                                                current wrap
    flag 1 | nonce 12 | data key 48                                         pending wrap, or zeros
    SHA-256 of all of the above, 32: tells a damaged file from a wrong passphrase
    tries 4 | their CRC-32 4                                     rewritten before each try
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sf_desktop.store.keys.derivation import KEY_BYTES, SALT_BYTES, Cost, Owner

_MAGIC = b"SFSLOT1\n"
_HEADER = struct.Struct(">8sQIII16s16s16s")
_WRAP_BYTES = 12 + 32 + 16
_CHECKED_BYTES = _HEADER.size + _WRAP_BYTES + 1 + _WRAP_BYTES
TALLY_OFFSET = _CHECKED_BYTES + 32
_TALLY = struct.Struct(">II")
SLOT_BYTES = TALLY_OFFSET + _TALLY.size


@dataclass(frozen=True, slots=True)
class SlotHeader:
    """What must be known before the passphrase is asked for; nothing in it can be changed unnoticed."""

    generation: int
    cost: Cost
    salt: bytes
    owner: Owner

    def packed(self) -> bytes:
        cost = self.cost
        return _HEADER.pack(
            _MAGIC,
            self.generation,
            cost.memory_kib,
            cost.passes,
            cost.lanes,
            self.salt,
            self.owner.device.bytes,
            self.owner.user.bytes,
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot as it lies on the disk."""

    header: SlotHeader
    wrap: bytes
    pending: bytes | None = None

    def packed(self) -> bytes:
        """Return the checked part; the tally behind it is written apart."""
        second = b"\1" + self.pending if self.pending else bytes(1 + _WRAP_BYTES)
        content = self.header.packed() + self.wrap + second
        return content + sha256(content).digest()

    @classmethod
    def read(cls, content: bytes) -> Slot | None:
        """Return the slot, or None where the bytes are not a whole and undamaged one."""
        checked = content[:_CHECKED_BYTES]
        if len(content) != SLOT_BYTES or sha256(checked).digest() != content[_CHECKED_BYTES:TALLY_OFFSET]:
            return None
        magic, generation, memory_kib, passes, lanes, salt, device, user = _HEADER.unpack_from(checked)
        if magic != _MAGIC:
            return None
        owner = Owner(UUID(bytes=device), UUID(bytes=user))
        header = SlotHeader(generation, Cost(memory_kib, passes, lanes), salt, owner)
        rest = checked[_HEADER.size :]
        pending = rest[_WRAP_BYTES + 1 :] if rest[_WRAP_BYTES] else None
        return cls(header, rest[:_WRAP_BYTES], pending)


def new_slot(header: SlotHeader, kek: bytearray, dek: bytearray, pending: bytearray | None = None) -> Slot:
    """Wrap the data key (and, while it is being replaced, the next one) under the KEK."""
    if len(header.salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    second = _wrap(kek, pending, header, b"pending") if pending else None
    return Slot(header, _wrap(kek, dek, header, b"current"), second)


def unwrap(slot: Slot, kek: bytearray) -> tuple[bytearray, bytearray | None] | None:
    """Return the data key and the pending one, or None where the KEK is not the one that wrapped them."""
    try:
        current = _unwrap(kek, slot.wrap, slot.header, b"current")
        pending = _unwrap(kek, slot.pending, slot.header, b"pending") if slot.pending else None
    except InvalidTag:
        return None
    return current, pending


def packed_tally(tries: int) -> bytes:
    number = struct.pack(">I", tries)
    return number + struct.pack(">I", zlib.crc32(number))


def read_tally(content: bytes) -> int | None:
    """Return the tries counted in a slot file, or None where that part is damaged."""
    part = content[TALLY_OFFSET : TALLY_OFFSET + _TALLY.size]
    if len(part) != _TALLY.size:
        return None
    tries, check = _TALLY.unpack(part)
    return int(tries) if zlib.crc32(part[:4]) == check else None


def _wrap(kek: bytearray, key: bytearray, header: SlotHeader, which: bytes) -> bytes:
    nonce = token_bytes(12)
    return nonce + AESGCM(kek).encrypt(nonce, key, header.packed() + which)


def _unwrap(kek: bytearray, wrap: bytes, header: SlotHeader, which: bytes) -> bytearray:
    key = bytearray(KEY_BYTES)
    AESGCM(kek).decrypt_into(wrap[:12], wrap[12:], header.packed() + which, key)
    return key
