"""A laptop's first run: who the council is, signing in, the vault, the first load. Each step can be tried again."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sf_desktop.clock import Clock
from sf_desktop.ops.firstrun.furnishing import furnished
from sf_desktop.ops.firstrun.passphrases import Verdict, judged
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import Cost, Owner
from sf_desktop.store.keys.keyrings import SecretStore
from sf_desktop.store.lifecycle.creating import NewVault, create_vault
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.tables import tokens
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.store.vault import Vault
from sf_desktop.sync import load as loads
from sf_desktop.sync import round as rounds
from sf_desktop.sync.council_time import CouncilTime
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.session import Joiner, Session, enrol, greet
from sf_desktop.sync.transport import Patience, Transport
from sf_record.dates import read_moment
from sf_record.description import Role
from sf_record.wire.rounds import Enrolment, Greeting

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CouncilFound:
    """Who answers at the address."""

    name: str
    service: str = "Strengthening Families"


@dataclass(frozen=True, slots=True)
class Offer:
    """What will be on this laptop; ``until`` is a day in words."""

    families: int
    records: int
    megabytes: float
    until: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the first load is, in family files."""

    done: int
    total: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A laptop that is ready: its vault, open, and whose it is."""

    vault: Vault
    identity: Identity


@dataclass(frozen=True, slots=True)
class Place:
    """Where vaults are made: the folder, the keyring for one, and what guessing a passphrase costs."""

    vaults: Path
    secrets_of: Callable[[UUID], SecretStore]
    cost: Cost | None = None


@dataclass(slots=True)
class _SoFar:
    """What the steps before have brought. The key is made once, so that a lost answer can be asked for again."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    transport: Transport | None = None
    greeting: Greeting | None = None
    username: str = ""
    enrolment: Enrolment | None = None
    home: VaultHome | None = None
    vault: Vault | None = None
    identity: Identity | None = None


class Joining:
    """The steps, on a thread of their own (before there is a wire thread). Futures raise SfError."""

    def __init__(self, place: Place, clock: Clock, *, patience: Patience | None = None) -> None:
        self._place, self._clock, self._patience = place, clock, patience
        self._time = CouncilTime(clock)
        self._so_far = _SoFar()
        self._stops = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="joining")

    def greet(self, address: str) -> Future[CouncilFound]:
        """Find out who answers at an address."""
        return self._do(lambda: self._greet(address))

    def sign_in(self, name: str, password: str, code: str) -> Future[Offer]:
        """Make this laptop known to the council. Password and code are kept nowhere."""
        return self._do(lambda: self._sign_in(name, password, code))

    def judge(self, passphrase: str) -> Verdict:
        """Say what a passphrase is worth. At once, in the caller's thread."""
        known = (self._so_far.username,) if self._so_far.username else ()
        return judged(passphrase, known)

    def create(self, passphrase: str) -> Future[None]:
        """Make the vault, with everything in it that the laptop needs to speak to its council."""
        return self._do(lambda: self._create(passphrase))

    def load(self, report: Callable[[Progress], None]) -> Future[Joined]:
        """Fetch the caseload; where it was stopped or cut, it goes on from there."""
        self._stops = False
        return self._do(lambda: self._load(report))

    def stop(self) -> None:
        """Stop fetching; what has arrived stays."""
        self._stops = True

    def close(self) -> None:
        """Leave: what is under way is broken off, and the vault is closed unless it was handed over."""
        self._stops = True
        if self._so_far.transport is not None:
            self._so_far.transport.abort()
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._so_far.transport is not None:
            self._so_far.transport.close()
        if self._so_far.vault is not None:
            self._so_far.vault.close()

    def _do(self, step: Callable[[], T]) -> Future[T]:
        def run() -> T:
            try:
                return step()
            except AnswerError as error:
                raise error.failure.error from None

        return self._thread.submit(run)

    def _greet(self, address: str) -> CouncilFound:
        transport = Transport(address, self._clock, self._time.now, secrets.token_bytes, patience=self._patience)
        try:
            greeting = greet(transport, self._time)
        except BaseException:
            transport.close()
            raise
        if self._so_far.transport is not None:
            self._so_far.transport.close()
        self._so_far.transport, self._so_far.greeting = transport, greeting
        return CouncilFound(greeting.council_name)

    def _sign_in(self, name: str, password: str, code: str) -> Offer:
        public = base64.b64encode(self._so_far.key.public_key().public_bytes_raw()).decode()
        made = enrol(self._transport, Joiner(name.strip(), password, code.strip(), public))
        self._so_far.username, self._so_far.enrolment = name.strip(), made
        until = read_moment(made.until).astimezone()
        return Offer(made.families, made.records, round(made.size_bytes / 1_000_000, 1), f"{until.day} {until:%B %Y}")

    def _create(self, passphrase: str) -> None:
        so_far = self._so_far
        if so_far.vault is not None:
            return
        assert so_far.greeting is not None
        assert so_far.enrolment is not None
        worker = so_far.enrolment.worker
        new = NewVault(
            passphrase,
            Owner(UUID(so_far.enrolment.device_id), UUID(worker.id)),
            so_far.username,
            base64.b64decode(so_far.greeting.recovery_key) or None,
        )
        home, keys = create_vault(self._place.vaults, self._place.secrets_of, new, self._clock, self._place.cost)
        identity = identity_of(self._transport.address, so_far.username, so_far.greeting, so_far.enrolment)
        sealing_key, made = base64.b64decode(so_far.greeting.sealing_key), so_far.enrolment.tokens
        device_key = so_far.key.private_bytes_raw()

        def furnish(vault: Vault) -> None:
            vault.pin_sealing_key(sealing_key).result()
            vault.do(lambda tx: tokens.keep_identity(tx.connection, identity, device_key)).result()
            vault.do(lambda tx: tokens.keep_tokens(tx.connection, made)).result()

        vault = furnished(home, self._place.secrets_of(home.vault_id), keys, furnish)
        so_far.home, so_far.vault, so_far.identity = home, vault, identity

    def _load(self, report: Callable[[Progress], None]) -> Joined:
        so_far = self._so_far
        assert so_far.vault is not None
        assert so_far.home is not None
        assert so_far.identity is not None
        assert so_far.enrolment is not None
        ledger = VaultLedger(so_far.vault, self._clock)
        session = Session(ledger, self._transport, self._time)
        if so_far.home.recovery_slot.exists():
            session.keep_recovery_slot(so_far.home.recovery_slot.read_bytes())
        told = _Told(report, so_far.enrolment.families)
        watch = loads.Watch(told, lambda: self._stops, so_far.enrolment.families)
        ran = rounds.run(ledger, session, watch)
        ledger.heard(ran.at)
        joined = Joined(so_far.vault, so_far.identity)
        so_far.vault = None  # handed over
        self._transport.close()
        return joined

    @property
    def _transport(self) -> Transport:
        assert self._so_far.transport is not None
        return self._so_far.transport


@dataclass(frozen=True, slots=True)
class _Told:
    """Says how far the load is in the wizard's words."""

    report: Callable[[Progress], None]
    families: int

    def __call__(self, progress: loads.Progress) -> None:
        done = min(progress.families, self.families)
        megabytes = progress.size_bytes / 1_000_000
        self.report(Progress(done, self.families, f"{done} of {self.families} files, {megabytes:.1f} MB"))


def identity_of(address: str, username: str, greeting: Greeting, enrolment: Enrolment) -> Identity:
    """Return who a laptop is from now on: what its council said of itself, of the worker and of the laptop."""
    worker = enrolment.worker
    return Identity(
        address=address,
        council_id=greeting.council_id,
        device_id=enrolment.device_id,
        username=username,
        worker_id=worker.id,
        worker_name=worker.name,
        role=Role(worker.role),
        team_id=worker.team_id,
        policy_key=greeting.policy_key,
        sealing_key=greeting.sealing_key,
        recovery_key=greeting.recovery_key,
    )
