"""Taking two records of one person apart again: asked for with its reason, done, and taken back until it is sent."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.adding import IN_ERROR
from sf_desktop.ops.office import Done
from sf_desktop.ops.reading.merging import TakenApart, read_as_one_again, to_take_apart
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.adding import AddingCard
from sf_desktop.ui.form.left_behind import Typed
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.surfaces import column, page_around
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.messages import show_error
from sf_desktop.ui.people.words import ONE_PERSON
from sf_record.errors import SfError
from sf_record.rules.sameness import KIND

TOO_LATE = (
    "That they were taken apart has gone to the council. If they are one person after all, press"
    f" “{ONE_PERSON}” further down."
)


class TakingApart(QWidget):
    """Hidden until it is asked for; what is typed is a draft, as wherever something is added to a record."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._merge_id = ""
        self.adding = AddingCard(desk)
        self.banner = Banner(closable=True, button="Take it back")
        down = column(self, gap=GAP_M)
        for widget in (self.banner, self.adding):
            widget.hide()
            down.addWidget(widget)
        self._bringing = later(self, 0, self._on_bring)  # once the list around it has been laid out anew
        self.adding.added.connect(self._on_apart)
        self.banner.pressed.connect(self._on_back)

    @Slot(str)
    def ask(self, merge_id: str) -> None:
        """Ask how it is known that the two are not of one person."""
        self.banner.hide()
        self.adding.leave()
        self._desk.ask(to_take_apart, merge_id, on_done=self._on_ready, on_error=self._on_refused)

    @Slot(object)
    def _on_ready(self, apart: TakenApart) -> None:
        self.adding.ask(Typed(apart.draft_id, IN_ERROR, apart.merge_id, apart.written), None, of=KIND)
        self.adding.set_title(f"Take the two apart: {apart.both}")
        self.adding.field.take_focus()
        self._bringing.start()

    def forget(self) -> None:
        """Another family file is shown."""
        self.adding.leave()
        self.banner.hide()

    @Slot(str)
    def _on_apart(self, merge_id: str) -> None:
        self._merge_id = merge_id
        self.banner.say("The two records are read apart again", "Both are as they were before.", "ok")
        self.banner.offer("Take it back")
        self._show_banner()

    @Slot()
    def _on_back(self) -> None:
        self._desk.ask(read_as_one_again, self._merge_id, on_done=self._on_as_one, on_error=self._on_too_late)

    @Slot(object)
    def _on_too_late(self, error: SfError) -> None:
        """It has left: nobody can change a merge that was taken apart, and the way on is to say it anew."""
        if error.code != "undo_too_late":
            self._on_refused(error)
            return
        self.banner.say(error.title, TOO_LATE, "warning")
        self.banner.offer("")
        self._show_banner()

    @Slot(object)
    def _on_as_one(self, _done: Done) -> None:
        self.banner.say("The two records are read as one, as before", "Nothing of this was sent.", "ok")
        self.banner.offer("")
        self._show_banner()

    def _show_banner(self) -> None:
        """Bring it into view with the keyboard, wherever the list above it has gone meanwhile."""
        self.banner.show()
        (self.banner.close_button if self.banner.button.isHidden() else self.banner.button).setFocus()
        self._bringing.start()

    @Slot()
    def _on_bring(self) -> None:
        page = page_around(self)
        if page is not None:
            page.ensureWidgetVisible(self)

    @Slot(object)
    def _on_refused(self, error: SfError) -> None:
        show_error(self.banner, error)
        self.banner.offer("")
        self._show_banner()
