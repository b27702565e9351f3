"""Tokens against a real council: kept before they are used, renewed, lost on the way, refused."""

from __future__ import annotations

import pytest

from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.sync import round as rounds
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.session import Session
from sf_record.wire.rounds import Tokens
from tests.builders.towns import Town

AFTER_THE_SHORT_PASS = 16 * 60


def test_a_short_pass_that_ran_out_is_renewed_unseen(town: Town) -> None:
    worker = town.loaded()
    before = worker.ledger.sign_in_state().tokens
    town.clock.forward(AFTER_THE_SHORT_PASS)
    worker.note("Written later.")
    worker.round()
    assert not worker.waiting()
    assert worker.ledger.sign_in_state().tokens != before


def test_tokens_are_kept_before_they_are_used(town: Town) -> None:
    worker = town.loaded()
    town.clock.forward(AFTER_THE_SHORT_PASS)
    ledger = FullDisk(worker.vault, worker.clock)
    session = Session(ledger, worker.transport, worker.time)
    with town.network.counted() as traffic, pytest.raises(RuntimeError):
        rounds.run(ledger, session)
    assert traffic.requests == 1
    worker.round()


class FullDisk(VaultLedger):
    """Cannot keep tokens."""

    def keep_tokens(self, tokens_: Tokens | None) -> None:
        raise RuntimeError


def test_a_lost_answer_to_a_renewal_locks_nobody_out(town: Town) -> None:
    worker = town.loaded()
    for _ in range(3):
        town.clock.forward(AFTER_THE_SHORT_PASS)
        worker.note("Written later.")
        with town.network.cut(down=30):
            assert worker.try_round() == "council_away"
        worker.connect()
        worker.round()
        assert not worker.waiting()


def test_a_refused_sign_in_is_remembered(town: Town) -> None:
    worker = town.loaded()
    town.clock.forward(31 * 24 * 3600)
    assert worker.try_round() == "sign_in_expired"
    with town.network.counted() as traffic:
        assert worker.try_round() == "sign_in_expired"
    assert traffic.requests == 0


def test_a_revoked_laptop_keeps_its_work(town: Town) -> None:
    worker = town.loaded()
    worker.note("Written before anybody knew.")
    town.council.revoke(worker.identity.device_id)
    assert worker.try_round() == "device_revoked"
    assert len(worker.waiting()) == 1
    assert worker.ledger.sign_in_state().tokens is not None


def test_history_comes_on_demand(town: Town) -> None:
    worker = town.loaded()
    record_id = worker.note("First.")
    worker.round()
    worker.change(record_id, text="Second.")
    worker.round()
    history = worker.session.history(worker.families()[0], record_id)
    assert [each.event.fields["text"] for each in history] == ["First.", "Second."]
    with pytest.raises(AnswerError), town.network.offline():
        worker.session.history(worker.families()[0], record_id)
