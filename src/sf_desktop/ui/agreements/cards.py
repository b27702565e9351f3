"""The cards of a family's agreements: one block for each with how it stands, and to whom the notice is due."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.drafting import Draft
from sf_desktop.ops.sharing.agreements import Agreements, AgreementView
from sf_desktop.ops.sharing.notices import NoticeView
from sf_desktop.ui.kit.controls.buttons import Button, quiet, secondary
from sf_desktop.ui.kit.layout.flow import Flow, wrapping
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, row, rule
from sf_desktop.ui.kit.layout.tagged import tagged
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import Label, body, muted, strong
from sf_desktop.ui.kit.text.moments import day_words, moment_words
from sf_record.kinds import KINDS

NOTHING_AGREED = (
    "Nothing has been agreed yet. An Early Help Assessment and meetings of the team need the family’s agreement first."
)
YOUNG = "A child or young person who understands it may be given it too, in plain language: you judge when."
NO_NOTICE = "The council has not published its privacy notice yet."


class AgreementBlock(QWidget):
    """One agreement. `opened`, `withdrawal_wanted` and `again_wanted` carry its id."""

    opened = Signal(str)
    withdrawal_wanted = Signal(str)
    again_wanted = Signal(str)

    def __init__(self, view: AgreementView, today: date) -> None:
        super().__init__()
        self._id = view.id
        words = ", ".join(view.what_for) or "Agreement"
        down = column(self, gap=GAP_XS)
        down.addWidget(tagged(tags=_states(view, today)))
        down.addWidget(strong(words))
        for line in lines_of(view, today):
            down.addWidget(muted(line))
        if view.still_to_tell:
            down.addWidget(_grave(f"Still to tell: {', '.join(view.still_to_tell)}"))
        buttons = QWidget()
        across = Flow(buttons, gap=GAP_S)
        self.open_button = quiet("Open", spoken=f"Open: {words}")
        self.open_button.clicked.connect(self._on_open)
        across.addWidget(self.open_button)
        if view.is_review_due or (view.has_ended and not view.withdrawn_at):
            again = quiet("Ask again", spoken=f"Ask again whether it still stands: {words}")
            again.clicked.connect(self._on_again)
            across.addWidget(again)
        self.withdrawal_button: Button | None = None
        if view.is_agreed and view.is_signed:
            text = "Who was told" if view.withdrawn_at else "They withdraw it"
            self.withdrawal_button = quiet(text, spoken=f"{text}: {words}")
            self.withdrawal_button.clicked.connect(self._on_withdrawal)
            across.addWidget(self.withdrawal_button)
        down.addWidget(buttons)

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self._id)

    @Slot()
    def _on_again(self) -> None:
        self.again_wanted.emit(self._id)

    @Slot()
    def _on_withdrawal(self) -> None:
        self.withdrawal_wanted.emit(self._id)


class DraftLine(QWidget):
    """Something begun and not finished. `wanted` carries it."""

    wanted = Signal(object)

    def __init__(self, draft: Draft, today: date) -> None:
        super().__init__()
        self._draft = draft
        words = f"{KINDS[draft.kind].label}, begun"
        across = row(self, gap=GAP_M)
        down = column(gap=2)
        down.addWidget(strong(words))
        down.addWidget(muted(f"stopped {moment_words(draft.saved_at, today)}"))
        across.addLayout(down, 1)
        self.button = quiet("Continue", spoken=f"Continue: {words}")
        self.button.clicked.connect(self._on_pressed)
        across.addWidget(self.button)

    @Slot()
    def _on_pressed(self) -> None:
        self.wanted.emit(self._draft)


class AgreementsCard(Card):
    """What is begun, then all of them, the latest first, and a button for another."""

    opened = Signal(str)
    draft_wanted = Signal(object)
    withdrawal_wanted = Signal(str)
    again_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Agreements")
        self._list = column(gap=GAP_M)
        self.layout_.addLayout(self._list)
        self.add_button = secondary("Record an agreement")
        self.layout_.addWidget(self.add_button)

    def show_agreements(self, found: Agreements) -> None:
        """Show these."""
        clear(self._list)
        for draft in found.drafts:
            line = DraftLine(draft, found.today)
            line.wanted.connect(self.draft_wanted)
            self._list.addWidget(line)
        if not found.rows:
            self._list.addWidget(muted(NOTHING_AGREED))
        for number, each in enumerate(found.rows):
            if number or found.drafts:
                self._list.addWidget(rule())
            block = AgreementBlock(each, found.today)
            block.opened.connect(self.opened)
            block.withdrawal_wanted.connect(self.withdrawal_wanted)
            block.again_wanted.connect(self.again_wanted)
            self._list.addWidget(block)


class NoticeCard(Card):
    """The notice in force, to whom it is due, and how to read it and to record that it was given."""

    def __init__(self) -> None:
        super().__init__("Privacy notice")
        self._list = column(gap=GAP_XS)
        self.layout_.addLayout(self._list)
        self.read_button = secondary("Read it together", spoken="Read the privacy notice together")
        self.given_button = secondary("Record that it was given", spoken="Record that the privacy notice was given")
        buttons = wrapping(self.read_button, self.given_button)
        self.layout_.addWidget(buttons)

    def show_notice(self, view: NoticeView) -> None:
        """Show how it stands."""
        clear(self._list)
        is_there = bool(view.version)
        self.read_button.setEnabled(is_there)
        self.given_button.setEnabled(is_there)
        if not is_there:
            self._list.addWidget(muted(NO_NOTICE))
            return
        since = day_words(view.effective_from, view.today)
        self._list.addWidget(body(f"Version {view.version}, in force since {since}."))
        if not view.owed:
            self._list.addWidget(muted("Every parent and carer in this file has it."))
            self._list.addWidget(muted(YOUNG))
            return
        self._list.addWidget(_grave("Still to be given to:"))
        for each in view.owed:
            had = f"has version {each.had}" if each.had else "never given"
            how = " · in plain language, so that they understand it" if each.is_young else ""
            self._list.addWidget(body(f"{each.name} · {had}{how}"))
        self._list.addWidget(muted(YOUNG))


def lines_of(view: AgreementView, today: date) -> list[str]:
    """Say who agreed, when and how, and who may share."""
    given = (", ".join(view.people), moment_words(view.agreed_at, today), view.how.lower())
    said = [" · ".join(part for part in given if part)]
    if view.not_signed_by:
        said.append(f"Asked, and did not sign: {', '.join(view.not_signed_by)}")
    if view.sharing:
        said.append(f"May share: {', '.join(view.sharing)}")
    if view.refused:
        said.append(f"Not with: {', '.join(view.refused)}")
    if view.ends_on and not view.withdrawn_at:
        said.append(f"They agreed until {day_words(view.ends_on, today)}")
    if view.review_on and not view.withdrawn_at:
        said.append(f"To be looked at again on {day_words(view.review_on, today)}")
    return said


def _since(at: str, today: date) -> str:
    """The day of a moment, and its hour where that is today."""
    words = moment_words(at, today)
    return words if ", " in words else f"today, {words}"


def _states(view: AgreementView, today: date) -> list[tuple[str, str]]:
    if not view.is_signed:
        return [("Not signed yet: it allows nothing", "neutral")]
    if not view.is_agreed:
        return [("They said no", "neutral")]
    if view.withdrawn_at:
        return [(f"Withdrawn: {_since(view.withdrawn_at, today)}", "danger")]
    if view.is_ahead:
        return [(f"Counts only from {moment_words(view.agreed_at, today)}", "warning")]
    states = [("Has ended: it allows nothing more", "neutral")] if view.has_ended else [("Stands", "ok")]
    if view.is_review_due:
        states.append(("Ask whether it still stands", "warning"))
    return states


def _grave(text: str) -> Label:
    label = strong(text)
    label.tone("warning")
    return label
