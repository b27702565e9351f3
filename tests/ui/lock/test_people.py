"""Several people on one laptop: each chosen by name, and nothing else of anybody is shown or can be read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sf_desktop.ops.household.residents import Residents
from sf_desktop.store.folder.home import VaultHome
from sf_desktop.store.keys.derivation import FLOOR, Owner
from sf_desktop.store.lifecycle.creating import NewVault, create_vault
from sf_desktop.ui.lock.people import UNREADABLE, PeopleChoice
from tests.fakes.clock import FrozenClock
from tests.fakes.keyring import MemoryKeyring
from tests.ui.finding import answered, press

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


def a_vault(folder: Path, keyring: MemoryKeyring, name: str) -> VaultHome:
    new = NewVault("pretend kettle orbit lantern", Owner(uuid4(), uuid4()), name, None)
    home, keys = create_vault(folder, keyring.of, new, FrozenClock(NOW), FLOOR)
    keys.forget()
    return home


def test_who_is_here_is_a_choice_of_names(qtbot: QtBot, tmp_path: Path, keyring: MemoryKeyring) -> None:
    second, first = (a_vault(tmp_path, keyring, name) for name in ("robin", "alder"))
    residents = Residents(tmp_path, keyring.of)
    screen = PeopleChoice(residents)
    qtbot.addWidget(screen)
    screen.show()
    answered(qtbot, screen)
    assert [each.text() for each in screen.buttons] == ["alder", "robin"]
    assert screen.buttons[0].hasFocus() or not screen.isActiveWindow()
    chosen: list[str] = []
    screen.chosen.connect(chosen.append)
    for name in ("alder", "robin"):
        press(screen, name)
    assert chosen == [first.folder.name, second.folder.name]
    asked: list[int] = []
    screen.new_wanted.connect(lambda: asked.append(1))
    press(screen, "Add a person")
    assert asked == [1]
    said = " ".join(label.text() for label in screen.findChildren(QLabel))
    assert not any(character.isdigit() for character in said)  # no count of anything
    residents.close()


def test_without_the_keyring_nobody_is_named(qtbot: QtBot, tmp_path: Path, keyring: MemoryKeyring) -> None:
    home = a_vault(tmp_path, keyring, "alder")
    nobody = MemoryKeyring()
    residents = Residents(tmp_path, nobody.of)
    screen = PeopleChoice(residents)
    qtbot.addWidget(screen)
    screen.show()
    answered(qtbot, screen)
    assert [each.text() for each in screen.buttons] == [UNREADABLE]
    assert [each.objectName() for each in screen.buttons] == [home.folder.name]
    assert UUID(hex=home.folder.name).hex == home.folder.name
    assert not any(b"alder" in file.read_bytes() for file in home.folder.rglob("*") if file.is_file())
    residents.close()
