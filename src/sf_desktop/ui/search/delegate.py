"""Paints what a search found: a title, where it is, and the matched words in bold. Plain text throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sf_desktop.ui.kit.style.icons import paint_icon
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import BODY_PT, GAP_L, GAP_M, GAP_S, GAP_XS, SMALL_PT
from sf_record.text.turning import unturned

FOUND_ROLE = Qt.ItemDataRole.UserRole.value + 11
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the answer. A heading has only a title and cannot be chosen."""

    title: str
    where: str = ""
    pieces: tuple[tuple[str, bool], ...] = ()  # the snippet: text, and whether it is a matched word
    icon: str = ""
    kind: str = ""
    family_id: str = ""
    record_id: str = ""
    is_heading: bool = False

    def spoken(self) -> str:
        """The line for a screen reader."""
        snippet = "".join(text for text, _ in self.pieces)
        return ". ".join(part for part in (self.title, self.where, snippet) if part)


class FoundDelegate(QStyledItemDelegate):
    """Paints `Found` lines from FOUND_ROLE."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found = index.data(FOUND_ROLE)
        body, small = QFontMetricsF(option.font), QFontMetricsF(_small(option.font))
        if isinstance(found, Found) and found.is_heading:
            return QSize(200, round(small.height() + GAP_L + GAP_S))
        lines = body.height() + (small.height() + GAP_XS if isinstance(found, Found) and found.pieces else 0)
        return QSize(200, round(lines + 2 * GAP_S + 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = index.data(FOUND_ROLE)
        if not isinstance(found, Found):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if found.is_heading:
            self._paint_heading(painter, box, option.font, found)
        else:
            self._paint_ground(painter, box, option.state)
            self._paint_found(painter, box, option.font, found)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRectF, font: QFont, found: Found) -> None:
        bold = _bold(_small(font))
        inside = box.adjusted(GAP_M, GAP_M, -GAP_M, -GAP_XS)
        _write(painter, bold, current_tokens().muted, inside, found.title)

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        t = current_tokens()
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(t.focus), 2) if is_chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent_soft))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_found(self, painter: QPainter, box: QRectF, font: QFont, found: Found) -> None:
        t = current_tokens()
        bold, small = _bold(font), _small(font)
        metrics = QFontMetricsF(bold)
        side = 18.0
        top, left = box.top() + GAP_S, box.left() + GAP_M
        if found.icon:
            paint_icon(painter, found.icon, QRectF(left, top + (metrics.height() - side) / 2, side, side), t.muted)
        left += side + GAP_M
        width = max(40.0, box.right() - left - GAP_M)
        title = metrics.elidedText(unturned(found.title), Qt.TextElideMode.ElideRight, width)
        _write(painter, bold, t.text, QRectF(left, top, width, metrics.height()), title)
        after = left + metrics.horizontalAdvance(title) + GAP_M
        if found.where and after < box.right() - 60:
            room = box.right() - GAP_M - after
            where = QFontMetricsF(small).elidedText(unturned(found.where), Qt.TextElideMode.ElideRight, room)
            _write(painter, small, t.muted, QRectF(after, top, room, metrics.height()), where)
        if found.pieces:
            top += metrics.height() + GAP_XS
            self._paint_pieces(painter, QRectF(left, top, width, QFontMetricsF(small).height()), small, found.pieces)

    def _paint_pieces(self, painter: QPainter, box: QRectF, small: QFont, pieces: Sequence[tuple[str, bool]]) -> None:
        t = current_tokens()
        bold = _bold(small)
        left = box.left()
        for text, is_match in pieces:
            font = bold if is_match else small
            metrics = QFontMetricsF(font)
            shown = metrics.elidedText(
                unturned(text).replace("\n", " "), Qt.TextElideMode.ElideRight, box.right() - left
            )
            _write(
                painter,
                font,
                t.text if is_match else t.muted,
                QRectF(left, box.top(), box.width(), box.height()),
                shown,
            )
            wide = metrics.horizontalAdvance(shown)
            if is_match:
                painter.setPen(QPen(QColor(t.accent), 1.5))
                painter.drawLine(QPointF(left, box.bottom()), QPointF(left + wide, box.bottom()))
            left += wide
            if left >= box.right() - 4 or shown != text.replace("\n", " "):
                return


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * SMALL_PT / BODY_PT)
    return made


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


def _write(painter: QPainter, font: QFont, colour: str, box: QRectF, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
