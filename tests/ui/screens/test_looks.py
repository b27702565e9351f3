"""What I have looked at: whose files, when and how, filtered by family, days and kind; Enter opens the file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from sf_desktop.ops.families.families import family_ids, family_rows
from sf_desktop.ops.visiting import visits
from sf_desktop.ops.worker.looked import LookedStanding
from sf_desktop.store.tables import audit
from sf_desktop.ui.kit.clipboard import ClipboardGuard
from sf_desktop.ui.looks.copies import CopyWatch
from sf_desktop.ui.looks.screen import LooksScreen
from sf_desktop.ui.looks.view import standing_words
from sf_record.dates import moment_text
from sf_record.wire.audit import Head, Look, Looked
from sf_record.wire.orders import Signed
from tests.builders.offices import OpenWork
from tests.ui.screens.conftest import Seat, begin_note

COUNCIL_ID = "01935808-ec00-7e9c-b9e5-2f453d85e51e"


@pytest.fixture
def families(seat: Seat) -> tuple[str, ...]:
    """Three family files, looked at in several ways on several days."""
    ids = seat.family_ids()
    now = seat.office.clock.now()
    record = seat.office.connection.execute(
        "SELECT id FROM record WHERE kind = 'visit' AND family_id = ?", (ids[0],)
    ).fetchone()
    assert record is not None
    rows = [
        Looked(moment_text(now - timedelta(days=40)), Look.FAMILY_OPENED, ids[2], ids[2]),
        Looked(moment_text(now - timedelta(days=2)), Look.FAMILY_OPENED, ids[1]),
        Looked(moment_text(now - timedelta(minutes=3)), Look.SEARCHED, code="2", ids=(ids[0], ids[1])),
        Looked(moment_text(now - timedelta(minutes=2)), Look.FAMILY_OPENED, ids[0]),
        Looked(moment_text(now - timedelta(minutes=1)), Look.RECORD_OPENED, ids[0], str(record[0])),
        Looked(moment_text(now), Look.PRINTED, "01935808-ec00-7e9c-b9e5-2f453d85e51e"),
    ]
    seat.do(lambda office: audit.append(office.connection, rows))
    return ids


def lines(seat: Seat, screen: LooksScreen) -> list[list[str]]:
    model = screen.model
    for line in range(model.rowCount()):
        model.data(model.index(line, 0))
    seat.settle()
    return [
        [str(model.data(model.index(line, at))) for at in range(model.columnCount())]
        for line in range(model.rowCount())
    ]


def name_of(seat: Seat, family_id: str) -> str:
    found = seat.office.connection.execute("SELECT title FROM record WHERE id = ?", (family_id,)).fetchone()
    assert found is not None
    return str(found[0])


def test_the_list_says_whose_file_when_and_how(seat: Seat, families: tuple[str, ...]) -> None:
    screen = seat.go("looks")
    found = lines(seat, screen)
    assert [each[1] for each in found] == [
        "Printed",
        "Opened a record (visit)",
        "Opened the family file",
        "Searched: two families were shown",
        "Opened the family file",
        "Opened the family file",
    ]
    assert found[0][2] == "A family file that has left this laptop"
    assert found[2][2] == name_of(seat, families[0])
    assert found[3][2] == f"{name_of(seat, families[0])}, {name_of(seat, families[1])}"


def test_it_is_filtered_by_family_days_and_kind(seat: Seat, families: tuple[str, ...]) -> None:
    screen = seat.go("looks")
    days, kind = seat.find(QComboBox, "Which days"), seat.find(QComboBox, "What was done")
    days.setCurrentText("Today")
    seat.settle()
    assert len(lines(seat, screen)) == 4
    days.setCurrentText("The last 7 days")
    kind.setCurrentText("Opened the family file")
    seat.settle()
    assert len(lines(seat, screen)) == 2
    seat.find(QLineEdit, "Filter by the family’s name").setText(name_of(seat, families[1]))
    seat.qtbot.waitUntil(lambda: screen.model.rowCount() == 1, timeout=5_000)
    kind.setCurrentText("Everything that was done")
    seat.settle()
    assert next(each[1] for each in lines(seat, screen)).startswith("Searched")
    kind.setCurrentText("Exported")
    seat.settle()
    seat.qtbot.mouseClick(seat.find(QPushButton, "Show everything"), Qt.MouseButton.LeftButton)
    seat.settle()
    assert len(lines(seat, screen)) == 6


def test_enter_opens_the_family_file_and_the_place_is_kept(seat: Seat, families: tuple[str, ...]) -> None:
    screen = seat.go("looks")
    lines(seat, screen)
    screen.table.setFocus()
    screen.table.selectRow(2)
    place = seat.window.place()["place"]
    seat.qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    seat.settle()
    assert seat.window.place()["screen"] == "family"
    assert seat.screen().family_id() == families[0]
    screen.restore(place)
    seat.settle()
    assert screen.table.current_id() == place["line"]


def test_a_key_leads_there(seat: Seat, families: tuple[str, ...]) -> None:
    seat.go("today")
    seat.qtbot.keyClick(seat.window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    seat.settle()
    assert seat.screen().title() == "What I have looked at"


def test_a_copy_is_noted_with_its_family_file_and_without_what_was_copied(seat: Seat) -> None:
    family = seat.family_ids()[0]
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    watch = CopyWatch(seat.desk, lambda: (family, ""), seat.window, lambda: True)
    guard = ClipboardGuard(clipboard, seat.window, owns=lambda: True)  # changes the clipboard once more
    clipboard.setText("Words of a pretend visit")
    work = seat.office.tx
    assert isinstance(work, OpenWork)
    seat.qtbot.waitUntil(lambda: bool(work.looks), timeout=5_000)
    clipboard.clear()
    seat.settle()
    guard.deleteLater()
    watch.deleteLater()
    assert [(each.what, each.family_id, each.code) for each in work.looks] == [(Look.COPIED, family, "")]


@pytest.mark.parametrize("screen", ["families", "search", "looks"])
def test_a_copy_out_of_a_list_is_noted_with_the_family_file_of_its_row(
    seat: Seat, families: tuple[str, ...], screen: str
) -> None:
    """Ctrl+C in a list takes a name with it, and on these screens no family file is open."""
    shown = seat.go(screen, text=name_of(seat, families[1]))
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    if screen == "search":
        seat.qtbot.waitUntil(lambda: bool(shown.model.lines), timeout=5_000)
        table, ids = shown.list, [each.family_id for each in shown.model.lines]
    elif screen == "families":
        table, ids = shown.table, list(shown.model.ids)
    else:
        lines(seat, shown)
        table = shown.table
        ids = [shown.model.row_at(shown.model.index(at, 0)).family_id for at in range(shown.model.rowCount())]
    table.setCurrentIndex(table.model().index(ids.index(families[1]), 0))
    seat.settle()
    watch = CopyWatch(seat.desk, seat.window.in_hand, seat.window, lambda: True)
    work = seat.office.tx
    assert isinstance(work, OpenWork)
    work.looks.clear()
    seat.qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    seat.qtbot.waitUntil(lambda: bool(work.looks), timeout=5_000)
    assert clipboard.text()
    clipboard.clear()
    seat.settle()
    watch.deleteLater()
    assert {(each.what, each.family_id) for each in work.looks} == {(Look.COPIED, families[1])}


def test_a_form_that_was_begun_without_opening_the_family_file_is_a_look_at_it(seat: Seat) -> None:
    """It shows who lives there, who may have contact, and what was agreed last time."""
    family = seat.family_ids()[0]
    draft = seat.do(visits.start_visit, family)
    work = seat.office.tx
    assert isinstance(work, OpenWork)
    work.looks.clear()
    seat.go("visit", draft=draft.id)
    assert [(each.what, each.family_id) for each in work.looks] == [(Look.FAMILY_OPENED, family)]


def test_a_list_of_families_that_is_filtered_is_a_search(seat: Seat) -> None:
    """Somebody is found by a name, an address or a postcode there as under Search; what was typed is kept nowhere."""
    screen = seat.go("families")
    work = seat.office.tx
    assert isinstance(work, OpenWork)
    work.looks.clear()
    address = next(each for each in seat.do(family_rows, seat.family_ids()) if each.address).address
    found = seat.do(family_ids, address)
    assert 0 < len(found) < 3
    line = seat.find(QLineEdit, "Filter families")
    line.setText(address)
    seat.qtbot.waitUntil(lambda: screen.model.ids == found, timeout=5_000)
    searched = [(Look.SEARCHED, str(len(found)), found)]
    assert [(each.what, each.code, each.ids) for each in work.looks] == searched
    begin_note(seat)
    screen.show_subject({})  # shown again, as after a change
    seat.settle()
    assert [(each.what, each.code, each.ids) for each in work.looks if each.what is Look.SEARCHED] == searched
    line.clear()
    seat.qtbot.waitUntil(lambda: len(screen.model.ids) == 3, timeout=5_000)
    assert len([each for each in work.looks if each.what is Look.SEARCHED]) == 1, "all of them is no search"
    line.setText(address)
    seat.qtbot.waitUntil(lambda: screen.model.ids == found, timeout=5_000)
    assert [each.ids for each in work.looks if each.what is Look.SEARCHED] == [found, found]


def test_it_says_how_far_the_lines_are(seat: Seat, families: tuple[str, ...]) -> None:
    screen = seat.go("looks")
    assert screen._standing.text() == "Six lines wait to be sent."
    seat.do(lambda office: audit.sent_to(office.connection, 6))
    signed = Signed(text=f"{COUNCIL_ID} 12 {'c' * 64} 2026-11-23T09:00:00.000000Z", signature="signed")
    seat.do(lambda office: audit.keep_council_head(office.connection, Head(number=12, chain="c" * 64), signed))
    seat.go("looks")
    assert screen._standing.text().startswith("Every line is with the council.")


def test_the_councils_own_head_is_there_to_be_compared() -> None:
    words = standing_words(LookedStanding(1, 345, "a1b2"))
    assert words == "One line waits to be sent. The council’s own record stood at line 345: a1b2"
