"""Finds the folders of vaults, in use or set aside, and tells at a glance whether a wipe has left anything in them.

The lock screen asks at every start, and mostly nothing was ever wiped: what goes on with a wipe is imported only then.
A folder that cannot be read keeps nobody from another, and no other from being wiped: it is as if it were not there.
"""

from __future__ import annotations

import os
from pathlib import Path

from sf_desktop.store.folder.home import VaultHome, is_vault_name

WIPED_MAGIC = b"SFWIPED1"  # begins a key slot that a wipe has overwritten


def vault_folders(vaults: Path) -> tuple[VaultHome, ...]:
    """Return every folder that is named as a vault's, finished or wiped or not."""
    return tuple(VaultHome(path) for path in _folders_in(vaults) if is_vault_name(path.name))


def roots_set_aside(set_aside: Path) -> tuple[Path, ...]:
    """Return the folders in which vaults lie that were set aside, oldest first."""
    return _folders_in(set_aside)


def _folders_in(folder: Path) -> tuple[Path, ...]:
    """Return the folders in this one by their names, as far as they can be read."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return ()
    return tuple(path for path in found if os.path.isdir(path))  # noqa: PTH112 - says False where it cannot be read


def has_wiped(vaults: Path) -> bool:
    """Say whether anything in a folder of vaults was wiped, or is being, as far as that can be read.

    What cannot be read is told to whoever opens that vault, and keeps nobody from another.
    """
    return any(each.farewell.exists() or _is_marked(each) for each in vault_folders(vaults))


def _is_marked(home: VaultHome) -> bool:
    return any(_beginning(path) == WIPED_MAGIC for path in (home.slot_b, home.slot_a))


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(WIPED_MAGIC))
    except OSError:
        return b""
