"""Lays Sending out: every event of this laptop with when it was saved, sent and received, in columns."""

from __future__ import annotations

from sf_desktop.ops.sending.ledger import LedgerRow
from sf_desktop.store.tables.outbox import State
from sf_desktop.ui.kit.lists.rows import Column
from sf_desktop.ui.kit.text.moments import clock_seconds, local

SENT, RECEIVED, RECEIPT = 4, 5, 6  # the numbers of the columns that are not always shown
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
        Column("Received", _received),
        Column("Receipt", _receipt),
    )


def _what(row_: LedgerRow) -> str:
    return row_.what


def _family(row_: LedgerRow) -> str:
    return row_.family_name


def _state(row_: LedgerRow) -> str:
    if row_.decided is not None and not row_.given_up:
        return "Put into the file" if row_.decided.is_accepted else "Returned to you"
    if row_.code == "family_moved":
        return "To be placed"
    if row_.is_withdrawn and not row_.given_up:
        return "Taken back"
    if row_.file_share is not None and row_.received_at and not row_.given_up:
        return f"File on its way, {row_.file_share} %"
    return f"Given up: {row_.given_up}" if row_.given_up else _STATES[row_.state]


def _saved(row_: LedgerRow) -> str:
    return stamp(row_.saved_at)


def _sent(row_: LedgerRow) -> str:
    """By the laptop's clock, which may go before the council's: what was received had been sent by then."""
    if row_.sent_at and row_.received_at:
        return stamp(min(row_.sent_at, row_.received_at))
    return stamp(row_.sent_at) if row_.sent_at else _never_or_not_yet(row_)


def _received(row_: LedgerRow) -> str:
    return stamp(row_.received_at) if row_.received_at else _never_or_not_yet(row_)


def _never_or_not_yet(row_: LedgerRow) -> str:
    """What was taken back before it was sent never will be."""
    return "Never" if row_.is_withdrawn and not row_.sent_at else "Not yet"


def _receipt(row_: LedgerRow) -> str:
    return f"{row_.seq:,}" if row_.seq else ""  # 0 is the holding tray's


def placed_words(row_: LedgerRow) -> tuple[str, str]:
    """Say what became of work on a family file that had moved: a lead and the rest; empty for all other work."""
    if row_.decided is not None:
        lead = "Put into the family file" if row_.decided.is_accepted else "Returned to you"
        said = f" “{row_.decided.comment}”" if row_.decided.comment else ""
        return lead, f"{row_.decided.by}, {stamp(row_.decided.at)}.{said}"
    if row_.code == "family_moved" and row_.reason:
        return row_.reason.title, row_.reason.advice
    return "", ""


def stamp(text: str | None) -> str:
    """23 Nov, 09:52:14."""
    at = local(text) if text else None
    return f"{at.day} {at:%b}, {clock_seconds(text)}" if at else ""
