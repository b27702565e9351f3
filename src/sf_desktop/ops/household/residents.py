"""Who has a vault on this laptop: as much as is needed to choose, and nothing of what is in it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sf_desktop.store.folder.home import homes
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.keys.labels import read_label
from sf_record.errors import SfError


@dataclass(frozen=True, slots=True)
class Resident:
    """One vault: the name of its folder, which is random, and how its person is called (empty: cannot be read)."""

    folder: str
    label: str


class Residents:
    """Reads the labels, off the GUI thread: the keyring may take its time. Lives as long as the choice is shown."""

    def __init__(self, vaults: Path, secrets_of: Callable[[UUID], SecretStore]) -> None:
        self._vaults, self._secrets_of = vaults, secrets_of
        self._thread = ThreadPoolExecutor(1, "residents")

    def look(self) -> Future[tuple[Resident, ...]]:
        """Return everybody, by name."""
        return self._thread.submit(self._look)

    def close(self) -> None:
        self._thread.shutdown(wait=False)

    def _look(self) -> tuple[Resident, ...]:
        found = []
        for home in homes(self._vaults):
            try:
                label = read_label(home, self._secrets_of(home.vault_id))
            except SfError:
                label = ""  # its own lock screen says what is wrong
            found.append(Resident(home.folder.name, label))
        return tuple(sorted(found, key=lambda each: (not each.label, each.label.casefold(), each.folder)))
