"""Writes small private files so that what was written is on the disk, and says plainly when it cannot be."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sf_record.errors import SfError

_CODES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "not_permitted",
    errno.EPERM: "not_permitted",
    errno.EROFS: "not_permitted",
    errno.ENOMEM: "no_memory",
}
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


def disk_error(cause: OSError) -> SfError:
    """Translate what the operating system says of a file, without its path."""
    from sf_desktop.wording import error  # the lock screen mostly needs no words of errors

    return error(_CODES.get(cause.errno or 0, "disk_failed"))


@contextmanager
def translated() -> Iterator[None]:
    """Turn any OSError inside into the VaultError that says the same."""
    try:
        yield
    except OSError as cause:
        raise disk_error(cause) from cause


def open_private(path: Path, flags: int) -> int:
    """Open a file that only this person may read; returns a descriptor. Symbolic links are not followed."""
    return os.open(path, flags | _BINARY, 0o600)


def write_all(descriptor: int, content: bytes) -> None:
    """Write every byte: a short write (a nearly full disk) is followed by the rest or by its error."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def write_durably(path: Path, content: bytes, offset: int = 0) -> None:
    """Write bytes into a file in place, making it if it is not there, and return only when they are on the disk."""
    is_new = not path.exists()
    with translated():
        descriptor = open_private(path, os.O_RDWR | os.O_CREAT)
        try:
            os.lseek(descriptor, offset, os.SEEK_SET)
            write_all(descriptor, content)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            sync_folder(path.parent)


def replace_durably(path: Path, content: bytes) -> None:
    """Put a whole new content in a file's place: afterwards it is the old or the new one, never a part."""
    fresh = path.with_name(path.name + ".new")
    with translated():
        descriptor = open_private(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        try:
            write_all(descriptor, content)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        fresh.replace(path)
        sync_folder(path.parent)


def part_of(path: Path) -> Path:
    """Return the name beside a file under which its next content is written: no file of that name is anybody's."""
    return path.with_name(f".{os.urandom(8).hex()}.part")


def open_part(part: Path) -> BinaryIO:
    """Make that file, private to this person, to be written and read; OSError where it cannot be, or is there."""
    return os.fdopen(open_private(part, os.O_RDWR | os.O_CREAT | os.O_EXCL), "w+b")


def sync_folder(folder: Path) -> None:
    """Make a new or renamed file's name durable. Windows does this itself and cannot open a folder."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | _BINARY & ~getattr(os, "O_NOFOLLOW", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def erase(path: Path) -> None:
    """Overwrite a small file in place, then remove it; works on a full disk. A file that is not there is erased."""
    if not path.exists():
        return
    write_durably(path, bytes(path.stat().st_size))
    with translated():
        path.unlink()
        sync_folder(path.parent)
