"""Works out how late it is for a laptop whose clock nobody vouches for, and what its lease then allows. Pure.

Time is the largest of what the wall clock says, the highest time ever seen, and the council's time with what has passed
since on the clock that runs from the computer's start. It never goes down; only the council's own signed time, in a
newer lease, takes the place of all of it. A wall clock that was wrong when the council was heard is read with that
error: of its two readings the earlier one that is not in the past.

What the wall clock alone says can be a jump. So a wipe needs more: time that was counted without it, or a second start
of the computer that reads the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sf_record.wire.orders import Lease


class Term(StrEnum):
    """What the lease allows now."""

    OPEN = "open"
    WARN = "warn"
    LOCKED = "locked"  # only a round with the council opens the window
    ENDED = "ended"  # what is here is destroyed


@dataclass(frozen=True, slots=True)
class Reading:
    """Both clocks of a computer at one moment; ``boot_id`` is empty where it cannot be told one start from another."""

    wall: datetime
    boot_id: str
    boot_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A lease and all that is known of time since it was given. Moments are UTC-aware.

    ``highest`` is the time; ``certain`` the part of it that rests on no unconfirmed reading of the wall clock, both as
    they were at ``boot_s`` of ``boot_id``; ``ahead_s`` how wrong the wall clock was; ``doubted`` the start of the
    computer in which the wall clock alone first said that the lease had ended.
    """

    lease: Lease
    highest: datetime
    certain: datetime
    boot_id: str
    boot_s: float
    ahead_s: float = 0.0
    doubted: str = ""

    @property
    def term(self) -> Term:
        if self.certain >= self.lease.wipes_at:
            return Term.ENDED
        if self.highest >= self.lease.locks_at:
            return Term.LOCKED
        return Term.WARN if self.highest >= self.lease.warns_at else Term.OPEN

    @property
    def days_since(self) -> int:
        """Return for how many whole days the council has not been heard of."""
        return (self.highest - self.lease.began_at).days


def begun(lease: Lease, now: Reading) -> Tenure:
    """Begin a lease that has just been given: the council's time is the time."""
    at = lease.began_at
    ahead_s = (now.wall - at).total_seconds()
    return Tenure(lease=lease, highest=at, certain=at, boot_id=now.boot_id, boot_s=now.boot_s, ahead_s=ahead_s)


def observed(tenure: Tenure, now: Reading) -> Tenure:
    """Look at both clocks; what comes of it is kept, so that nothing is forgotten by the next start."""
    passed = _passed(tenure, now)
    certain = tenure.certain + passed
    certain, doubted = _confirmed(tenure, certain, now)
    highest = max(tenure.highest + passed, certain, _read(tenure, tenure.highest, now.wall))
    return replace(tenure, highest=highest, certain=certain, boot_id=now.boot_id, boot_s=now.boot_s, doubted=doubted)


def merged(one: Tenure | None, other: Tenure | None) -> Tenure | None:
    """Return what two copies know together: the newer lease, and of the same lease the later time."""
    if one is None or other is None:
        return one or other
    if one.lease.number != other.lease.number:
        return max(one, other, key=lambda each: each.lease.number)
    later = max(one, other, key=lambda each: (each.certain, each.highest))
    # A doubt that one of them has not, or has no more, has to be had again: that is the side on which nothing is lost.
    doubted = later.doubted if one.doubted and other.doubted else ""
    return replace(later, highest=max(one.highest, other.highest), doubted=doubted)


def _passed(tenure: Tenure, now: Reading) -> timedelta:
    """Return what has passed on the clock that nobody can set, within one start of the computer."""
    if not now.boot_id or now.boot_id != tenure.boot_id:
        return timedelta()
    return timedelta(seconds=max(0.0, now.boot_s - tenure.boot_s))


def _read(tenure: Tenure, since: datetime, wall: datetime) -> datetime:
    """Read the wall clock as it is, or with the error that it had: the earlier of the two that is not in the past."""
    readings = (wall, wall - timedelta(seconds=tenure.ahead_s))
    return min((each for each in readings if each >= since), default=since)


def _confirmed(tenure: Tenure, certain: datetime, now: Reading) -> tuple[datetime, str]:
    """Let a second start of the computer agree, or disagree, with what the wall clock said in the first."""
    read = _read(tenure, certain, now.wall)
    if read < tenure.lease.wipes_at:
        return certain, ""
    if not tenure.doubted or not now.boot_id:
        return certain, tenure.doubted or now.boot_id
    return (certain, tenure.doubted) if tenure.doubted == now.boot_id else (read, tenure.doubted)
