"""What was begun and never finished outlives a wiped laptop: it lies in the supervisor's tray, marked as unfinished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from sf_council.cli import main
from sf_council.database.laptop import laptops
from sf_desktop.ops import writing
from sf_desktop.ops.activities import registering
from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.attaching.attachments import Target
from sf_desktop.ops.attaching.intake import take
from sf_desktop.ops.bringing_in.new_file import keep_begun, new_file
from sf_desktop.ops.drafts import adding, drafting
from sf_desktop.ops.records import mending, notes
from sf_desktop.ops.visiting import visits
from sf_desktop.store.ending.wiping import a_farewell, begin_wipe, finish_wipe
from sf_desktop.store.lease.policy import farewell
from sf_desktop.store.tables import attachments as contents
from sf_desktop.store.tables import outbox, records
from sf_desktop.ui.holding.words import tray_views
from sf_record.configuration import Offered
from sf_record.dates import moment_text
from sf_record.events import Action
from sf_record.outcomes import Outcome, Result
from sf_record.wire.orders import BY_ORDER
from sf_record.wire.tray import Decide, TrayChain
from tests.builders.laptops import Laptop
from tests.builders.pictures import png
from tests.builders.towns import Town
from tests.builders.vaulted import VaultedLaptop, vaulted
from tests.together.test_stories import event_of, put

TEXT = "Pretend words, begun on a doorstep."
DAYS = ("2026-11-20", "2026-11-23")
Import = Callable[[VaultedLaptop], str]


@pytest.fixture
def hand_in(town: Town, capsys: pytest.CaptureFixture[str]) -> Import:
    def run(worker: VaultedLaptop) -> str:
        settings = town.council.settings
        where = ("--database", settings.database, "--data", str(settings.data))
        assert main(["import-sealed", str(worker.built.home.sealed_outbox), *where]) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def worker(town: Town) -> VaultedLaptop:
    """A laptop whose vault seals to its council what is begun."""
    worker = vaulted(town)
    worker.seal_to(town.council)
    return worker


def begin_note(worker: Laptop, text: str = TEXT) -> str:
    draft = worker.do(notes.start_note, worker.families()[0])
    worker.do(drafting.save, draft.id, {**draft.body, "text": text})
    return draft.id


def people_of(worker: VaultedLaptop, family_id: str, code: str) -> tuple[str, str]:
    """Two of a family, who have a place on an activity."""
    people = [each for each in worker.read(lambda c: records.of_kind(c, "person")) if each.family_id == family_id]
    one, other = sorted(each.id for each in people if not each.body.get("died_on"))[:2]
    for each in (one, other):
        worker.do(
            writing.create, "activity_place", family_id, {"activity": code, "person": each, "since": "2026-11-01"}
        )
    return one, other


def wipe(town: Town, worker: VaultedLaptop) -> None:
    """What an order does, in its order."""
    worker.vault.seal_drafts().result()
    word = farewell(b"k" * 32, worker.identity.device_id, 1, BY_ORDER)
    town.council.revoke(worker.identity.device_id)
    begin_wipe(worker.built.home, a_farewell(word, "https://example.gov.uk", town.clock.now()))
    assert worker.vault.close()
    assert finish_wipe(worker.built.home, worker.built.secrets)


def in_tray(town: Town) -> tuple[Laptop, tuple[TrayChain, ...]]:
    supervisor = town.loaded("supervisor")
    return supervisor, tuple(supervisor.session.holding())


def test_what_was_begun_and_never_saved_survives_a_wipe(town: Town, worker: VaultedLaptop, hand_in: Import) -> None:
    note, author_id = begin_note(worker), worker.identity.worker_id
    visit = worker.do(visits.start_visit, worker.families()[0])
    worker.do(drafting.save, visit.id, {**visit.body, "happened": "Pretend words about a visit."})
    wipe(town, worker)
    assert "2  begun and never finished, in the holding tray" in hand_in(worker)
    supervisor, chains = in_tray(town)
    assert {each.code for each in chains} == {"unfinished"}
    assert {each.record_id: each.kind for each in chains} == {note: "note", visit.id: "visit"}
    (written,) = (each for each in chains if each.record_id == note)
    assert supervisor.session.decide(written.event_id, Decide(is_accepted=True)).is_decided
    supervisor.round()
    record = supervisor.record(note)
    assert record.body["text"] == TEXT
    assert record.author_id == author_id
    assert record.signed is None
    said = hand_in(worker)
    assert "2  known before" in said
    assert TEXT not in said


def test_of_what_is_handed_in_while_it_is_written_the_newest_can_be_put_into_the_file(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    """Each copy was another event for the same record: the second stood in the way of the first, and both stayed."""
    draft = worker.do(notes.start_note, worker.families()[0])
    worker.do(drafting.save, draft.id, {**draft.body, "text": TEXT})
    worker.vault.seal_drafts().result()
    before = worker.built.home.sealed_drafts.read_bytes()
    assert "1  begun and never finished" in hand_in(worker)
    town.clock.forward(300.0)
    worker.do(drafting.save, draft.id, {**draft.body, "text": f"{TEXT} And more."})
    wipe(town, worker)
    newest = worker.built.home.sealed_drafts.read_bytes()
    assert "1  begun and never finished" in hand_in(worker)
    for again in (before, newest):
        worker.built.home.sealed_drafts.write_bytes(again)
        assert "1  known before" in hand_in(worker)
    supervisor, (chain,) = in_tray(town)
    assert supervisor.session.decide(chain.event_id, Decide(is_accepted=True)).is_decided
    supervisor.round()
    assert supervisor.record(draft.id).body["text"] == f"{TEXT} And more."
    assert "1  known before" in hand_in(worker)


def test_what_says_more_than_the_copy_that_was_put_into_the_file_is_not_left_out(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    """It was "finished since", with a sentence in it that stood nowhere else."""
    draft = worker.do(notes.start_note, worker.families()[0])
    worker.do(drafting.save, draft.id, {**draft.body, "text": TEXT})
    worker.vault.seal_drafts().result()
    hand_in(worker)
    supervisor, (chain,) = in_tray(town)
    assert supervisor.do(tray_views, (chain,))[0].why.endswith("It stands in no file until you decide.")
    assert supervisor.session.decide(chain.event_id, Decide(is_accepted=True)).is_decided
    town.clock.forward(300.0)
    worker.do(drafting.save, draft.id, {**draft.body, "text": f"{TEXT} And more."})
    wipe(town, worker)
    assert "1  begun and never finished, in the holding tray" in hand_in(worker)
    supervisor.round()
    (chain,) = supervisor.session.holding()
    assert chain.events[0].fields["text"] == f"{TEXT} And more."
    assert "An earlier copy of it stands in the family file" in supervisor.do(tray_views, (chain,))[0].why
    assert not supervisor.session.decide(chain.event_id, Decide(is_accepted=True)).is_decided
    supervisor.session.decide(chain.event_id, Decide(is_accepted=False, comment="Please bring the two together."))
    again = town.loaded("practitioner")
    (row,) = again.do(mending.not_taken)
    assert again.do(mending.write_again, row.event_id).body["text"] == f"{TEXT} And more."


def test_what_its_author_wrote_otherwise_as_they_finished_it_is_left_out(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    draft = worker.do(notes.start_note, worker.families()[0])
    worker.do(drafting.save, draft.id, {**draft.body, "text": f"{TEXT} Not so."})
    worker.vault.seal_drafts().result()
    before = worker.built.home.sealed_drafts.read_bytes()
    town.clock.forward(300.0)
    worker.do(drafting.save, draft.id, {**draft.body, "text": TEXT})
    worker.do(notes.sign_note, draft.id)
    wipe(town, worker)
    worker.built.home.sealed_drafts.write_bytes(before)
    assert "1  begun, and finished since" in hand_in(worker)


def test_of_changes_that_were_refused_one_after_the_other_each_can_be_read(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    """The second was called a newer copy of the first, which then lay nowhere."""
    record_id = worker.note("Pretend words.")
    worker.round()
    for name, value in (("text", TEXT), ("happened_at", "2026-01-02")):
        change = {"action": Action.CHANGE, "record_id": record_id, "fields": {name: value}}
        put(worker, event_of(worker, worker.families()[0], **change))
        sent = worker.waiting()[-1]
        worker.do(lambda office, sent=sent: outbox.answered(office.connection, refused(sent), office.now()))
        worker.vault.seal_drafts().result()
        hand_in(worker)
        town.clock.forward(60.0)
    _, (chain,) = in_tray(town)
    assert [dict(each.fields) for each in chain.events] == [{"text": TEXT}, {"happened_at": "2026-01-02"}]


def test_its_author_gets_it_back_on_their_next_laptop_and_goes_on_writing(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    begin_note(worker)
    wipe(town, worker)
    hand_in(worker)
    again = town.loaded("practitioner")
    supervisor, (chain,) = in_tray(town)
    supervisor.session.decide(chain.event_id, Decide(is_accepted=False, comment="Please finish this."))
    again.round()
    (row,) = again.do(mending.not_taken)
    assert row.code == "returned"
    assert row.decided is not None
    assert row.decided.comment == "Please finish this."
    draft = again.do(mending.write_again, row.event_id)
    assert draft.body["text"] == TEXT
    again.do(notes.sign_note, draft.id)
    again.round()
    assert again.counts().needs_you == 0
    assert not again.waiting()


def test_what_came_back_reaches_a_laptop_that_was_enrolled_only_afterwards(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    begin_note(worker)
    wipe(town, worker)
    hand_in(worker)
    supervisor, (chain,) = in_tray(town)
    supervisor.session.decide(chain.event_id, Decide(is_accepted=False, comment="Please finish this."))
    again = town.loaded("practitioner")
    (row,) = again.do(mending.not_taken)
    assert row.code == "returned"
    assert row.decided is not None
    assert row.decided.comment == "Please finish this."
    again.round()
    assert len(again.do(mending.not_taken)) == 1  # told once
    town.clock.forward(timedelta(minutes=2).total_seconds())
    again.round()
    town.council.revoke(again.identity.device_id)  # lost in its turn, before anything was done about it
    third = town.loaded("practitioner")
    (row,) = third.do(mending.not_taken)
    draft = third.do(mending.write_again, row.event_id)
    assert draft.body["text"] == TEXT
    third.do(notes.sign_note, draft.id)
    third.round()
    assert not third.waiting()


def test_what_a_laptop_was_told_long_ago_is_not_said_again_on_the_next(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    begin_note(worker)
    wipe(town, worker)
    hand_in(worker)
    again = town.loaded("practitioner")
    supervisor, (chain,) = in_tray(town)
    supervisor.session.decide(chain.event_id, Decide(is_accepted=False, comment="Not needed."))
    town.clock.forward(timedelta(minutes=2).total_seconds())
    again.round()
    (row,) = again.do(mending.not_taken)
    again.do(mending.give_up, row.event_id, "Pretend reason")
    again.round()
    town.clock.forward(timedelta(days=40).total_seconds())
    town.council.revoke(again.identity.device_id)
    assert town.loaded("practitioner").do(mending.not_taken) == ()


def test_what_a_program_too_old_to_be_told_was_not_told_is_said_on_the_next_laptop(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    begin_note(worker)
    wipe(town, worker)
    hand_in(worker)
    again = town.loaded("practitioner")
    supervisor, (chain,) = in_tray(town)
    supervisor.session.decide(chain.event_id, Decide(is_accepted=False, comment="Please finish this."))
    council_id, device_id = town.council.council.id, again.identity.device_id
    town.clock.forward(timedelta(minutes=2).total_seconds())
    at = moment_text(town.clock.now())
    town.council.do(lambda c: laptops.heard_of_old(c, council_id, device_id, at))  # it was here, and heard nothing
    town.clock.forward(timedelta(days=40).total_seconds())
    town.council.revoke(device_id)
    (row,) = town.loaded("practitioner").do(mending.not_taken)
    assert row.code == "returned"


def test_what_the_council_refused_and_nobody_has_mended_survives_too(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    """It is no news to the council, which has refused it: handed in with the rest it would lie there unread."""
    written = {"type": "note", "text": TEXT, "happened_at": "never"}
    put(worker, event_of(worker, worker.families()[0], fields=written))
    mended = worker.note("Pretend words, refused and written again.")
    (second,) = worker.waiting()[1:]
    worker.round()
    worker.do(lambda office: outbox.answered(office.connection, refused(second), office.now()))
    worker.do(notes.sign_note, worker.do(mending.write_again, second).id)
    worker.round()
    wipe(town, worker)
    assert "1  begun and never finished, in the holding tray" in hand_in(worker)
    supervisor, (chain,) = in_tray(town)
    assert chain.record_id != mended
    assert chain.events[0].fields["text"] == TEXT
    supervisor.session.decide(chain.event_id, Decide(is_accepted=False, comment="When was it?"))
    again = town.loaded("practitioner")
    (row,) = again.do(mending.not_taken)
    assert again.do(mending.write_again, row.event_id).body["text"] == TEXT


def refused(event_id: str) -> Outcome:
    return Outcome(event_id=event_id, result=Result.REFUSED, code="agreement_missing")


def test_an_amendment_being_typed_survives_too(town: Town, worker: VaultedLaptop, hand_in: Import) -> None:
    record_id = worker.do(notes.sign_note, begin_note(worker)).record_id
    worker.round()
    worker.do(
        adding.keep, worker.do(lambda office: office.new_id()), adding.AMENDMENT, record_id, "Pretend words to be ad"
    )
    wipe(town, worker)
    assert "1  begun and never finished, in the holding tray" in hand_in(worker)
    supervisor, (chain,) = in_tray(town)
    assert chain.events[0].text == "Pretend words to be ad"
    assert supervisor.session.decide(chain.event_id, Decide(is_accepted=True)).is_decided
    supervisor.round()
    assert [each.text for each in supervisor.record(record_id).amendments] == ["Pretend words to be ad"]


def test_a_photograph_held_with_it_comes_too(town: Town, worker: VaultedLaptop, hand_in: Import) -> None:
    draft_id = begin_note(worker)
    target = Target(worker.families()[0], draft_id)
    held = worker.do(attachments.attach, target, take(png(seed=7), "doorstep.png")).record_id
    dropped = worker.do(attachments.attach, target, take(png(seed=8), "wrong.png")).record_id
    worker.do(attachments.take_out, dropped)
    wipe(town, worker)
    said = hand_in(worker)
    assert "2  begun and never finished, in the holding tray" in said
    assert "1  content of an attachment, taken" in said
    supervisor, chains = in_tray(town)
    for each in sorted(chains, key=lambda one: one.kind, reverse=True):
        assert supervisor.session.decide(each.event_id, Decide(is_accepted=True)).is_decided
    supervisor.round()
    assert supervisor.record(held).body["about_record"] == draft_id
    assert supervisor.find(dropped) is None


def test_what_was_finished_or_thrown_away_is_not_handed_in_as_unfinished(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    finished, thrown = begin_note(worker), begin_note(worker, "Thrown away.")
    copy = worker.built.home.folder.parent / "copy.drafts"
    worker.vault.seal_drafts().result()
    copy.write_bytes(worker.built.home.sealed_drafts.read_bytes())
    worker.do(notes.sign_note, finished)
    worker.do(drafting.discard, thrown)
    wipe(town, worker)
    assert not worker.built.home.sealed_drafts.exists()
    worker.built.home.sealed_drafts.write_bytes(copy.read_bytes())  # a copy of the disk from before
    said = hand_in(worker)
    assert "1  taken" in said
    assert "1  begun, and finished since" in said


def test_a_photograph_goes_with_the_draft_that_was_thrown_away(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    thrown = begin_note(worker, "Thrown away.")
    family_id = worker.families()[0]
    held = worker.do(attachments.attach, Target(family_id, thrown), take(png(seed=7), "doorstep.png")).record_id
    worker.do(drafting.discard, thrown)
    assert not worker.vault.read(lambda tx: contents.waiting(tx.connection, family_id)).result()
    begin_note(worker)
    wipe(town, worker)
    assert "1  begun and never finished, in the holding tray" in hand_in(worker)
    _, chains = in_tray(town)
    assert held not in {each.record_id for each in chains}


def test_a_family_file_that_moved_meanwhile_is_no_reason_to_lose_it(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    begin_note(worker)
    family_id = worker.families()[0]
    wipe(town, worker)
    town.clock.set(datetime(2026, 1, 5, 9, 0, tzinfo=UTC))  # commands go by the computer's own clock
    town.council.allocate(family_id, "colleague")
    assert "1  begun and never finished, in the holding tray" in hand_in(worker)


def test_what_stood_in_the_form_of_a_new_family_file_survives_too(town: Town, hand_in: Import) -> None:
    """It was in no sealed file: there is no family file into which it could be put."""
    boss = vaulted(town, "supervisor")
    boss.seal_to(town.council)
    new = boss.do(new_file)
    family = {"name": "Pretend family Sandpiper", "address": "1 Pretend Lane"}
    person = {"role": "parent", "given_name": "Pretend Robin", "born_on": "1990-05-04", "lives_here": True}
    allocation = {"worker": new.team[0].id, "began_on": "2026-11-23"}
    boss.do(keep_begun, new.family_id, {"family": family, "person": person, "allocation": allocation})
    boss.vault.seal_drafts().result()
    before = boss.built.home.sealed_drafts.read_bytes()
    boss.do(keep_begun, new.family_id, {"family": {**family, "postcode": "ZZ1 1AA"}, "person": person})
    town.clock.forward(60.0)
    wipe(town, boss)
    newest = boss.built.home.sealed_drafts.read_bytes()
    for copy in (before, newest):
        boss.built.home.sealed_drafts.write_bytes(copy)
        assert "1  begun and never finished, in the holding tray" in hand_in(boss)
    again, (chain,) = in_tray(town)
    (view,) = again.do(tray_views, (chain,))
    assert (view.title, view.family) == ("New family file begun and not finished", "A family file that was not opened")
    said = "\n".join(line.text for line in view.lines)
    for each in ("Pretend family Sandpiper", "1 Pretend Lane", "ZZ1 1AA", "Pretend Robin", "1990-05-04", "Yes"):
        assert each in said
    assert not view.has_file
    assert "No family file was opened" in view.why
    assert not again.session.decide(chain.event_id, Decide(is_accepted=True)).is_decided
    assert again.session.decide(chain.event_id, Decide(is_accepted=False, comment="Open it anew.")).is_decided
    again.round()
    (row,) = again.do(mending.not_taken)
    assert "Pretend Robin" in again.do(mending.text_of, row.event_id)
    again.do(mending.give_up, row.event_id, "Opened by hand")
    assert again.counts().needs_you == 0


def registers_once_accepted(town: Town, code: str) -> dict[str, dict[str, bool | None]]:
    """Return who came on each day once the supervisor has taken all that lies in the tray: day to person to mark."""
    supervisor, chains = in_tray(town)
    for chain in chains:
        assert supervisor.session.decide(chain.event_id, Decide(is_accepted=True)).is_decided
    supervisor.round()
    return {
        day: {row.person_id: row.came for row in supervisor.do(registering.register, code, day).rows} for day in DAYS
    }


def test_marks_of_a_register_that_were_never_saved_come_too(town: Town, worker: VaultedLaptop, hand_in: Import) -> None:
    """Of the day's first register, and over one that stands already."""
    family_id, code = worker.families()[0], "play"
    town.council.configure(activities=(Offered(code=code, label="Pretend stay and play"),))
    worker.round()
    one, other = people_of(worker, family_id, code)
    worker.do(registering.keep_register, code, "2026-11-23", {one: True})
    worker.round()
    registers = {f"{code}|2026-11-20": {one: False, other: None}, f"{code}|2026-11-23": {other: True}}
    worker.do(registering.keep_unsaved, registers)
    wipe(town, worker)
    assert "2  begun and never finished, in the holding tray" in hand_in(worker)
    kept = registers_once_accepted(town, code)
    assert [(kept[day][one], kept[day][other]) for day in DAYS] == [(False, None), (True, True)]


def test_marks_that_were_taken_away_and_never_saved_are_taken_away(
    town: Town, worker: VaultedLaptop, hand_in: Import
) -> None:
    """One of a day's two, and the only one of another day: nobody is left on that register."""
    family_id, code = worker.families()[0], "play"
    town.council.configure(activities=(Offered(code=code, label="Pretend stay and play"),))
    worker.round()
    one, other = people_of(worker, family_id, code)
    worker.do(registering.keep_register, code, DAYS[0], {one: True})
    worker.do(registering.keep_register, code, DAYS[1], {one: True, other: False})
    worker.round()
    worker.do(registering.keep_unsaved, {f"{code}|{DAYS[0]}": {one: None}, f"{code}|{DAYS[1]}": {one: None}})
    wipe(town, worker)
    assert "2  begun and never finished, in the holding tray" in hand_in(worker)
    kept = registers_once_accepted(town, code)
    assert [(kept[day][one], kept[day][other]) for day in DAYS] == [(None, None), (None, False)]
