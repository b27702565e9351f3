"""Many family files come in by pieces: none of them before all lie here, then all of them, also after a kill."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from sf_desktop.ops.bringing_in import many
from sf_desktop.ops.bringing_in.arriving import FileComing, Written, written
from sf_desktop.ops.bringing_in.far import Far, far
from sf_desktop.ops.bringing_in.many import MovedIn
from sf_desktop.ops.families import families
from sf_desktop.ops.families.search import search
from sf_desktop.ops.office import Me, Office
from sf_desktop.store.coding import read_event
from sf_desktop.store.tables import arriving, outbox, records
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.events import Event
from sf_record.rules.permissions import Worker
from tests.builders.offices import OpenWork, an_office, open_vault, transaction

FILES, NOTES = 200, 3


@dataclass
class Laptop:
    """A supervisor's vault, which can be closed at any moment and opened again."""

    folder: Path
    office: Office

    def do(self, verb: Callable[..., Any], *args: Any) -> Any:
        with transaction(self.office.connection):
            return verb(self.office, *args)

    def end_and_unlock(self) -> None:
        """What is not committed is gone, as after a kill."""
        self.office.connection.close()
        sealed = self.office.tx.sealed  # type: ignore[attr-defined]  # what is sealed lies in a file of its own
        self.office = replace(self.office, tx=OpenWork(open_vault(self.folder), sealed))

    def sealed(self) -> list[Event]:
        return [read_event(payload.decode()) for _, payload in self.office.tx.sealed]  # type: ignore[attr-defined]


@pytest.fixture
def laptop(tmp_path: Path, seed: random.Random) -> Iterator[Laptop]:
    office = an_office(open_vault(tmp_path), seed)
    worker = Worker(office.me.worker.id, Role.SUPERVISOR, office.me.worker.team_id)
    named = tuple(replace(each, team_id=worker.team_id) for each in office.configuration.workers)
    known = replace(office.configuration, workers=named)
    made = Laptop(tmp_path, replace(office, me=Me(worker, "S. Example", office.me.device_id), configuration=known))
    yield made
    made.office.connection.close()


def ready(office: Office) -> tuple[Written, ...]:
    made = []
    for number in range(FILES):
        file = FileComing(office.new_id())
        file.open(office, {"name": f"Pretend family {number:03}"}, office.me.worker.id)
        for _ in range(NOTES):
            file.create(office, "note", {"type": "note", "happened_at": office.now(), "text": "Pretend quokka."})
        made.append(written(file))
    return tuple(made)


def laid(laptop: Laptop, coming: tuple[Written, ...], pieces: int = 1_000) -> None:
    at = 0
    while at < len(coming) and pieces:
        at, pieces = laptop.do(many.lay_down, coming, at), pieces - 1


def moved(laptop: Laptop) -> list[MovedIn]:
    """Move all that waits in, a piece at a time."""
    pieces = [laptop.do(many.move_in)]
    while pieces[-1].here < pieces[-1].of:
        pieces.append(laptop.do(many.move_in))
    return pieces


def assert_all_are_in(laptop: Laptop, coming: tuple[Written, ...]) -> None:
    assert len(laptop.do(families.family_ids)) == FILES
    for each in coming:
        for version in each.versions:
            held = records.get(laptop.office.connection, version.record.id)
            assert held is not None
            assert held.body == version.record.body
    sent = [event.id for each in coming for event, _ in each.events]
    assert sorted(each.id for each in laptop.sealed()) == sorted(sent)
    assert sorted(each.id for each in outbox.outgoing(laptop.office.connection, 5_000, 1 << 30)) == sorted(sent)
    assert laptop.do(far) == Far(0, 0)
    assert len(search(laptop.office, "quokka").notes) > 0


def test_they_come_in_by_short_writes_and_nobody_sees_one_before_all_lie_here(laptop: Laptop) -> None:
    coming = ready(laptop.office)
    assert not many.is_short(coming)
    laid(laptop, coming)
    assert laptop.do(families.family_ids) == ()
    assert laptop.sealed() == []
    pieces = moved(laptop)
    assert max(len(each.ids) for each in pieces) <= many.PIECE
    assert [each.here for each in pieces] == sorted(each.here for each in pieces)
    assert_all_are_in(laptop, coming)


def test_a_kill_before_all_of_them_lie_here_leaves_nothing(laptop: Laptop) -> None:
    laid(laptop, ready(laptop.office), pieces=1)
    laptop.end_and_unlock()
    assert laptop.do(far) == Far(0, 0)
    assert laptop.do(families.family_ids) == ()
    assert outbox.is_empty(laptop.office.connection)
    assert arriving.first(laptop.office.connection, many.PIECE) == []
    assert not laptop.do(many.move_in)


def test_a_kill_among_them_is_gone_on_with_and_each_comes_in_once(laptop: Laptop) -> None:
    coming = ready(laptop.office)
    laid(laptop, coming)
    for _ in range(2):
        here = laptop.do(many.move_in).here
        laptop.end_and_unlock()
        assert laptop.do(far) == Far(here, FILES)
    moved(laptop)
    assert_all_are_in(laptop, coming)


def test_a_kill_within_a_piece_undoes_that_piece_only(laptop: Laptop) -> None:
    coming = ready(laptop.office)
    laid(laptop, coming)
    here = laptop.do(many.move_in).here
    before = len(laptop.sealed())
    laptop.office.connection.execute("BEGIN IMMEDIATE")
    many.move_in(laptop.office)
    del laptop.office.tx.sealed[before:]  # type: ignore[attr-defined]  # sealed only after the commit
    laptop.end_and_unlock()
    assert len(laptop.do(families.family_ids)) == here
    moved(laptop)
    assert_all_are_in(laptop, coming)


def test_while_some_are_coming_in_no_others_are_laid_down(laptop: Laptop) -> None:
    laid(laptop, ready(laptop.office))
    with pytest.raises(InputError) as told:
        laptop.do(many.lay_down, ready(laptop.office))
    assert told.value.code == "arriving_goes_on"
    assert laptop.do(far) == Far(0, FILES)
