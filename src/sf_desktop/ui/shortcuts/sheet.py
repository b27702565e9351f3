"""Every shortcut on one sheet over the window, made from the registry."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSlider, QDialog, QGridLayout, QHBoxLayout, QWidget

from sf_desktop.ui.kit.access.actions import groups
from sf_desktop.ui.kit.controls.buttons import Button, quiet
from sf_desktop.ui.kit.layout.surfaces import Page, column, row
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_S, GAP_XL, GAP_XS
from sf_desktop.ui.kit.text.labels import body, heading, key, title

_SCROLLS = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class ShortcutSheet(QDialog):
    """Lists the keys by group, but those that are idle in this window; Esc or Close puts it away.

    `pages_wanted` asks for the help pages.
    """

    pages_wanted = Signal()

    def __init__(self, parent: QWidget, *, has_pages: bool = False, idle: frozenset[str] = frozenset()) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(620, parent.width() - 40), min(680, parent.height() - 40))
        self._page = page = Page(margin=GAP_XL)
        page.layout_.addWidget(title("Keyboard shortcuts"))
        for name, members in groups(idle).items():
            page.layout_.addSpacing(GAP_S)
            page.layout_.addWidget(heading(name))
            grid = QGridLayout()
            grid.setHorizontalSpacing(GAP_L)
            grid.setVerticalSpacing(GAP_XS)
            grid.setColumnStretch(0, 1)
            for at, each in enumerate(members):
                grid.addWidget(body(each.label), at, 0)
                grid.addLayout(_keys(each.keys), at, 1)
            page.layout_.addLayout(grid)
        page.layout_.addStretch(1)
        close = Button("Close")
        close.clicked.connect(self._on_close)
        close.installEventFilter(self)
        foot = row()
        foot.setContentsMargins(GAP_XL, GAP_S, GAP_XL, GAP_L)
        if has_pages:
            pages = quiet("Help pages")
            pages.clicked.connect(self._on_pages)
            pages.installEventFilter(self)
            foot.addWidget(pages)
        foot.addStretch(1)
        foot.addWidget(close)
        down = column(self)
        down.addWidget(page, 1)
        down.addLayout(foot)
        close.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll: nothing in the list takes the keyboard, and there is more of it than fits."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _SCROLLS:
            self._page.verticalScrollBar().triggerAction(_SCROLLS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_pages(self) -> None:
        self.accept()
        self.pages_wanted.emit()

    @Slot()
    def _on_close(self) -> None:
        self.accept()


def _keys(keys: tuple[str, ...]) -> QHBoxLayout:
    across = row(gap=GAP_XS)
    across.addStretch(1)
    shown = dict.fromkeys(QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in keys)
    for words in shown:
        across.addWidget(key(words))
    return across
