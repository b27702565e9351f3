"""Fills a vault of its own with pretend families, so that the program can be learnt without a council."""

from __future__ import annotations

import random
import secrets
from datetime import date
from uuid import UUID

from sf_desktop.clock import Clock
from sf_desktop.ops.firstrun.furnishing import furnished
from sf_desktop.ops.firstrun.joining import Joined, Place
from sf_desktop.resources import notice_texts, retention_schedule, usual_intervals
from sf_desktop.store.coding import record_text
from sf_desktop.store.keys.derivation import Owner
from sf_desktop.store.lifecycle.creating import NewVault, create_vault
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.tables import configuration as configurations
from sf_desktop.store.tables import tokens
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.store.vault import Vault
from sf_record.configuration import Configuration, ContactNumber, NoticeVersion, Offered, WorkerName
from sf_record.dates import moment_text
from sf_record.description import Role
from sf_record.ids import RANDOM_BYTES, new_id
from sf_record.kinds.family_star import TOOL
from sf_record.pretend import families, records
from sf_record.record import Record
from sf_record.rules import notices
from sf_record.rules.permissions import Worker
from sf_record.wire import digest
from sf_record.wire.rounds import FamilyState

PASSPHRASE = "pretend families only"  # noqa: S105 - nothing secret lies behind it, and the lock screen says it
FAMILIES = 12
RECORDS_PER_FAMILY = 60
_SEED = 2026


def make_pretend(place: Place, clock: Clock) -> Joined:
    """Make the pretend vault and fill it. Takes seconds: off the GUI thread. Needs a real keyring."""
    fresh = [new_id(clock.now(), secrets.token_bytes(RANDOM_BYTES)) for _ in range(4)]
    me, boss = Worker(fresh[0], Role.PRACTITIONER, fresh[2]), Worker(fresh[1], Role.SUPERVISOR, fresh[2])
    identity = _identity(me, fresh[3])
    owner = Owner(UUID(identity.device_id), UUID(me.id))
    home, keys = create_vault(place.vaults, place.secrets_of, NewVault(PASSPHRASE, owner), clock, place.cost)
    now = moment_text(clock.now())

    def furnish(vault: Vault) -> None:
        vault.do(lambda tx: tokens.keep_identity(tx.connection, identity, secrets.token_bytes(32))).result()
        vault.do(lambda tx: configurations.keep(tx.connection, _configuration(me, boss), now)).result()
        _fill(VaultLedger(vault, clock), me, boss, clock)

    return Joined(furnished(home, place.secrets_of(home.vault_id), keys, furnish), identity)


def _fill(ledger: VaultLedger, me: Worker, boss: Worker, clock: Clock) -> None:
    """Store each family file as a stream from a council would bring it."""
    today = clock.now().astimezone().date()
    made = families(random.Random(_SEED), FAMILIES, [me, boss], today, records_per_family=RECORDS_PER_FAMILY)
    for family in made:
        found = records(family.events)
        raw = tuple(record_text(record).encode() for record in found)
        only = {family.family_id: frozenset(record.id for record in found)}
        ledger.apply_pull(found, raw, (_state(found),), only).result()


def _state(found: tuple[Record, ...]) -> FamilyState:
    seq = max(record.seq for record in found)
    proof = digest.text(digest.combine(digest.entry(record.id, record.seq) for record in found))
    return FamilyState(family_id=found[0].family_id, cursor=seq, seq=seq, count=len(found), digest=proof)


def _identity(me: Worker, device_id: str) -> Identity:
    return Identity(
        address="",
        council_id="",
        device_id=device_id,
        username="pretend",
        worker_id=me.id,
        worker_name="You",
        role=me.role,
        team_id=me.team_id,
        is_pretend=True,
    )


def _configuration(me: Worker, boss: Worker) -> Configuration:
    return Configuration(
        version=1,
        council_name="Pretend council",
        contacts=(
            ContactNumber(label="In immediate danger", number="999"),
            ContactNumber(label="Safeguarding hub (pretend)", number="01632 960001"),
        ),
        lone_working=(ContactNumber(label="Duty desk (pretend)", number="01632 960002"),),
        intervals=usual_intervals(),
        activities=(
            Offered(code="stay_and_play", label="Stay and play (pretend)", about="Under fives, Tuesdays at 10:00"),
            Offered(code="bumps", label="Bumps and babies (pretend)", about="Parents-to-be, Thursdays at 13:30"),
            Offered(code="cooking", label="Cook together (pretend)", about="Families, Fridays at 15:45"),
        ),
        cost_bands=(
            Offered(code="A", label="Band A: up to £100 (pretend)"),
            Offered(code="B", label="Band B: £100 to £1,000 (pretend)"),
            Offered(code="C", label="Band C: more than £1,000 (pretend)"),
        ),
        licensed_tools=(TOOL,),
        notices=(notice(),),
        workers=(
            WorkerName(id=me.id, name="You", role=me.role, team_id=me.team_id),
            WorkerName(id=boss.id, name="Pretend supervisor", role=boss.role, team_id=boss.team_id),
        ),
    )


def notice() -> NoticeVersion:
    """Return the notice of the pretend council."""
    facts = {
        "council": "Pretend council",
        "service": "Strengthening Families",
        "service_contact": "01632 960002",
        "officer_contact": "Pretend officer, 01632 960003",
        "complaints_contact": "01632 960004",
    }
    return notices.published("Pretend 1", date(2026, 4, 1), notice_texts(), facts, retention_schedule())
