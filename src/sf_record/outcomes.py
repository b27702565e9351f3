"""What the council may answer to an event, and the plain words for each reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """How an event ended."""

    ACCEPTED = "accepted"
    MERGED = "merged"  # accepted, beside somebody else's change of other fields
    CONFLICT = "conflict"  # the council holds it; a field waits for somebody to settle it
    REFUSED = "refused"  # the council did not take it into the file; its author must act
    HELD = "held"  # kept until something else is there, or somebody has decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Where the council holds an event: family file, its number there (0 in a holding tray), and when it was stored."""

    family_id: str
    seq: int
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The council's answer to one event. With a receipt the event has left the outbox; without, it waits there."""

    event_id: str
    result: Result
    receipt: Receipt | None = None
    code: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in plain words, and the way on."""

    title: str
    advice: str


CHANGED_BEFORE_SIGNED = "changed_before_signed"  # taken, but for the signature

REASONS: dict[str, Reason] = {
    "same_field_changed": Reason(
        "Somebody else changed the same thing", "Both versions are kept. Somebody who knows the family chooses."
    ),
    CHANGED_BEFORE_SIGNED: Reason(
        "Somebody else changed this before you signed it",
        "What you wrote is in it, and it is not signed yet. Open it, read what it says now, and sign it.",
    ),
    "predecessor_missing": Reason("Something written before this has not arrived", "It is kept, and sent again."),
    "predecessor_refused": Reason(
        "Something written before this was not accepted", "Write that again: this goes into it. Both are kept here."
    ),
    "predecessor_forgotten": Reason(
        "The council no longer has what this was written on",
        "Look at the record, and write again what is still needed. Your text is kept here.",
    ),
    "family_moved": Reason(
        "This family file is no longer yours", "Your work is kept for the supervisor, who decides where it belongs."
    ),
    "unfinished": Reason(
        "This was begun and not finished", "It was handed in sealed. The supervisor decides what becomes of it."
    ),
    "returned": Reason(
        "Your supervisor returned this", "It is in no family file. Read the comment, and copy what is still needed."
    ),
    "not_yours": Reason("This family file is not on your caseload", "Ask your supervisor. Your work is kept here."),
    "not_allowed": Reason("Your role may not change this", "Ask your supervisor to make the change."),
    "not_author": Reason("Only its author may change or sign this", "Add a note of your own instead."),
    "already_signed": Reason("This has been signed", "Signed records are not changed. Add an amendment."),
    "not_signed": Reason("This has not been signed yet", "Change it, then sign it."),
    "not_signable": Reason("This is not something that is signed", "Save it instead."),
    "in_error": Reason("This was marked as entered in error", "Write a new record if it is still needed."),
    "already_exists": Reason("A record with this id is already there", "Copy the text into a new record."),
    "record_missing": Reason("The council does not have this record", "Copy the text into a new record."),
    "kind_unknown": Reason("The council's program does not know this kind of record", "Ask support. It is kept here."),
    "conflict_unknown": Reason("This has been settled already", "Open the record to see what stands."),
    "agreement_missing": Reason(
        "The family has not agreed to this", "Record their agreement first. What you wrote is kept; send it again then."
    ),
    "agreement_withdrawn": Reason(
        "The family has withdrawn its agreement",
        "Nothing more may be added. What you wrote is kept here until you decide what becomes of it.",
    ),
    "agreement_ended": Reason(
        "The family agreed until a day that has passed",
        "Ask them whether it still stands and record what they say. What you wrote is kept; send it again then.",
    ),
    "agency_left_out": Reason(
        "The family said no to sharing with this agency",
        "Choose another power, or do not share. What you wrote is kept here until you decide what becomes of it.",
    ),
    "invalid": Reason("Something in it needs mending", "Open it and mend the marked fields."),
    "too_large": Reason("It is too large to send", "Split the text into two notes."),
    "poisoned": Reason("The council could not read it", "Copy the text into a new record and tell support."),
}
