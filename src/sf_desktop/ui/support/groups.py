"""The registers of groups that know somebody of a family, or could: told of a place, brought up to date, read."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from sf_desktop.ops.activities.groups import Link, links, put_on_register
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_record.errors import SfError

TWICE = "they stand on this register twice, once by each of their two records: end one of the two places"


class GroupsCard(ListCard):
    """Shown only where there is a group of an activity on which somebody has a place."""

    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Registers of groups", "")
        self._desk = desk
        self.pressed.connect(self._on_wanted)
        self.hide()

    def show_family(self, family_id: str) -> None:
        """Show this family's."""
        self._desk.ask(links, family_id, on_done=self._on_links, on_error=self._on_failed)

    @Slot(object)
    def _on_links(self, found: tuple[Link, ...]) -> None:
        self.show_rows([_row(each) for each in found])
        self.setVisible(bool(found))

    @Slot(str)
    def _on_wanted(self, target: str) -> None:
        place_id, _, group_id = target.partition(":")
        self._desk.ask(put_on_register, place_id, group_id, on_error=self._on_failed)

    @Slot(object)
    def _on_failed(self, error: SfError) -> None:
        self.failed.emit(error)


def _row(link: Link) -> ListRow:
    target = f"{link.place_id}:{link.group_id}"
    lead = f"{link.person}: {link.group}"
    if not link.is_known:
        under = "The group does not know them yet. It is told a first name, an age group, and what it must know."
        return ListRow(lead, under, "Put on the register", target)
    if link.is_twice:
        return ListRow(lead, f"{link.came} · {TWICE}", "" if link.is_up_to_date else "Bring up to date", target)
    if not link.is_up_to_date:
        return ListRow(lead, f"{link.came} · what the group knows is not up to date", "Bring up to date", target)
    return ListRow(lead, f"{link.came} · the group is closed" if link.is_closed else link.came)
