"""Attachments from the worker's hand to the supervisor's eye: online, offline at first, and cut anywhere on the way."""

from __future__ import annotations

import hashlib
import os
import queue
import random
import shutil
from base64 import b64decode
from pathlib import Path

import pytest

from sf_council.cli import main
from sf_council.contents import Address, folder_of
from sf_desktop.ops import writing
from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import AttachmentView, Signed, Target
from sf_desktop.ops.attaching.intake import take
from sf_desktop.ops.drafts import finishing
from sf_desktop.ops.families.families import family_ids
from sf_desktop.ops.firstrun.joining import Joining, Place
from sf_desktop.ops.records import mending, notes
from sf_desktop.ops.sending import ledger
from sf_desktop.ops.sending.status import status_counts
from sf_desktop.session import Session, read_opened
from sf_desktop.store.keys.derivation import FLOOR
from sf_desktop.store.rounds import inbox
from sf_desktop.store.rounds.attachment_ledger import VaultBlobs
from sf_desktop.store.sealed.outbox import SealedOutbox
from sf_desktop.store.tables import attachments as contents
from sf_desktop.store.tables import families, outbox
from sf_desktop.store.tables.attachments import State
from sf_desktop.sync.blobs import Carrier
from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.scheduler import Listener, Wire
from sf_record.dates import moment_text
from sf_record.errors import SfError
from sf_record.outcomes import Outcome, Result
from sf_record.wire.rounds import RoundAnswer
from sf_record.wire.tray import Decide
from tests.builders.laptops import QUICK, Laptop
from tests.builders.pictures import png
from tests.builders.towns import Town
from tests.fakes.council import PASSWORD
from tests.fakes.keyring import MemoryKeyring
from tests.together.test_stories import HEARD, lead
from tests.together.weathers import EVERY, Exchange, cut_down, cut_up, offline


def carry(laptop: Laptop) -> str:
    """Carry contents until nothing is left; return the code of what went wrong, or nothing."""
    carrier = Carrier(VaultBlobs(laptop.vault, laptop.clock), laptop.session)
    carrier.begin()
    try:
        while carrier.step():
            pass
    except AnswerError as error:
        return error.code
    return ""


def carry_in(town: Town, laptop: Laptop, exchange: Exchange) -> None:
    """Carry contents in the weather of the story, then once more where it has cleared."""
    if exchange is offline:
        with town.network.offline():
            assert carry(laptop) == "council_away"
        laptop.connect()
    elif exchange is cut_up:
        with town.network.cut(up=700_000):
            carry(laptop)
    elif exchange is cut_down:
        with town.network.cut(down=60):
            carry(laptop)
    assert carry(laptop) == ""


def photograph(seed: int, side: int = 300) -> bytes:
    return png(side, side, seed)


def signed_note_with(laptop: Laptop, *pictures: bytes) -> str:
    """Write and sign a note with these pictures, and return its record's id."""
    draft = laptop.do(notes.start_note, laptop.families()[0], text="Pretend words.")
    for number, picture in enumerate(pictures):
        laptop.do(attachments.attach, Target(draft.family_id, draft.id), take(picture, f"IMG_{number}.png"))
    return laptop.do(notes.sign_note, draft.id).record_id


def views(laptop: Laptop, record_id: str) -> tuple[AttachmentView, ...]:
    return laptop.do(attachments.of_record, laptop.record(record_id).family_id, record_id)


@EVERY
def test_story_13_signatures_and_photographs_in_quick_succession(town: Town, exchange: Exchange) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    pictures = [photograph(seed) for seed in range(4)]
    drawings = [photograph(seed, 60) for seed in (8, 9)]
    draft = worker.do(notes.start_note, worker.families()[0], text="Pretend words.")
    target = Target(draft.family_id, draft.id)
    for drawing in drawings:
        worker.do(attachments.sign, target, Signed("A. Pretend", "the plan", "drawn", drawing=drawing))
    for number, picture in enumerate(pictures):
        worker.do(attachments.attach, target, take(picture, f"IMG_{number}.png"))
    record_id = worker.do(notes.sign_note, draft.id).record_id
    exchange(town, worker)
    carry_in(town, worker, exchange)
    assert {each.state for each in views(worker, record_id)} == {State.WITH_COUNCIL}
    supervisor.round()
    arrived = views(supervisor, record_id)
    assert len(arrived) == 6
    for each in arrived:
        supervisor.do(attachments.want, each.id)
    carry_in(town, supervisor, exchange)
    opened = {hashlib.sha256(supervisor.do(attachments.glimpse, each.id).content).hexdigest() for each in arrived}
    assert opened == {hashlib.sha256(each).hexdigest() for each in (*pictures, *drawings)}
    assert opened == {str(each.body["sha256"]) for each in arrived}


@EVERY
def test_never_all_sent_while_a_content_waits(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    signed_note_with(worker, photograph(1))
    exchange(town, worker)
    assert not worker.waiting(), "every event has its receipt"
    for wire in (Wire(heard_at=HEARD), Wire(is_busy=True, heard_at=HEARD)):
        assert "Everything" not in lead(worker, wire)
    assert worker.counts().files_waiting == 1
    told = worker.do(ledger.ledger_rows, worker.do(ledger.ledger_numbers))
    assert [each.file_share for each in told if each.kind == "attachment"] == [0]
    assert not worker.counts().is_all_with_council
    carry_in(town, worker, exchange)
    assert lead(worker) == "Everything is with the council."


def test_a_cut_at_any_place_resumes_and_arrives_once(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    picture = photograph(3, 1_100)
    record_id = signed_note_with(worker, picture)
    worker.round()
    dice = random.Random(4)
    size = len(picture)
    with town.network.counted() as traffic:
        for _ in range(12):
            with town.network.cut(up=dice.randrange(200, size)):
                carry(worker)
        assert carry(worker) == ""
    assert traffic.up < 14 * size
    supervisor.round()
    (view,) = views(supervisor, record_id)
    supervisor.do(attachments.want, view.id)
    for _ in range(12):
        with town.network.cut(down=dice.randrange(200, size)):
            carry(supervisor)
    assert carry(supervisor) == ""
    assert supervisor.do(attachments.glimpse, view.id).content == picture


def test_a_content_that_was_cut_goes_on_and_does_not_begin_again(town: Town) -> None:
    worker = town.loaded("practitioner")
    picture = photograph(3, 1_100)
    signed_note_with(worker, picture)
    worker.round()
    with town.network.cut(up=2_000_000):
        assert carry(worker) == "council_away"
    with town.network.counted() as traffic:
        assert carry(worker) == ""
    assert traffic.up < len(picture) - 1_000_000


def test_work_on_a_file_that_moved_brings_its_photographs(town: Town) -> None:
    worker = town.loaded("practitioner")
    family_id = worker.families()[0]
    town.council.allocate(family_id, "colleague")
    signed_note_with(worker, photograph(5))
    worker.round()
    worker.round()
    held = worker.read(families.standing, family_id)
    assert held is not None, "it stays until the council has the photograph too"
    assert worker.read(contents.waiting, family_id)
    assert carry(worker) == ""
    assert not worker.read(contents.waiting, family_id)


def test_a_photograph_of_work_that_was_returned_still_comes_to_the_council_and_stays_there(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    town.council.allocate(worker.families()[0], "colleague")
    picture = photograph(5)
    signed_note_with(worker, picture)
    worker.round()
    for chain in supervisor.session.holding():
        supervisor.session.decide(chain.event_id, Decide(is_accepted=False, comment="Another family's."))
    worker.round()
    assert carry(worker) == ""
    assert worker.counts().files_waiting == 0
    where = ("--database", town.council.settings.database, "--data", str(town.council.settings.data))
    a_month_passes(town)
    assert main(["attachments", "tidy", *where]) == 0
    assert "0 contents that no record names" in capsys.readouterr().out
    kept = town.council.council.contents
    (at, _) = next(iter(kept.addresses(town.council.council.id)))
    assert kept.read(at, 0, len(picture)) == picture


def test_a_note_that_was_returned_and_is_written_again_has_its_photograph_with_it(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    family_id = worker.families()[0]
    town.council.allocate(family_id, "colleague")
    signed_note_with(worker, photograph(6))
    worker.round()
    town.council.allocate(family_id, "practitioner")
    for chain in supervisor.session.holding():
        decide = Decide(is_accepted=chain.kind != "note", comment="Say who was there.")
        supervisor.session.decide(chain.event_id, decide)
    worker.round()
    (row,) = worker.do(mending.not_taken)
    draft = worker.do(mending.write_again, row.event_id)
    worker.do(notes.sign_note, draft.id)
    worker.round()
    supervisor.round()
    assert supervisor.record(draft.id).signed is not None
    assert [len(views(each, draft.id)) for each in (worker, supervisor)] == [1, 1]


def test_a_council_restored_from_yesterday_receives_the_content_again(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    saved = town.council.backup()
    picture = photograph(6)
    record_id = signed_note_with(worker, picture)
    worker.round()
    carry(worker)
    town.council.restore(saved)
    for each, _ in list(town.council.council.contents.addresses(town.council.council.id)):
        town.council.council.contents.delete(each)
    worker.round()
    worker.round()
    assert carry(worker) == ""
    supervisor.round()
    (view,) = views(supervisor, record_id)
    supervisor.do(attachments.want, view.id)
    carry(supervisor)
    assert supervisor.do(attachments.glimpse, view.id).content == picture


def test_fetching_stops_when_asked_and_goes_on_later(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    picture = photograph(7, 800)
    record_id = signed_note_with(worker, picture)
    worker.round()
    carry(worker)
    supervisor.round()
    (view,) = views(supervisor, record_id)
    supervisor.do(attachments.want, view.id)
    with town.network.cut(down=900_000):
        carry(supervisor)
    supervisor.do(attachments.want_no_more, view.id)
    assert carry(supervisor) == ""
    with pytest.raises(SfError, match="attachment_elsewhere"):
        supervisor.do(attachments.glimpse, view.id)
    supervisor.do(attachments.want, view.id)
    with town.network.counted() as traffic:
        carry(supervisor)
    assert traffic.down < len(picture)
    assert supervisor.do(attachments.glimpse, view.id).content == picture


def test_a_forged_content_is_never_shown(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    record_id = signed_note_with(worker, photograph(8))
    worker.round()
    carry(worker)
    (file,) = [each for each in (town.council.settings.data / "attachments").rglob("*") if each.is_file()]
    file.write_bytes(photograph(9)[: file.stat().st_size].ljust(file.stat().st_size, b"x"))
    supervisor.round()
    (view,) = views(supervisor, record_id)
    supervisor.do(attachments.want, view.id)
    carry(supervisor)
    assert supervisor.do(attachments.one, view.id).code == "attachment_differs"
    with pytest.raises(SfError, match="attachment_elsewhere"):
        supervisor.do(attachments.glimpse, view.id)


def test_a_refused_record_keeps_its_content_here(town: Town) -> None:
    worker = town.loaded("practitioner")
    record_id = signed_note_with(worker, photograph(10))
    (view,) = views(worker, record_id)
    worker.do(writing.enter_in_error, view.id, "Not this family.")
    worker.round()
    assert carry(worker) == "", "marked in error it is still the council's to keep"
    assert views(worker, record_id)[0].is_in_error


def test_a_refused_photograph_that_is_written_again_brings_its_content(town: Town) -> None:
    worker = town.loaded("practitioner")
    record_id = signed_note_with(worker, photograph(11))
    (view,) = views(worker, record_id)
    event_id = worker.read(outbox.latest_of, view.id)
    assert event_id is not None
    said = Outcome(event_id=event_id, result=Result.REFUSED, code="not_author")
    worker.read(inbox.apply, RoundAnswer(at=moment_text(town.clock.now()), outcomes=(said,)))
    draft = worker.do(mending.write_again, event_id)
    worker.do(finishing.finish, draft.id, sign=False)
    worker.round()
    assert carry(worker) == ""
    assert worker.counts().files_waiting == 0, "another record names it now"


def test_a_signature_on_paper_has_no_content_and_needs_none(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    draft = worker.do(notes.start_note, worker.families()[0], text="Pretend words.")
    target = Target(draft.family_id, draft.id)
    worker.do(attachments.sign, target, Signed("A. Pretend", "the plan", "spoken", witness="P. Example"))
    with pytest.raises(SfError, match="mend_form"):
        worker.do(attachments.sign, target, Signed("A. Pretend", "the plan", "spoken"))
    record_id = worker.do(notes.sign_note, draft.id).record_id
    worker.round()
    assert lead(worker) == "Everything is with the council."
    supervisor.round()
    (view,) = views(supervisor, record_id)
    assert (view.has_content, view.body["witness"]) == (False, "P. Example")


def test_what_was_taken_out_of_a_draft_is_never_sent(town: Town) -> None:
    worker = town.loaded("practitioner")
    draft = worker.do(notes.start_note, worker.families()[0], text="Pretend words.")
    target = Target(draft.family_id, draft.id)
    wrong = worker.do(attachments.attach, target, take(photograph(11), "wrong.png")).record_id
    kept = worker.do(attachments.attach, target, take(photograph(12), "right.png")).record_id
    worker.do(attachments.take_out, wrong)
    record_id = worker.do(notes.sign_note, draft.id).record_id
    worker.round()
    assert carry(worker) == ""
    assert [each.id for each in views(worker, record_id)] == [kept]
    assert len(list(worker.vault.attachments.iterdir())) == 1


def test_contents_of_a_wiped_laptop_are_handed_in_with_its_sealed_file(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    pictures = [photograph(seed) for seed in (21, 22)]
    record_id = signed_note_with(worker, *pictures)
    handed = tmp_path / "handed"
    handed.mkdir()
    outbox = SealedOutbox(handed / "sealed.outbox", b64decode(town.council.council.keys.sealing))
    outbox.append(worker.vault.sealed)
    outbox.close()
    (handed / "attachments").mkdir()
    where = ("--database", town.council.settings.database, "--data", str(town.council.settings.data))
    assert main(["import-sealed", str(handed / "sealed.outbox"), "--check", *where]) == 1
    assert "2  content of an attachment, whose file does not lie" in capsys.readouterr().out
    shutil.copytree(worker.vault.attachments, handed / "attachments", dirs_exist_ok=True)
    assert main(["import-sealed", str(handed / "sealed.outbox"), *where]) == 0
    assert "2  content of an attachment, taken" in capsys.readouterr().out
    assert main(["import-sealed", str(handed / "sealed.outbox"), *where]) == 0
    assert "2  content of an attachment, known before" in capsys.readouterr().out
    supervisor.round()
    for each in views(supervisor, record_id):
        supervisor.do(attachments.want, each.id)
    assert carry(supervisor) == ""
    seen = {supervisor.do(attachments.glimpse, each.id).content for each in views(supervisor, record_id)}
    assert seen == set(pictures)


def a_month_passes(town: Town) -> None:
    """Let everything that the council keeps look as if nobody had touched it for longer than a tidying asks for."""
    for each in folder_of(town.council.settings).rglob("*"):
        long_ago = each.stat().st_mtime - 3_000_000
        os.utime(each, (long_ago, long_ago))


def test_what_no_record_names_is_tidied_away_after_a_while(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    worker = town.loaded("practitioner")
    signed_note_with(worker, photograph(31))
    worker.round()
    carry(worker)
    kept = town.council.council.contents
    (at, _) = next(iter(kept.addresses(town.council.council.id)))
    lost = Address(at.council_id, at.family_id, "0" * 64)
    kept.put(lost, 0, b"pretend")
    where = ("--database", town.council.settings.database, "--data", str(town.council.settings.data))
    assert main(["attachments", "show", *where]) == 0
    assert "1 contents, 1 on their way" in capsys.readouterr().out
    assert main(["attachments", "tidy", *where]) == 0
    assert kept.received(lost), "not before its days are over"
    a_month_passes(town)
    assert main(["attachments", "tidy", *where]) == 0
    assert "1 contents that no record names" in capsys.readouterr().out
    assert (kept.received(lost), kept.is_complete(at)) == (0, True)


def test_a_damaged_content_that_is_handed_in_is_named(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worker = town.loaded("practitioner")
    signed_note_with(worker, photograph(23))
    outbox = SealedOutbox(tmp_path / "sealed.outbox", b64decode(town.council.council.keys.sealing))
    outbox.append(worker.vault.sealed)
    outbox.close()
    shutil.copytree(worker.vault.attachments, tmp_path / "attachments")
    (file,) = (tmp_path / "attachments").iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    where = ("--database", town.council.settings.database, "--data", str(town.council.settings.data))
    assert main(["import-sealed", str(tmp_path / "sealed.outbox"), *where]) == 1
    assert "1  content of an attachment, damaged" in capsys.readouterr().out


def test_the_real_session_carries_a_photograph_after_its_round(town: Town, tmp_path: Path) -> None:
    """The real vault thread, session and wire: held, signed, sent with the round, carried behind it, and said so."""
    joining = Joining(Place(tmp_path / "vaults", MemoryKeyring().of, FLOOR), town.clock, patience=QUICK)
    joining.greet(town.network.address).result(30)
    joining.sign_in("practitioner", PASSWORD, town.council.code("practitioner")).result(30)
    joining.create("pretend kettle orbit lantern").result(30)
    joined = joining.load(lambda _: None).result(30)
    told: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()
    listener = Listener(on_changes=lambda changes: told.put(changes.ids))
    session = Session(read_opened(joined.vault), town.clock, listener)
    session.start()
    family_id = session.submit(family_ids).result(30)[0]
    draft = session.submit(lambda office: notes.start_note(office, family_id, text="Pretend words.")).result(30)
    target, picture = Target(family_id, draft.id), photograph(41)
    held = session.submit(attachments.attach, target, take(picture, "kitchen.png")).result(30)
    session.submit(notes.sign_note, draft.id).result(30)
    assert f"attachment:{sealed_file(session, held.record_id)}" in session.vault.sealed_ids().result(30)
    session.send_now()
    while session.submit(attachments.one, held.record_id).result(30).state is not State.WITH_COUNCIL:
        told.get(timeout=30)
    assert session.submit(status_counts).result(30).is_all_with_council
    assert session.submit(attachments.look, held.record_id).result(30).content == picture
    session.close()
    joining.close()
    kept = town.council.council.contents
    (at, _) = next(iter(kept.addresses(town.council.council.id)))
    assert kept.read(at, 0, len(picture)) == picture
    folder = joined.vault.home.attachments
    assert all(each.stat().st_mode & 0o077 == 0 for each in (folder, *folder.iterdir()))


def sealed_file(session: Session, id_: str) -> str:
    found = session.vault.read(lambda tx: contents.found(tx.connection, id_)).result(30)
    return found.file
