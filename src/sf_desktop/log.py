"""Writes the log: what happened as an event's code with ids, counts and codes, and nothing that a person said or is.

A line is ``event_code name=%s name=%d``: one lower-case word, then named values. Values may be numbers, true or false,
ids, moments, enumerations, lower-case codes, or the class of an error. A line that is anything else is not written; its
place in the code is, so that it can be mended. Other libraries' lines are kept as logger, level and place only: their
texts are not ours to judge.
"""

from __future__ import annotations

import logging
import re
import time
from enum import Enum
from pathlib import Path

from sf_desktop.crash import places
from sf_desktop.paths import make_private

# Compiled with the first line that is written: re keeps what it has compiled.
_SHAPE = r"[a-z][a-z0-9_]*( [a-z][a-z0-9_]*=%[-.0-9]*[sdf])*"
_CODE = r"[a-z0-9_]{0,40}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z]{1,40}(Error|Exception)"
_OURS = ("sf_desktop", "sf_record")


def start_log(folder: Path) -> None:
    """Send everything to a private rotating file in this folder; call once, at start."""
    make_private(folder)
    handler = _Later(folder / "desktop.log")
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    logging.raiseExceptions = False  # a failing handler prints the record's values to the standard error stream


def plain(record: logging.LogRecord) -> logging.LogRecord:
    """Return the record as it may be written: itself, or one that says only where it came from."""
    is_ours = record.name.split(".")[0] in _OURS
    if is_ours and _is_plain(record):
        return record
    message = "log_refused" if is_ours else "elsewhere"
    fresh = logging.LogRecord(
        record.name, record.levelno, record.pathname, record.lineno, f"{message} line=%d", (record.lineno,), None
    )
    fresh.exc_info = record.exc_info
    return fresh


def _is_plain(record: logging.LogRecord) -> bool:
    if not isinstance(record.msg, str) or not re.fullmatch(_SHAPE, record.msg):
        return False
    values = record.args if isinstance(record.args, tuple) else ()
    return record.msg.count("%") == len(values) and all(_is_plain_value(value) for value in values)


def _is_plain_value(value: object) -> bool:
    if isinstance(value, str) and not isinstance(value, Enum):
        return re.fullmatch(_CODE, value) is not None
    from datetime import date  # as the file, with the first line
    from uuid import UUID

    return value is None or isinstance(value, bool | int | float | UUID | date | Enum)


class _Lines(logging.Formatter):
    """One line: moment, level, logger, event. An exception adds its class and places in the code, no message."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname.lower()} {record.name} {record.getMessage()}"
        raised = record.exc_info[1] if record.exc_info else None
        return line if raised is None else "\n".join((line, *(f"    {place}" for place in places(raised))))


class _Later(logging.Handler):
    """Makes the file with the first record: what writes it takes longer to import than it mostly has to say."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from sf_desktop.logfile import PrivateFile

            self._file = PrivateFile(self._path)
            self._file.setFormatter(self.formatter)
        self._file.emit(plain(record))

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()
