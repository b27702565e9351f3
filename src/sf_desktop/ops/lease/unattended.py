"""Looks after vaults that nobody has open: one whose lease has ended, or whose council orders it, is cleared.

The laptop's own key lies in the vault. So the question was signed in advance, proves nothing else, and tells whoever
asks it only whether an order stands. The order counts as any other: under the policy key that was pinned, for this
laptop, above its lease. A vault that was set aside obeys as one that is in use.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from uuid import UUID

from sf_desktop.clock import Clock
from sf_desktop.store.ending.wiping import a_farewell, asides, begin_wipe, finish_wipe
from sf_desktop.store.folder.folders import roots_set_aside
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.folder.processlock import ProcessLock
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lease.beside import Beside, look_beside, read_beside, reading
from sf_desktop.store.lease.policy import believed_order
from sf_desktop.store.lease.reckoning import Term, observed
from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.transport import Patience, Question, Transport
from sf_record.errors import SfError
from sf_record.wire.orders import Signed
from sf_record.wire.rounds import Orders

PATIENCE = Patience(connect_s=5.0, read_s=10.0, whole_s=15.0)  # nobody waits for the answer
_log = logging.getLogger(__name__)


class Unattended:
    """The vaults of one laptop. Used on a thread of its own, because it waits for councils; `stop` on any."""

    def __init__(self, vaults: Path, set_aside: Path, secrets_of: Callable[[UUID], SecretStore], clock: Clock) -> None:
        self._vaults, self._set_aside, self._secrets_of, self._clock = vaults, set_aside, secrets_of, clock
        self._stopped = Event()
        self._transport: Transport | None = None

    def look_after(self, on_screen: VaultHome | None = None) -> int:
        """Look after each vault; return how many were cleared. ``on_screen``: somebody may be unlocking that one."""
        aside = [each for root in roots_set_aside(self._set_aside) for each in asides(root)]
        return sum(self._look_after(each, is_watched=each == on_screen) for each in (*homes(self._vaults), *aside))

    def stop(self) -> None:
        """Break off: the program closes, and waits for no council."""
        self._stopped.set()
        if self._transport is not None:
            self._transport.abort()

    def _look_after(self, home: VaultHome, *, is_watched: bool) -> bool:
        try:
            word = self._word(home, is_watched=is_watched)
            if word is not None:
                self._clear(home, *word)
        except SfError as cause:  # in use, a locked keyring, a failing disk: another vault, another time
            _log.info("vault_not_looked_after code=%s", cause.code)
            return False
        return word is not None

    def _word(self, home: VaultHome, *, is_watched: bool) -> tuple[Signed, str] | None:
        """Return what is to be said of a vault that has to go, and to which council; None for one that may stay."""
        known = self._known(home, is_watched=is_watched)
        if known is None:
            return None
        if known.tenure.term is Term.ENDED:
            return known.farewell, known.address
        return (known.obeyed, known.address) if known.obeyed is not None and self._is_ordered(known) else None

    def _known(self, home: VaultHome, *, is_watched: bool) -> Beside | None:
        secrets_ = self._secrets_of(home.vault_id)
        if not is_watched:
            ProcessLock(home.lock).release()  # proves that no program has it open, and writes here too
            return look_beside(home, secrets_, self._clock)
        known = read_beside(home, secrets_)  # the lock screen itself keeps what it sees of the clocks
        return None if known is None else replace(known, tenure=observed(known.tenure, reading(self._clock)))

    def _is_ordered(self, known: Beside) -> bool:
        if known.asks is None or self._stopped.is_set():
            return False
        try:
            told = self._told(known.address, known.asks)
        except AnswerError as cause:
            _log.info("orders_not_asked code=%s", cause.code)
            return False
        lease = known.tenure.lease
        return told.wipe is not None and bool(
            believed_order(known.policy_key, lease.device_id, told.wipe, lease.number)
        )

    def _told(self, address: str, asks: Signed) -> Orders:
        transport = self._transport = Transport(
            address, self._clock, CouncilTime(self._clock).now, secrets.token_bytes, patience=PATIENCE
        )
        try:
            return transport.ask(Question("POST", "/v1/order-asks", Orders, asks))
        finally:
            self._transport = None
            transport.close()

    def _clear(self, home: VaultHome, word: Signed, address: str) -> None:
        lock = ProcessLock(home.lock)  # whoever unlocks it at this moment finds it in use, and then gone
        try:
            begin_wipe(home, a_farewell(word, address, self._clock.now()))
        finally:
            lock.release()
        _log.warning("unattended_wipe_begun")
        finish_wipe(home, self._secrets_of(home.vault_id))
