"""How the window speaks of errors and asks before something that cannot be undone; it never stops everything else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from sf_desktop.ui.kit.controls.buttons import Button, Kind
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.layout.surfaces import column, row
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XL
from sf_desktop.ui.kit.text.labels import body, heading
from sf_record.errors import InputError, ReachError, Retry, SfError


def tone_of(error: SfError) -> str:
    """How grave an error is, as the tone of its banner: what the person can mend or wait out is a warning."""
    if isinstance(error, InputError | ReachError) or error.retry is Retry.NOW:
        return "warning"
    return "danger"


def show_error(banner: Banner, error: SfError) -> None:
    """Say an error in a banner, and show the banner; with what is to be mended, where no form says it."""
    to_mend = tuple(f"{each.message}." for each in error.fields) if isinstance(error, InputError) else ()
    banner.say(error.title, " ".join((*to_mend, error.advice)), tone_of(error))
    banner.show()


class WindowBanner(Banner):
    """What the window says above every screen: until the next thing is said, or, a hint, until one goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(closable=True, parent=parent)
        self._is_hint = False
        self.hide()

    def tell(self, title: str, advice: str) -> None:
        """Say what goes on beneath."""
        self._is_hint = False
        self.say(title, advice)
        self.show()

    @Slot(str, str)
    def hint(self, title: str, advice: str) -> None:
        """Say how to go on."""
        self.tell(title, advice)
        self._is_hint = True

    @Slot(object)
    def fail(self, error: SfError) -> None:
        """Say what nobody else says of an error."""
        self._is_hint = False
        show_error(self, error)

    def go_on(self) -> None:
        """Somebody goes on: a hint has been followed."""
        if self._is_hint:
            self._is_hint = False
            self.hide()


def show_at_reason(error: SfError, reason: Field, banner: Banner) -> None:
    """Say what is wrong with a reason at the reason itself, and anything else in the banner."""
    if isinstance(error, InputError) and error.fields:
        reason.problem = error.fields[0].message
        reason.take_focus()
    else:
        show_error(banner, error)


CHARS = 52  # the width of a question


class Question(QDialog):
    """Asks one question over the window, without stopping the program: connect `accepted`, then `open()`."""

    def __init__(self, parent: QWidget, title: str, advice: str, yes: str, no: str, *, grave: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(min(parent.width() - GAP_XL, self.fontMetrics().averageCharWidth() * CHARS))
        self.setAccessibleDescription(advice)
        self.yes_button = Button(yes, Kind.DANGER if grave else Kind.PRIMARY)
        self.no_button = Button(no)
        self.yes_button.clicked.connect(self._on_yes)
        self.no_button.clicked.connect(self._on_no)
        down = column(self, margin=GAP_XL, gap=GAP_M)
        down.addWidget(heading(title))
        down.addWidget(body(advice))
        across = row(gap=GAP_M)
        across.addStretch(1)
        across.addWidget(self.no_button)
        across.addWidget(self.yes_button)
        down.addLayout(across)
        (self.no_button if grave else self.yes_button).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (layout := self.layout()) is not None:  # a dialog does not ask how high its words are at its width
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    @Slot()
    def _on_yes(self) -> None:
        self.accept()

    @Slot()
    def _on_no(self) -> None:
        self.reject()
