"""A laptop's audit as both programs read it: what a row says, the chain over the rows, and the first that is broken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from sf_record.dates import moment_text, read_moment
from sf_record.wire.orders import Signed

AUDIT_HEAD = "audit_head"  # what a signed head is (see orders.to_sign)
PAGE_ROWS = 500
MOST_IDS = 50  # family files named by one row; a search that shows more is several rows


class Look(StrEnum):
    """What somebody did with what is on a laptop."""

    FAMILY_OPENED = "family_opened"
    RECORD_OPENED = "record_opened"
    HISTORY_READ = "history_read"
    ATTACHMENT_VIEWED = "attachment_viewed"
    SEARCHED = "searched"  # the family files whose names were shown; never the words looked for
    PRINTED = "printed"
    EXPORTED = "exported"
    COPIED = "copied"
    CHANGED = "changed"  # an event was written; ``ids`` is its id
    SETTINGS_CHANGED = "settings_changed"
    UNLOCKED = "unlocked"
    UNLOCK_FAILED = "unlock_failed"
    LOCKED = "locked"
    RELEASED = "released"
    WIPED = "wiped"
    RESUMED = "resumed"  # an older vault was put back: the chain goes on after what the council holds
    CHAIN_BROKEN = "chain_broken"  # a row of this laptop's chain is not as it was written; ``code`` is its number
    COUNCIL_DIFFERS = "council_differs"  # the council's own audit is not what it said it was


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody did, before it has a number in the chain. ``ids``: family files whose names a search showed."""

    at: str
    what: Look
    family_id: str = ""
    record_id: str = ""
    code: str = ""
    ids: tuple[str, ...] = ()


def parted(look: Looked) -> tuple[Looked, ...]:
    """Return a look as its rows: one, or of a search that showed many names as many as name them all."""
    if len(look.ids) <= MOST_IDS:
        return (look,)
    parts = (look.ids[at : at + MOST_IDS] for at in range(0, len(look.ids), MOST_IDS))
    return tuple(replace(look, ids=part, code=str(len(part))) for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One row of a laptop's audit: ids, codes and times, never a name. ``ids`` are parted by spaces."""

    number: int
    at: str
    what: str
    family_id: str = ""
    record_id: str = ""
    code: str = ""
    ids: str = ""
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a chain stands: the number of its last row, and that row's hash. Nothing yet is 0 and ``""``."""

    number: int = 0
    chain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRequest:
    """New rows of a laptop's audit, in order, and the signed head that they lead to.

    ``council`` is the newest head of the council's own audit that this laptop was given: the council says itself
    whether that still holds. Without rows this asks where the council stands.
    """

    protocol: int
    rows: tuple[AuditRow, ...] = ()
    head: Signed
    council: Signed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAnswer:
    """Where the council's copy of the chain stands now, and the signed head of the council's own audit.

    ``refused``: ``gap`` (rows before these are missing), ``fork`` (they are not what was sent before, or do not follow
    it), ``head`` (the signed head is not that of these rows). Nothing was taken then; ``agreed`` is the number of the
    last of the rows sent that is here as it was sent, 0 where none is.
    """

    at: str
    number: int
    chain: str
    council: Signed
    refused: str = ""
    agreed: int = 0


def head_text(owner_id: str, head: Head, at: str) -> str:
    """Return what is signed of a head: whose chain it is (a laptop's or a council's id), where it stands, and when."""
    return f"{owner_id} {head.number} {head.chain} {at}"


def read_head(owner_id: str, text: str) -> Head | None:
    """Return the head that a signed text names; None where it is another's or none."""
    parts = text.split(" ")
    if len(parts) != 4 or parts[0] != owner_id or not is_moment(parts[3]):
        return None
    number = parts[1]
    return (
        Head(number=int(number), chain=parts[2])
        if number.isascii() and number.isdecimal() and len(number) < 19
        else None
    )


def is_moment(text: str) -> bool:
    """Say whether a text is a moment as we write it, and nothing else."""
    try:
        return moment_text(read_moment(text)) == text
    except (ValueError, OverflowError):
        return False


def linked(before: str, row: AuditRow) -> str:
    """Return the hash of a row that follows one whose hash is ``before``."""
    parts = (before, str(row.number), row.at, row.what, row.family_id, row.record_id, row.code, row.ids)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def resumed_after(row: AuditRow) -> Head | None:
    """Return the head that a RESUMED row says it follows; None for every other row and for one that says nothing."""
    number, _, chain = row.code.partition(" ")
    if row.what != Look.RESUMED or not number.isdecimal():
        return None
    return Head(number=int(number), chain=chain)


def first_broken(rows: Iterable[AuditRow], base: Head, head: Head, *, may_resume: bool = False) -> int | None:
    """Return the number of the first row that was changed, removed, added or moved; None for a whole chain.

    ``base`` is what stands before the first row, ``head`` what must stand at the end. Where a vault was put back the
    laptop lacks the rows that only the council holds: ``may_resume`` lets a RESUMED row follow the head that it names.
    """
    at = base
    for row in rows:
        if may_resume and (found := resumed_after(row)) is not None and found.number >= at.number:
            at = found
        if row.number != at.number + 1 or row.chain != linked(at.chain, row):
            return at.number + 1
        at = Head(number=row.number, chain=row.chain)
    return None if at == head else at.number + 1
