"""What the list of looks says of each: when, whose file, what was done."""

from __future__ import annotations

from datetime import date

from sf_desktop.ops.worker.looked import LookedRow, LookedStanding
from sf_desktop.ui.kit.lists.rows import Column
from sf_desktop.ui.kit.text.moments import count_words, local
from sf_record.wire.audit import Look

WORDS = {
    Look.FAMILY_OPENED: "Opened the family file",
    Look.RECORD_OPENED: "Opened a record",
    Look.HISTORY_READ: "Read a record’s history",
    Look.ATTACHMENT_VIEWED: "Looked at an attachment",
    Look.SEARCHED: "Searched",
    Look.PRINTED: "Printed",
    Look.EXPORTED: "Exported",
    Look.COPIED: "Copied text",
    Look.CHANGED: "Wrote or changed a record",
    Look.SETTINGS_CHANGED: "Changed a setting",
    Look.UNLOCKED: "Unlocked",
    Look.UNLOCK_FAILED: "A try to unlock that failed",
    Look.LOCKED: "Locked",
    Look.RELEASED: "A family file left this laptop",
    Look.WIPED: "This laptop was wiped",
    Look.RESUMED: "An older copy of this laptop’s records was put back",
    Look.CHAIN_BROKEN: "This record of looks is not as it was written",
    Look.COUNCIL_DIFFERS: "The council’s own record of looks is not what it was",
}
_NAMED = 3


def columns() -> tuple[Column, ...]:
    """The columns, of rows that are newest first."""
    return (Column("When", _when), Column("What was done", _what), Column("Whose file", _whose))


def standing_words(standing: LookedStanding) -> str:
    """How far the lines are with the council, and what it said last of its own, to be compared there."""
    waits = count_words(standing.unsent, "line waits to be sent.", "lines wait to be sent.")
    said = "Every line is with the council." if not standing.unsent else waits
    if not standing.council_number:
        return said
    return f"{said} The council’s own record stood at line {standing.council_number}: {standing.council_chain}"


def _when(row: LookedRow) -> str:
    at = local(row.at)
    return f"{_day(at.date())}, {at:%H:%M:%S}" if at else ""


def _whose(row: LookedRow) -> str:
    if len(row.families) <= _NAMED:
        return ", ".join(row.families)
    more = len(row.families) - _NAMED
    return f"{', '.join(row.families[:_NAMED])} and {more} more"


def _what(row: LookedRow) -> str:
    words = WORDS.get(Look(row.what), row.what) if row.what in {each.value for each in Look} else "Something else"
    if row.what == Look.SEARCHED:
        shown = max(row.count, len(row.families))
        return f"{words}: {count_words(shown, 'family was shown', 'families were shown').lower()}"
    told = f"{words} ({row.record.lower()})" if row.record else words
    return f"{told}, copy {row.count:,}" if row.count and row.what in {Look.PRINTED, Look.EXPORTED} else told


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b} {day.year}"
