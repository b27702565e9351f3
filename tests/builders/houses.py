"""Builds laptops with a real vault that a council knows, closed and opened as their person does."""

from __future__ import annotations

import base64
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from sf_council.database.laptop import laptops
from sf_desktop.ops.firstrun.joining import Joining, Place
from sf_desktop.ops.lease.renewing import hold_to_lease
from sf_desktop.session import Session, open_vault, read_opened
from sf_desktop.store.ending.wiping import finish_wipe
from sf_desktop.store.folder.home import VaultHome, homes
from sf_desktop.store.keys.derivation import FLOOR, Keys
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.store.unlock.lockout import Lockout
from sf_desktop.store.unlock.unlocking import unlock
from sf_desktop.store.vault import Vault
from sf_desktop.sync.scheduler import Listener, Wire
from sf_record.errors import SfError
from sf_record.wire.orders import LEASE, WIPE, Signed, WipeOrder, to_sign
from tests.builders.laptops import QUICK
from tests.builders.towns import Town
from tests.builders.vaults import PASSPHRASE
from tests.fakes.council import PASSWORD
from tests.fakes.keyring import MemoryKeyring

PATIENCE_S = 30


@dataclass
class House:
    """A laptop with a real vault that a council knows, closed and opened as its person does."""

    town: Town
    vaults: Path
    keyring: MemoryKeyring
    identity: Identity
    home: VaultHome
    vault: Vault | None = None

    @property
    def secrets(self) -> SecretStore:
        return self.keyring.of(self.home.vault_id)

    def keys(self) -> Keys:
        return unlock(self.home, self.secrets, PASSPHRASE, Lockout(self.home, self.secrets, self.town.clock))

    def open(self) -> Vault:
        self.vault = open_vault(self.home, self.secrets, self.keys()).vault
        return self.vault

    def close(self) -> None:
        if self.vault is not None:
            assert self.vault.close()
            self.vault = None

    def enter(self, password: str = "") -> None:
        """Unlock as the lock screen does, and close again."""
        try:
            hold_to_lease(self.open(), self.identity, self.town.clock, password)
        finally:
            home, secrets = self.home, self.secrets
            self.close()
            finish_wipe(home, secrets)

    def refused(self, password: str = "") -> str:
        with pytest.raises(SfError) as refused:
            self.enter(password)
        return refused.value.code

    def work(self) -> tuple[bool, str]:
        """Be at work for one round; say whether that began a wipe, and what the wire said."""
        ended, wiped = threading.Event(), threading.Event()
        codes: list[str] = []

        def on_wire(wire: Wire) -> None:
            if not wire.is_busy:
                codes.append(wire.error.code if wire.error else "")
                ended.set()

        session = Session(read_opened(self.open()), self.town.clock, Listener(on_wire))
        assert session.obedience is not None
        session.obedience.on_wipe = wiped.set
        home, secrets = self.home, self.secrets
        session.start()
        assert ended.wait(PATIENCE_S)
        session.close()
        self.vault = None
        finish_wipe(home, secrets)
        return wiped.is_set(), codes[0]


def joined_house(town: Town, folder: Path, keyring: MemoryKeyring | None = None, who: str = "practitioner") -> House:
    """Return a laptop that somebody has set up, closed."""
    keyring, vaults = keyring or MemoryKeyring(), folder / "vaults"
    before = homes(vaults)
    joining = Joining(Place(vaults, keyring.of, FLOOR), town.clock, patience=QUICK)
    joining.greet(town.network.address).result()
    joining.sign_in(who, PASSWORD, town.council.code(who)).result()
    joining.create(PASSPHRASE).result()
    joined = joining.load(lambda _: None).result()
    joining.close()
    (home,) = set(homes(vaults)) - set(before)
    made = House(town, vaults, keyring, joined.identity, home, joined.vault)
    made.close()
    return made


def order(town: Town, device_id: str) -> WipeOrder:
    """Order a wipe, as the command does."""

    def make(connection: Connection) -> WipeOrder:
        council, now = town.council.council, town.clock.now()
        made = laptops.new_order(laptops.known(connection, council.id, device_id), device_id, "lost", now)
        laptops.order(connection, council.id, made, council.policy.sign(WIPE, text(made)), now)
        return made

    return town.council.do(make)


def orders_of_others(town: Town, right: WipeOrder) -> tuple[Signed, ...]:
    """Return what looks like this order and may not be believed: signed by another, for another, or too old."""
    policy = town.council.council.policy
    good = policy.sign(WIPE, text(right))
    forger = Ed25519PrivateKey.generate().sign(to_sign(WIPE, text(right)))
    return (
        Signed(text=text(right), signature=base64.b64encode(forger).decode()),
        policy.sign(LEASE, text(right)),  # a lease is no order
        policy.sign(WIPE, text(replace(right, device_id=town.council.new_id()))),
        policy.sign(WIPE, text(replace(right, number=1))),
        replace(good, text=text(replace(right, number=right.number + 1))),
        replace(good, signature=""),
    )


def text(said: WipeOrder) -> str:
    """Return an order as it is signed."""
    return msgspec.json.encode(said).decode()
