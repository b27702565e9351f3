"""The banner that warns before a laptop locks because it has not spoken to its council."""

from __future__ import annotations

from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.text.moments import local, long_day


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

    def warn(self, days: int, locks_at: str, wipes_at: str) -> None:
        """Say for how long the council has not been heard of, and what happens when."""
        locks, wipes = local(locks_at), local(wipes_at)
        when = (
            (f"on {long_day(locks.date())}", f"on {long_day(wipes.date())}") if locks and wipes else ("soon", "later")
        )
        self.say(
            f"This laptop has not spoken to the council for {days} days",
            f"Everything is saved here. Without the council it locks {when[0]}, until it has a signal, and is cleared"
            f" {when[1]}. Go where there is a signal; if there is one already, ring IT.",
            "warning",
        )
        self.show()
