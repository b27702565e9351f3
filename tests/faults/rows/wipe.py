"""A wipe on a full disk: both slots are overwritten, it never opens again, unsent work can be handed in."""

from __future__ import annotations

import random
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sf_desktop.store.ending.wiping import a_farewell, begin_wipe, finish_wipe
from sf_desktop.store.keys.slotfile import SLOT_BYTES, Slot
from sf_desktop.store.lease.policy import farewell
from sf_record.errors import SfError
from sf_record.wire.orders import BY_ORDER
from tests.builders.vaults import BuiltVault, save_note
from tests.faults.children import Ran
from tests.faults.frame import Row, Tally, Task
from tests.faults.jobs import check_wipe, refusal_of
from tests.faults.pristine import Pristine, make_pristine
from tests.faults.small_disk import fill, lacks_small_disk, small_disk

_ADDRESS = "https://families.example.gov.uk"


def run(task: Task) -> Tally:
    """Wipe a copy on a disk that is full to the last byte, before or in the middle of work."""
    pristine = make_pristine(task.folder / "pristine")

    def attempt(number: int, dice: random.Random, folder: Path) -> None:
        with small_disk(folder / "disk", 6) as disk:
            copy = pristine.copy(disk)
            fill(disk / "filler")
            if dice.random() < 0.5:
                _work_until_refused(pristine, copy)
            _wiped(pristine, copy)

    task.control(
        "deleted without being overwritten", lambda folder: _deleted(pristine, folder), says="still on the disk"
    )
    return task.each(attempt)


def _wiped(pristine: Pristine, copy: BuiltVault) -> None:
    word = farewell(Ed25519PrivateKey.generate().private_bytes_raw(), str(UUID(int=7)), 7, BY_ORDER)
    held = [path.open("rb") for path in (copy.home.slot_a, copy.home.slot_b)]
    begin_wipe(copy.home, a_farewell(word, _ADDRESS, copy.clock.now()))
    _overwritten([file.read() for file in held])
    for file in held:
        file.close()
    assert refusal_of(copy.unlock) == "slots_damaged", "it opens"
    # The keyring's own file lies on the full disk too: where it cannot let go at once, it can at the next start.
    is_forgotten = finish_wipe(copy.home, copy.secrets)
    assert not copy.home.database.exists(), "the database is still there"
    assert is_forgotten or finish_wipe(copy.home, copy.secrets), "the keyring keeps its half"
    check_wipe(pristine, copy, Ran(("begun", "wiped"), ""))


def _overwritten(contents: list[bytes]) -> None:
    """Where a slot lay on the disk, no slot lies any more."""
    for content in contents:
        assert Slot.read(content[:SLOT_BYTES]) is None, "the slot is still on the disk"


def _work_until_refused(pristine: Pristine, copy: BuiltVault) -> None:
    vault = copy.open(pristine.keys())
    try:
        save_note(vault, "too much", "A pretend note that is too long. " * 20_000)
    except SfError as refusal:
        if refusal.code not in {"disk_full", "saved_not_sealed"}:
            raise
    finally:
        vault.close()


def _deleted(pristine: Pristine, folder: Path) -> None:
    """What deleting alone leaves on the disk, seen through a file that is still open."""
    copy = pristine.copy(folder)
    held = [path.open("rb") for path in (copy.home.slot_a, copy.home.slot_b)]
    for path in (copy.home.slot_a, copy.home.slot_b):
        path.unlink()
    contents = [file.read() for file in held]
    for file in held:
        file.close()
    _overwritten(contents)


ROW = Row(
    line=12,
    name="wipe",
    after="a wipe on a full disk",
    holds="slots overwritten in place, never opens again, unsent work can be handed in",
    full=100,
    suite=5,
    run=run,
    lacks=lacks_small_disk,
)
