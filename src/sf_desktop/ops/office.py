"""What every verb is given: the transaction, the clock, the facts, and who is working."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sf_desktop.clock import Clock
from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import Work
from sf_record.codes import CodeSets
from sf_record.configuration import Configuration
from sf_record.dates import WorkingDays, moment_text, read_moment
from sf_record.rules.permissions import Worker

__all__ = ["ChangeSet", "Done", "Me", "Office", "day_of", "is_reading", "reads"]

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Me:
    """Who is working, and on which laptop."""

    worker: Worker
    name: str
    device_id: str


@dataclass(frozen=True, slots=True)
class Office:
    """What a verb needs. Each verb gets one, in a transaction of its own."""

    tx: Work
    clock: Clock
    codes: CodeSets
    days: WorkingDays
    me: Me
    configuration: Configuration
    new_id: Callable[[], str]
    _days: dict[datetime, date] = field(default_factory=dict, init=False, repr=False, compare=False)  # by minute

    @property
    def connection(self) -> Connection:
        return self.tx.connection

    def now(self) -> str:
        """Return the present moment as text."""
        return moment_text(self.clock.now())

    def today(self) -> date:
        """Return the day on the wall. Today asks it two thousand times: a minute's is worked out once."""
        minute = self.clock.now().replace(second=0, microsecond=0)
        if minute not in self._days:
            self._days[minute] = minute.astimezone().date()
        return self._days[minute]

    def today_from(self) -> str:
        """Return the moment at which this day began."""
        return day_begins(self.today())


@dataclass(frozen=True, slots=True)
class Done(ChangeSet):
    """What a verb changed, with the record that it was about."""

    record_id: str = ""


def done(changes: ChangeSet, record_id: str) -> Done:
    return Done(changes.kinds, changes.ids, changes.families, record_id)


def day_begins(day: date) -> str:
    """Return the moment at which a day begins on the laptop's wall."""
    return moment_text(datetime.combine(day, time()).astimezone(UTC))


def day_ends(day: date) -> str:
    """Return the moment at which the next day begins."""
    return day_begins(day + timedelta(days=1))


def next_day(day: date) -> datetime:
    """Return when the day after begins on the laptop's wall, aware of its time zone."""
    return datetime.combine(day + timedelta(days=1), time()).astimezone()


def day_of(text: str | None) -> date | None:
    """Return the local day of a moment's or a day's text; None for what cannot be read."""
    if not text:
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else read_moment(text).astimezone().date()
    except ValueError:
        return None


def reads(verb: V) -> V:
    """Mark a verb that writes nothing: whoever runs it need not write to the disk."""
    verb.is_reading = True  # type: ignore[attr-defined]
    return verb


def is_reading(verb: Callable[..., Any]) -> bool:
    """Say whether a verb writes nothing."""
    return bool(getattr(verb, "is_reading", False))
