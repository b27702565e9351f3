"""Knows each attachment's content: which file and key, how much of it the council has, and when it may leave.

A content is *held* while its record is being written, *waiting* until the council has all of it, then *with_council*.
One that only the council has is *wanted* while somebody asked for it. Its key lies here, in the vault's database, and
nowhere else but sealed to the council: whoever drops the row drops the content, even where the file stays behind.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from secrets import token_bytes, token_hex

from sf_desktop.store.coding import plain_text, read_plain
from sf_desktop.store.connection import Connection
from sf_desktop.store.folder import chunks
from sf_desktop.store.folder.files import sync_folder, translated
from sf_desktop.store.sql import Work, marks
from sf_desktop.store.tables import families
from sf_desktop.wording import error
from sf_record.body import Body
from sf_record.wire.rounds import SealedAttachment

KIND = "attachment"
SEALED = "attachment:"
KEY_BYTES = 32
# What the council is still to have; not what its author gave up, which would keep a family file here for ever.
OWED = (
    "state = 'waiting' AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.record_id = attachment.id"
    " AND outbox.action = 'create' AND outbox.state = 'set_aside' AND outbox.given_up <> '')"
)


class State(StrEnum):
    """Where a content is."""

    HELD = "held"  # with what is being written: nobody else knows of it
    WAITING = "waiting"  # its record is written; the council does not have all of it
    WITH_COUNCIL = "with_council"
    WANTED = "wanted"  # the council has it, and it is on its way here


@dataclass(frozen=True, slots=True)
class Content:
    """One attachment's content on this laptop. ``is_here``: all of it can be read."""

    id: str
    family_id: str
    draft_id: str | None
    state: State
    file: str
    sha256: str
    size: int
    reached: int
    saved_at: str
    received_at: str | None
    removed_at: str | None
    code: str
    body: Body
    is_here: bool


_COLUMNS = (
    "id, family_id, draft_id, state, file, sha256, size, reached, saved_at, received_at, removed_at, code, body,"
    " is_here AND key IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that lies on the disk, encrypted, and of which no row says so yet: without its key it is nothing."""

    id: str
    file: str
    key: bytes = field(repr=False)
    sha256: str
    size: int


def put_down(folder: Path, id_: str, content: bytes) -> Kept:
    """Encrypt a new content onto the disk. A kill before its row is written leaves a file without a key.

    Such a file is taken away by :func:`attachment_upkeep.sweep`, or by :func:`erase`.
    """
    kept = Kept(id_, token_hex(16), token_bytes(KEY_BYTES), hashlib.sha256(content).hexdigest(), len(content))
    with translated():
        folder.mkdir(mode=0o700, exist_ok=True)
    chunks.write(folder / kept.file, kept.key, content)
    return kept


def hold_kept(work: Work, kept: Kept, family_id: str, draft_id: str | None, body: Body, now: str) -> None:
    """Keep a content that was put down beside what is being written."""
    work.connection.execute(
        "INSERT INTO attachment (id, family_id, draft_id, state, file, key, sha256, size, saved_at, used_at, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            kept.id, family_id, draft_id, State.HELD.value, kept.file, kept.key, kept.sha256, kept.size, now, now,
            plain_text(body),
        ),
    )  # fmt: skip


def hold(work: Work, id_: str, family_id: str, draft_id: str | None, content: bytes, body: Body, now: str) -> Content:
    """Keep a new content beside what is being written: encrypted and on the disk before the row is."""
    families.require_staying(work.connection, family_id)
    kept = put_down(work.attachments, id_, content)
    try:
        hold_kept(work, kept, family_id, draft_id, body, now)
    except BaseException:
        erase(work.attachments, (kept.file,))
        raise
    return found(work.connection, id_)


def hold_words(connection: Connection, id_: str, family_id: str, draft_id: str | None, body: Body, now: str) -> None:
    """Hold something that has no content: a signature on paper, or consent given aloud."""
    families.require_staying(connection, family_id)
    connection.execute(
        "INSERT INTO attachment (id, family_id, draft_id, state, file, sha256, size, is_here, saved_at, used_at, body)"
        " VALUES (?, ?, ?, ?, '', '', 0, 0, ?, ?, ?)",
        (id_, family_id, draft_id, State.HELD.value, now, now, plain_text(body)),
    )


def replace(work: Work, id_: str, content: bytes, body: Body) -> Content:
    """Put another content in place of one that is still held; the old one is gone with its key."""
    before = found(work.connection, id_)
    key, file = token_bytes(KEY_BYTES), token_hex(16)
    chunks.write(work.attachments / file, key, content)
    work.connection.execute(
        "UPDATE attachment SET file = ?, key = ?, sha256 = ?, size = ?, body = ? WHERE id = ? AND state = ?",
        (file, key, hashlib.sha256(content).hexdigest(), len(content), plain_text(body), id_, State.HELD.value),
    )
    work.after_commit(Erase(work.attachments, (before.file,)))
    return found(work.connection, id_)


def get(connection: Connection, id_: str) -> Content | None:
    """Return what is known of an attachment's content; None where only its record is here."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM attachment WHERE id = ?", (id_,)).fetchone()
    return None if row is None else _content(row)


def found(connection: Connection, id_: str) -> Content:
    """Return what is known of a content; InputError where nothing is."""
    content = get(connection, id_)
    if content is None:
        raise error("attachment_gone")
    return content


def some(connection: Connection, ids: Collection[str]) -> dict[str, Content]:
    """Return what is known of these, by id."""
    chosen = tuple(ids)
    rows = connection.execute(f"SELECT {_COLUMNS} FROM attachment WHERE id IN ({marks(len(chosen))})", chosen)
    return {str(each[0]): _content(each) for each in rows}


def of_draft(connection: Connection, draft_id: str) -> list[Content]:
    """Return what is held with a draft, in the order in which it was added; what was taken out of it is marked so."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM attachment WHERE draft_id = ? AND state = ? ORDER BY saved_at, id",
        (draft_id, State.HELD.value),
    )
    return [_content(each) for each in rows]


def held(connection: Connection) -> list[Content]:
    """Return all that is held and was not taken out again, in the order in which it was added."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM attachment WHERE state = ? AND removed_at IS NULL ORDER BY saved_at, id",
        (State.HELD.value,),
    )
    return [_content(each) for each in rows]


def held_alone(connection: Connection, family_id: str) -> list[Content]:
    """Return what is held for a family file itself, with no draft."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM attachment WHERE family_id = ? AND draft_id IS NULL AND state = ?"
        " ORDER BY saved_at, id",
        (family_id, State.HELD.value),
    )
    return [_content(each) for each in rows]


def read(work: Work, id_: str) -> bytes:
    """Return a content, proved chunk by chunk and as a whole; it is in memory only."""
    content = found(work.connection, id_)
    whole = read_part(work, id_, 0, content.size)
    if hashlib.sha256(whole).hexdigest() != content.sha256:
        raise error("attachment_damaged")
    return whole


def read_part(work: Work, id_: str, offset: int, length: int) -> bytes:
    """Return a part of a content that is here."""
    content = found(work.connection, id_)
    key = _key(work.connection, id_)
    if not content.is_here or key is None:
        raise error("attachment_elsewhere")
    return chunks.read_part(work.attachments / content.file, key, content.size, offset, length)


def keep_body(connection: Connection, id_: str, body: Body) -> None:
    """Keep what is said of a held content as somebody writes it."""
    connection.execute(
        "UPDATE attachment SET body = ? WHERE id = ? AND state = ?", (plain_text(body), id_, State.HELD.value)
    )


def take_out(connection: Connection, id_: str, at: str | None) -> None:
    """Take a held content out of what is written, or (None) put it back: nothing is destroyed before the end."""
    connection.execute("UPDATE attachment SET removed_at = ? WHERE id = ? AND state = ?", (at, id_, State.HELD.value))


def promise(work: Work, id_: str, body: Body) -> None:
    """Its record is written: from now on the council is owed the content, and its key is sealed to the council."""
    content = found(work.connection, id_)
    if not content.sha256:
        work.connection.execute("DELETE FROM attachment WHERE id = ?", (id_,))
        return
    work.connection.execute(
        "UPDATE attachment SET state = ?, draft_id = NULL, body = '{}' WHERE id = ?", (State.WAITING.value, id_)
    )
    work.seal(*sealed_key(work.connection, content, str(body.get("media_type") or "")))


def unsealed(connection: Connection, sealed_ids: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the keys of waiting contents that the sealed outbox lacks: after a kill between commit and append."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM attachment WHERE state = ?", (State.WAITING.value,)).fetchall()
    for content in map(_content, rows):
        if f"{SEALED}{content.file}" not in sealed_ids and content.is_here:
            yield sealed_key(connection, content, "")


def want(connection: Connection, id_: str, family_id: str, sha256: str, size: int, now: str) -> None:
    """Ask for a content that only the council has; what has come of it already is kept."""
    connection.execute(
        "INSERT INTO attachment (id, family_id, state, file, sha256, size, is_here, saved_at, used_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (id) DO NOTHING",
        (id_, family_id, State.WITH_COUNCIL.value, token_hex(16), sha256, size, now, now),
    )
    connection.execute(
        "UPDATE attachment SET state = ?, code = '', key = coalesce(key, ?), used_at = ?"
        " WHERE id = ? AND state = ? AND is_here = 0",
        (State.WANTED.value, token_bytes(KEY_BYTES), now, id_, State.WITH_COUNCIL.value),
    )


def want_no_more(connection: Connection, id_: str) -> None:
    """Stop fetching; what has come is kept for the next time, and cannot be read yet."""
    connection.execute(
        "UPDATE attachment SET state = ? WHERE id = ? AND state = ?",
        (State.WITH_COUNCIL.value, id_, State.WANTED.value),
    )


def not_here(connection: Connection, id_: str) -> None:
    """A copy whose council has it cannot be read here: from now on it is one to be fetched."""
    connection.execute(
        "UPDATE attachment SET is_here = 0, reached = 0, key = NULL, file = ? WHERE id = ? AND state = ?",
        (token_hex(16), id_, State.WITH_COUNCIL.value),
    )


def used(connection: Connection, id_: str, now: str) -> None:
    """Somebody looked at it: it leaves later than what nobody looks at."""
    connection.execute("UPDATE attachment SET used_at = ? WHERE id = ?", (now, id_))


def share_sent(connection: Connection, id_: str) -> int | None:
    """Return how much of a hundred the council has of a content that waits; None where it has all, or is owed none."""
    row = connection.execute(
        "SELECT 100 * reached / max(1, size) FROM attachment WHERE id = ? AND state = ?", (id_, State.WAITING.value)
    ).fetchone()
    return None if row is None else int(row[0])


def waiting(connection: Connection, family_id: str) -> bool:
    """Say whether a family file has contents that the council lacks, or that are held: then it must not be released.

    What is held with a draft that was thrown away goes as that does.
    """
    row = connection.execute(
        f"SELECT 1 FROM attachment WHERE family_id = ? AND ({OWED} OR (state = ? AND removed_at IS NULL"
        " AND coalesce(draft_id, '') NOT IN (SELECT id FROM draft WHERE discarded_at IS NOT NULL))) LIMIT 1",
        (family_id, State.HELD.value),
    ).fetchone()
    return row is not None


def forget(connection: Connection, family_id: str) -> tuple[str, ...]:
    """Drop every content of a family file with its key; return the files, which nobody can read any more.

    Ask :func:`waiting` before: what the council lacks is destroyed too.
    """
    rows = connection.execute("DELETE FROM attachment WHERE family_id = ? RETURNING file", (family_id,)).fetchall()
    return tuple(str(each[0]) for each in rows)


def drop(work: Work, ids: Collection[str]) -> None:
    """Destroy held contents that nobody wants."""
    chosen = tuple(ids)
    rows = work.connection.execute(
        f"DELETE FROM attachment WHERE id IN ({marks(len(chosen))}) AND state = 'held' RETURNING file", chosen
    ).fetchall()
    work.after_commit(Erase(work.attachments, tuple(str(each[0]) for each in rows)))


def send_again(connection: Connection, family_ids: Collection[str]) -> None:
    """A council that forgot part of these family files is offered the contents again that are still here."""
    connection.executemany(
        "UPDATE attachment SET state = 'waiting', reached = 0, received_at = NULL"
        " WHERE family_id = ? AND state = 'with_council' AND is_here = 1",
        [(each,) for each in family_ids],
    )


def erase(folder: Path, files: Iterable[str]) -> None:
    """Remove files whose keys are gone. Their content cannot be read any more, so overwriting would add nothing."""
    names = tuple(filter(None, files))
    with translated():
        for name in names:
            (folder / name).unlink(missing_ok=True)
        if names and folder.is_dir():
            sync_folder(folder)


def _key(connection: Connection, id_: str) -> bytes | None:
    row = connection.execute("SELECT key FROM attachment WHERE id = ?", (id_,)).fetchone()
    return None if row is None or row[0] is None else bytes(row[0])


def key_of(connection: Connection, id_: str) -> bytes:
    """Return a content's own key."""
    key = _key(connection, id_)
    if key is None:
        raise error("attachment_elsewhere")
    return key


def sealed_key(connection: Connection, content: Content, media_type: str) -> tuple[str, bytes]:
    """Return what is sealed of a content's key: under which id, and what."""
    sealed = SealedAttachment(
        record_id=content.id,
        family_id=content.family_id,
        file=content.file,
        key=b64encode(key_of(connection, content.id)).decode(),
        sha256=content.sha256,
        size=content.size,
        media_type=media_type,
    )
    return f"{SEALED}{content.file}", plain_text(sealed).encode()


def _content(row: tuple[object, ...]) -> Content:
    (
        id_,
        family_id,
        draft_id,
        state,
        file,
        sha256,
        size,
        reached,
        saved_at,
        received_at,
        removed_at,
        code,
        body,
        here,
    ) = row
    return Content(
        str(id_), str(family_id), None if draft_id is None else str(draft_id), State(str(state)), str(file),
        str(sha256), int(str(size)), int(str(reached)), str(saved_at),
        None if received_at is None else str(received_at), None if removed_at is None else str(removed_at),
        str(code), read_plain(str(body)), bool(here),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erase:
    """Removes files once the change that let them go is stored; what a kill leaves, ``attachment_upkeep`` removes."""

    folder: Path
    files: tuple[str, ...]

    def __call__(self) -> None:
        for name in filter(None, self.files):
            try:
                (self.folder / name).unlink()
            except OSError:
                continue  # after a commit nothing may fail; the next sweep tries again
