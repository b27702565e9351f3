"""A family file that was released: not one of its words is left in the decrypted database or in any other file."""

from __future__ import annotations

import random
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sf_council.database.family import stream
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.records import notes
from sf_record.pretend import canaries
from tests.builders.towns import Town
from tests.builders.vaulted import VaultedLaptop, every_byte, vaulted
from tests.fakes.clock import FrozenClock
from tests.faults.frame import Row, Tally, Task

_BIRDS = canaries(60)
_MARKS = tuple(bird.mark for bird in _BIRDS)


def run(task: Task) -> Tally:
    """One worker; in each try a family file comes, is worked on with canaries in every text, closes and leaves."""
    with ExitStack() as stack:
        (task.folder / "town").mkdir()
        town = Town(task.folder / "town", FrozenClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)), stack)
        laptop = vaulted(town)
        stack.callback(laptop.close)
        stack.callback(_close_vault, laptop)

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            family_id = _worked_on(town, laptop, number, dice)
            _close(town, laptop, family_id)
            laptop.release()
            _is_gone(laptop)

        def still_here(folder: Path) -> None:
            _worked_on(town, laptop, -1, task.dice("control"))
            _is_gone(laptop)

        task.control("a file that is still here", still_here, says="canaries are left")
        for family_id in laptop.families():
            _close(town, laptop, family_id)
        laptop.release()
        return task.each(attempt)


def _worked_on(town: Town, laptop: VaultedLaptop, number: int, dice: random.Random) -> str:
    """Seed a family file, write, change, begin and discard in it, and send all of it."""
    (family_id,) = town.council.seed(
        1, records_per_family=10, seed=1_000 + number, usernames=("practitioner", "supervisor")
    )
    laptop.round()
    birds = dice.sample(_BIRDS, 4)
    laptop.change(laptop.note(f"First {birds[0].sentence}", family_id), text=f"Then {birds[1].sentence}")
    laptop.note(f"Signed {birds[2].sentence}", family_id, sign=True)
    begun = laptop.do(notes.start_note, family_id, text=f"Thrown away: {birds[3].sentence}")
    laptop.do(drafting.discard, begun.id)
    laptop.round()
    return family_id


def _close_vault(laptop: VaultedLaptop) -> None:
    laptop.vault.close()  # whichever it has by then


def _close(town: Town, laptop: VaultedLaptop, family_id: str) -> None:
    council_id = town.council.council.id
    town.council.do(lambda c: stream.close(c, council_id, family_id, town.clock.now(), by=council_id))
    laptop.round()


def _is_gone(laptop: VaultedLaptop) -> None:
    """Look at every page of the closed database, decrypted, and at every file as it lies there."""
    assert laptop.vault.close()
    try:
        pages = laptop.pages().lower()
        files = every_byte(laptop.built.home.folder)
    finally:
        laptop.reopen()
    in_pages = [number for number, mark in enumerate(_MARKS) if mark.lower().encode() in pages]
    assert not in_pages, f"{len(in_pages)} canaries are left in the decrypted database"
    assert not [mark for mark in _MARKS if mark.encode() in files], "a canary lies in the open"


ROW = Row(
    line=13,
    name="release",
    after="a family file released",
    holds="0 hits of its words in the decrypted database, and in every file as it lies there",
    full=100,
    suite=5,
    run=run,
)
