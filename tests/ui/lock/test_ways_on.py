"""What a person meets when a laptop does not simply open: a lease that has run out, a recovery, the sealed file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit

from sf_desktop.ui.firstrun.wizard import FirstRun
from sf_desktop.ui.kit.layout.surfaces import Page
from sf_desktop.ui.lock.handing_in import HandingIn
from sf_desktop.ui.lock.recovery import RecoveryScreen
from sf_desktop.ui.lock.screen import LockScreen
from sf_desktop.wording import error
from tests.fakes.door import CODE, PretendCouncil, Vault
from tests.ui.finding import answered, named, press, write

NEW = "pretend ladder autumn pebble"


@pytest.fixture
def shown(qtbot, theme):
    def show(widget):
        qtbot.addWidget(widget)
        widget.resize(900, 700)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


def a_lock_screen(shown, vault: Vault) -> LockScreen:
    return shown(LockScreen(vault, ways=frozenset({"recover", "hand_in", "other", "begin"})))


def words(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_tries_that_are_left_are_said_with_what_happens_and_what_survives(qtbot, shown) -> None:
    screen = a_lock_screen(shown, Vault(tries_left=4))
    answered(qtbot, screen)
    assert "Tries left: 4" in words(screen)
    assert "not yet sent survives" in words(screen)
    fresh = a_lock_screen(shown, Vault())
    answered(qtbot, fresh)
    assert "Tries left" not in words(fresh)


def test_what_the_banner_says_of_a_wrong_passphrase_is_not_said_twice(qtbot, shown) -> None:
    screen = a_lock_screen(shown, Vault(error("wrong_passphrase", left=4), tries_left=4))
    write(screen, "Passphrase", NEW)
    press(screen, "Unlock")
    answered(qtbot, screen)
    assert words(screen).count("Tries left: 4") == 1


def test_where_the_keys_are_gone_a_recovery_is_offered_once_and_first(qtbot, shown) -> None:
    screen = a_lock_screen(shown, Vault(error("locked_out")))
    write(screen, "Passphrase", NEW)
    press(screen, "Unlock")
    answered(qtbot, screen)
    said = [each.text() for each in screen.findChildren(QAbstractButton) if each.isVisibleTo(screen)]
    assert [each for each in said if "recovery" in each or "forgotten" in each] == ["Start a recovery"]
    assert screen.way_buttons[0].text() == "Start a recovery"


def test_a_lease_that_has_run_out_keeps_what_was_typed_and_says_what_to_do(qtbot, shown) -> None:
    screen = a_lock_screen(shown, Vault(error("lease_locked", days=9)))
    write(screen, "Passphrase", NEW)
    press(screen, "Unlock")
    answered(qtbot, screen)
    assert "has to speak to the council first" in words(screen)
    assert "9 days" in words(screen)
    assert "works without a signal" not in words(screen)
    assert screen.field.value() == NEW
    assert named(screen, "Unlock", QAbstractButton).isEnabled()


def test_the_council_s_password_is_asked_for_where_the_sign_in_ran_out(qtbot, shown) -> None:
    vault = Vault(error("lease_sign_in"))
    screen = a_lock_screen(shown, vault)
    write(screen, "Passphrase", NEW)
    press(screen, "Unlock")
    answered(qtbot, screen)
    write(screen, "Council password", "pretend-password")
    with qtbot.waitSignal(screen.unlocked):
        press(screen, "Unlock")
    assert vault.asked == [(NEW, ""), (NEW, "pretend-password")]
    assert screen.password.value() == ""


def test_tab_goes_down_the_card_through_the_council_s_password(qtbot, shown) -> None:
    screen = a_lock_screen(shown, Vault(error("lease_sign_in")))
    write(screen, "Passphrase", NEW)
    press(screen, "Unlock")
    answered(qtbot, screen)
    named(screen, "Passphrase", QLineEdit).setFocus()
    met = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        met.append(here.accessibleName())
    assert met == ["Show passphrase", "Council password", "Show council password", "Unlock"]


@pytest.mark.parametrize(
    ("code", "button", "way"),
    [
        ("device_revoked", "Hand in unsent work", "hand_in"),
        ("worker_disabled", "Hand in unsent work", "hand_in"),
        ("lease_ended", "Go on", "begin"),
        ("wiped", "Go on", "begin"),
    ],
)
def test_what_nothing_opens_has_a_way_on(qtbot, shown, code: str, button: str, way: str) -> None:
    screen = a_lock_screen(shown, Vault(error(code)))
    write(screen, "Passphrase", NEW)
    press(screen, "Unlock")
    answered(qtbot, screen)
    with qtbot.waitSignal(screen.way_wanted) as wanted:
        press(screen, button)
    assert wanted.args == [way]


def test_a_forgotten_passphrase_has_a_way_on(qtbot, shown) -> None:
    screen = a_lock_screen(shown, Vault())
    with qtbot.waitSignal(screen.way_wanted) as wanted:
        press(screen, "I have forgotten my passphrase")
    assert wanted.args == ["recover"]


def test_a_recovery_shows_its_code_and_takes_the_answer(qtbot, shown) -> None:
    vault = Vault()
    screen = shown(RecoveryScreen(vault))
    answered(qtbot, screen)
    assert named(screen, "Request code", QLabel).text() == f"1 {CODE}"
    assert "pretend-laptop" in words(screen)
    press(screen, "Copy the request code")
    assert QGuiApplication.clipboard().text().endswith(CODE)
    named(screen, "Answer code", QTextEdit).setPlainText("ABCDE")
    write(screen, "New passphrase", NEW)
    write(screen, "The same new passphrase again", NEW)
    with qtbot.waitSignal(screen.unlocked) as unlocked:
        press(screen, "Open this laptop")
    assert unlocked.args == ["opened"]
    assert vault.asked == [("ABCDE", NEW)]
    assert screen.passphrase.value() == ""


@pytest.mark.parametrize("code", ["code_misread", "code_short", "recovery_refused"])
def test_a_wrong_answer_is_said_beside_it_and_what_was_typed_stays(qtbot, shown, code: str) -> None:
    trouble = error(code, line=3) if code == "code_misread" else error(code)
    screen = shown(RecoveryScreen(Vault(trouble)))
    answered(qtbot, screen)
    screen.answer.set_value("ABCDE")
    write(screen, "New passphrase", NEW)
    write(screen, "The same new passphrase again", NEW)
    press(screen, "Open this laptop")
    answered(qtbot, screen)
    assert trouble.title in screen.answer.problem
    assert "Nothing was changed" in screen.answer.problem
    assert (screen.answer.value(), screen.passphrase.value()) == ("ABCDE", NEW)
    assert named(screen, "Open this laptop", QAbstractButton).isEnabled()


def test_nothing_is_asked_for_before_both_are_there(qtbot, shown) -> None:
    vault = Vault()
    screen = shown(RecoveryScreen(vault))
    press(screen, "Open this laptop")
    assert screen.answer.problem
    screen.answer.set_value("ABCDE")
    press(screen, "Open this laptop")
    assert screen.passphrase.first.problem
    assert vault.asked == []
    press(screen, "Make another request code")
    answered(qtbot, screen)
    assert named(screen, "Request code", QLabel).text() == f"2 {CODE}"
    with qtbot.waitSignal(screen.left):
        press(screen, "Back")


def test_the_folder_of_attachments_is_named_only_where_something_lies_in_it(shown, tmp_path: Path) -> None:
    def told() -> str:
        return words(shown(HandingIn("Cleared", "By order.", tmp_path, 3, (("close", "Close"),))))

    (tmp_path / "sealed.outbox").touch()
    assert "the folder “attachments”" not in told()
    (tmp_path / "attachments").mkdir()
    assert "the folder “attachments”" not in told()
    (tmp_path / "attachments" / "one").touch()
    assert "the file sealed.outbox and the folder “attachments”" in told()


@pytest.mark.parametrize("percent", [100, 200])
def test_what_stands_before_the_window_is_as_wide_on_each_page(shown, theme, tmp_path: Path, percent: int) -> None:
    theme.scale_text(percent)
    council = PretendCouncil()
    first = FirstRun(council)
    pages = (first.steps[0], RecoveryScreen(Vault()), HandingIn("Cleared", "", tmp_path, 3, (("close", "Close"),)))
    for each in (first, *pages[1:]):
        shown(each).resize(2600, 900)
    council.close()
    widths = {page.content.width() for each in pages for page in each.findChildren(Page)}
    assert len(widths) == 1
    line = named(pages[1], "Answer code", QTextEdit)
    assert 80 <= line.width() // line.fontMetrics().averageCharWidth() <= 114
    theme.scale_text(100)


def test_the_sealed_file_is_named_by_its_folder(qtbot, shown) -> None:
    folder = Path("/pretend/vaults/one")
    screen = shown(HandingIn("Cleared", "By order.", folder, 14, (("new", "Set up this laptop again"),)))
    assert named(screen, "Folder of the sealed file", QLabel).text() == str(folder)
    assert "14 sealed entries" in words(screen)
    press(screen, "Copy the folder’s name")
    assert QGuiApplication.clipboard().text() == str(folder)
    with qtbot.waitSignal(screen.chosen) as chosen:
        press(screen, "Set up this laptop again")
    assert chosen.args == ["new"]
    bare = shown(HandingIn("Cleared", "By order.", folder, 0, (("close", "Close"),)))
    assert "sealed.outbox" not in words(bare)
