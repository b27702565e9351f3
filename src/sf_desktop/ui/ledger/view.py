"""Lays Sending out: what needs somebody first, then every event with when it was saved, sent and received."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot

from sf_desktop.ops.ledger import LedgerRow
from sf_desktop.store.outbox import State
from sf_desktop.ui.kit.buttons import Button, quiet, secondary
from sf_desktop.ui.kit.labels import body, heading, muted
from sf_desktop.ui.kit.moments import clock_seconds, local
from sf_desktop.ui.kit.rows import Column
from sf_desktop.ui.kit.surfaces import Card, row
from sf_desktop.ui.kit.tokens import GAP_S


@dataclass(frozen=True, slots=True)
class NeedWords:
    """One event that needs its author, in words."""

    event_id: str
    record_id: str
    family_id: str
    reason: str
    what: str
    advice: str
    saved: str
    may_write_again: bool


class NeedCard(Card):
    """One event that needs its author: why, and what to do."""

    open_wanted = Signal(object)
    again_wanted = Signal(object)
    aside_wanted = Signal(object)

    def __init__(self, need: NeedWords) -> None:
        super().__init__(edge="warning")
        self.need = need
        self.setAccessibleName(f"{need.reason}. {need.what}")
        self.layout_.addWidget(heading(need.reason))
        self.layout_.addWidget(body(need.what))
        self.layout_.addWidget(muted(f"{need.advice} {need.saved}".strip()))
        across = row(gap=GAP_S)
        for button, slot in self._buttons():
            button.clicked.connect(slot)
            across.addWidget(button)
        across.addStretch(1)
        self.layout_.addLayout(across)

    def _buttons(self) -> list[tuple[Button, object]]:
        what = self.need.what
        made: list[tuple[Button, object]] = []
        if self.need.may_write_again:
            again = secondary("Write it again", spoken=f"Write it again: {what}", hint="Opens the text as a new draft")
            made.append((again, self._on_again))
        made.append((secondary("Open the record", spoken=f"Open the record: {what}"), self._on_open))
        made.append((quiet("Nothing more to do", spoken=f"Nothing more to do: {what}"), self._on_aside))
        return made

    @Slot()
    def _on_open(self) -> None:
        self.open_wanted.emit(self.need)

    @Slot()
    def _on_again(self) -> None:
        self.again_wanted.emit(self.need)

    @Slot()
    def _on_aside(self) -> None:
        self.aside_wanted.emit(self.need)


_STATES = {
    State.WAITING: "Waiting",
    State.WITH_COUNCIL: "With the council",
    State.NEEDS_YOU: "Needs you",
    State.SET_ASIDE: "Dealt with",
}


def ledger_columns() -> tuple[Column, ...]:
    """The columns of the ledger."""
    return (
        Column("What", _what),
        Column("Family", _family),
        Column("Where it is", _state),
        Column("Saved", _saved),
        Column("Sent", _sent),
        Column("Received by council", _received),
        Column("Receipt no.", _receipt),
    )


def _what(row_: LedgerRow) -> str:
    return row_.what


def _family(row_: LedgerRow) -> str:
    return row_.family_name


def _state(row_: LedgerRow) -> str:
    return _STATES[row_.state]


def _saved(row_: LedgerRow) -> str:
    return stamp(row_.saved_at)


def _sent(row_: LedgerRow) -> str:
    return stamp(row_.sent_at) if row_.sent_at else "Not yet"


def _received(row_: LedgerRow) -> str:
    return stamp(row_.received_at) if row_.received_at else "Not yet"


def _receipt(row_: LedgerRow) -> str:
    return "" if row_.seq is None else f"{row_.seq:,}"


def stamp(text: str | None) -> str:
    """23 Nov, 09:52:14."""
    at = local(text) if text else None
    return f"{at.day} {at:%b}, {clock_seconds(text)}" if at else ""
