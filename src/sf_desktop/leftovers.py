"""What was left of vaults that were wiped on this laptop: finished where it was broken off, told, and shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sf_desktop.clock import Clock
from sf_desktop.paths import Paths
from sf_desktop.store.folder.folders import has_wiped, roots_set_aside
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.keyrings import system_secrets
from sf_record.errors import SfError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from sf_desktop.ops.lease.unattended import Unattended
    from sf_desktop.store.ending.wiping import WipedHome

_SEALED = (
    "Unsent work is not lost",
    "It lies here in a sealed file that this laptop cannot read. It can be handed in without opening anything.",
)
_NOTHING = ("There is no unsent work here", "The sealed file is empty: nothing that was saved waits to be handed in.")


class Leftovers:
    """Used on the GUI thread; what may wait runs on a thread of its own."""

    def __init__(self, where: Paths, clock: Clock) -> None:
        self._where, self._vaults, self._clock = where, where.vaults, clock
        self._thread: ThreadPoolExecutor | None = None
        self._unattended: Unattended | None = None
        self._has_tried = False

    def left(self) -> tuple[WipedHome, ...]:
        """Return what was left, oldest first."""
        if not has_wiped(self._vaults):
            return ()
        from sf_desktop.store.ending.wiping import wiped_homes

        return wiped_homes(self._vaults)

    def are_unfinished(self) -> bool:
        """Say whether a wipe was broken off. What cannot be finished now (a locked keyring) waits for another start."""
        return not self._has_tried and bool(self._unfinished())

    def finish(self) -> Future[bool]:
        """Finish what was broken off."""
        self._has_tried = True
        return self._own_thread().submit(self._finish)

    def tell(self) -> None:
        """Tell the councils, if they can be reached; nobody waits for it."""
        self._own_thread().submit(self._tell)

    def look_after(self, on_screen: VaultHome | None) -> Future[int]:
        """Look after the vaults that nobody has open; the future says how many were cleared."""
        return self._own_thread().submit(self._look_after, on_screen)

    def sealed(self, home: VaultHome) -> int:
        """Count what is sealed in a vault's file."""
        from sf_desktop.store.sealed.outbox import count_entries

        return count_entries(home.sealed_files)

    def close(self) -> None:
        """Finish a wipe that was ordered in this run; the vault is closed by now."""
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
        if self._unattended is not None:
            self._unattended.stop()
        self._finish()

    def _own_thread(self) -> ThreadPoolExecutor:
        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor

            self._thread = ThreadPoolExecutor(1, "leftovers")
        return self._thread

    def _tell(self) -> int:
        # What speaks to a council takes longer to import than the lock screen to paint, and is seldom needed here.
        from sf_desktop.ops.lease.farewell import tell_councils

        return sum(tell_councils(root, self._clock) for root in self._roots())

    def _look_after(self, on_screen: VaultHome | None) -> int:
        from sf_desktop.ops.lease.unattended import Unattended

        where = self._where
        self._unattended = Unattended(where.vaults, where.set_aside, system_secrets, self._clock)
        cleared = self._unattended.look_after(on_screen)
        if cleared:
            self._finish()
            self._tell()
        return cleared

    def _roots(self) -> tuple[Path, ...]:
        """Vaults that were set aside are wiped as those in use are."""
        return self._vaults, *roots_set_aside(self._where.set_aside)

    def _unfinished(self) -> list[VaultHome]:
        roots = [root for root in self._roots() if has_wiped(root)]
        if not roots:
            return []
        from sf_desktop.store.ending.wiping import unfinished

        return [home for root in roots for home in unfinished(root)]

    def _finish(self) -> bool:
        done = [_finished(home) for home in self._unfinished()]
        return all(done)


def hand_in_words(count: int) -> tuple[str, str]:
    """Return a heading and a sentence about what is sealed in a vault that is not opened."""
    return _SEALED if count else _NOTHING


def wiped_words(wiped: WipedHome) -> tuple[str, str]:
    """Return a heading and a sentence about what was wiped: when, and why."""
    from sf_desktop.ui.kit.text.moments import local, long_day
    from sf_record.wire.orders import AT_LEASE_END, BY_ORDER, BY_ORDER_LOCKED

    at = local(wiped.farewell.wiped_at)
    day = f" on {long_day(at.date())}" if at is not None else ""
    whys = dict.fromkeys((BY_ORDER, BY_ORDER_LOCKED), "The council ordered it. ")
    whys[AT_LEASE_END] = "The council had not been heard of for as long as it allows. "
    why = whys.get(wiped.farewell.why, "")  # a damaged receipt says neither when nor why
    unsent = "" if wiped.sealed else " Nothing that you wrote was waiting to be sent."
    return f"This laptop was cleared{day}", f"{why}The records that were here are destroyed.{unsent}"


def _finished(home: VaultHome) -> bool:
    from sf_desktop.store.ending.wiping import finish_wipe

    try:
        return finish_wipe(home, system_secrets(home.vault_id))
    except SfError:
        return False  # without a keyring or with a failing disk: the keys are gone already, the rest waits
