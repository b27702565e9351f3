"""Keeps what is known of the lease in two places: in the vault, and beside it for the lock screen, which has no keys.

The file is encrypted under the device secret, so that it can neither be read nor changed by who has only the disk. It
also holds what a wipe at the lease's end needs, when the laptop's own key cannot be had: the council's address, and the
word that it was wiped, signed in advance.
"""

from __future__ import annotations

import json
import secrets as randomness
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sf_desktop.clock import Clock
from sf_desktop.store import meta, tokens
from sf_desktop.store.connection import Connection
from sf_desktop.store.files import replace_durably, translated
from sf_desktop.store.home import VaultHome
from sf_desktop.store.keyrings import SecretStore
from sf_desktop.store.keys import overwrite, read_device_secret
from sf_desktop.store.lease import Reading, Tenure, begun, merged, observed
from sf_desktop.store.policy import believed_lease, believed_order, farewell
from sf_record.dates import moment_text, read_moment
from sf_record.orders import AT_LEASE_END, Lease, Signed, WipeOrder

_TENURE = "lease"
_MOMENTS = ("highest", "certain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What lies beside the vault."""

    tenure: Tenure
    address: str
    farewell: Signed


def reading(clock: Clock) -> Reading:
    """Look at both clocks."""
    boot = clock.boot()
    return Reading(clock.now(), boot.id, boot.seconds)


def in_vault(connection: Connection) -> Tenure | None:
    """Return what the vault knows; None before the council gave a lease."""
    text = meta.read(connection, _TENURE)
    return None if text is None else _read(json.loads(text))


def keep(connection: Connection, tenure: Tenure) -> None:
    """Keep it in the vault."""
    meta.write(connection, _TENURE, json.dumps(_plain(tenure)))


def renew(connection: Connection, signed: Signed | None, now: Reading) -> None:
    """Take a lease that a round brought; what is not the council's, for this laptop and newer changes nothing."""
    who = tokens.identity(connection)
    if signed is None or who is None:
        return
    before = in_vault(connection)
    lease = believed_lease(who.policy_key, who.device_id, signed, before.lease.number if before else 0)
    if lease is not None:
        keep(connection, begun(lease, now))


def ordered(connection: Connection, signed: Signed) -> WipeOrder | None:
    """Return an order to wipe, if the council signed it for this laptop after the lease that stands; else None."""
    who, before = tokens.identity(connection), in_vault(connection)
    if who is None:
        return None
    return believed_order(who.policy_key, who.device_id, signed, before.lease.number if before else 0)


def look(connection: Connection, clock: Clock, beside: Beside | None = None) -> Tenure | None:
    """Look at the clocks, and keep in the vault what both places know together."""
    known = merged(in_vault(connection), beside.tenure if beside else None)
    if known is None:
        return None
    now = observed(known, reading(clock))
    keep(connection, now)
    return now


def to_lie_beside(connection: Connection) -> Beside | None:
    """Return what the vault has to put beside itself."""
    tenure, me = in_vault(connection), tokens.sign_in(connection)
    if tenure is None or me is None:
        return None
    word = farewell(me.device_key, me.device_id, tenure.lease.number, AT_LEASE_END)
    return Beside(tenure=tenure, address=me.address, farewell=word)


def write_beside(home: VaultHome, secrets: SecretStore, beside: Beside) -> None:
    """Put it beside the vault; on the disk when this returns."""
    plain = {"tenure": _plain(beside.tenure), "address": beside.address, "farewell": asdict(beside.farewell)}
    nonce = randomness.token_bytes(12)
    sealed = _cipher(home, secrets).encrypt(nonce, json.dumps(plain).encode(), home.vault_id.bytes)
    replace_durably(home.lease, nonce + sealed)


def read_beside(home: VaultHome, secrets: SecretStore) -> Beside | None:
    """Return what lies there; None where it is missing or was tampered with: then the vault's own copy decides."""
    with translated():
        content = home.lease.read_bytes() if home.lease.exists() else b""
    if not content:
        return None
    try:
        plain = json.loads(_cipher(home, secrets).decrypt(content[:12], content[12:], home.vault_id.bytes))
        return Beside(
            tenure=_read(plain["tenure"]), address=str(plain["address"]), farewell=Signed(**plain["farewell"])
        )
    except (InvalidTag, ValueError, LookupError, TypeError):
        return None


def look_beside(home: VaultHome, secrets: SecretStore, clock: Clock) -> Beside | None:
    """Look at the clocks, and keep beside the vault what was seen; None where nothing is known there."""
    known = read_beside(home, secrets)
    if known is None:
        return None
    seen = replace(known, tenure=observed(known.tenure, reading(clock)))
    write_beside(home, secrets, seen)
    return seen


def _plain(tenure: Tenure) -> dict[str, Any]:
    values = {name: getattr(tenure, name) for name in ("boot_id", "boot_s", "ahead_s", "doubted")}
    return {**values, "lease": asdict(tenure.lease), **{name: moment_text(getattr(tenure, name)) for name in _MOMENTS}}


def _read(plain: dict[str, Any]) -> Tenure:
    moments: dict[str, datetime] = {name: read_moment(plain[name]) for name in _MOMENTS}
    return Tenure(**{**plain, **moments, "lease": Lease(**plain["lease"])})


def _cipher(home: VaultHome, secrets: SecretStore) -> AESGCM:
    secret = read_device_secret(secrets)
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=home.vault_id.bytes, info=b"strengthening-families lease 1")
    key = hkdf.derive(bytes(secret))
    overwrite(secret)
    return AESGCM(key)
