"""The shape of what the foot of the window says: worked out beside the wire, shown by the window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatusWords:
    """``lead`` stands out, ``rest`` follows, ``parts`` are label, number and tail, ``right`` stands at the right."""

    lead: str = ""
    rest: str = ""
    parts: tuple[tuple[str, str, str], ...] = ()
    right: str = ""

    def spoken(self) -> str:
        """All of it in one line, for a screen reader."""
        parts = [" ".join(bit for bit in part if bit) for part in self.parts]
        return ". ".join(bit.strip(". ") for bit in (self.lead, self.rest, *parts, self.right) if bit)
