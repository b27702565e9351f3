"""The printers of this computer, and a paper given to one of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtPrintSupport import QPrinterInfo

from sf_desktop.papers import press
from sf_desktop.papers.paper import Paper, Stamp
from sf_desktop.ui.paper.painting import print_here
from sf_desktop.ui.paper.printing_process import print_beside


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
        if sys.platform == "linux":
            print_beside(name, pages)
        else:
            print_here(name, pages)


def print_paper(printers: Printers, name: str, paper: Paper, stamp: Stamp) -> None:
    """Set a copy and print it. Runs beside the window."""
    printers.print_pages(name, press.pictures(paper, stamp, press.PRINT_PPI).pictures)
