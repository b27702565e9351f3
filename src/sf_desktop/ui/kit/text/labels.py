"""Text on a screen: always plain text, in one of a few named sizes, wrapped at a readable width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sf_desktop.ui.kit.style.tokens import MAX_LINE_CHARS
from sf_record.text.turning import unturned

_WIDEST_WORD = 20  # in average characters: a longer one is cut rather than widening the window
# Qt.TextFormat.PlainText, and Qt.TextInteractionFlag: none, and by mouse and keyboard. By number: to name the first of
# them makes all 93 enumerations of the `Qt` namespace, 16 ms, and the lock screen needs no other.
_PLAIN_TEXT, _NO_INTERACTION, _SELECTABLE = 0, 0, 1 | 2


class Label(QLabel):
    """Plain text in one role. `wraps` breaks lines, at most about ninety characters long."""

    def __init__(
        self, text: str = "", role: str = "body", *, wraps: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", _PLAIN_TEXT)
        self.setProperty("role", role)
        self.setWordWrap(wraps)
        self.setProperty("textInteractionFlags", _NO_INTERACTION)
        if wraps:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self._heights: dict[int, int] = {}  # by width: a layout asks the same again and again
        self._longest = 0
        self._has_size = False
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text: what would turn it, and whatever follows in its line, is a square."""
        super().setText(unturned(text))
        self._measure()

    def make_selectable(self) -> None:
        """Let the text be selected and copied, by mouse and by keyboard."""
        self.setProperty("textInteractionFlags", _SELECTABLE)

    def tone(self, tone: str) -> None:
        """Colour the text by its meaning; the words must already carry it."""
        self.setProperty("tone", tone)
        repolish(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._has_size = True
        self._limit_width()

    def sizeHint(self) -> QSize:
        """One line if it fits within the limit; Qt's own hint would rather make a block of it."""
        if not self.wordWrap():
            return super().sizeHint()
        width = min(self._longest_line(), self._limit()) + self.contentsMargins().left()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A wrapping label may become narrow; its height then follows its width."""
        if not self.wordWrap():
            return super().minimumSizeHint()
        return QSize(self._widest_word(), self.fontMetrics().height())

    def _widest_word(self) -> int:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0) + 2
        return min(widest, metrics.averageCharWidth() * _WIDEST_WORD)

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        """The height at a width, of which only the limit is written on."""
        if not self.wordWrap():
            return super().heightForWidth(width)
        if width not in self._heights:
            margins = self.contentsMargins()
            room = min(width, self._limit() + margins.left())
            self._heights[width] = super().heightForWidth(room + self._left_free())
        return self._heights[width]

    def _left_free(self) -> int:
        """What of its width, at the right, is not written on."""
        return self.contentsMargins().right()

    def _measure(self) -> None:
        """The text or its font is another: nothing that was measured holds any more."""
        self._heights.clear()
        self._longest = 0
        if self._has_size:  # else its first resize is still to come
            self._limit_width()

    def _longest_line(self) -> int:
        if not self._longest:
            metrics = self.fontMetrics()
            self._longest = max((metrics.horizontalAdvance(line) for line in self.text().splitlines()), default=0) + 2
        return self._longest

    def _limit(self) -> int:
        """What is a little too long stays on its line, where there is room: a last line of one word looks lost."""
        limit = self.fontMetrics().averageCharWidth() * MAX_LINE_CHARS
        longest = self._longest_line()
        return longest if longest * 4 <= limit * 5 else limit

    def _limit_width(self) -> None:
        # A margin, not a maximum width: layouts would centre a label that is narrower than its place.
        # None where the text is short: each change of margins makes the layouts above measure everything again.
        if self.wordWrap():
            now, limit = self.contentsMargins(), self._limit()
            right = max(0, self.width() - now.left() - limit) if self._longest_line() > limit else 0
            if right != now.right():
                self._heights.clear()
                self.setContentsMargins(now.left(), now.top(), right, now.bottom())


def body(text: str = "") -> Label:
    return Label(text, "body")


def small(text: str = "") -> Label:
    return Label(text, "small")


def muted(text: str = "") -> Label:
    return Label(text, "muted")


def subtitle(text: str = "") -> Label:
    """Muted, at body size: the line under a screen's title."""
    return Label(text, "subtitle")


def strong(text: str = "") -> Label:
    return Label(text, "strong")


def heading(text: str = "") -> Label:
    return Label(text, "heading")


def title(text: str = "") -> Label:
    """The one title of a screen."""
    return Label(text, "title")


def key(text: str) -> Label:
    """A key's name as on the keyboard."""
    return Label(text, "key", wraps=False)


def repolish(widget: QWidget) -> None:
    """Let the stylesheet see a property that has just changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
