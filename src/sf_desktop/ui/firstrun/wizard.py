"""The first run in the window's own style: the steps on the dark rail, one step at a time beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from sf_desktop.ui.firstrun.ports import Council, Joining, Offer
from sf_desktop.ui.firstrun.step import Step
from sf_desktop.ui.firstrun.steps import CouncilStep, LoadStep, OfferStep, PassphraseStep, SignInStep
from sf_desktop.ui.kit.layout.surfaces import column, row
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_M, GAP_S, GAP_XS, RAIL_WIDTH
from sf_desktop.ui.kit.text.labels import Label, heading, muted, repolish
from sf_desktop.ui.kit.text.service import SERVICE


class FirstRun(QWidget):
    """Emits `finished(result of load)` when the caseload is complete, or `pretend_wanted`.

    With `may_leave` the first step has a way back, and `left` says that it was taken.
    """

    finished = Signal(object)
    pretend_wanted = Signal()
    left = Signal()

    def __init__(
        self,
        joining: Joining,
        parent: QWidget | None = None,
        *,
        may_leave: bool = False,
    ) -> None:
        super().__init__(parent)
        self._passphrase = ""
        self._may_leave = may_leave
        self.council, self.sign_in = CouncilStep(joining), SignInStep(joining)
        self.passphrase, self.offer, self.load = PassphraseStep(joining), OfferStep(), LoadStep(joining)
        self.steps: tuple[Step, ...] = (self.council, self.sign_in, self.passphrase, self.offer, self.load)
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
            step.back.connect(self._on_back)
        self._names = [Label(f"{at}  {step.label}", "rail-step") for at, step in enumerate(self.steps, 1)]
        self._where = muted("")
        across = row(self, gap=0)
        across.addWidget(self._rail())
        across.addWidget(self.stack, 1)
        self.council.done.connect(self._on_council)
        self.council.pretend_wanted.connect(self.pretend_wanted)
        self.sign_in.done.connect(self._on_signed_in)
        self.passphrase.done.connect(self._on_passphrase)
        self.offer.done.connect(self._on_offer_taken)
        self.load.done.connect(self.finished)
        self.council.back_button.setVisible(may_leave)
        self._show(0)

    def take_focus(self) -> None:
        """Put the keyboard where the step begins."""
        self.steps[self.stack.currentIndex()].take_focus()

    @Slot(object)
    def _on_council(self, council: Council) -> None:
        self._where.setText(council.name)
        self._show(1)

    @Slot(object)
    def _on_signed_in(self, offer: Offer) -> None:
        self.offer.show_offer(offer)
        # The code is spent: going back to sign in could only fail.
        self.passphrase.back_button.hide()
        self._show(2)

    @Slot(object)
    def _on_passphrase(self, passphrase: str) -> None:
        self._passphrase = passphrase
        self._show(3)

    @Slot(object)
    def _on_offer_taken(self, _nothing: Any) -> None:
        passphrase, self._passphrase = self._passphrase, ""
        self.passphrase.forget()
        self._show(4)
        self.load.begin(passphrase)

    @Slot()
    def _on_back(self) -> None:
        if self.stack.currentIndex() == 0 and self._may_leave:
            self.left.emit()
            return
        self._show(max(0, self.stack.currentIndex() - 1))

    def _show(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        for number, name in enumerate(self._names):
            name.setProperty("role", "rail-now" if number == at else "rail-step")
            repolish(name)
            state = "done" if number < at else "now" if number == at else "to come"
            name.setAccessibleDescription(state)
            name.setText(f"{'✓' if number < at else number + 1}  {self.steps[number].label}")
        self.steps[at].take_focus()

    def _rail(self) -> QFrame:
        rail = QFrame()
        rail.setProperty("role", "rail")
        rail.setAccessibleName("Steps")
        rail.setMinimumWidth(RAIL_WIDTH)
        rail.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)  # large words need a wider one
        down = column(rail, gap=GAP_M)
        down.setContentsMargins(GAP_L + GAP_XS, GAP_L + GAP_XS, GAP_M, GAP_M)
        down.addWidget(heading(SERVICE))
        down.addWidget(self._where)
        down.addSpacing(GAP_S)
        for name in self._names:
            down.addWidget(name)
        down.addStretch(1)
        return rail
