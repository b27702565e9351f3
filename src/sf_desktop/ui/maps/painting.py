"""Paints the shapes of a map in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

from sf_desktop.ui.kit.style.tokens import Tokens
from sf_record.maps.shapes import (
    BOND,
    FAINT,
    INK,
    WARN,
    Ellipse,
    Line,
    Outline,
    Picture,
    Point,
    Shape,
    Stroke,
    Words,
    heads_of,
)
from sf_record.text.turning import unturned


def paint(painter: QPainter, picture: Picture, tokens: Tokens, family: str) -> None:
    """Paint a whole map; the painter is scaled already."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in picture.shapes:
        _paint_one(painter, shape, tokens, family)


def colour(tone: str, tokens: Tokens) -> QColor:
    """The colour of a tone."""
    return QColor({INK: tokens.text, FAINT: tokens.muted, BOND: tokens.accent, WARN: tokens.danger}[tone])


def _paint_one(painter: QPainter, shape: Shape, tokens: Tokens, family: str) -> None:
    if isinstance(shape, Words):
        _write(painter, shape, tokens, family)
        return
    painter.setPen(_pen(shape.stroke, tokens))
    if isinstance(shape, Line):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(_polygon(shape.points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(shape.stroke.tone, tokens))
        for head in heads_of(shape):
            painter.drawPolygon(_polygon(head))
        return
    painter.setBrush(_fill(shape, tokens))
    if isinstance(shape, Ellipse):
        painter.drawEllipse(QPointF(*shape.middle), *shape.radii)
    else:
        painter.drawPolygon(_polygon(shape.points))


def _write(painter: QPainter, words: Words, tokens: Tokens, family: str) -> None:
    font = QFont(family)
    font.setPixelSize(round(words.size))
    font.setBold(words.is_strong)
    painter.setFont(font)
    painter.setPen(colour(words.tone, tokens))
    text = unturned(words.text)
    wide = painter.fontMetrics().horizontalAdvance(text)
    left = words.at[0] - {"start": 0.0, "middle": wide / 2, "end": float(wide)}[words.anchor]
    painter.drawText(QPointF(left, words.at[1]), text)


def _pen(stroke: Stroke, tokens: Tokens) -> QPen:
    if stroke.width < 0.1:
        return QPen(Qt.PenStyle.NoPen)  # only its arrowheads are drawn
    pen = QPen(colour(stroke.tone, tokens), stroke.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if stroke.dash:
        pen.setDashPattern([each / stroke.width for each in stroke.dash])
    return pen


def _fill(shape: Outline | Ellipse, tokens: Tokens) -> QBrush:
    if shape.fill == "none":
        return QBrush(Qt.BrushStyle.NoBrush)
    return QBrush(QColor(tokens.text if shape.fill == "ink" else tokens.surface))


def _polygon(points: tuple[Point, ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def spot_box(box: tuple[float, float, float, float]) -> QRectF:
    """The frame round what one has gone to."""
    return QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1]).adjusted(-3.5, -3.5, 3.5, 3.5)
