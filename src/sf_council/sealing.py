"""Opens what laptops sealed to the council, and seals a recovered data key back to one: the other side of one format.

::

    version 1 | ephemeral public key 32 | salt 16 | AES-256-GCM(payload), tag 16 at its end
    key and nonce = HKDF-SHA256(X25519, salt, info = label | head | receiver's public key | context), 32 + 12
    the head is all before the box, and is authenticated with the context
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\1"
_KEY_BYTES, _SALT_BYTES = 32, 16
_HEAD_BYTES = 1 + _KEY_BYTES + _SALT_BYTES
_LABEL = b"strengthening-families seal 1"

RECOVERY_SLOT = b"strengthening-families recovery slot 1|"  # the context, before the vault's id
RECOVERY_ANSWER = b"strengthening-families recovery answer 1|"


def open_sealed(private_key: bytes, sealed: bytes, context: bytes) -> bytes | None:
    """Return what was sealed; None where it is damaged, for another key, or not what the context says."""
    head, box = sealed[:_HEAD_BYTES], sealed[_HEAD_BYTES:]
    if len(head) < _HEAD_BYTES or head[:1] != _VERSION:
        return None
    own = X25519PrivateKey.from_private_bytes(private_key)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(head[1 : 1 + _KEY_BYTES]))
        key, nonce = _key(shared, head, own.public_key().public_bytes_raw(), context)
        return AESGCM(key).decrypt(nonce, box, head + context)
    except (InvalidTag, ValueError):
        return None


def seal(public_key: bytes, payload: bytes, context: bytes) -> bytes:
    """Return the payload as only the holder of the private key can read it."""
    ephemeral = X25519PrivateKey.generate()
    head = _VERSION + ephemeral.public_key().public_bytes_raw() + os.urandom(_SALT_BYTES)
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    key, nonce = _key(shared, head, public_key, context)
    return head + AESGCM(key).encrypt(nonce, payload, head + context)


def _key(shared: bytes, head: bytes, public_key: bytes, context: bytes) -> tuple[bytes, bytes]:
    info = b"|".join((_LABEL, head, public_key, context))
    both = HKDF(algorithm=SHA256(), length=44, salt=head[1 + _KEY_BYTES :], info=info).derive(shared)
    return both[:32], both[32:]
