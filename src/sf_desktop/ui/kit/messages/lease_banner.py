"""The banner that warns before a laptop locks because it has not spoken to its council."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.text.moments import day_and_time, in_sentence, local, long_day

LAST_DAY = timedelta(hours=24)


class Warned(Protocol):
    """What it warns of (``ops.lease.standing.LeaseNow``); moments as text."""

    @property
    def days_since(self) -> int: ...
    @property
    def now(self) -> str: ...
    @property
    def locks_at(self) -> str: ...
    @property
    def wipes_at(self) -> str: ...


class LeaseBanner(Banner):
    """Hidden until it warns. `pressed` wants a round now."""

    def __init__(self) -> None:
        self._is_wanted = self._is_aside = False
        super().__init__(tone="warning", button="Try now")
        self.hide()

    def setVisible(self, visible: bool) -> None:
        self._is_wanted = visible
        super().setVisible(visible and not self._is_aside)

    def show_alone(self, is_alone: bool) -> None:
        """Stay hidden while a family looks on, whatever there is to warn of; come back afterwards."""
        self._is_aside = is_alone
        super().setVisible(self._is_wanted and not is_alone)

    def warn(self, lease: Warned) -> None:
        """Say for how long the council has not been heard of, and what happens when: on the last day, to the minute."""
        now, locks, wipes = (local(each) for each in (lease.now, lease.locks_at, lease.wipes_at))
        days = f"This laptop has not spoken to the council for {lease.days_since} days"
        if now is None or locks is None or wipes is None:
            self._warn(days, "soon", "later", "warning")
        elif locks - now > LAST_DAY:
            self._warn(days, f"on {long_day(locks.date())}", f"on {long_day(wipes.date())}", "warning")
        else:
            at = in_sentence(day_and_time(lease.locks_at, now.date())).replace(",", " at")
            self._warn(f"This laptop locks {at}", "then", f"on {long_day(wipes.date())}", "danger")
        self.show()

    def _warn(self, head: str, locks: str, wipes: str, tone: str) -> None:
        self.say(
            head,
            f"Everything is saved here. Unless it reaches the council it locks {locks}, until it has a signal, and is"
            f" cleared {wipes}; what is not sent by then stays sealed, to be handed in. Go where there is a signal; if"
            " there is one already, ring IT.",
            tone,
        )
