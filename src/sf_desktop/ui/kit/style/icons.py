"""Our own small line icons, drawn from paths, so that no font and no SVG module is loaded.

(qtawesome was tried: its import pulls in Qt's OpenGL modules and takes longer than a bare window takes to paint.)
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

# On a grid of 24: M move, L line, C curve, O circle (centre, radius), Z close.
_PATHS: dict[str, str] = {
    "today": "M 4 6 L 20 6 L 20 20 L 4 20 Z M 4 10.5 L 20 10.5 M 8.5 3.5 L 8.5 7 M 15.5 3.5 L 15.5 7"
    " M 8 14.5 L 10.5 17 L 16 13",
    "families": "O 9 8 3.2 O 17 9.5 2.4 M 3 19.5 C 3 14.5 15 14.5 15 19.5 M 15.5 14.8 C 19 14.4 21 16.2 21 18.6",
    "needs_you": "M 4 13 L 8 13 L 10 16 L 14 16 L 16 13 L 20 13 M 4 13 L 7 5 L 17 5 L 20 13 L 20 19.5 L 4 19.5 Z",
    "laptop": "M 5 5.5 L 19 5.5 L 19 15.5 L 5 15.5 Z M 2.5 19 L 21.5 19",
    "settings": "M 4 7 L 13 7 M 17 7 L 20 7 O 15 7 2 M 4 17 L 7 17 M 11 17 L 20 17 O 9 17 2 M 4 12 L 20 12",
    "help": "O 12 12 8.5 M 9.5 9.7 C 9.5 6.2 14.8 6.4 14.6 9.6 C 14.5 11.7 12 11.8 12 14 M 12 16.6 L 12 17",
    "lock": "M 6 11 L 18 11 L 18 20 L 6 20 Z M 8.5 11 L 8.5 8 C 8.5 3.4 15.5 3.4 15.5 8 L 15.5 11 M 12 14.5 L 12 16.5",
    "search": "O 10.5 10.5 6 M 15 15 L 20 20",
    "visit": "M 3.5 11.5 L 12 4.5 L 20.5 11.5 M 6 10 L 6 19.5 L 18 19.5 L 18 10 M 10 19.5 L 10 14 L 14 14 L 14 19.5",
    "note": "M 6 3.5 L 14.5 3.5 L 18.5 7.5 L 18.5 20.5 L 6 20.5 Z M 9 11 L 15.5 11 M 9 15 L 15.5 15",
    "check": "M 5 12.5 L 10 17.5 L 19.5 7",
    "warning": "M 12 4 L 21 19.5 L 3 19.5 Z M 12 10 L 12 14.5 M 12 16.8 L 12 17.1",
    "information": "O 12 12 8.5 M 12 11 L 12 16.5 M 12 7.8 L 12 8",
    "down": "M 6.5 9.5 L 12 15 L 17.5 9.5",
    "back": "M 14.5 6 L 8.5 12 L 14.5 18",
}
_TAKES = {"M": 2, "L": 2, "C": 6, "O": 3, "Z": 0}


def icon_path(name: str) -> QPainterPath:
    """The icon's lines on a grid of 24 by 24."""
    path = QPainterPath()
    words = iter(_PATHS[name].split())
    for letter in words:
        _add(path, letter, [float(next(words)) for _ in range(_TAKES[letter])])
    return path


def _add(path: QPainterPath, letter: str, at: list[float]) -> None:
    match letter:
        case "M":
            path.moveTo(*at)
        case "L":
            path.lineTo(*at)
        case "C":
            path.cubicTo(*at)
        case "O":
            path.addEllipse(QPointF(at[0], at[1]), at[2], at[2])
        case _:
            path.closeSubpath()


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: str) -> None:
    """Draw an icon into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 24, box.height() / 24)
    pen = QPen(QColor(colour), 1.7)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(icon_path(name))
    painter.restore()
