"""A vault of every released version opens today: all readable, all drafts open, the outbox sent, nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from sf_council.database.tables import event
from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.opening import office_maker
from sf_desktop.store.connection import maintenance
from sf_desktop.store.lifecycle.migrating import safety_copy
from sf_desktop.store.lifecycle.opening import Standing
from sf_desktop.store.migrations import STEPS
from sf_desktop.store.queries import entries
from sf_desktop.store.sealed.outbox import read_entries
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.sync.failures import AnswerError
from sf_record.errors import VaultError
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.network import Network
from tests.faults.small_disk import free_bytes, lacks_small_disk, small_disk
from tests.frozen.thaw import FROZEN, LATER, Thawed, all_is_there, exchange, thaw, unreceipted


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def thawed(request: pytest.FixtureRequest, tmp_path: Path) -> Thawed:
    return thaw(request.param, tmp_path)


@pytest.fixture
def council(thawed: Thawed) -> Iterator[RunningCouncil]:
    """The council of then, a day later, with the program of today."""
    with RunningCouncil(thawed.council, clock=FrozenClock(LATER)) as running:
        yield running


@pytest.mark.skipif(bool(lacks_small_disk()), reason=lacks_small_disk() or "-")
@pytest.mark.parametrize("file", FROZEN, ids=lambda path: path.stem)
def test_on_a_full_disk_it_opens_once_there_is_room(file: Path, tmp_path: Path) -> None:
    """The copy that is made before took what room was left, and each start that failed left it taken."""
    with small_disk(tmp_path / "disk", megabytes=24) as disk:
        thawed = thaw(file, disk / "thawed")
        before = thawed.home.database.read_bytes()
        thawed.home.ballast.unlink(missing_ok=True)
        (disk / "filler").write_bytes(bytes(free_bytes(disk) - len(before) // 2))
        room = free_bytes(disk)
        for _ in range(2):
            with pytest.raises(VaultError) as refused:
                thawed.open()
            assert refused.value.code == "disk_full"
            thawed.home.ballast.unlink(missing_ok=True)
            assert not safety_copy(thawed.home.database).exists()
            assert room - free_bytes(disk) < 100_000, "what was begun takes the room that is left"
        assert thawed.home.database.read_bytes() == before
        (disk / "filler").unlink()
        vault = thawed.open()
        all_is_there(thawed, vault)
        assert vault.close()


def test_the_first_release_is_among_them() -> None:
    assert "0.1.0-first-visit" in [path.stem for path in FROZEN]


def test_it_opens_with_everything_in_it(thawed: Thawed) -> None:
    vault = thawed.open()
    try:
        assert vault.standing is Standing.SOUND
        version = vault.read(lambda tx: tx.connection.execute("PRAGMA user_version").fetchone()).result()
        assert version == (len(STEPS),)
        all_is_there(thawed, vault)
        assert vault.read(unreceipted).result() == set(thawed.expected["waiting"])
        assert vault.sealed_ids().result() >= set(thawed.expected["waiting"])
    finally:
        vault.close()
    assert {each.event_id for each in read_entries(thawed.home.sealed_outbox)} >= set(thawed.expected["waiting"])


def test_its_outbox_reaches_its_council_and_work_goes_on(thawed: Thawed, council: RunningCouncil) -> None:
    clock = FrozenClock(LATER)
    vault = thawed.open()
    try:
        ran = exchange(council.url, vault, clock)
        assert ran.sent == len(thawed.expected["waiting"])
        assert not ran.differing
        assert vault.read(unreceipted).result() == set()
        all_is_there(thawed, vault)
        held = council.do(lambda c: held_events(c, thawed.expected["waiting"]))
        assert sorted(held) == sorted(thawed.expected["waiting"])
        draft_id = next(key for key, each in thawed.expected["drafts"].items() if each["kind"] == "note")
        vault.do(lambda tx: write_on(tx, draft_id)).result()
        clock.forward(60)
        assert exchange(council.url, vault, clock).sent == 1
        assert vault.read(unreceipted).result() == set()
    finally:
        vault.close()


@pytest.mark.parametrize("weather", ["online", "offline", "cut_up", "cut_down"])
def test_story_8_brought_up_to_date_with_drafts_and_a_full_outbox(
    thawed: Thawed, council: RunningCouncil, weather: str
) -> None:
    network = Network(int(council.url.rpartition(":")[2]))
    bad = {"offline": network.offline, "cut_up": lambda: network.cut(up=900), "cut_down": lambda: network.cut(down=60)}
    vault, clock = thawed.open(), FrozenClock(LATER)
    try:
        if weather in bad:
            with bad[weather](), pytest.raises(AnswerError):
                exchange(network.address, vault, clock)
            all_is_there(thawed, vault)
            assert vault.close()
            vault = thawed.open()
        exchange(network.address, vault, clock)
        assert vault.read(unreceipted).result() == set()
        all_is_there(thawed, vault)
        held = council.do(lambda c: held_events(c, thawed.expected["waiting"]))
        assert sorted(held) == sorted(thawed.expected["waiting"]), "each once"
    finally:
        vault.close()
        network.close()


def held_events(connection: Connection, ids: list[str]) -> list[str]:
    return [str(each) for each in connection.scalars(select(event.c.event_id).where(event.c.event_id.in_(ids)))]


def write_on(tx: Tx, draft_id: str) -> None:
    """Finish a note that was begun with the earlier version."""
    office = office_maker(FrozenClock(LATER + timedelta(minutes=1)))(tx)
    draft = drafting.get(office, draft_id)
    body = {**draft.body, "happened_at": office.now()}
    writing.create(office, draft.kind, draft.family_id, body, record_id=draft.id, sign=True)
    drafting.discard(office, draft.id)


def test_an_older_copy_of_it_put_back_sends_nothing_before_the_council_was_asked(
    thawed: Thawed, council: RunningCouncil, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    vault = thawed.open()
    vault.close()
    shutil.copy(thawed.home.database, old)
    vault = thawed.open()
    assert exchange(council.url, vault, FrozenClock(LATER)).sent == len(thawed.expected["waiting"])
    vault.close()
    shutil.copy(old, thawed.home.database)
    vault = thawed.open()
    try:
        assert vault.standing is Standing.ROLLED_BACK
        assert exchange(council.url, vault, FrozenClock(LATER)).sent == 0
        vault.reconciled().result()
        assert exchange(council.url, vault, FrozenClock(LATER)).sent == len(thawed.expected["waiting"])
        all_is_there(thawed, vault)
    finally:
        vault.close()


def test_a_newer_vault_is_refused_and_left_as_it_is(thawed: Thawed) -> None:
    vault = thawed.open()

    def upgrade(tx: Tx) -> None:
        with maintenance(tx.connection):
            tx.connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")

    vault.do(upgrade).result()
    vault.close()
    before = thawed.home.database.read_bytes()
    with pytest.raises(VaultError, match="vault_too_new"):
        thawed.open()
    assert thawed.home.database.read_bytes() == before


def test_the_ledger_of_then_reads_today(thawed: Thawed) -> None:
    vault = thawed.open()
    try:
        found = vault.read(lambda tx: entries.chosen(tx.connection, entries.numbers(tx.connection))).result()
        assert {each.event.id for each in found} >= set(thawed.expected["waiting"])
    finally:
        vault.close()
