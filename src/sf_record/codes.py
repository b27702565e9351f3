"""Code sets with the years in which each code may be used."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its label, the days it may be used on, and what else its source says of it."""

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    def is_valid_on(self, day: date) -> bool:
        """Say whether the code may be used for something that happened on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A named list of codes, in the order of its source."""

    name: str
    codes: Mapping[str, Code]

    def on(self, day: date) -> tuple[Code, ...]:
        """Return the codes that may be used for something that happened on that day."""
        return tuple(code for code in self.codes.values() if code.is_valid_on(day))

    def label(self, code: str) -> str:
        """Return the label, of past codes too; the code itself where the set does not know it."""
        known = self.codes.get(code)
        return known.label if known else code


@dataclass(frozen=True, slots=True)
class CodeSets:
    """All code sets that a program holds, by name."""

    sets: Mapping[str, CodeSet]

    def __getitem__(self, name: str) -> CodeSet:
        return self.sets[name]

    def __contains__(self, name: str) -> bool:
        return name in self.sets

    @classmethod
    def read(cls, texts: Mapping[str, str]) -> CodeSets:
        """Read sets from CSV texts by name, each with columns ``code,label,valid_from,valid_to`` and others."""
        return cls({name: read_code_set(name, text) for name, text in texts.items()})


def read_code_set(name: str, text: str) -> CodeSet:
    """Read one set from CSV; ValueError if a code stands twice or a date cannot be read."""
    codes: dict[str, Code] = {}
    for row in csv.DictReader(text.splitlines(keepends=True)):
        code = Code(
            row["code"],
            row["label"],
            _first_day(row.get("valid_from") or ""),
            _last_day(row.get("valid_to") or ""),
            {key: value for key, value in row.items() if value and key not in _COLUMNS},
        )
        if code.code in codes:
            raise ValueError(f"{name}: a code stands twice")
        codes[code.code] = code
    return CodeSet(name, codes)


_COLUMNS = frozenset({"code", "label", "valid_from", "valid_to"})


def _first_day(text: str) -> date | None:
    """Read ``2024-25`` (a return year: 1 April to 31 March), ``2024``, ``2024-04-01`` or ``... or earlier``."""
    if not text or text.endswith("or earlier"):
        return None
    if len(text) == len("2024-04-01"):
        return date.fromisoformat(text)
    return date(int(text[:4]), 4 if "-" in text else 1, 1)


def _last_day(text: str) -> date | None:
    if not text:
        return None
    if text == "superseded":  # the source names no year: past codes keep their label and may not be chosen
        return date.min
    if len(text) == len("2024-03-31"):
        return date.fromisoformat(text)
    return date(int(text[:4]) + 1, 3, 31) if "-" in text else date(int(text[:4]), 12, 31)
