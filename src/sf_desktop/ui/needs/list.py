"""The list of what needs somebody: one thing to a row, three lines each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QWidget

from sf_desktop.ui.kit.lists.rows import ID_ROLE, Column, RowsModel
from sf_desktop.ui.kit.lists.timeline import TimelineDelegate, TimelineRow, TimelineView
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import BODY_PT, GAP_M, GAP_S, GAP_XS, SMALL_PT
from sf_desktop.ui.needs.words import Need
from sf_record.text.turning import unturned


class NeedDelegate(TimelineDelegate):
    """Paints a need: what it is, what it is about, who and when. The chosen one has a bar at its left."""

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        t = current_tokens()
        painter.fillRect(box, QColor(t.surface))
        super()._paint_ground(painter, box, state)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRectF(box.left(), box.top(), 4, box.height() - 1), QColor(t.accent))

    def _paint_row(self, painter: QPainter, box: QRectF, font: QFont, row: TimelineRow) -> None:
        t = current_tokens()
        small, bold = QFont(font), QFont(font)
        small.setPointSizeF(font.pointSizeF() * SMALL_PT / BODY_PT)
        bold.setBold(True)
        left, top = box.left() + GAP_M + GAP_XS, box.top() + GAP_M
        width = max(40.0, box.width() - 2 * GAP_M - GAP_XS)
        tag = QFontMetricsF(small).horizontalAdvance(row.tag) * 1.1 + 16 if row.tag else 0.0
        lines = (
            (bold, t.text, row.title, width - tag),
            (font, t.text, row.text, width),
            (small, t.muted, row.meta, width),
        )
        for at, (face, ink, words, room) in enumerate(lines):
            metrics = QFontMetricsF(face)
            painter.setFont(face)
            painter.setPen(QColor(ink))
            shown = metrics.elidedText(unturned(words).replace("\n", " "), Qt.TextElideMode.ElideRight, max(40.0, room))
            painter.drawText(QRectF(left, top, width, metrics.height()), Qt.TextFlag.TextSingleLine, shown)
            if at == 0 and row.tag:
                place = QRectF(left + metrics.horizontalAdvance(shown) + GAP_S, top - 1, tag, metrics.height() + 2)
                self._paint_tag(painter, small, place, row)
            top += metrics.height() + GAP_XS


class NeedsList(TimelineView):
    """`chosen(str)` is the id of the row that is now the current one; `opened(str)` comes with Enter."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What needs you", parent)
        self.setItemDelegate(NeedDelegate(self))
        self.rows = RowsModel([Column("", _spoken)], self)
        self.setModel(self.rows)
        self.setSelectionBehavior(TimelineView.SelectionBehavior.SelectRows)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def show_needs(self, needs: Sequence[Need], wanted: str, *, choose: bool = True) -> str:
        """Show these rows with the wanted one chosen, or else the first; return which it is. `choose`: or none."""
        ids = tuple(each.id for each in needs)
        if ids != tuple(self.rows.ids):
            self.rows.set_ids(ids)
        self.rows.put_rows({each.id: each.row for each in needs})
        place = max(0, self.rows.place_of(wanted))
        if not choose:
            return ""
        if ids:
            self.setCurrentIndex(self.rows.index(place, 0))
        return ids[place] if ids else ""

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(str(index.data(ID_ROLE)))


def _spoken(row: TimelineRow) -> str:
    return row.spoken()
