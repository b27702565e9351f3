"""The lock screen: a passphrase, and plain words about everything that can stand in the way of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from sf_desktop.ui.kit.controls.buttons import Button, Kind, quiet
from sf_desktop.ui.kit.fields.text import SecretField
from sf_desktop.ui.kit.layout.surfaces import Card, at_edge, column
from sf_desktop.ui.kit.replies import Replies
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XL
from sf_desktop.ui.kit.text.labels import Label, muted, subtitle, title
from sf_desktop.ui.kit.text.service import SERVICE
from sf_desktop.ui.lock.centred import card_width, centred
from sf_record.errors import Retry, SfError

if TYPE_CHECKING:
    from sf_desktop.ui.kit.messages.banners import Banner
    from sf_desktop.ui.lock.ports import LockState, Unlocking

TRIES_LEFT = (
    "Tries left: {left}. After the last one the keys on this laptop are destroyed, and it opens only by a recovery."
    " Work that was not yet sent survives that."
)
FEW_LEFT = 3  # so few tries left are told as a danger, not as a note
TRYING = frozenset({"wrong_passphrase", "too_soon"})
OFFLINE = "This works without a signal. Everything on this laptop stays encrypted until you unlock it."
CHANGING = (
    "Your passphrase was being changed",
    "Try the new one first. If it does not open this laptop, the old one still does. You are told which it is.",
)
NEEDS_SIGNAL = (
    "This laptop has not spoken to the council for too long: it opens where there is a signal. Nothing on it is lost."
)


class LockScreen(QFrame):
    """Emits `unlocked(result)` once, and `way_wanted(way)` for what the passphrase cannot mend (see `ports.WAYS`).

    `ways` are those that the program can do; "close" and "other" (another person, or set up anew) are always known.
    """

    unlocked = Signal(object)
    way_wanted = Signal(str)

    def __init__(
        self,
        unlocking: Unlocking,
        *,
        ways: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "lock")
        self._unlocking, self._ways = unlocking, ways
        self.replies = Replies(self)
        self._left_s = 0
        self._is_told_above = False  # the banner says how many tries are left
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(self._on_second)
        self._banner: Banner | None = None
        self.field = SecretField("passphrase", "Passphrase")
        self.field.line.returnPressed.connect(self._on_unlock)
        self.field.changed.connect(self._on_typed)
        self._password: SecretField | None = None
        self.button = Button("Unlock", Kind.PRIMARY)
        self.button.clicked.connect(self._on_unlock)
        self.way_buttons: list[Button] = []
        self._forgotten: Button | None = None
        self._changing: Banner | None = None
        self._who, self._wait, self._left = subtitle(), muted(), muted()
        self._wait.hide()
        self._left.hide()
        self._lay_out()
        self._will_look = self.has_looked = False  # whether it has asked yet whose vault it is

    @property
    def banner(self) -> Banner:
        """Where trouble is told; made when there is some, so that a start without any is quicker."""
        if self._banner is None:
            self._banner = _banner("", "")
            self._above.addWidget(self._banner)
        return self._banner

    @property
    def password(self) -> SecretField:
        """The council's password; made, not shown, when it is first asked for: mostly it never is."""
        if self._password is None:
            self._password = SecretField("password", "Council password", parent=self)
            self._password.line.returnPressed.connect(self._on_unlock)
            self._password.changed.connect(self._on_typed)
            self._password.hide()
            self._card.layout_.insertWidget(self._card.layout_.indexOf(self.field) + 1, self._password)
            # Tab goes down the card: what is made last would otherwise be reached last.
            QWidget.setTabOrder(self.field.show_button, self._password.line)
            QWidget.setTabOrder(self._password.line, self._password.show_button)
        return self._password

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.take_focus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._will_look:  # whose vault it is takes longer to find out than to begin typing
            self._will_look = True
            QTimer.singleShot(0, self, self._look)

    @Slot()
    def _look(self) -> None:
        self.has_looked = True
        self.replies.watch(self._unlocking.look(), self._on_looked, self._on_look_failed)

    @Slot()
    def _on_unlock(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.field.value():
            self.field.problem = "Write your passphrase."
            self.field.take_focus()
            return
        self._wait_for_vault(True)
        password = self._password.value() if self._password is not None and not self._password.isHidden() else ""
        self.replies.watch(self._unlocking.unlock(self.field.value(), password), self._on_unlocked, self._on_refused)

    @Slot()
    def _on_typed(self) -> None:
        self.field.problem = ""
        if self._password is not None:
            self._password.problem = ""

    @Slot(object)
    def _on_looked(self, state: LockState) -> None:
        who = " · ".join(part for part in (state.who, state.council) if part)
        self._who.setText(who)
        self._who.setVisible(bool(who))
        if state.is_pretend and self._above.count() == 0:
            self._above.addWidget(_banner("Pretend families", "Nothing here is about real people."))
        if state.is_changing and self._changing is None:
            self._changing = _banner(*CHANGING)
            self._above.addWidget(self._changing)
        self._offline.setText(NEEDS_SIGNAL if state.needs_signal else OFFLINE)
        self._left.setVisible(state.tries_left is not None and not self._is_told_above)
        if state.tries_left is not None:
            self._left.setText(TRIES_LEFT.format(left=state.tries_left))
            is_grave = state.tries_left <= FEW_LEFT
            self._left.tone("danger" if is_grave else "")
            if is_grave and self._is_told_above:
                said = self.banner.title_label.text(), self.banner.advice_label.text()
                self.banner.say(*said, "danger", announce=False)
        self._pause(state.wait_s)

    @Slot(object)
    def _on_look_failed(self, error: SfError) -> None:
        self.tell(error)

    @Slot(object)
    def _on_unlocked(self, result: Any) -> None:
        self.field.set_value("")
        if self._password is not None:
            self._password.set_value("")
        self.unlocked.emit(result)

    @Slot(object)
    def _on_refused(self, error: SfError) -> None:
        self._wait_for_vault(False)
        self.tell(error)
        # How long the pause is, is for the vault to say; it also survives starting the program anew.
        if error.code in {"wrong_passphrase", "too_soon"}:
            self.replies.watch(self._unlocking.look(), self._on_looked, self._on_look_failed)

    def tell(self, error: SfError) -> None:
        """Say what stands in the way, and offer what may be done about it."""
        from sf_desktop.ui.lock.ports import NEEDS_PASSWORD
        from sf_desktop.ui.messages import show_error

        show_error(self.banner, error)
        self._is_told_above = error.code == "wrong_passphrase"
        # What is said beside an empty field is no longer so: the passphrase was right, or a signal is wanted.
        self._left.setVisible(self._left.isVisible() and error.code in TRYING and not self._is_told_above)
        self._offline.setVisible(error.code in TRYING)
        is_final = error.retry is Retry.NEVER
        self.field.setVisible(not is_final)
        self.button.setVisible(not is_final)
        self._offer(error)
        if error.code in NEEDS_PASSWORD:
            self.password.show()
            self.password.take_focus()
            return
        if self._password is not None and is_final:
            self._password.hide()
        if error.code == "wrong_passphrase":
            self.field.problem = error.title
        if not is_final:
            self.field.take_focus()
            self.field.line.selectAll()

    def _offer(self, error: SfError) -> None:
        for button in self.way_buttons:
            button.hide()
            button.deleteLater()
        from sf_desktop.ui.lock.ports import WAYS

        known = [(way, words) for way, words in WAYS.get(error.code, ()) if way in self._ways]
        if error.retry is Retry.NEVER:
            known.append(("close", "Close the program"))
        self.way_buttons = []
        if self._forgotten is not None:
            self._forgotten.setVisible(all(way != "recover" for way, _ in known))
        for way, words in known:
            # The passphrase is no way on any more: the first of these is.
            is_first = error.retry is Retry.NEVER and way == known[0][0]
            button = Button(words, Kind.PRIMARY if is_first else Kind.SECONDARY)
            button.setObjectName(way)
            button.clicked.connect(self._on_way)
            self._ways_column.addWidget(button)
            button.show()  # now: a layout shows what it is given only later, and what is not shown takes no focus
            self.way_buttons.append(button)
        if self.way_buttons and error.retry is Retry.NEVER:
            self.way_buttons[0].setFocus()

    @Slot()
    def _on_way(self) -> None:
        self.way_wanted.emit(self.sender().objectName())

    @Slot()
    def _on_forgotten(self) -> None:
        self.way_wanted.emit("recover")

    @Slot()
    def _on_other(self) -> None:
        self.way_wanted.emit("other")

    def _wait_for_vault(self, waiting: bool) -> None:
        self.field.line.setReadOnly(waiting)
        self.button.setEnabled(not waiting)
        self.button.set_text("Unlocking…" if waiting else "Unlock")

    def _pause(self, seconds: int) -> None:
        self._left_s = seconds
        self.button.setEnabled(seconds <= 0)
        self._wait.setVisible(seconds > 0)
        if seconds > 0:
            self._second.start()
        else:
            self._second.stop()
        self._say_wait()

    @Slot()
    def _on_second(self) -> None:
        self._pause(max(0, self._left_s - 1))

    def _say_wait(self) -> None:
        minutes, seconds = divmod(self._left_s, 60)
        spell = f"{minutes} min {seconds:02} s" if minutes else f"{seconds} second{'s' if seconds != 1 else ''}"
        self._wait.setText(f"You can try again in {spell}.")

    def _lay_out(self) -> None:
        card = self._card = Card()
        card.setFixedWidth(card_width(self))
        column(self).addWidget(centred(card))  # first: each part is dressed again with whatever it is put into
        card.layout_.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        card.layout_.setSpacing(GAP_M)
        names = column(gap=0)
        names.addWidget(muted(SERVICE))
        names.addWidget(title("Locked"))
        names.addWidget(self._who)
        self._who.hide()
        card.layout_.addLayout(names)
        self._above = column(gap=GAP_S)
        card.layout_.addLayout(self._above)
        for part in (self.field, self._left, self._wait, self.button):
            card.layout_.addWidget(part)
        self._ways_column = column(gap=GAP_S)
        card.layout_.addLayout(self._ways_column)
        self._offline = Label(OFFLINE, "muted")
        card.layout_.addWidget(self._offline)
        if "recover" in self._ways:
            self._forgotten = quiet("I have forgotten my passphrase")
            self._forgotten.clicked.connect(self._on_forgotten)
            card.layout_.addLayout(at_edge(self._forgotten))
        if "other" in self._ways:
            other = quiet("This is not me, or I want to set up anew")
            other.clicked.connect(self._on_other)
            card.layout_.addLayout(at_edge(other))


def _banner(title_: str, advice: str) -> Banner:
    from sf_desktop.ui.kit.messages.banners import Banner

    return Banner(title_, advice, "warning")
