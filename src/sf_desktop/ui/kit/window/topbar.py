"""The bar at the top: search from anywhere, and what can be done on the screen below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from sf_desktop.ui.kit.access.actions import key_words
from sf_desktop.ui.kit.access.announcing import announce
from sf_desktop.ui.kit.access.keeping import widgets_of
from sf_desktop.ui.kit.controls.buttons import Button, secondary
from sf_desktop.ui.kit.controls.lines import SearchLine
from sf_desktop.ui.kit.layout.surfaces import clear, row
from sf_desktop.ui.kit.style.icons import paint_icon
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, TOP_HEIGHT
from sf_desktop.ui.kit.text.labels import Label, key, repolish
from sf_desktop.ui.kit.window.stack import TopAction

NOT_SAVED = "Not saved"


SEARCH_LEAST, SEARCH_TIGHT = 120, 48  # px; tight, its sign alone is seen


def _tighten(button: Button, *, is_tight: bool) -> None:
    if bool(button.property("tight")) != is_tight:
        button.setProperty("tight", is_tight)
        repolish(button)


class SearchBox(SearchLine):
    """Where one searches: shows its key, and says when the arrows want the results."""

    down_pressed = Signal()
    left_empty = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setPlaceholderText("Search families, people, notes")
        self.setAccessibleName("Search families, people and notes")
        self.setMinimumWidth(SEARCH_LEAST)
        self.setMaximumWidth(640)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextMargins(24, 0, 0, 0)
        self._key = key(key_words("search"))
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(self)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        self.textChanged.connect(self._on_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down_pressed.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.left_empty.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._icon_side()
        paint_icon(painter, "search", QRectF(11, (self.height() - side) / 2, side, side), current_tokens().muted)

    def _icon_side(self) -> int:
        return max(18, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setTextMargins(self._icon_side() + 6, 0, 0, 0)
        self._show_key()

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self._show_key()

    def _show_key(self) -> None:
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        self._key.setVisible(not self.text() and self.width() > words + self._key.sizeHint().width() + 70)


class TopBar(QFrame):
    """Search and the screen's own actions. `search_typed(str)` as one types, `results_wanted` on Down or Enter."""

    search_typed = Signal(str)
    results_wanted = Signal()
    search_left = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "topbar")
        self.setMinimumHeight(TOP_HEIGHT)
        self.search = SearchBox()
        self.search.textEdited.connect(self.search_typed)
        self.search.down_pressed.connect(self.results_wanted)
        self.search.left_empty.connect(self.search_left)
        self._saved, self._saved_at = Label("", "strong", wraps=False), Label("", "small", wraps=False)
        self._saved.tone("ok")
        self._actions = row(gap=GAP_S)
        self._shown: tuple[TopAction, ...] = ()
        across = row(self, gap=GAP_M)
        across.setContentsMargins(GAP_L + GAP_XS, 7, GAP_L + GAP_XS, 7)
        self._has_search = True
        self.back_button = secondary("Back", spoken="Back to where you were", hint=key_words("back"))
        self.back_button.hide()
        self.back_button.clicked.connect(self.back_wanted)
        across.addWidget(self.back_button)
        across.addWidget(self.search, 3)
        across.addStretch(1)
        saved = row(gap=GAP_XS)
        saved.addWidget(self._saved)
        saved.addWidget(self._saved_at)
        across.addLayout(saved)
        across.addLayout(self._actions)

    def leave_out_search(self) -> None:
        """Offer no search: for those who read no family file."""
        self._has_search = False
        self.search.hide()

    def show_alone(self, is_alone: bool) -> None:
        """Offer the way back in place of the search while a family looks on."""
        self.back_button.setVisible(is_alone)
        self.search.setVisible(self._has_search and not is_alone)

    def show_actions(self, actions: Sequence[TopAction]) -> None:
        """Show these buttons; the same ones again are left alone, so that the focus stays."""
        if tuple(actions) == self._shown:
            return
        self._shown = tuple(actions)
        clear(self._actions)
        for action in actions:
            hint = key_words(action.shortcut) if action.shortcut else ""
            button = Button(action.label, action.kind, hint=hint)
            button.clicked.connect(action.slot)
            self._actions.addWidget(button)
            button.show()
        self._fit_actions()

    def show_saved(self, words: str, at: str) -> None:
        """Say what is saved and when, that nothing is saved, or nothing. Green is what is saved, with its time."""
        if words and words != self._saved.text():  # not each time that it is saved again
            announce(self, words, at_once=words == NOT_SAVED)
        self._saved.tone("ok" if at else "danger" if words == NOT_SAVED else "muted")
        self._saved.setText(words)
        self._saved_at.setText(at)
        self._fit_saved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_actions()
        self._fit_saved()

    def _fit_actions(self) -> None:
        """Where the buttons have no room for their words, the search gives way first, then what is around the words."""
        buttons = [each for each in widgets_of(self._actions) if isinstance(each, Button)]
        for each in buttons:
            _tighten(each, is_tight=False)
        room = self.width() - 2 * (GAP_L + GAP_XS) - 3 * GAP_M - GAP_S * len(buttons)
        needed = sum(each.sizeHint().width() for each in buttons)
        if is_tight := bool(buttons) and needed + SEARCH_LEAST > room:
            for each in buttons:
                _tighten(each, is_tight=True)
        self.search.setMinimumWidth(SEARCH_TIGHT if is_tight else SEARCH_LEAST)

    def minimumSizeHint(self) -> QSize:
        """What is saved may be left out where there is no room: the foot says it too."""
        buttons = self._actions.minimumSize().width()
        return QSize(self.search.minimumWidth() + buttons + 4 * GAP_L, super().minimumSizeHint().height())

    def _fit_saved(self) -> None:
        room = self.width() - self.search.minimumWidth() - self._actions.minimumSize().width() - 6 * GAP_L
        words, at = (label.sizeHint().width() + GAP_XS for label in (self._saved, self._saved_at))
        self._saved.setVisible(bool(self._saved.text()) and room > words)
        self._saved_at.setVisible(bool(self._saved_at.text()) and room > words + at)

    def put_search(self, text: str) -> None:
        """Show a search from code, without announcing it as typed."""
        if text != self.search.text():
            self.search.setText(text)
