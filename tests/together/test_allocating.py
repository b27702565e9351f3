"""A supervisor gives a family to a colleague, or closes its file, with no signal; laptops follow in their rounds."""

from __future__ import annotations

from sf_desktop.ops.families.allocating import allocate, allocated, close_file
from sf_desktop.ops.families.closing import Closing
from sf_desktop.ops.families.families import family_rows
from sf_desktop.ops.families.family import open_family
from sf_desktop.ops.leaving.laptop import on_this_laptop
from sf_desktop.ops.records import notes
from sf_desktop.ops.worker.today import today
from sf_desktop.store.tables import families as standings
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.together.weathers import EVERY, Exchange


@EVERY
def test_a_family_moves_to_a_colleague_of_the_team(town: Town, exchange: Exchange) -> None:
    before, after, supervisor = town.loaded("practitioner"), town.loaded("colleague"), town.loaded("supervisor")
    family_id = next(each for each in before.families() if each not in after.families())
    before.note("Pretend words that were not sent yet.", family_id)
    seen = supervisor.do(allocated, family_id)
    assert seen.lead == before.me.worker.id
    assert after.me.worker.id in {each.id for each in seen.people}
    supervisor.do(allocate, seen, after.me.worker.id, ())
    exchange(town, supervisor)
    assert supervisor.counts().needs_you == 0
    assert family_id in supervisor.families()
    after.round()
    assert family_id in after.families()
    before.round()
    assert before.counts().needs_you == 0
    assert supervisor.do(allocated, family_id).lead == after.me.worker.id


@EVERY
def test_a_closed_file_leaves_every_laptop_and_what_had_not_been_sent_lies_in_the_tray(
    town: Town, exchange: Exchange
) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    family_id = worker.families()[0]
    supervisor.do(close_file, family_id)
    exchange(town, supervisor)
    assert supervisor.counts().needs_you == 0
    assert not supervisor.waiting()
    supervisor.round()
    worker.round()
    for laptop in (supervisor, worker):
        assert leaving(laptop, family_id) == "closed"


def closing(laptop: Laptop, family_id: str) -> Closing:
    """Say how closed the file is wherever its state stands; they all say the same."""
    (row,) = laptop.do(family_rows, (family_id,))
    here = {each.family_id: each.closing for each in laptop.do(on_this_laptop).families}
    seen = {row.closing, laptop.do(open_family, family_id).closing, laptop.do(allocated, family_id).closing}
    assert seen == {here[family_id]}
    return row.closing


def test_a_file_that_is_closed_with_no_signal_is_closed_here_until_that_is_sent(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    family_id = worker.families()[0]
    assert closing(supervisor, family_id) is Closing.OPEN
    supervisor.do(close_file, family_id)
    assert closing(supervisor, family_id) is Closing.CLOSED_HERE
    assert closing(worker, family_id) is Closing.OPEN
    supervisor.round()
    assert closing(supervisor, family_id) is Closing.CLOSED
    assert leaving(supervisor, family_id) == "closed"


def test_a_file_that_was_closed_here_and_is_given_to_somebody_before_that_is_sent_is_open_again(town: Town) -> None:
    worker, colleague, supervisor = (town.loaded(each) for each in ("practitioner", "colleague", "supervisor"))
    family_id = next(each for each in worker.families() if each not in colleague.families())
    supervisor.do(close_file, family_id)
    supervisor.do(allocate, supervisor.do(allocated, family_id), colleague.me.worker.id, ())
    assert closing(supervisor, family_id) is Closing.OPENED_HERE
    supervisor.round()
    assert supervisor.counts().needs_you == 0
    colleague.round()
    for laptop in (supervisor, colleague):
        assert closing(laptop, family_id) is Closing.OPEN
        assert laptop.do(allocated, family_id).lead == colleague.me.worker.id
    worker.round()
    assert family_id not in worker.families()


def test_giving_a_file_that_another_closed_does_not_open_it(town: Town) -> None:
    """Which of the two was meant is for a person to say."""
    worker, colleague, supervisor = (town.loaded(each) for each in ("practitioner", "colleague", "supervisor"))
    other = town.loaded("supervisor")
    family_id = next(each for each in worker.families() if each not in colleague.families())
    seen = other.do(allocated, family_id)
    other.do(allocate, seen, seen.lead, (colleague.me.worker.id,))
    other.round()
    supervisor.do(close_file, family_id)  # whoever has it by then stays
    supervisor.round()
    other.round()
    assert closing(other, family_id) is Closing.CLOSED
    seen = other.do(allocated, family_id)
    other.do(allocate, seen, worker.me.worker.id, (colleague.me.worker.id,))
    assert closing(other, family_id) is Closing.CLOSED


def told(laptop: Laptop, family_id: str) -> list[tuple[str, str]]:
    """Return what Today says of a family file besides its visits."""
    return [(each.what, each.why) for each in laptop.do(today).owed if each.family_id == family_id]


def test_a_worker_is_told_by_the_next_round_that_their_file_was_closed_and_what_becomes_of_the_copy(town: Town) -> None:
    worker, colleague, supervisor = (town.loaded(each) for each in ("practitioner", "colleague", "supervisor"))
    other = town.loaded("supervisor")
    family_id = next(each for each in worker.families() if each not in colleague.families())
    seen = other.do(allocated, family_id)
    supervisor.do(close_file, family_id)
    other.do(allocate, seen, seen.lead, (colleague.me.worker.id,))
    other.round()
    supervisor.round()  # whoever has it by then stays
    colleague.round()
    ((what, why),) = [each for each in told(colleague, family_id) if each[0].startswith("Closed")]
    assert what == "Closed on Monday 23 November, and still given to you"
    assert "Ask your supervisor" in why
    assert "The copy stays here, and you can write in it, until the file is closed again" in why
    other.round()
    other.do(close_file, family_id)
    other.round()
    colleague.do(notes.start_note, family_id, text="Pretend words, begun.")
    colleague.round()
    said = ("Closed", "The copy leaves this laptop once what you have begun is finished. The council keeps the file")
    assert told(colleague, family_id)[0] == said


def test_a_worker_is_told_by_the_next_round_that_somebody_else_has_their_family_now(town: Town) -> None:
    worker, supervisor = town.loaded("practitioner"), town.loaded("supervisor")
    colleague = town.loaded("colleague")
    family_id = next(each for each in worker.families() if each not in colleague.families())
    supervisor.do(allocate, supervisor.do(allocated, family_id), colleague.me.worker.id, ())
    supervisor.round()
    worker.round()
    said = ("With somebody else now", "The copy leaves this laptop in a moment. The council keeps the file")
    assert told(worker, family_id)[0] == said
    assert not [each for each in told(supervisor, family_id) if each[0] == said[0]]


def leaving(laptop: Laptop, family_id: str) -> str | None:
    """Say why a family file leaves a laptop; None where it stays, and where nothing of it is there any more."""
    standing = laptop.do(lambda office: standings.standing(office.connection, family_id))
    return "closed" if standing is None else standing.released
