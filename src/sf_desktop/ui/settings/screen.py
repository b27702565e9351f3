"""The settings screen: how the program looks, how soon it locks, spelling. Each choice holds at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from sf_desktop.ui.kit.controls.buttons import Kind, secondary
from sf_desktop.ui.kit.fields.choices import ChoiceField, Option, YesNoField
from sf_desktop.ui.kit.layout.surfaces import Card, Page, column
from sf_desktop.ui.kit.style.theme import ThemeChoice, current_theme
from sf_desktop.ui.kit.style.tokens import GAP_M, TEXT_SCALES
from sf_desktop.ui.kit.text.labels import body, subtitle, title
from sf_desktop.ui.kit.window.stack import GoTo, Screen, TopAction
from sf_desktop.ui.settings.passphrase import PassphraseCard
from sf_desktop.ui.settings.preferences import LOCK_MINUTES, Preferences

_THEMES = (
    Option(ThemeChoice.SYSTEM, "As the computer"),
    Option(ThemeChoice.LIGHT, "Light"),
    Option(ThemeChoice.DARK, "Dark"),
    Option(ThemeChoice.HIGH_CONTRAST, "High contrast"),
)

WIDTH = 800
SHARED = (
    "Each person has a locked vault of their own, and sees nothing of another’s. What you have not sent yet stays in"
    " yours, and is sent when you unlock it again."
)


class SettingsScreen(Screen):
    """Emits `chosen(Preferences)` with each choice: whoever made it writes them down. `switch_wanted` locks."""

    chosen = Signal(object)
    switch_wanted = Signal()
    passphrase_wanted = Signal(str, str)

    def __init__(
        self,
        preferences: Preferences,
        most_lock_minutes: int = LOCK_MINUTES[-1],
        *,
        username: str = "",
        has_phrases: bool = True,
    ) -> None:
        super().__init__()
        self._has_phrases = has_phrases
        self._preferences = preferences
        self.theme = ChoiceField("theme", "Colours", _THEMES)
        scales = [Option(str(percent), f"{percent} %") for percent in TEXT_SCALES]
        self.text = ChoiceField("text", "Size of text", scales, across=True)
        minutes = [Option(str(each), f"{each} minutes") for each in LOCK_MINUTES if each <= most_lock_minutes]
        self.lock = ChoiceField("lock", "Lock when nobody has touched it for", minutes, across=True)
        self.spelling = YesNoField("spelling", "Underline words that may be misspelt")
        page = Page()
        page.content.setMaximumWidth(WIDTH)  # not each card: a layout asks for the height at its own width
        page.layout_.setSpacing(GAP_M)
        page.layout_.addWidget(title("Settings"))
        page.layout_.addWidget(subtitle("They hold for this laptop, at once."))
        for field in (self.theme, self.text, self.lock, self.spelling):
            card = Card()
            card.layout_.addWidget(field)
            page.layout_.addWidget(card)
            field.changed.connect(self._on_changed)
        page.layout_.addWidget(self._people_card())
        self.passphrase = PassphraseCard(username)
        self.passphrase.wanted.connect(self.passphrase_wanted)
        page.layout_.addWidget(self.passphrase)
        page.layout_.addStretch(1)
        column(self).addWidget(page)
        self._show()

    def _people_card(self) -> Card:
        self.switch = secondary("Lock, and let somebody else in")
        self.switch.clicked.connect(self.switch_wanted)
        card = Card("Several people on this laptop")
        card.layout_.addWidget(body(SHARED))
        card.layout_.addWidget(self.switch)
        return card

    def title(self) -> str:
        return "Settings"

    def top_actions(self) -> Sequence[TopAction]:
        phrases = TopAction("Templates and phrases", self._on_phrases, Kind.SECONDARY)
        looks = TopAction("What I have looked at", self._on_looks, Kind.SECONDARY)
        return (phrases, looks) if self._has_phrases else (looks,)

    def take_focus(self) -> None:
        self.theme.take_focus()

    @Slot()
    def _on_phrases(self) -> None:
        self.go.emit(GoTo("phrases"))

    @Slot()
    def _on_looks(self) -> None:
        self.go.emit(GoTo("looks"))

    @Slot()
    def _on_changed(self) -> None:
        now = self._preferences
        spelling = self.spelling.value()
        self._preferences = now._replace(
            theme=self.theme.value() or now.theme,
            text_percent=int(self.text.value() or now.text_percent),
            lock_after_minutes=int(self.lock.value() or now.lock_after_minutes),
            spelling=now.spelling if spelling is None else spelling,
        )
        self._show()
        if (theme := current_theme()) is not None:
            theme.choose(ThemeChoice(self._preferences.theme))
            theme.scale_text(self._preferences.text_percent)
        self.chosen.emit(self._preferences)

    def _show(self) -> None:
        now = self._preferences
        self.theme.set_value(now.theme)
        self.text.set_value(str(now.text_percent))
        self.lock.set_value(str(now.lock_after_minutes))
        self.spelling.set_value(now.spelling)
