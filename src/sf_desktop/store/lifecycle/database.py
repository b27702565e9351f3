"""An open vault's database with its keys and kept head: opened, closed, and opened again around a change of file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from sf_desktop.store.folder.home import VaultHome, check_private
from sf_desktop.store.folder.processlock import ProcessLock
from sf_desktop.store.keys.derivation import HEAD_MAC, Keys
from sf_desktop.store.keys.headcounter import HeadRecorder, KeptHead
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lifecycle.opening import Standing, head, open_database, standing


class Database:
    """One vault's database. Used on the vault thread only, but for :meth:`end_recording`."""

    def __init__(
        self, home: VaultHome, secrets: SecretStore, keys: Keys, cache_kib: int, on_lost: Callable[[], None]
    ) -> None:
        """``on_lost`` is told where it could not be opened again: nothing more can be asked of it."""
        self.home = home
        self.secrets = secrets
        self.keys = keys
        self.standing = Standing.SOUND
        self._cache_kib = cache_kib
        self._on_lost = on_lost
        self._recorder: HeadRecorder | None = None

    def open(self) -> None:
        """Open it, or raise the VaultError that says why not; then nothing is held."""
        check_private(self.home)
        self._process_lock = ProcessLock(self.home.lock)
        try:
            self.connection = open_database(self.home, self.secrets, self.keys, cache_kib=self._cache_kib)
            try:
                self._kept = self._kept_head()
                self.standing = standing(self.connection, self._kept)
            except BaseException:
                self.connection.close()
                raise
        except BaseException:
            self._process_lock.release()
            raise
        self._recorder = HeadRecorder(self._kept)

    def close(self) -> None:
        """Close it and forget the keys: each of that, whatever becomes of the one before."""
        with ExitStack() as last:
            last.callback(self._process_lock.release)
            last.callback(self.keys.forget)
            last.callback(self.connection.close)

    def end_recording(self, timeout_s: float) -> bool:
        """Have the newest head in the keyring; False if that did not answer in time. Any thread, after the last."""
        return self._recorder is None or self._recorder.close(timeout_s)

    def reached(self, number: int) -> None:
        """Have the keyring know this head, a little later."""
        assert self._recorder is not None
        self._recorder.reached(number)

    def newest_head(self) -> int:
        """Return the higher of the kept head and the database's own."""
        return max(self._kept.read() or 0, head(self.connection))

    def now_sound(self) -> None:
        """Keep the head as the database has it: it may be written to from now on."""
        self._kept.write(head(self.connection))
        self.standing = Standing.SOUND

    def roll_back(self) -> None:
        """Undo what is open; where SQLite has rolled back by itself (a full disk) nothing is."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def reopen_around(self, change: Callable[[VaultHome], None]) -> None:
        """Close it, change its files, and open it under whichever key fits then.

        The kept head's code depends on the data key, so its recorder stops meanwhile and starts with the new one. If
        neither key opens it, ``on_lost`` is told: what was saved is on disk.
        """
        self.end_recording(timeout_s=10.0)
        self.connection.close()
        try:
            change(self.home)
        finally:
            self._open_again()

    def _open_again(self) -> None:
        try:
            self.connection = open_database(self.home, self.secrets, self.keys, cache_kib=self._cache_kib)
        except BaseException:
            self._on_lost()
            raise
        finally:
            self._kept = self._kept_head()
            self._recorder = HeadRecorder(self._kept)

    def _kept_head(self) -> KeptHead:
        return KeptHead(self.secrets, self.home.vault_id.bytes, self.keys.subkey(HEAD_MAC))
