"""How ready a family is, in words: complete and since when, or what is missing and what to do."""

from __future__ import annotations

from datetime import date

from sf_desktop.ops.worker.ready import Because, ReadyRow, ReadyView
from sf_desktop.ui.kit.text.moments import clock_words, count_words, counted, in_sentence, long_day, moment_words

NOT_READY = "Not ready"


def state_words(row: ReadyRow, today: date) -> str:
    """On this laptop, complete, as of 08:55; or why it is not ready."""
    match row.because:
        case None:
            return f"On this laptop, complete, as of {moment_words(row.as_of, today)}"
        case Because.NEVER_LOADED:
            return "Never loaded. Fetch it now, while there is a connection."
        case Because.NOT_COMPLETE:
            missing = counted(row.missing, "record is", "records are") if row.missing else "some records are"
            return f"Not complete: {'at least ' if row.missing else ''}{missing} missing. Fetch what is missing now."
        case Because.NO_SIGNAL:
            return f"No signal since {moment_words(row.as_of, today) or 'it was loaded'}. It may have changed since."
        case Because.LEAVES:
            return "Its copy leaves this laptop before then. Ask your supervisor if you still visit."
        case Because.LOCKS:
            return (
                f"This program works without the council only until {in_sentence(moment_words(row.until, today))}."
                " Fetch once more before then, nearer the day."
            )
        case Because.LEAVES_UNHEARD:
            return (
                f"Its copy leaves this laptop from {in_sentence(moment_words(row.until, today))}, if the council is not"
                " heard of by then. Fetch once more before then, nearer the day."
            )
        case Because.DOCUMENTS:
            asked = count_words(row.wanted, "attachment that was", "attachments that were")
            return f"{asked} asked for {'has' if row.wanted == 1 else 'have'} not come yet."


def beside_words(row: ReadyRow) -> tuple[str, ...]:
    """What keeps nobody from the visit, and is to be known: attachments that stay away, work not sent yet."""
    lines = []
    if left := row.elsewhere - row.wanted:
        them = count_words(left, "attachment is", "attachments are")
        lines.append(f"{them} with the council only, and cannot be opened without a signal.")
    if row.unsent:
        work = count_words(row.unsent, "change of yours is", "changes of yours are")
        kept = "It is" if row.unsent == 1 else "They are"
        lines.append(f"{work} not with the council yet. {kept} kept here.")
    return tuple(lines)


def planned_words(row: ReadyRow) -> str:
    """When the visits are planned; empty where none is."""
    times = " and ".join(clock_words(each) for each in row.planned_at)
    return f"Visit planned at {times}" if times else "Put on the list by you"


def head_words(view: ReadyView) -> tuple[str, str]:
    """Return the title and the line beneath it."""
    days = (view.day - view.today).days
    name = {0: "today", 1: "tomorrow"}.get(days, long_day(view.day))
    ready = sum(row.because is None for row in view.rows)
    if not view.rows:
        return f"Ready for {name}", f"{long_day(view.day)}: no visit is planned. Put families on the list below."
    all_words = count_words(len(view.rows), "family", "families").lower()
    if ready == len(view.rows):
        return f"Ready for {name}", f"{long_day(view.day)}: {all_words}, all on this laptop and complete."
    unready = "" if len(view.rows) == 1 else f"{count_words(len(view.rows) - ready, 'of them', 'of them').lower()} "
    return f"Ready for {name}", f"{long_day(view.day)}: {all_words}, {unready}not ready."
