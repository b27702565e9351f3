"""Reads files and makes pixels away from the window, in memory only.

Three hands, one thing at a time each: what waits for a printer or for somebody's stick keeps no picture from being
shown.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from sf_desktop.ops.attaching.intake import Taken, take
from sf_desktop.wording import error
from sf_record.wire.rounds import ATTACHMENT_BYTES

P = ParamSpec("P")
T = TypeVar("T")


class Hand:
    """A thread of its own, made when it is first wanted: called with some work, it does it after what came before."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._thread: ThreadPoolExecutor | None = None

    def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)
        return self._thread.submit(work, *args, **kwargs)


aside = Hand("pixels")  # pictures, pages and papers: what needs nothing but the processor
outside = Hand("files")  # files that somebody chose, wherever they lie
printing = Hand("printers")


def read_file(path: str) -> Taken:
    """Read a file that somebody chose or dropped, and judge it by its content."""
    try:
        found = Path(path)
        told = found.stat()
        if not stat.S_ISREG(told.st_mode):
            raise error("attachment_unreadable")
        if told.st_size > ATTACHMENT_BYTES:
            raise error("attachment_too_large")
        with found.open("rb") as source:
            content = source.read(ATTACHMENT_BYTES + 1)
    except (OSError, ValueError) as cause:  # ValueError: a NUL in the name
        raise error("attachment_unreadable") from cause
    return take(content, found.name)


def read_image(image: QImage, name: str) -> Taken:
    """Take in a picture that was copied in another program."""
    return take(png_of(image), name)


def png_of(image: QImage) -> bytes:
    """Return a picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs of 6.11 want bytes and refuse text
        raise error("attachment_unreadable")
    return bytes(buffer.data().data())
