"""The zip that a bundle is: written beside its name and put in its place when whole; read within its limits."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sf_desktop.ops.bundle.shapes import CONTENTS, Part
from sf_desktop.ops.left_behind import remove
from sf_desktop.store.folder.files import open_part, part_of, sync_folder
from sf_desktop.wording import error
from sf_record.wire.rounds import ATTACHMENT_BYTES

MOST_FILES = 20_000
MOST_TEXT_BYTES = 48_000_000  # of one part that is text, as it is when unpacked
MOST_SQUEEZED = 200  # times smaller; JSON does not shrink further
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Writing:
    """A bundle on its way to the disk. Until :meth:`finish` there is only a file of another name, which goes with
    :meth:`abandon`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.beside = part_of(path)
        self.parts: list[Part] = []
        self._handle: BinaryIO | None = None
        self._zip: zipfile.ZipFile | None = None

    def add(self, name: str, content: bytes) -> None:
        """Write one part; what is a picture or a letter is not squeezed, because that gains nothing."""
        with _told():
            how = zipfile.ZIP_STORED if name.startswith(CONTENTS) else zipfile.ZIP_DEFLATED
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = (stat.S_IFREG | 0o600) << 16
            self._opened().writestr(entry, content, how)
        self.parts.append(Part(name=name, size=len(content), sha256=hashlib.sha256(content).hexdigest()))

    def finish(self) -> None:
        """Put it in its place, on the disk; a file that was called so before is replaced whole."""
        with _told():
            self._opened().close()
            assert self._handle is not None
            self._handle.flush()
            os.fsync(self._handle.fileno())
            self._handle.close()
            self.beside.replace(self.path)
            sync_folder(self.path.parent)

    def abandon(self) -> None:
        """Leave nothing behind."""
        if self._zip is not None:
            self._zip.fp = None  # else it would still write its list of contents
        if self._handle is not None:
            with contextlib.suppress(OSError):  # a full disk, once more
                self._handle.close()
        remove(self.beside)

    def _opened(self) -> zipfile.ZipFile:
        if self._zip is None:
            self._handle = open_part(self.beside)
            self._zip = zipfile.ZipFile(self._handle, "w")
        return self._zip


class Reading:
    """A bundle that somebody chose. Nothing of it is believed before it was measured, or kept outside memory."""

    def __init__(self, path: Path) -> None:
        with _unreadable():
            self._zip = zipfile.ZipFile(path)
        entries = self._zip.infolist()
        if len(entries) > MOST_FILES or len({each.filename for each in entries}) != len(entries):
            self.close()
            raise error("bundle_unsound")
        self._entries = {each.filename: each for each in entries}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def read(self, name: str) -> bytes:
        """Return one part, whole; ``bundle_unsound`` where it is missing, too large or not what it says it is."""
        entry = self._entries.get(name)
        if entry is None or entry.flag_bits & 1:
            raise error("bundle_unsound")
        is_content = name.startswith(CONTENTS)
        most = ATTACHMENT_BYTES if is_content else MOST_TEXT_BYTES
        if entry.file_size > most or (
            entry.file_size > 10_000 and entry.file_size > MOST_SQUEEZED * max(1, entry.compress_size)
        ):
            raise error("bundle_unsound")
        with _unreadable(), self._zip.open(entry) as part:
            content = part.read(most + 1)
        if len(content) != entry.file_size:
            raise error("bundle_unsound")
        return content

    def close(self) -> None:
        self._zip.close()


@contextmanager
def _told() -> Iterator[None]:
    """Say why a bundle could not be written, without its path."""
    try:
        yield
    except OSError as cause:
        raise error("export_disk_full" if cause.errno in _FULL else "export_not_written") from cause


@contextmanager
def _unreadable() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError) as cause:
        raise error("bundle_unreadable") from cause
