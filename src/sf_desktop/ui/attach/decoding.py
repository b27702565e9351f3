"""Makes pixels of a picture that may be hostile: bounded in memory, from its pixels alone, as the type that it is."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QTransform

from sf_desktop.ops.attaching import pictures
from sf_desktop.wording import error

MOST_MB = 128  # what Qt may take for one picture, whatever it says of itself
MOST_SIDE = 4_096  # larger pictures are read smaller: no screen shows more at once
_FORMATS = {"image/jpeg": b"jpeg", "image/png": b"png"}
# Exif's ways in which a camera was held: mirrored first, then turned clockwise.
_TURNS = {2: (True, 0), 3: (False, 180), 4: (True, 180), 5: (True, 270), 6: (False, 90), 7: (True, 90), 8: (False, 270)}


def decode(content: bytes, media_type: str, most_side: int = MOST_SIDE) -> QImage:
    """Return the picture, no side longer than asked; InputError ``attachment_closed`` where it cannot be shown.

    Runs in any thread: images are no windows. The decoder sees neither text nor profile nor thumbnail.
    """
    told = pictures.read(content)
    QImageReader.setAllocationLimit(MOST_MB)
    data = QByteArray(pictures.plain(content))
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(_FORMATS[media_type]))
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(False)
    size = reader.size()
    if not size.isValid() or size != QSize(told.width, told.height):
        raise error("attachment_closed")
    if max(size.width(), size.height()) > most_side:
        reader.setScaledSize(size.scaled(most_side, most_side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(_DOT))
    image = reader.read()
    if image.isNull():
        raise error("attachment_closed")
    return _upright(image, told.turned)


_DOT = QSize(1, 1)


def _upright(image: QImage, turned: int) -> QImage:
    is_mirrored, degrees = _TURNS.get(turned, (False, 0))
    if is_mirrored:
        image = image.transformed(QTransform().scale(-1, 1))
    return image.transformed(QTransform().rotate(degrees)) if degrees else image
