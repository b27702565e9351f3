r"""Keeps a sealed copy of what is begun and not finished: one file for all of it, written whole, and not too often.

The file has the format of the sealed outbox, so it needs no key to be handed in. It holds what stands now, once: what
was finished or thrown away is in it no longer. Between two writings at least ``PATIENCE_S`` pass for each megabyte of
it that is begun, so that typing costs the disk no more than that; closing the vault, and a wipe, write at once.

::

    begun:ID       the event that a draft, an attachment held with it, or marks of a register would be as they stand
    attachment:F   the key of such an attachment's content
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sf_desktop.store.folder.files import sync_folder, translated
from sf_desktop.store.sealed.outbox import replace_entries, seal_entry
from sf_desktop.store.sealed.sealing import Sealer
from sf_desktop.store.sealed.seals import Event

PATIENCE_S = 15.0
_EACH_BYTES = 1 << 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Begun:
    """One thing begun. ``state`` tells one moment of it from the next; ``make`` gives what the council is to have."""

    id: str
    state: str
    make: Callable[[], tuple[Event, ...]]


@dataclass(frozen=True, slots=True)
class _Sealed:
    state: str
    entries: tuple[bytes, ...]


class SealedDrafts:
    """The file, while a vault is open and the council's key is known. Used on the vault thread only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.patience_s = PATIENCE_S
        self._public_key = b""
        self._sealer: Sealer | None = None
        self._kept: Mapping[str, _Sealed] | None = None  # None: what an earlier session left there is not known
        self._since: float | None = None

    def open(self, public_key: bytes) -> None:
        """Seal to this key (32 bytes) from now on."""
        self._public_key = public_key

    def touched(self) -> None:
        """Something was saved: what is begun may be another than what is sealed."""
        if self._since is None:
            self._since = time.monotonic()

    def wait_s(self) -> float | None:
        """Return how long it may still wait; None where nothing has been touched."""
        if self._since is None or not self._public_key:
            return None
        size = sum(len(part) for each in (self._kept or {}).values() for part in each.entries)
        return max(0.0, self._since + self.patience_s * (1 + size // _EACH_BYTES) - time.monotonic())

    @property
    def is_due(self) -> bool:
        """Say whether what is sealed may be out of date, however lately."""
        return self._since is not None and bool(self._public_key)

    def write(self, begun: Iterable[Begun]) -> None:
        """Put what is begun in the file's place, on the disk when this returns. The same again writes nothing."""
        before = self._kept or {}
        kept = {each.id: self._sealed(each, before.get(each.id)) for each in begun}
        if kept != self._kept:
            self._replace([part for each in kept.values() for part in each.entries])
        self._kept, self._since = kept, None

    def postpone(self) -> None:
        """It could not be written now: try again after the usual time."""
        self._since = time.monotonic()

    def close(self) -> None:
        if self._sealer is not None:
            self._sealer.forget()

    def _sealed(self, begun: Begun, before: _Sealed | None) -> _Sealed:
        if before is not None and before.state == begun.state:
            return before
        if self._sealer is None:
            self._sealer = Sealer(self._public_key)
        sealer = self._sealer
        try:
            return _Sealed(begun.state, tuple(seal_entry(sealer, id_, payload) for id_, payload in begun.make()))
        except Exception:  # noqa: BLE001 - one that cannot be made into an event keeps no other from the file
            _log.exception("draft_not_sealed")
            return before or _Sealed("", ())

    def _replace(self, entries: list[bytes]) -> None:
        if entries:
            replace_entries(self._path, entries)
        elif self._path.exists():
            with translated():
                self._path.unlink()
                sync_folder(self._path.parent)
