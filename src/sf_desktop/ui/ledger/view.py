"""Lays Sending out: every event of this laptop with when it was saved, sent and received, in columns."""

from __future__ import annotations

from sf_desktop.ops.ledger import LedgerRow
from sf_desktop.store.outbox import State
from sf_desktop.ui.kit.moments import clock_seconds, local
from sf_desktop.ui.kit.rows import Column

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
    if row_.is_withdrawn and not row_.given_up:
        return "Taken back"
    return f"Given up: {row_.given_up}" if row_.given_up else _STATES[row_.state]


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
