"""Dresses the program: tokens into a palette, a stylesheet and a font, switched while it runs."""

from __future__ import annotations

from enum import StrEnum

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from sf_desktop.ui.kit.style.stylesheet import body_points, stylesheet
from sf_desktop.ui.kit.style.tokens import TEXT_SCALES, Tokens, load_tokens

# Tried in this order; none is bundled, the first that the machine has is used.
FONT_FAMILIES = ("Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Inter", "Cantarell", "Noto Sans", "DejaVu Sans")

_IN_FUSION = "begun_in_fusion"
_running: list[Theme] = []  # the last one made is the one in use; a program makes one


class ThemeChoice(StrEnum):
    """What a person may choose in Settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


_SYSTEM_MAY_WANT = frozenset(each.value for each in ThemeChoice) - {ThemeChoice.SYSTEM.value}


class Theme(QObject):
    """The running theme. Widgets that paint themselves read `tokens` and repaint on `changed`."""

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        choice: ThemeChoice = ThemeChoice.SYSTEM,
        text_percent: int = 100,
        *,
        system_wanted: str = "",
    ) -> None:
        """``system_wanted``: what the system asked for last time. It is worn until `ask_system`, where it is known.

        To ask takes 16 ms, for the whole `Qt` namespace, and mostly the answer is the same.
        """
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._percent = _nearest_scale(text_percent)
        self.system_wants = system_wanted if system_wanted in _SYSTEM_MAY_WANT else self._system_name()
        self._dressed_percent = 0
        _running.append(self)
        if not app.property(_IN_FUSION) and app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self.ask_system)
        self._dress()

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    @property
    def text_percent(self) -> int:
        return self._percent

    @property
    def name(self) -> str:
        """Which of the three token sets is showing."""
        return self._choice.value if self._choice is not ThemeChoice.SYSTEM else self.system_wants

    @property
    def tokens(self) -> Tokens:
        return load_tokens()[self.name]

    @Slot(object)
    def choose(self, choice: ThemeChoice) -> None:
        """Switch theme at once."""
        if choice is not self._choice:
            self._choice = choice
            self._dress()

    @Slot(int)
    def scale_text(self, percent: int) -> None:
        """Switch text size at once, to the nearest of 100, 125, 150 and 200 %."""
        percent = _nearest_scale(percent)
        if percent != self._percent:
            self._percent = percent
            self._dress()

    def _system_name(self) -> str:
        hints = self._app.styleHints()
        if _wants_contrast(self._app):
            return ThemeChoice.HIGH_CONTRAST.value
        return "dark" if hints.colorScheme() == QtCore.Qt.ColorScheme.Dark else "light"

    @Slot()
    def ask_system(self) -> None:
        """Wear what the system asks for now, where that was chosen."""
        wanted = self._system_name()
        if wanted != self.system_wants:
            self.system_wants = wanted
            if self._choice is ThemeChoice.SYSTEM:
                self._dress()

    def _dress(self) -> None:
        scale = self._percent / 100
        font = QFont(_system_family())
        font.setPointSizeF(body_points(scale))
        self._app.setFont(font)
        self._app.setPalette(palette(self.tokens))
        # The sheet is taken off first: Qt dresses every widget once then, and forgets whom it had dressed. Where one
        # sheet replaces another it dresses each with all that is inside it, as often as it lies deep, and also those
        # who are gone by now and were let go while a sheet was changed: that ends the program (Qt 6.11, updateObjects
        # in QStyleSheetStyle). With another size of text one must replace another, for widgets never shown keep the
        # old font otherwise: the one that was worn is put on again before, with those who are there.
        worn = self._app.styleSheet()
        self._app.setStyleSheet("")
        if self._dressed_percent not in (0, self._percent):
            self._app.setStyleSheet(worn)
        self._dressed_percent = self._percent
        self._app.setStyleSheet(stylesheet(self.tokens, scale))
        self.changed.emit()


def application_in_fusion(program: str) -> QApplication:
    """Begin an application in Fusion. Asking one for its style costs 7 ms, for what Python then learns of styles."""
    app = QApplication([program, "-style", "Fusion"])
    app.setProperty(_IN_FUSION, True)
    return app


def current_tokens() -> Tokens:
    """The colours in use, for widgets that paint themselves."""
    theme = current_theme()
    return theme.tokens if theme is not None else load_tokens()["light"]


def current_theme() -> Theme | None:
    """The running theme, or None before one is made."""
    return _running[-1] if _running else None


def palette(t: Tokens) -> QPalette:
    """The tokens as a palette, for what Fusion draws itself."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: t.background,
        QPalette.ColorRole.WindowText: t.text,
        QPalette.ColorRole.Base: t.surface,
        QPalette.ColorRole.AlternateBase: t.raised,
        QPalette.ColorRole.Text: t.text,
        QPalette.ColorRole.PlaceholderText: t.muted,
        QPalette.ColorRole.Button: t.surface,
        QPalette.ColorRole.ButtonText: t.text,
        QPalette.ColorRole.BrightText: t.danger,
        QPalette.ColorRole.Highlight: t.accent,
        QPalette.ColorRole.HighlightedText: t.on_accent,
        QPalette.ColorRole.Link: t.accent,
        QPalette.ColorRole.LinkVisited: t.accent,
        QPalette.ColorRole.ToolTipBase: t.text,
        QPalette.ColorRole.ToolTipText: t.surface,
        QPalette.ColorRole.Accent: t.accent,
        QPalette.ColorRole.Mid: t.control_line,
        QPalette.ColorRole.Light: t.surface,
        QPalette.ColorRole.Dark: t.control_line,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.disabled))
    return made


def _nearest_scale(percent: int) -> int:
    return min(TEXT_SCALES, key=lambda known: abs(known - percent))


def _system_family() -> str:
    """The system's own interface font; a known one where the platform names none."""
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if QFontDatabase.hasFamily(general):
        return general
    return next((family for family in FONT_FAMILIES if QFontDatabase.hasFamily(family)), general)


def _wants_contrast(app: QApplication) -> bool:
    """Whether the desktop asks for more contrast (Qt 6.10 tells; older ones do not)."""
    hints = app.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() == QtCore.Qt.ContrastPreference.HighContrast
