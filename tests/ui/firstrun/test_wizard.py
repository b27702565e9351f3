"""The first run: each step by hand, what is refused, and what trouble on the way does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QProgressBar

from sf_desktop.ui.firstrun.address import EMPTY, TOO_MUCH, UNREADABLE, UNSAFE, read_address
from sf_desktop.ui.firstrun.wizard import FirstRun
from sf_desktop.wording import error
from tests.fakes.door import PretendCouncil
from tests.ui.finding import answered, named, press, write

GOOD = "four unrelated pretend words"


@pytest.fixture
def council():
    made = PretendCouncil()
    yield made
    made.close()


@pytest.fixture
def wizard(qtbot, theme, council: PretendCouncil) -> FirstRun:
    made = FirstRun(council)
    made.resize(1180, 740)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def step(qtbot, wizard: FirstRun, button: str) -> None:
    now = wizard.steps[wizard.stack.currentIndex()]
    press(wizard, button)
    answered(qtbot, now)


def come_to_passphrase(qtbot, wizard: FirstRun) -> None:
    write(wizard, "Council address", "localhost:8080")
    step(qtbot, wizard, "Find the council")
    write(wizard, "Sign-in name", "pretend.worker")
    write(wizard, "Password", "not a real one")
    write(wizard, "Laptop code", "ABCD-1234")
    step(qtbot, wizard, "Sign in")


def come_to_offer(qtbot, wizard: FirstRun) -> None:
    come_to_passphrase(qtbot, wizard)
    write(wizard, "Passphrase", GOOD)
    write(wizard, "The same passphrase again", GOOD)
    press(wizard, "Use this passphrase")


def test_from_an_empty_laptop_to_a_caseload(qtbot, wizard: FirstRun, council: PretendCouncil) -> None:
    come_to_offer(qtbot, wizard)
    said = named(wizard, "What will be on this laptop").accessibleDescription()
    assert "12 family files and registers" in said
    assert "6 December 2026" in said
    with qtbot.waitSignal(wizard.finished) as finished:
        press(wizard, "Fetch my families")
    assert finished.args == ["loaded"]
    assert council.heard == [
        ("greet", "http://localhost:8080"),
        ("sign_in", "pretend.worker", "not a real one", "ABCD-1234"),
        ("create", GOOD),
    ]


def test_nothing_typed_is_kept_afterwards(qtbot, wizard: FirstRun) -> None:
    come_to_offer(qtbot, wizard)
    with qtbot.waitSignal(wizard.finished):
        press(wizard, "Fetch my families")
    kept = [line.text() for line in wizard.findChildren(QLineEdit)]
    assert GOOD not in kept
    assert "not a real one" not in kept


@pytest.mark.parametrize(
    ("typed", "address", "problem"),
    [
        ("families.example.gov.uk", "https://families.example.gov.uk", ""),
        ("https://families.example.gov.uk/sf/", "https://families.example.gov.uk/sf", ""),
        (" 127.0.0.1:8080 ", "http://127.0.0.1:8080", ""),
        ("http://[::1]:8080", "http://[::1]:8080", ""),
        ("localhost", "http://localhost", ""),
        ("", "", EMPTY),
        ("http://families.example.gov.uk", "", UNSAFE),
        ("http://127.0.0.1.example.org", "", UNSAFE),
        ("https://name:word@families.example.gov.uk", "", TOO_MUCH),
        ("https://families.example.gov.uk?x=1", "", TOO_MUCH),
        ("ftp://families.example.gov.uk", "", UNREADABLE),
        ("families", "", UNREADABLE),
        ("https://families.example.gov.uk:port", "", UNREADABLE),
        ("<b>x</b>", "", UNREADABLE),
    ],
)
def test_addresses(typed: str, address: str, problem: str) -> None:
    assert read_address(typed) == (address, problem)


def test_a_wrong_address_is_said_beside_the_field(wizard: FirstRun, council: PretendCouncil) -> None:
    write(wizard, "Council address", "http://families.example.gov.uk")
    press(wizard, "Find the council")
    assert wizard.council.address.problem == UNSAFE
    assert council.heard == []


def test_no_signal_is_said_and_what_was_typed_stays(qtbot, wizard: FirstRun, council: PretendCouncil) -> None:
    council.fails["greet"] = error("offline")
    write(wizard, "Council address", "localhost")
    step(qtbot, wizard, "Find the council")
    assert wizard.council.banner.title_label.text() == "The council cannot be reached"
    assert "by itself" not in wizard.council.banner.accessibleDescription()
    assert wizard.council.address.value() == "localhost"
    step(qtbot, wizard, "Find the council")
    assert wizard.stack.currentIndex() == 1


def test_an_empty_sign_in_says_everything_that_is_missing(qtbot, wizard: FirstRun) -> None:
    write(wizard, "Council address", "localhost")
    step(qtbot, wizard, "Find the council")
    press(wizard, "Sign in")
    assert all(field.problem for field in wizard.sign_in.fields)


def test_a_weak_passphrase_and_two_different_ones_are_refused(qtbot, wizard: FirstRun) -> None:
    come_to_passphrase(qtbot, wizard)
    write(wizard, "Passphrase", "short")
    press(wizard, "Use this passphrase")
    assert "at least 12" in wizard.passphrase.first.problem
    write(wizard, "Passphrase", GOOD)
    write(wizard, "The same passphrase again", GOOD + "!")
    assert named(wizard, "Strength of the passphrase", QProgressBar).accessibleDescription() == "Strong"
    press(wizard, "Use this passphrase")
    assert wizard.passphrase.again.problem
    assert wizard.stack.currentIndex() == 2


def test_a_passphrase_can_be_shown_and_hidden(qtbot, wizard: FirstRun) -> None:
    come_to_passphrase(qtbot, wizard)
    line = named(wizard, "Passphrase", QLineEdit)
    press(wizard, "Show passphrase")
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    press(wizard, "Hide passphrase")
    assert line.echoMode() is QLineEdit.EchoMode.Password


def test_a_load_that_is_cut_goes_on_without_making_the_vault_again(
    qtbot, wizard: FirstRun, council: PretendCouncil
) -> None:
    council.fails["load"] = error("offline")
    come_to_offer(qtbot, wizard)
    press(wizard, "Fetch my families")
    answered(qtbot, wizard.load)
    assert wizard.load.banner.title_label.text() == "The council cannot be reached"
    assert wizard.load.banner.advice_label.text().startswith("What has come is kept.")
    assert "address" not in wizard.load.banner.advice_label.text()  # it was right
    with qtbot.waitSignal(wizard.finished):
        press(wizard, "Go on fetching")
    assert [each[0] for each in council.heard].count("create") == 1


def test_somebody_who_has_a_vault_here_can_go_back_to_it(qtbot, theme, council: PretendCouncil) -> None:
    wizard = FirstRun(council, may_leave=True)
    qtbot.addWidget(wizard)
    with qtbot.waitExposed(wizard):
        wizard.show()
    with qtbot.waitSignal(wizard.left):
        press(wizard.council, "Back")


def test_pretend_families_can_be_tried_without_a_council(qtbot, wizard: FirstRun) -> None:
    with qtbot.waitSignal(wizard.pretend_wanted):
        press(wizard, "Try with pretend families")


def test_pictures(qtbot, wizard: FirstRun, council: PretendCouncil) -> None:
    keep(wizard, "council")
    come_to_passphrase(qtbot, wizard)
    write(wizard, "Passphrase", "short")
    press(wizard, "Use this passphrase")
    keep(wizard, "passphrase")
    council.fails["load"] = error("offline")
    write(wizard, "Passphrase", GOOD)
    write(wizard, "The same passphrase again", GOOD)
    press(wizard, "Use this passphrase")
    keep(wizard, "offer")
    press(wizard, "Fetch my families")
    keep(wizard, "load")
    answered(qtbot, wizard.load)
    keep(wizard, "cut")


def keep(wizard: FirstRun, name: str) -> None:
    picture = wizard.grab()
    assert not picture.isNull()
    if folder := os.environ.get("SF_GALLERY"):
        picture.save(str(Path(folder) / f"firstrun-{name}.png"))
