"""Tokens against a real council: kept before they are used, renewed, lost on the way, refused."""

from __future__ import annotations

import shutil

import pytest

from sf_desktop.store.rounds.ledger import VaultLedger
from sf_desktop.sync import round as rounds
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.session import Session
from sf_record.wire.rounds import Tokens
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.council import PASSWORD

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


def test_of_a_laptop_whose_folder_was_copied_and_used_in_both_places_nothing_is_lost(town: Town) -> None:
    """Put back from a backup on another computer, keyring and all, while the old one went on."""
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    unsent = worker.note("Before the copy, unsent.")
    worker.shut()
    shutil.copytree(worker.folder, town.folder / "copied")
    one, other = (
        Laptop(each, worker.address, worker.who, worker.clock, seed=seed)
        for seed, each in ((71, worker.folder), (72, town.folder / "copied"))
    )
    notes = {unsent, one.note("In the one."), other.note("In the other.")}
    for each in (one, other, one):
        each.round()
    other.session.sign_in(PASSWORD)
    assert one.try_round() == "sign_in_expired", "the council lets in one of them at a time"
    supervisor.round()
    for each in (one, other, supervisor):
        assert notes <= {str(row[0]) for row in each.read(lambda c: c.execute("SELECT id FROM record").fetchall())}
    count = "SELECT count(*) FROM event WHERE record_id = ?"
    held = [town.council.do(lambda c, id_=id_: c.exec_driver_sql(count, (id_,)).scalar_one()) for id_ in notes]  # type: ignore[misc]
    assert held == [1, 1, 1]
    for each in (one, other):
        each.close()
