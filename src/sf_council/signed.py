"""Reads what somebody signed, a laptop or this council before, and says whether it carries their signature."""

from __future__ import annotations

import base64
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sf_record.wire.orders import Signed, to_sign

T = TypeVar("T")


def read(signed: Signed, shape: type[T]) -> T | None:
    """Return what the text says, whoever wrote it; None where it is not of this shape."""
    try:
        return msgspec.json.decode(signed.text, type=shape)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def is_signed(signed: Signed, what: str, public_key: str) -> bool:
    """Say whether the text was signed as this kind of statement with the private half of a key (Ed25519, base64)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        key.verify(base64.b64decode(signed.signature, validate=True), to_sign(what, signed.text))
    except (InvalidSignature, ValueError):
        return False
    return True
