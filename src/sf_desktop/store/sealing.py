"""Seals bytes to the council's X25519 public key, so that this laptop itself cannot read them again.

::

    version 1 | ephemeral public key 32 | AES-256-GCM(payload), tag 16 at its end
    key and nonce = HKDF-SHA256(X25519(ephemeral, council), info = label | ephemeral | council | context), 32 + 12
    the context (an event's id, a vault's id) is authenticated too: a sealed thing cannot be passed off as another
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sf_desktop.wording import error

PUBLIC_KEY_BYTES = 32
OVERHEAD_BYTES = 1 + PUBLIC_KEY_BYTES + 16
_VERSION = b"\1"
_LABEL = b"strengthening-families seal 1"


def seal(public_key: bytes, payload: bytes, context: bytes) -> bytes:
    """Return the payload as only the holder of the private key can read it; about 0.1 ms."""
    council = X25519PublicKey.from_public_bytes(public_key)
    ephemeral = X25519PrivateKey.generate()
    head = _VERSION + ephemeral.public_key().public_bytes_raw()
    key, nonce = _key(ephemeral.exchange(council), head, public_key, context)
    return head + AESGCM(key).encrypt(nonce, payload, head + context)


def open_sealed(private_key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Read what was sealed, with the key that no laptop holds: for the council's hand-in tool."""
    head, box = sealed[: 1 + PUBLIC_KEY_BYTES], sealed[1 + PUBLIC_KEY_BYTES :]
    if len(sealed) < OVERHEAD_BYTES or head[:1] != _VERSION:
        raise error("sealed_damaged")
    council = X25519PrivateKey.from_private_bytes(private_key)
    shared = council.exchange(X25519PublicKey.from_public_bytes(head[1:]))
    key, nonce = _key(shared, head, council.public_key().public_bytes_raw(), context)
    try:
        return AESGCM(key).decrypt(nonce, box, head + context)
    except InvalidTag as cause:
        raise error("sealed_damaged") from cause


def _key(shared: bytes, head: bytes, public_key: bytes, context: bytes) -> tuple[bytes, bytes]:
    info = b"|".join((_LABEL, head, public_key, context))
    both = HKDF(algorithm=SHA256(), length=44, salt=None, info=info).derive(shared)
    return both[:32], both[32:]
