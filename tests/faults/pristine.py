"""Makes one vault with work in it, and copies of it for each try: making one costs more than most tries."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import Keys
from tests.builders.vaults import BuiltVault, build_vault, save_note
from tests.fakes.keyring import FileSecrets

BEFORE = frozenset(f"before-{number}" for number in range(20))
LONG_TEXT = "A pretend note from before. " * 80


@dataclass(frozen=True)
class Pristine:
    """A closed vault in a folder of its own, with its keyring in a file beside it."""

    built: BuiltVault
    kek: str
    dek: str

    @property
    def folder(self) -> Path:
        return self.built.home.folder.parent.parent

    def keys(self) -> Keys:
        return Keys(bytearray.fromhex(self.kek), bytearray.fromhex(self.dek))

    def copy(self, folder: Path) -> BuiltVault:
        """Put a copy of vault and keyring into a folder."""
        home = VaultHome(folder / "vaults" / self.built.home.folder.name)
        shutil.copytree(self.built.home.folder, home.folder)
        shutil.copy(self.folder / "keyring", folder / "keyring")
        return BuiltVault(home, FileSecrets(folder / "keyring"), self.built.clock, self.built.council)

    def task(self, copy: BuiltVault, job: str, **more: Any) -> dict[str, Any]:
        """Return what a child is told to do to a copy."""
        where = {"home": str(copy.home.folder), "secrets": str(copy.home.folder.parent.parent / "keyring")}
        return {"job": job, "kek": self.kek, "dek": self.dek, **where, **more}


def make_pristine(folder: Path) -> Pristine:
    """Make it, with twenty notes in it that were acknowledged before anything went wrong."""
    folder.mkdir(parents=True)
    built = build_vault(folder, lambda _: FileSecrets(folder / "keyring"))
    vault = built.open()
    for note_id in sorted(BEFORE):
        save_note(vault, note_id, LONG_TEXT)
    assert vault.close()
    keys = built.unlock()
    return Pristine(built, keys.kek.hex(), keys.dek.hex())
