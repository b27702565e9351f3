"""Unpacks a frozen vault and its council, and opens them with the program of today."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from sf_desktop.clock import Clock
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.opening import office_maker
from sf_desktop.store import coding
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.keys.derivation import Keys
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.tables import outbox, records
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.unlock.lockout import Lockout
from sf_desktop.store.unlock.unlocking import unlock
from sf_desktop.store.vault import Vault
from sf_desktop.sync import round as rounds
from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.round import Ran
from sf_desktop.sync.session import Session
from sf_desktop.sync.transport import Transport
from tests.builders.laptops import QUICK
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import FileSecrets
from tests.frozen.freeze import NOW

FROZEN = tuple(sorted(Path(__file__).parent.glob("*.zip")))
LATER = NOW + timedelta(days=1)


@dataclass(frozen=True)
class Thawed:
    """A vault of an earlier version, as it was left: with its keyring, its council, and what must be in it."""

    folder: Path
    home: VaultHome
    secrets: FileSecrets
    expected: dict[str, Any]

    @property
    def council(self) -> Path:
        return self.folder / "council"

    def unlock(self, now: datetime = LATER) -> Keys:
        lockout = Lockout(self.home, self.secrets, FrozenClock(now))
        return unlock(self.home, self.secrets, self.expected["passphrase"], lockout)

    def open(self, keys: Keys | None = None) -> Vault:
        """Open it as the program does: its tables are brought to today's."""
        return Vault.open(self.home, self.secrets, keys or self.unlock(), unsealed=outbox.unsealed)


def thaw(packed: Path, folder: Path) -> Thawed:
    """Unpack one into an empty folder."""
    with ZipFile(packed) as file:
        file.extractall(folder)
    (home,) = homes(folder / "vaults")
    expected = json.loads((folder / "expected.json").read_text())
    return Thawed(folder, home, FileSecrets(folder / "keyring"), expected)


@contextmanager
def way_to(address: str, vault: Vault, clock: Clock) -> Iterator[tuple[VaultLedger, Session]]:
    """Give a vault a way to its council, which today listens at another address than when it was frozen."""
    time = CouncilTime(clock)
    transport = Transport(address, clock, time.now, secrets.token_bytes, patience=QUICK)
    ledger = VaultLedger(vault, clock)
    try:
        yield ledger, Session(ledger, transport, time)
    finally:
        transport.close()


def exchange(address: str, vault: Vault, clock: Clock) -> Ran:
    """Exchange rounds until neither side has more."""
    with way_to(address, vault, clock) as (ledger, session):
        return rounds.run(ledger, session)


def _shown(vault: Vault, record_id: str) -> dict[str, Any]:
    record = vault.read(lambda tx: records.get(tx.connection, record_id)).result()
    assert record is not None, f"{record_id} is not there"
    return json.loads(coding.record_text(record))


def _without_numbers(value: Any) -> Any:
    """The council numbers what it receives; all else stays as it was."""
    if isinstance(value, dict):
        return {key: _without_numbers(each) for key, each in value.items() if key != "seq"}
    return value


def _is_as_it_was(then: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether all that was in a record is there as it was; a later version may say more."""
    return _without_numbers(then) == _without_numbers({key: now.get(key) for key in then})


def all_is_there(thawed: Thawed, vault: Vault) -> None:
    """Every record and every draft is there, as it was left."""
    for record_id, then in thawed.expected["records"].items():
        assert _is_as_it_was(then, _shown(vault, record_id)), f"{record_id} differs"
    for draft_id, then in thawed.expected["drafts"].items():
        draft = vault.do(partial(_draft_of, draft_id)).result()
        is_same = (draft.kind, draft.place, draft.body) == (then["kind"], then["place"], then["body"])
        assert is_same, f"draft {draft_id} differs"
        assert draft.discarded_at is None, f"draft {draft_id} is discarded"


def _draft_of(draft_id: str, tx: Tx) -> drafting.Draft:
    return drafting.get(office_maker(FrozenClock(LATER))(tx), draft_id)


def unreceipted(tx: Tx) -> set[str]:
    """Return the ids of the events that the council has not acknowledged."""
    rows = tx.connection.execute("SELECT id FROM outbox WHERE receipt_seq IS NULL").fetchall()
    return {str(row[0]) for row in rows}
