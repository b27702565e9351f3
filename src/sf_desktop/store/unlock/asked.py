"""Keeps in mind that a change of passphrase was asked for, until whoever asked was told what became of it.

A lock, or a kill, may come in between: then nobody has seen whether the old passphrase or the new one opens the vault.
What is kept is the salt that stood then. It is no secret, it lies in the slot too, and another passphrase has another.
"""

from __future__ import annotations

from contextlib import suppress

from sf_desktop.store.folder.files import translated, write_durably
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.unlock.slots import usable_slots


def keep_asked(home: VaultHome, secrets: SecretStore) -> None:
    """A change is about to be made; VaultError where that cannot be kept, and then none is made."""
    forget_asked(home)
    write_durably(home.passphrase_asked, usable_slots(home, secrets)[0].header.salt)


def is_asked(home: VaultHome) -> bool:
    """Say whether a change was asked for of which nobody was told what became of it."""
    with translated():
        return home.passphrase_asked.exists()


def was_changed(home: VaultHome, secrets: SecretStore) -> bool | None:
    """Say whether a change that nobody was told about was made, of a vault just unlocked; None: there was none."""
    if not is_asked(home):
        return None
    with translated():
        before = home.passphrase_asked.read_bytes()
    return usable_slots(home, secrets)[0].header.salt != before


def forget_asked(home: VaultHome) -> None:
    """It was told. Where the disk does not let go of it, it is told once more."""
    with suppress(OSError):
        home.passphrase_asked.unlink(missing_ok=True)
