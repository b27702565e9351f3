"""What the lock screen asks of one vault: how it stands, and to be opened with a passphrase, off the GUI thread."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sf_desktop.clock import Clock
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.keyrings import SecretStore, system_secrets
from sf_record.errors import Retry, SfError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from sf_desktop.session import Opened
    from sf_desktop.store.unlock.lockout import Lockout
    from sf_desktop.ui.kit.fields.new_passphrase import Verdict
    from sf_desktop.ui.lock.ports import LockState, RecoveryAsked

# What opening a vault needs takes longer to import than the lock screen to paint: it comes while somebody types.
_NEXT = (
    "sf_desktop.session",
    "sf_desktop.ops.lease.renewing",
    "sf_desktop.ops.worker.today",
    "sf_desktop.ops.leaving.laptop",
    "sf_desktop.ops.sending.ledger",
)


class Entrance:
    """One vault's way in (``ui.lock.ports.Unlocking``). Needs no network. Lives as long as the lock screen."""

    def __init__(self, home: VaultHome, clock: Clock, *, is_pretend: bool = False) -> None:
        self._home, self._clock, self._is_pretend = home, clock, is_pretend
        self._made: ThreadPoolExecutor | None = None  # once the lock screen is painted
        self._lockout: Lockout | None = None
        self._is_closed = False

    def look(self) -> Future[LockState]:
        """Say whose vault it is, as far as that may be shown, and how long until the next try."""
        return self._thread.submit(self._look)

    def get_ready(self) -> None:
        """Import what unlocking needs, in the entrance's own thread; it has no part of the window in it."""
        for name in _NEXT if not self._is_closed else ():
            self._thread.submit(import_module, name)

    def unlock(self, passphrase: str, password: str = "") -> Future[Opened]:
        """Open the vault; a wrong passphrase is known before the database is touched.

        Where the lease has run out, the council is asked first, with its password where the sign-in ran out too.
        """
        return self._thread.submit(self._unlock, passphrase, password)

    def request_recovery(self, *, anew: bool = False) -> Future[RecoveryAsked]:
        """Return the code with which this laptop asks to be opened again."""
        return self._thread.submit(self._request_recovery, anew)

    def recover(self, answer: str, passphrase: str) -> Future[Opened]:
        """Open the vault with the council's answer, under a new passphrase."""
        return self._thread.submit(self._recover, answer, passphrase)

    def judge(self, passphrase: str) -> Verdict:
        """Say what a new passphrase is worth, at once."""
        from sf_desktop.ops.firstrun.passphrases import judged

        return judged(passphrase)

    def close(self) -> None:
        """Let the thread end when what it does is done."""
        self._is_closed = True
        if self._made is not None:
            self._made.shutdown(wait=False)

    @property
    def _thread(self) -> ThreadPoolExecutor:
        if self._made is None:
            from concurrent.futures import ThreadPoolExecutor

            self._made = ThreadPoolExecutor(1, "entrance")
        return self._made

    def _look(self) -> LockState:
        from sf_desktop.ops.lease.door import look_at_the_door
        from sf_desktop.store.keys.labels import read_label
        from sf_desktop.store.lease.reckoning import Term
        from sf_desktop.store.unlock.asked import is_asked
        from sf_desktop.store.unlock.lockout import MOST_TRIES
        from sf_desktop.ui.lock.ports import LockState

        secrets = system_secrets(self._home.vault_id)
        tenure = look_at_the_door(self._home, secrets, self._clock)
        tries = self._tries(secrets)
        if (made := tries.tries) >= MOST_TRIES:
            tries.begin_try()  # raises: there are none left
        who = read_label(self._home, secrets)
        left = MOST_TRIES - made if made else None
        needs_signal = tenure is not None and tenure.term is Term.LOCKED
        return LockState(
            who=who,
            wait_s=tries.wait_s(),
            is_pretend=self._is_pretend,
            tries_left=left,
            needs_signal=needs_signal,
            is_changing=is_asked(self._home),
        )

    def _unlock(self, passphrase: str, password: str) -> Opened:
        from dataclasses import replace

        from sf_desktop.session import note_tries, open_vault
        from sf_desktop.store.unlock.asked import was_changed
        from sf_desktop.store.unlock.unlocking import unlock

        secrets = system_secrets(self._home.vault_id)
        tries = self._tries(secrets)
        keys = unlock(self._home, secrets, passphrase, tries)
        opened = replace(open_vault(self._home, secrets, keys), was_changed=was_changed(self._home, secrets))
        note_tries(opened.vault, tries)
        return self._held(opened, secrets, password)

    def _request_recovery(self, anew: bool) -> RecoveryAsked:
        from sf_desktop.store.lifecycle.recovering import laptop_id, request
        from sf_desktop.ui.lock.ports import RecoveryAsked

        secrets = system_secrets(self._home.vault_id)
        home = self._home
        slots = tuple(each for each in (home.recovery_slot, home.recovery_slot_next) if each.exists())
        return RecoveryAsked(request(home, secrets, anew=anew), laptop_id(home, secrets), slots)

    def _recover(self, answer: str, passphrase: str) -> Opened:
        from dataclasses import replace

        from sf_desktop.session import open_vault
        from sf_desktop.store.lifecycle.recovering import recover
        from sf_desktop.store.unlock.asked import forget_asked
        from sf_desktop.wording import error

        secrets = system_secrets(self._home.vault_id)
        keys = recover(self._home, secrets, answer, passphrase)
        forget_asked(self._home)  # another passphrase, and neither of those two
        self._lockout = None
        try:
            return self._held(replace(open_vault(self._home, secrets, keys), is_recovered=True), secrets, "")
        except SfError as cause:
            if cause.retry is Retry.NEVER:
                raise
            raise error("recovered") from cause  # the answer was good once; what is in the way now is of another kind

    def _held(self, opened: Opened, secrets: SecretStore, password: str) -> Opened:
        """Hold a vault that has been opened to its lease; closed again where that does not let it stay open."""
        from sf_desktop.ops.lease.renewing import hold_to_lease
        from sf_desktop.store.ending.wiping import finish_wipe

        try:
            hold_to_lease(opened.vault, opened.identity, self._clock, password)
        except BaseException:
            opened.vault.close()
            finish_wipe(self._home, secrets)  # where the council, or the end of the lease, has begun one
            raise
        return opened

    def _tries(self, secrets: SecretStore) -> Lockout:
        from sf_desktop.store.unlock.lockout import Lockout

        if self._lockout is None:
            self._lockout = Lockout(self._home, secrets, self._clock)
        return self._lockout
