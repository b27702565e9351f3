"""Decides when the next round is due: after a save, on a click, now and then, and ever later after failures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sf_record.errors import Retry


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the wire speaks, in seconds."""

    after_save_s: float = 3.0
    every_s: float = 240.0
    first_wait_s: float = 5.0
    longest_wait_s: float = 600.0
    longest_wait_first_s: float = 30.0  # while a concern waits
    shortest_wait_s: float = 1.0  # however the dice fall: never a hot loop


class Plan:
    """When the next round is due, in seconds of a monotonic clock. Pure: the time and the dice are passed in.

    ``dice`` returns numbers from 0 up to 1.
    """

    def __init__(self, pace: Pace, dice: Callable[[], float], now: float) -> None:
        self._pace, self._dice = pace, dice
        self._due: float | None = now
        self._failures = 0
        self._not_before = 0.0  # the council asked for patience until then
        self._needs_sign_in = False
        self._has_first = False  # a concern waits: it is tried often

    @property
    def failures(self) -> int:
        """How many rounds have failed in a row."""
        return self._failures

    def wait_s(self, now: float) -> float | None:
        """Return how long until the next round; None while nothing is planned."""
        return None if self._due is None else max(0.0, self._due - now)

    def saved(self, now: float) -> None:
        """Something was saved: a round soon, unless the wire is waiting after a failure."""
        if self._failures == 0 and not self._needs_sign_in:
            self._sooner(now + self._pace.after_save_s)

    def asked(self, now: float) -> None:
        """Somebody wants a round now. A council that asked for patience still gets it."""
        if not self._needs_sign_in:
            self._sooner(max(now, self._not_before))

    def asked_first(self, now: float) -> None:
        """A concern waits: a round now, and no long waits between rounds until one has ended well."""
        self._has_first = True
        self.asked(now)

    def signed_in(self, now: float) -> None:
        """Somebody signed in: what stopped the rounds is over."""
        self._needs_sign_in = False
        self._failures = 0
        self._sooner(max(now, self._not_before))

    def began(self) -> None:
        """A round begins; what is saved from here on asks for another."""
        self._due = None

    def succeeded(self, now: float) -> None:
        """The round ended well; what was signed meanwhile asked for another."""
        self._failures = 0
        self._has_first = self._has_first and self._due is not None
        self._sooner(now + self._pace.every_s)

    def failed(self, now: float, retry: Retry, wait_s: float = 0.0) -> None:
        """The round failed: wait longer each time, a random part of it; not at all where only a person can help."""
        self._failures += 1
        self._not_before = now + wait_s
        if retry is Retry.AFTER_SIGN_IN:
            self._needs_sign_in = True
        if retry in (Retry.AFTER_SIGN_IN, Retry.NEVER):
            self._due = None
            return
        longest_s = self._pace.longest_wait_first_s if self._has_first else self._pace.longest_wait_s
        ceiling = min(longest_s, self._pace.first_wait_s * 2.0 ** min(self._failures - 1, 20))
        self._due = now + max(self._pace.shortest_wait_s, wait_s, ceiling * self._dice())

    def _sooner(self, due: float) -> None:
        self._due = due if self._due is None else min(self._due, due)
