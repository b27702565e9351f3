"""Says how saving and sending stand, from the ledger's counts and the wire: one source for every screen."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sf_desktop.sync.scheduler import Wire
from sf_desktop.wording.status import StatusWords
from sf_record.dates import read_moment
from sf_record.errors import Retry


class Counts(Protocol):
    """What the ledger holds (``store.queries.counts.StatusCounts``): today's events, and older ones not settled."""

    @property
    def saved(self) -> int: ...
    @property
    def with_council(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def needs_you(self) -> int: ...
    @property
    def unreceipted(self) -> int:
        """Every event that the council has not acknowledged and its author has not given up, whatever it waits for."""
        ...

    @property
    def last_receipt_at(self) -> str | None: ...

    @property
    def concerns(self) -> int:
        """Safeguarding concerns that were signed and have no receipt."""
        ...

    @property
    def phone(self) -> str:
        """Whom to ring about them."""
        ...

    @property
    def files_waiting(self) -> int:
        """Contents of attachments that the council does not have whole."""
        ...

    @property
    def drafts(self) -> int:
        """What was begun and not finished: it is on this laptop only."""
        ...


_HERE = "Working from this laptop"
_CAUSES: dict[str, tuple[str, str]] = {
    "offline": ("No signal.", _HERE),
    "council_away": ("The council does not answer.", "It is tried again by itself"),
    "sign_in_expired": ("Sign in to the council again.", "Nothing is sent until then; your work is kept"),
    "certificate_refused": ("The council’s certificate is not trusted.", "Nothing is sent while this lasts"),
    "program_too_old": ("This program is too old for the council.", "Install the newest version; your work is kept"),
    "program_too_new": ("This program is newer than the council’s.", _HERE),
    "clock_astray": ("This computer’s clock is wrong.", "Set date and time; your work is kept"),
    "device_revoked": ("The council no longer accepts this laptop.", "Ring your manager; your work is kept"),
    "signature_refused": ("The council could not check this laptop.", "If it lasts, ring IT; your work is kept"),
    "worker_disabled": ("Your account at the council is closed.", "Ring your manager; your work is kept"),
    "not_a_council": ("Something else answers instead of the council.", "Does the wireless network want a sign-in?"),
    "answer_unreadable": (
        "The council’s answer could not be read.",
        "Nothing of it was kept; it is tried again by itself",
    ),
    "answer_unproved": (
        "The council’s answer does not carry its signature.",
        "Nothing of it was kept; if it lasts, tell IT",
    ),
    "stopped": ("Stopped.", "It goes on from there next time"),
}
_OTHER = ("The council could not be asked.", "It is tried again by itself")
_TRYING = "It is being tried now"


def status_words(counts: Counts, wire: Wire, now: datetime, right: str = "") -> StatusWords:
    """Return the words. ``now`` is in the time zone of the person who reads them."""
    lead, rest = _lead(counts, wire)
    parts = (
        ("Saved on this laptop", f"{counts.saved:,}", ""),
        ("With the council", f"{counts.with_council:,}", _clock_time(counts.last_receipt_at, now)),
        ("Waiting", f"{counts.waiting:,}", ""),
        ("Files on their way", f"{counts.files_waiting:,}", ""),
        ("Needs you", f"{counts.needs_you:,}", ""),
    )
    # A nought says nothing, and "saved on this laptop 0" reads as if the records were gone.
    shown = tuple(part for part in parts if part[1] != "0")
    return StatusWords(lead, rest, shown, right)


def _lead(counts: Counts, wire: Wire) -> tuple[str, str]:
    if counts.concerns:
        lead = (
            "Concern not sent: phone now."
            if counts.concerns == 1
            else f"{counts.concerns} concerns not sent: phone now."
        )
        why = " ".join(_standing(counts, wire)) if wire.error is not None else ""
        return lead, ". ".join(part for part in (counts.phone, why) if part)
    return _standing(counts, wire)


def _standing(counts: Counts, wire: Wire) -> tuple[str, str]:
    if wire.progress is not None:
        total = wire.progress.families_total
        how_far = f"{wire.progress.families} of {total}" if total else f"{wire.progress.families}"
        is_one = (total or wire.progress.families) == 1
        return "Fetching from the council.", f"{how_far} family {'file' if is_one else 'files'}"
    if wire.error is not None:
        lead, rest = _CAUSES.get(wire.error.code, _OTHER)
        return lead, _TRYING if wire.is_busy and wire.error.retry is Retry.LATER else rest
    if counts.unreceipted or counts.files_waiting:
        return ("Sending.", "") if wire.is_busy else ("Saved here.", "Not everything is with the council yet")
    if wire.differing:
        return "Some family files differ from the council’s.", "They are fetched again by themselves"
    if not wire.heard_at:
        return "Saved here.", "The council has not been asked yet"
    if counts.drafts:
        drafts = "One draft is" if counts.drafts == 1 else f"{counts.drafts:,} drafts are"
        return "Everything finished is with the council.", f"{drafts} on this laptop only"
    return "Everything is with the council.", ""


def _clock_time(moment: str | None, now: datetime) -> str:
    if not moment:
        return ""
    at = read_moment(moment).astimezone(now.tzinfo)
    if at.date() == now.date():
        return f"({at:%H:%M})"
    return f"({at.day} {at:%b %H:%M})"
