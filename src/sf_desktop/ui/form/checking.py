"""Check your answers: everything that will be signed, what has to be mended first, and the button that signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.form.opening import FAMILYS_COPY, FAMILYS_COPY_SPOKEN
from sf_desktop.ui.form.reading import Part, answers_widget
from sf_desktop.ui.kit.controls.buttons import Button, primary, quiet, secondary
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Card, Page, clear, column, from_left, row
from sf_desktop.ui.kit.messages.banners import Banner, problem_words
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import body, heading, muted, subtitle, title


@dataclass(frozen=True, slots=True)
class ToMend:
    """One thing to mend: the path of its field, which question that is, and what to do."""

    path: str
    label: str
    message: str


class CheckPage(Page):
    """`mend_wanted(path)` and `change_wanted(group)` lead back into the form; `sign_wanted` only without problems."""

    mend_wanted = Signal(str)
    change_wanted = Signal(str)
    back_wanted = Signal()
    sign_wanted = Signal()

    def __init__(self, promise: str, parent: QWidget | None = None) -> None:
        super().__init__(chars=FORM_CHARS, parent=parent)
        self._targets: dict[Button, str] = {}
        self._links: list[Button] = []  # to what is to be mended, as they stand now
        self._title, self._about = title("Check your answers"), subtitle()
        self._mend = Card("", edge="danger")
        self._parts = column(gap=GAP_M)
        self._cautions = Banner("", "", "warning")
        self._cautions.hide()
        self.banner = Banner()
        self.banner.hide()
        self._promise = body(promise)
        self.sign_button = primary("Sign")
        self.sign_button.clicked.connect(self.sign_wanted)
        self.back_button = secondary("Back to writing")
        self.back_button.clicked.connect(self.back_wanted)
        head = column(gap=GAP_XS)
        head.addWidget(self._title)
        head.addWidget(self._about)
        self.layout_.setSpacing(GAP_L)
        self.layout_.addLayout(head)
        self.layout_.addWidget(self._mend)
        self.layout_.addWidget(self._cautions)
        self.layout_.addLayout(self._parts)
        self.layout_.addWidget(self._signing())
        self.layout_.addStretch(1)

    def _signing(self) -> Card:
        card = Card()
        buttons = from_left(self.sign_button, self.back_button)
        card.layout_.addWidget(self._promise)
        card.layout_.addWidget(self.banner)
        card.layout_.addLayout(buttons)
        return card

    def show_check(self, about: str, parts: Sequence[Part], to_mend: Sequence[ToMend]) -> None:
        """Show what will be signed and what stands in the way."""
        self._targets = {}
        self._about.setText(about)
        self.banner.hide()
        self._cautions.hide()
        self._show_problems(to_mend)
        clear(self._parts)
        for part in parts:
            self._parts.addWidget(self._part(part))
        self.sign_button.setEnabled(not to_mend)
        self.verticalScrollBar().setValue(0)

    def show_cautions(self, said: Sequence[str]) -> None:
        """Say what to know before signing: nobody is kept from it."""
        self._cautions.setVisible(bool(said))
        if said:
            self._cautions.say("Before you sign", "\n".join(said), "warning")

    def take_focus(self) -> None:
        """Put the keyboard on the first thing to mend, or on the button that signs."""
        (self._links[0] if self._links else self.sign_button).setFocus()
        self.verticalScrollBar().setValue(0)

    def _show_problems(self, to_mend: Sequence[ToMend]) -> None:
        clear(self._mend.layout_)
        self._links = []
        self._mend.setVisible(bool(to_mend))
        words = "Mend one thing before you sign" if len(to_mend) == 1 else f"Mend {len(to_mend)} things before you sign"
        self._mend.setAccessibleName(words)
        self._mend.layout_.addWidget(heading(words))
        for each in to_mend:
            link = quiet(problem_words(each.label, each.message))
            link.clicked.connect(self._on_mend)
            self._targets[link] = each.path
            self._links.append(link)
            self._mend.layout_.addWidget(link)

    def _part(self, part: Part) -> Card:
        card = Card()
        card.setAccessibleName(part.label)
        change = quiet("Change", spoken=f"Change: {part.label}")
        change.clicked.connect(self._on_change)
        self._targets[change] = part.name
        top = row()
        top.addWidget(heading(part.label), 1)
        top.addWidget(change)
        card.layout_.addLayout(top)
        card.layout_.addWidget(answers_widget(part.lines))
        return card

    @Slot()
    def _on_mend(self) -> None:
        self.mend_wanted.emit(self._target())

    @Slot()
    def _on_change(self) -> None:
        self.change_wanted.emit(self._target())

    def _target(self) -> str:
        sender = self.sender()
        return self._targets.get(sender, "") if isinstance(sender, Button) else ""


class SignedPage(Page):
    """Says where a signed record is: on this laptop, and with the council once there is a receipt."""

    family_wanted = Signal()
    copy_wanted = Signal()
    today_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(chars=FORM_CHARS, parent=parent)
        self._title = title("Signed")
        self.banner = Banner("", "", "ok")
        self._after = muted(
            "A signed record is never overwritten. If something has to be put right, add an amendment to it."
        )
        self.family_button, self.today_button = primary("Open the family file"), secondary("Go to Today")
        self.copy_button = secondary(FAMILYS_COPY, spoken=FAMILYS_COPY_SPOKEN)
        self.copy_button.hide()
        self.family_button.clicked.connect(self.family_wanted)
        self.copy_button.clicked.connect(self.copy_wanted)
        self.today_button.clicked.connect(self.today_wanted)
        buttons = from_left(self.family_button, self.copy_button, self.today_button)
        self.layout_.setSpacing(GAP_L)
        self.layout_.addWidget(self._title)
        self.layout_.addWidget(self.banner)
        self.layout_.addWidget(self._after)
        self.layout_.addLayout(buttons)
        self.layout_.addStretch(1)

    def say(self, what: str, saved: str, council: str) -> None:
        """Say what was signed, when it was saved here, and where it is at the council (empty: not yet)."""
        self._title.setText(what)
        self._after.show()
        if council:
            self.banner.say("With the council", f"{council} Saved on this laptop at {saved}.", "ok")
        else:
            self.banner.say(
                f"Saved on this laptop at {saved}",
                "It is not yet with the council. It goes there by itself as soon as there is a connection;"
                " the foot of the window says when.",
                "information",
            )

    def say_not_signed(self, what: str) -> None:
        """Say that somebody else changed it before it was signed, and that what was written is kept."""
        self._title.setText(what)
        self._after.hide()
        self.banner.say(
            "Somebody else changed it before you signed it",
            "What you wrote is kept. Once the council has it, Needs you shows what to look at; then sign it.",
            "warning",
        )

    @Slot()
    def take_focus(self) -> None:
        """Put the keyboard on the way on."""
        self.family_button.setFocus()
