"""What every form field shares: label, hint, control and problem, wired together for eye and screen reader."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from sf_desktop.ui.kit.controls.lines import Line
from sf_desktop.ui.kit.layout.surfaces import column, show_when
from sf_desktop.ui.kit.style.tokens import GAP_XS
from sf_desktop.ui.kit.text.labels import Label, muted, repolish, strong


class Field(QWidget):
    """One question. Subclasses add their control with `_hold` and give `value` and `set_value`.

    `changed` comes with each change by the person, `left` when the focus leaves the field: both are for autosave.
    Setting a value from code sends neither.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, name: str, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.full_title = ""  # says more than the label where several fields read alike ("Robin Alder, seen")
        self._hint = hint
        self._problem = self._row = ""
        self.changed.connect(self._on_answered)
        self._controls: list[QWidget] = []
        self.label = strong(label)
        self.hint_label = muted(hint)
        show_when(self.hint_label, bool(hint))
        self.problem_label = Label("", "problem")
        self.problem_label.hide()
        self.layout_ = column(self, gap=GAP_XS)
        self.layout_.addWidget(self.label)
        self.layout_.addWidget(self.hint_label)
        self.layout_.addWidget(self.problem_label)

    @property
    def title(self) -> str:
        """The field's label, as the error summary names it."""
        return self.full_title or self.label.text()

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    def set_read_only(self, on: bool) -> None:
        """Show the answer without letting it be changed. Text stays selectable."""
        for control in self._controls:
            if isinstance(control, QLineEdit):
                control.setReadOnly(on)
                repolish(control)
            else:
                control.setEnabled(not on)

    @Slot()
    def _on_answered(self) -> None:
        """A new answer is no longer the one that was wrong; whoever checks it says so again if it is."""
        if self._problem:
            self.problem = ""

    @Slot(str)
    def _on_cut(self, words: str) -> None:
        """Not all of what was put in went in: that is said beside what else is wrong with it."""
        if words not in self._problem:
            self.problem = " ".join(part for part in (words, self._problem) if part)

    @property
    def problem(self) -> str:
        """What is wrong with the answer, or an empty text."""
        return self._problem

    @problem.setter
    def problem(self, words: str) -> None:
        self._problem = words
        self.problem_label.setText(words)
        self.problem_label.setVisible(bool(words))
        for control in self._controls:
            control.setProperty("wrong", bool(words))
            repolish(control)
        self._describe()

    def take_focus(self) -> None:
        """Put the keyboard into the field, at its end."""
        if self._controls:
            self._controls[0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._on_control_left()
        return super().eventFilter(watched, event)

    def _on_control_left(self) -> None:
        self.left.emit()

    def _hold(self, *controls: QWidget, in_widget: QWidget | None = None) -> None:
        """Place the controls (or the widget that contains them) between hint and problem, and name them."""
        self._controls.extend(controls)
        for control in controls:
            control.installEventFilter(self)
            if isinstance(control, Line):
                control.was_cut.connect(self._on_cut)
            if not control.accessibleName():
                control.setAccessibleName(self.title)
        self.layout_.insertWidget(self.layout_.count() - 1, in_widget or controls[0])
        self._tie(in_widget or controls[0])
        self._describe()

    def _tie(self, control: QWidget) -> None:
        """Tell the system whose label it is. Not where Qt would take a sign in it for a shortcut."""
        if "&" not in self.label.text():
            self.label.setBuddy(control)

    def say_row(self, words: str) -> None:
        """Say to a screen reader which row this field is in: others are called the same."""
        self._row = words
        self._describe()

    def _describe(self) -> None:
        words = " ".join(part for part in (self._row and f"{self._row}.", self._problem, self._hint) if part)
        for control in self._controls:
            control.setAccessibleDescription(words)
