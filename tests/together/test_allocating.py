"""A supervisor gives a family to a colleague, or closes its file, with no signal; laptops follow in their rounds."""

from __future__ import annotations

from sf_desktop.ops.families.allocating import allocate, allocated, close_file
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


def leaving(laptop: Laptop, family_id: str) -> str | None:
    """Say why a family file leaves a laptop; None where it stays, and where nothing of it is there any more."""
    standing = laptop.do(lambda office: standings.standing(office.connection, family_id))
    return "closed" if standing is None else standing.released
