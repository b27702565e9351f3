"""Lays out one version of a record, and the question why an earlier value is brought back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from sf_desktop.ui.form.context import FormContext
from sf_desktop.ui.form.reading import Line, answers_widget
from sf_desktop.ui.history.words import NOTHING, ChangedWords, VersionWords
from sf_desktop.ui.kit.controls.buttons import Button, primary, quiet, secondary
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import Card, column, from_left
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.difference import DifferenceText, Piece, all_same, word_difference
from sf_desktop.ui.kit.text.labels import body, heading, muted, strong
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_desktop.ui.messages import show_at_reason
from sf_record.errors import SfError

SHORT = 60


class VersionCard(Card):
    """One version. `restore_wanted(ChangedWords)` asks for an earlier value of one of its fields.

    Fields ``left_out`` are shown like the others, and not brought back.
    """

    restore_wanted = Signal(object)

    def __init__(self, version: VersionWords, only: str, *, may_restore: bool, left_out: Collection[str] = ()) -> None:
        super().__init__()
        self.setAccessibleName(f"{version.lead}. {version.who}")
        self._restores: dict[Button, ChangedWords] = {}
        self.layout_.setSpacing(GAP_S)
        head = column(gap=GAP_XS)
        head.addWidget(heading(version.lead))
        head.addWidget(muted(version.who))
        self.layout_.addLayout(head)
        changes = [each for each in version.changes if only in ("", each.field)]
        if version.is_whole:
            lines = tuple(Line(each.field, each.label, each.became) for each in changes if each.became)
            self.layout_.addWidget(answers_widget(lines))
        else:
            for each in changes:
                self.layout_.addWidget(self._change(each, may_restore=may_restore and each.field not in left_out))
        for label, text in version.said:
            self.layout_.addWidget(answers_widget((Line("", label, text),)))
        if version.standing:
            self.layout_.addWidget(muted(version.standing))

    def _change(self, change: ChangedWords, *, may_restore: bool) -> QWidget:
        box = QWidget()
        down = column(box, gap=GAP_XS)
        down.addWidget(strong(change.label))
        before, after = ("Stood", "Kept beside it") if change.is_kept_beside else ("Was", "Became")
        if change.was == change.became:
            down.addWidget(body(f"Stays: {change.became or NOTHING}"))
        else:
            here, there = _pieces(change)
            one, other = _side(before, change.label, here, "warning"), _side(after, change.label, there, "ok")
            down.addWidget(_Sides(one, other))
        if may_restore and change.earlier is not None:
            words = "Bring back the version kept beside" if change.is_kept_beside else "Bring back what it was"
            button = quiet(words, spoken=f"{words}: {change.label}")
            button.clicked.connect(self._on_restore)
            self._restores[button] = change
            down.addWidget(button)
        return box

    @Slot()
    def _on_restore(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.restore_wanted.emit(self._restores[sender])


def _pieces(change: ChangedWords) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Mark the words that differ, where the two share any: two texts that share none are simply two texts."""
    here, there = word_difference(change.was, change.became)
    has_shared = any(not each.is_only_here and each.text.strip(" .,;:") for each in here)
    if change.is_prose and has_shared:
        return here, there
    return tuple(all_same(change.was)), tuple(all_same(change.became))


class _Sides(Beside):
    """Before and after, each with half of the width where there is room for both."""

    def __init__(self, one: QWidget, other: QWidget) -> None:
        super().__init__(one, other, room_chars=70, gap=GAP_M)
        self._box.setStretch(0, 1)
        self._box.setStretch(1, 1)


def _side(word: str, label: str, pieces: tuple[Piece, ...], tone: str) -> QWidget:
    box = QWidget()
    down = column(box, gap=2)
    down.addWidget(muted(word))
    text = "".join(each.text for each in pieces)
    if not text or (len(text) <= SHORT and "\n" not in text and not any(each.is_only_here for each in pieces)):
        down.addWidget(body(text or NOTHING))
    else:
        shown = DifferenceText(f"{label}, {word.lower()}", tone)
        shown.show_pieces(pieces)
        down.addWidget(shown)
    down.addStretch(1)
    return box


class RestoreCard(Card):
    """Asks why an earlier value is brought back. `wanted(field, value, reason, seen)`, `ended` when it is put away.

    ``seen`` is the record as it stood when it was asked for. `typed` comes with each change of the reason; `place` and
    `restore` carry it over a lock.
    """

    typed = Signal()
    wanted = Signal(str, object, str, object)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Bring back an earlier version", edge="information", parent=parent)
        self._change: ChangedWords | None = None
        self._value: Any = None
        self._seen: Mapping[str, Any] | None = None
        self._what, self._stands = body(), body()
        self.reason = ProseField("reason", "Why is it brought back?", min_lines=1, max_lines=6)
        self.reason.changed.connect(self.typed)
        self.banner = Banner(closable=True)
        self.banner.hide()
        self.save_button, self.cancel_button = primary("Save as a new version"), secondary("Do not")
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self._on_cancel)
        across = from_left(self.save_button, self.cancel_button)
        self.layout_.addWidget(self._what)
        self.layout_.addWidget(self._stands)
        self.layout_.addWidget(muted("What stands now is kept in this history, like everything before it."))
        self.layout_.addWidget(self.reason)
        self.layout_.addWidget(self.banner)
        self.layout_.addLayout(across)

    def write_with(self, context: FormContext) -> None:
        """Write the reason with these phrases, and with this spelling."""
        self.reason.set_phrases(context.phrases_for_reasons)
        self.reason.set_spelling(context.spelling)

    def ask(self, change: ChangedWords, seen: Mapping[str, Any] | None) -> None:
        """Ask about this value of a record that stands like this."""
        self._change, self._value, self._seen = change, change.earlier, seen
        text = change.became if change.is_kept_beside else change.was
        self._what.setText(f"{change.label}: {text}")
        self.reason.set_value("")
        self.reason.problem = ""
        self.banner.hide()
        self._stands.hide()
        self.show()
        self.reason.take_focus()

    def field(self) -> str:
        """The field of which an earlier value is asked for."""
        return self._change.field if self._change is not None else ""

    def place(self) -> dict[str, Any]:
        """What is being brought back and the reason so far; nothing while nothing is asked."""
        if self.isHidden() or self._change is None:
            return {}
        return {"change": asdict(self._change), "reason": self.reason.value(), "seen": self._seen}

    def restore(self, place: Mapping[str, Any]) -> None:
        """Go on where `place` was."""
        if place:
            self.ask(ChangedWords(**place["change"]), place.get("seen"))
            self.reason.set_value(str(place.get("reason") or ""))

    def see(self, seen: Mapping[str, Any], text: str) -> None:
        """Show what stands by now, in words, so that the record is seen as it is."""
        self._seen = seen
        self._stands.setText(f"It says now: {text}")
        self._stands.show()

    def refuse(self, error: SfError) -> None:
        """Say what is wrong; the reason stays."""
        show_at_reason(error, self.reason, self.banner)

    @Slot()
    def _on_save(self) -> None:
        if self._change is not None:
            self.wanted.emit(self._change.field, self._value, self.reason.value(), self._seen)

    @Slot()
    def _on_cancel(self) -> None:
        self.hide()
        self.ended.emit()
