"""What the family agreed to and what it took back, and who was given the privacy notice."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.sharing.agreements import Agreements, agreements, ask_again, start_agreement, start_withdrawal
from sf_desktop.ops.sharing.notices import NoticeView, notice_of, start_given
from sf_desktop.ui.agreements.cards import AgreementsCard, NoticeCard
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.form.opening import to_draft
from sf_desktop.ui.form.records_card import RecordsCard
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.style.tokens import GAP_M
from sf_desktop.ui.kit.window.filetab import FileTab
from sf_desktop.ui.kit.window.stack import GoTo
from sf_record.errors import SfError


class AgreementsTab(FileTab):
    """Shows agreements at the left, the privacy notice at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._family_id = desk, ""
        self.agreed, self.notice = AgreementsCard(), NoticeCard()
        self.given = RecordsCard(
            desk,
            "Notices given",
            ("notice_given",),
            nothing="It has not been recorded here that anybody was given one.",
        )
        main, aside = QWidget(), QWidget()
        left, right = column(main, gap=GAP_M), column(aside, gap=GAP_M)
        left.addWidget(self.agreed)
        right.addWidget(self.notice)
        right.addWidget(self.given)
        left.addStretch(1)
        right.addStretch(1)
        down = column(self)
        down.addWidget(Beside(main, aside, room_chars=110, aside_chars=48))
        down.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self.agreed.add_button.clicked.connect(self._on_add)
        self.agreed.opened.connect(self._on_opened)
        self.agreed.withdrawal_wanted.connect(self._on_withdrawal_wanted)
        self.agreed.again_wanted.connect(self._on_again_wanted)
        self.notice.read_button.clicked.connect(self._on_read)
        self.notice.given_button.clicked.connect(self._on_given)
        self.agreed.draft_wanted.connect(self._on_draft)
        self.given.go.connect(self.go)
        self.given.failed.connect(self.failed)

    def show_family(self, family_id: str) -> None:
        self._family_id = family_id
        self._desk.ask(agreements, family_id, on_done=self._on_agreements, on_error=self._on_error)
        self._desk.ask(notice_of, family_id, on_done=self._on_notice, on_error=self._on_error)
        self.given.show_family(family_id)

    def take_focus(self) -> None:
        self.agreed.add_button.setFocus()

    @Slot(object)
    def _on_agreements(self, found: Agreements) -> None:
        self.agreed.show_agreements(found)

    @Slot(object)
    def _on_notice(self, view: NoticeView) -> None:
        self.notice.show_notice(view)

    @Slot()
    def _on_add(self) -> None:
        self._desk.ask(start_agreement, self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(str)
    def _on_opened(self, record_id: str) -> None:
        self.go.emit(GoTo("family", {"family": self._family_id, "record": record_id}))

    @Slot(str)
    def _on_withdrawal_wanted(self, agreement_id: str) -> None:
        self._desk.ask(start_withdrawal, agreement_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(str)
    def _on_again_wanted(self, agreement_id: str) -> None:
        self._desk.ask(ask_again, agreement_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot()
    def _on_read(self) -> None:
        self.go.emit(GoTo("notice", {"family": self._family_id}))

    @Slot()
    def _on_given(self) -> None:
        self._desk.ask(start_given, self._family_id, on_done=self._on_draft, on_error=self._on_error)

    @Slot(object)
    def _on_draft(self, draft: Draft) -> None:
        self.go.emit(to_draft(draft))

    @Slot(object)
    def _on_error(self, error: SfError) -> None:
        self.failed.emit(error)
