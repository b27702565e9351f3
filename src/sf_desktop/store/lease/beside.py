"""Keeps beside the vault what the lock screen, which has no keys, must know of the lease.

The file is encrypted under the device secret, so that it can neither be read nor changed by who has only the disk. It
also holds what is needed while the laptop's own key cannot be had: the council's address and policy key, and, signed in
advance, the question whether an order stands and the words that it was wiped, by order or at the lease's end.
"""

from __future__ import annotations

import json
import logging
import secrets as randomness
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sf_desktop.clock import Clock
from sf_desktop.store.folder.files import replace_durably, translated
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import overwrite, read_device_secret
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lease.reckoning import Reading, Tenure, observed
from sf_record.dates import moment_text, read_moment
from sf_record.errors import SfError
from sf_record.wire.orders import Lease, Signed

_MOMENTS = ("highest", "certain")
_SIGNED = ("farewell", "asks", "obeyed")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What lies beside the vault; without ``asks`` and ``obeyed`` where an earlier program wrote it."""

    tenure: Tenure
    address: str
    farewell: Signed
    policy_key: str = ""
    asks: Signed | None = None
    obeyed: Signed | None = None


def reading(clock: Clock) -> Reading:
    """Look at both clocks."""
    boot = clock.boot()
    return Reading(clock.now(), boot.id, boot.seconds)


def write_beside(home: VaultHome, secrets: SecretStore, beside: Beside) -> None:
    """Put it beside the vault; on the disk when this returns."""
    signed = {name: asdict(each) for name in _SIGNED if (each := getattr(beside, name)) is not None}
    tenure = plain_tenure(beside.tenure)
    plain = {"tenure": tenure, "address": beside.address, "policy_key": beside.policy_key, **signed}
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
        signed = {name: Signed(**plain[name]) for name in _SIGNED if name == "farewell" or name in plain}
        tenure = read_tenure(plain["tenure"])
        return Beside(
            tenure=tenure, address=str(plain["address"]), policy_key=str(plain.get("policy_key", "")), **signed
        )
    except (InvalidTag, ValueError, LookupError, TypeError):
        return None


def look_beside(home: VaultHome, secrets: SecretStore, clock: Clock) -> Beside | None:
    """Look at the clocks, and keep beside the vault what was seen; None where nothing is known there."""
    known = read_beside(home, secrets)
    if known is None:
        return None
    seen = replace(known, tenure=observed(known.tenure, reading(clock)))
    try:
        write_beside(home, secrets, seen)
    except SfError as cause:  # a full disk keeps nobody from their records
        _log.warning("lease_not_kept code=%s", cause.code)
    return seen


def plain_tenure(tenure: Tenure) -> dict[str, Any]:
    """Return a tenure as JSON can hold it."""
    values = {name: getattr(tenure, name) for name in ("boot_id", "boot_s", "ahead_s", "doubted")}
    return {**values, "lease": asdict(tenure.lease), **{name: moment_text(getattr(tenure, name)) for name in _MOMENTS}}


def read_tenure(plain: dict[str, Any]) -> Tenure:
    """Read what :func:`plain_tenure` returned; ValueError, LookupError or TypeError where it is something else."""
    moments: dict[str, datetime] = {name: read_moment(plain[name]) for name in _MOMENTS}
    return Tenure(**{**plain, **moments, "lease": Lease(**plain["lease"])})


def _cipher(home: VaultHome, secrets: SecretStore) -> AESGCM:
    secret = read_device_secret(secrets)
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=home.vault_id.bytes, info=b"strengthening-families lease 1")
    key = hkdf.derive(bytes(secret))
    overwrite(secret)
    return AESGCM(key)
