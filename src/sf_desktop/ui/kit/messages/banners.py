"""Messages inside the window: banners, and the summary of what has to be mended in a form."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from sf_desktop.ui.kit.access import announcing
from sf_desktop.ui.kit.controls.buttons import Button, quiet
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.surfaces import clear, column, page_around, paint_edge, row, show_when
from sf_desktop.ui.kit.style.theme import current_tokens
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import Label, heading, repolish

LEAST_CHARS = 24  # of a line of words beside buttons
_LINK_CHARS = 60  # what a narrow window has room for beside large text
_WORDS = {"information": "Information", "ok": "Done", "warning": "Please note", "danger": "Problem", "neutral": ""}


class Banner(QFrame):
    """A message that stays until it is dealt with. `tone`: information, ok, warning, danger or neutral.

    `pressed` comes from its button (if `button` is given), `closed` when it is put away by its person.
    """

    pressed = Signal()
    closed = Signal()

    def __init__(
        self,
        title: str = "",
        advice: str = "",
        tone: str = "information",
        *,
        button: str = "",
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.title_label, self.advice_label = heading(), Label()
        self.button = Button(button)
        show_when(self.button, bool(button))
        self.button.clicked.connect(self.pressed)
        self.close_button = quiet("Close", spoken="Close this message")
        show_when(self.close_button, closable)
        self.close_button.clicked.connect(self._on_close)
        words = column(gap=GAP_XS)
        words.addWidget(self.title_label)
        words.addWidget(self.advice_label)
        across = self._across = row(self, margin=GAP_M, gap=GAP_M)
        across.setContentsMargins(GAP_L, GAP_M, GAP_M, GAP_M)
        across.addLayout(words, 1)
        across.addWidget(self.button)
        across.addWidget(self.close_button)
        self._is_standing = False
        self._stand(is_narrow=False)
        self.say(title, advice, tone, announce=False)

    def say(self, title: str, advice: str = "", tone: str = "information", *, announce: bool = True) -> None:
        """Show another message, and let a screen reader say it."""
        self.title_label.setText(title)
        self.advice_label.setText(advice)
        self.title_label.setVisible(bool(title))
        self.advice_label.setVisible(bool(advice))
        self.setProperty("tone", tone)
        self.setAccessibleName(title or _WORDS.get(tone, ""))
        self.setAccessibleDescription(advice)
        repolish(self)
        repolish(self.title_label)
        if announce:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
            words = ". ".join(each.strip(". ") for each in (title or _WORDS.get(tone, ""), advice) if each)
            announcing.announce(self, words, at_once=tone in ("warning", "danger"))

    def offer(self, text: str) -> None:
        """Show a button with this text, or none."""
        self.button.set_text(text)
        self.button.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_edge(self, current_tokens().tone(self.property("tone"))[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Have the buttons beneath the words where beside them there is no room for a line."""
        buttons = [each for each in (self.button, self.close_button) if not each.isHidden()]
        beside = sum(each.sizeHint().width() + GAP_M for each in buttons)
        room = self.width() - GAP_L - GAP_M - beside
        self._stand(is_narrow=bool(buttons) and room < LEAST_CHARS * self.fontMetrics().averageCharWidth())

    def _stand(self, *, is_narrow: bool) -> None:
        wanted = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if wanted == self._across.direction() and self._is_standing:
            return
        self._is_standing = True
        self._across.setDirection(wanted)
        sides = (Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop)
        for button, side in zip((self.button, self.close_button), sides, strict=True):
            self._across.setAlignment(button, Qt.AlignmentFlag.AlignLeft if is_narrow else side)

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()


class _Link(QObject):
    """Takes the keyboard to a field that has to be mended."""

    def __init__(self, parent: QObject, field: Field) -> None:
        super().__init__(parent)
        self._field = field

    @Slot()
    def follow(self) -> None:
        self._field.take_focus()


def problem_words(title: str, problem: str) -> str:
    """Say what is wrong with which field."""
    return f"{title} {problem}" if title.endswith("?") else f"{title}: {problem}"


class ErrorSummary(QFrame):
    """Lists every problem of a form at its top; each is a link to its field.

    `followed(str)` names the field whose link was pressed, so that a form in sections can show the right one first.
    """

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.setProperty("tone", "danger")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._title = heading()
        self._list = column(gap=0)
        down = column(self, margin=GAP_M)
        down.setContentsMargins(GAP_L, GAP_M, GAP_M, GAP_M)
        down.addWidget(self._title)
        down.addLayout(self._list)
        self._links: list[tuple[Button, str]] = []
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_edge(self, current_tokens().danger)

    def show_problems(self, fields: Iterable[Field], others: Iterable[str] = ()) -> int:
        """List the fields that have a problem, and other problems in words; hide when there are none. Takes focus."""
        at_fault = [field for field in fields if field.problem]
        words = [*others]
        self._refill(at_fault, words)
        count = len(at_fault) + len(words)
        self._title.setText("There is 1 thing to mend" if count == 1 else f"There are {count} things to mend")
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(". ".join([*words, *(problem_words(f.title, f.problem) for f in at_fault)]))
        self.setVisible(count > 0)
        if count:
            self._come_into_view()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        return count

    def _come_into_view(self) -> None:
        outer = page_around(self)
        if outer is not None:
            outer.ensureWidgetVisible(self)

    def _refill(self, fields: list[Field], others: list[str]) -> None:
        clear(self._list)
        self._links = []
        for words in others:
            self._list.addWidget(Label(words))
        for field in fields:
            link = quiet(problem_words(field.title, field.problem))
            if len(link.text()) > _LINK_CHARS:  # a button does not wrap: it would push the page to the side
                link.setText("\n".join(wrap(link.text(), _LINK_CHARS)))
                link.setProperty("lines", "several")
            link.clicked.connect(self._on_followed)
            link.clicked.connect(_Link(link, field).follow)
            self._links.append((link, field.name))
            self._list.addWidget(link)
            link.show()

    @Slot()
    def _on_followed(self) -> None:
        for link, name in self._links:
            if link is self.sender():
                self.followed.emit(name)
