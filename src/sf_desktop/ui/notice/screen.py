"""The privacy notice to be read together: the full or the plain text, in large print if wanted, with no signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.printing.notice_paper import EASY, FULL, about_notice
from sf_desktop.ops.sharing.notices import NoticeText, notice_text, start_given
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.kit.controls.buttons import Kind, chip
from sf_desktop.ui.kit.controls.filters import Combo
from sf_desktop.ui.kit.layout.flow import wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, Page, clear, column, row
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.messages.states import EmptyState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_S
from sf_desktop.ui.kit.text.labels import Label, muted, title
from sf_desktop.ui.kit.text.moments import day_words
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.messages import show_error
from sf_record.errors import SfError
from sf_record.text.passages import Passage, Sort


class NoticeScreen(Screen):
    """Shows the notice in force, or the version of its subject `{"family": id, "version": name}`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._family_id, self._version = desk, "", ""
        self._text: NoticeText | None = None
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.head = title("Privacy notice")
        self.which = muted("")
        self.easy, self.large = chip("Plain language"), chip("Large print")
        self.versions = Combo("Version of the notice")
        self.card, self._words = Card(), column(gap=GAP_M)
        self.card.layout_.addLayout(self._words)
        self.nothing = EmptyState(
            "The council has not published its privacy notice yet",
            "Once it is, it comes when this laptop next reaches the council. Tell your manager.",
        )
        self.nothing.hide()
        self._lay_out()
        self.easy.toggled.connect(self._on_toggled)
        self.large.toggled.connect(self._on_toggled)
        self.versions.activated.connect(self._on_version)

    def _lay_out(self) -> None:
        page = self._page = Page()
        page.layout_.setSpacing(GAP_L)
        choices = wrapping(self.easy, self.large, self.versions)
        for each in (self.head, self.which, self.banner, choices, self.card, self.nothing):
            page.layout_.addWidget(each)
        page.layout_.addStretch(1)
        column(self).addWidget(page)

    def title(self) -> str:
        return "Privacy notice"

    def family_id(self) -> str:
        return self._family_id

    def is_seen_by_family(self) -> bool:
        return True

    def top_actions(self) -> Sequence[TopAction]:
        if not self._family_id or self._text is None or not self._text.version:
            return ()
        return (
            TopAction("Print", self._on_print, Kind.SECONDARY, "print"),
            TopAction("Record that it was given", self._on_given, Kind.PRIMARY),
        )

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        self._family_id = str(subject.get("family") or "")
        self._version = str(subject.get("version") or "")
        self._ask()

    def place(self) -> dict[str, Any]:
        return {
            "easy": self.easy.isChecked(), "large": self.large.isChecked(), "version": self._version,
            "down": self._page.verticalScrollBar().value(),
        }  # fmt: skip

    def restore(self, place: Mapping[str, Any]) -> None:
        self._version = str(place.get("version") or self._version)
        self.easy.setChecked(bool(place.get("easy")))
        self.large.setChecked(bool(place.get("large")))
        self._ask()

    def take_focus(self) -> None:
        self.easy.setFocus()

    def _ask(self) -> None:
        self._desk.ask(notice_text, self._version, self._family_id, on_done=self._on_text, on_error=self._on_error)

    @Slot(object)
    def _on_text(self, text: NoticeText) -> None:
        self._text = text
        is_there = bool(text.version)
        for widget in (self.card, self.easy, self.large, self.which):
            widget.setVisible(is_there)
        self.nothing.setVisible(not is_there)
        self.versions.clear()
        for each in text.versions:
            self.versions.addItem(f"Version {each}", each)
        self.versions.setCurrentIndex(max(self.versions.findData(text.version), 0))
        self.versions.setVisible(len(text.versions) > 1)
        if is_there:
            self.which.setText(f"Version {text.version}, in force from {day_words(text.effective_from, text.today)}")
        self.banner.setVisible(text.is_given_today)
        if text.is_given_today:
            self.banner.say("It is recorded that this version was given today", "", "ok")
        self._write()
        self.top_changed.emit()

    def _write(self) -> None:
        clear(self._words)
        if self._text is None:
            return
        for passage in self._text.easy if self.easy.isChecked() else self._text.full:
            self._words.addWidget(_passage(passage, is_large=self.large.isChecked()))

    @Slot()
    def _on_toggled(self) -> None:
        self._write()
        self.place_changed.emit()

    @Slot(int)
    def _on_version(self, index: int) -> None:
        self._version = str(self.versions.itemData(index) or "")
        self._ask()

    @Slot()
    def _on_print(self) -> None:
        """Print what is shown: this text of this version, as large as it is read."""
        if self._text is None:
            return
        about = about_notice(EASY if self.easy.isChecked() else FULL, self._text.version)
        subject = {"paper": "notice", "family": self._family_id, "about": about, "large": self.large.isChecked()}
        self.go.emit(GoTo("paper", subject))

    @Slot()
    def _on_given(self) -> None:
        self._desk.ask(start_given, self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        show_error(self.banner, error)


def _passage(passage: Passage, *, is_large: bool) -> QWidget:
    if passage.sort in {Sort.TITLE, Sort.HEADING}:
        is_head = passage.sort is Sort.TITLE or is_large
        return title(passage.text) if is_head else Label(passage.text, "heading")
    text = Label(passage.text, "large" if is_large else "body")
    text.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    if passage.sort is not Sort.POINT:
        return text
    box = QWidget()
    across = row(box, gap=GAP_S)
    point = Label("•", "large" if is_large else "body", wraps=False)
    point.setAlignment(Qt.AlignmentFlag.AlignTop)
    across.addWidget(point)
    across.addWidget(text, 1)
    return box
