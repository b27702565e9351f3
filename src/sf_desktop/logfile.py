"""The file of the log: it rotates, and only this person may read it."""

from __future__ import annotations

import os
from io import FileIO, TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 1_000_000
_FILES = 4


class PrivateFile(RotatingFileHandler):
    """A rotating file that only this person may read, whatever the umask is. It takes whatever it is given."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return TextIOWrapper(FileIO(descriptor, "a"), encoding=self.encoding, line_buffering=True)
