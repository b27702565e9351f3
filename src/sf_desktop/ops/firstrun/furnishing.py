"""Puts into a vault that was just made what it cannot live without; whatever fails, nothing of the vault stays."""

from __future__ import annotations

from collections.abc import Callable

from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import Keys
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lifecycle.creating import unmake
from sf_desktop.store.tables.outbox import unsealed
from sf_desktop.store.vault import Vault


def furnished(home: VaultHome, secrets: SecretStore, keys: Keys, furnish: Callable[[Vault], None]) -> Vault:
    """Return the vault, open, with what ``furnish`` put into it. Until then it is nobody's, and holds nobody's work."""
    try:
        vault = Vault.open(home, secrets, keys, unsealed=unsealed)
        try:
            furnish(vault)
        except BaseException:
            vault.close()
            raise
    except BaseException:
        unmake(home, secrets)
        raise
    return vault
