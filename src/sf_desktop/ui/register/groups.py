"""The groups that a supervisor looks after: which there are, who keeps each, and the way to open another."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.families.group_files import GroupFile, GroupFiles
from sf_desktop.ops.moments import long_day
from sf_desktop.ui.kit.controls.buttons import secondary
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.text.closing import closing_note
from sf_desktop.ui.kit.window.stack import GoTo

NONE = (
    "None on this laptop. A group has a register of its own, which a centre’s staff keep without seeing a family file."
)


class GroupFilesCard(ListCard):
    """Shown to a supervisor only. `go` leads to the form of a group."""

    go = Signal(object)

    def __init__(self) -> None:
        super().__init__("Groups that you look after", NONE)
        buttons = QWidget()
        self.open_button = secondary("Open a new group")
        self.open_button.clicked.connect(self._on_open)
        Flow(buttons).addWidget(self.open_button)
        self.layout_.addWidget(buttons)
        self.pressed.connect(self._on_wanted)
        self.hide()

    def show_files(self, found: GroupFiles) -> None:
        """Show these, to whoever may change them."""
        self.setVisible(found.may_open)
        self.show_rows([_row(each, found) for each in found.groups])

    @Slot()
    def _on_open(self) -> None:
        self.go.emit(GoTo("group", {"group": ""}))

    @Slot(str)
    def _on_wanted(self, group_id: str) -> None:
        self.go.emit(GoTo("group", {"group": group_id}))


def _row(group: GroupFile, found: GroupFiles) -> ListRow:
    labels = {each.code: each.label for each in found.activities}
    kept = ", ".join(each.name for each in found.people if each.id in group.keepers) or "nobody else"
    closed = f"closed on {long_day(date.fromisoformat(group.closed_on))}" if group.closed_on else f"with {kept}"
    here = closing_note(group.closing) if group.closing.is_here else ""
    parts = (labels.get(group.activity, group.activity), group.about, closed, here)
    under = " · ".join(part for part in parts if part)
    return ListRow(group.name, under, "Open again" if group.closed_on else "Change", group.id)
