"""Has saved events sealed as well; what could not be appended waits for the next save, or for the next start."""

from __future__ import annotations

from collections.abc import Sequence

from sf_desktop.store.folder.home import VaultHome, free_ballast
from sf_desktop.store.sealed.outbox import SealedOutbox
from sf_desktop.wording import error
from sf_record.errors import SfError

Event = tuple[str, bytes]


class Seals:
    """The sealed outbox of an open vault, once the council's key is known. Used on the vault thread only."""

    def __init__(self, home: VaultHome) -> None:
        self._home = home
        self._outbox: SealedOutbox | None = None
        self._waiting: list[Event] = []

    @property
    def is_open(self) -> bool:
        return self._outbox is not None

    @property
    def waiting(self) -> int:
        """How many saved events are not sealed yet."""
        return len(self._waiting)

    @property
    def event_ids(self) -> frozenset[str]:
        return self._outbox.event_ids if self._outbox else frozenset()

    def open(self, public_key: bytes) -> None:
        """Seal to this key (32 bytes) from now on."""
        self._outbox = SealedOutbox(self._home.sealed_outbox, public_key)

    def add(self, events: Sequence[Event]) -> None:
        """Append events and what has waited, on the disk when it returns; on a full disk with the ballast's room."""
        if self._outbox is None:
            return
        waiting = [*self._waiting, *events]
        try:
            self._outbox.append(waiting)
        except SfError:
            self._add_with_the_last_room(self._outbox, waiting)
        self._waiting = []

    def _add_with_the_last_room(self, outbox: SealedOutbox, waiting: list[Event]) -> None:
        try:
            free_ballast(self._home)
            outbox.append(waiting)
        except SfError as cause:
            self._waiting = waiting
            raise error("saved_not_sealed") from cause

    def make_room(self) -> None:
        """Between two saves: have room on the disk for what the next ones append."""
        if self._outbox:
            self._outbox.make_room()

    def adopt_begun(self) -> None:
        """Put what was sealed as begun among what is never written over: an older vault does not know of it."""
        if self._outbox:
            self._outbox.adopt(self._home.sealed_drafts)

    def prune(self, event_ids: frozenset[str]) -> None:
        """Drop what the council holds and has backed up."""
        if self._outbox:
            self._outbox.prune(event_ids)

    def close(self) -> None:
        if self._outbox:
            self._outbox.close()
            self._outbox = None
