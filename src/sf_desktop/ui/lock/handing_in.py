"""Where unsent work lies that this laptop cannot open any more, and how it is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.kit.clipboard import freely
from sf_desktop.ui.kit.controls.buttons import Button, Kind
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.measured import MeasuredPage
from sf_desktop.ui.kit.layout.surfaces import Card, column
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import Label, body, muted, subtitle, title
from sf_desktop.ui.kit.text.moments import count_words

FILE, BEGUN = "sealed.outbox", "sealed.drafts"
_COPY = "Copy {these} to where your IT or records team asks for {it}. {sealed}: only the council can read {it}."
_ONCE = (
    "They take it in with one command. Each thing you wrote counts once, also if some of it had arrived before or the"
    " file is handed in twice. What you had begun and not finished goes to your supervisor, marked as unfinished."
)
_KEEP = "Keep everything here until they say that it is in."


def steps(folder: Path) -> tuple[str, ...]:
    """Say what to do with what lies in a folder."""
    there = [f"the file {name}" for name in (FILE, BEGUN) if (folder / name).exists()]
    attachments = folder / "attachments"
    if attachments.is_dir() and any(attachments.iterdir()):  # an empty one has nothing to hand in
        there.append("the folder “attachments”")
    these = " and ".join([", ".join(there[:-1]), there[-1]] if len(there) > 1 else there)
    it, sealed = ("them", "They are sealed") if len(there) > 1 else ("it", "It is sealed")
    return _COPY.format(these=these or f"the file {FILE}", it=it, sealed=sealed), _ONCE, _KEEP


class HandingIn(QWidget):
    """Shows one folder. `chosen(way)` comes from its buttons, whose ways and words are given."""

    chosen = Signal(str)

    def __init__(self, heading: str, words: str, folder: Path, count: int, ways: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._folder = folder
        page = MeasuredPage()
        for part in (title(heading), subtitle(words)):
            page.layout_.addWidget(part)
        if count:
            page.layout_.addWidget(self._card(count))
        buttons = Flow()
        self.way_buttons = [self._button(way, text, at == 0) for at, (way, text) in enumerate(ways)]
        for button in self.way_buttons:
            buttons.addWidget(button)
        page.layout_.addLayout(buttons)
        page.layout_.addStretch(1)
        column(self).addWidget(page)

    def take_focus(self) -> None:
        """Put the keyboard onto the first button."""
        self.way_buttons[0].setFocus()

    def _card(self, count: int) -> Card:
        card = Card("Unsent work can be handed in")
        card.layout_.setSpacing(GAP_S)
        things = count_words(count, "sealed entry is", "sealed entries are")
        card.layout_.addWidget(body(f"{things} in this folder:"))
        where = Label(str(self._folder), "strong")
        where.setToolTip(where.text())  # a long one is cut
        where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        where.setAccessibleName("Folder of the sealed file")
        where.setAccessibleDescription(str(self._folder))
        card.layout_.addWidget(where)
        self.copy_button = Button("Copy the folder’s name")
        self.copy_button.clicked.connect(self._on_copy)
        card.layout_.addWidget(self.copy_button)
        for at, step in enumerate(steps(self._folder), start=1):
            card.layout_.addWidget(muted(f"{at}. {step}"))
        return card

    def _button(self, way: str, text: str, is_first: bool) -> Button:
        made = Button(text, Kind.PRIMARY if is_first else Kind.SECONDARY)
        made.setObjectName(way)
        made.clicked.connect(self._on_way)
        return made

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setMimeData(freely(str(self._folder)))
        self.copy_button.set_text("Copied")

    @Slot()
    def _on_way(self) -> None:
        self.chosen.emit(self.sender().objectName())
