"""Changing the passphrase in the settings: the present one is asked for, the new one is judged, a refusal keeps all."""

from __future__ import annotations

import pytest

from sf_desktop.ui.settings.preferences import Preferences
from sf_desktop.ui.settings.screen import SettingsScreen
from sf_desktop.wording import error
from tests.ui.finding import press, write

OLD, NEW = "pretend kettle orbit lantern", "pretend ladder autumn pebble"


@pytest.fixture
def screen(qtbot, theme) -> SettingsScreen:
    made = SettingsScreen(Preferences(), username="pretend.worker")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def fill(screen: SettingsScreen, new: str = NEW, again: str = NEW) -> None:
    write(screen, "Present passphrase", OLD)
    write(screen, "New passphrase", new)
    write(screen, "The same new passphrase again", again)


def test_it_is_asked_for_and_changed(qtbot, screen: SettingsScreen) -> None:
    fill(screen)
    with qtbot.waitSignal(screen.passphrase_wanted) as wanted:
        press(screen, "Change the passphrase")
    assert wanted.args == [OLD, NEW]
    assert not screen.passphrase.button.isEnabled()
    screen.passphrase.changed_now(None)
    assert screen.passphrase.banner.title_label.text() == "The passphrase is changed"
    assert screen.passphrase.present.value() == screen.passphrase.fresh.value() == ""


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("short", "short", "at least 12 characters"),
        ("pretend.worker99", "pretend.worker99", "first that anybody would try"),
        (NEW, OLD, "not the same"),
        (NEW, "", "once more here"),
        ("", "", "Write a passphrase"),
    ],
)
def test_a_new_one_that_will_not_do_is_not_sent(qtbot, screen: SettingsScreen, new: str, again: str, said: str) -> None:
    fill(screen, new, again)
    with qtbot.assertNotEmitted(screen.passphrase_wanted):
        press(screen, "Change the passphrase")
    assert said in screen.passphrase.fresh.first.problem + screen.passphrase.fresh.again.problem


def test_the_present_one_is_wanted(qtbot, screen: SettingsScreen) -> None:
    fill(screen)
    write(screen, "Present passphrase", "")
    with qtbot.assertNotEmitted(screen.passphrase_wanted):
        press(screen, "Change the passphrase")
    assert screen.passphrase.present.problem


def test_a_wrong_present_one_says_how_many_tries_are_left_and_keeps_what_was_typed(screen: SettingsScreen) -> None:
    fill(screen)
    press(screen, "Change the passphrase")
    screen.passphrase.refused(error("wrong_passphrase", left=8))
    assert "Tries left: 8" in screen.passphrase.banner.advice_label.text()
    assert screen.passphrase.fresh.value() == NEW
    assert screen.passphrase.button.isEnabled()
    assert screen.passphrase.present.line.selectedText()  # what is typed now takes its place, and no try is lost
