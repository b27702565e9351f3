"""Writes the log as lines of JSON that hold ids, counts and codes, never what was sent.

Other libraries' lines are kept as logger, level and place only: asyncio quotes the whole of an exception that nobody
waited for, uvicorn a traceback of what failed as it stopped, and either may hold what was being stored.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from sf_record.dates import moment_text

_PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "color_message"}
_OURS = ("sf_council", "sf_record")
_ENCODER = json.JSONEncoder(default=str)  # made once: ``json.dumps`` would make one for each line


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": moment_text(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        if record.name.partition(".")[0] in _OURS:
            line["event"] = record.getMessage()
            line |= {name: value for name, value in record.__dict__.items() if name not in _PLAIN}
        else:
            line |= {"event": "elsewhere", "where": f"{record.filename}:{record.lineno}"}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__  # its text and its traceback may hold what was sent
        return _ENCODER.encode(line)


def start(level: str = "INFO", to: TextIO | None = None) -> None:
    """Send every log to standard error, or to another stream, as JSON."""
    handler = logging.StreamHandler(to or sys.stderr)
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"  # requests are logged at the door, without query or address
