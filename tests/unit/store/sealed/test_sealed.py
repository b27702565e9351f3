"""The sealed outbox: what was appended stays readable for the council, whatever is torn, flipped or pruned."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sf_council import sealedfile
from sf_desktop.store.sealed.outbox import SealedOutbox, lost_bytes, read_entries
from sf_desktop.store.sealed.sealing import OVERHEAD_BYTES, open_sealed, seal
from sf_record.errors import VaultError

COUNCIL = X25519PrivateKey.generate()
PUBLIC = COUNCIL.public_key().public_bytes_raw()


def opened(path: Path) -> dict[str, bytes]:
    private = COUNCIL.private_bytes_raw()
    return {entry.event_id: open_sealed(private, entry.sealed, entry.event_id.encode()) for entry in read_entries(path)}


def appended(path: Path, count: int) -> dict[str, bytes]:
    outbox = SealedOutbox(path, PUBLIC)
    events = {f"event-{number}": b"A pretend note. " * number for number in range(count)}
    for event_id, payload in events.items():
        outbox.append([(event_id, payload)])
    outbox.close()
    return events


def test_only_the_council_reads_what_was_sealed_and_only_as_what_it_is() -> None:
    sealed = seal(PUBLIC, b"A pretend note.", b"event-1")
    assert len(sealed) == len(b"A pretend note.") + OVERHEAD_BYTES
    assert open_sealed(COUNCIL.private_bytes_raw(), sealed, b"event-1") == b"A pretend note."
    for private, context in ((X25519PrivateKey.generate(), b"event-1"), (COUNCIL, b"event-2")):
        with pytest.raises(VaultError, match="sealed_damaged"):
            open_sealed(private.private_bytes_raw(), sealed, context)


def test_a_tail_torn_at_every_byte_is_cut_off_and_the_rest_kept(tmp_path: Path) -> None:
    path = tmp_path / "sealed.outbox"
    events = appended(path, 3)
    whole = path.read_bytes()
    start = len(whole) - len(events["event-2"]) - OVERHEAD_BYTES
    for size in range(start - 12, len(whole)):
        path.write_bytes(whole[:size])
        outbox = SealedOutbox(path, PUBLIC)
        outbox.append([("after", b"more")])
        outbox.close()
        found = opened(path)
        assert found == {"event-0": events["event-0"], "event-1": events["event-1"], "after": b"more"}


def test_a_flipped_bit_costs_at_most_one_event_and_is_never_shown(
    tmp_path: Path, run_count: Callable[[int, int], int]
) -> None:
    path = tmp_path / "sealed.outbox"
    events = appended(path, 6)
    whole = path.read_bytes()
    chance = random.Random(5)
    for _ in range(run_count(100, 5000)):
        content = bytearray(whole)
        bit = chance.randrange(10 * 8, len(content) * 8)
        content[bit // 8] ^= 1 << bit % 8
        path.write_bytes(content)
        found = opened(path)
        assert found.items() <= events.items()
        assert len(found) >= 5


def test_events_are_pruned_and_the_file_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "sealed.outbox"
    appended(path, 4)
    outbox = SealedOutbox(path, PUBLIC)
    outbox.prune({"event-0", "event-2", "event-unknown"})
    outbox.append([("after", b"more")])
    assert outbox.event_ids == {"event-1", "event-3", "after"}
    outbox.close()
    assert set(opened(path)) == {"event-1", "event-3", "after"}


def with_room(path: Path) -> dict[str, bytes]:
    """Seal three events before there is room and three into it, as a laptop does that is then switched off."""
    outbox = SealedOutbox(path, PUBLIC)
    events = {f"event-{number}": b"A pretend note. " * 40 * number for number in range(6)}
    for number, (event_id, payload) in enumerate(events.items()):
        outbox.append([(event_id, payload)])
        if number >= 2:
            outbox.make_room()
    left = path.read_bytes()
    outbox.close()
    path.write_bytes(left)
    return events


def test_room_behind_the_last_entry_is_no_damage_and_goes_when_the_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "sealed.outbox"
    events = with_room(path)
    size = path.stat().st_size
    assert opened(path) == events
    assert lost_bytes(path) == 0
    handed_in = list(sealedfile.read(path.read_bytes()))
    assert [each.name for each in handed_in if isinstance(each, sealedfile.Entry)] == list(events)
    assert len(handed_in) == len(events)
    outbox = SealedOutbox(path, PUBLIC)
    assert path.stat().st_size < size
    outbox.append([("after", b"more")])
    outbox.prune({"event-0"})
    outbox.append([("last", b"and more")])
    outbox.make_room()
    outbox.close()
    events.pop("event-0")
    assert opened(path) == {**events, "after": b"more", "last": b"and more"}


def test_where_the_file_cannot_be_replaced_it_goes_on_without_a_hole(tmp_path: Path) -> None:
    """A hole is read over byte by byte at every unlocking, and stays."""
    path = tmp_path / "sealed.outbox"
    outbox = SealedOutbox(path, PUBLIC)
    outbox.append([("first", b"A pretend note.")])
    outbox.make_room()
    (tmp_path / "sealed.outbox.new").mkdir()  # in the way of the new file
    with pytest.raises(VaultError):
        outbox.prune({"first"})
    outbox.append([("second", b"Another pretend note.")])
    outbox.close()
    assert set(opened(path)) == {"first", "second"}
    assert lost_bytes(path) == 0
    assert path.stat().st_size < 1_000


def test_an_entry_torn_at_any_byte_of_the_room_is_cut_off_and_the_rest_kept(tmp_path: Path) -> None:
    path = tmp_path / "sealed.outbox"
    events = with_room(path)
    whole = path.read_bytes()
    end = len(whole.rstrip(b"\0"))
    start = end - len(events["event-5"]) - OVERHEAD_BYTES
    kept = {name: text for name, text in events.items() if name != "event-5"}
    for size in range(start, end, 7):
        path.write_bytes(whole[:size] + bytes(len(whole) - size))
        outbox = SealedOutbox(path, PUBLIC)
        outbox.append([("after", b"more")])
        outbox.close()
        assert opened(path) == {**kept, "after": b"more"}
