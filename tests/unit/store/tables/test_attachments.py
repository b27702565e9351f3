"""Contents of attachments: encrypted at once under their own key, proved when read, owed to the council meanwhile."""

from __future__ import annotations

import random
from base64 import b64decode
from collections.abc import Collection
from pathlib import Path

import msgspec
import pytest

from sf_desktop.store.connection import Connection
from sf_desktop.store.folder import chunks
from sf_desktop.store.queries import counts
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import attachments, withdrawals
from sf_desktop.store.tables.attachments import State
from sf_desktop.store.thread.trail import Trail
from sf_desktop.store.upkeep import attachment_upkeep
from sf_record.errors import SfError
from sf_record.wire.audit import Look, Looked
from sf_record.wire.rounds import SealedAttachment
from tests.builders.offices import OpenWork, open_vault
from tests.fakes.little_room import little_room

NOW = "2026-11-23T09:00:00.000000Z"
LATER = "2027-11-23T09:00:00.000000Z"
FAMILY, DRAFT = "0000-family", "0000-draft"


@pytest.fixture
def work(tmp_path: Path) -> OpenWork:
    return OpenWork(open_vault(tmp_path), attachments=tmp_path / "attachments")


def content(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def held(work: OpenWork, id_: str = "0000-a", size: int = 700_000) -> attachments.Content:
    return attachments.hold(work, id_, FAMILY, DRAFT, content(size), {"media_type": "image/png"}, NOW)


def connection(work: OpenWork) -> Connection:
    return work.connection


@pytest.mark.parametrize("size", [1, chunks.CHUNK_BYTES - 1, chunks.CHUNK_BYTES, chunks.CHUNK_BYTES + 1, 700_000])
def test_what_is_kept_is_read_as_it_was(work: OpenWork, size: int) -> None:
    kept = held(work, size=size)
    assert attachments.read(work, kept.id) == content(size)
    assert attachments.read_part(work, kept.id, size - 1, 100) == content(size)[-1:]


def test_nothing_of_it_can_be_read_in_the_folder(work: OpenWork) -> None:
    plain = b"A pretend letter about the Alder family. " * 10_000
    attachments.hold(work, "0000-a", FAMILY, DRAFT, plain, {}, NOW)
    (file,) = work.attachments.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert plain[:20] not in file.read_bytes()
    assert "alder" not in file.name.lower()


def test_every_flipped_bit_is_found(work: OpenWork) -> None:
    kept = held(work, size=300_000)
    file = work.attachments / kept.file
    whole = file.read_bytes()
    dice = random.Random(5)
    for _ in range(60):
        place, bit = dice.randrange(len(whole)), 1 << dice.randrange(8)
        file.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        assert code_of(work, kept.id) == "attachment_damaged"
    file.write_bytes(whole)
    assert attachments.read(work, kept.id) == content(300_000)


def test_a_truncated_swapped_or_missing_file_is_found(work: OpenWork) -> None:
    one, other = held(work, "0000-a", 600_000), held(work, "0000-b", 600_000)
    first, second = work.attachments / one.file, work.attachments / other.file
    whole = first.read_bytes()
    for end in (0, 5, 10, 300_000, len(whole) - 1):
        first.write_bytes(whole[:end])
        assert code_of(work, one.id) == "attachment_damaged"
    first.write_bytes(second.read_bytes())
    assert code_of(work, one.id) == "attachment_damaged"
    first.unlink()
    assert code_of(work, one.id) == "attachment_missing"


def test_chunks_cannot_change_places(work: OpenWork) -> None:
    kept = held(work, size=3 * chunks.CHUNK_BYTES)
    file = work.attachments / kept.file
    whole, step = file.read_bytes(), chunks.CHUNK_BYTES + 28
    head, parts = whole[:10], [whole[10 + n * step : 10 + (n + 1) * step] for n in range(3)]
    file.write_bytes(head + parts[1] + parts[0] + parts[2])
    assert code_of(work, kept.id) == "attachment_damaged"


def test_what_was_fetched_in_pieces_is_the_same(work: OpenWork, tmp_path: Path) -> None:
    whole, key, path = content(900_000), b"k" * 32, tmp_path / "fetched"
    for offset in range(0, len(whole), 2 * chunks.CHUNK_BYTES):
        if offset:
            with path.open("ab") as file:
                file.write(b"what a cut left")
        chunks.append(path, key, len(whole), offset, whole[offset : offset + 2 * chunks.CHUNK_BYTES])
    assert chunks.read(path, key, len(whole)) == whole


def test_its_key_is_sealed_when_the_council_is_owed_it(work: OpenWork) -> None:
    kept = held(work)
    attachments.promise(work, kept.id, {"media_type": "image/png"})
    ((sealed_id, payload),) = work.sealed
    sealed = msgspec.json.decode(payload, type=SealedAttachment)
    assert sealed_id == f"attachment:{kept.file}"
    key = b64decode(sealed.key)
    assert chunks.read(work.attachments / sealed.file, key, sealed.size) == content(700_000)
    assert list(attachments.unsealed(connection(work), frozenset())) == [
        (sealed_id, payload.replace(b"image/png", b""))
    ]
    assert not list(attachments.unsealed(connection(work), frozenset({sealed_id})))


def test_a_family_file_stays_while_the_council_lacks_a_content(work: OpenWork) -> None:
    kept = held(work)
    assert attachments.waiting(connection(work), FAMILY)
    attachments.promise(work, kept.id, {})
    assert attachments.waiting(connection(work), FAMILY)
    assert release.waits(connection(work), FAMILY).has_attachments
    connection(work).execute("UPDATE attachment SET state = 'with_council'")
    assert not attachments.waiting(connection(work), FAMILY)
    assert not release.waits(connection(work), FAMILY)


def test_a_content_whose_record_was_given_up_keeps_no_family_file_here(work: OpenWork) -> None:
    kept = held(work)
    attachments.promise(work, kept.id, {})
    connection(work).execute(
        "INSERT INTO outbox (id, record_id, family_id, kind, action, state, is_shown, saved_at, event)"
        " VALUES ('0000-e', ?, ?, 'attachment', 'create', 'needs_you', 1, '', '{}')",
        (kept.id, FAMILY),
    )
    assert attachments.waiting(connection(work), FAMILY)
    assert counts.status(connection(work), "9").files_waiting == 1
    withdrawals.give_up(work, "0000-e", "0000-w", "The wrong photograph.")
    assert not attachments.waiting(connection(work), FAMILY)
    assert counts.status(connection(work), "9").files_waiting == 0


def swept(work: OpenWork, sealed_ids: Collection[str] = ()) -> int:
    return attachment_upkeep.sweep(work, sealed_ids, attachment_upkeep.files(work))


def test_the_sweep_leaves_what_was_put_down_since_the_files_were_listed(work: OpenWork) -> None:
    held(work, "0000-a")
    attachments.put_down(work.attachments, "0000-b", b"left by a kill")
    found = attachment_upkeep.files(work)
    kept = attachments.put_down(work.attachments, "0000-c", b"being brought in")
    assert attachment_upkeep.sweep(work, (), found) == 1
    attachments.hold_kept(work, kept, FAMILY, None, {}, NOW)
    assert attachments.read(work, "0000-c") == b"being brought in"


def test_what_is_destroyed_leaves_neither_key_nor_file(work: OpenWork) -> None:
    held(work, "0000-a")
    held(work, "0000-b")
    gone = attachments.forget(connection(work), FAMILY)
    assert len(gone) == 2
    assert swept(work) == 2
    assert not list(work.attachments.iterdir())


def test_the_sweep_leaves_what_the_council_alone_can_read(work: OpenWork) -> None:
    kept = held(work)
    attachments.promise(work, kept.id, {})
    attachments.forget(connection(work), FAMILY)
    assert swept(work, {work.sealed[0][0]}) == 0
    assert swept(work) == 1


def test_old_copies_make_room_and_can_be_fetched_again(work: OpenWork) -> None:
    for name in ("0000-a", "0000-b", "0000-c"):
        attachments.promise(work, held(work, name, 1_000).id, {})
    connection(work).execute("UPDATE attachment SET state = 'with_council', received_at = ?", (NOW,))
    Trail().enter(connection(work), (Looked(LATER, Look.ATTACHMENT_VIEWED, FAMILY, "0000-c"),))
    assert attachment_upkeep.make_room(work, 1_500, NOW) == 0, "not before their day"
    assert attachment_upkeep.make_room(work, 1_500, "2027-01-01T00:00:00.000000Z") == 2
    assert code_of(work, "0000-a") == "attachment_elsewhere"
    assert attachments.read(work, "0000-c")
    assert len(list(work.attachments.iterdir())) == 1
    attachments.want(connection(work), "0000-a", FAMILY, "", 0, LATER)
    assert attachments.found(connection(work), "0000-a").state is State.WANTED


def test_what_was_held_goes_with_its_draft(work: OpenWork) -> None:
    kept = held(work)
    attachments.take_out(connection(work), kept.id, NOW)
    assert attachments.of_draft(connection(work), DRAFT)[0].removed_at == NOW
    attachments.take_out(connection(work), kept.id, None)
    assert attachments.of_draft(connection(work), DRAFT)[0].removed_at is None
    assert attachment_upkeep.drop_left_over(work) == 1
    assert attachments.get(connection(work), kept.id) is None


def test_a_disk_without_room_leaves_nothing_behind(work: OpenWork) -> None:
    connection(work).execute("BEGIN")
    with little_room(400_000), pytest.raises(SfError) as caught:
        held(work)
    connection(work).execute("ROLLBACK")
    assert caught.value.code == "disk_full"
    assert not list(work.attachments.iterdir())
    assert attachments.get(connection(work), "0000-a") is None


def code_of(work: OpenWork, id_: str) -> str:
    with pytest.raises(SfError) as caught:
        attachments.read(work, id_)
    return caught.value.code
