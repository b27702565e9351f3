"""Printers that keep what they are given, or refuse it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sf_desktop.wording import error


@dataclass
class FakePrinters:
    """Two printers in an office; ``is_refusing`` is a printer without paper, ``known`` which are set up."""

    known: tuple[str, ...] = ("Pretend upstairs", "Pretend downstairs")
    is_refusing: bool = False
    printed: list[tuple[str, tuple[bytes, ...]]] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        return self.known

    def usual(self) -> str:
        return self.known[-1] if self.known else ""

    def print_pages(self, name: str, pages: Sequence[bytes]) -> None:
        if self.is_refusing:
            raise error("printer_refused")
        self.printed.append((name, tuple(pages)))
