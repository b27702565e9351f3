"""A paper as it will look, page by page or in words, and the taking of a copy: printed, or saved as a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPlainTextEdit, QStackedWidget, QWidget

from sf_desktop.ops.looks import Look
from sf_desktop.ops.printing.papers import Sheet, Wanted, preview, saved, take, take_to_save
from sf_desktop.papers import press
from sf_desktop.store.folder.files import part_of
from sf_desktop.ui.attach.reading import aside, outside, printing
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.controls.buttons import Kind, secondary
from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.controls.marks import Tick
from sf_desktop.ui.kit.drawings.picture import STEP, PictureView
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Page, column
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState, LoadingState
from sf_desktop.ui.kit.picker import FilePicker
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_XS
from sf_desktop.ui.kit.text.labels import subtitle, title
from sf_desktop.ui.kit.window.stack import Screen, TopAction
from sf_desktop.ui.messages import Question, show_error
from sf_desktop.ui.paper.printing import Printers, SystemPrinters, print_paper
from sf_desktop.ui.paper.saving import save_paper
from sf_record.errors import SfError

OUTSIDE = (
    "This copy leaves the encrypted laptop",
    (
        "Whoever opens the file can read it: it has no password. Save it where only you can go, use it for what you"
        " need it for, and delete it afterwards. Its number, the time and your name are recorded."
    ),
)
READ_TOGETHER = ("notice", "read_back")  # opened from before a family: nothing else is shown while it is being set
NO_PRINTER = (
    "No printer is set up on this computer",
    "Nothing is lost: this paper can be printed later, in the office, or saved as a PDF.",
)


class PaperScreen(Screen):
    """Shows the paper of its subject `{"paper": name, "family": id, "about": id}`, large with `{"large": true}`."""

    def __init__(self, desk: Desk, printers: Printers | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._replies = desk, Replies(self)
        self._printers = printers or SystemPrinters()
        self._wanted = Wanted("", "")
        self._sheet: Sheet | None = None
        self._copy: Sheet | None = None
        self._pages: tuple[bytes, ...] = ()
        self._at = 0
        self._printer = self._path = ""
        self._part = Path()
        self._head, self._under = title(), subtitle()
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.picture, self.words = PictureView(), QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("This paper in words")
        self.setting, self.gone = LoadingState("Setting the pages", cancel=""), EmptyState("", "")
        self.shown = QStackedWidget()
        for widget in (self.setting, self.picture, self.words, self.gone):
            self.shown.addWidget(widget)
        self.large = Tick("Large print (18 point)")
        self.printer = Combo("Which printer")
        self.printer.setMinimumContentsLength(22)
        self.earlier_button = secondary("Page before", spoken="Show the page before")
        self.later_button = secondary("Next page", spoken="Show the next page")
        self.words_button = secondary("Read it as words")
        self.near_button = secondary("Nearer", spoken="Bring the page nearer")
        self.fit_button = secondary("Whole page", spoken="Show the whole page")
        self.where = Combo("Which page")
        self.picker = FilePicker(self, "Save this copy as a PDF", "PDF (*.pdf)", saves="pdf")
        self._lay_out()
        self._connect()

    @property
    def replies(self) -> Replies:
        """What is still being set, printed or written."""
        return self._replies

    def _lay_out(self) -> None:
        page = Page()
        head = column(gap=GAP_XS)
        head.addWidget(self._head)
        head.addWidget(self._under)
        tools = wrapping(
            self.large, self.words_button, self.near_button, self.fit_button, self.earlier_button, self.where,
            self.later_button, self.printer,
        )  # fmt: skip
        page.layout_.setSpacing(GAP_M)
        page.layout_.addLayout(head)
        page.layout_.addWidget(self.banner)
        page.layout_.addWidget(tools)
        page.layout_.addWidget(self.shown, 1)
        column(self).addWidget(page)

    def _connect(self) -> None:
        self.large.toggled.connect(self._on_large)
        self.words_button.clicked.connect(self._on_words)
        self.earlier_button.clicked.connect(self._on_earlier)
        self.later_button.clicked.connect(self._on_later)
        self.where.activated.connect(self._show_page)
        self.near_button.clicked.connect(self._on_nearer)
        self.fit_button.clicked.connect(self.picture.fit)
        self.picker.picked.connect(self._on_picked)

    # --- the screen ------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return "Paper"

    def family_id(self) -> str:
        return self._sheet.paper.family_id if self._sheet is not None else ""

    def is_seen_by_family(self) -> bool:
        """What they are to keep, what anybody may have, and large print."""
        paper = self._sheet.paper if self._sheet is not None else None
        is_theirs = paper is not None and (paper.is_for_family or paper.is_public)
        return self._wanted.is_large or self._wanted.name in READ_TOGETHER or is_theirs

    def top_actions(self) -> Sequence[TopAction]:
        back = () if self.is_seen_by_family() else (TopAction("Back", self._on_back),)  # then the bar has one
        if not self._pages:
            return back
        return (
            *back,
            TopAction("Save as PDF", self._on_save),
            TopAction("Print", self._on_print, Kind.PRIMARY, "print"),
        )

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self._wanted = Wanted(
            str(subject.get("paper") or ""),
            str(subject.get("family") or ""),
            str(subject.get("about") or ""),
            bool(subject.get("large")),
        )
        self.large.blockSignals(True)
        self.large.setChecked(self._wanted.is_large)
        self.large.blockSignals(False)
        if self._copy is None:
            self.banner.hide()
        self._replies.watch(printing(_known, self._printers), self._on_printers, self._on_refused)
        self._ask()

    def take_focus(self) -> None:
        self.large.setFocus()

    def leave(self) -> None:
        """Keep no page of it; a copy that is on its way goes on."""
        self._forget()

    def place(self) -> dict[str, Any]:
        return {"large": self.large.isChecked()}

    def restore(self, place: Mapping[str, Any]) -> None:
        self.large.setChecked(bool(place.get("large")))

    @Slot()
    def _on_back(self) -> None:
        self.back.emit()

    # --- how it looks ----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._forget()
        self._head.setText("")
        self._under.setText("")
        self.shown.setCurrentWidget(self.setting)
        self._say_where()
        self.top_changed.emit()
        self._desk.ask(preview, self._wanted, on_done=self._on_sheet, on_error=self._on_gone)

    def _forget(self) -> None:
        self._sheet, self._pages, self._at = None, (), 0
        self.picture.clear()
        self.words.clear()

    @Slot(object)
    def _on_sheet(self, sheet: Sheet) -> None:
        if sheet.wanted != self._wanted:
            return
        self._sheet = sheet
        self.top_changed.emit()
        self._head.setText(sheet.paper.title)
        self._under.setText("As it will look. A copy gets a number when it is printed or saved.")
        self.words.setPlainText(sheet.paper.words())
        self._replies.watch(aside(_preview, sheet), self._on_pages, self._on_not_set)

    @Slot(object)
    def _on_pages(self, made: tuple[Sheet, tuple[bytes, ...]]) -> None:
        sheet, pages = made
        if sheet is not self._sheet:
            return
        self._pages = pages
        self._show_page(0)
        self.top_changed.emit()

    @Slot(object)
    def _on_gone(self, error: SfError) -> None:
        self.gone.say(error.title, error.advice)
        self.shown.setCurrentWidget(self.gone)
        self._say_where()

    @Slot(object)
    def _on_not_set(self, error: SfError) -> None:
        if self._sheet is not None:
            self._on_gone(error)

    @Slot(int)
    def _show_page(self, number: int) -> None:
        self._at = number
        told = f"Page {number + 1} of {len(self._pages)}. Its words are under Read it as words."
        self.picture.show_image(QImage.fromData(self._pages[number]), told)
        if self.shown.currentWidget() is not self.words:
            self.shown.setCurrentWidget(self.picture)
        self._say_where()

    def _say_where(self) -> None:
        count = len(self._pages)
        is_reading = self.shown.currentWidget() is self.words
        if self.where.count() != count:
            self.where.clear()
            for number in range(count):
                self.where.addItem(f"Page {number + 1} of {count}")
        self.where.setCurrentIndex(self._at if count else -1)
        for widget in (self.earlier_button, self.later_button, self.where):
            widget.setVisible(count > 1 and not is_reading)
        for widget in (self.near_button, self.fit_button):
            widget.setVisible(count > 0 and not is_reading)
        self.earlier_button.setEnabled(self._at > 0)
        self.later_button.setEnabled(self._at + 1 < count)
        self.words_button.setVisible(count > 0)
        self.words_button.set_text("Show the pages" if is_reading else "Read it as words")

    @Slot()
    def _on_earlier(self) -> None:
        self._show_page(self._at - 1)

    @Slot()
    def _on_later(self) -> None:
        self._show_page(self._at + 1)

    @Slot()
    def _on_nearer(self) -> None:
        self.picture.nearer(STEP)

    @Slot()
    def _on_words(self) -> None:
        is_reading = self.shown.currentWidget() is self.words
        self.shown.setCurrentWidget(self.picture if is_reading else self.words)
        self._say_where()

    @Slot(bool)
    def _on_large(self, is_large: bool) -> None:
        self._wanted = Wanted(self._wanted.name, self._wanted.family_id, self._wanted.about, is_large)
        self._ask()

    # --- taking a copy ---------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_printers(self, known: tuple[tuple[str, ...], str]) -> None:
        names, usual = known
        chosen = self.printer.currentText() or usual
        self.printer.clear()
        for name in names:
            self.printer.addItem(name)
        self.printer.setCurrentIndex(max(0, self.printer.findText(chosen)))
        self.printer.setVisible(bool(names))

    @Slot()
    def _on_print(self) -> None:
        """Look for printers again: one may have been set up since the paper was opened."""
        if self._copy is None and self._sheet is not None:
            self._copy = self._sheet
            self._replies.watch(printing(_known, self._printers), self._on_printers_again, self._on_refused)

    @Slot(object)
    def _on_printers_again(self, known: tuple[tuple[str, ...], str]) -> None:
        self._on_printers(known)
        self._printer = self.printer.currentText()
        if self._printer:
            self.banner.hide()
            self._desk.ask(take, self._wanted, Look.PRINTED, on_done=self._on_printing, on_error=self._on_refused)
            return
        self._copy = None
        self.banner.say(*NO_PRINTER, "warning")
        self.banner.show()

    @Slot()
    def _on_save(self) -> None:
        question = Question(self, *OUTSIDE, "Choose where to save it", "Do not save it")
        question.accepted.connect(self._on_save_wanted)
        question.open()

    @Slot()
    def _on_save_wanted(self) -> None:
        if self._sheet is not None:
            self.picker.open(f"{self._sheet.paper.title}.pdf")

    @Slot(object)
    def _on_picked(self, paths: tuple[str, ...]) -> None:
        if self._copy is None and self._sheet is not None:
            self._path, self._part = paths[0], part_of(Path(paths[0]))
            self._copy = self._sheet
            self.banner.hide()
            self._desk.ask(
                take_to_save, self._wanted, str(self._part), on_done=self._on_saving, on_error=self._on_refused
            )

    @Slot(object)
    def _on_printing(self, copy: Sheet) -> None:
        self._copy = copy
        work = printing(print_paper, self._printers, self._printer, copy.paper, copy.stamp)
        self.banner.say(f"{copy.stamp.copy_words} is being printed", "", "information")
        self.banner.show()
        self._replies.watch(work, self._on_printed, self._on_refused)

    @Slot(object)
    def _on_saving(self, copy: Sheet) -> None:
        self._copy = copy
        work = outside(save_paper, self._path, self._part, copy.paper, copy.stamp)
        self._replies.watch(work, self._on_saved, self._on_not_saved)

    @Slot(object)
    def _on_printed(self, _done: object) -> None:
        self._say_taken("was given to the printer", "Take it from the printer now, and keep it with you.")

    @Slot(object)
    def _on_not_saved(self, error: SfError) -> None:
        self._desk.ask(saved, str(self._part))
        self._on_refused(error)

    @Slot(object)
    def _on_saved(self, _done: object) -> None:
        self._desk.ask(saved, str(self._part))
        self._say_taken(
            "was saved as a PDF", "It lies outside the encrypted records: delete it when it has done its work."
        )

    def _say_taken(self, done: str, advice: str) -> None:
        copy, self._copy = self._copy, None
        if copy is not None:
            self.banner.say(f"{copy.stamp.copy_words} {done}", advice, "ok")
            self.banner.show()

    @Slot(object)
    def _on_refused(self, error: SfError) -> None:
        self._copy = None
        show_error(self.banner, error)
        if not self.isVisible():
            self._desk.failed.emit(error)


def _known(printers: Printers) -> tuple[tuple[str, ...], str]:
    """Ask the computer for its printers. Runs beside the window: a printer on a network may take its time."""
    return printers.names(), printers.usual()


def _preview(sheet: Sheet) -> tuple[Sheet, tuple[bytes, ...]]:
    """Set the pages to be looked at. Runs beside the window."""
    return sheet, press.pictures(sheet.paper, sheet.stamp).pictures
