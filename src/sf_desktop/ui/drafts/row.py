"""One draft in the list: what it is, whose file, its first words, since when, and what can be done with it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.drafts.unfinished import Unfinished
from sf_desktop.ui.kit.controls.buttons import quiet, secondary
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.style.tokens import GAP_S
from sf_desktop.ui.kit.text.labels import body, muted, strong
from sf_desktop.ui.kit.text.moments import in_sentence, moment_words


class UnfinishedRow(QWidget):
    """Each signal carries what the row shows."""

    continued = Signal(object)
    thrown_away = Signal(object)
    taken_back = Signal(object)

    def __init__(self, each: Unfinished, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._each = each
        told = f"{each.label}, {each.family}"
        words, buttons = QWidget(), QWidget()
        down = column(words, gap=2)
        lead = f"{each.label} (change)" if each.is_change else each.label
        down.addWidget(strong(f"{lead} · {each.family}"))
        down.addWidget(body(each.beginning or "No words are written in it yet."))
        down.addWidget(muted(_when(each, today)))
        flow = Flow(buttons, gap=GAP_S)
        if each.is_thrown_away:
            self.back_button = secondary("Take back", spoken=f"Take back: {told}")
            self.back_button.clicked.connect(self._on_back)
            flow.addWidget(self.back_button)
        else:
            self.continue_button = secondary("Continue", spoken=f"Continue: {told}")
            self.continue_button.clicked.connect(self._on_continue)
            self.throw_button = quiet("Throw away", spoken=f"Throw away: {told}")
            self.throw_button.clicked.connect(self._on_throw)
            flow.addWidget(self.continue_button)
            flow.addWidget(self.throw_button)
        self.first_button = self.back_button if each.is_thrown_away else self.continue_button
        column(self).addWidget(Beside(words, buttons, room_chars=90, aside_chars=34))

    @Slot()
    def _on_continue(self) -> None:
        self.continued.emit(self._each)

    @Slot()
    def _on_throw(self) -> None:
        self.thrown_away.emit(self._each)

    @Slot()
    def _on_back(self) -> None:
        self.taken_back.emit(self._each)


def _when(each: Unfinished, today: date) -> str:
    if each.draft.discarded_at:
        return f"Thrown away {in_sentence(moment_words(each.draft.discarded_at, today))}"
    begun, last = (in_sentence(moment_words(at, today)) for at in (each.draft.started_at, each.draft.saved_at))
    return f"Begun {begun}" if begun == last else f"Begun {begun}, last touched {last}"
