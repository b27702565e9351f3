"""Counts the tries at a passphrase so that they run out: before each one, on the disk and in the keyring.

The larger count holds, so putting an old slot file back gives no more tries. The pause after a wrong try is measured on
a monotonic clock from when this object was made, so it is there in full again after the program is started anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sf_desktop.clock import Clock
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.unlock.slots import destroy_slots, has_slots, slot_tries, write_tries
from sf_desktop.wording import error

MOST_TRIES = 10
PAUSES_S = (0, 0, 0, 5, 15, 30, 60, 120, 300, 600)
_TRIES = "tries"
_TRIED = "tried"  # when each wrong (or unfinished) try began, in seconds since 1970: for the audit


class Lockout:
    """The tries at one vault. Lives as long as the lock screen; used on one thread."""

    def __init__(self, home: VaultHome, secrets: SecretStore, clock: Clock) -> None:
        self._home = home
        self._secrets = secrets
        self._clock = clock
        self._paused_since = clock.monotonic()
        self._seen: int | None = None

    @property
    def tries(self) -> int:
        """The wrong (or unfinished) tries so far, as disk and keyring have them: off the GUI thread."""
        text = self._secrets.get(_TRIES)
        kept = int(text) if text and text.isdecimal() else 0
        self._seen = max(kept, slot_tries(self._home))
        return self._seen

    def wait_s(self) -> int:
        """Return the seconds until the next try is taken, rounded up. Once the count has been read it asks nobody."""
        tries = self.tries if self._seen is None else self._seen
        pause = PAUSES_S[min(tries, MOST_TRIES - 1)]
        passed = self._clock.monotonic() - self._paused_since
        return max(0, -int(-(pause - passed) // 1))

    def begin_try(self) -> None:
        """Count a try before it is made; refuse it while a pause lasts; after the last one destroy the slots."""
        tries = self.tries
        if tries >= MOST_TRIES:
            self._lock_out()
        if (seconds := self.wait_s()) > 0:
            raise error("too_soon", seconds=seconds, left=MOST_TRIES - tries)
        write_tries(self._home, tries + 1)
        self._secrets.set(_TRIES, str(tries + 1))
        self._keep_tried((*self.tried_at(), self._clock.now()))

    def wrong(self) -> None:
        """Say that the try was wrong, always by raising: how many are left, or that none is."""
        self._paused_since = self._clock.monotonic()
        tries = self.tries
        if tries >= MOST_TRIES:
            self._lock_out()
        raise error("wrong_passphrase", left=MOST_TRIES - tries)

    def right(self) -> None:
        """Forget the count."""
        self._seen = 0
        write_tries(self._home, 0)
        self._secrets.set(_TRIES, "0")
        self._keep_tried(self.tried_at()[:-1])

    def tried_at(self) -> tuple[datetime, ...]:
        """Return when the tries were made that failed (the one under way is the last): off the GUI thread."""
        kept = (self._secrets.get(_TRIED) or "").split()
        return tuple(datetime.fromtimestamp(int(each), UTC) for each in kept if each.isdecimal() and len(each) < 12)

    def entered(self) -> None:
        """The failed tries are in the audit now."""
        if self._secrets.get(_TRIED):
            self._secrets.delete(_TRIED)

    def _keep_tried(self, moments: Sequence[datetime]) -> None:
        self._secrets.set(_TRIED, " ".join(str(int(each.timestamp())) for each in moments[-MOST_TRIES:]))

    def _lock_out(self) -> None:
        if has_slots(self._home):
            destroy_slots(self._home)
        raise error("locked_out")


def forget_tries(home: VaultHome, secrets: SecretStore) -> None:
    """Begin to count anew: a recovery has given the vault another passphrase."""
    write_tries(home, 0)
    secrets.set(_TRIES, "0")
