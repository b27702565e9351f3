"""Sets up real laptops for a run: a vault with its thread, and the real sync with its session, without a window."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from benchmarks.councils import Known
from benchmarks.keyring import MemoryKeyring
from sf_desktop.clock import SystemClock
from sf_desktop.ops.opening import office_maker
from sf_desktop.store.keys.derivation import DATABASE, FLOOR, Cost, Owner
from sf_desktop.store.lifecycle.creating import NewVault, create_vault
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.tables import tokens
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from sf_desktop.sync import round as rounds
from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.round import Ran
from sf_desktop.sync.session import Session
from sf_desktop.sync.transport import Transport

T = TypeVar("T")
PASSPHRASE = "pretend kettle orbit lantern"
NOWHERE = "http://127.0.0.1:1"
KEYRING = "keyring.json"


class Laptop:
    """One laptop with an open vault. ``database_key`` opens a copy of its database, as long as it has no new one."""

    def __init__(self, vault: Vault, known: Known, database_key: bytes = b"") -> None:
        self.vault = vault
        self.known = known
        self.database_key = database_key
        self.clock = SystemClock()
        self.ledger = VaultLedger(vault, self.clock)
        self._transport: Transport | None = None
        self._office = office_maker(self.clock)

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
        return self.vault.do(lambda tx: verb(self._office(tx), *args, **more)).result()

    def read(self, verb: Callable[..., T], *args: Any, **more: Any) -> T:
        """Run a verb that only reads."""
        return self.vault.read(lambda tx: verb(self._office(tx), *args, **more)).result()

    def query(self, sql: str, *values: Any) -> list[Any]:
        """Read rows as they are."""
        return self.vault.read(lambda tx: tx.connection.execute(sql, values).fetchall()).result()


@contextmanager
def new_laptop(folder: Path, known: Known, address: str = NOWHERE, cost: Cost = FLOOR) -> Iterator[Laptop]:
    """Make an empty vault for a laptop that the council knows, and close it afterwards.

    It stays in the folder, with its keyring beside it, so that another process can open it then.
    """
    keyring = MemoryKeyring()
    owner = Owner(UUID(known.device_id), UUID(known.worker.id))
    clock = SystemClock()
    home, keys = create_vault(folder / "vaults", keyring.of, NewVault(PASSPHRASE, owner), clock, cost)
    database_key = bytes(keys.subkey(DATABASE))
    vault = Vault.open(home, keyring.of(home.vault_id), keys)
    try:
        vault.pin_sealing_key(base64.b64decode(known.keys.sealing)).result()
        vault.do(lambda tx: _keep(tx, known, address)).result()
        yield Laptop(vault, known, database_key)
    finally:
        vault.close()
        keyring.write(folder / KEYRING)


def _keep(tx: Tx, known: Known, address: str) -> None:
    identity = tokens.Identity(
        address=address,
        council_id=known.council_id,
        device_id=known.device_id,
        username=known.username,
        worker_id=known.worker.id,
        worker_name="P. Example",
        role=known.worker.role,
        team_id=known.worker.team_id,
        policy_key=known.keys.policy,
        sealing_key=known.keys.sealing,
        recovery_key=known.keys.recovery,
    )
    tokens.keep_identity(tx.connection, identity, known.device_key)
    tokens.keep_tokens(tx.connection, known.tokens)
