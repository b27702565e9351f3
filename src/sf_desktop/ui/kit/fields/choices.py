"""Fields answered by choosing: one of few, several of few, yes or no, people, and one of a long list of codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QCompleter,
    QFrame,
    QLayout,
    QSizePolicy,
    QWidget,
)

from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.controls.lines import DottedLine
from sf_desktop.ui.kit.controls.marks import Radio, Tick, words_at
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import clear, column
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_XS
from sf_desktop.ui.kit.text.labels import Label

CODE_CHARS = 48  # the widest that a list of codes is
RECORD_CHARS = 100  # and one of records, which are called by their words


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what is stored, what is read, and a line more where the words need it."""

    code: str
    label: str
    hint: str = ""


class _Group(QFrame):
    """Holds a question's buttons, so that a screen reader says them together."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)


class ChoiceField(Field):
    """One of a few, as radio buttons: Tab enters the group once, arrows move in it, Backspace takes the answer away."""

    def __init__(
        self,
        name: str,
        label: str,
        options: Sequence[Option],
        *,
        hint: str = "",
        across: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, parent=parent)
        self._codes = [option.code for option in options]
        self._group = QButtonGroup(self)
        box = _Group(label)
        layout = _options_layout(box, across)
        self._radios: list[Radio] = []
        for option in options:
            radio = Radio(option.label, spoken=f"{label}: {option.label}")
            radio.setAccessibleDescription(option.hint)
            self._group.addButton(radio)
            self._radios.append(radio)
            _add_option(layout, radio, option.hint)
        self._group.buttonClicked.connect(self._on_clicked)
        self._hold(*self._radios, in_widget=box)

    def value(self) -> str | None:
        for code, radio in zip(self._codes, self._radios, strict=True):
            if radio.isChecked():
                return code
        return None

    def set_value(self, value: str | None) -> None:
        self._group.setExclusive(False)
        for code, radio in zip(self._codes, self._radios, strict=True):
            radio.setChecked(code == value)
        self._group.setExclusive(True)

    def take_focus(self) -> None:
        chosen = self._group.checkedButton() or self._radios[0]
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        takes_away = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        )
        if takes_away and self.value() is not None:
            self.set_value(None)
            self.changed.emit()
            return True
        return super().eventFilter(watched, event)

    @Slot(QAbstractButton)
    def _on_clicked(self, _button: QAbstractButton) -> None:
        self.changed.emit()


class YesNoField(ChoiceField):
    """Yes, no, or not answered yet: `True`, `False`, `None`."""

    def __init__(self, name: str, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        options = (Option("yes", "Yes"), Option("no", "No"))
        super().__init__(name, label, options, hint=hint, across=True, parent=parent)

    def value(self) -> bool | None:  # type: ignore[override]  # the same question with its own two answers
        code = super().value()
        return None if code is None else code == "yes"

    def set_value(self, value: bool | None) -> None:  # type: ignore[override]  # as above
        super().set_value(None if value is None else "yes" if value else "no")


class ChoicesField(Field):
    """Several of a few, as tick boxes. The value keeps the order of the options."""

    def __init__(
        self,
        name: str,
        label: str,
        options: Sequence[Option] = (),
        *,
        hint: str = "",
        across: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, parent=parent)
        self._box = _Group(label)
        self._options_layout = _options_layout(self._box, across)
        self._ticks: dict[str, Tick] = {}
        self.layout_.insertWidget(self.layout_.count() - 1, self._box)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these; answers that are no longer offered are forgotten."""
        chosen = self.value()
        clear(self._options_layout)
        self._ticks = {}
        for option in options:
            tick = Tick(option.label, spoken=f"{self.title}: {option.label}")
            tick.setAccessibleDescription(option.hint)
            tick.installEventFilter(self)
            tick.clicked.connect(self._on_clicked)
            self._ticks[option.code] = tick
            _add_option(self._options_layout, tick, option.hint)
        self._controls = list(self._ticks.values())
        self.set_value(chosen)

    def value(self) -> tuple[str, ...]:
        return tuple(code for code, tick in self._ticks.items() if tick.isChecked())

    def set_value(self, value: Iterable[str] | None) -> None:
        chosen = set(value or ())
        for code, tick in self._ticks.items():
            tick.setChecked(code in chosen)

    @Slot()
    def _on_clicked(self) -> None:
        self.changed.emit()


class CodeField(Field):
    """One of many codes: type to find it. The first row is "not recorded" and gives None.

    Whoever comes into it types over the answer that stands, as in any list; a part that names one answer only is that.
    """

    def __init__(
        self,
        name: str,
        label: str,
        options: Sequence[Option] = (),
        *,
        hint: str = "",
        empty: str = "Choose",
        chars: int = CODE_CHARS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, parent=parent)
        self._empty = empty
        self._is_clicked_into = False
        self.combo = Combo(chars=chars)
        self.combo.setEditable(True)
        dotted = DottedLine()
        dotted.was_cut.connect(self._on_cut)
        self.combo.setLineEdit(dotted)
        self.combo.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
        )  # its line asks the box, which has the focus
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setMaxVisibleItems(14)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        completer, line = self.combo.completer(), self.combo.lineEdit()
        assert completer is not None, "an editable combo box has one"
        assert line is not None, "an editable combo box has one"
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.combo.activated.connect(self._on_activated)
        self._hold(self.combo)
        line.setAccessibleName(label)
        line.installEventFilter(self)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these, keeping the answer if it is still among them."""
        chosen = self.value()
        self.combo.clear()
        self.combo.addItem(self._empty, None)
        for option in options:
            self.combo.addItem(option.label, option.code)
        self.set_value(chosen)

    def value(self) -> str | None:
        index = self._index()
        code = self.combo.itemData(index) if index > 0 else None
        return str(code) if code is not None else None

    def set_value(self, value: str | None) -> None:
        self.combo.setCurrentIndex(max(0, self.combo.findData(value)) if value is not None else 0)
        self._show_begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self._on_entered(event.reason())
        elif event.type() == QEvent.Type.MouseButtonRelease and self._is_clicked_into:
            self._is_clicked_into = False
            self._choose_words()
        return super().eventFilter(watched, event)

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        self.changed.emit()

    def _on_entered(self, reason: Qt.FocusReason) -> None:
        """Choose the words that stand, so that what is typed takes their place and is not put among them."""
        self._is_clicked_into = reason is Qt.FocusReason.MouseFocusReason  # the press that follows sets the cursor
        if reason not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._choose_words()

    def _on_control_left(self) -> None:
        # Text that names nothing on the list, or more than one of it, is not an answer: show the answer that stands.
        index = self._index()
        index = index if index >= 0 else self._only_begun()
        if index >= 0 and index != self.combo.currentIndex():
            self.combo.setCurrentIndex(index)
            self.changed.emit()
        else:
            self.combo.setEditText(self.combo.itemText(self.combo.currentIndex()))
        self._show_begin()
        super()._on_control_left()

    def _index(self) -> int:
        """Which line the text names: of two that read alike the one that was chosen, and not the first."""
        at, text = self.combo.currentIndex(), self.combo.currentText()
        is_chosen = self.combo.itemText(at).casefold() == text.casefold()
        return at if is_chosen else self.combo.findText(text, Qt.MatchFlag.MatchFixedString)

    def _only_begun(self) -> int:
        """Return the one line that has a word which begins as the text does; -1 where none or several have."""
        text = self.combo.currentText().strip().casefold()
        lines = [f" {self.combo.itemText(each).casefold()}" for each in range(1, self.combo.count())]
        found = [number for number, each in enumerate(lines, 1) if text and f" {text}" in each]
        return found[0] if len(found) == 1 else -1

    def _show_begin(self) -> None:
        """An answer too long for its line shows its begin: who it is stands there."""
        line = self.combo.lineEdit()
        if line is not None and line.hasFocus():
            self._choose_words()
        elif line is not None:
            line.setCursorPosition(0)

    def _choose_words(self) -> None:
        """Choose all words from their end, so that their begin is what is seen of a long answer."""
        line = self.combo.lineEdit()
        if line is not None and not line.hasSelectedText():
            line.end(False)
            line.home(True)


class _Under(Label):
    """What an option means: beneath its words and in line with them, at every size of text."""

    def __init__(self, button: QAbstractButton, text: str) -> None:
        super().__init__(text, "muted")
        self._button = button
        self.setContentsMargins(words_at(button), 0, 0, GAP_XS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        now, left = self.contentsMargins(), words_at(self._button)
        if now.left() != left:
            self.setContentsMargins(left, now.top(), now.right(), now.bottom())
            self._measure()


def _options_layout(box: QWidget, across: bool) -> QLayout:
    return Flow(box, gap=GAP_L, in_columns=True) if across else column(box, gap=GAP_XS)


def _add_option(layout: QLayout, button: QAbstractButton, hint: str) -> None:
    layout.addWidget(button)
    if hint and isinstance(layout, QBoxLayout):
        layout.addWidget(_Under(button, hint))
