"""Says what lies in the holding tray in words: what was written, by whom, when, and why it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sf_desktop.ops.as_text import NOT_SAID
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.sending.tray import TrayRow, tray_rows
from sf_desktop.ui.form.context import FormContext
from sf_desktop.ui.form.reading import Line, answer_in_words
from sf_desktop.ui.form.surroundings import surroundings
from sf_desktop.ui.kit.text.moments import moment_words
from sf_record.configuration import Phrase
from sf_record.kinds import KINDS
from sf_record.outcomes import REASONS
from sf_record.wire.tray import Decided, TrayChain

_CONTENT = "Returned, its picture or document stays at the council, and its author gets only what is said here."
_THERE = (
    "An earlier copy of it stands in the family file, and this one says more. It cannot be put there a second time:"
    " return it, and its author can write what is missing."
)
_NO_FILE = (
    "No family file was opened, so there is none to put it into. Read it, and where the file is still wanted, open it"
    " under Families. Then return this: its author keeps the text under Needs you until they have dealt with it."
)
_ELSEWHERE, _NOT_OPENED = "A family file that is not on this laptop", "A family file that was not opened"


@dataclass(frozen=True, slots=True)
class TrayView:
    """One thing to decide, in words."""

    event_id: str
    last_id: str  # of what was written last: who decides has read up to it
    title: str
    family: str
    by: str
    why: str
    lines: tuple[Line, ...]
    author: str
    family_id: str
    record_id: str
    has_file: bool = True  # there is a family file to put it into
    is_here: bool = True  # the family file is on this laptop
    phrases: tuple[Phrase, ...] = ()  # to write a comment with


@reads
def tray_views(office: Office, chains: tuple[TrayChain, ...]) -> tuple[TrayView, ...]:
    """Return what the council listed, in words; the look is noted."""
    rows = tray_rows(office, list(chains))
    return tuple(_view(each, surroundings(office, each.family_id, each.kind).context) for each in rows)


def undecided(decided: Decided) -> str:
    """Say why something does not fit the family file any more."""
    reason = REASONS.get(decided.outcomes[-1].code)
    return f"{reason.title}. " if reason else ""


def _view(row: TrayRow, context: FormContext) -> TrayView:
    today = context.today
    return TrayView(
        event_id=row.event_id,
        last_id=row.last_id,
        title=row.what,
        family=row.family_name or (_NOT_OPENED if row.is_new_file else _ELSEWHERE),
        by=f"{row.author}, {moment_words(row.written_at, today)}",
        why=_why(row, today),
        lines=tuple(_lines(row, context)),
        author=row.author,
        family_id=row.family_id,
        record_id=row.record_id,
        has_file=not row.is_new_file,
        is_here=bool(row.family_name),
        phrases=context.phrases_for_reasons,
    )


def _why(row: TrayRow, today: date) -> str:
    at = moment_words(row.arrived_at, today)
    if row.is_unfinished:
        begun = (
            f"Its author had begun this on a laptop that was lost or cleared. It was handed in sealed, {at}, as it"
            " stood. Nobody has finished or signed it."
        )
        if row.is_new_file:
            return f"{begun} {_NO_FILE}"
        return f"{begun} {_THERE if row.is_there else 'It stands in no file until you decide.'}"
    content = f" {_CONTENT}" if row.fields.get("sha256") else ""
    return (
        f"The family file had moved to somebody else before this came to the council, {at}."
        f" It stands in no file until you decide.{content}"
    )


def _lines(row: TrayRow, context: FormContext) -> list[Line]:
    kind = KINDS.get(row.kind)
    known = kind.by_name if kind else {}
    told = row.fields.keys() - NOT_SAID
    names = [*(each for each in known if each in told), *sorted(told - set(known))]
    lines = []
    for name in names:
        field = known.get(name)
        text = answer_in_words(field, row.fields[name], context)
        label = field.label if field else name
        if row.is_new and text:
            lines.append(Line(name, label, text))
        elif not row.is_new:
            before = answer_in_words(field, row.was.get(name), context)
            lines.append(Line(name, label, _changed(text, before)))
    return [*lines, *(Line(f"said-{place}", label, text) for place, (label, text) in enumerate(row.said))]


def _changed(text: str, before: str) -> str:
    now = text or "Nothing (it was emptied)"
    return f"{now}\nBefore: {before}" if before else now
