"""Says in words what needs somebody: the rows of the list, who wrote what and when, and what support wants to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from sf_desktop.ops.as_text import NOT_SAID
from sf_desktop.ops.records.mending import MendSheet
from sf_desktop.ops.sending.conflicts import Became, ConflictRow, ConflictSheet, SettledRow
from sf_desktop.ops.sending.ledger import LedgerRow
from sf_desktop.store.tables.withdrawals import Undo
from sf_desktop.ui.form.context import FormContext
from sf_desktop.ui.form.reading import Line, answer_in_words
from sf_desktop.ui.kit.lists.timeline import TimelineRow
from sf_desktop.ui.kit.text.moments import count_words, moment_words
from sf_desktop.ui.needs.verbs import NeedsSheet
from sf_record.events import Action
from sf_record.kinds import KINDS
from sf_record.merge import laid_over
from sf_record.outcomes import CHANGED_BEFORE_SIGNED

CONFLICT, REFUSED, SETTLED = "conflict", "event", "settled"

_UNDO = {
    Undo.POSSIBLE: "It goes when this laptop next reaches the council. Until then it can be undone.",
    Undo.BUILT_UPON: "More was saved on the same record since, so it cannot be undone by itself. What was settled there"
    " later can be undone first. After any other change, open the record: its history keeps both versions, to read"
    " or to bring back.",
    Undo.MAY_HAVE_LEFT: "It may have left this laptop, so it can no longer be undone here. Open the record: its"
    " history keeps both versions, to read or to bring back.",
}
SETTLED_HERE = (
    "Settled",
    "It goes when this laptop next reaches the council. Until then you can undo it from the list.",
)
_IN_TRAY = (
    "This family file is no longer yours, so it is not in the file yet. What you settled is kept for the supervisor,"
    " who decides where it belongs. Sending says what was decided."
)
SETTLED_AND = {
    Became.SENT: ("Settled", "It has been sent. Both versions stay in the record’s history."),
    Became.OPEN: ("Settled", "Something of it needs you again. Both versions stay in the record’s history."),
    Became.IN_TRAY: ("Settled, and with your supervisor", _IN_TRAY),
}
LEFT = "What it was about is settled by now, or is not on this laptop any more. Copy it if somebody still needs it."
_NOT_TAKEN = ("The council did not take this", "It is kept here. Open it, or tell support.")


@dataclass(frozen=True, slots=True)
class Need:
    """One row of the list: what it is, and the ids behind it."""

    id: str
    what: str
    row: TimelineRow
    record_id: str
    family_id: str
    target: str  # the conflict's or the event's id

    def is_about(self, wanted: str) -> bool:
        """Whether it is about a record, or about what an event did (a conflict is named after the event that lost)."""
        return wanted in (self.record_id, self.target, self.target.partition(":")[0])


def needs(sheet: NeedsSheet) -> tuple[Need, ...]:
    """Return the rows: what needs somebody first, then what may still be taken back."""
    today = sheet.today
    return (
        *(_conflict(each, today) for each in sheet.conflicts),
        *(_not_taken(each, today) for each in sheet.not_taken),
        *(_settled(each, today) for each in sheet.settled),
    )


def title(rows: tuple[Need, ...]) -> str:
    """Say how many need somebody."""
    count = sum(each.what != SETTLED for each in rows)
    return f"{count_words(count, 'needs', 'need')} you" if count else "Nothing needs you"


def conflict_need(row: ConflictRow | SettledRow) -> str:
    """Return the id of the need that a conflict is, or is again once its settling is taken back."""
    return f"{CONFLICT}:{row.conflict_id}"


def _conflict(row: ConflictRow, today: date) -> Need:
    shown = TimelineRow(
        "",
        "Two people changed one thing",
        _about(row),
        f"{_start(row.by)}, {moment_words(row.at, today)} · {row.their_by}, {moment_words(row.their_at, today)}",
        "Safety" if row.is_safeguarding else "",
        "danger",
    )
    return Need(conflict_need(row), CONFLICT, shown, row.record_id, row.family_id, row.conflict_id)


def _not_taken(row: LedgerRow, today: date) -> Need:
    lead = reason(row)[0]
    meta = f"Saved on this laptop {moment_words(row.saved_at, today)}"
    shown = TimelineRow("", lead, f"{row.what}, {row.family_name}".strip(", "), meta)
    return Need(f"{REFUSED}:{row.event_id}", REFUSED, shown, row.record_id, row.family_id, row.event_id)


def _settled(row: SettledRow, today: date) -> Need:
    shown = TimelineRow(
        "",
        "Settled by you",
        _about(row),
        f"{moment_words(row.saved_at, today)}" + (" · can still be undone" if row.may_undo else ""),
        "Not sent yet",
        "information",
    )
    return Need(f"{SETTLED}:{row.event_id}", SETTLED, shown, row.record_id, row.family_id, row.event_id)


def _about(row: ConflictRow | SettledRow) -> str:
    """Name the answer and the record; of what is said of the family file itself its name is said once."""
    family = "" if row.title == row.family_name else row.family_name
    return f"{row.field_label} · {row.title}, {family}".strip(", ")


def reason(row: LedgerRow) -> tuple[str, str]:
    """Why an event needs its author, and what to do, in plain words."""
    if row.decided is not None and row.reason:
        return row.reason.title, f"{row.decided.by}: “{row.decided.comment}” {row.reason.advice}"
    return (row.reason.title, row.reason.advice) if row.reason else _NOT_TAKEN


def where_content_is(sheet: MendSheet) -> str:
    """Where the picture or document of what was returned is; empty for everything else."""
    has_content = sheet.row.decided is not None and sheet.event.fields.get("sha256")
    return "The picture or document itself stays at the council, in no family file." if has_content else ""


def saved(row: LedgerRow, today: date) -> str:
    """When it was saved, and that it is still here."""
    return f"Saved on this laptop {moment_words(row.saved_at, today)}, and kept here."


def settled_words(row: SettledRow, today: date) -> tuple[str, str, str]:
    """What was settled, about what, and whether it can still be taken back, or why not."""
    about = _about(row)
    stands = f"It says now: {row.stands}\n" if row.stands else ""
    when = f"{stands}You settled it {moment_words(row.saved_at, today)}: {row.reason}"
    return about, when, _UNDO[row.undo]


def conflict_title(sheet: ConflictSheet) -> str:
    """What the conflict is about."""
    return _about(sheet.row)


def kept_by(sheet: ConflictSheet, today: date) -> str:
    """Whose value is kept beside."""
    lead = "Yours" if sheet.is_mine else _start(sheet.row.by)
    return f"{lead} · {moment_words(sheet.conflict.at, today)}"


def stands_by(sheet: ConflictSheet, today: date) -> str:
    """Whose value stands at the council; or on this laptop only, where it was settled here and not sent."""
    where = "Stands here, not yet at the council" if sheet.is_unsent else "Stands at the council"
    return f"{where} · {sheet.stands_by}, {moment_words(sheet.stands_at, today)}"


def answered(sheet: ConflictSheet, value: Any, context: FormContext) -> str:
    """Say what would stand with this value; where people are shared out, as on a register, who then stands where."""
    record, field = sheet.record, sheet.conflict.field
    kind = KINDS.get(record.kind)
    if kind is None or field not in kind.shares_out:
        return answer_in_words(kind.by_name.get(field) if kind else None, value, context)
    body = laid_over(record.kind, record.body, {field: value})
    told = (
        (kind.by_name[each], answer_in_words(kind.by_name[each], body.get(each), context)) for each in kind.shares_out
    )
    return "\n".join(f"{one.label}: {text or 'nobody'}" for one, text in told)


def written(sheet: MendSheet, context: FormContext) -> tuple[Line, ...]:
    """Say what was written in an event, answer by answer."""
    event = sheet.event
    kind = KINDS.get(event.kind)
    fields = kind.by_name if kind else {}
    lines = [
        Line(name, fields[name].label if name in fields else name, text)
        for name in _in_order(event.fields.keys() - NOT_SAID, tuple(fields))
        if (text := answer_in_words(fields.get(name), event.fields[name], context)) or event.action is not Action.CREATE
    ]
    lines = [Line(each.path, each.label, each.text or "Nothing (it was emptied)") for each in lines]
    if event.text:
        lines.append(Line("text", "What was added", event.text))
    if event.reason:
        lines.append(Line("reason", "Why", event.reason))
    return tuple(lines)


def to_mend(sheet: MendSheet) -> str:
    """Name the fields that the council found at fault, or that its author had not seen before they signed."""
    kind = KINDS.get(sheet.event.kind)
    named = [each.partition(".")[0] for each in sheet.row.fields]
    labels = [kind.by_name[each].label if kind and each in kind.by_name else each for each in named]
    lead = "Changed by somebody else" if sheet.row.code == CHANGED_BEFORE_SIGNED else "To mend"
    return f"{lead}: {', '.join(dict.fromkeys(labels))}" if labels else ""


def for_support(row: LedgerRow) -> str:
    """Say which event it is by ids, codes and times only: nothing of it can be read from them."""
    return "\n".join((
        f"Event {row.event_id}",
        f"Record {row.record_id} ({row.kind})",
        f"Family file {row.family_id}",
        f"Answer {row.result or 'none'}, reason {row.code or 'none'}",
        f"Saved {row.saved_at}",
        f"Sent {row.sent_at or 'no'}",
    ))  # fmt: skip


def _in_order(fields: AbstractSet[str], known: tuple[str, ...]) -> list[str]:
    return [*(each for each in known if each in fields), *sorted(set(fields) - set(known))]


def _start(name: str) -> str:
    return name[:1].upper() + name[1:]


def typed(about: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the words among what was typed about something: the answer that was written afresh, and the reason."""
    return tuple(text for each in (about.get("third"), about.get("reason")) for text in _texts(each) if text.strip())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
