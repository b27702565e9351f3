"""A laptop that has joined, and the program before its person: the whole of it, with the real keyring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sf_council.cli import main
from sf_desktop.desktop import Desktop
from sf_desktop.doorway import LOOK_AFTER_MS
from sf_desktop.ops.firstrun.joining import Joining, Place
from sf_desktop.paths import Paths, make_private
from sf_desktop.store.keys.derivation import FLOOR
from sf_desktop.store.keys.keyrings import system_secrets
from sf_desktop.store.tables.tokens import Identity
from sf_desktop.ui.kit.style.theme import Theme
from sf_desktop.ui.lock.screen import LockScreen
from tests.builders.laptops import QUICK
from tests.builders.towns import Town
from tests.builders.vaults import PASSPHRASE
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD
from tests.ui.finding import answered, press, write
from tests.ui.window.seats import Seat, Sit, ended, needs_keyring, sitting

PATIENCE_MS = 60_000


@dataclass
class Table:
    """A laptop that has joined, and the program before its person, started as often as they like."""

    qtbot: QtBot
    qapp: QApplication
    town: Town
    where: Paths
    identity: Identity
    desktops: list[Desktop]

    def start(self, look_after_ms: int = LOOK_AFTER_MS) -> Desktop:
        made = Desktop(self.qapp, self.where, self.town.clock, look_after_ms=look_after_ms)
        self.desktops.append(made)
        made.begin()
        return made

    def shows(self, desktop: Desktop, kind: type[QWidget]) -> QWidget:
        self.qtbot.waitUntil(lambda: isinstance(desktop.entry.centralWidget(), kind), timeout=PATIENCE_MS)
        shown = desktop.entry.centralWidget()
        assert shown is not None
        return shown

    def unlock(self, desktop: Desktop, passphrase: str = PASSPHRASE) -> LockScreen:
        screen = self.shows(desktop, LockScreen)
        assert isinstance(screen, LockScreen)
        answered(self.qtbot, screen)
        write(screen, "Passphrase", passphrase)
        press(screen, "Unlock")
        return screen

    def command(self, *words: str) -> None:
        settings = self.town.council.settings
        assert main([*words, "--database", settings.database, "--data", str(settings.data)]) == 0


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication, theme: Theme, tmp_path: Path) -> Iterator[Table]:
    needs_keyring()
    where = Paths(tmp_path / "laptop")
    make_private(where.data)
    desktops: list[Desktop] = []
    with ExitStack() as stack:
        town = Town(tmp_path, FrozenClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)), stack)
        town.council.seed(1, records_per_family=6)
        joining = Joining(Place(where.vaults, system_secrets, FLOOR), town.clock, patience=QUICK)
        joining.greet(town.network.address).result()
        joining.sign_in("practitioner", PASSWORD, town.council.code("practitioner")).result()
        joining.create(PASSPHRASE).result()
        joined = joining.load(lambda _: None).result()
        joining.close()
        joined.vault.close()
        yield Table(qtbot, qapp, town, where, joined.identity, desktops)
        ended(desktops)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A town with two families."""
    with ExitStack() as stack:
        made = Town(tmp_path, FrozenClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)), stack)
        made.council.seed(2, records_per_family=12)
        yield made


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication, theme: Theme) -> Iterator[Sit]:
    """Sit somebody down before a window on their laptop."""
    with sitting(qtbot, qapp, Seat) as down:
        yield down
