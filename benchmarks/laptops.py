"""Sets up real laptops for a run: a vault with its thread, and the real sync with its session, without a window."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from benchmarks.councils import Known
from benchmarks.keyring import MemoryKeyring
from sf_desktop.clock import SystemClock
from sf_desktop.ops.office import Me, Office
from sf_desktop.resources import code_sets, working_days
from sf_desktop.store import tokens
from sf_desktop.store.creating import NewVault, create_vault
from sf_desktop.store.home import VaultHome
from sf_desktop.store.keys import FLOOR, Owner
from sf_desktop.store.ledger import VaultLedger
from sf_desktop.store.vault import Tx, Vault
from sf_desktop.sync import round as rounds
from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.round import Ran
from sf_desktop.sync.session import Session
from sf_desktop.sync.transport import Transport
from sf_record.configuration import Configuration
from sf_record.ids import new_id

T = TypeVar("T")
PASSPHRASE = "pretend kettle orbit lantern"


class Laptop:
    """One laptop with an open vault."""

    def __init__(self, vault: Vault, known: Known) -> None:
        self.vault = vault
        self.known = known
        self.clock = SystemClock()
        self.ledger = VaultLedger(vault, self.clock)
        self._transport: Transport | None = None
        self._office = Office(
            tx=None,  # type: ignore[arg-type]  # given to each verb
            clock=self.clock,
            codes=code_sets(),
            days=working_days(),
            me=Me(known.worker, "P. Example", known.device_id),
            configuration=Configuration(),
            new_id=lambda: new_id(self.clock.now(), secrets.token_bytes(10)),
        )

    def session(self, address: str) -> Session:
        """Speak to the council at an address; the connection stays open until another is asked for."""
        if self._transport is None or self._transport.address != address:
            time = CouncilTime(self.clock)
            self._transport = Transport(address, self.clock, time.now, os.urandom)
            self._session = Session(self.ledger, self._transport, time)
        return self._session

    def round(self, address: str) -> Ran:
        """Run rounds until neither side has more; the search index is complete when this returns."""
        return rounds.run(self.ledger, self.session(address))

    def do(self, verb: Callable[..., T], *args: Any, **more: Any) -> T:
        """Run a verb as the window does, and wait until it is durable."""
        return self.vault.do(lambda tx: verb(self._office.at_work(tx), *args, **more)).result()

    def read(self, verb: Callable[..., T], *args: Any, **more: Any) -> T:
        """Run a verb that only reads."""
        return self.vault.read(lambda tx: verb(self._office.at_work(tx), *args, **more)).result()

    def query(self, sql: str, *values: Any) -> list[Any]:
        """Read rows as they are."""
        return self.vault.read(lambda tx: tx.connection.execute(sql, values).fetchall()).result()


@dataclass(frozen=True)
class ClosedLaptop:
    """A laptop's folder and keyring, to be opened."""

    home: VaultHome
    keyring: MemoryKeyring
    known: Known


@contextmanager
def new_laptop(folder: Path, known: Known) -> Iterator[Laptop]:
    """Make an empty vault for a laptop that the council knows, and close it afterwards."""
    keyring = MemoryKeyring()
    owner = Owner(UUID(known.device_id), UUID(known.worker.id))
    clock = SystemClock()
    home, keys = create_vault(folder / "vaults", keyring.of, NewVault(PASSPHRASE, owner), clock, FLOOR)
    vault = Vault.open(home, keyring.of(home.vault_id), keys)
    try:
        vault.pin_sealing_key(X25519PrivateKey.generate().public_key().public_bytes_raw()).result()
        vault.do(lambda tx: _keep(tx, known)).result()
        yield Laptop(vault, known)
    finally:
        vault.close()


def _keep(tx: Tx, known: Known) -> None:
    identity = tokens.Identity(
        address="http://127.0.0.1:1",
        council_id=known.council_id,
        device_id=known.device_id,
        username=known.username,
        worker_id=known.worker.id,
        worker_name="P. Example",
        role=known.worker.role,
        team_id=known.worker.team_id,
        is_pretend=True,
    )
    tokens.keep_identity(tx.connection, identity, known.device_key)
    tokens.keep_tokens(tx.connection, known.tokens)
