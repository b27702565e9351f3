"""Gives the pages of a paper to a printer as pictures: nothing of them is written by this program."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from sf_desktop.papers import press
from sf_desktop.papers.paper import Paper, Stamp
from sf_desktop.wording import error

JOB = "Strengthening Families"  # what the printer's queue shows: never whose paper it is
# Where Linux keeps files without a disk; whatever CUPS puts there it makes for this account alone.
_IN_MEMORY = (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm")  # noqa: S108  # see above


class Printers(Protocol):
    """The printers that this computer knows."""

    def names(self) -> tuple[str, ...]: ...
    def usual(self) -> str: ...
    def print_pages(self, name: str, pages: Sequence[bytes]) -> None: ...


class SystemPrinters:
    """Those of the operating system."""

    def names(self) -> tuple[str, ...]:
        """Return what they are called."""
        return tuple(QPrinterInfo.availablePrinterNames())

    def usual(self) -> str:
        """Return the one that this computer prints on by itself; empty where it has none."""
        return QPrinterInfo.defaultPrinterName()

    def print_pages(self, name: str, pages: Sequence[bytes]) -> None:
        """Print pages (PNG); InputError ``printer_refused`` where the printer does not take them."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(name)
        if not printer.isValid():
            raise error("printer_refused")
        with no_disk():
            paint(printer, pages)


def print_paper(printers: Printers, name: str, paper: Paper, stamp: Stamp) -> None:
    """Set a copy and print it. Runs beside the window."""
    printers.print_pages(name, press.pictures(paper, stamp, press.PRINT_PPI).pictures)


def paint(printer: QPrinter, pages: Sequence[bytes]) -> None:
    """Paint each page as large as the sheet; InputError ``printer_refused`` where it cannot be."""
    printer.setDocName(JOB)
    printer.setCreator(JOB)
    printer.setFullPage(True)
    images = [QImage.fromData(pages[0])]
    _lay(printer, images[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise error("printer_refused")
    try:
        for number, page in enumerate(pages):
            if number and not printer.newPage():
                raise error("printer_refused")
            image = images.pop() if images else QImage.fromData(page)
            painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image)
    finally:
        is_done = painter.end()
    if not is_done or printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
        raise error("printer_refused")


def _lay(printer: QPrinter, page: QImage) -> None:
    is_wide = page.width() > page.height()
    way = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF(0, 0, 0, 0)))


@contextmanager
def no_disk() -> Iterator[None]:
    """Let the printing system's own temporary file lie in memory: CUPS makes one in this process, and removes it."""
    memory = next((each for each in _IN_MEMORY if each and Path(each).is_dir()), "")
    if sys.platform != "linux" or not memory:
        yield
        return
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = memory
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
