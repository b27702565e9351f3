"""Seals bytes to the council's X25519 public key, so that this laptop itself cannot read them again.

::

    version 1 | ephemeral public key 32 | salt 16 | AES-256-GCM(payload), tag 16 at its end
    key and nonce = HKDF-SHA256(X25519(ephemeral, council), salt, info = label | head | council | context), 32 + 12
    the head is all before the box; the context (an event's id, a vault's id) is authenticated too, so that a sealed
    thing cannot be passed off as another
"""

from __future__ import annotations

from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sf_desktop.store.keys.derivation import overwrite
from sf_desktop.wording import error

PUBLIC_KEY_BYTES = 32
_SALT_BYTES = 16
_HEAD_BYTES = 1 + PUBLIC_KEY_BYTES + _SALT_BYTES
OVERHEAD_BYTES = _HEAD_BYTES + 16
_VERSION = b"\1"
_LABEL = b"strengthening-families seal 1"


class Sealer:
    """Seals for one council for as long as a vault is open.

    The exchange of keys, which is most of the cost, is made once; each thing has a salt, and so a key, of its own. Who
    could read the shared secret from this process's memory could read the open vault; on the disk it never is.
    """

    def __init__(self, public_key: bytes) -> None:
        ephemeral = X25519PrivateKey.generate()
        self._public_key = public_key
        self._start = _VERSION + ephemeral.public_key().public_bytes_raw()
        self._shared = bytearray(ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key)))

    def seal(self, payload: bytes, context: bytes) -> bytes:
        """Return the payload as only the holder of the private key can read it."""
        salt = token_bytes(_SALT_BYTES)
        head = self._start + salt
        key, nonce = _key(bytes(self._shared), salt, head, self._public_key, context)
        return head + AESGCM(key).encrypt(nonce, payload, head + context)

    def forget(self) -> None:
        overwrite(self._shared)


def seal(public_key: bytes, payload: bytes, context: bytes) -> bytes:
    """Seal one thing, with an exchange of its own."""
    sealer = Sealer(public_key)
    try:
        return sealer.seal(payload, context)
    finally:
        sealer.forget()


def open_sealed(private_key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Read what was sealed, with the key that no laptop holds: for the council's hand-in tool."""
    head, box = sealed[:_HEAD_BYTES], sealed[_HEAD_BYTES:]
    ephemeral, salt = head[1 : 1 + PUBLIC_KEY_BYTES], head[1 + PUBLIC_KEY_BYTES :]
    if len(sealed) < OVERHEAD_BYTES or head[:1] != _VERSION:
        raise error("sealed_damaged")
    council = X25519PrivateKey.from_private_bytes(private_key)
    shared = council.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    key, nonce = _key(shared, salt, head, council.public_key().public_bytes_raw(), context)
    try:
        return AESGCM(key).decrypt(nonce, box, head + context)
    except InvalidTag as cause:
        raise error("sealed_damaged") from cause


def _key(shared: bytes, salt: bytes, head: bytes, public_key: bytes, context: bytes) -> tuple[bytes, bytes]:
    info = b"|".join((_LABEL, head, public_key, context))
    both = HKDF(algorithm=SHA256(), length=44, salt=salt, info=info).derive(shared)
    return both[:32], both[32:]
