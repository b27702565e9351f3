"""What two records of a person say differently, side by side, before somebody says that they are of one person."""

from __future__ import annotations

from collections.abc import Sequence

from sf_desktop.ops.reading.merging import Difference
from sf_desktop.ui.kit.layout.listcard import ListCard, ListRow
from sf_desktop.ui.kit.text.labels import muted

ADVICE = (
    "Nothing is overwritten. Both records are kept with their history. What stands in the record that is kept is read;"
    " where it is empty, the other one is. A rule about contact, and health and other needs, are read from both. Take"
    " apart, beside the person, undoes this."
)


class ComparingCard(ListCard):
    """Hidden until two different records are chosen."""

    def __init__(self) -> None:
        super().__init__("What the two say differently", "They say the same of everything.")
        self.layout_.addWidget(muted(ADVICE))
        self.hide()

    def show_differences(self, found: Sequence[Difference], *, is_chosen: bool) -> None:
        """Show these, or nothing before two are chosen."""
        self.show_rows([
            ListRow(each.label, f"One too many: {each.duplicate}\nKept: {each.kept}") for each in found
        ])  # fmt: skip
        self.setVisible(is_chosen)
