"""Settings hold at once, survive a restart, and a damaged file is as if nothing had been chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from sf_desktop.desktop import Desktop
from sf_desktop.paths import Paths
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.settings.preferences import KeptPreferences, Preferences, read_preferences, write_preferences
from sf_desktop.ui.settings.screen import SettingsScreen
from tests.fakes.clock import FrozenClock
from tests.ui.finding import press


@pytest.fixture
def screen(qtbot, theme: Theme) -> SettingsScreen:
    made = SettingsScreen(Preferences(theme="light"))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_choice_holds_at_once(qtbot, theme: Theme, screen: SettingsScreen) -> None:
    with qtbot.waitSignal(screen.chosen) as chosen:
        press(screen, "Colours: High contrast")
    assert chosen.args[0].theme == theme.choice == "high_contrast"
    with qtbot.waitSignal(screen.chosen):
        press(screen, "Size of text: 150 %")
    assert theme.text_percent == 150


def test_with_large_text_nothing_is_squeezed(qtbot, theme: Theme, screen: SettingsScreen) -> None:
    theme.scale_text(200)
    screen.resize(1300, 620)
    qtbot.waitUntil(lambda: not squeezed(screen))
    assert [each for each in screen.findChildren(QLabel) if each.isVisible()]


def squeezed(screen: SettingsScreen) -> list[str]:
    """What has less height than its words need."""
    shown = [each for each in screen.findChildren(QLabel) if each.isVisible() and each.text() and each.wordWrap()]
    return [each.text() for each in shown if each.height() < each.heightForWidth(each.width()) - 1]


def test_the_council_can_limit_how_long_it_stays_open(qtbot, theme: Theme) -> None:
    limited = SettingsScreen(Preferences(), most_lock_minutes=5)
    qtbot.addWidget(limited)
    assert [radio.text() for radio in limited.lock._radios] == ["2 minutes", "5 minutes"]


def test_choices_survive_a_restart(tmp_path: Path) -> None:
    chosen = Preferences("dark", 150, 10, spelling=False, is_maximised=True)
    write_preferences(tmp_path / "preferences.json", chosen)
    assert read_preferences(tmp_path / "preferences.json") == chosen


def test_what_the_program_noted_for_itself_stays_when_somebody_chooses(tmp_path: Path) -> None:
    kept = KeptPreferences(tmp_path / "settings.json")
    kept.change(last_vault="of-a-colleague", is_maximised=True)
    kept.choose(Preferences(theme="dark", last_vault="as it was when the window opened"))
    assert read_preferences(tmp_path / "settings.json") == Preferences(
        "dark", is_maximised=True, last_vault="of-a-colleague"
    )


def test_among_pretend_families_the_settings_beside_real_ones_stay_as_they_are(tmp_path: Path) -> None:
    kept = KeptPreferences(tmp_path / "settings.json")
    kept.change(last_vault="real")
    (tmp_path / "pretend").mkdir()
    kept.move(tmp_path / "pretend" / "settings.json")
    kept.change(last_vault="pretend")
    assert read_preferences(tmp_path / "settings.json").last_vault == "real"
    assert read_preferences(tmp_path / "pretend" / "settings.json").last_vault == "pretend"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"theme": 7, "text_percent": "x", "lock_after_minutes": 9999}',
        '{"theme": "purple"}',
        '{"text_percent": 0}',
        "\0",
    ],
)
def test_a_damaged_file_is_as_if_nothing_had_been_chosen(tmp_path: Path, text: str) -> None:
    (tmp_path / "preferences.json").write_text(text)
    assert read_preferences(tmp_path / "preferences.json") == Preferences()
    assert read_preferences(tmp_path / "nothing.json") == Preferences()


def test_somebody_who_writes_no_records_is_not_led_to_phrases(qtbot) -> None:
    made = SettingsScreen(Preferences(), has_phrases=False)
    qtbot.addWidget(made)
    assert [each.label for each in made.top_actions()] == ["What I have looked at"]


def test_which_theme_the_system_asks_for_is_kept_for_the_next_start(qtbot, qapp: QApplication, tmp_path: Path) -> None:
    desktop = Desktop(qapp, Paths(tmp_path), FrozenClock())
    qtbot.addWidget(desktop.entry)
    desktop.begin()
    qtbot.waitUntil(lambda: read_preferences(tmp_path / "settings.json").system_theme == "light")
    desktop.end()
