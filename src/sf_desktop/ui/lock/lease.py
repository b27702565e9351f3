"""Watches the lease while somebody works: warns in a banner, and says when the laptop has to lock."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sf_desktop.ops.lease.standing import LeaseNow, lease_now
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.messages.lease_banner import LeaseBanner

EVERY_MS = 600_000


class LeaseWatch(QObject):
    """`ran_out` comes when only the council can open this laptop again."""

    ran_out = Signal()

    def __init__(self, desk: Desk, banner: LeaseBanner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._banner = desk, banner
        self._heard_at = ""
        self._tick = QTimer(self)
        self._tick.setInterval(EVERY_MS)
        self._tick.timeout.connect(self.look)
        self._tick.start()
        self.look()

    def heard(self, at: str) -> None:
        """The council answered at this moment, by its own time: the lease may have been renewed."""
        if at != self._heard_at:
            self._heard_at = at
            self.look()

    @Slot()
    def look(self) -> None:
        """Look at the clocks. It is written down how late it is, so that it is never forgotten."""
        self._desk.ask(lease_now, on_done=self._on_looked, on_error=self._on_not_looked)

    @Slot(object)
    def _on_looked(self, now: LeaseNow | None) -> None:
        if now is None or now.term == "open":
            self._banner.hide()
        elif now.term == "warn":
            self._banner.warn(now)
        else:
            self.ran_out.emit()

    @Slot(object)
    def _on_not_looked(self, _error: object) -> None:
        """A vault that was put back, or a full disk, lets nothing be written now: the next look tries again."""
