"""The people of a family file who were recorded twice, in a card: who, how it is known, and by whom it was said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal, Slot

from sf_desktop.ops.records.recording import Listed
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.records_card import RecordsCard
from sf_desktop.ui.kit.layout.listcard import ListRow
from sf_desktop.ui.kit.text.moments import day_words, in_sentence
from sf_desktop.ui.people.words import ONE_PERSON

APART = "Take apart"


class MergesCard(RecordsCard):
    """Lists them; `names` are the people's, by every record of theirs. `apart_wanted(merge)` where one may do so."""

    apart_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "People recorded twice",
            ("same_person",),
            nothing="Nobody. Where two records are of one person, say so here: both are kept, and read as one.",
            add=ONE_PERSON,
        )
        self.names: Mapping[str, str] = {}
        self.may_part = False
        self.hide()

    def row(self, each: Listed, today: date) -> ListRow:
        name = self.names.get(str(each.body.get("kept")), "Somebody who is not in this family file")
        said = (f"since {in_sentence(day_words(each.happened_at, today))}", each.author, each.summary)
        waiting = ("not with the council yet",) if each.is_waiting else ()
        under = " · ".join(part for part in (*said, *waiting) if part)
        apart = ((APART, f"apart:{each.id}"),) if self.may_part else ()
        return ListRow(f"{name}: two records, read as one", under, "Open", f"record:{each.id}", apart)

    @Slot(str)
    def _on_pressed_row(self, target: str) -> None:
        what, _, id_ = target.partition(":")
        if what == "apart":
            self.apart_wanted.emit(id_)
        else:
            super()._on_pressed_row(target)
