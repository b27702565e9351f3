"""Holds a vault just opened to its lease: where that has run out, a round with the council comes first."""

from __future__ import annotations

import logging
import secrets

from sf_desktop.clock import Clock
from sf_desktop.ops.drafts.begun import begun
from sf_desktop.ops.lease.obeying import Obedience, end_of_lease
from sf_desktop.ops.opening import office_maker
from sf_desktop.store.lease import tenures
from sf_desktop.store.lease.beside import read_beside
from sf_desktop.store.lease.reckoning import Tenure, Term
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.store.vault import Vault
from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.round import run
from sf_desktop.sync.session import Session
from sf_desktop.sync.transport import Transport
from sf_desktop.wording import error
from sf_record.errors import ReachError, SfError

_log = logging.getLogger(__name__)


def hold_to_lease(vault: Vault, identity: Identity, clock: Clock, password: str = "") -> None:
    """Return where the lease allows work; else ask the council, and raise what stands in the way. Waits for both.

    ``password`` is the council's, where the sign-in had run out; it is kept nowhere.
    """
    if identity.is_pretend:
        return
    tenure = _look(vault, clock)
    if tenure is None or tenure.term in {Term.OPEN, Term.WARN}:
        return
    make = office_maker(clock)
    vault.keep_drafts_sealed(lambda tx: begun(make(tx))).result()
    if tenure.term is Term.ENDED:
        end_of_lease(vault, clock, tenure.lease.number)
        raise error("lease_ended")
    _ask_council(vault, identity, clock, password, tenure)
    renewed = _look(vault, clock)
    if renewed is None or renewed.term not in {Term.OPEN, Term.WARN}:
        raise _locked(tenure)


def _look(vault: Vault, clock: Clock) -> Tenure | None:
    beside = read_beside(vault.home, vault.secrets)
    try:
        return vault.do(lambda tx: tenures.look(tx.connection, clock, beside), reconciling=True).result()
    except SfError as cause:  # a full disk keeps nobody from their records
        _log.warning("lease_not_kept code=%s", cause.code)
        return vault.read(lambda tx: tenures.seen(tx.connection, clock, beside)).result()


def _ask_council(vault: Vault, identity: Identity, clock: Clock, password: str, tenure: Tenure) -> None:
    ledger, time = VaultLedger(vault, clock), CouncilTime(clock)
    transport = Transport(identity.address, clock, time.now, secrets.token_bytes)
    council = Session(ledger, transport, time)
    obedience = Obedience(vault, ledger, council, clock)
    try:
        if password:
            council.sign_in(password)
        ledger.heard(run(ledger, council).at)
        obedience.after_round()
    except AnswerError as refused:
        obedience.after_refusal(refused)
        raise _in_the_way(refused.failure.error, tenure) from None
    finally:
        transport.close()


def _in_the_way(refused: SfError, tenure: Tenure) -> SfError:
    if refused.code == "sign_in_expired":
        return error("lease_sign_in")
    return _locked(tenure) if isinstance(refused, ReachError) else refused


def _locked(tenure: Tenure) -> SfError:
    return error("lease_doubted" if tenure.doubted else "lease_locked", days=tenure.days_since)
