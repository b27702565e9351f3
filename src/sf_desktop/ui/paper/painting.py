"""Gives the pages of a paper to a printer as pictures: nothing of them is written by this program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from sf_desktop.wording import error

JOB = "Strengthening Families"  # what the printer's queue shows: never whose paper it is


def print_here(name: str, pages: Sequence[bytes]) -> None:
    """Print pages in this process; InputError ``printer_refused`` where the printer does not take them."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    # Of a printer that is gone meanwhile Qt takes another one: the paper would come out where nobody waits for it.
    if not printer.isValid() or printer.printerName() != name:
        raise error("printer_refused")
    paint(printer, pages)


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
