"""Carries the contents of attachments, one piece at a time, between rounds: a round that is due goes first.

Up: where the council already has a part of it, it goes on from there; with the last piece the council proves the whole.
Down: in ranges, each stored before the next is asked for, the whole proved before anybody can read it. What goes wrong
with one content stays with it, and is tried again after the next round.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from sf_desktop.sync.failures import AnswerError
from sf_desktop.sync.ports import Changes
from sf_record.errors import SfError
from sf_record.wire.rounds import ATTACHMENT_PIECE_BYTES, AttachmentState

_STAYS_WITH_IT = frozenset({"content_refused", "council_refused", "attachment_differs", "not_there"})


class Blob(Protocol):
    """A content to be carried: whose it is, how large, and how much of it has been."""

    @property
    def id(self) -> str: ...
    @property
    def family_id(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def reached(self) -> int: ...


class Blobs(Protocol):
    """The laptop's side (``store.rounds.attachment_ledger``). Each call is one short transaction."""

    def outgoing(self, without: Collection[str]) -> Blob | None:
        """Return the next content whose record the council has and whose content it lacks."""
        ...

    def wanted(self, without: Collection[str]) -> Blob | None:
        """Return the next content that somebody asked for."""
        ...

    def piece(self, blob_id: str, offset: int, length: int) -> bytes: ...

    def sent(self, blob_id: str, state: AttachmentState) -> Changes:
        """Note how much of it the council has."""
        ...

    def keep(self, blob_id: str, offset: int, piece: bytes) -> Changes:
        """Store a piece of it; with the last one prove the whole."""
        ...

    def failed(self, blob_id: str, code: str) -> Changes:
        """Note why it could not be carried."""
        ...


class BlobCouncil(Protocol):
    """The council's side."""

    def attachment_state(self, family_id: str, sha256: str) -> AttachmentState: ...
    def bring_piece(self, family_id: str, sha256: str, offset: int, size: int, piece: bytes) -> AttachmentState: ...
    def fetch_piece(self, family_id: str, sha256: str, offset: int, length: int) -> bytes: ...


class Carrier:
    """Carries contents step by step. Used on the wire thread."""

    def __init__(self, blobs: Blobs, council: BlobCouncil, tell: Callable[[Changes], None] = lambda _: None) -> None:
        self._blobs, self._council, self._tell = blobs, council, tell
        self._known: dict[str, int] = {}  # how much of each content the council has, as it said itself
        self._left: set[str] = set()  # what went wrong since the last round

    def begin(self) -> None:
        """A round has succeeded: everything may be tried again, and the council asked anew."""
        self._known.clear()
        self._left.clear()

    def step(self) -> bool:
        """Carry one piece; False where there is nothing left to carry until the next round."""
        blob, carry = self._blobs.outgoing(self._left), self._send
        if blob is None:
            blob, carry = self._blobs.wanted(self._left), self._fetch
        if blob is None:
            return False
        try:
            carry(blob)
        except AnswerError as error:
            if error.code not in _STAYS_WITH_IT:
                raise
            self._leave(blob, error.code)
        except SfError as error:
            self._leave(blob, error.code)
        return True

    def _send(self, blob: Blob) -> None:
        if blob.id not in self._known:
            self._note(blob, self._council.attachment_state(blob.family_id, blob.sha256))
            return
        offset = self._known[blob.id]
        piece = self._blobs.piece(blob.id, offset, ATTACHMENT_PIECE_BYTES)
        state = self._council.bring_piece(blob.family_id, blob.sha256, offset, blob.size, piece)
        if not state.is_complete and state.received <= offset:
            self._left.add(blob.id)  # somebody else brings the same content: the next round sees how far it is
        self._note(blob, state)

    def _note(self, blob: Blob, state: AttachmentState) -> None:
        self._known[blob.id] = state.received
        self._tell(self._blobs.sent(blob.id, state))

    def _fetch(self, blob: Blob) -> None:
        piece = self._council.fetch_piece(blob.family_id, blob.sha256, blob.reached, ATTACHMENT_PIECE_BYTES)
        self._tell(self._blobs.keep(blob.id, blob.reached, piece))

    def _leave(self, blob: Blob, code: str) -> None:
        self._left.add(blob.id)
        self._tell(self._blobs.failed(blob.id, code))
