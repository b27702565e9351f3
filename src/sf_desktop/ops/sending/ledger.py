"""The ledger: every event of this laptop, when it was saved, sent and received, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sf_desktop.ops.office import Office, reads
from sf_desktop.store.queries import entries
from sf_desktop.store.queries.entries import Entry
from sf_desktop.store.tables import attachments, decisions, records
from sf_desktop.store.tables.decisions import Decided
from sf_desktop.store.tables.outbox import State
from sf_record.events import Action
from sf_record.kinds import KINDS
from sf_record.outcomes import CHANGED_BEFORE_SIGNED, REASONS, Reason, Result

ACTION_WORDS = {
    Action.CREATE: "written",
    Action.CHANGE: "changed",
    Action.SIGN: "signed",
    Action.AMEND: "added to",
    Action.ENTER_IN_ERROR: "marked as entered in error",
    Action.SETTLE: "settled",
}


@dataclass(frozen=True, slots=True)
class TrayDecision:
    """What a supervisor decided of work on a family file that had moved: who (a name), when, and their comment."""

    is_accepted: bool
    by: str
    at: str
    comment: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One event: what was done, and how far it is. ``reason`` says why it needs somebody."""

    number: int
    event_id: str
    record_id: str
    family_id: str
    family_name: str
    kind: str
    what: str  # "Visit signed", "Person settled: Known as"
    state: State
    result: str
    saved_at: str
    sent_at: str | None
    received_at: str | None
    seq: int | None
    reason: Reason | None
    fields: tuple[str, ...]
    code: str
    given_up: str  # why its author gave it up
    is_withdrawn: bool  # taken back before it was sent
    decided: TrayDecision | None = None  # what became of it in the holding tray
    file_share: int | None = None  # of an attachment's content, how much of a hundred the council has; None: all


@reads
def ledger_numbers(office: Office) -> tuple[int, ...]:
    """Return the ledger's numbers, newest first."""
    return tuple(entries.numbers(office.connection))


@reads
def ledger_rows(office: Office, numbers: Sequence[int]) -> tuple[LedgerRow, ...]:
    """Return these rows, newest first."""
    found = entries.chosen(office.connection, numbers)
    families = records.get_many(office.connection, tuple({each.event.family_id for each in found}))
    names = {each.id: str(each.body.get("name") or "") for each in families.values()}
    decided = decisions.of_events(office.connection, [each.event.id for each in found])
    told = {key: _in_words(office, each) for key, each in decided.items()}
    rows = (_row(each, names, told.get(each.event.id)) for each in found)
    return tuple(_with_file(office, each) if each.kind == attachments.KIND else each for each in rows)


def _with_file(office: Office, row: LedgerRow) -> LedgerRow:
    """An attachment is with the council when its content is, not only what is said of it."""
    return replace(row, file_share=attachments.share_sent(office.connection, row.record_id))


def _in_words(office: Office, decided: Decided) -> TrayDecision:
    by = office.configuration.worker_name(decided.by)
    return TrayDecision(decided.is_accepted, by, decided.at, decided.comment)


def _row(entry: Entry, names: dict[str, str], decided: TrayDecision | None) -> LedgerRow:
    event = entry.event
    kind = KINDS.get(event.kind)
    label = kind.label if kind else "Record"
    words = "signed" if event.is_signing else ACTION_WORDS[event.action]
    if words == "signed" and (entry.result == Result.CONFLICT.value or entry.code == CHANGED_BEFORE_SIGNED):
        words = "changed, but not signed"
    if event.action is Action.SETTLE and kind and event.fields:  # of what has left nothing is known but that it was
        words += ": " + ", ".join(kind.by_name[each].label if each in kind.by_name else each for each in event.fields)
    return LedgerRow(
        entry.number, event.id, event.record_id, event.family_id, names.get(event.family_id, ""), event.kind,
        f"{label} {words}", entry.state, entry.result, entry.saved_at, entry.sent_at, entry.receipt_at,
        entry.receipt_seq, REASONS.get(entry.code), entry.fields, entry.code, entry.given_up, entry.is_withdrawn,
        decided,
    )  # fmt: skip
