"""Looks at the pixels of a window: is each text legible, each edge seen, the keyboard's place shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton, QTextEdit, QWidget

from sf_desktop.ui.kit.layout.surfaces import page_around
from tests.builders.contrast import contrast
from tests.builders.walk.controls import called, controls

TEXT_RATIO, LARGE_RATIO, EDGE_RATIO = 4.5, 3.0, 3.0
LARGE_PT, LARGE_BOLD_PT = 18.0, 14.0
MOST_SIDE = 60  # of an outline: a mark at one side of a wide control is seen as well
LEAST_INK = 2  # so many pixels of a colour are ink, not the blur at the edge of a letter


def picture(widget: QWidget, box: QRect | None = None) -> QImage:
    """What a widget looks like now."""
    grabbed = widget.grab(box) if box is not None else widget.grab()
    return grabbed.toImage().convertToFormat(QImage.Format.Format_RGB32)


def colours(image: QImage, box: QRect) -> Counter[str]:
    """How often each colour occurs in a part of a picture."""
    part = image.copy(box.intersected(image.rect()))
    if part.isNull():
        return Counter()
    counted = Counter(memoryview(part.constBits()).cast("I"))
    return Counter({_hex(colour): times for colour, times in counted.items()})


def legibility(found: Counter[str]) -> float:
    """The contrast of what is written with what it is written on; 21 where nothing is."""
    if len(found) < 2:
        return 21.0
    paper = found.most_common(1)[0][0]
    inks = [contrast(paper, colour) for colour, times in found.items() if times >= LEAST_INK and colour != paper]
    return max(inks, default=21.0)


def faults_of_contrast(within: QWidget) -> Iterator[str]:
    """Yield each text that is too faint for what it stands on."""
    image = picture(within)
    for text in _texts(within):
        box = QRect(text.mapTo(within, QPoint(0, 0)), text.size()) & _seen(text, within)
        if box.width() < 4 or box.height() < max(6, text.height() // 2):
            continue  # most of it is scrolled away
        size, bold = text.font().pointSizeF(), text.font().bold()
        least = LARGE_RATIO if size >= LARGE_PT or (bold and size >= LARGE_BOLD_PT) else TEXT_RATIO
        ratio = legibility(colours(image, box))
        if ratio < least:
            yield f"{_words(text)[:40]!r} has a contrast of {ratio:.1f}"


def faults_of_edges(within: QWidget) -> Iterator[str]:
    """Yield each box to press or to write in whose edge is too faint."""
    image = picture(within)
    for control in controls(within):
        if isinstance(control, QPushButton) and control.property("kind") in ("quiet", "chip", None):
            continue  # a link or a filter: its words are what is seen
        if not isinstance(control, QPushButton | QLineEdit | QComboBox | QTextEdit) or not control.isEnabled():
            continue
        box = QRect(control.mapTo(within, QPoint(0, 0)), control.size())
        if not _seen(control, within).contains(box.adjusted(-1, 0, 1, 0)):
            continue
        middle = box.center().y()
        outside = QColor(image.pixel(max(0, box.left() - 2), middle)).name()
        ratio = max(contrast(outside, QColor(image.pixel(box.left() + step, middle)).name()) for step in range(3))
        if ratio < EDGE_RATIO:
            yield f"the edge of {called(control)} has a contrast of {ratio:.1f}"


def _seen(widget: QWidget, within: QWidget) -> QRect:
    """The part of the window in which a widget can be seen: not what is scrolled away."""
    seen = within.rect()
    above: QWidget | None = widget
    while above is not None and above is not within:
        seen &= QRect(above.mapTo(within, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return seen


def _texts(within: QWidget) -> list[QWidget]:
    kinds = (QLabel, QPushButton, QRadioButton, QCheckBox, QLineEdit)
    found = [each for kind in kinds for each in within.findChildren(kind)]
    return [each for each in found if each.isVisible() and _words(each).strip()]


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.displayText() or widget.placeholderText()
    text = widget.property("text")
    return str(text or "")


def faults_of_focus(window: QWidget, met: set[tuple[object, ...]]) -> Iterator[str]:
    """Yield each control that does not show that it has the keyboard; one of each look, kept in ``met``, is enough."""
    window.activateWindow()
    here = controls(window)
    if len(here) == 1:
        return  # nothing else can have it
    for control in here:
        look = (type(control), *(control.property(each) for each in ("kind", "role", "tone", "checked")))
        if look in met or not control.isEnabled():
            continue
        met.add(look)
        changed, least = focus_ring(window, control)
        if changed < least:
            yield f"{called(control)} shows with {changed} px, not {least}, that it has the keyboard"


def focus_ring(window: QWidget, control: QWidget) -> tuple[int, int]:
    """How many pixels change by 3:1 where a control gets the keyboard, and how many are least: half an outline."""
    control.setFocus()
    if (page := page_around(control)) is not None:
        page.ensureWidgetVisible(control)
    box = QRect(control.mapTo(window, QPoint(0, 0)), control.size()) & window.rect()
    if box.isEmpty():
        return 0, 1
    have = picture(window, box)
    control.clearFocus()
    lack = picture(window, box)
    pixels = (memoryview(each.constBits()).cast("I") for each in (have, lack))
    pairs = Counter((one, other) for one, other in zip(*pixels, strict=True) if one != other)
    changed = sum(times for (one, other), times in pairs.items() if contrast(_hex(one), _hex(other)) >= EDGE_RATIO)
    return changed, min(box.width(), MOST_SIDE) + min(box.height(), MOST_SIDE)


def _hex(colour: int) -> str:
    return f"#{colour & 0xFFFFFF:06x}"
