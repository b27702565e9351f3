"""Small watchers that say when to lock: nobody there, the laptop going to sleep, the computer's own lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from sf_desktop.clock import Clock

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

TICK_MS = 5_000
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Says `idle` once when nobody has touched the program for `limit_s`, by either clock: sleep stops one of them.

    It listens to whichever of our windows has the keyboard, not to every event of the program, which would be slow.
    """

    idle = Signal()

    def __init__(self, app: QGuiApplication, clock: Clock, limit_s: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock, self._limit_s = clock, limit_s
        self._said = False
        self._windows: list[QWindow] = []
        self._touch()
        app.focusWindowChanged.connect(self._on_window)
        self._on_window(app.focusWindow())
        self._tick = QTimer(self)
        self._tick.setInterval(min(TICK_MS, max(1, int(limit_s * 250))))
        self._tick.timeout.connect(self.look)
        self._tick.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._touch()
        return super().eventFilter(watched, event)

    @Slot()
    def look(self) -> None:
        """Look at both clocks; a wall clock put back is no sign of life."""
        passed = max(
            self._clock.monotonic() - self._touched_monotonic,
            (self._clock.now() - self._touched_at).total_seconds(),
        )
        if passed >= self._limit_s and not self._said:
            self._said = True
            self._tick.stop()
            self.idle.emit()

    def stop(self) -> None:
        """Look at no clock any more."""
        self._tick.stop()

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        if window is not None and window not in self._windows:
            self._windows.append(window)
            window.destroyed.connect(self._on_window_gone)
            window.installEventFilter(self)

    @Slot(QObject)
    def _on_window_gone(self, window: QObject) -> None:
        self._windows = [known for known in self._windows if known is not window]

    def _touch(self) -> None:
        self._touched_monotonic, self._touched_at = self._clock.monotonic(), self._clock.now()


class SleepWatch(QObject):
    """Says `going` when Linux is about to sleep or locks its own screen. Without a bus it is silent, and IdleWatch,
    which looks at the wall clock, locks on waking.
    """

    going = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listens_to: tuple[str, ...] = ()
        self._listen()

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        login, path = "org.freedesktop.login1", "/org/freedesktop/login1"
        wanted = (
            ("sleep", system, login, path, f"{login}.Manager", "PrepareForSleep", "on_going(bool)"),
            ("session lock", system, login, "", f"{login}.Session", "Lock", "on_lock()"),
            *(
                ("screen lock", session, name, "", name, "ActiveChanged", "on_going(bool)")
                for name in ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
            ),
        )
        heard = [each[0] for each in wanted if self._connect(*each[1:])]
        self.listens_to = tuple(dict.fromkeys(heard))

    def _connect(self, bus: QDBusConnection, service: str, path: str, interface: str, signal: str, slot: str) -> bool:
        # Its signature asks for bytes and refuses them; text is taken (PySide6 6.11.3 and 6.12.0).
        wanted: Any = SLOT(slot)
        return bus.isConnected() and bus.connect(service, path, interface, signal, self, wanted)

    @Slot(bool)
    def on_going(self, begins: bool) -> None:
        """Sleep or the screen's lock begins (true) or ends (false)."""
        if begins:
            self.going.emit()

    @Slot()
    def on_lock(self) -> None:
        """The session was locked."""
        self.going.emit()
