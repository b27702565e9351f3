"""The lock screen: unlocking, wrong passphrases with their pause, and every state that a passphrase cannot mend."""

from __future__ import annotations

import os
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from sf_desktop.ui.lock.ports import LockState
from sf_desktop.ui.lock.screen import LockScreen
from sf_desktop.ui.lock.window import EntryWindow
from sf_desktop.wording import error
from sf_record.errors import SfError
from tests.fakes.futures import ended
from tests.ui.finding import answered, named, press, write


class Vault:
    """Unlocks with one passphrase; says what it is told to say otherwise."""

    def __init__(
        self,
        refusal: SfError | None = None,
        wait_s: int = 0,
        look: SfError | None = None,
        *,
        needs_signal: bool = False,
        tries_left: int | None = None,
    ) -> None:
        self.tries_left = tries_left
        self.refusal, self.wait_s, self.look_error, self.needs_signal = refusal, wait_s, look, needs_signal
        self.looks = 0

    def look(self) -> Future[LockState]:
        self.looks += 1
        wait_s = self.wait_s if self.looks > 1 else 0
        state = LockState(
            "Pretend worker", "Pretend council", wait_s, needs_signal=self.needs_signal, tries_left=self.tries_left
        )
        return ended(state, self.look_error)

    def unlock(self, passphrase: str, password: str = "") -> Future[Any]:
        return ended("opened", None if passphrase == "four unrelated pretend words" else self.refusal)


@pytest.fixture
def show(qtbot, theme):
    kept = []

    def build(vault: Vault, ways: frozenset[str] = frozenset({"recover", "set_aside", "hand_in", "other"})):
        window = EntryWindow()
        screen = LockScreen(vault, ways=ways)
        window.hold(screen)
        kept.append(window)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        return screen

    return build


def try_passphrase(qtbot, screen: LockScreen, text: str) -> None:
    write(screen, "Passphrase", text)
    press(screen, "Unlock")
    answered(qtbot, screen)


def test_the_right_passphrase_unlocks_and_is_not_kept(qtbot, show) -> None:
    screen = show(Vault())
    write(screen, "Passphrase", "four unrelated pretend words")
    with qtbot.waitSignal(screen.unlocked) as unlocked:
        press(screen, "Unlock")
    assert unlocked.args == ["opened"]
    assert screen.field.value() == ""


def test_enter_unlocks(qtbot, show) -> None:
    screen = show(Vault())
    write(screen, "Passphrase", "four unrelated pretend words")
    with qtbot.waitSignal(screen.unlocked):
        named(screen, "Passphrase", QLineEdit).returnPressed.emit()


@pytest.mark.parametrize(
    ("needs_signal", "said"), [(False, "works without a signal"), (True, "where there is a signal")]
)
def test_whether_it_opens_without_a_signal_is_said_before_anybody_tries(qtbot, show, needs_signal, said) -> None:
    screen = show(Vault(needs_signal=needs_signal))
    qtbot.waitUntil(lambda: screen.has_looked)
    answered(qtbot, screen)
    assert [each.text() for each in screen.findChildren(QLabel) if "a signal" in each.text()] == [
        screen._offline.text()
    ]
    assert said in screen._offline.text()


def test_an_empty_passphrase_costs_no_try(show) -> None:
    screen = show(Vault(error("wrong_passphrase", left=9)))
    press(screen, "Unlock")
    assert "Write your passphrase" in screen.field.problem
    assert screen._banner is None


def test_a_wrong_passphrase_says_how_many_tries_are_left(qtbot, show) -> None:
    screen = show(Vault(error("wrong_passphrase", left=9)))
    try_passphrase(qtbot, screen, "not this")
    assert "Tries left: 9" in screen.banner.advice_label.text()
    assert screen.field.value() == "not this"
    assert named(screen, "Unlock", QAbstractButton).isEnabled()


@pytest.mark.parametrize(("left", "tone"), [(9, "warning"), (3, "danger"), (1, "danger")])
def test_few_tries_left_are_told_more_gravely_than_many(qtbot, show, left: int, tone: str) -> None:
    screen = show(Vault(error("wrong_passphrase", left=left), tries_left=left))
    try_passphrase(qtbot, screen, "not this")
    qtbot.waitUntil(lambda: screen.banner.property("tone") == tone)
    assert f"Tries left: {left}" in screen.banner.advice_label.text()


def test_the_pause_is_counted_down_and_then_over(qtbot, show) -> None:
    screen = show(Vault(error("wrong_passphrase", left=6), wait_s=2))
    screen._second.setInterval(100)
    try_passphrase(qtbot, screen, "not this")
    answered(qtbot, screen)
    assert "2 seconds" in screen._wait.text()
    assert not screen.button.isEnabled()
    with qtbot.waitSignals([screen._second.timeout, screen._second.timeout]):
        pass
    assert screen.button.isEnabled()
    assert not screen._wait.isVisible()


@pytest.mark.parametrize(
    ("code", "button"),
    [
        ("secret_missing", "Start a recovery"),
        ("locked_out", "Start a recovery"),
        ("slots_damaged", "Start a recovery"),
        ("vault_damaged", "Set it aside and download again"),
        ("vault_missing", "Set it aside and download again"),
        ("vault_too_new", "Close the program"),
    ],
)
def test_what_a_passphrase_cannot_mend_has_a_way_on(qtbot, show, code: str, button: str) -> None:
    trouble = error(code)
    screen = show(Vault(look=trouble))
    answered(qtbot, screen)
    assert screen.banner.title_label.text() == trouble.title
    assert screen.banner.advice_label.text() == trouble.advice
    assert not screen.field.isVisible()
    with qtbot.waitSignal(screen.way_wanted):
        press(screen, button)


def test_a_locked_keyring_can_be_tried_again(qtbot, show) -> None:
    screen = show(Vault(error("keyring_locked")))
    try_passphrase(qtbot, screen, "anything")
    assert screen.banner.title_label.text() == "The computer’s keyring is locked"
    assert screen.field.isVisible()


def test_who_is_shown_only_as_stored_outside_the_vault(qtbot, show) -> None:
    screen = show(Vault())
    answered(qtbot, screen)
    assert screen._who.text() == "Pretend worker · Pretend council"
    assert screen.window().windowTitle() == "Strengthening Families"


def test_pictures(qtbot, show) -> None:
    for name, vault in (("lock", Vault()), ("lock-damaged", Vault(look=error("vault_damaged")))):
        screen = show(vault)
        answered(qtbot, screen)
        picture = screen.window().grab()
        assert not picture.isNull()
        if folder := os.environ.get("SF_GALLERY"):
            picture.save(str(Path(folder) / f"{name}.png"))
