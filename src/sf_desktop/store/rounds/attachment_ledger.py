"""The vault as the carrying of contents sees it: what is owed to the council, what is wanted, each piece between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from sf_desktop.clock import Clock
from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.folder import chunks
from sf_desktop.store.sql import Work, marks
from sf_desktop.store.tables import attachments
from sf_desktop.store.tables.attachments import Content, State
from sf_desktop.store.thread.transactions import Tx
from sf_desktop.store.vault import Vault
from sf_desktop.wording import error
from sf_record.dates import moment_text
from sf_record.wire.rounds import ATTACHMENT_PIECE_BYTES, AttachmentState

T = TypeVar("T")
KIND = "attachment"


@dataclass(frozen=True, slots=True)
class Carried:
    """A content on its way."""

    id: str
    family_id: str
    sha256: str
    size: int
    reached: int


class VaultBlobs:
    """What ``sync.blobs.Blobs`` asks for. Used from the wire thread, which may wait for the vault."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault, self._clock = vault, clock

    def outgoing(self, without: Collection[str]) -> Carried | None:
        """Its record goes first: the council takes no content that nothing names.

        Where that was refused and written again, another record names the same content.
        """
        return self._read(
            lambda tx: _next(
                tx,
                "state = 'waiting' AND is_here = 1 AND NOT EXISTS (SELECT 1 FROM outbox WHERE record_id = attachment.id"
                " AND action = 'create' AND receipt_at IS NULL AND state <> 'set_aside')",
                without,
            )
        )

    def wanted(self, without: Collection[str]) -> Carried | None:
        return self._read(lambda tx: _next(tx, "state = 'wanted'", without))

    def piece(self, blob_id: str, offset: int, length: int) -> bytes:
        return self._read(lambda tx: attachments.read_part(tx, blob_id, offset, length))

    def sent(self, blob_id: str, state: AttachmentState) -> ChangeSet:
        now = moment_text(self._clock.now())
        return self._write(lambda tx: _sent(tx, blob_id, state, now))

    def keep(self, blob_id: str, offset: int, piece: bytes) -> ChangeSet:
        now = moment_text(self._clock.now())
        return self._write(lambda tx: _keep(tx, blob_id, offset, piece, now))

    def failed(self, blob_id: str, code: str) -> ChangeSet:
        return self._write(lambda tx: _failed(tx, blob_id, code))

    def _read(self, fn: Callable[[Tx], T]) -> T:
        return self._vault.read(fn, urgent=False).result()

    def _write(self, fn: Callable[[Tx], T]) -> T:
        return self._vault.do(fn, urgent=False).result()


def _next(work: Work, where: str, without: Collection[str]) -> Carried | None:
    left = tuple(without)
    row = work.connection.execute(
        f"SELECT id, family_id, sha256, size, reached FROM attachment WHERE {where}"
        f" AND id NOT IN ({marks(len(left))}) ORDER BY saved_at, id LIMIT 1",
        left,
    ).fetchone()
    return None if row is None else Carried(str(row[0]), str(row[1]), str(row[2]), int(row[3]), int(row[4]))


def _sent(work: Work, blob_id: str, state: AttachmentState, now: str) -> ChangeSet:
    content = attachments.get(work.connection, blob_id)
    if content is None or content.state is not State.WAITING:
        return ChangeSet()
    work.connection.execute(
        "UPDATE attachment SET reached = ?, code = '', state = ?, received_at = ? WHERE id = ?",
        (
            content.size if state.is_complete else min(state.received, content.size),
            (State.WITH_COUNCIL if state.is_complete else State.WAITING).value,
            now if state.is_complete else None,
            blob_id,
        ),
    )
    return _changed(content)


def _keep(work: Work, blob_id: str, offset: int, piece: bytes, now: str) -> ChangeSet:
    content = attachments.get(work.connection, blob_id)
    if content is None or content.state is not State.WANTED or content.reached != offset:
        return ChangeSet()  # nobody wants it any more
    if len(piece) != min(ATTACHMENT_PIECE_BYTES, content.size - offset):
        raise error("attachment_differs")
    work.attachments.mkdir(mode=0o700, exist_ok=True)
    path, key = work.attachments / content.file, attachments.key_of(work.connection, blob_id)
    reached = chunks.append(path, key, content.size, offset, piece)
    if reached < content.size:
        work.connection.execute("UPDATE attachment SET reached = ? WHERE id = ?", (reached, blob_id))
        return _changed(content)
    is_it = hashlib.sha256(chunks.read(path, key, content.size)).hexdigest() == content.sha256
    work.connection.execute(
        "UPDATE attachment SET reached = ?, is_here = ?, state = ?, received_at = ?, code = ? WHERE id = ?",
        (
            content.size if is_it else 0, int(is_it), State.WITH_COUNCIL.value, now,
            "" if is_it else "attachment_differs", blob_id,
        ),
    )  # fmt: skip
    return _changed(content)


def _failed(work: Work, blob_id: str, code: str) -> ChangeSet:
    content = attachments.get(work.connection, blob_id)
    if content is None:
        return ChangeSet()
    work.connection.execute("UPDATE attachment SET code = ? WHERE id = ?", (code, blob_id))
    return _changed(content)


def _changed(content: Content) -> ChangeSet:
    return ChangeSet(frozenset({KIND}), frozenset({content.id}), frozenset({content.family_id}))
