"""Every building block on a screen in every theme and size; set SF_GALLERY to a folder to keep the pictures."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

import pytest
from PySide6.QtCore import QTimer

from sf_desktop.ops.office import Office
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice
from sf_desktop.ui.kit.window.stack import GoTo, ScreenPlan
from sf_desktop.ui.main_window import MainWindow, WindowWords
from tests.ui.kit.gallery import FOOT, FamilyLike, FormLike, StatesLike, TodayLike

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
OFFICE: Any = None  # no verb here asks for one


class AtOnce:
    """Runs a verb here and now."""

    def submit(self, verb: Callable[[Office, *Ts], T], /, *args: *Ts) -> Future[T]:
        future: Future[T] = Future()
        future.set_result(verb(OFFICE, *args))
        return future


PLANS = [
    ScreenPlan("today", "Today", "today", TodayLike, "top", "screen_1"),
    ScreenPlan("families", "Families", "families", FamilyLike, "top", "screen_2"),
    ScreenPlan("needs_you", "Needs you", "needs_you", StatesLike, "top", "screen_3"),
    ScreenPlan("visit", "Visit", "visit", FormLike, belongs_to="families"),
    ScreenPlan("laptop", "On this laptop", "laptop", StatesLike, "bottom", "screen_4"),
    ScreenPlan("settings", "Settings", "settings", StatesLike, "bottom", "screen_5"),
]


@pytest.fixture
def window(qtbot, theme: Theme) -> MainWindow:
    desk = Desk(AtOnce())
    made = MainWindow(desk, PLANS, WindowWords(council="Pretend council", is_pretend=True))
    desk.setParent(made)
    qtbot.addWidget(made)
    made.rail.set_badge("needs_you", 2)
    desk.status_changed.emit(FOOT)
    return made


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST])
@pytest.mark.parametrize("percent", [100, 200])
def test_every_block_is_drawn(qtbot, window: MainWindow, theme: Theme, choice: ThemeChoice, percent: int) -> None:
    theme.choose(choice)
    theme.scale_text(percent)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    for name in ("today", "families", "needs_you", "visit"):
        window.go(GoTo(name))
        screen = window.stack.bring(name)
        settle(qtbot)
        keep(window, f"{name}-{choice}-{percent}")
        if isinstance(screen, FormLike):
            screen.on_sign()
            settle(qtbot)
            keep(window, f"{name}-wrong-{choice}-{percent}")
    smallest, room = window.minimumSizeHint(), (683, 384) if percent == 100 else (1366, 768)
    assert (smallest.width() <= room[0], smallest.height() <= room[1]) == (True, True)


def keep(window: MainWindow, name: str) -> None:
    picture = window.grab()
    assert picture.size() == window.size()
    if folder := os.environ.get("SF_GALLERY"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        picture.save(str(Path(folder) / f"{name}.png"))


def settle(qtbot) -> None:
    """Let what has been posted happen: layouts, rows that were asked for, repaints."""
    for _round in range(4):
        timer = QTimer()
        with qtbot.waitSignal(timer.timeout):
            timer.start(0)
