"""Recording a visit in the window: saved as one types, found again at the same place, checked, mended, signed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton, QTextEdit, QWidget

from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.visiting import visits
from sf_desktop.store.tables import records
from sf_desktop.ui.form.autosave import SAVED
from sf_desktop.ui.kit.layout.surfaces import page_around
from sf_desktop.ui.kit.writing.prose import ProseArea
from sf_desktop.wording import error
from tests.builders.written import drafts_begun
from tests.ui.screens.conftest import Seat, choose_part, press


def begin(seat: Seat) -> tuple[str, str]:
    family_id = seat.family_ids()[0]
    draft = seat.do(visits.start_visit, family_id)
    seat.go("visit", draft=draft.id)
    return family_id, draft.id


def body_of(seat: Seat, draft_id: str) -> dict[str, object]:
    return dict(seat.do(drafting.get, draft_id).body)


def test_what_is_typed_is_saved_within_two_seconds_and_only_then_said_to_be(seat: Seat) -> None:
    _, draft_id = begin(seat)
    choose_part(seat, "What you saw")
    seat.find(QTextEdit, "What you saw and heard").insertPlainText("The kitchen was warm. ")
    assert seat.window.stack.bring("visit").saved_words()[0] != SAVED
    seat.qtbot.waitUntil(lambda: body_of(seat, draft_id).get("observed") == "The kitchen was warm. ", timeout=2_000)
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words() == (SAVED, "09:00:00"), timeout=1_000)


def test_leaving_a_part_saves_at_once(seat: Seat) -> None:
    _, draft_id = begin(seat)
    choose_part(seat, "What you saw")
    seat.find(QTextEdit, "What you saw and heard").insertPlainText("Said at the door")
    choose_part(seat, "Child’s own words")
    assert body_of(seat, draft_id)["observed"] == "Said at the door"


def test_a_full_disk_is_told_and_the_words_are_saved_once_there_is_room(seat: Seat) -> None:
    _, draft_id = begin(seat)
    choose_part(seat, "What you saw")
    seat.runner.error = error("disk_full")
    seat.find(QTextEdit, "What you saw and heard").insertPlainText("Kept in the window")
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] == "Not saved", timeout=3_000)
    seat.runner.error = None
    seat.qtbot.waitUntil(lambda: body_of(seat, draft_id).get("observed") == "Kept in the window", timeout=3_000)
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] == SAVED, timeout=1_000)


def test_after_the_program_ended_the_sentence_and_the_cursor_are_found_again(seat: Seat) -> None:
    begin(seat)
    choose_part(seat, "Worries and strengths")
    area = seat.find(QTextEdit, "What is working well?")
    area.setFocus()
    area.insertPlainText("Bedtime is calmer now")
    cursor = area.textCursor()
    cursor.setPosition(7)
    area.setTextCursor(cursor)
    place = seat.window.place()
    seat.screen().leave()
    seat.settle()
    seat.go("today")
    seat.window.stack.bring("visit").show_subject({"draft": ""})  # nothing of it is left in the window
    seat.window.restore(place)
    seat.settle()
    again = seat.find(QTextEdit, "What is working well?")
    assert again.toPlainText() == "Bedtime is calmer now"
    assert again.textCursor().position() == 7
    assert seat.screen().place()["section"] == "worries"


def test_everything_to_mend_is_listed_and_leads_to_its_field(seat: Seat) -> None:
    begin(seat)
    press(seat, "Check and sign")
    link = next(each for each in seat.all(QPushButton) if each.text().startswith("What you saw and heard: "))
    assert not seat.find(QPushButton, "Sign").isEnabled()
    link.click()
    seat.settle()
    assert seat.find(QTextEdit, "What you saw and heard").isVisible()
    assert seat.screen().place()["section"] == "saw"


def test_a_visit_is_signed_and_the_screen_says_where_it_is(seat: Seat) -> None:
    family_id, draft_id = begin(seat)
    screen = seat.window.stack.bring("visit")
    body = screen.form.body()  # type: ignore[attr-defined]
    seen = [{**child, "seen": True, "seen_alone": True} for child in body["children"]]
    screen.form.put({**body, "type": "planned", "place": "home", "children": seen})  # type: ignore[attr-defined]
    choose_part(seat, "What you saw")
    seat.find(QTextEdit, "What you saw and heard").insertPlainText("Both children were playing.")
    press(seat, "Check and sign")
    press(seat, "Sign")
    seat.qtbot.waitUntil(lambda: any(each.text() == "Open the family file" for each in seat.all(QPushButton)))
    record = seat.do(lambda office: records.get(office.connection, draft_id))
    assert record.signed is not None
    assert record.body["observed"] == "Both children were playing."
    assert not seat.do(drafts_begun, family_id)
    said = seat.window.stack.bring("visit").signed.banner  # type: ignore[attr-defined]
    assert said.title_label.text() == "Saved on this laptop at 09:00:00"
    assert "not yet with the council" in said.advice_label.text()


def test_what_was_promised_is_ticked_or_carried_without_doubling(seat: Seat) -> None:
    begin(seat)
    screen = seat.window.stack.bring("visit")
    before = screen.form.body().get("agreed", [])  # type: ignore[attr-defined]
    seat.find(QPushButton, "All that was promised last time is done").click()
    ticked = screen.form.body()["agreed"]  # type: ignore[attr-defined]
    assert all(each["is_done"] for each in ticked)
    assert {each["what"] for each in before} <= {each["what"] for each in ticked}
    seat.find(QPushButton, "Carry forward what was promised last time").click()
    assert len(screen.form.body()["agreed"]) == len(ticked)  # type: ignore[attr-defined]


def test_a_draft_that_was_thrown_away_can_be_taken_back(seat: Seat) -> None:
    family_id, draft_id = begin(seat)
    choose_part(seat, "What you saw")
    seat.find(QTextEdit, "What you saw and heard").insertPlainText("Not meant")
    press(seat, "Throw away")
    assert not seat.do(drafts_begun, family_id)
    press(seat, "Take it back")
    assert seat.find(QTextEdit, "What you saw and heard").toPlainText() == "Not meant"
    assert [each.id for each in seat.do(drafts_begun, family_id)] == [draft_id]


def test_a_visit_is_checked_mended_and_signed_by_keys_alone(seat: Seat) -> None:
    begin(seat)
    seat.window.activateWindow()
    for _ in range(9):
        key(seat, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # check it
        where = focused()
        assert isinstance(where, QPushButton)  # the first thing to mend, or the button that signs
        key(seat, Qt.Key.Key_Return)
        if where.text() == "Sign":
            break
        answer = focused()
        if isinstance(answer, QTextEdit):
            seat.qtbot.keyClicks(answer, "Pretend words")
        else:
            assert isinstance(answer, QRadioButton)
            key(seat, Qt.Key.Key_Space)
    assert "The visit is signed" in [each.text() for each in seat.all(QLabel)]


def key(seat: Seat, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    seat.qtbot.keyClick(focused(), pressed, held)
    seat.settle()


def focused() -> QWidget:
    """What has the keyboard, and is seen."""
    found = QApplication.focusWidget()
    assert found is not None
    assert found.isVisible()
    return found


def test_what_is_to_be_mended_comes_into_view_from_the_end_of_a_long_part(seat: Seat) -> None:
    draft = seat.do(visits.start_visit, seat.family_ids()[0])
    seat.go("visit", draft=draft.id)
    seat.window.resize(1366, 500)
    choose_part(seat, "What you saw")
    page = page_around(seat.find(QTextEdit, "What you saw and heard"))
    assert page is not None
    seat.qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    press(seat, "Check and sign")
    press(seat, "Place: Choose one")
    focused = seat.window.focusWidget()
    assert focused is not None
    seat.qtbot.waitUntil(lambda: focused.visibleRegion().boundingRect().height() == focused.height())


def test_the_line_being_written_is_in_view_where_a_long_text_is_found_again(seat: Seat) -> None:
    draft = seat.do(visits.start_visit, seat.family_ids()[0])
    body = {**draft.body, "observed": "A line of many.\n" * 400}
    seat.do(drafting.save, draft.id, body, {"section": "observed", "field": "observed", "cursor": 16 * 400})
    screen = seat.go("visit", draft=draft.id)
    area = next(each for each in screen.findChildren(ProseArea) if each.isVisible())
    assert area.textCursor().position() == 16 * 400
    seat.qtbot.waitUntil(lambda: area.viewport().rect().contains(area.cursorRect()))
