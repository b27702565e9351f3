"""People, family tree and ecomap in the window: found by name, moved about on with the keyboard, printed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QListWidget

from sf_desktop.ops.household import people
from sf_desktop.ops.writing import enter_in_error
from sf_desktop.ui.kit.layout.surfaces import Card, Page
from sf_desktop.ui.kit.style.theme import ThemeChoice
from sf_desktop.ui.maps.view import MapView
from tests.builders import difficult
from tests.builders.kinship import recorded
from tests.ui.screens.conftest import Seat, dress, spoken


def at_the_tree(seat: Seat, family_id: str) -> MapView:
    seat.go("family", family=family_id, tab="people")
    seat.find(QAbstractButton, "Show the family tree (genogram)").click()
    seat.settle()
    return seat.all(MapView)[0]


def test_from_people_to_the_family_tree_and_along_it_with_the_keyboard(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.do(recorded, family_id, difficult.cut_off())
    view = at_the_tree(seat, family_id)
    view.setFocus()
    seat.qtbot.keyClick(view, Qt.Key.Key_Home)
    told = [spoken(view)]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Home):
        seat.qtbot.keyClick(view, key)
        told.append(spoken(view))
    assert all(each.startswith("Family tree. ") for each in told)
    assert len(set(told)) >= 4  # to the right, down, the last one; up and down lead to and fro
    assert told[0] == told[-1]
    words = seat.find(QListWidget, "The same in words")
    assert words.currentItem().text() in told[-1]
    words.setCurrentRow(3)
    assert words.currentItem().text() in spoken(view)
    seat.qtbot.keyClick(view, Qt.Key.Key_Return)
    seat.settle()
    assert seat.screen().title() == "Person"


def test_zooming_and_the_whole_map(seat: Seat) -> None:
    view = at_the_tree(seat, seat.family_ids()[0])
    usual = view.scale
    seat.find(QAbstractButton, "Bring the map nearer").click()
    assert view.scale > usual
    seat.qtbot.keyClick(view, Qt.Key.Key_Minus)
    seat.qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.scale < usual
    seat.find(QAbstractButton, "Show the whole map").click()
    whole = view.canvas.size()
    assert whole.width() <= view.viewport().width() + 1
    assert whole.height() <= view.viewport().height() + 1


def test_with_large_text_either_the_drawing_or_its_words_are_shown_and_the_page_stays(
    seat: Seat, qapp: QApplication
) -> None:
    dress(qapp, ThemeChoice.LIGHT, 200)
    seat.window.resize(1366, 768)
    view = at_the_tree(seat, seat.family_ids()[0])
    page = seat.screen().findChild(Page)
    assert page is not None
    assert page.verticalScrollBar().maximum() == 0
    assert view.horizontalScrollBar().maximum() == 0
    assert not [each for each in seat.all(QListWidget) if spoken(each) == "The same in words"]
    seat.find(QAbstractButton, "In words").click()
    words = seat.find(QListWidget, "The same in words")
    assert words.hasFocus()
    assert not view.isVisible()
    seat.find(QAbstractButton, "The drawing").click()
    assert view.isVisible()
    assert not words.isVisible()


def test_restricted_people_are_left_out_where_asked(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    restricted = next(each for each in seat.do(people.people, family_id) if each.restriction)
    at_the_tree(seat, family_id)
    words = seat.find(QListWidget, "The same in words")
    said = [words.item(row).text() for row in range(words.count())]
    assert any(each.startswith(restricted.name) and "there is a rule about contact" in each for each in said)
    seat.find(QCheckBox, "Leave out those with a rule about contact").click()
    seat.settle()
    left = [words.item(row).text() for row in range(words.count())]
    assert not any(restricted.name in each for each in left)
    assert left[-1] == "Not everybody in the file is drawn."
    seat.find(QAbstractButton, "Print or save").click()
    seat.settle()
    assert seat.screen().title() == "Paper"
    assert restricted.name not in seat.screen().words.toPlainText()  # type: ignore[attr-defined]


def test_the_ecomap_and_a_new_connection(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    at_the_tree(seat, family_id)
    seat.find(QAbstractButton, "Ecomap").click()
    seat.settle()
    words = seat.find(QListWidget, "The same in words")
    assert words.item(0).text().startswith("The household: ")
    assert any(words.item(row).text().startswith("Pretend primary school") for row in range(words.count()))
    seat.find(QAbstractButton, "Add a connection").click()
    seat.settle()
    assert seat.screen().title() == "Connection"


def test_people_are_shown_by_where_they_live_with_why_contact_is_restricted(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    restricted = next(each for each in seat.do(people.people, family_id) if each.restriction)
    seat.go("family", family=family_id, tab="people")
    card = next(each for each in seat.all(Card) if each.accessibleName().startswith(restricted.name))
    texts = [each.text() for each in card.findChildren(type(card.heading)) if each.isVisible()]
    assert any(each == f"Contact: {restricted.restriction}" for each in texts)
    assert "Why this is so about contact is not recorded yet." in texts
    relation = seat.find(Card, "How they are related")
    assert any("mother of" in each.text() for each in relation.findChildren(type(card.heading)))


def test_of_harm_it_is_said_who_did_it_to_whom(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.do(recorded, family_id, difficult.half_siblings())
    seat.go("family", family=family_id, tab="people")
    card = seat.find(Card, "How they are related")
    told = [each.text() for each in card.findChildren(type(card.heading))]
    assert any("Physical abuse of Morag Pretend by Fergus Pretend" in each for each in told)


def test_a_family_without_people_says_what_to_do(seat: Seat) -> None:
    family_id = seat.family_ids()[1]
    for each in seat.do(people.people, family_id):
        seat.do(enter_in_error, each.id, "Another family")
    seat.go("map", family=family_id, map="genogram")
    assert seat.find(QAbstractButton, "Add a relationship").isEnabled()
    assert not seat.all(MapView)
