"""The lines of a search's answer, under their headings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sf_desktop.ops.families.search import Found as Answer
from sf_desktop.ops.families.search import Hit
from sf_desktop.ui.kit.text.moments import local
from sf_desktop.ui.search.delegate import FOUND_ROLE, Found
from sf_record.kinds import KINDS

Index = QModelIndex | QPersistentModelIndex
_ICONS = {"family": "families", "person": "families", "visit": "visit", "note": "note", "status_episode": "information"}


class FoundModel(QAbstractListModel):
    """The lines; headings can be seen but not chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Found, ...] = ()

    @property
    def lines(self) -> tuple[Found, ...]:
        return self._lines

    def show(self, lines: Sequence[Found]) -> None:
        """Show these lines in place of those before."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def first_choice(self) -> int:
        """The first line that can be opened, or -1."""
        return next((number for number, line in enumerate(self._lines) if not line.is_heading), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == FOUND_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.spoken()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._lines[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def lines_of(answer: Answer) -> tuple[Found, ...]:
    """Say an answer as lines: families, people, then everything written, each newest first."""
    lines: list[Found] = []
    for heading, hits in (("Families", answer.families), ("People", answer.people), ("Written", answer.notes)):
        if hits:
            lines.append(Found(f"{heading} ({len(hits)})", is_heading=True))
            lines.extend(_line(hit) for hit in hits)
    return tuple(lines)


def _line(hit: Hit) -> Found:
    where = "" if hit.kind == "family" else hit.family_name
    if hit.kind not in ("family", "person"):
        where = " · ".join(part for part in (_day(hit.happened_at), hit.family_name, _kind(hit)) if part)
    pieces = hit.pieces if any(is_match for _, is_match in hit.pieces) and hit.kind != "person" else ()
    return Found(hit.title, where, pieces, _ICONS.get(hit.kind, "note"), hit.kind, hit.family_id, hit.record_id)


def _kind(hit: Hit) -> str:
    label = KINDS[hit.kind].label if hit.kind in KINDS else ""
    return "" if label.casefold() in hit.title.casefold() else label


def _day(text: str) -> str:
    at = local(text)
    if at is None:
        try:
            day = date.fromisoformat(text[:10])
        except ValueError:
            return ""
        return f"{day.day} {day:%b} {day.year}"
    return f"{at.day} {at:%b} {at.year}"
