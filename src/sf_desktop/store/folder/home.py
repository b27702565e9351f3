"""Knows the folder of one person's vault on this laptop: its files, their privacy, and nothing of the person."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sf_desktop.paths import SET_ASIDE, make_private
from sf_desktop.store.folder.files import replace_durably, translated, write_durably
from sf_record.errors import SfError

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

BALLAST_BYTES = 1 << 20
PLENTY_BYTES = 64 << 20
_NAME_LENGTH, _NAME_DIGITS = 32, frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class VaultHome:
    """One folder per person per laptop. Its name is random; what is public in it is an id and a date."""

    folder: Path

    @property
    def vault_id(self) -> UUID:
        from uuid import UUID  # whether a name is one, the lock screen can tell without

        return UUID(hex=self.folder.name)

    @property
    def set_aside(self) -> Path:
        """Where vaults of this laptop wait that could not be opened."""
        return self.folder.parent.with_name(SET_ASIDE)

    @property
    def card(self) -> Path:
        return self.folder / "vault.json"

    @property
    def slot_a(self) -> Path:
        return self.folder / "slot-a"

    @property
    def slot_b(self) -> Path:
        return self.folder / "slot-b"

    @property
    def recovery_slot(self) -> Path:
        """The data key sealed to the council; a copy waits here until the council has its own."""
        return self.folder / "slot-recovery"

    @property
    def recovery_slot_next(self) -> Path:
        """The same for the key that is about to take the other's place; afterwards it takes this one's name."""
        return self.folder / "slot-recovery.next"

    @property
    def label(self) -> Path:
        """Who this vault is for, encrypted under the device secret: see keys/labels.py."""
        return self.folder / "label"

    @property
    def database(self) -> Path:
        return self.folder / "vault.db"

    @property
    def database_next(self) -> Path:
        """The database written anew under the next key, until it takes the other's place."""
        return self.folder / "vault.db.next"

    @property
    def journal(self) -> Path:
        """SQLite's journal of the database: it begins with zeros but during a write (see connection.py)."""
        return self.folder / "vault.db-journal"

    @property
    def sealed_outbox(self) -> Path:
        return self.folder / "sealed.outbox"

    @property
    def sealed_drafts(self) -> Path:
        """What is begun and not finished, sealed as well: see sealed/drafts.py. Not there where nothing is begun."""
        return self.folder / "sealed.drafts"

    @property
    def sealed_files(self) -> tuple[Path, Path]:
        """What can be handed in without opening anything."""
        return self.sealed_outbox, self.sealed_drafts

    @property
    def attachments(self) -> Path:
        return self.folder / "attachments"

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    @property
    def lease(self) -> Path:
        """What the lock screen must know of the lease, encrypted under the device secret: see lease/beside.py."""
        return self.folder / "lease"

    @property
    def passphrase_asked(self) -> Path:
        """There while nobody has been told what became of a change of passphrase: see asked.py."""
        return self.folder / "passphrase-asked"

    @property
    def farewell(self) -> Path:
        """What is left of a wiped vault beside its sealed outbox: that it was wiped, and of whom nothing."""
        return self.folder / "wiped.json"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def created_at(self) -> datetime:
        """When the vault was made; where its card is damaged or gone, a later moment: it only puts vaults in order."""
        from datetime import UTC, datetime

        from sf_record.dates import read_moment  # long to import: most laptops have one vault

        with translated():
            try:
                return read_moment(json.loads(self.card.read_bytes())["created_at"])
            except (ValueError, LookupError, TypeError, FileNotFoundError):
                return datetime.fromtimestamp((self.card if self.card.exists() else self.folder).stat().st_mtime, UTC)


def create_home(home: VaultHome) -> None:
    """Make a new home's folder, empty and private. It counts as a vault only once it is finished."""
    with translated():
        make_private(home.folder.parent)
        make_private(home.folder)
        make_private(home.attachments)
    write_durably(home.ballast, os.urandom(BALLAST_BYTES))


def finish_home(home: VaultHome, now: datetime) -> None:
    """Write the card, last of all: from here on the home is a vault, and never made anew."""
    from sf_record.dates import moment_text

    card = {"vault": str(home.vault_id), "created_at": moment_text(now)}
    replace_durably(home.card, json.dumps(card).encode())


def homes(vaults: Path) -> tuple[VaultHome, ...]:
    """Return the homes on this laptop, oldest first. A folder that was never finished is left alone."""
    if not vaults.is_dir():
        return ()
    found = [VaultHome(folder) for folder in vaults.iterdir() if _is_home(folder)]
    if len(found) > 1:
        found.sort(key=lambda home: (home.created_at, home.folder.name))
    return tuple(found)


def _is_home(folder: Path) -> bool:
    home = VaultHome(folder)
    return is_vault_name(folder.name) and (home.card.is_file() or _has_lost_its_card(home))


def is_vault_name(name: str) -> bool:
    """Say whether a folder is named as a vault's: an id in hexadecimal digits."""
    return len(name) == _NAME_LENGTH and _NAME_DIGITS.issuperset(name)


def _has_lost_its_card(home: VaultHome) -> bool:
    """Whoever removes the card must not hide a vault: an opened one has both files, a wiped one says so."""
    return home.database.is_file() and home.sealed_outbox.is_file() and not home.farewell.exists()


def check_private(home: VaultHome) -> None:
    """Put the privacy of an existing home back as it should be, or refuse to use it."""
    with translated():
        make_private(home.folder)


def free_ballast(home: VaultHome) -> None:
    """Give a full disk a little room back, so that a last safe write or a wipe can finish."""
    with translated():
        home.ballast.unlink(missing_ok=True)


def refill_ballast(home: VaultHome) -> None:
    """Take the room again once there is plenty; where it cannot be taken, the next opening tries."""
    if home.ballast.exists():
        return
    try:
        if shutil.disk_usage(home.folder).free > PLENTY_BYTES:
            write_durably(home.ballast, os.urandom(BALLAST_BYTES))
    except (OSError, SfError):
        free_ballast(home)
