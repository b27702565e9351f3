"""Sets a vault that cannot be opened aside, whole: nothing is deleted, nothing is made anew in its place.

What lies there can still be recovered with its keys, and its sealed outbox handed in without them. The way on is a new
vault, which downloads the families again from the council.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sf_desktop.paths import make_private
from sf_desktop.store.folder.files import sync_folder, translated
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.folder.processlock import ProcessLock
from sf_desktop.store.sealed.outbox import count_entries


@dataclass(frozen=True, slots=True)
class SetAside:
    """A vault that was set aside: where it is, and how much unsent work can be handed in from it."""

    home: VaultHome
    unsent: int

    @property
    def sealed_outbox(self) -> Path:
        return self.home.sealed_outbox


def set_aside(home: VaultHome, folder: Path, now: datetime) -> SetAside:
    """Move the whole home into a folder named after this moment; ``vault_in_use`` while a program has it open.

    Only ever because a person chose to, after being told. Its keyring entries stay, so that it can be recovered.
    """
    ProcessLock(home.lock).release()  # proves that no program has it; Windows moves no folder with an open file in it
    waiting = folder / f"{now:%Y%m%d-%H%M%S}"
    target = waiting / home.folder.name
    with translated():
        make_private(folder)
        make_private(waiting)
        home.folder.rename(target)
        sync_folder(home.folder.parent)
        sync_folder(waiting)
    return _described(VaultHome(target))


def all_set_aside(folder: Path) -> tuple[SetAside, ...]:
    """Return what was set aside on this laptop, oldest first."""
    if not folder.is_dir():
        return ()
    return tuple(_described(VaultHome(path)) for path in sorted(folder.glob("*/*")) if path.is_dir())


def _described(home: VaultHome) -> SetAside:
    return SetAside(home, count_entries(home.sealed_files))
