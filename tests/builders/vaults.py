"""Builds vaults for tests: at the cheapest cost that a slot may have, with one table of notes in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import FLOOR, Keys, Owner
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lifecycle.creating import NewVault, create_vault
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.unlock.lockout import Lockout
from sf_desktop.store.unlock.unlocking import checked_change, unlock
from sf_desktop.store.vault import Vault
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import MemoryKeyring

PASSPHRASE = "pretend kettle orbit lantern"
OWNER = Owner(UUID(int=1), UUID(int=2))


@dataclass
class BuiltVault:
    """A closed vault with everything that a test needs to open it again."""

    home: VaultHome
    secrets: SecretStore
    clock: FrozenClock
    council: bytes

    def lockout(self) -> Lockout:
        return Lockout(self.home, self.secrets, self.clock)

    def unlock(self, passphrase: str = PASSPHRASE) -> Keys:
        return unlock(self.home, self.secrets, passphrase, self.lockout())

    def change_passphrase(self, new: str) -> None:
        """Change it as somebody at work does: the vault is opened, given a new one, and closed."""
        vault = self.open()
        vault.rewrap(*checked_change(self.home, self.secrets, self.lockout(), PASSPHRASE, new)).result()
        assert vault.close()

    def open(self, keys: Keys | None = None) -> Vault:
        return Vault.open(self.home, self.secrets, keys or self.unlock())


def build_vault(folder: Path, secrets_of: Callable[[UUID], SecretStore] | None = None) -> BuiltVault:
    """Make a vault that seals to a council of its own, with a table ``pretend_note`` to write to."""
    clock = FrozenClock()
    secrets_of = secrets_of or MemoryKeyring().of
    council = X25519PrivateKey.generate()
    new = NewVault(PASSPHRASE, OWNER, sealing_public_key=council.public_key().public_bytes_raw())
    home, keys = create_vault(folder / "vaults", secrets_of, new, clock, FLOOR)
    built = BuiltVault(home, secrets_of(home.vault_id), clock, council.private_bytes_raw())
    vault = built.open(keys)
    vault.do(lambda tx: tx.connection.execute("CREATE TABLE pretend_note (id TEXT PRIMARY KEY, body TEXT)")).result()
    assert vault.close()
    return built


def save_note(vault: Vault, note_id: str, body: str = "A pretend note.") -> None:
    """Save one note, sealed and durable when this returns."""

    def write(tx: Tx) -> None:
        tx.connection.execute("INSERT INTO pretend_note VALUES (?, ?)", (note_id, body))
        tx.seal(note_id, body.encode())

    vault.do(write).result()


def note_ids(vault: Vault) -> set[str]:
    rows = vault.read(lambda tx: tx.connection.execute("SELECT id FROM pretend_note").fetchall()).result()
    return {row[0] for row in rows}
