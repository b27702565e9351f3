"""Every control of every screen has a name, is large enough, and every screen fits small windows and large text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from sf_desktop.ops import early_help, notes, people, visits
from sf_desktop.store import records
from sf_desktop.ui.kit.theme import ThemeChoice
from sf_desktop.ui.maps.view import MapView
from tests.builders import quarrels
from tests.builders.early_help import agree
from tests.ui.screens.conftest import Seat, dress, spoken

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QTextEdit, QAbstractItemView, QTabBar, QAbstractSpinBox)
SHOTS = os.environ.get("SF_SCREENSHOTS", "")


def every_screen(seat: Seat) -> Iterator[str]:
    """Go to each screen in turn, and say which it is."""
    family_id = seat.family_ids()[0]
    visit = seat.do(visits.start_visit, family_id)
    note = seat.do(notes.start_note, family_id)
    child = seat.do(people.people, family_id)[0]
    person = seat.do(people.edit_person, child.id)
    twice = next(each for each in records.of_kind(seat.office.connection, "person") if each.body.get("given_name"))
    seat.do(quarrels.both_change, twice.id, {"needs": "Calm with the dog." * 9}, {"needs": "Calm with the cat." * 9})
    seat.do(agree, family_id)
    assessment = seat.do(early_help.start_assessment, family_id)
    subjects = {
        "today": {}, "families": {}, "family": {"family": family_id}, "visit": {"draft": visit.id},
        "note": {"draft": note.id}, "person": {"draft": person.id}, "plan": {"family": family_id},
        "search": {"text": "the"}, "ledger": {}, "needs": {}, "register": {},
        "laptop": {}, "ready": {},
        "pack": {"family": family_id},
        "paper": {"paper": "record", "family": twice.family_id, "about": twice.id},
        "history": {"family": twice.family_id, "record": twice.id},
        "map": {"family": family_id, "map": "genogram"},
        "record": {"draft": assessment.id}, "notice": {"family": family_id},
    }  # fmt: skip
    for name, subject in subjects.items():
        screen = seat.go(name, **subject)
        yield name
        tabs = screen.tabs if name == "family" else QTabBar()
        for index in range(tabs.count()):
            tabs.setCurrentIndex(index)
            seat.settle()
            yield f"{name}, {tabs.tabText(index)}"


def controls(seat: Seat) -> list[QWidget]:
    found: list[QWidget] = []
    for kind in CONTROLS:
        found += seat.all(kind, seat.screen())
    return [
        each
        for each in found
        if not each.objectName().startswith("qt_") and each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def test_every_control_has_a_name_and_is_large_enough(seat: Seat) -> None:
    for name in every_screen(seat):
        for control in controls(seat):
            inner = isinstance(control, QLineEdit) and isinstance(control.parent(), QComboBox)
            assert spoken(control), f"{name}: a {type(control).__name__} without a name"
            assert inner or control.height() >= 24, f"{name}: {spoken(control)} is {control.height()} px high"
            assert inner or control.width() >= 24, f"{name}: {spoken(control)} is {control.width()} px wide"


def test_every_text_is_plain(seat: Seat) -> None:
    for name in every_screen(seat):
        for label in seat.all(QLabel, seat.screen()):
            assert label.textFormat() is Qt.TextFormat.PlainText, f"{name}: {label.text()!r}"


@pytest.mark.parametrize(
    ("choice", "percent", "size"),
    [
        (ThemeChoice.DARK, 100, (1366, 768)),
        (ThemeChoice.LIGHT, 200, (1366, 768)),
        (ThemeChoice.HIGH_CONTRAST, 100, (683, 384)),  # what 1366x768 has left at a scale of 2
    ],
)
def test_nothing_is_wider_than_the_window(
    seat: Seat, qapp: QApplication, choice: ThemeChoice, percent: int, size: tuple[int, int]
) -> None:
    dress(qapp, choice, percent)
    seat.window.resize(*size)
    for name in every_screen(seat):
        seat.settle()
        if SHOTS:
            seat.window.grab().save(str(Path(SHOTS) / f"{name}-{choice.value}-{percent}-{size[0]}.png"))
        assert seat.window.width() <= size[0], f"{name} makes the window {seat.window.width()} px wide"
        # A drawn map scrolls both ways, as maps may (WCAG 1.4.10); what stands around it does not.
        for area in (each for each in seat.all(QScrollArea, seat.screen()) if not isinstance(each, MapView)):
            assert area.horizontalScrollBar().maximum() == 0, (
                f"{name}: {area.horizontalScrollBar().maximum()} px too wide"
            )
