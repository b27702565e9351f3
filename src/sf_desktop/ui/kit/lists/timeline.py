"""Draws what happened, newest first: date, dot, title with its tag, text, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from sf_desktop.ui.kit.lists.opening import OpeningTable
from sf_desktop.ui.kit.lists.rows import ROW_ROLE
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import BODY_PT, GAP_M, GAP_S, GAP_XS, SMALL_PT
from sf_record.text.turning import unturned


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened, in words. `text` is cut to one line."""

    when: str
    title: str
    text: str = ""
    meta: str = ""
    tag: str = ""
    tone: str = "neutral"

    def spoken(self) -> str:
        """The row in one line, for a screen reader."""
        return ". ".join(part for part in (self.when, self.title, self.tag, self.text, self.meta) if part)


class TimelineDelegate(QStyledItemDelegate):
    """Paints `TimelineRow`s from ROW_ROLE; all rows are of one height, so that 100,000 scroll like ten."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, row_height(option.font))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t = current_tokens()
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, option.state)
        row = index.data(ROW_ROLE)
        if isinstance(row, TimelineRow):
            self._paint_row(painter, box, option.font, row)
        painter.setPen(QColor(t.line))
        painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom()))
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        t = current_tokens()
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(box, QColor(t.accent_soft))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(t.focus), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))

    def _paint_row(self, painter: QPainter, box: QRectF, font: QFont, row: TimelineRow) -> None:
        t = current_tokens()
        small, bold = _small(font), QFont(font)
        bold.setBold(True)
        metrics, small_metrics, bold_metrics = QFontMetricsF(font), QFontMetricsF(small), QFontMetricsF(bold)
        dates = small_metrics.horizontalAdvance("Wed 28 Nov 2026") + GAP_M
        top = box.top() + GAP_M
        _write(painter, small, t.muted, QRectF(box.left() + GAP_XS, top + 1, dates, metrics.height()), row.when)
        self._paint_dot(painter, box, box.left() + dates + GAP_S, top + metrics.height() / 2)
        left = box.left() + dates + GAP_M * 2 + GAP_S
        width = max(40.0, box.right() - left - GAP_S)
        tag_width = small_metrics.horizontalAdvance(row.tag) * 1.08 + 16 if row.tag else 0.0
        title = bold_metrics.elidedText(unturned(row.title), Qt.TextElideMode.ElideRight, max(40.0, width - tag_width))
        _write(painter, bold, t.text, QRectF(left, top, width, metrics.height()), title)
        if row.tag:
            at = left + bold_metrics.horizontalAdvance(title) + GAP_S
            self._paint_tag(painter, small, QRectF(at, top - 1, tag_width, metrics.height() + 2), row)
        top += metrics.height() + GAP_XS
        text = metrics.elidedText(unturned(row.text).replace("\n", " "), Qt.TextElideMode.ElideRight, width)
        _write(painter, font, t.text, QRectF(left, top, width, metrics.height()), text)
        top += metrics.height() + GAP_XS
        meta = small_metrics.elidedText(unturned(row.meta), Qt.TextElideMode.ElideRight, width)
        _write(painter, small, t.muted, QRectF(left, top, width, small_metrics.height()), meta)

    def _paint_dot(self, painter: QPainter, box: QRectF, x: float, y: float) -> None:
        t = current_tokens()
        painter.setPen(QPen(QColor(t.line), 2))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.accent))
        painter.drawEllipse(QPointF(x, y), 5, 5)

    def _paint_tag(self, painter: QPainter, small: QFont, box: QRectF, row: TimelineRow) -> None:
        ink, paper = current_tokens().tone(row.tone)
        bold = QFont(small)
        bold.setBold(True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(paper))
        wide = QFontMetricsF(bold).horizontalAdvance(row.tag) + 14
        painter.drawRoundedRect(QRectF(box.left(), box.top(), wide, box.height()), 4, 4)
        _write(painter, bold, ink, box.adjusted(7, 0, 40, 0), row.tag)


class TimelineView(OpeningTable):
    """The list that shows a timeline.

    A table of one column: QListView measures every row again whenever the style changes, seconds at 100,000.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, at_click: bool = False) -> None:
        super().__init__(name, parent, at_click=at_click)
        self.setProperty("role", "plain")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setVisible(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(TimelineDelegate(self))

    def height_of_row(self) -> int:
        return row_height(self.font())


def row_height(font: QFont) -> int:
    """The height of every row of a timeline."""
    body, small = QFontMetricsF(font), QFontMetricsF(_small(font))
    return round(body.height() * 2 + small.height() + 2 * GAP_XS + 2 * GAP_M)


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * SMALL_PT / BODY_PT)
    return made


def _write(painter: QPainter, font: QFont, colour: str, box: QRectF, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
