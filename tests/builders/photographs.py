"""Makes a photograph: a JPEG as Qt writes it."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage


def jpeg_of(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "JPG")  # type: ignore[call-overload]  # the stubs of 6.11 want bytes and refuse text
    return bytes(buffer.data().data())
