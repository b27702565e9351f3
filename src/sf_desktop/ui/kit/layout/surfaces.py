"""What things lie on: cards, rules, and a page that scrolls when the window is small."""

from __future__ import annotations

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_S, GAP_XL, RADIUS
from sf_desktop.ui.kit.text.labels import heading, repolish


def show_when(widget: QWidget, wanted: bool) -> None:
    """Show or hide a part. One that has no place yet is shown with its place: shown alone it would be a window."""
    if wanted and widget.parentWidget() is None:
        widget.setAttribute(QtCore.Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)  # if it was hidden, no longer
    else:
        widget.setVisible(wanted)


FORM_CHARS = 184  # of a page that is written on: a window as wide as a desk's screen makes no line of 200 characters


class Card(QFrame):
    """A white surface with a hairline; `layout_` takes its content. `tone` "danger" reddens its line."""

    def __init__(self, title: str = "", *, tone: str = "", edge: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setProperty("tone", tone)
        self.setProperty("edge", edge)
        self.layout_ = column(self, margin=GAP_L)
        self.heading = heading(title)
        show_when(self.heading, bool(title))
        if title:
            self.setAccessibleName(title)
            self.layout_.addWidget(self.heading)

    def set_title(self, title: str) -> None:
        """Put the card's heading, or take it away with an empty text."""
        if self.layout_.indexOf(self.heading) < 0:
            self.layout_.insertWidget(0, self.heading)
        self.heading.setText(title)
        self.heading.setVisible(bool(title))
        self.setAccessibleName(title)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        super().paintEvent(event)
        if tone := self.property("edge"):
            paint_edge(self, getattr(current_tokens(), tone))

    def set_edge(self, tone: str) -> None:
        """A thick left edge in a tone, or none with an empty text."""
        self.setProperty("edge", tone)
        repolish(self)


class Page(QScrollArea):
    """A screen's content: scrolls when it must, and brings whatever takes the focus into view.

    `chars`: its content is so many characters wide at most (0: as wide as the window). In pixels, larger text would
    have shorter lines.
    """

    def __init__(self, *, margin: int = GAP_XL - 4, chars: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chars = chars
        self.setProperty("role", "page")
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.content = QWidget()
        self.content.setProperty("role", "page")
        self.layout_ = column(self.content, margin=margin)
        self.setWidget(self.content)
        self._measure()

    def changeEvent(self, event: QtCore.QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QtCore.QEvent.Type.FontChange, QtCore.QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        if self._chars:  # of the content, not of each part: a layout asks for the height at its own width
            self.content.setMaximumWidth(self.fontMetrics().averageCharWidth() * self._chars)


def page_around(widget: QWidget) -> Page | None:
    """Return the page that a widget stands on."""
    outer = widget.parentWidget()
    while outer is not None and not isinstance(outer, Page):
        outer = outer.parentWidget()
    return outer


def paint_edge(widget: QWidget, colour: str) -> None:
    """Paint a thick left edge that keeps to the widget's rounded corners (a stylesheet's does not)."""
    painter = QtGui.QPainter(widget)
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    shape = QtGui.QPainterPath()
    shape.addRoundedRect(QtCore.QRectF(widget.rect()), RADIUS, RADIUS)
    painter.setClipPath(shape)
    painter.fillRect(QtCore.QRectF(0, 0, 5, widget.height()), QtGui.QColor(colour))


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setFixedHeight(1)
    return line


def column(owner: QWidget | None = None, *, margin: int = 0, gap: int = GAP_S) -> QVBoxLayout:
    """A layout downwards with the kit's gaps."""
    made = QVBoxLayout(owner) if owner is not None else QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(gap)
    return made


def row(owner: QWidget | None = None, *, margin: int = 0, gap: int = GAP_S) -> QHBoxLayout:
    """A layout across with the kit's gaps."""
    made = QHBoxLayout(owner) if owner is not None else QHBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(gap)
    return made


def from_left(*widgets: QWidget) -> QHBoxLayout:
    """These beside one another, each as wide as it is, from the left."""
    across = row()
    for each in widgets:
        across.addWidget(each)
    across.addStretch(1)
    return across


def at_edge(link: QWidget) -> QHBoxLayout:
    """Let the words of a link begin where those above it do: it has room around them for its focus."""
    across = from_left(link)
    across.setContentsMargins(-GAP_S, 0, 0, 0)
    return across


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go, later in the event loop."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()  # and not taken from its parent before: that polishes it once more, for nothing
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()
