"""What the lock screen asks of one vault: how it stands, and to be opened with a passphrase, off the GUI thread."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING

from sf_desktop.clock import Clock
from sf_desktop.store.home import VaultHome
from sf_desktop.store.keyrings import SecretStore, system_secrets
from sf_desktop.ui.lock.ports import LockState

if TYPE_CHECKING:
    from sf_desktop.session import Opened
    from sf_desktop.store.lockout import Lockout

# What opening a vault needs takes longer to import than the lock screen to paint: it comes while somebody types.
_NEXT = ("sf_desktop.session",)


class Entrance:
    """One vault's way in (``ui.lock.ports.Unlocking``). Needs no network. Lives as long as the lock screen."""

    def __init__(self, home: VaultHome, clock: Clock, *, is_pretend: bool = False) -> None:
        self._home, self._clock, self._is_pretend = home, clock, is_pretend
        self._thread = ThreadPoolExecutor(1, "entrance")
        self._lockout: Lockout | None = None

    def look(self) -> Future[LockState]:
        """Say whose vault it is, as far as that may be shown, and how long until the next try."""
        return self._thread.submit(self._look)

    def get_ready(self) -> None:
        """Import what unlocking needs, in the entrance's own thread; it has no part of the window in it."""
        for name in _NEXT:
            self._thread.submit(import_module, name)

    def unlock(self, passphrase: str) -> Future[Opened]:
        """Open the vault; a wrong passphrase is known before the database is touched."""
        return self._thread.submit(self._unlock, passphrase)

    def close(self) -> None:
        """Let the thread end when what it does is done."""
        self._thread.shutdown(wait=False)

    def _look(self) -> LockState:
        from sf_desktop.store.labels import read_label

        secrets = system_secrets(self._home.vault_id)
        who = read_label(self._home, secrets)
        return LockState(who=who, wait_s=self._tries(secrets).wait_s(), is_pretend=self._is_pretend)

    def _unlock(self, passphrase: str) -> Opened:
        from sf_desktop.session import note_tries, open_vault
        from sf_desktop.store.unlocking import unlock

        secrets = system_secrets(self._home.vault_id)
        tries = self._tries(secrets)
        keys = unlock(self._home, secrets, passphrase, tries)
        opened = open_vault(self._home, secrets, keys)
        note_tries(opened.vault, tries)
        return opened

    def _tries(self, secrets: SecretStore) -> Lockout:
        from sf_desktop.store.lockout import Lockout

        if self._lockout is None:
            self._lockout = Lockout(self._home, secrets, self._clock)
        return self._lockout
