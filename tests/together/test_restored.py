"""A council that was restored from a backup: what it forgot comes back from the laptops, and nothing leaves before."""

from __future__ import annotations

from sqlalchemy import select

from sf_council.database.tables import holding
from sf_desktop.ops.drafts import finishing
from sf_desktop.ops.families import allocating
from sf_desktop.ops.records import mending
from sf_desktop.store.tables import families
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.together.test_stories import both, text_of
from tests.together.weathers import EVERY, Exchange, online


@EVERY
def test_story_6_a_council_restored_from_yesterday_receives_what_it_forgot(town: Town, exchange: Exchange) -> None:
    worker = town.loaded("practitioner")
    kept_from_before = worker.note("Before the backup.")
    worker.round()
    saved = town.council.backup()
    forgotten = worker.note("After the backup.")
    worker.round()
    town.council.restore(saved)
    exchange(town, worker)
    worker.round()
    supervisor = town.loaded("supervisor")
    assert text_of(supervisor, forgotten) == "After the backup."
    assert text_of(supervisor, kept_from_before) == "Before the backup."
    assert not worker.waiting()


def test_a_laptop_knows_that_it_has_everything_of_a_council_that_was_restored(town: Town) -> None:
    """The council's numbers go on behind those that it gave: no record has the number that its file has reached."""
    worker = town.loaded("practitioner")
    town.council.restore(town.council.backup())
    worker.round()
    every = worker.read(families.standings).values()
    assert every
    assert all(each.is_complete and each.cursor == each.seq for each in every)
    told = [each.families for each in worker.round().changes]
    assert not any(told), "there is nothing new, and no screen is told that there is"


def test_a_restored_council_that_came_to_the_same_number_is_noticed(town: Town) -> None:
    worker, supervisor = both(town, online)
    family_id = worker.families()[0]
    saved = town.council.backup()
    forgotten = worker.note("After the backup.", family_id)
    worker.round()
    town.council.restore(saved)
    supervisor.note("The first words after it.", family_id)
    supervisor.round()
    worker.round()
    supervisor.round()
    assert text_of(supervisor, forgotten) == "After the backup."
    assert worker.held() == supervisor.held()


def test_a_change_of_what_a_restored_council_forgot_is_held_until_it_is_there(town: Town) -> None:
    worker, supervisor = both(town, online)
    saved = town.council.backup()
    note = worker.note("After the backup.")
    worker.round()
    supervisor.round()
    town.council.restore(saved)
    supervisor.change(note, text="After the backup, and more.")
    supervisor.round()
    assert supervisor.counts().needs_you == 0
    worker.round()
    supervisor.round()
    worker.round()
    assert text_of(worker, note) == "After the backup, and more."
    assert not supervisor.waiting()


def test_a_change_of_what_a_restored_council_has_only_as_it_was_waits_for_what_it_forgot(town: Town) -> None:
    worker, supervisor = both(town, online)
    note = worker.note("As it was.")
    worker.round()
    saved = town.council.backup()
    worker.change(note, text="As it was, and a sentence more.")
    worker.round()
    town.council.restore(saved)
    worker.change(note, subject="Written after the backup was put back")
    worker.round()
    worker.round()
    supervisor.round()
    assert text_of(supervisor, note) == text_of(worker, note) == "As it was, and a sentence more."
    assert not worker.waiting()


def have_both_changes(note: str, subject: str, worker: Laptop, supervisor: Laptop) -> None:
    """After some rounds both laptops have what the council forgot, and what another changed since."""
    for laptop in (supervisor, worker, supervisor):
        laptop.round()
    for laptop in (worker, supervisor):
        assert text_of(laptop, note) == "As it was, and a sentence more."
        assert laptop.record(note).body["subject"] == subject
        assert not laptop.waiting()


def test_another_laptops_change_of_the_same_record_does_not_hide_what_a_restored_council_forgot(town: Town) -> None:
    worker, supervisor = both(town, online)
    note = worker.note("As it was.")
    worker.round()
    supervisor.round()
    saved = town.council.backup()
    worker.change(note, text="As it was, and a sentence more.")
    worker.round()
    town.council.restore(saved)
    supervisor.change(note, subject="Written after the backup was put back")
    have_both_changes(note, "Written after the backup was put back", worker, supervisor)


def test_a_copy_that_is_put_back_once_more_gives_no_number_twice_either(town: Town) -> None:
    worker, supervisor = both(town, online)
    note = worker.note("As it was.")
    worker.round()
    supervisor.round()
    saved = town.council.backup()
    town.council.restore(saved)
    worker.change(note, text="As it was, and a sentence more.")
    worker.round()
    town.council.restore(saved)
    supervisor.change(note, subject="Written after the copy was put back once more")
    have_both_changes(note, "Written after the copy was put back once more", worker, supervisor)


def test_a_file_does_not_leave_before_a_restored_council_has_what_it_forgot(town: Town) -> None:
    worker = town.loaded("practitioner")
    family_id = worker.families()[0]
    saved = town.council.backup()
    worker.note("After the backup.", family_id)
    worker.round()
    town.council.restore(saved)
    town.clock.forward(3600)  # what is answered in the same moment as the release is not asked for again
    town.council.allocate(family_id, "colleague")
    worker.round()
    worker.round()
    assert [each.code for each in worker.events()] in ([], ["family_moved"])
    in_tray = town.council.do(lambda c: [bytes(each) for each in c.scalars(select(holding.c.line))])
    assert ["After the backup." in each.decode() for each in in_tray] == [True]


def test_a_file_that_comes_back_before_it_has_left_brings_what_a_restored_council_forgot(town: Town) -> None:
    worker, supervisor = both(town, online)
    family_id = worker.families()[0]
    note = worker.note("Before the backup.", family_id)
    worker.round()
    saved = town.council.backup()
    worker.change(note, text="After the backup.")
    worker.round()
    town.council.allocate(family_id, "colleague")
    worker.round()  # it is to leave, and is still here
    town.council.restore(saved)
    town.clock.forward(1)  # what is answered in the same moment is not asked for again
    worker.round()
    supervisor.round()
    assert text_of(supervisor, note) == "After the backup."
    assert worker.held() == supervisor.held()


def test_work_on_a_file_that_comes_back_is_not_left_in_the_tray_of_a_council_that_forgot_it(town: Town) -> None:
    worker, supervisor = both(town, online)
    family_id = worker.families()[0]
    town.council.allocate(family_id, "colleague")
    saved = town.council.backup()
    note = worker.note("Written while it was the colleague's.", family_id)
    worker.round()
    town.council.restore(saved)
    town.clock.forward(1)
    town.council.allocate(family_id, "practitioner")
    worker.round()
    supervisor.round()
    assert text_of(supervisor, note) == "Written while it was the colleague's."


def test_what_was_written_on_what_nobody_brings_again_comes_to_its_author_after_a_week(town: Town) -> None:
    worker, supervisor = both(town, online)
    note = worker.note("Before the backup.")
    worker.round()
    saved = town.council.backup()
    worker.change(note, text="After the backup.")
    worker.round()  # and its laptop is never seen again
    supervisor.round()
    town.council.restore(saved)
    supervisor.change(note, text="After the backup, and more.")
    supervisor.round()
    town.clock.forward(7 * 24 * 3600)
    supervisor.round()
    assert supervisor.waiting()
    town.clock.forward(1)
    supervisor.round()
    assert not supervisor.waiting()
    (row,) = supervisor.do(mending.not_taken)
    assert row.reason is not None
    assert row.reason.title == "The council no longer has what this was written on"
    draft = supervisor.do(mending.write_again, row.event_id)
    assert draft.body["text"] == "After the backup, and more."
    supervisor.do(finishing.finish, draft.id, sign=False)
    supervisor.round()
    assert text_of(town.loaded("supervisor"), note) == "After the backup, and more."


def test_a_file_that_was_allocated_here_is_whole_again_though_a_restored_council_forgot_something_for_good(
    town: Town,
) -> None:
    supervisor = town.loaded("supervisor")
    family_id = supervisor.families()[0]
    saved = town.council.backup()
    town.council.allocate(family_id, "colleague")  # nobody will do that again
    supervisor.round()
    seen = supervisor.do(allocating.allocated, family_id)
    supervisor.do(allocating.allocate, seen, town.council.worker("practitioner").id, ())
    supervisor.round()
    town.council.restore(saved)
    town.clock.forward(1)
    assert not supervisor.round().differing
    standing = supervisor.read(families.standing, family_id)
    assert standing is not None
    assert standing.is_complete


def test_a_file_that_comes_back_is_whole_again_though_a_restored_council_forgot_something_for_good(town: Town) -> None:
    worker = town.loaded("practitioner")
    family_id = worker.families()[0]
    saved = town.council.backup()
    for who in ("colleague", "practitioner"):
        town.council.allocate(family_id, who)  # by a command: no laptop can send it again
    worker.round()
    town.council.restore(saved)
    town.council.allocate(family_id, "colleague")
    worker.round()
    town.council.allocate(family_id, "practitioner")
    for _ in range(3):
        worker.round()
    standing = worker.read(families.standing, family_id)
    assert standing is not None
    assert (standing.is_complete, standing.released) == (True, None)
