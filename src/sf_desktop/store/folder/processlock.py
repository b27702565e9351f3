"""Lets one program at a time have a vault open: a lock that the operating system drops when the program ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sf_desktop.store.folder.files import open_private, translated
from sf_desktop.wording import error


class ProcessLock:
    """Held from construction until :meth:`release`, or until the process ends or replaces itself."""

    def __init__(self, path: Path) -> None:
        with translated():
            self._descriptor = open_private(path, os.O_RDWR | os.O_CREAT)
        if not _taken(self._descriptor):
            os.close(self._descriptor)
            raise error("vault_in_use")

    def release(self) -> None:
        os.close(self._descriptor)


if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
