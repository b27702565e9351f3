"""Makes the recovery slot: the data key sealed to the council's recovery key, whose private half is kept offline."""

from __future__ import annotations

from sf_desktop.store.folder.files import replace_durably, translated
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import Keys
from sf_desktop.store.sealed.sealing import seal

_CONTEXT = b"strengthening-families recovery slot 1|"
DUE = "recovery_slot_due"  # in the vault's small values, while the council lacks the newest slot


def make_recovery_slot(home: VaultHome, keys: Keys, recovery_public_key: bytes) -> bytes:
    """Write the recovery slot beside the others and return it for the council to hold. Again after each rotation."""
    sealed = seal(recovery_public_key, bytes(keys.dek), _CONTEXT + home.vault_id.bytes)
    replace_durably(home.recovery_slot, sealed)
    with translated():
        home.recovery_slot_next.unlink(missing_ok=True)
    return sealed


def make_next_slot(home: VaultHome, dek: bytes, recovery_public_key: bytes) -> None:
    """Write the slot of a key that is about to be used: the other stays until the database has been opened with it."""
    replace_durably(home.recovery_slot_next, seal(recovery_public_key, dek, _CONTEXT + home.vault_id.bytes))
