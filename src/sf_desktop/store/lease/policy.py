"""Believes what the council signed for this laptop, by the policy key pinned when it was enrolled, and nothing else."""

from __future__ import annotations

import base64
import binascii
import logging
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sf_record.wire.orders import ASKS, LEASE, WIPE, WIPED, AsksOrder, Lease, Signed, Wiped, WipeOrder, to_sign

T = TypeVar("T", Lease, WipeOrder)
_log = logging.getLogger(__name__)


def believed_lease(policy_key: str, device_id: str, signed: Signed, above: int) -> Lease | None:
    """Return the lease, or None where it is not the council's, not for this laptop, or not newer."""
    lease = _believed(policy_key, device_id, LEASE, signed, above, Lease)
    if lease is not None and not _is_possible(lease):
        _log.warning("statement_refused code=%s", "impossible")
        return None
    return lease


def believed_order(policy_key: str, device_id: str, signed: Signed, above: int) -> WipeOrder | None:
    """Return the order to wipe, or None where it is not the council's, not for this laptop, or an old one."""
    return _believed(policy_key, device_id, WIPE, signed, above, WipeOrder)


def farewell(device_key: bytes, device_id: str, number: int, why: str) -> Signed:
    """Sign, while the laptop still has its key, the word that it was wiped."""
    return _signed(device_key, WIPED, Wiped(device_id=device_id, number=number, why=why))


def asks_order(device_key: bytes, device_id: str, number: int) -> Signed:
    """Sign, while the vault is open, the question that the lock screen asks."""
    return _signed(device_key, ASKS, AsksOrder(device_id=device_id, number=number))


def _signed(device_key: bytes, what: str, said: Wiped | AsksOrder) -> Signed:
    text = msgspec.json.encode(said).decode()
    signature = Ed25519PrivateKey.from_private_bytes(device_key).sign(to_sign(what, text))
    return Signed(text=text, signature=base64.b64encode(signature).decode())


def _is_possible(lease: Lease) -> bool:
    hours = (lease.warn_hours, lease.lock_hours, lease.wipe_hours)
    try:
        lease.wipes_at  # noqa: B018 - read to see that it can be
    except (ValueError, OverflowError):
        return False
    return min(hours) > 0


def _believed(policy_key: str, device_id: str, what: str, signed: Signed, above: int, shape: type[T]) -> T | None:
    code = ""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(policy_key, validate=True))
        key.verify(base64.b64decode(signed.signature, validate=True), to_sign(what, signed.text))
        said = msgspec.json.decode(signed.text, type=shape)
        if said.device_id == device_id and said.number >= above:
            return said if said.number > above else None  # the same once more says nothing new
        code = "other_laptop" if said.device_id != device_id else "not_newer"
    except InvalidSignature:
        code = "signature"
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        code = "unreadable"
    _log.warning("statement_refused code=%s", code)
    return None
