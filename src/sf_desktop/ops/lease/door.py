"""Looks at the lease before anybody has unlocked: what the lock screen does first, so it imports little."""

from __future__ import annotations

from sf_desktop.clock import Clock
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lease.beside import look_beside
from sf_desktop.store.lease.reckoning import Tenure, Term
from sf_desktop.wording import error


def look_at_the_door(home: VaultHome, secrets_: SecretStore, clock: Clock) -> Tenure | None:
    """Look at the clocks before anybody has unlocked; destroy the vault where its lease has ended beyond doubt.

    Raises ``lease_ended`` then. None where nothing is known of a lease out here: the vault's own copy decides.
    """
    beside = look_beside(home, secrets_, clock)
    if beside is None:
        return None
    if beside.tenure.term is Term.ENDED:
        from sf_desktop.store.ending.wiping import a_farewell, begin_wipe, finish_wipe
        from sf_desktop.store.folder.processlock import ProcessLock

        ProcessLock(home.lock).release()  # proves that no program has it open
        begin_wipe(home, a_farewell(beside.farewell, beside.address, clock.now()))
        finish_wipe(home, secrets_)
        raise error("lease_ended")
    return beside.tenure
