"""Family files leave: after what is unsent, begun or held; to the last byte; with a receipt that proves it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from sf_council.cli.device_page import page
from sf_council.database.family import holds, stream
from sf_council.database.laptop import devices, laptops, wipe_receipts
from sf_council.database.laptop.wipe_receipts import Kept
from sf_council.database.tables import event, holding
from sf_desktop.ops import tidying, writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.drafts.unfinished import unfinished
from sf_desktop.ops.leaving.laptop import on_this_laptop
from sf_desktop.ops.leaving.releasing import send_receipts
from sf_desktop.ops.office import Office
from sf_desktop.ops.records import mending, notes
from sf_desktop.ops.records.mending import not_taken
from sf_desktop.ops.sending.ledger import ledger_numbers, ledger_rows
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.ops.worker.today import today
from sf_desktop.store.lease import tenures
from sf_desktop.store.queries import entries
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import attachments, drafts, places, records
from sf_desktop.ui.laptop.words import left_words
from sf_desktop.ui.today.words import today_words
from sf_record.dates import moment_text, read_moment
from sf_record.errors import SfError
from sf_record.wire.leaving import FOR_GOOD, WIPE_RECEIPT
from sf_record.wire.orders import Signed, to_sign
from sf_record.wire.rounds import Released, RoundAnswer
from sf_record.wire.tray import Decide
from tests.builders.canaries import put_canaries, put_note, words
from tests.builders.towns import Town
from tests.builders.vaulted import VaultedLaptop, every_byte, vaulted
from tests.fakes.clock import FrozenClock
from tests.together.weathers import EVERY, Exchange


@pytest.fixture
def worker(town: Town) -> Iterator[VaultedLaptop]:
    laptop = vaulted(town)
    yield laptop
    laptop.vault.close()
    laptop.close()


def receipts(town: Town, laptop: VaultedLaptop) -> tuple[Kept, ...]:
    """Return what the council keeps of a laptop, after proving that each receipt carries its signature."""
    council_id, device_id = town.council.council.id, laptop.identity.device_id
    kept = town.council.do(lambda c: wipe_receipts.of_device(c, council_id, device_id))
    row = town.council.do(lambda c: devices.get(c, council_id, device_id))
    assert row is not None
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(row.public_key))
    for each in kept:
        key.verify(base64.b64decode(each.signed.signature), to_sign(WIPE_RECEIPT, each.signed.text))
    return kept


def is_here(laptop: VaultedLaptop, family_id: str) -> bool:
    return bool(laptop.read(records.ids_of_family, family_id))


@EVERY
def test_story_1_what_was_written_and_begun_is_kept_and_the_copy_leaves(
    town: Town, worker: VaultedLaptop, exchange: Exchange
) -> None:
    family_id, other = worker.families()
    town.council.allocate(family_id, "colleague")
    worker.note("Written when the file had moved already.", family_id)
    draft = worker.do(notes.start_note, family_id, text="Begun, and never finished.")
    exchange(town, worker)
    worker.round()
    worker.release()
    assert is_here(worker, family_id)  # somebody may still be typing
    worker.round()
    known = town.council.do(lambda c: laptops.known(c, town.council.council.id, worker.identity.device_id)).row
    assert known is not None
    assert known.families == 2, "what is to leave is still here, and whoever asks what is on a lost laptop is told"
    worker.clock.forward(7_200)
    worker.release()
    assert worker.read(drafts.get, draft.id) is None
    assert is_here(worker, family_id)  # what was begun has become an event, which the council does not have yet
    exchange(town, worker)
    worker.round()
    worker.release()
    assert not is_here(worker, family_id)
    assert is_here(worker, other)
    worker.send_receipts()
    (kept,) = receipts(town, worker)
    assert [(each.family_id, each.reason) for each in kept.receipt.families] == [(family_id, "reallocated")]
    assert kept.receipt.families[0].records > 0
    assert worker.read(release.left_lately, 5)[0][1:] == (1, 1, True, 0)
    assert (worker.do(today).left, worker.do(today).left_closed) == (1, 0)
    worker.send_receipts()
    assert len(receipts(town, worker)) == 1


def test_what_was_begun_on_a_record_that_is_signed_by_now_becomes_a_note_in_its_own_words(
    town: Town, worker: VaultedLaptop
) -> None:
    family_id = worker.families()[0]
    note = worker.note("As it was.", family_id, sign=False)
    draft = worker.do(drafting.begin_change, note)
    worker.do(drafting.save, draft.id, {**draft.body, "text": "Begun on it, and never finished."})
    worker.do(writing.sign, note)
    worker.round()
    town.council.allocate(family_id, "colleague")
    worker.round()
    worker.clock.forward(7_200)
    worker.release()
    (kept,) = [each.event for each in worker.events() if each.event.record_id == draft.id]
    assert kept.fields["text"] == "Begun on it, and never finished."


def test_of_what_left_it_is_said_how_many_files_were_closed(town: Town, worker: VaultedLaptop) -> None:
    moved, closed = worker.families()
    town.council.allocate(moved, "colleague")
    council_id = town.council.council.id
    town.council.do(lambda c: stream.close(c, council_id, closed, town.clock.now(), by=council_id))
    worker.round()
    worker.release()
    view = worker.do(today)
    assert (view.left, view.left_closed) == (2, 1)
    assert today_words(view).sentence.endswith(" Two files left this laptop today, one because it was closed.")
    (left,) = worker.do(on_this_laptop).left
    assert "2 family files left" not in left_words(left, view.day)
    assert "Two family files left this laptop, one because it was closed; the receipt waits" in left_words(
        left, view.day
    )


def test_a_receipt_says_when_by_the_councils_time_where_the_laptops_clock_is_behind(town: Town) -> None:
    """By its own clock the copies left before the file did, and the council would go on naming them."""
    worker = vaulted(town, clock=FrozenClock(town.clock.now() - timedelta(minutes=4)))
    family_id, _ = worker.families()
    for each in (town.clock, worker.clock):
        each.forward(3_600)
    told_from = town.clock.now()
    town.council.allocate(family_id, "colleague")
    worker.round()
    worker.release()
    worker.send_receipts()
    (kept,) = receipts(town, worker)
    assert told_from <= read_moment(kept.receipt.at) <= town.clock.now()
    row = town.council.do(lambda c: devices.get(c, town.council.council.id, worker.identity.device_id))
    assert row is not None
    shown = town.council.do(lambda c: page(c, town.council.council.id, row, town.clock.now()))
    assert shown.not_released == ()
    worker.vault.close()
    worker.close()


def test_a_release_leaves_no_byte_of_the_file(town: Town, run_count: Callable[[int, int], int]) -> None:
    put_canaries(town.council, count=run_count(5, 100))
    worker = vaulted(town)
    marked = [each for each in worker.families() if any(mark.encode() in wires(worker, each) for mark in words())]
    assert len(marked) == run_count(5, 100)
    for number, family_id in enumerate(marked):
        note_id = put_note(town.council, family_id)
        worker.round()
        worker.change(worker.note(f"First {words()[2]} version.", family_id), text=f"Second {words()[3]} version.")
        begun = worker.do(notes.start_note, family_id, text=f"Thrown away: {words()[4]}")
        worker.do(drafting.discard, begun.id)
        worker.round()
        assert worker.find(note_id)
        if number + 1 < len(marked):
            close(town, family_id)
            worker.round()
            worker.release()
    for family_id in marked:
        close(town, family_id)
    worker.round()
    (worker.built.home.folder / "vault.db.before-upgrade").write_bytes(worker.built.home.database.read_bytes())
    assert any(mark.encode() in worker.pages() for mark in words())  # the control: it would be found
    old = worker.built.unlock()
    worker.do(lambda office: places.keep(office.connection, "search", {"text": words()[5]}))  # how it was found
    worker.release()
    assert not any(is_here(worker, each) for each in marked)
    for mark in words():
        assert worker.read(hits, mark.lower()) == (0, 0)
    worker.vault.close()
    pages = worker.pages().lower()
    assert [mark for mark in words() if mark.lower().encode() in pages] == []
    assert len(pages) > 4_000
    assert [mark for mark in words() if mark.encode() in every_byte(worker.built.home.folder)] == []
    assert old.dek != worker.built.unlock().dek
    assert not (worker.built.home.folder / "vault.db.before-upgrade").exists()
    worker.close()


def test_what_a_supervisor_wrote_of_returned_work_leaves_with_it(town: Town, worker: VaultedLaptop) -> None:
    supervisor = town.loaded("supervisor")
    family_id, comment = worker.families()[0], "Belongs to the file of Quillon Zephyrine."
    town.council.allocate(family_id, "colleague")
    worker.note("Written when the file had moved already.", family_id)
    worker.round()
    worker.release()
    (lies,) = supervisor.session.holding()
    supervisor.session.decide(lies.event_id, Decide(is_accepted=False, comment=comment))
    worker.round()
    worker.round()
    worker.release()
    assert not is_here(worker, family_id)
    assert comment.encode() in worker.pages(), "its author has not dealt with it"
    (row,) = worker.do(not_taken)
    assert row.decided is not None
    assert row.decided.comment == comment
    worker.do(mending.give_up, row.event_id, "Written anew.")
    (told,) = [each for each in worker.do(ledger_rows, worker.do(ledger_numbers)) if each.event_id == row.event_id]
    assert told.decided is not None
    assert (told.decided.is_accepted, told.decided.comment) == (False, "")
    worker.vault.close()
    pages = worker.pages()
    assert b"Quillon" not in pages
    assert b"moved already" not in pages


def test_an_attachment_keeps_its_file_until_the_council_has_it_then_leaves_with_it(
    town: Town, worker: VaultedLaptop
) -> None:
    family_id, _ = worker.families()
    now = moment_text(town.clock.now())
    id_ = worker.new_id()
    worker.vault.do(lambda tx: attachments.hold(tx, id_, family_id, None, b"Pretend scan.", {}, now)).result()
    close(town, family_id)
    worker.round()
    worker.release()
    assert is_here(worker, family_id)
    (file,) = worker.built.home.attachments.iterdir()
    worker.vault.do(lambda tx: tx.connection.execute("UPDATE attachment SET state = 'with_council'")).result()
    worker.release()
    assert not is_here(worker, family_id)
    assert not file.exists()


def test_a_pack_leaves_after_its_day_without_being_told_and_no_jump_of_a_clock_lets_anything_go(
    town: Town, worker: VaultedLaptop
) -> None:
    family_id, other = worker.families()
    until = "2026-11-24"
    worker.vault.do(
        lambda tx: tx.connection.execute("UPDATE family_cursor SET until = ? WHERE family_id = ?", (until, family_id))
    ).result()
    known = worker.read(tenures.in_vault)
    assert known is not None
    town.clock.forward(timedelta(days=20).total_seconds())
    worker.release()
    assert is_here(worker, family_id)  # the wall clock alone says so
    later = replace(known, certain=known.certain + timedelta(days=2))
    worker.vault.do(lambda tx: tenures.keep(tx.connection, later)).result()
    worker.release()
    assert (is_here(worker, family_id), is_here(worker, other)) == (False, True)
    worker.ledger.heard(moment_text(known.certain))
    late = replace(known, certain=known.certain + timedelta(days=8))
    worker.vault.do(lambda tx: tenures.keep(tx.connection, late)).result()
    unsent = worker.note("Waits.", other)
    worker.release()
    assert worker.find(unsent) is not None  # what is not sent keeps its file here
    worker.ledger.heard(worker.round().at)
    worker.release()
    assert other in worker.families()  # the council was heard of, and the file is the worker's


def test_no_jump_of_a_clock_forgets_what_may_be_needed_again(town: Town, worker: VaultedLaptop) -> None:
    """What was thrown away can be taken back for seven days, and a receipt is kept as long as a backup goes back."""
    draft = worker.do(notes.start_note, worker.families()[0], text="Thrown away a moment ago.")
    worker.do(drafting.discard, draft.id)
    note = worker.note("With the council since a moment ago.")
    worker.round()
    right = town.clock.now()
    town.clock.set(right + timedelta(days=366))
    worker.do(tidying.tidy)
    assert worker.do(tidying.received_long_ago) == frozenset()
    assert [each.draft.id for each in worker.do(unfinished).thrown_away] == [draft.id]
    assert [each.event.record_id for each in worker.events()] == [note]
    town.clock.set(right)
    town.clock.forward(timedelta(days=40).total_seconds())  # they have truly passed
    worker.do(tidying.tidy)
    assert worker.do(unfinished).thrown_away == ()
    assert worker.events() == []


def test_a_held_file_stays_until_the_hold_ends(town: Town, worker: VaultedLaptop) -> None:
    family_id, other = worker.families()
    council_id = town.council.council.id
    at = moment_text(town.clock.now())
    for each, until in ((family_id, FOR_GOOD), (other, "2026-11-24")):
        held = partial(holds.place, family_id=each, reason_code="court_order", until=until, at=at)
        town.council.do(partial(held, council_id=council_id))
        close(town, each)
    worker.round()
    worker.release()
    assert is_here(worker, family_id)
    assert is_here(worker, other)
    assert worker.families() == ()
    town.clock.forward(timedelta(days=2).total_seconds())
    worker.round()
    worker.release()
    assert (is_here(worker, family_id), is_here(worker, other)) == (True, False)
    town.council.do(lambda c: holds.lift(c, council_id, family_id))
    worker.round()
    worker.release()
    assert not is_here(worker, family_id)
    worker.send_receipts()
    assert [each.receipt.families[0].reason for each in receipts(town, worker)] == ["closed", "closed"]


def test_a_file_that_waited_asks_once_more_before_it_leaves_as_the_council_may_have_been_restored_meanwhile(
    town: Town, worker: VaultedLaptop
) -> None:
    family_id, _ = worker.families()
    council_id, at = town.council.council.id, moment_text(town.clock.now())
    held = partial(holds.place, family_id=family_id, reason_code="court_order", until="2026-11-24", at=at)
    town.council.do(partial(held, council_id=council_id))
    saved = town.council.backup()
    worker.note("After the backup.", family_id)
    worker.round()
    close(town, family_id)
    worker.round()
    worker.ledger.heard(moment_text(town.clock.now()))
    worker.release()
    assert is_here(worker, family_id)
    town.council.restore(saved)
    town.clock.forward(timedelta(days=2).total_seconds())
    close(town, family_id)
    for _ in range(2):
        worker.ledger.heard(worker.round().at)
        worker.release()
    assert not is_here(worker, family_id)
    lines = town.council.do(lambda c: [bytes(each).decode() for each in c.scalars(select(holding.c.line))])
    lines += town.council.do(lambda c: [bytes(each).decode() for each in c.scalars(select(event.c.line))])
    assert ["After the backup." in each for each in lines].count(True) == 1


@EVERY
def test_story_14_a_release_touches_nothing_else(town: Town, worker: VaultedLaptop, exchange: Exchange) -> None:
    family_id, other = worker.families()
    unsent = worker.note("Waits.", other)
    begun = worker.do(notes.start_note, other, text="Begun.")
    before = (worker.do(status_counts), worker.do(not_taken), of_file(worker, other), tasks(worker, other))
    close(town, family_id)
    with town.network.offline():
        assert worker.try_round()
    worker.ledger.apply(released(worker, family_id))
    worker.release()
    assert not is_here(worker, family_id)
    assert before == (worker.do(status_counts), worker.do(not_taken), of_file(worker, other), tasks(worker, other))
    assert worker.find(unsent) is not None
    assert worker.read(drafts.get, begun.id) is not None
    exchange(town, worker)
    worker.release()
    assert not is_here(worker, family_id)
    assert worker.record(unsent).seq > 0
    assert worker.read(drafts.get, begun.id) is not None
    assert tasks(worker, other) == before[3]


@EVERY
def test_story_17_five_hundred_records_leave_in_pieces_between_which_a_save_goes(
    town: Town, worker: VaultedLaptop, exchange: Exchange
) -> None:
    family_id, other = worker.families()
    worker.do(five_hundred, family_id)
    worker.round()
    close(town, family_id)
    exchange(town, worker)
    step = worker.vault.do(lambda tx: release.step(tx.connection, "2026-11-23", "2026-11-23")).result()
    assert step.is_more
    left = len(worker.read(records.ids_of_family, family_id))
    assert left > 400
    saved = worker.note("Saved while the file leaves.", other)
    with pytest.raises(SfError, match="family_gone"):
        worker.note("Too late.", family_id)
    worker.release()
    assert not is_here(worker, family_id)
    assert worker.find(saved) is not None
    exchange(town, worker)
    assert worker.record(saved).seq > 0
    worker.send_receipts()
    assert [each.receipt.families[0].family_id for each in receipts(town, worker)] == [family_id]


def five_hundred(office: Office, family_id: str) -> None:
    """Write so many notes at once, as a long piece of work leaves them."""
    for number in range(520):
        note = {"type": "note", "happened_at": moment_text(office.clock.now()), "text": f"Note {number}."}
        writing.create(office, "note", family_id, note)


def test_a_file_that_comes_back_while_it_leaves_is_whole_again(town: Town, worker: VaultedLaptop) -> None:
    family_id = worker.families()[0]
    for number in range(120):
        worker.note(f"Note {number}.", family_id)
    worker.round()
    whole = worker.held()
    town.council.allocate(family_id, "colleague")
    worker.round()
    worker.vault.do(lambda tx: release.step(tx.connection, "2026-11-23", "2026-11-23")).result()
    town.council.allocate(family_id, "practitioner")
    worker.round()
    worker.release()
    assert family_id in worker.families()
    assert whole.keys() <= worker.held().keys()


def test_writing_the_vault_anew_gives_way_to_a_save(worker: VaultedLaptop) -> None:
    asked: list[object] = []

    def ask(_part: float) -> None:
        asked.append(worker.vault.do(lambda tx: tx.connection.execute("DELETE FROM place")))

    with pytest.raises(SfError, match="stopped"):
        worker.vault.rotate_key(gives_way=True, on_progress=ask, tell_every_s=0.0).result()
    assert len(asked) == 1
    before = worker.built.unlock().dek
    assert worker.vault.rotate_key(gives_way=False, on_progress=ask, tell_every_s=0.0).result() > 1
    assert worker.built.unlock().dek != before
    assert worker.note("And it goes on.")


def test_a_release_that_was_cut_off_goes_on_after_the_next_unlocking(town: Town, worker: VaultedLaptop) -> None:
    family_id = worker.families()[0]
    close(town, family_id)
    worker.round()
    while worker.vault.do(lambda tx: release.step(tx.connection, "2026-11-23", "2026-11-23")).result().is_more:
        pass
    assert worker.read(release.is_due)
    worker.reopen()
    worker.release()
    assert not worker.read(release.is_due)
    worker.send_receipts()
    assert len(receipts(town, worker)) == 1


def close(town: Town, family_id: str) -> None:
    council_id = town.council.council.id
    town.council.do(lambda c: stream.close(c, council_id, family_id, town.clock.now(), by=council_id))


def wires(laptop: VaultedLaptop, family_id: str) -> bytes:
    rows = laptop.read(
        lambda c: c.execute(
            "SELECT wire FROM record JOIN paper ON paper.id = record.paper WHERE family_id = ?", (family_id,)
        ).fetchall()
    )
    return "".join(each[0] for each in rows).encode()


def hits(connection: object, word: str) -> tuple[int, int]:
    execute = connection.execute  # type: ignore[attr-defined]
    (terms,) = execute("SELECT count(*) FROM record_term WHERE term = ?", (word,)).fetchone()
    (names,) = execute("SELECT count(*) FROM name_fts WHERE name_fts MATCH ?", (f'"{word}"',)).fetchone()
    return terms, names


def of_file(laptop: VaultedLaptop, family_id: str) -> object:
    ids = sorted(laptop.read(records.ids_of_family, family_id))
    ledger = laptop.read(lambda c: entries.chosen(c, entries.numbers(c)))
    return [laptop.record(each) for each in ids], ledger, laptop.read(drafts.current, family_id)


def tasks(laptop: VaultedLaptop, family_id: str) -> object:
    view = laptop.do(today)
    return [each for each in view.due if each.family_id == family_id]


def released(laptop: VaultedLaptop, family_id: str) -> RoundAnswer:
    return RoundAnswer(at=moment_text(laptop.clock.now()), released=(Released(family_id=family_id, reason="closed"),))


def test_nothing_is_begun_in_a_file_that_is_being_destroyed(town: Town, worker: VaultedLaptop) -> None:
    family_id, other = worker.families()
    close(town, family_id)
    worker.round()
    at = moment_text(town.clock.now())
    step = worker.vault.do(lambda tx: release.step(tx.connection, at, at[:10])).result()
    assert step.is_more, "a piece is gone, and somebody comes between two pieces"
    with pytest.raises(SfError) as refused:
        worker.do(notes.start_note, family_id, text="Would be destroyed with the file.")
    assert refused.value.code == "family_gone"
    with pytest.raises(SfError):
        worker.vault.do(lambda tx: attachments.hold(tx, worker.new_id(), family_id, None, b"Scan.", {}, at)).result()
    assert worker.do(notes.start_note, other, text="Begun.").id
    assert not list(worker.built.home.attachments.iterdir())


def test_a_recovery_slot_that_was_made_anew_on_the_way_to_the_council_is_sent_too(
    town: Town, worker: VaultedLaptop
) -> None:
    first, second = worker.families()
    for family_id in (first, second):
        close(town, family_id)
        worker.round()
        if family_id == first:
            worker.release()
    sent: list[bytes] = []

    class Slow:
        """A council that takes so long to take a slot that another family file leaves meanwhile."""

        def tell_wiped(self, receipt: Signed) -> None:
            worker.session.tell_wiped(receipt)

        def keep_recovery_slot(self, slot: bytes) -> None:
            sent.append(slot)
            if len(sent) == 1:
                worker.release()

    def errand() -> None:
        send_receipts(worker.vault, Slow(), lambda: moment_text(town.clock.now()))

    errand()
    errand()
    assert len(sent) == 2
    assert sent[-1] == worker.built.home.recovery_slot.read_bytes() != sent[0]
    errand()
    assert len(sent) == 2
