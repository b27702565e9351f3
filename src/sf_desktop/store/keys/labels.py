"""Keeps who a vault is for, so that a shared laptop's lock screen can offer it, encrypted under the device secret.

A disk image without the keyring does not show whose records these are.
"""

from __future__ import annotations

import secrets as randomness

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sf_desktop.store.folder.files import replace_durably, translated
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import overwrite, read_device_secret
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.wording import error


def write_label(home: VaultHome, secrets: SecretStore, label: str) -> None:
    """Keep what the lock screen shows for this vault, such as initials that the person chose."""
    nonce = randomness.token_bytes(12)
    replace_durably(home.label, nonce + _cipher(home, secrets).encrypt(nonce, label.encode(), home.vault_id.bytes))


def read_label(home: VaultHome, secrets: SecretStore) -> str:
    """Return the label, or nothing where there is none; VaultError where it is damaged or the keyring does not help."""
    with translated():
        content = home.label.read_bytes() if home.label.exists() else b""
    if not content:
        return ""
    try:
        return _cipher(home, secrets).decrypt(content[:12], content[12:], home.vault_id.bytes).decode()
    except (InvalidTag, ValueError) as cause:
        raise error("slots_damaged") from cause


def _cipher(home: VaultHome, secrets: SecretStore) -> AESGCM:
    secret = read_device_secret(secrets)
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=home.vault_id.bytes, info=b"strengthening-families label 1")
    key = hkdf.derive(bytes(secret))
    overwrite(secret)
    return AESGCM(key)
