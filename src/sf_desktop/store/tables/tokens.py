"""Keeps what proves this laptop and its worker to the council: the device's private key and the sign-in's tokens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sf_desktop.store.coding import plain_text, read_plain
from sf_desktop.store.connection import Connection
from sf_record.description import Role
from sf_record.rules.permissions import Worker
from sf_record.wire.rounds import Tokens

_IDENTITY = "identity"
_DEVICE_KEY = "device_key"
_TOKENS = "tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose vault this is and which council it belongs to. Keys are base64, as the greeting gave them."""

    address: str
    council_id: str
    device_id: str
    username: str
    worker_id: str
    worker_name: str
    role: Role
    team_id: str | None = None
    policy_key: str = ""
    sealing_key: str = ""
    recovery_key: str = ""
    is_pretend: bool = False

    @property
    def worker(self) -> Worker:
        return Worker(self.worker_id, self.role, self.team_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What a round needs to speak as this laptop."""

    address: str
    council_id: str
    device_id: str
    device_key: bytes
    policy_key: str
    username: str
    tokens: Tokens | None


def keep_identity(connection: Connection, identity: Identity, device_key: bytes) -> None:
    """Keep who this laptop is; ``device_key`` is the private Ed25519 key, 32 bytes."""
    if len(device_key) != 32:
        raise ValueError("a device key has 32 bytes")
    _keep(connection, _IDENTITY, plain_text(identity).encode())
    _keep(connection, _DEVICE_KEY, device_key)


def identity(connection: Connection) -> Identity | None:
    """Return who this laptop is; None before it was enrolled."""
    found = _get(connection, _IDENTITY)
    if found is None:
        return None
    return _read_identity(found)


@lru_cache(maxsize=2)
def _read_identity(kept: bytes) -> Identity:
    """Read what was kept: asked for by every verb, so the last is remembered."""
    values = read_plain(kept.decode())
    return Identity(**{**values, "role": Role(values["role"])})


def keep_tokens(connection: Connection, tokens: Tokens | None) -> None:
    """Replace the tokens; None where somebody must sign in again."""
    if tokens is None:
        connection.execute("DELETE FROM secret WHERE name = ?", (_TOKENS,))
    else:
        _keep(connection, _TOKENS, plain_text(tokens).encode())


def tokens(connection: Connection) -> Tokens | None:
    found = _get(connection, _TOKENS)
    return None if found is None else Tokens(**read_plain(found.decode()))


def sign_in(connection: Connection) -> SignIn | None:
    """Return what a round needs; None before the laptop was enrolled."""
    who = identity(connection)
    key = _get(connection, _DEVICE_KEY)
    if who is None or key is None:
        return None
    return SignIn(
        address=who.address,
        council_id=who.council_id,
        device_id=who.device_id,
        device_key=key,
        policy_key=who.policy_key,
        username=who.username,
        tokens=tokens(connection),
    )


def _keep(connection: Connection, name: str, value: bytes) -> None:
    connection.execute("INSERT OR REPLACE INTO secret (name, value) VALUES (?, ?)", (name, value))


def _get(connection: Connection, name: str) -> bytes | None:
    found = connection.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
    return None if found is None else bytes(found[0])
