"""The laptop's audit on its way to the council: every row once, and the way back after either side was put back."""

from __future__ import annotations

import base64
import queue
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from sf_council.cli import main
from sf_council.database import audit as council_audit
from sf_council.database import tables as t
from sf_council.database.laptop import laptop_audit
from sf_desktop.ops.families.families import family_ids
from sf_desktop.ops.families.family import open_family, open_record
from sf_desktop.ops.families.search import search
from sf_desktop.ops.firstrun.joining import Joining, Place
from sf_desktop.ops.reading.timeline import timeline_ids
from sf_desktop.session import Session, read_opened
from sf_desktop.store.connection import open_connection
from sf_desktop.store.keys.derivation import FLOOR
from sf_desktop.store.rounds.audit_ledger import AuditLedger
from sf_desktop.store.tables import audit
from sf_desktop.sync.auditing import send_audit
from sf_desktop.sync.scheduler import Listener
from sf_record.wire.audit import (
    AUDIT_HEAD,
    PAGE_ROWS,
    AuditAnswer,
    AuditRequest,
    AuditRow,
    Head,
    Look,
    Looked,
    head_text,
    read_head,
)
from tests.builders.laptops import QUICK, Laptop
from tests.builders.soundness import first_broken_look
from tests.builders.towns import Town
from tests.fakes.council import PASSWORD
from tests.fakes.keyring import MemoryKeyring

AT = "2026-11-23T09:00:00.000000Z"
KEY = b"k" * 32


def look(laptop: Laptop, count: int = 1, what: Look = Look.FAMILY_OPENED) -> None:
    family_id = laptop.families()[0] if laptop.families() else ""
    looks = [Looked(AT, what, family_id, code=str(number)) for number in range(count)]
    laptop.vault.do(lambda tx: audit.append(tx.connection, looks)).result()


def send(laptop: Laptop) -> None:
    send_audit(AuditLedger(laptop.vault, laptop.clock), laptop.session)


def here(laptop: Laptop) -> list[AuditRow]:
    return list(laptop.read(lambda c: audit.rows_after(c, 0)))


def at_council(town: Town, laptop: Laptop) -> list[AuditRow]:
    council_id = town.council.council.id
    return town.council.do(lambda c: list(laptop_audit.rows(c, council_id, laptop.identity.device_id)))


def is_whole(town: Town, laptop: Laptop) -> bool:
    council_id = town.council.council.id
    row = town.council.do(lambda c: laptop_audit.head(c, council_id, laptop.identity.device_id))
    assert row is not None
    stands = Head(number=row.number, chain=row.chain)
    broken = town.council.do(lambda c: laptop_audit.broken(c, council_id, laptop.identity.device_id, stands))
    return broken is None and laptop.read(first_broken_look) is None


def own_audit(town: Town, what: str) -> list[str]:
    asked = select(t.audit.c.code).where(t.audit.c.what == what)
    return [str(row.code) for row in town.council.do(lambda c: c.execute(asked).all())]


class CutCouncil:
    """Takes the rows, and loses its answer once."""

    def __init__(self, laptop: Laptop) -> None:
        self._session, self._cut = laptop.session, False

    def audit(self, request: AuditRequest) -> AuditAnswer:
        answer = self._session.audit(request)
        if not self._cut:
            self._cut = True
            raise ConnectionError
        return answer


def test_every_row_is_sent_once_page_by_page(town: Town) -> None:
    laptop = town.laptop()
    laptop.round()
    look(laptop, PAGE_ROWS + 20)
    send(laptop)
    assert at_council(town, laptop) == here(laptop)
    look(laptop)
    send(laptop)
    send(laptop)
    assert at_council(town, laptop) == here(laptop)
    assert is_whole(town, laptop)


def test_an_answer_that_was_lost_changes_nothing(town: Town) -> None:
    laptop = town.laptop()
    look(laptop, 3)
    ledger = AuditLedger(laptop.vault, laptop.clock)
    cut = CutCouncil(laptop)
    try:
        send_audit(ledger, cut)
    except ConnectionError:
        look(laptop, 2)
    send_audit(ledger, cut)
    assert at_council(town, laptop) == here(laptop)
    assert len(here(laptop)) == 5
    assert own_audit(town, "laptop_audit_refused") == []


def put_back(laptop: Laptop, saved: Any) -> None:
    """Put an older copy of the vault in the place of the newer."""
    laptop.vault.connection.close()
    shutil.copyfile(saved, laptop.folder / "vault.db")
    laptop.vault.connection = open_connection(laptop.folder / "vault.db", bytearray(KEY), create=False)
    laptop.connect()


def saved_copy(laptop: Laptop) -> Any:
    copy = laptop.folder / "saved.db"
    shutil.copyfile(laptop.folder / "vault.db", copy)
    return copy


def test_after_an_older_vault_was_put_back_the_chain_goes_on_after_what_the_council_has(town: Town) -> None:
    laptop = town.laptop()
    laptop.round()
    look(laptop, 3)
    send(laptop)
    look(laptop, 2)  # not sent when the copy is made, sent afterwards: both have them
    copy = saved_copy(laptop)
    send(laptop)
    look(laptop, 4)
    send(laptop)
    before = at_council(town, laptop)
    put_back(laptop, copy)
    look(laptop, 2, Look.PRINTED)
    send(laptop)
    rows = at_council(town, laptop)
    assert rows[:9] == before
    assert [row.what for row in rows[9:]] == ["resumed", "printed", "printed"]
    assert own_audit(town, "laptop_audit_refused") == ["fork"]
    look(laptop)
    send(laptop)
    assert is_whole(town, laptop)
    assert len(at_council(town, laptop)) == 13


def test_an_older_vault_with_nothing_new_goes_on_with_its_next_look(town: Town) -> None:
    laptop = town.laptop()
    look(laptop, 2)
    send(laptop)
    copy = saved_copy(laptop)
    look(laptop, 3)
    send(laptop)
    put_back(laptop, copy)
    send(laptop)
    look(laptop, 5, Look.COPIED)
    send(laptop)
    assert [row.what for row in at_council(town, laptop)[5:]] == ["resumed", *["copied"] * 5]
    assert is_whole(town, laptop)


def test_a_council_restored_from_a_backup_is_filled_again(town: Town) -> None:
    laptop = town.laptop()
    look(laptop, 3)
    send(laptop)
    backup = town.council.backup()
    laptop.round()  # the council's own audit has a row of it
    look(laptop, 3)
    send(laptop)
    town.council.restore(backup)
    laptop.connect()
    look(laptop, 2)
    send(laptop)
    rows = at_council(town, laptop)
    assert rows == here(laptop)[: len(rows)]
    assert len(rows) == 8
    assert own_audit(town, "laptop_audit_refused") == ["gap"]
    assert is_whole(town, laptop)
    assert len(own_audit(town, "own_audit_differs")) == 1  # the head that it had given is that of rows it lost


def test_a_council_that_rewrote_its_own_audit_is_found_out_by_the_next_laptop(town: Town) -> None:
    laptop = town.laptop()
    look(laptop)
    send(laptop)
    given = laptop.read(audit.council_head)
    assert given is not None
    head = read_head(laptop.identity.council_id, given.text)
    assert head is not None
    own = t.audit.c.number == head.number
    town.council.do(lambda c: c.execute(update(t.audit).where(own).values(chain="0" * 64)))
    look(laptop)
    send(laptop)
    assert own_audit(town, "own_audit_differs") == [str(head.number)]
    assert not town.council.do(lambda c: council_audit.holds(c, town.council.council.id, head))


def test_a_head_that_the_council_did_not_sign_is_not_kept(town: Town) -> None:
    laptop = town.laptop()
    look(laptop)

    class Forger:
        def audit(self, request: AuditRequest) -> AuditAnswer:
            answer = laptop.session.audit(request)
            return replace(answer, council=replace(answer.council, signature=base64.b64encode(b"0" * 64).decode()))

    send_audit(AuditLedger(laptop.vault, laptop.clock), Forger())
    assert laptop.read(audit.council_head) is None


def test_a_council_whose_own_audit_went_back_is_told_by_the_laptops_chain(town: Town) -> None:
    laptop = town.laptop()
    look(laptop)
    send(laptop)
    before = laptop.read(audit.council_head)

    class Behind:
        """Signs, with its own key, a head that is behind the one before."""

        def audit(self, request: AuditRequest) -> AuditAnswer:
            answer = laptop.session.audit(request)
            text = head_text(laptop.identity.council_id, Head(number=1, chain="0" * 64), answer.at)
            return replace(answer, council=town.council.council.policy.sign(AUDIT_HEAD, text))

    look(laptop)
    send_audit(AuditLedger(laptop.vault, laptop.clock), Behind())
    assert before is not None
    head = read_head(laptop.identity.council_id, before.text)
    assert head is not None
    (row,) = [each for each in here(laptop) if each.what == "council_differs"]
    assert row.code == f"{head.number} {head.chain}"


def test_a_worker_at_the_window_leaves_a_whole_chain_at_the_council(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The real vault thread, session and wire: what is opened and searched is at the council after the next round."""
    joining = Joining(Place(tmp_path / "vaults", MemoryKeyring().of, FLOOR), town.clock, patience=QUICK)
    joining.greet(town.network.address).result(30)
    joining.sign_in("practitioner", PASSWORD, town.council.code("practitioner")).result(30)
    joining.create("pretend kettle orbit lantern").result(30)
    joined = joining.load(lambda _: None).result(30)
    rounds: queue.SimpleQueue[str] = queue.SimpleQueue()
    listener = Listener(on_wire=lambda wire: None if wire.is_busy else rounds.put(wire.heard_at))
    session = Session(read_opened(joined.vault), town.clock, listener)
    session.start()
    family_id = session.submit(family_ids).result(30)[0]
    view = session.submit(open_family, family_id).result(30)
    session.submit(search, view.people[0].name).result(30)
    visit = session.submit(timeline_ids, family_id).result(30)[0]
    session.submit(open_record, visit).result(30)
    session.vault.enter([]).result(30)  # what was looked at is written now, not in a second
    assert rounds.get(timeout=30)
    session.send_now()
    assert rounds.get(timeout=30)
    session.close()
    joining.close()
    council_id, device_id = town.council.council.id, joined.identity.device_id
    rows = town.council.do(lambda c: list(laptop_audit.rows(c, council_id, device_id)))
    assert {"family_opened", "searched", "record_opened"} <= {row.what for row in rows}
    (searched,) = [row for row in rows if row.what == "searched"]
    assert family_id in searched.ids
    settings = town.council.settings
    assert main(["audit", "--database", settings.database, "--data", str(settings.data)]) == 0
    assert f"every laptop that sent one: 1, with {len(rows)} rows" in capsys.readouterr().out
