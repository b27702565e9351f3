"""The chronology is filled from records and by hand, filtered, opened and printed, without leaving the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from sf_desktop.ops import writing
from sf_desktop.ops.household.people import children_of
from sf_desktop.ops.reading.chronology import KIND, chronology
from sf_desktop.store.tables import records
from sf_desktop.ui.chronology.tab import ChronologyTab
from sf_desktop.ui.family.screen import FamilyScreen
from sf_desktop.ui.kit.lists.timeline import TimelineView
from sf_desktop.ui.paper.screen import PaperScreen
from sf_desktop.ui.person.screen import PersonScreen
from tests.ui.finding import answered
from tests.ui.screens.conftest import Seat


def without(seat: Seat) -> str:
    """A family file that has no chronology yet."""
    return next(each for each in seat.family_ids() if not seat.do(chronology, each).lines)


def put(seat: Seat, family_id: str, what: str, **more: object) -> None:
    body = {"what": what, "happened_on": "2019", "sort": "fact", "source": "Pretend letter", **more}
    seat.do(writing.create, KIND, family_id, body)


def tab_of(seat: Seat, family_id: str) -> ChronologyTab:
    seat.go("family", family=family_id, tab="chronology")
    found = seat.all(ChronologyTab)[0]
    seat.settle()
    return found


def lines(seat: Seat) -> list[str]:
    view = seat.find(TimelineView, "Chronology")
    model = view.model()
    return [str(model.data(model.index(at, 0))) for at in range(model.rowCount())]


def test_it_says_how_to_begin(seat: Seat) -> None:
    tab = tab_of(seat, without(seat))
    assert tab.empty.title_label.text() == "Nothing is in the chronology yet"
    assert not tab.print_button.isVisible()


def test_an_event_from_before_us_is_added(seat: Seat) -> None:
    family_id = without(seat)
    tab_of(seat, family_id)
    seat.find(QAbstractButton, "Add an event").click()
    seat.settle()
    screen = seat.screen()
    assert isinstance(screen, PersonScreen)
    assert screen.form is not None
    assert "Taken from" not in {field.title for section in screen.form.sections.values() for field in section.fields()}
    body = {"what": "Moved house", "happened_on": "2019", "sort": "fact", "source": "Mother"}
    screen.form.put(body)
    screen.on_finish()
    seat.settle()
    assert len(lines(seat)) == 1
    assert lines(seat)[0].startswith("2019. Moved house. Waiting to be sent. No impact on the child is written down.")


def test_a_record_is_put_in_once_and_found_there(seat: Seat) -> None:
    visit = records.latest_of(seat.office.connection, without(seat), "visit", 1)[0]
    seat.go("family", family=visit.family_id, record=visit.id)
    seat.find(QAbstractButton, "Put into the chronology").click()
    seat.settle()
    screen = seat.screen()
    assert isinstance(screen, PersonScreen)
    assert screen.form is not None
    assert "sort" not in screen.form.body()
    screen.form.put({**screen.form.body(), "sort": "fact"})
    screen.on_finish()
    seat.settle()
    seat.go("family", family=visit.family_id, record=visit.id)
    seat.find(QAbstractButton, "Show in the chronology").click()
    seat.settle()
    assert lines(seat)[0].startswith(visit.body["started_at"][8:10].lstrip("0"))


def test_lines_are_filtered_and_opened(seat: Seat) -> None:
    family_id = without(seat)
    child = seat.do(children_of, family_id)[0]
    put(seat, family_id, "Moved house", about=[child.id], impact="Lost her friends")
    put(seat, family_id, "Father left", sort="opinion")
    tab = tab_of(seat, family_id)
    assert len(lines(seat)) == 2
    seat.find(QComboBox, "Show events about whom").setCurrentText(f"About {child.name}")
    assert [each.split(". ")[1] for each in lines(seat)] == ["Moved house"]
    assert tab.count.text() == "1 of 2 events"
    seat.find(QComboBox, "Show facts or opinions").setCurrentText("Professional opinion")
    assert tab.empty.title_label.text() == "Nothing here fits these filters"
    seat.find(QAbstractButton, "Show everything").click()
    seat.find(QLineEdit, "Filter the chronology by words").setText("friends lost")
    assert len(lines(seat)) == 1
    view = seat.find(TimelineView, "Chronology")
    view.setCurrentIndex(view.model().index(0, 0))
    seat.qtbot.keyClick(view, Qt.Key.Key_Return)
    seat.settle()
    family = seat.screen()
    assert isinstance(family, FamilyScreen)
    assert "Moved house" in family.story.panel.accessibleName()
    assert seat.find(QAbstractButton, "Mark as entered in error").isVisible()


def test_it_is_printed_for_the_person_who_is_chosen(seat: Seat) -> None:
    family_id = without(seat)
    child = seat.do(children_of, family_id)[0]
    put(seat, family_id, "Moved house", about=[child.id])
    put(seat, family_id, "Father left")
    tab_of(seat, family_id)
    seat.find(QComboBox, "Show events about whom").setCurrentText(f"About {child.name}")
    seat.find(QAbstractButton, "Print the chronology, or save it as a PDF").click()
    seat.settle()
    paper = seat.screen()
    assert isinstance(paper, PaperScreen)
    answered(seat.qtbot, paper)
    assert "Moved house" in paper.words.toPlainText()
    assert "Father left" not in paper.words.toPlainText()
