"""The family file, Today, the list, the search, people, plans and sending, each used by its spoken names."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QListView, QPushButton, QTableView, QTextEdit

from sf_desktop.ops.families.family import open_family
from sf_desktop.ops.household import people
from sf_desktop.ops.sending.ledger import ledger_numbers, ledger_rows
from sf_desktop.ops.visiting import plans
from sf_desktop.store.tables import records
from sf_desktop.ui.family.overview import OverviewTab
from sf_desktop.ui.family.verbs import family_sheet
from sf_desktop.ui.family.words import short_people
from sf_desktop.ui.form.sheet import who
from sf_desktop.ui.kit.style.theme import ThemeChoice
from sf_desktop.ui.kit.text.tags import Tag
from sf_desktop.ui.ledger.view import ledger_columns
from sf_desktop.ui.people.words import groups
from sf_record.dates import moment_text
from tests.builders.offices import NOW
from tests.builders.written import write_note
from tests.ui.screens.conftest import Seat, dress, said, spoken


def record_of(seat: Seat, kind: str, family_id: str) -> str:
    found = seat.do(lambda office: records.of_family(office.connection, family_id, (kind,)))
    return str(found[-1].id)


def test_today_without_a_plan_says_what_to_do(seat: Seat) -> None:
    seat.go("today")
    mine = [each for each in seat.all(QPushButton) if spoken(each).startswith("Start visit")]
    if not mine:
        assert any(each.text() == "Plan a visit" for each in seat.all(QPushButton, seat.screen()))


def test_a_planned_visit_is_started_from_today_and_gone_on_with(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.do(plans.plan_visit, family_id, moment_text(NOW.replace(hour=16)), "See both", "")
    screen = seat.go("today")
    before = {card.planned.id: card for card in screen.page.content.findChildren(_card())}
    planned = next(
        card for card in before.values() if card.planned.time == "16:00" and card.planned.family_id == family_id
    )
    planned.main_button.click()
    seat.settle()
    assert seat.screen().name == "visit"
    screen = seat.go("today")
    again = next(c for c in screen.page.content.findChildren(_card()) if c.planned.id == planned.planned.id)
    assert again.planned.main == "Continue"


def test_visits_planned_are_laid_out_only_for_whoever_goes_there(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.do(plans.plan_visit, family_id, moment_text(NOW.replace(hour=16)), "See both", "")
    screen = seat.go("family", family=family_id, tab="timeline")

    def starts() -> list[str]:
        spoken_of = [spoken(each) for each in screen.findChildren(QPushButton)]
        return [each for each in spoken_of if each.startswith("Start visit: ")]

    assert not starts(), "a file that is opened and left again would keep them"
    seat.go("family", family=family_id, tab="planned")
    assert any("16:00" in each for each in starts())


def _card() -> type:
    from sf_desktop.ui.today.cards import PlannedCard

    return PlannedCard


def test_what_is_due_stands_in_order_of_its_day_whatever_it_is(seat: Seat) -> None:
    both = 0
    for family_id in seat.family_ids():
        screen = seat.go("family", family=family_id, tab="overview")
        sheet = seat.do(family_sheet, family_id)
        days = [(each.on, each.what) for each in (*sheet.view.reminders, *sheet.owed)]
        both += bool(sheet.view.reminders and sheet.owed)
        told = said(seat, screen.findChild(OverviewTab).due)
        places = [told.index(what) for _on, what in sorted(days, key=lambda dated: dated[0])]
        assert places == sorted(places)
    assert both, "no family has both sorts of what is due"


def test_families_are_filtered_as_one_types_and_opened_with_enter(seat: Seat) -> None:
    screen = seat.go("families")
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table = seat.find(QTableView, "Families")
    name = screen.model.index(1, 0)
    seat.qtbot.waitUntil(lambda: bool(name.data()))
    wanted, family_id = str(screen.model.index(1, 0).data()).split(" (")[0], screen.model.ids[1]
    line = seat.find(QLineEdit, "Filter families")
    seat.qtbot.keyClicks(line, wanted)
    seat.qtbot.waitUntil(lambda: family_id in screen.model.ids and len(screen.model.ids) < 3, timeout=2_000)
    seat.qtbot.keyClick(line, Qt.Key.Key_Down)
    table.selectRow(screen.model.place_of(family_id))
    seat.qtbot.keyClick(table, Qt.Key.Key_Return)
    seat.settle()
    assert seat.screen().name == "family"
    assert seat.window.place()["subject"] == {"family": family_id}


def test_a_name_typed_in_a_hurry_opens_that_family_also_from_the_list_of_another(seat: Seat) -> None:
    screen = seat.go("families")
    table, line = seat.find(QTableView, "Families"), seat.find(QLineEdit, "Filter families")
    seat.qtbot.keyClick(line, Qt.Key.Key_Return)
    seat.settle()
    assert len(table.selectionModel().selectedRows()) == 1  # one sees which Enter would open
    name = screen.model.index(2, 0)
    seat.qtbot.waitUntil(lambda: bool(name.data()))
    wanted, family_id = str(name.data()).split(" (")[0], screen.model.ids[2]
    assert table.hasFocus()
    for letter in wanted:  # wherever the keyboard is by then
        seat.qtbot.keyClick(QApplication.focusWidget(), letter)
    seat.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    seat.settle()
    seat.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    seat.settle()
    assert seat.window.place()["subject"] == {"family": family_id}


def test_a_filter_that_nothing_fits_says_so(seat: Seat) -> None:
    screen = seat.go("families")
    screen.filter.setText("zzzz")
    seat.qtbot.waitUntil(lambda: not screen.model.ids, timeout=2_000)
    seat.settle()
    seat.find(QPushButton, "Show all").click()
    seat.qtbot.waitUntil(lambda: len(screen.model.ids) == 3, timeout=2_000)


def test_a_search_finds_the_note_and_enter_opens_it(seat: Seat) -> None:
    family_id = seat.family_ids()[1]
    done = seat.do(
        write_note,
        family_id,
        {"type": "note", "happened_at": moment_text(NOW), "text": "A quokka <b>visited</b>"},
    )
    screen = seat.go("search", text="quokk")
    seat.qtbot.waitUntil(lambda: bool(screen.model.lines), timeout=2_000)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    found = screen.model.lines[screen.model.first_choice()]
    assert ("quokka", True) in found.pieces
    assert "<b>" in "".join(text for text, _ in found.pieces)
    listed = seat.find(QListView, "What was found")
    screen.take_focus()
    seat.qtbot.keyClick(listed, Qt.Key.Key_Return)
    seat.settle()
    assert seat.window.place()["subject"] == {"family": family_id, "record": done.record_id}
    assert seat.screen().story.panel.record_id == done.record_id  # type: ignore[attr-defined]


def test_the_timeline_is_filtered_and_a_record_is_read(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    screen = seat.go("family", family=family_id)
    everything = len(screen.story.timeline.model.ids)
    kinds = seat.find(QComboBox, "Show which records")
    kinds.setCurrentIndex(kinds.findData("visit"))
    seat.settle()
    shown = screen.story.timeline.model.ids
    assert 0 < len(shown) < everything
    screen.story.timeline.list.opened.emit(shown[0])
    seat.settle()
    assert seat.find(QPushButton, "Close this record").isVisible()
    assert screen.story.panel.record_id == shown[0]


def test_a_record_that_one_comes_for_stands_whole_in_the_timeline(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    seat.window.resize(1280, 768)
    timeline = seat.go("family", family=family_id, tab="timeline").story.timeline
    ids = timeline.model.ids
    for place in (5, 7, 9):
        seat.go("today")
        seat.go("family", family=family_id, record=ids[place])
        shown = timeline.list
        for _ in range(4):
            QApplication.processEvents()  # until all is laid out
        assert shown.currentIndex().row() == place
        assert shown.viewport().rect().contains(shown.visualRect(shown.currentIndex())), place


def test_a_signed_record_is_added_to_and_keeps_what_was_signed(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "As signed"}
    done = seat.do(write_note, family_id, body)
    seat.go("family", family=family_id, record=done.record_id)
    seat.find(QPushButton, "Add an amendment").click()
    seat.find(QTextEdit, "What you want to add").insertPlainText("And this afterwards")
    seat.find(QPushButton, "Sign the amendment").click()
    seat.settle()
    record = seat.do(lambda office: records.get(office.connection, done.record_id))
    assert [each.text for each in record.amendments] == ["And this afterwards"]
    assert record.body["text"] == "As signed"


def test_an_empty_amendment_is_refused_in_words(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    body = {"type": "note", "happened_at": moment_text(NOW), "text": "As signed"}
    done = seat.do(write_note, family_id, body)
    screen = seat.go("family", family=family_id, record=done.record_id)
    seat.find(QPushButton, "Add an amendment").click()
    seat.find(QPushButton, "Sign the amendment").click()
    seat.settle()
    assert screen.story.adding.field.problem


def test_a_person_is_changed_and_nothing_special_is_asked_of_them(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    child = seat.do(people.people, family_id)[0]
    draft = seat.do(people.edit_person, child.id)
    seat.go("person", draft=draft.id)
    line = seat.find(QLineEdit, "Known as")
    line.clear()
    seat.qtbot.keyClicks(line, "Pip")
    seat.find(QPushButton, "Save").click()
    seat.settle()
    changed = seat.do(lambda office: records.get(office.connection, child.id))
    assert changed.body["known_as"] == "Pip"
    assert who(seat.do(people.people, family_id)[0])


def test_a_visit_is_planned_and_its_problems_are_told(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    screen = seat.go("plan", family=family_id)
    seat.find(QPushButton, "Save the plan").click()
    seat.settle()
    assert screen.form.field("planned_at").problem
    screen.form.put({"planned_at": moment_text(NOW.replace(day=24)), "purpose": "Weigh the baby"})
    seat.find(QPushButton, "Save the plan").click()
    seat.settle()
    plan_id = record_of(seat, "planned_visit", family_id)
    plan = seat.do(lambda office: records.get(office.connection, plan_id))
    assert plan.body["purpose"] == "Weigh the baby"


def test_sending_lists_what_was_saved_and_offers_to_send(seat: Seat) -> None:
    seat.do(plans.plan_visit, seat.family_ids()[0], moment_text(NOW.replace(hour=16)))
    screen = seat.go("ledger")
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    seat.qtbot.waitUntil(lambda: screen.model.index(0, 0).data() == "Planned visit written")
    assert screen.model.index(0, 2).data() == "Waiting"
    with seat.qtbot.waitSignal(screen.send_wanted):
        seat.find(QPushButton, "Send now").click()


def test_nothing_is_said_to_be_sent_after_it_was_received(seat: Seat) -> None:
    """Two clocks: the laptop's goes a little before the council's."""
    seat.do(plans.plan_visit, seat.family_ids()[0], moment_text(NOW.replace(hour=16)))
    row = seat.do(lambda office: ledger_rows(office, ledger_numbers(office)))[0]
    saved, received = moment_text(NOW), moment_text(NOW + timedelta(seconds=2))
    columns = {each.heading: each.text for each in ledger_columns()}
    for sent in (NOW + timedelta(seconds=1), NOW + timedelta(seconds=3)):
        told = replace(row, saved_at=saved, sent_at=moment_text(sent), received_at=received)
        assert columns["Saved"](told) <= columns["Sent"](told) <= columns["Received"](told)
    assert columns["Sent"](replace(row, sent_at=moment_text(NOW))) == columns["Saved"](replace(row, saved_at=saved))


def test_what_is_noted_about_contact_is_said_as_it_was_asked_for(seat: Seat) -> None:
    """The field asks who may have contact: an answer that allows it is not called a restriction."""
    view = seat.do(open_family, seat.family_ids()[0])
    noted = [each for each in view.people if each.restriction]
    allowed = replace(view, people=tuple(replace(each, restriction="Grandmother, on Sundays") for each in noted))
    assert noted
    said = [each for group in groups(allowed.people) for each in group.people if each.id == noted[0].id]
    assert ("Contact: Grandmother, on Sundays", "danger") in said[0].tags
    assert "see contact" in short_people(allowed)[0].about
    screen = seat.go("family", family=seat.family_ids()[0])
    banner = [each.text() for each in screen.identity.findChildren(QLabel)]
    assert f"{noted[0].name}: {noted[0].restriction}" in banner  # whom it is about comes first


def test_the_banner_is_laid_out_anew_as_often_as_the_window_changes(seat: Seat) -> None:
    screen = seat.go("family", family=seat.family_ids()[0])
    for is_beside in (False, True, False):
        screen.identity._on_arranged(is_beside)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        screen.identity.set_compact(True)
        screen.identity.set_compact(False)
    assert any("overdue" in each.text() for each in screen.identity.findChildren(QLabel))


def test_no_status_at_the_head_loses_its_edge_however_little_room_there_is(seat: Seat, qapp: QApplication) -> None:
    dress(qapp, ThemeChoice.DARK, 200)
    seat.window.resize(1366, 768)
    screen = seat.go("family", family=seat.family_ids()[0])
    tags = seat.all(Tag, screen.identity)
    assert tags
    for each in tags:
        assert each.height() >= each.heightForWidth(each.width())
        line = each.parentWidget()
        assert line is not None
        assert each.geometry().bottom() <= line.rect().bottom(), each.text()
