"""Two or three laptops and a council end equal, and nothing that anybody typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from sf_council.api.events import judging
from sf_record.events import Action, Event
from sf_record.merge import Applied, apply
from sf_record.outcomes import Result
from sf_record.record import Record
from tests.machines.machine import Laptops
from tests.machines.place import a_place


@pytest.fixture(scope="module", autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with a_place(tmp_path_factory.mktemp("place")):
        yield


def test_two_or_three_laptops_and_a_council_converge() -> None:
    """A few examples, to fail soon; script/faults --only laptops plays thousands."""
    run_state_machine_as_test(Laptops, settings=settings(max_examples=10, stateful_step_count=30, deadline=None))


def test_what_was_chosen_against_while_the_file_was_away_is_still_in_its_history() -> None:
    """The choice itself waits in the tray; the words that it gives up are asked of the council all the same."""
    machine = Laptops()
    machine.settle_in()
    machine.write(0, sign=True)
    machine.change(0, 0, "text")
    machine.meet(0)
    machine.give_away()
    machine.settle(0, 0, keep_mine=False)
    machine.meet(0)
    machine.teardown()


def test_what_leaves_before_its_laptop_can_know_of_a_restored_council_is_gone_with_it() -> None:
    """A copy put back between the last round and the leaving is like one put back afterwards."""
    machine = Laptops()
    machine.settle_in()
    machine.back_up()
    machine.write(0, sign=False)
    machine.give_away()
    machine.meet(0)
    machine.restore()
    machine.leave(0)
    machine.teardown()


@contextmanager
def last_write_wins() -> Iterator[None]:
    """Let the council take every change as it comes."""

    def overwrite(record: Record | None, event: Event, seq: int) -> Applied:
        if record is None or event.action is not Action.CHANGE:
            return apply(record, event, seq)
        return Applied(replace(record, seq=seq, body={**record.body, **event.fields}), Result.ACCEPTED)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "apply", overwrite)
        yield


def test_last_write_wins_is_found_out() -> None:
    machine = Laptops()
    with last_write_wins():
        machine.settle_in()
        machine.write(0, sign=False)
        machine.meet(0)
        machine.meet(1)
        machine.change(0, 0, "text")
        machine.change(1, 0, "text")
        with pytest.raises(AssertionError, match="Pretend sentence 2"):
            machine.teardown()
