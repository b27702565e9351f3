"""Knows what people typed, and what each of them knowingly replaced: nothing else may be missing in the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sf_record.record import Record


@dataclass
class Oracle:
    """Sentences are unique, so that each can be looked for by itself."""

    typed: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    count: int = 0

    def sentence(self) -> str:
        """Return a sentence that nobody has typed yet."""
        self.count += 1
        words = f"Pretend sentence {self.count}."
        self.typed.add(words)
        return words

    def replaced(self, seen: Any) -> None:
        """Somebody saw this and wrote something else in its place, or chose another."""
        if isinstance(seen, str):
            self.given_up.add(seen)

    def untyped(self, things: Iterable[Any]) -> None:
        """What was typed in these need not be anywhere: it was never saved, was given up, or went with a disk."""
        self.typed -= _sentences(self.typed, things)

    def missing(self, records: Iterable[Record], history: Iterable[Any], needing_somebody: Iterable[Any]) -> set[str]:
        """Return what was typed and is nowhere. What was not given up must be on its record, not only in history."""
        on_record = _sentences(self.typed, [_shown(each) for each in records])
        waiting = _sentences(self.typed, needing_somebody)
        past = _sentences(self.typed, history)
        return (self.typed - self.given_up - on_record - waiting) | (
            self.given_up & self.typed - past - on_record - waiting
        )


def _shown(record: Record) -> list[Any]:
    conflicts = [each.mine for each in record.conflicts]
    return [dict(record.body), conflicts, [each.text for each in record.amendments], record.in_error]


def _sentences(typed: set[str], things: Iterable[Any]) -> set[str]:
    text = "\n".join(repr(each) for each in things)
    return {each for each in typed if each in text}
