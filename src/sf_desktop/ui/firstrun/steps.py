"""The five steps: the council, signing in, the passphrase, what will be here, and fetching it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QProgressBar

from sf_desktop.ui.firstrun.address import read_address
from sf_desktop.ui.firstrun.ports import Council, Joining, Offer, Progress
from sf_desktop.ui.firstrun.step import FIELD_WIDTH, Step
from sf_desktop.ui.kit.controls.buttons import quiet
from sf_desktop.ui.kit.fields.text import SecretField, TextField
from sf_desktop.ui.kit.layout.surfaces import Card, at_edge
from sf_desktop.ui.kit.messages.states import LoadingState
from sf_desktop.ui.kit.style.tokens import GAP_L, GAP_S
from sf_desktop.ui.kit.text.labels import body, muted, strong
from sf_desktop.wording.first_run import at_first_run
from sf_record.errors import SfError


class CouncilStep(Step):
    """Which council: `done(Council)`; or pretend families: `pretend_wanted`."""

    label = "Council"
    pretend_wanted = Signal()

    def __init__(self, joining: Joining) -> None:
        super().__init__(
            "Which council do you work for?",
            "The address is on the letter or message that you got with your laptop code.",
            "Find the council",
            may_go_back=False,
        )
        self._joining = joining
        self.address = TextField("address", "Council address", placeholder="families.example.gov.uk")
        self.add_field(self.address)
        card = Card("No address yet?")
        card.setMaximumWidth(FIELD_WIDTH)
        card.layout_.addWidget(
            body("Try the program with pretend families. They are kept apart, and a banner always says so.")
        )
        self.pretend_button = quiet("Try with pretend families")
        self.pretend_button.clicked.connect(self.pretend_wanted)
        card.layout_.addLayout(at_edge(self.pretend_button))
        self.below.addWidget(card)

    def go_on(self) -> None:
        address, problem = read_address(self.address.value())
        self.address.problem = problem
        if self.check():
            self.wait("Looking…")
            self.replies.watch(self._joining.greet(address), self._on_greeted, self.on_error)

    @Slot(object)
    def _on_greeted(self, council: Council) -> None:
        self.rest()
        self.done.emit(council)


class SignInStep(Step):
    """Who you are: `done(Offer)`."""

    label = "Sign in"

    def __init__(self, joining: Joining) -> None:
        super().__init__(
            "Sign in to your council",
            "Once, with a signal. Afterwards this laptop opens with its own passphrase, also offline.",
            "Sign in",
        )
        self._joining = joining
        self.name_field = TextField("name", "Sign-in name")
        self.password = SecretField("password", "Password", hint="The one your council gave you.")
        self.code = TextField("code", "Laptop code", hint="From your council; it works once.", width_chars=26)
        for field in (self.name_field, self.password, self.code):
            self.add_field(field)

    def go_on(self) -> None:
        for field in self.fields:
            field.problem = "" if field.value() else f"Write your {field.title.lower()}."
        if self.check():
            self.wait("Signing in…")
            future = self._joining.sign_in(self.name_field.value(), self.password.value(), self.code.value())
            self.replies.watch(future, self._on_signed_in, self.on_error)

    @Slot(object)
    def _on_signed_in(self, offer: Offer) -> None:
        self.rest()
        self.password.set_value("")
        self.done.emit(offer)


class PassphraseStep(Step):
    """The laptop's own passphrase: `done(passphrase)`."""

    label = "Passphrase"

    def __init__(self, joining: Joining) -> None:
        super().__init__(
            "Choose a passphrase for this laptop",
            "It encrypts everything here. Nobody can look it up for you: if it is forgotten, a manager can let you back"
            " in, and work that was not yet sent is still safe.",
            "Use this passphrase",
        )
        self._joining = joining
        self.first = SecretField(
            "passphrase",
            "Passphrase",
            hint="At least 12 characters. Four or more unrelated words are strong and easy to type. Pasting is fine.",
        )
        self.again = SecretField("again", "The same passphrase again")
        self.add_field(self.first)
        self._bar, self._words = QProgressBar(), muted()
        self._bar.setRange(0, 3)
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(FIELD_WIDTH)
        self._bar.setAccessibleName("Strength of the passphrase")
        self.inside.addWidget(self._bar)
        self.inside.addWidget(self._words)
        self.add_field(self.again)
        self.first.changed.connect(self._on_typed)
        self._on_typed()

    def go_on(self) -> None:
        verdict = self._joining.judge(self.first.value())
        self.first.problem = " ".join(verdict.problems) if self.first.value() else "Write a passphrase."
        is_same = self.first.value() == self.again.value()
        self.again.problem = "" if is_same or self.first.problem else "The two are not the same."
        if self.check():
            self.done.emit(self.first.value())

    def forget(self) -> None:
        """Let go of what was typed."""
        self.first.set_value("")
        self.again.set_value("")
        self._on_typed()

    @Slot()
    def _on_typed(self) -> None:
        typed = self.first.value()
        verdict = self._joining.judge(typed) if typed else None
        self._bar.setValue(verdict.level if verdict else 0)
        self._words.setText(verdict.words if verdict else "Not written yet")
        self._bar.setAccessibleDescription(self._words.text())


class OfferStep(Step):
    """What will be on this laptop, before anything is: `done(None)`."""

    label = "What will be here"

    def __init__(self) -> None:
        super().__init__(
            "What will be on this laptop",
            "Only the families and groups you work with, encrypted. They leave on the day shown, or when one moves on.",
            "Fetch my families",
        )
        self._card = Card()
        self._card.setMaximumWidth(FIELD_WIDTH)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP_L)
        self._grid.setVerticalSpacing(GAP_S)
        self._grid.setColumnStretch(0, 2)  # both have their share, however large the text: long words wrap
        self._grid.setColumnStretch(1, 3)
        self._card.layout_.addLayout(self._grid)
        self.inside.addWidget(self._card)
        self._values = [strong() for _ in range(4)]
        rows = zip(("Family files and registers", "Records", "About", "Kept until"), self._values, strict=True)
        for at, (name, value) in enumerate(rows):
            self._grid.addWidget(muted(name), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, at, 1)

    def show_offer(self, offer: Offer) -> None:
        """Show what the council would send."""
        size = f"{max(1, round(offer.megabytes)):,} MB"
        until = f"{offer.until}, renewed each time this laptop reaches the council"
        texts = (f"{offer.families:,}", f"{offer.records:,}", size, until)
        for label, text in zip(self._values, texts, strict=True):
            label.setText(text)
        self._card.setAccessibleName("What will be on this laptop")
        spoken = f"{texts[0]} family files and registers, {texts[1]} records, about {size}, until {until}"
        self._card.setAccessibleDescription(spoken)

    def go_on(self) -> None:
        self.done.emit(None)


class LoadStep(Step):
    """Makes the vault and fetches the families: `done(result of the load)`. Stopping keeps what has come."""

    label = "Fetching"
    _reported = Signal(object)

    def __init__(self, joining: Joining) -> None:
        super().__init__(
            "Fetching your families",
            "You can stop and go on later: what has come is kept, and nothing counts as complete before it is.",
            "Go on fetching",
            may_go_back=False,
        )
        self._joining = joining
        self._is_made = False
        self._passphrase = ""
        self.state = LoadingState("Making the encrypted store on this laptop", margin=0)
        self.state.cancelled.connect(self._on_stop)
        self.inside.addWidget(self.state)
        self.button.hide()
        # The load reports from its own thread: only a queued signal brings it here.
        self._reported.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)

    def begin(self, passphrase: str) -> None:
        """Make the vault, then load."""
        self._passphrase = passphrase
        self.go_on()

    def go_on(self) -> None:
        self.banner.hide()
        self.button.hide()
        self.state.show()
        if self._is_made:
            self._load()
        else:
            self.state.say("Making the encrypted store on this laptop")
            self.replies.watch(self._joining.create(self._passphrase), self._on_made, self.on_error)

    @Slot(object)
    def on_error(self, error: SfError) -> None:
        super().on_error(error)
        self.state.hide()
        self.button.show()
        self.button.setFocus()

    def in_words(self, error: SfError) -> SfError:
        return at_first_run(error, is_fetching=self._is_made)

    @Slot(object)
    def _on_made(self, _result: Any) -> None:
        self._is_made = True
        self._passphrase = ""
        self._load()

    def _load(self) -> None:
        self.state.say("Fetching your families")
        self.state.button.setEnabled(True)
        self.replies.watch(self._joining.load(self.report), self._on_loaded, self.on_error)

    def report(self, progress: Progress) -> None:
        """Take word of how far it is, in any thread."""
        self._reported.emit(progress)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self.state.advance(progress.done, progress.total, progress.words)

    @Slot()
    def _on_stop(self) -> None:
        self.state.button.setEnabled(False)
        self._joining.stop()

    @Slot(object)
    def _on_loaded(self, result: Any) -> None:
        self.done.emit(result)
