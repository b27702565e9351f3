"""Who on this laptop may be the person that is being written down, and why; nobody is kept from saving."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from sf_desktop.ops.household.duplicates import Alike, Looking, look_on
from sf_desktop.ui.desk import Desk, Request
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.text.labels import muted
from sf_desktop.ui.kit.text.statuses import date_words
from sf_desktop.ui.kit.window.stack import GoTo

TELLING = frozenset({
    "given_name", "family_name", "known_as", "born_on", "addresses", "lives_here", "nhs_number", "upn",
})  # fmt: skip
ADVICE = "Look before you save: one person with two records is easily overlooked. If it is somebody else, just go on."


class KnownCard(ListCard):
    """Hidden while nobody is alike. `go` leads to the family file of one; what is typed stays a draft."""

    go = Signal(object)

    def __init__(self) -> None:
        super().__init__("Perhaps known already", "")
        self._families: dict[str, str] = {}
        self.layout_.addWidget(muted(ADVICE))
        self.pressed.connect(self._on_pressed_row)
        self.hide()

    def show_alike(self, found: Sequence[Alike]) -> None:
        """Show these, the likeliest first."""
        self._families = {each.id: each.family_id for each in found}
        self.show_rows([ListRow(_lead(each), _under(each), "Open the file", each.id) for each in found])
        self.setVisible(bool(found))

    @Slot(str)
    def _on_pressed_row(self, person_id: str) -> None:
        self.go.emit(GoTo("family", {"family": self._families[person_id], "tab": "people"}))


class Knowing(QObject):
    """Looks for whom a person may be, some family files at a time, and shows them on its card, where it has one."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looking: Request | None = None  # the last question
        self.card: KnownCard | None = None

    def look_for(self, looking: Looking) -> None:
        """Look for this person instead of the one before."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._desk.ask(look_on, looking, on_done=self._on_looked)

    @Slot(object)
    def _on_looked(self, looking: Looking) -> None:
        self._looking = None
        if self.card is None:
            return
        if looking.is_done:
            self.card.show_alike(looking.found)
        else:
            self.look_for(looking)


def _lead(each: Alike) -> str:
    return f"{each.name}, born {date_words(each.born_on)}" if each.born_on else each.name


def _under(each: Alike) -> str:
    where = "in this family file" if each.is_here else f"in the file of {each.family_name}"
    return f"{where[:1].upper()}{where[1:]}: {', '.join(each.why)}"
