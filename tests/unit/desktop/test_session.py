"""One unlocked vault at work: what is done behind everything else, from unlocking on."""

from __future__ import annotations

import queue
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sf_desktop.ops.tidying import LEDGER_DAYS
from sf_desktop.session import Session, read_opened
from sf_desktop.store.tables import outbox, tokens
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from sf_desktop.sync.scheduler import Listener, Wire
from sf_record.dates import moment_text
from sf_record.description import Role
from sf_record.errors import SfError
from sf_record.events import Action, Event
from sf_record.outcomes import Outcome, Receipt, Result
from sf_record.wire.rounds import Tokens
from tests.builders.vaults import BuiltVault, build_vault


def a_worker(tx: Tx) -> None:
    ids: dict[str, Any] = {"council_id": str(uuid4()), "device_id": str(uuid4()), "worker_id": str(uuid4())}
    names: dict[str, Any] = {"address": "", "username": "pretend", "worker_name": "P. Example"}
    tokens.keep_identity(tx.connection, Identity(**ids, **names, role=Role.PRACTITIONER, is_pretend=True), b"k" * 32)


def save(vault: Vault, built: BuiltVault, received_days_ago: int | None) -> str:
    """Put an event into the outbox and its sealed copy; with a receipt, if it was received."""
    at = moment_text(built.clock.now())
    ids: dict[str, Any] = {name: str(uuid4()) for name in ("id", "family_id", "record_id", "author_id", "device_id")}
    event = Event(**ids, action=Action.CREATE, kind="note", written_at=at)

    def work(tx: Tx) -> None:
        outbox.append(tx, event, at)
        if received_days_ago is not None:
            then = moment_text(built.clock.now() - timedelta(days=received_days_ago))
            receipt = Receipt(family_id=event.family_id, seq=1, at=then)
            outbox.answered(tx.connection, Outcome(event_id=event.id, result=Result.ACCEPTED, receipt=receipt), then)
            outbox.hide(tx.connection, (event.id,))

    vault.do(work).result()
    return event.id


def test_sealed_copies_leave_with_the_ledger_and_no_sooner(tmp_path: Path) -> None:
    built = build_vault(tmp_path)
    vault = built.open()
    vault.do(a_worker).result()
    old = save(vault, built, LEDGER_DAYS + 1)
    kept = {save(vault, built, LEDGER_DAYS - 1), save(vault, built, None)}
    assert vault.sealed_ids().result() == {old, *kept}
    session = Session(read_opened(vault), built.clock, Listener())
    session.start()
    _after_what_waits(vault)
    assert vault.sealed_ids().result() == {old, *kept}  # the first screen comes before any upkeep
    session.tend()
    _after_what_waits(vault)
    assert vault.sealed_ids().result() == kept
    left = vault.read(lambda tx: tx.connection.execute("SELECT id FROM outbox").fetchall()).result()
    assert {each[0] for each in left} == kept
    session.close()


def _after_what_waits(vault: Vault) -> None:
    for _ in range(6):  # each goes behind what was waiting when it was asked
        vault.read(lambda _: None, urgent=False).result()


def test_with_pretend_families_a_history_says_that_the_council_cannot_be_asked(tmp_path: Path) -> None:
    built = build_vault(tmp_path)
    vault = built.open()
    vault.do(a_worker).result()
    session = Session(read_opened(vault), built.clock, Listener())
    asked = session.history(str(uuid4()), str(uuid4()))
    assert isinstance(asked.exception(timeout=1), SfError)
    session.close()


def test_a_concern_asks_for_a_round_at_once_also_while_others_wait_for_the_next_try(tmp_path: Path) -> None:
    built = build_vault(tmp_path)
    vault = built.open()
    ids: dict[str, Any] = {"council_id": str(uuid4()), "device_id": str(uuid4()), "worker_id": str(uuid4())}
    names: dict[str, Any] = {"address": "http://127.0.0.1:9", "username": "practitioner", "worker_name": "P. Example"}
    whose = Identity(**ids, **names, role=Role.PRACTITIONER)
    vault.do(lambda tx: tokens.keep_identity(tx.connection, whose, b"k" * 32)).result()
    later = moment_text(built.clock.now() + timedelta(hours=1))
    kept = Tokens(access_token="a", access_until=later, refresh_token="r")
    vault.do(lambda tx: tokens.keep_tokens(tx.connection, kept)).result()
    said: queue.Queue[Wire] = queue.Queue()
    session = Session(read_opened(vault), built.clock, Listener(on_wire=said.put))
    session.start()

    def until(is_busy: bool) -> None:
        while said.get(timeout=20).is_busy is not is_busy:
            pass

    def signed(kind: str) -> None:
        at = moment_text(built.clock.now())
        made = Event(
            id=str(uuid4()), family_id=str(uuid4()), record_id=str(uuid4()), author_id=whose.worker_id,
            device_id=whose.device_id, action=Action.CREATE, kind=kind, written_at=at,
        )  # fmt: skip
        session.submit(lambda office: outbox.append(office.tx, made, at)).result()

    until(is_busy=False)  # the first round found nobody: the next try is some while away
    signed("note")
    assert session.wire is not None
    session.wire.do(lambda: None).result(20)
    assert said.empty()
    signed("concern")
    until(is_busy=True)
    until(is_busy=False)
    session.close()
