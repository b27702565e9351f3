"""How this laptop's content is said: why each family file is here, until when, and what keeps one that leaves."""

from __future__ import annotations

from datetime import date

from sf_desktop.ops.families.closing import Closing
from sf_desktop.ops.leaving.going import waits_for
from sf_desktop.ops.leaving.laptop import FamilyOnLaptop, LeftLately, OnLaptop
from sf_desktop.ui.kit.lists.rows import Column
from sf_desktop.ui.kit.text.closing import closing_words, why_left
from sf_desktop.ui.kit.text.moments import count_words, counted, day_words, moment_words
from sf_record.wire.leaving import FOR_GOOD

WHY = {
    "reallocated": "Leaves: with somebody else",
    "closed": "Leaves: closed",
    "pack_ended": "Leaves: visit pack ended",
    "not_heard": "Leaves: no signal too long",
}

_MOST_WAITS = 5


RECORDS = 4  # the number of the column that a narrow window leaves out: how many there are in all stands above


def columns() -> tuple[Column, ...]:
    """The table's columns. Rows are pairs of a family file and today."""
    return (
        Column("Family or group", _name),
        Column("Why it is here", _why),
        Column("Until", _until),
        Column("On this laptop", _state),
        Column("Records", _records, at_right=True),
        Column("Unsent", _unsent, at_right=True),
    )


def _name(row: tuple[FamilyOnLaptop, date]) -> str:
    each = row[0]
    name = each.name or "A file that is not loaded yet"
    return f"{name} (a group’s register)" if each.is_register else name


def _why(row: tuple[FamilyOnLaptop, date]) -> str:
    each = row[0]
    if each.leaves_because:
        return WHY.get(each.leaves_because, "Leaves this laptop")
    if each.closing.is_here:
        return closing_words(each.closing)
    if _is_still_given(each):
        return "Closed, and still given"
    if each.is_register:
        return "You keep it, or tell it of people"
    return "Visit pack" if each.until else "Your caseload"


def _until(row: tuple[FamilyOnLaptop, date]) -> str:
    each, today = row
    if not each.leaves_because and each.closing is Closing.CLOSED_HERE and not each.is_register:
        return "Until that is sent"
    if not each.leaves_because and _is_still_given(each):
        return "Until it is closed again"
    if not each.leaves_because:
        return day_words(each.until, today) if each.until else "As long as it is yours"
    if each.hold_until >= today.isoformat():
        return (
            "Held by the council" if each.hold_until == FOR_GOOD else f"Held until {day_words(each.hold_until, today)}"
        )
    return "Something is waited for" if each.waits else "In a moment"


def _is_still_given(each: FamilyOnLaptop) -> bool:
    """A supervisor keeps a group's register when it is closed; a family's file is somebody's by two decisions."""
    return each.closing is Closing.CLOSED and not each.is_register


def waits_words(each: FamilyOnLaptop) -> str:
    """What must come first before a family file can leave."""
    first = waits_for(each.waits)
    return f"{each.name} leaves once {first}." if first else ""


def _state(row: tuple[FamilyOnLaptop, date]) -> str:
    each, today = row
    if not each.is_complete:
        return "Not complete"
    return f"Complete, as of {moment_words(each.as_of, today)}" if each.as_of else "Complete"


def _records(row: tuple[FamilyOnLaptop, date]) -> str:
    return f"{row[0].records:,}"


def _unsent(row: tuple[FamilyOnLaptop, date]) -> str:
    return f"{row[0].waiting:,}" if row[0].waiting else "None"


def summary(here: OnLaptop, today: date) -> tuple[str, ...]:
    """Return the lines above the table."""
    heard = moment_words(here.heard_at, today) or "never yet"
    records = counted(here.records, "record", "records")
    lines = [
        f"{_files(here)}, {records}, {here.size_bytes / 1_000_000:,.1f} MB, encrypted.",
        f"The council was last heard of: {heard}.",
        f"{count_words(here.unsent, 'change is', 'changes are')} not with the council yet."
        if here.unsent
        else "Everything you saved is with the council.",
    ]
    if here.attachments:
        size = here.attachment_bytes / 1_000_000
        lines.append(f"{count_words(here.attachments, 'attachment', 'attachments')} on this laptop, {size:,.1f} MB.")
    if here.leaves_from is not None:
        leaves = day_words(here.leaves_from.isoformat(), today)
        lines.append(f"If the council is not heard of, copies leave from {leaves}.")
    if here.lease_until is not None:
        lines.append(f"This program works without the council until {moment_words(here.lease_until, today)}.")
    return tuple(lines)


def _files(here: OnLaptop) -> str:
    """Count family files and groups' registers, each by its own name; of two sorts those that are there."""
    registers = sum(each.is_register for each in here.families)
    families = len(here.families) - registers
    said = [count_words(families, "family file", "family files")] if families or not registers else []
    groups = count_words(registers, "group’s register", "groups’ registers") if registers else ""
    return " and ".join([*said, groups[:1].lower() + groups[1:] if said else groups]) if groups else said[0]


def left_words(left: LeftLately, today: date) -> str:
    """Say that copies have left. No names: they are not here any more."""
    files = count_words(left.families, "family file", "family files")
    proof = "the council has the receipt" if left.is_receipted else "the receipt waits to be sent"
    kept = ""
    if left.kept_drafts:
        kept = f" {count_words(left.kept_drafts, 'thing', 'things')} you had begun went to the council first."
    why = why_left(left.families, left.closed)
    return f"{moment_words(left.at, today)}: {files} left this laptop{why}; {proof}.{kept}"


def leaving_words(here: OnLaptop) -> tuple[str, str]:
    """Return title and advice of what is on its way out; empty where nothing is."""
    waiting = sum(bool(each.leaves_because) for each in here.families)
    if here.destroyed:
        files = count_words(here.destroyed, "family file has", "family files have")
        return f"{files} left", "Nothing of it can be read here. The vault is written anew when you are not typing."
    if waiting:
        files = count_words(waiting, "family file leaves", "family files leave")
        waits = [words for each in here.families if each.leaves_because and (words := waits_words(each))]
        more = [f"So do {len(waits) - _MOST_WAITS} more."] if len(waits) > _MOST_WAITS else []
        return f"{files} this laptop", "\n".join([*waits[:_MOST_WAITS], *more]) or "You need do nothing."
    return "", ""
