"""What was left of vaults that were wiped on this laptop: finished where it was broken off, told, and shown."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from sf_desktop.clock import Clock
from sf_desktop.store.home import VaultHome
from sf_desktop.store.keyrings import system_secrets
from sf_desktop.store.sealed import count_entries
from sf_desktop.store.wiping import WipedHome, finish_wipe, unfinished, wiped_homes
from sf_desktop.ui.kit.moments import local, long_day
from sf_record.errors import SfError
from sf_record.orders import BY_ORDER

_SEALED = (
    "Unsent work is not lost",
    "It lies here in a sealed file that this laptop cannot read. It can be handed in without opening anything.",
)
_NOTHING = ("There is no unsent work here", "The sealed file is empty: nothing that was saved waits to be handed in.")


class Leftovers:
    """Used on the GUI thread; what may wait runs on a thread of its own."""

    def __init__(self, vaults: Path, clock: Clock) -> None:
        self._vaults, self._clock = vaults, clock
        self._thread: ThreadPoolExecutor | None = None
        self._has_tried = False

    def left(self) -> tuple[WipedHome, ...]:
        """Return what was left, oldest first."""
        return wiped_homes(self._vaults)

    def are_unfinished(self) -> bool:
        """Say whether a wipe was broken off. What cannot be finished now (a locked keyring) waits for another start."""
        return not self._has_tried and bool(unfinished(self._vaults))

    def finish(self) -> Future[bool]:
        """Finish what was broken off."""
        self._has_tried = True
        return self._own_thread().submit(self._finish)

    def tell(self) -> None:
        """Tell the councils, if they can be reached; nobody waits for it."""
        self._own_thread().submit(self._tell)

    def sealed(self, home: VaultHome) -> int:
        """Count what is sealed in a vault's file."""
        return count_entries(home.sealed_files)

    def close(self) -> None:
        """Finish a wipe that was ordered in this run; the vault is closed by now."""
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
        self._finish()

    def _own_thread(self) -> ThreadPoolExecutor:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "leftovers")
        return self._thread

    def _tell(self) -> int:
        # What speaks to a council takes longer to import than the lock screen to paint, and is seldom needed here.
        from sf_desktop.ops.farewell import tell_councils

        return tell_councils(self._vaults, self._clock)

    def _finish(self) -> bool:
        return all(_finished(home) for home in unfinished(self._vaults))


def hand_in_words(count: int) -> tuple[str, str]:
    """Return a heading and a sentence about what is sealed in a vault that is not opened."""
    return _SEALED if count else _NOTHING


def wiped_words(wiped: WipedHome) -> tuple[str, str]:
    """Return a heading and a sentence about what was wiped: when, and why."""
    at = local(wiped.farewell.wiped_at)
    day = f" on {long_day(at.date())}" if at is not None else ""
    why = (
        "The council ordered it."
        if wiped.farewell.why == BY_ORDER
        else "The council had not been heard of for as long as it allows."
    )
    unsent = "" if wiped.sealed else " Nothing that you wrote was waiting to be sent."
    return f"This laptop was cleared{day}", f"{why} The records that were here are destroyed.{unsent}"


def _finished(home: VaultHome) -> bool:
    try:
        return finish_wipe(home, system_secrets(home.vault_id))
    except SfError:
        return False  # without a keyring or with a failing disk: the keys are gone already, the rest waits
