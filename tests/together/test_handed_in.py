"""What nobody can open any more is not lost: a wiped laptop's sealed file is handed in, and counts exactly once."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sf_council.cli import main
from sf_council.database.laptop import devices
from sf_desktop.store.coding import event_text
from sf_desktop.store.ending.wiping import a_farewell, begin_wipe, finish_wipe
from sf_desktop.store.lease.policy import farewell
from sf_desktop.store.sealed.outbox import SealedOutbox
from sf_desktop.store.tables.outbox import outgoing
from sf_record.events import Event
from sf_record.wire.orders import BY_ORDER
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.builders.vaults import build_vault

Import = Callable[..., tuple[int, str]]
UNSENT = 200


@pytest.fixture
def hand_in(town: Town, capsys: pytest.CaptureFixture[str]) -> Import:
    def run(file: Path, *more: str) -> tuple[int, str]:
        settings = town.council.settings
        where = ("--database", settings.database, "--data", str(settings.data))
        code = main(["import-sealed", str(file), *more, *where])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def unsent(worker: Laptop, count: int = UNSENT) -> tuple[Event, ...]:
    for number in range(count):
        worker.note(f"Pretend words, number {number}.")
    events: tuple[Event, ...] = worker.read(outgoing, 1_000, 10_000_000)
    assert len(events) == count
    return events


def sealed(town: Town, path: Path, events: tuple[Event, ...], *more: tuple[str, bytes]) -> Path:
    """Write the file that a laptop writes, with the laptop's own code."""
    outbox = SealedOutbox(path, base64.b64decode(town.council.council.keys.sealing))
    outbox.append([(each.id, event_text(each).encode()) for each in events])
    outbox.append(more)
    outbox.close()
    return path


def notes_at_council(worker: Laptop) -> set[str]:
    worker.round()
    return {str(each[0]) for each in worker.read(lambda c: c.execute("SELECT id FROM record WHERE kind = 'note'"))}


def test_two_hundred_unsent_events_survive_a_wipe(town: Town, tmp_path: Path, hand_in: Import) -> None:
    worker, colleague = town.loaded(), town.loaded("supervisor")
    events = unsent(worker)
    built = build_vault(tmp_path / "home")
    built.home.sealed_outbox.unlink()
    sealed(town, built.home.sealed_outbox, events)
    word = farewell(b"k" * 32, worker.identity.device_id, 1, BY_ORDER)
    begin_wipe(built.home, a_farewell(word, "https://example.gov.uk", town.clock.now()))
    assert finish_wipe(built.home, built.secrets)
    town.council.revoke(worker.identity.device_id)

    assert hand_in(built.home.sealed_outbox, "--check") == (0, f"{UNSENT} entries\n    {UNSENT}  can be taken in\n")
    before = notes_at_council(colleague)
    assert hand_in(built.home.sealed_outbox) == (0, f"{UNSENT} entries\n    {UNSENT}  taken\n")
    assert notes_at_council(colleague) - before == {each.record_id for each in events}
    assert hand_in(built.home.sealed_outbox) == (0, f"{UNSENT} entries\n    {UNSENT}  known before\n")


def test_a_laptop_that_the_council_does_not_know_any_more_is_vouched_for(
    town: Town, tmp_path: Path, hand_in: Import
) -> None:
    """The database was lost after the laptop had been set up, and an older copy was restored."""
    worker, supervisor = town.loaded(), town.loaded("supervisor")
    events = unsent(worker, 3)
    lost, forged = str(uuid4()), str(uuid4())
    forgotten = tuple(replace(each, device_id=lost) for each in events)
    strange = tuple(replace(each, id=str(uuid4()), record_id=str(uuid4()), device_id=forged) for each in events[:2])
    file = sealed(town, tmp_path / "sealed.outbox", (*forgotten, *strange))
    code, said = hand_in(file)
    assert code == 1
    assert "5  not of a worker and laptop of this council" in said
    assert f"{lost}  of practitioner, 3 entries: --laptop-of practitioner {lost}" in said
    assert f"{forged}  of practitioner, 2 entries" in said
    for words in (
        ("colleague", lost),  # they wrote nothing of it
        ("practitioner", str(uuid4())),
        ("practitioner", "practitioner"),
        ("nobody", lost),
    ):
        assert hand_in(file, "--laptop-of", *words)[0] == 1
    code, said = hand_in(file, "--laptop-of", "colleague", lost)
    assert said.startswith("Nothing in that file is of that worker and that laptop")
    assert f"{lost}  of practitioner, 3 entries" in said
    assert "5  not of a worker" in hand_in(file, "--laptop-of", "practitioner", lost, "--check")[1]
    before = notes_at_council(supervisor)
    code, said = hand_in(file, "--laptop-of", "practitioner", lost)
    assert f"{lost} is known again as one of practitioner, and revoked" in said
    assert "3  taken" in said
    assert "2  not of a worker" in said, "what is written on another laptop is not vouched for with this one"
    assert f"{forged}  of practitioner, 2 entries: --laptop-of practitioner {forged}" in said
    assert f"{lost}  of practitioner" not in said
    assert notes_at_council(supervisor) - before == {each.record_id for each in events}
    council_id = town.council.council.id
    known = town.council.do(lambda c: devices.get(c, council_id, lost))
    assert known is not None
    assert known.revoked_at
    assert town.council.do(lambda c: devices.get(c, council_id, forged)) is None
    assert "3  known before" in hand_in(file, "--laptop-of", "practitioner", lost)[1]


def test_work_of_somebody_whom_the_council_does_not_know_is_said_with_what_to_do(
    town: Town, tmp_path: Path, hand_in: Import
) -> None:
    events = unsent(town.loaded(), 1)
    lost = str(uuid4())
    added_since = tuple(replace(each, author_id=str(uuid4()), device_id=lost) for each in events)
    code, said = hand_in(sealed(town, tmp_path / "sealed.outbox", added_since))
    assert code == 1
    assert f"{lost}  of nobody whom the council knows, 1 entry: add its worker, and set it up anew" in said
    assert "--laptop-of" not in said


def test_what_was_sent_meanwhile_counts_once(town: Town, tmp_path: Path, hand_in: Import) -> None:
    worker = town.loaded()
    events = unsent(worker, 6)
    file = sealed(town, tmp_path / "sealed.outbox", events)
    worker.round()
    assert "6  known before" in hand_in(file)[1]


@pytest.mark.parametrize("kind", ["cut", "flipped", "both"])
def test_a_damaged_line_is_named_and_the_rest_is_taken(town: Town, tmp_path: Path, hand_in: Import, kind: str) -> None:
    events = unsent(town.loaded(), 10)
    file = sealed(town, tmp_path / "sealed.outbox", events)
    content = bytearray(file.read_bytes())
    lost = 0
    if kind in {"flipped", "both"}:
        content[len(content) // 2] ^= 4
        lost += 1
    if kind in {"cut", "both"}:
        content = content[:-20]
        lost += 1
    file.write_bytes(content)
    code, said = hand_in(file)
    assert code == 1, "whoever hears that all is well throws the file away"
    assert f"{10 - lost}  taken" in said
    assert len(re.findall(r"^damaged +[0-9]+ bytes from", said, re.MULTILINE)) == lost
    assert f"{lost} of 10 entries could not be taken in: keep the file" in said


def test_a_box_that_was_moved_to_another_event_is_damaged(town: Town, tmp_path: Path, hand_in: Import) -> None:
    first, second = unsent(town.loaded(), 2)
    file = sealed(town, tmp_path / "sealed.outbox", (), (first.id, event_text(second).encode()))
    assert f"not of a worker and laptop of this council  {first.id}" in hand_in(file)[1]


def test_another_person_s_file_is_judged_as_that_person(town: Town, tmp_path: Path, hand_in: Import) -> None:
    colleague = town.loaded("colleague")
    worker = town.loaded()
    mine = unsent(worker, 1)[0]
    strangers: list[tuple[str, bytes]] = []
    for changes in (
        {"author_id": town.council.new_id()},
        {"device_id": colleague.identity.device_id},
        {"author_id": colleague.identity.worker_id},
    ):
        plain: dict[str, Any] = {**json.loads(event_text(mine)), "id": town.council.new_id(), **changes}
        strangers.append((plain["id"], json.dumps(plain).encode()))
    foreign = {
        **json.loads(event_text(mine)), "id": town.council.new_id(), "record_id": town.council.new_id(),
        "author_id": colleague.identity.worker_id, "device_id": colleague.identity.device_id,
    }  # fmt: skip
    file = sealed(town, tmp_path / "sealed.outbox", (), *strangers, (foreign["id"], json.dumps(foreign).encode()))
    said = hand_in(file)[1]
    assert "3  not of a worker and laptop of this council" in said
    assert re.search(f"^refused +{foreign['id']}  not_yours$", said, re.MULTILINE)


def test_what_its_author_took_back_stays_out(town: Town, tmp_path: Path, hand_in: Import) -> None:
    keep, drop = unsent(town.loaded(), 2)
    withdrawal = (town.council.new_id(), json.dumps({"withdrawn": drop.id}).encode())
    file = sealed(town, tmp_path / "sealed.outbox", (keep, drop), withdrawal)
    said = hand_in(file)[1]
    assert "1  taken" in said
    assert f"withdrawn by its author  {drop.id}" in said


def test_work_on_a_file_that_has_moved_goes_into_the_holding_tray(town: Town, tmp_path: Path, hand_in: Import) -> None:
    worker = town.loaded()
    (event,) = unsent(worker, 1)
    file = sealed(town, tmp_path / "sealed.outbox", (event,))
    town.clock.set(datetime(2026, 1, 5, 9, 0, tzinfo=UTC))  # commands go by the computer's own clock
    town.council.allocate(event.family_id, "colleague")
    assert f"in the holding tray  {event.id}  family_moved" in hand_in(file)[1]


def test_a_file_of_another_councils_laptop_is_said_to_be_that_and_not_damaged(
    town: Town, tmp_path: Path, hand_in: Import
) -> None:
    outbox = SealedOutbox(tmp_path / "sealed.outbox", X25519PrivateKey.generate().public_key().public_bytes_raw())
    outbox.append([(each.id, event_text(each).encode()) for each in unsent(town.loaded(), 2)])
    outbox.close()
    for more in ((), ("--check",)):
        code, said = hand_in(tmp_path / "sealed.outbox", *more)
        assert code == 1
        assert said.startswith("None of the 2 entries opens with this council's key, and nothing was taken in\n")
        assert "another council's laptop" in said


def test_one_entry_alone_that_does_not_open_may_be_damaged(town: Town, tmp_path: Path, hand_in: Import) -> None:
    outbox = SealedOutbox(tmp_path / "sealed.outbox", X25519PrivateKey.generate().public_key().public_bytes_raw())
    outbox.append([(each.id, event_text(each).encode()) for each in unsent(town.loaded(), 1)])
    outbox.close()
    code, said = hand_in(tmp_path / "sealed.outbox")
    assert code == 1
    assert said.startswith("The one entry that is whole does not open with this council's key, and nothing was taken")
    assert "may also be damaged: take a fresh copy" in said


def test_no_text_is_printed_and_what_is_no_sealed_file_is_refused(town: Town, tmp_path: Path, hand_in: Import) -> None:
    worker = town.loaded()
    file = sealed(town, tmp_path / "sealed.outbox", unsent(worker, 2), ("rubbish", b"unmistakable-mark"))
    said = hand_in(file)[1]
    assert "Pretend" not in said
    assert "unmistakable-mark" not in said
    other = tmp_path / "other"
    other.write_bytes(b"hello")
    assert hand_in(other)[0] == 1
    assert hand_in(tmp_path / "nothing")[0] == 1
