"""The ledger over a real vault with its own thread, as the wire thread uses it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sf_desktop.ops import opening
from sf_desktop.ops.families.search import search
from sf_desktop.ops.runner import OfficeRunner
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.store import coding
from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.store.tables import families, outbox, tokens
from sf_desktop.store.vault import Vault
from sf_desktop.sync.ports import Ledger
from sf_record.configuration import Configuration
from sf_record.description import Role
from sf_record.errors import StandingError
from sf_record.wire import digest
from sf_record.wire.rounds import RoundAnswer, Tokens
from tests.builders.offices import NOW, an_id, an_office, open_vault, pretend_records, state_of
from tests.builders.vaults import build_vault
from tests.builders.written import write_note
from tests.fakes.clock import FrozenClock

AT = "2026-11-23T10:00:00.000000Z"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    opened = build_vault(tmp_path).open()
    yield opened
    assert opened.close()


def enrol(vault: Vault, seed: random.Random) -> tokens.Identity:
    who = tokens.Identity(
        address="https://council.example", council_id="pretend", device_id=an_id(seed), username="p.example",
        worker_id=an_id(seed), worker_name="P. Example", role=Role.PRACTITIONER, team_id=an_id(seed),
    )  # fmt: skip
    vault.do(lambda tx: tokens.keep_identity(tx.connection, who, b"d" * 32)).result()
    return who


def test_a_load_a_note_and_its_receipt(vault: Vault, tmp_path: Path) -> None:
    seed, clock = random.Random(1), FrozenClock(NOW)
    ledger: Ledger = VaultLedger(vault, clock)
    with pytest.raises(StandingError):
        ledger.sign_in_state()
    who = enrol(vault, seed)
    (tmp_path / "spare").mkdir()
    spare = open_vault(tmp_path / "spare")
    theirs = pretend_records(an_office(spare, seed, clock), seed, 1, 30)
    spare.close()
    family_id = theirs[0].family_id
    raw = [coding.record_text(each).encode() for each in theirs]
    ledger.load_began()
    assert not ledger.apply_pull(theirs, raw, (state_of(family_id, theirs),), {}).result().differing
    ledger.load_ended()
    runner = OfficeRunner(vault, opening.office_maker(clock))
    done = runner.submit(write_note, family_id, {"type": "note", "happened_at": AT, "text": "Zephyrlike."}).result()
    assert [each.record_id for each in runner.submit(search, "zeph").result().notes] == [done.record_id]
    event = ledger.outgoing(500, 1_000_000)[0]
    assert event.author_id == who.worker_id
    assert vault.sealed_ids().result() == {event.id}
    assert runner.submit(status_counts).result().waiting == 1
    ledger.set_aside(event.id, "poisoned")
    assert not ledger.outgoing(500, 1_000_000)
    assert runner.submit(status_counts).result().needs_you == 1
    assert not vault.read(lambda tx: list(outbox.unsealed(tx.connection, frozenset({event.id})))).result()
    assert vault.read(lambda tx: list(outbox.unsealed(tx.connection, frozenset()))).result()


def test_a_position_that_is_not_worked_out_again_is_the_right_one(vault: Vault, tmp_path: Path) -> None:
    seed, clock = random.Random(1), FrozenClock(NOW)
    ledger = VaultLedger(vault, clock)
    enrol(vault, seed)
    (tmp_path / "spare").mkdir()
    spare = open_vault(tmp_path / "spare")
    theirs = pretend_records(an_office(spare, seed, clock), seed, 2, 6)
    spare.close()
    answers = [RoundAnswer(at=AT), RoundAnswer(at=AT.replace("10:", "11:"))]
    for family_id in sorted({each.family_id for each in theirs}):
        its = tuple(each for each in theirs if each.family_id == family_id)
        answers += [RoundAnswer(at=AT, records=its, families=(state_of(family_id, its),)), RoundAnswer(at=AT)]
    answers += [RoundAnswer(at=AT, configuration=Configuration(version=4, council_name="Pretend council"))]
    answers += [RoundAnswer(at=AT), RoundAnswer(at=AT)]
    seen = []
    for answer in answers:
        ledger.apply(answer)
        place = ledger.place()
        assert place == VaultLedger(vault, clock).place()
        seen.append(place.position)
    assert len(set(seen)) == 4  # nothing, one family file, two, and the configuration
    vault.do(lambda tx: families.reopen(tx.connection, {theirs[0].family_id})).result()
    assert ledger.place() == VaultLedger(vault, clock).place()
    assert ledger.place().position not in seen


def test_cursors_configuration_and_tokens(vault: Vault) -> None:
    ledger = VaultLedger(vault, FrozenClock(NOW))
    enrol(vault, random.Random(1))
    assert ledger.place().position == digest.position({}, 0)
    ledger.apply(RoundAnswer(at=AT, configuration=Configuration(version=4, council_name="Pretend council")))
    assert ledger.place().config == 4
    assert ledger.place().position == digest.position({}, 4)
    ledger.heard(AT)
    fresh = Tokens(access_token="a", access_until=AT, refresh_token="r")
    ledger.keep_tokens(fresh)
    assert ledger.sign_in_state().tokens == fresh
    ledger.keep_tokens(None)
    state = ledger.sign_in_state()
    assert (state.tokens, state.device_key, state.username) == (None, b"d" * 32, "p.example")
