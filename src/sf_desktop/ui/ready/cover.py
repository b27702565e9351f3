"""Takes a family file of the team along: found at the council by its name, with a reason, until the end of a day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from sf_desktop.ui.kit.controls.buttons import Button, Kind
from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.controls.lines import SearchLine
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError
from sf_record.wire.packs import REASONS, TeamFamily, VisitPack

WHY = (
    "For a visit in place of a colleague. The council notes who took which family file, and why. It leaves this laptop"
    " after the day by itself."
)


class CoverCard(Card):
    """`searched` carries words of a name; `wanted` a family's id and a reason's code. Answers come to the slots."""

    searched = Signal(str)
    wanted = Signal(str, str)
    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__("A family of your team")
        self.words = SearchLine(34)
        self.words.setPlaceholderText("Part of their name")
        self.words.setAccessibleName("Part of the family’s name")
        self.words.setMaxLength(100)
        self.words.setMinimumWidth(240)
        self.search_button = Button("Look at the council", spoken="Look for it at the council")
        self.found, self.reason = Combo("Family found"), Combo("Reason for taking it along")
        for code, label in REASONS:
            self.reason.addItem(label, code)
        for each in (self.found, self.reason):
            each.setMinimumContentsLength(30)
        self.take_button = Button("Take it along", Kind.SECONDARY)
        self.take_button.setEnabled(False)
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.layout_.addWidget(muted(WHY))
        self.choosing = wrapping(self.found, self.reason, self.take_button)
        self.layout_.addWidget(wrapping(self.words, self.search_button))
        self.layout_.addWidget(self.choosing)
        self.choosing.hide()
        self.layout_.addWidget(self.banner)
        self.words.returnPressed.connect(self._on_search)
        self.search_button.clicked.connect(self._on_search)
        self.take_button.clicked.connect(self._on_take)

    @Slot()
    def _on_search(self) -> None:
        words = self.words.text().strip()
        if len(words) < 2:
            self.banner.say("Type at least two letters of the name", "", "information")
            self.banner.show()
            return
        self.banner.hide()
        self.words.setFocus()  # the keyboard stays here while the button waits
        self.search_button.setEnabled(False)
        self.searched.emit(words)

    @Slot(object)
    def show_found(self, found: Sequence[TeamFamily]) -> None:
        """The council has answered."""
        self.search_button.setEnabled(True)
        self.found.clear()
        for each in found:
            self.found.addItem(each.name, each.family_id)
        self.take_button.setEnabled(bool(found))
        self.choosing.setVisible(bool(found))
        if found and self.words.hasFocus():
            self.found.setFocus()
        if not found:
            self.banner.say(
                "No family of your team has that in its name", "Your own are in the list above.", "information"
            )
            self.banner.show()

    @Slot()
    def _on_take(self) -> None:
        self.words.setFocus()
        self.take_button.setEnabled(False)
        self.wanted.emit(str(self.found.currentData()), str(self.reason.currentData()))

    @Slot(object)
    def show_taken(self, pack: VisitPack) -> None:
        """The council lets the worker have it."""
        self.found.clear()
        self.choosing.hide()
        self.words.clear()
        self.taken.emit(pack)

    @Slot(object)
    def show_refused(self, error: SfError) -> None:
        """It could not be asked, or said no."""
        self.search_button.setEnabled(True)
        self.take_button.setEnabled(self.found.count() > 0)
        show_error(self.banner, error)
