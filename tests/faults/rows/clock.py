"""Twelve wrong clocks: no lease is lengthened, no jump clears a laptop, and events keep the order of their writing."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sf_desktop.ops import writing
from sf_desktop.store.lease.reckoning import Term, begun
from sf_record.dates import moment_text
from tests.builders.clocks import DAY, HEARD, LEASE, WALLS, Computer, right
from tests.builders.laptops import Laptop
from tests.fakes.clock import FrozenClock
from tests.faults.frame import Row, Tally, Task
from tests.faults.roundtown import a_town

_AN_HOUR = timedelta(hours=1)


def run(task: Task) -> Tally:
    """Give one clock after another to a lease, and to a laptop that writes while it jumps and then speaks."""
    with a_town(task.folder / "town") as town:
        laptop = town.loaded(clock=FrozenClock(town.clock.now()))
        walls = list(WALLS)

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            name = walls[number % len(walls)]
            _never_lengthened(_Usual(name), dice)
            _clears_nothing(_Usual(name), dice)
            _keeps_the_order(laptop, name, dice)

        dice = partial(task.dice, "control")
        task.control("the wall clock believed", lambda _: _never_lengthened(_Believing("1970"), dice()), "lengthened")
        task.control("no second start needed", lambda _: _clears_nothing(_Hasty("2038"), dice()), "a jump cleared")
        task.control("sorted by the wall clock", lambda _: _kept(laptop, _by_the_wall(laptop)), "another order")
        return task.each(attempt)


class _Usual(Computer):
    """A laptop with one of the wrong clocks."""

    def __init__(self, name: str) -> None:
        super().__init__(WALLS[name])
        self.name = name


class _Believing(_Usual):
    """Takes the wall clock's word: what a lease must not do."""

    def look(self) -> Term:
        wall = self.reading().wall
        self.tenure = replace(self.tenure, highest=wall, certain=wall)
        return self.tenure.term


class _Hasty(_Usual):
    """Ends a lease as soon as the wall clock says so."""

    def look(self) -> Term:
        super().look()
        self.tenure = replace(self.tenure, certain=self.tenure.highest)
        return self.tenure.term


def _never_lengthened(computer: _Usual, dice: random.Random) -> None:
    """Use a laptop at random, switched off in between; whatever the wall clock says, its hours at work count."""
    if dice.random() < 0.5:
        computer.tenure = begun(LEASE, computer.reading())  # the clock was wrong when the council was heard too
    counted, before = timedelta(), computer.tenure
    while counted < timedelta(hours=LEASE.wipe_hours):
        if dice.random() < 0.3:
            computer.off(dice.random() * 12 * _AN_HOUR)
        else:
            span = timedelta(minutes=dice.randrange(1, 2_000))
            counted += span
            computer.run(span)
        now = computer.tenure
        assert now.highest >= before.highest, f"{computer.name}: lengthened, time went down"
        assert now.certain >= before.certain, f"{computer.name}: lengthened, certain time went down"
        assert now.highest >= HEARD + counted, f"{computer.name}: lengthened after {counted}"
        before = now
        if counted >= timedelta(hours=LEASE.lock_hours):
            assert now.term in {Term.LOCKED, Term.ENDED}, f"{computer.name}: lengthened, open after {counted}"
    assert computer.tenure.term is Term.ENDED, f"{computer.name}: lengthened, not ended after {counted}"


def _clears_nothing(computer: _Usual, dice: random.Random) -> None:
    """Have a right clock jump while the laptop runs, and be set right before the next start."""
    wrong, computer.wall = computer.wall, right
    for _ in range(dice.randrange(4)):
        computer.run(dice.random() * 8 * _AN_HOUR)
        computer.start()
    computer.wall = wrong
    for _ in range(dice.randrange(1, 8)):
        assert computer.run(dice.random() * 6 * _AN_HOUR) is not Term.ENDED, f"{computer.name}: a jump cleared it"
    computer.wall = right
    for _ in range(dice.randrange(1, 4)):
        ended = computer.off(dice.random() * 2 * DAY) is Term.ENDED
        assert not ended, f"{computer.name}: a jump cleared it after it was set right"


def _keeps_the_order(laptop: Laptop, name: str, dice: random.Random) -> None:
    """Write while the clock jumps to and fro, send it, and ask in which order the council took it."""
    clock, true = laptop.clock, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    passed, wrote = timedelta(), []
    for number in range(4):
        passed += dice.random() * 6 * _AN_HOUR
        shift = WALLS[name](passed) - HEARD - passed if number % 2 else timedelta()
        clock.set(true + passed + shift)
        wrote.append(_note(laptop, f"Pretend words {number} of a clock that is {name}."))
    _kept(laptop, wrote)
    clock.set(true)


def _by_the_wall(laptop: Laptop) -> list[str]:
    """Write twice, the clock put back in between, and put that in the order of the clock."""
    true, wrote = laptop.clock.now(), []
    for days in (0, -30):
        laptop.clock.set(true + days * DAY)
        wrote.append((laptop.clock.now(), _note(laptop, "Pretend words of a control.")))
    laptop.clock.set(true)
    return [each for _, each in sorted(wrote)]


def _note(laptop: Laptop, text: str) -> str:
    happened = moment_text(laptop.clock.now() - _AN_HOUR)  # nothing is taken that by this clock has not come yet
    body = {"type": "note", "happened_at": happened, "text": text}
    return laptop.do(writing.create, "note", laptop.families()[0], body).record_id


def _kept(laptop: Laptop, wrote: list[str]) -> None:
    laptop.connect()
    laptop.round()
    taken = [laptop.record(each).seq for each in wrote]
    assert all(taken), "something was written and not taken"
    assert taken == sorted(taken), "the council took it in another order than it was written"


ROW = Row(
    line=10,
    name="clock",
    after="the clock 30 days back or on, 1970, 2038, an hour, frozen, x100, x1/100, to and fro, drifting",
    holds="no lease is lengthened, a jump clears nothing, events keep their order",
    full=12 * 20,
    suite=12,
    run=run,
)
