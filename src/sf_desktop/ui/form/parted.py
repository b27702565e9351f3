"""A long form in parts: their list at the left, one part to write at a time, and room beside it for what helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QWidget

from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.form.progress import Progress
from sf_desktop.ui.form.room import WritingRoom
from sf_desktop.ui.form.sheet import Sheet
from sf_desktop.ui.form.signing import SigningScreen
from sf_desktop.ui.kit.access.actions import bind
from sf_desktop.ui.kit.controls.buttons import quiet
from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.fields.field import Field
from sf_desktop.ui.kit.later import later
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.sections import Section, SectionList
from sf_desktop.ui.kit.layout.surfaces import FORM_CHARS, Page, column, row
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S


class PartedScreen(SigningScreen):
    """Shows a draft one part at a time.

    Overrides besides those of a signing screen: `head` (what stands above), `side` (what stands at the right, or None),
    `make_progress`, `parts_name`.
    """

    parts_name = "Parts"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list: SectionList | None = None
        self._cards = QWidget()
        self._parts = Combo(self.parts_name)
        self._page = Page()
        self._progress: Progress | None = None
        self._is_marked = False  # something is to be mended: the list of parts says when it is
        self._bringing = later(self, 0, self._on_laid_out)  # a part just shown has its place a moment later
        bind("next_section", self, self._on_next_section)
        bind("previous_section", self, self._on_previous_section)

    # --- to be said by each screen ---------------------------------------------------------------------------------

    def head(self, sheet: Sheet) -> QWidget:
        """What stands above the parts."""
        raise NotImplementedError

    def side(self, _sheet: Sheet) -> QWidget | None:
        """What stands beside the part that is written."""
        return None

    def make_progress(self, form: Form, sheet: Sheet) -> Progress:
        """What says how far each part is."""
        return Progress(form, sheet)

    # --- layout ----------------------------------------------------------------------------------------------------

    def arrange(self, form: Form, sheet: Sheet) -> QWidget:
        self._progress = self.make_progress(form, sheet)
        self.list = SectionList(
            self.parts_name, [Section(each, card.group.label) for each, card in form.sections.items()]
        )
        self.list.chosen.connect(self._on_chosen)
        self._cards = QWidget()
        page = self._page = Page(chars=FORM_CHARS, parent=self._writing)
        page.layout_.setSpacing(GAP_M)
        page.layout_.addWidget(self.head(sheet))
        page.layout_.addWidget(self.banner)
        page.layout_.addWidget(self.summary)
        writing, side = self._middle(form), self.side(sheet)
        if side is not None:
            writing = Beside(writing, side, room_chars=86, aside_chars=36)
        whole = Beside(writing, self.list, room_chars=112, aside_chars=30, aside_first=True)
        whole.arranged.connect(self._on_arranged)
        self._on_arranged(whole.is_beside)
        page.layout_.addWidget(whole, 1)
        self._place_sections(form)
        return page

    def _place_sections(self, form: Form) -> None:
        """Put the cards where they belong, last: those that are not shown are not dressed until they are."""
        down = column(self._cards)
        first = next(iter(form.sections))
        for name, section in form.sections.items():
            if name != first:
                section.hide()
            down.addWidget(section)
        self._show_section(first)

    def _middle(self, form: Form) -> QWidget:
        middle = QWidget()
        down = column(middle, gap=GAP_S)
        self._parts = Combo(self.parts_name.replace("Parts", "Part", 1))
        self._parts.setMaximumWidth(16_777_215)
        for name, section in form.sections.items():
            self._parts.addItem(section.group.label, name)
        self._parts.activated.connect(self._on_part)
        self._parts.hide()
        down.addWidget(self._parts)
        down.addWidget(self._cards)
        across = row(gap=GAP_M)
        self._previous = quiet("Previous part")
        self._next = quiet("Next part")
        self._previous.clicked.connect(self._on_previous_section)
        self._next.clicked.connect(self._on_next_section)
        across.addWidget(self._previous)
        across.addStretch(1)
        across.addWidget(self._next)
        down.addLayout(across)
        down.addStretch(1)
        WritingRoom(self._page, middle)
        return middle

    # --- moving about ----------------------------------------------------------------------------------------------

    def kept_place(self) -> dict[str, Any]:
        return {"section": self.list.current} if self.list is not None else {}

    def _put_place(self, place: Mapping[str, Any]) -> None:
        section = str(place.get("section") or "")
        if self.form is not None and section in self.form.sections:
            self._show_section(section)
        super()._put_place(place)

    def first_field(self, form: Form) -> Field:
        current = self.list.current if self.list is not None else next(iter(form.sections))
        return form.sections[current].fields()[0]

    @Slot(str)
    def show_field(self, path: str) -> None:
        self.show_writing()
        section = self.form.section_of(path) if self.form is not None else None
        if section is not None and self.form is not None:
            self._show_section(section.group.name)
            self.form.restore({"field": path})
            self._bringing.start()

    def _show_section(self, name: str) -> None:
        if self.form is None or self.list is None:
            return
        names = list(self.form.sections)
        self.list.select(name)
        self._parts.setCurrentIndex(names.index(name))
        for each, section in self.form.sections.items():
            section.setVisible(each == name)
        self._previous.setEnabled(name != names[0])
        self._next.setEnabled(name != names[-1])
        self._say_progress()

    @Slot(bool)
    def _on_arranged(self, is_beside: bool) -> None:
        """Where there is no room for the list of parts, a drop-down says which part this is."""
        if self.list is not None:
            self.list.setVisible(is_beside)
            self._parts.setVisible(not is_beside)

    @Slot(int)
    def _on_part(self, index: int) -> None:
        self._on_chosen(str(self._parts.itemData(index)))

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.autosave.now()
        self._show_section(name)
        if self.form is not None:
            first = self.form.sections[name].fields()[0]
            first.take_focus()
            self._bringing.start()

    @Slot()
    def _on_laid_out(self) -> None:
        """Bring what has the keyboard into view."""
        focused = QApplication.focusWidget()
        if focused is not None and self._page.isAncestorOf(focused):
            self._page.ensureWidgetVisible(focused)

    @Slot()
    def _on_next_section(self) -> None:
        if self.list is not None and self.pages.currentWidget() is self._writing:
            self.list.step(1)

    @Slot()
    def _on_previous_section(self) -> None:
        if self.list is not None and self.pages.currentWidget() is self._writing:
            self.list.step(-1)

    @Slot(str)
    def _on_changed(self, name: str) -> None:
        super()._on_changed(name)
        if self._is_marked:
            self._say_progress()

    @Slot(str)
    def _on_left(self, name: str) -> None:
        super()._on_left(name)
        self._say_progress()

    def _say_progress(self) -> None:
        if self._progress is not None and self.list is not None:
            told = self._progress.words(self.list.current)
            self._is_marked = any(tone == "danger" for _, tone in told.values())
            for name, (words, tone) in told.items():
                self.list.say(name, words, tone)
