"""Does what the council's signed word asks: keeps this laptop's lease, and destroys the vault when it is ordered to.

Whoever was refused because the laptop was revoked, or the account closed, asks for an order by the laptop's signature
alone. A refusal by itself, or anything else that answers, is never an order.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from sf_desktop.clock import Clock
from sf_desktop.store.ending.wiping import Farewell, a_farewell, begin_wipe
from sf_desktop.store.lease import tenures
from sf_desktop.store.lease.beside import write_beside
from sf_desktop.store.lease.policy import farewell
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.tables import tokens
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from sf_desktop.sync.failures import AnswerError
from sf_desktop.wording import error
from sf_record.errors import SfError
from sf_record.wire.orders import AT_LEASE_END, BY_ORDER
from sf_record.wire.rounds import Orders

_SHUT = frozenset({"device_revoked", "worker_disabled"})
_log = logging.getLogger(__name__)


class Council(Protocol):
    """What is asked of the council here."""

    def orders(self) -> Orders: ...


class Obedience:
    """The laptop's part in lease and wipe while a vault is open. Used on the thread that speaks with the council."""

    def __init__(self, vault: Vault, ledger: VaultLedger, council: Council, clock: Clock) -> None:
        self._vault, self._ledger, self._council, self._clock = vault, ledger, council, clock
        self.on_wipe: Callable[[], None] = lambda: None
        self._beside = -1

    def after_round(self) -> None:
        """Put a lease that was renewed beside the vault, for the lock screen; obey where the round brought an order."""
        if self._ledger.ordered is not None:
            self.destroy(self._ledger.ordered.number, BY_ORDER)
        self.keep_beside()

    def after_refusal(self, refused: AnswerError) -> None:
        """Ask what is ordered where this laptop may take part in rounds no longer; obey."""
        if refused.code in _SHUT and self._ledger.ordered is None:
            try:
                self._ledger.hear(self._council.orders())
            except AnswerError as cause:
                _log.info("orders_not_asked code=%s", cause.code)
        if self._ledger.ordered is not None:
            self.destroy(self._ledger.ordered.number, BY_ORDER)

    def keep_beside(self) -> None:
        """Write what the lock screen must know, if it is new; where it cannot be written the next round tries again."""
        beside = self._vault.read(lambda tx: tenures.to_lie_beside(tx.connection), urgent=False).result()
        if beside is None or beside.tenure.lease.number == self._beside:
            return
        try:
            write_beside(self._vault.home, self._vault.secrets, beside)
            self._beside = beside.tenure.lease.number
        except SfError as cause:
            _log.warning("lease_not_beside code=%s", cause.code)

    def destroy(self, number: int, why: str) -> None:
        """Overwrite the key slots, on the vault's thread, so that no other work of it writes new ones; then tell.

        What is begun is sealed as it stands first; what is typed until the window has closed, when the vault closes.
        """
        self._vault.seal_drafts().result()
        self._vault.read(lambda tx: begin_wipe(self._vault.home, self._word(tx, number, why))).result()
        _log.warning("wipe_begun number=%d", number)
        self.on_wipe()
        raise error("wiped")

    def _word(self, tx: Tx, number: int, why: str) -> Farewell:
        me = tokens.sign_in(tx.connection)
        assert me is not None
        return a_farewell(farewell(me.device_key, me.device_id, number, why), me.address, self._clock.now())


def end_of_lease(vault: Vault, clock: Clock, number: int) -> None:
    """Overwrite the key slots of an open vault whose lease has ended."""

    def begin(tx: Tx) -> None:
        me = tokens.sign_in(tx.connection)
        assert me is not None
        word = farewell(me.device_key, me.device_id, number, AT_LEASE_END)
        begin_wipe(vault.home, a_farewell(word, me.address, clock.now()))

    vault.read(begin).result()
