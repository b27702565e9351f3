"""Two laptops and a council end equal, and nothing that anybody typed is lost: cut and reconnected at random, the
family file given to somebody else and back, the council restored from an earlier copy.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, select

from sf_council.api.events import judging
from sf_council.database.family import families
from sf_council.database.tables import holding
from sf_desktop.ops import writing
from sf_record.errors import SfError
from sf_record.events import Action, Event
from sf_record.merge import Applied, apply
from sf_record.outcomes import Result
from sf_record.record import Record
from tests.builders.laptops import Laptop
from tests.fakes.council import PASSWORD
from tests.fakes.network import Network
from tests.machines.oracle import Oracle
from tests.machines.settled import Begun, Settled, settle

WHO = st.sampled_from([0, 1])
FIELDS = st.sampled_from(["text", "subject"])


EXAMPLES_IN_A_TOWN = 100
"""Then another settles in: with other people, another family file and other ids."""


class Place:
    """Where the examples are played, one after the other; each begins with the town as it was when it had settled."""

    above: Path
    town: Begun
    network: Network
    seed = 0
    begun = 0
    held = 0
    """How many examples went through to their last look."""

    _settled: Settled
    _stack = ExitStack()
    _example = ExitStack()

    @classmethod
    def begin(cls) -> None:
        """End what the example before has left, and begin a new one."""
        if cls.begun % EXAMPLES_IN_A_TOWN == 0:
            cls._move()
        cls.begun += 1
        cls._example.close()
        folder = cls._folder(cls._example)
        cls.town = cls._settled.begin(folder, cls.network, cls._example)

    @classmethod
    def end(cls) -> None:
        cls._example.close()
        cls._stack.close()

    @classmethod
    def _move(cls) -> None:
        cls.end()
        cls._settled = settle(cls._folder(cls._stack), cls.seed + cls.begun)
        cls.network = Network(0)
        cls._stack.callback(cls.network.close)

    @classmethod
    def _folder(cls, stack: ExitStack) -> Path:
        folder = Path(tempfile.mkdtemp(dir=cls.above))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        return folder


@contextmanager
def a_place(folder: Path, seed: int = 1) -> Iterator[None]:
    """Let examples be played in a folder, in towns of this luck."""
    Place.above, Place.seed, Place.begun, Place.held = folder, seed, 0, 0
    try:
        yield
    finally:
        Place.end()


@pytest.fixture(scope="module", autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with a_place(tmp_path_factory.mktemp("place")):
        yield


class TwoLaptops(RuleBasedStateMachine):
    """A practitioner and a supervisor who write about the same family."""

    def __init__(self) -> None:
        super().__init__()
        self.oracle = Oracle()
        self.notes: list[str] = []
        self.saved: Path | None = None
        self.is_away = False

    @initialize()
    def settle_in(self) -> None:
        Place.begin()
        self.town = Place.town
        self.council, self.clock = self.town.council, self.town.clock
        self.laptops, self.family_id = self.town.laptops, self.town.family_id

    @rule(who=WHO, sign=st.booleans())
    def write(self, who: int, sign: bool) -> None:
        self.clock.forward(1)
        words = self.oracle.sentence()
        try:
            self.notes.append(self.laptops[who].note(words, self.family_id, sign=sign))
        except SfError:
            self.oracle.typed.discard(words)  # the file has left this laptop: it was never saved

    @rule(who=WHO, which=st.integers(0, 50), name=FIELDS)
    def change(self, who: int, which: int, name: str) -> None:
        self._on(who, which, self._change, name)

    def _change(self, laptop: Laptop, record: Record, name: str) -> None:
        words = self.oracle.sentence()
        try:
            laptop.change(record.id, **{name: words})
        except SfError:
            self.oracle.typed.discard(words)  # it was refused before it was saved, and is still in the form
            raise
        self.oracle.replaced(record.body.get(name))

    @rule(who=WHO, which=st.integers(0, 50))
    def sign(self, who: int, which: int) -> None:
        self._on(who, which, lambda laptop, record: laptop.do(writing.sign, record.id))

    @rule(who=WHO, which=st.integers(0, 50))
    def amend(self, who: int, which: int) -> None:
        words = self.oracle.sentence()
        if not self._on(who, which, lambda laptop, record: laptop.do(writing.amend, record.id, words)):
            self.oracle.typed.discard(words)

    @rule(who=WHO, which=st.integers(0, 50))
    def enter_in_error(self, who: int, which: int) -> None:
        self._on(who, which, lambda laptop, record: laptop.do(writing.enter_in_error, record.id, "Pretend mistake"))

    @rule(who=WHO, which=st.integers(0, 50), keep_mine=st.booleans())
    def settle(self, who: int, which: int, keep_mine: bool) -> None:
        self._on(who, which, self._settle, keep_mine)

    def _settle(self, laptop: Laptop, record: Record, keep_mine: bool) -> None:
        if record.conflicts:
            conflict = record.conflicts[0]
            laptop.do(writing.settle, record.id, conflict.id, keep_mine=keep_mine, reason="Pretend reason")
            self.oracle.replaced(record.body.get(conflict.field) if keep_mine else conflict.mine)

    def _on(self, who: int, which: int, act: Any, *more: Any) -> bool:
        """Do something to a note as this laptop shows it; what the verbs refuse is simply not done."""
        self.clock.forward(1)
        laptop = self.laptops[who]
        here = [each for each in self.notes if laptop.find(each) is not None]
        if not here:
            return False
        with suppress(SfError):
            act(laptop, laptop.record(here[which % len(here)]), *more)
            return True
        return False

    @rule(who=WHO)
    def meet(self, who: int) -> None:
        """Exchange rounds; sign in again where a restored council no longer knows the sign-in."""
        laptop = self.laptops[who]
        code = laptop.try_round()
        if code == "sign_in_expired":
            laptop.session.sign_in(PASSWORD)
            code = laptop.try_round()
        assert not code

    @rule(who=WHO, after=st.integers(0, 4_000), is_up=st.booleans())
    def cut(self, who: int, after: int, is_up: bool) -> None:
        with self.town.network.cut(up=after if is_up else None, down=None if is_up else after):
            self.laptops[who].try_round()

    @rule(who=WHO)
    def restart(self, who: int) -> None:
        self.laptops[who].connect()

    @rule()
    def give_away(self) -> None:
        # What a laptop had to destroy since a copy was made only its sealed file still has: no case for this machine.
        self.saved, self.is_away = None, True
        self.council.allocate(self.family_id, "colleague")

    @rule()
    def give_back(self) -> None:
        self.is_away = False
        self.council.allocate(self.family_id, "practitioner")

    @precondition(lambda self: self.saved is None and not self.is_away)
    @rule()
    def back_up(self) -> None:
        self.saved = self.council.backup()

    @precondition(lambda self: self.saved is not None)
    @rule()
    def restore(self) -> None:
        """Put the copy back. What the council forgot it must get again from the laptops."""
        assert self.saved is not None
        self.council.restore(self.saved)

    @invariant()
    def the_status_is_true(self) -> None:
        for laptop in self.laptops:
            counts = laptop.counts()
            without = [each for each in laptop.events() if each.receipt_at is None and each.state != "set_aside"]
            assert counts.unreceipted == len(without)

    def teardown(self) -> None:
        self.give_back()
        for who in (0, 1) * 3:
            self.meet(who)
        self._look()
        Place.held += 1

    def _look(self) -> None:
        one, other = self.laptops
        assert not one.waiting()
        assert not other.waiting()
        tray = self.council.do(lambda connection: _lines_in_tray(connection, self.family_id))
        decided = [each for each in self.notes if not any(each.encode() in line for line in tray)]
        assert shown(one, decided) == shown(other, decided)
        history = [entry.event for each in self._known() for entry in self._history(each)]
        needing = [each.event for laptop in self.laptops for each in laptop.events() if each.receipt_at is None]
        assert not self.oracle.missing(shown(one, self.notes).values(), history, [*needing, *tray])

    def _known(self) -> list[str]:
        """Return the notes that the council has: what was only ever written while the file was away has no history."""
        council_id = self.council.council.id
        known = self.council.do(lambda connection: families.owners(connection, council_id, self.notes))
        return [each for each in self.notes if each in known]

    def _history(self, record_id: str) -> tuple[Any, ...]:
        is_there = any(laptop.find(record_id) for laptop in self.laptops)
        return self.laptops[0].session.history(self.family_id, record_id) if is_there else ()


def _lines_in_tray(connection: Connection, family_id: str) -> list[bytes]:
    """Return what was written on a file while it was somebody else's: the supervisor has it."""
    asked = select(holding.c.line).where(holding.c.family_id == family_id)
    return [bytes(line) for line in connection.scalars(asked)]


def shown(laptop: Laptop, record_ids: list[str]) -> dict[str, Record]:
    return {each: record for each in record_ids if (record := laptop.find(each)) is not None}


def test_two_laptops_and_a_council_converge() -> None:
    """A few examples, to fail soon; script/faults --only laptops plays thousands."""
    run_state_machine_as_test(TwoLaptops, settings=settings(max_examples=10, stateful_step_count=30, deadline=None))


def test_what_was_chosen_against_while_the_file_was_away_is_still_in_its_history() -> None:
    """The choice itself waits in the tray; the words that it gives up are asked of the council all the same."""
    machine = TwoLaptops()
    machine.settle_in()
    machine.write(0, sign=True)
    machine.change(0, 0, "text")
    machine.meet(0)
    machine.give_away()
    machine.settle(0, 0, keep_mine=False)
    machine.meet(0)
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
    machine = TwoLaptops()
    with last_write_wins():
        machine.settle_in()
        machine.write(0, sign=False)
        machine.meet(0)
        machine.meet(1)
        machine.change(0, 0, "text")
        machine.change(1, 0, "text")
        with pytest.raises(AssertionError, match="Pretend sentence 2"):
            machine.teardown()
