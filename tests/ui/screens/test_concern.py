"""A concern in the window: from anywhere, within a minute, by keyboard, with "phone now" until the council has it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton, QTextEdit, QWidget

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.household.people import people
from sf_desktop.ops.office import Done, Office
from sf_desktop.ops.records import concerns
from sf_desktop.ops.visiting import visits
from sf_desktop.store.queries import entries
from sf_desktop.store.tables import outbox, records
from sf_desktop.ui.kit.drawings.body_drawing import BodyDrawing, Mark
from sf_desktop.ui.kit.layout.sections import SectionButton
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.text.labels import Label
from sf_desktop.ui.kit.text.moments import moment_words
from sf_desktop.ui.kit.text.tags import Tag
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.wording import error
from sf_record.configuration import ContactNumber
from sf_record.outcomes import Outcome, Receipt, Result
from tests.builders.written import drafts_begun
from tests.ui.screens.conftest import Seat, press, said

HUB = ContactNumber(label="Safeguarding hub", number="01632 960001")
NO, CTRL, CTRL_SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def seat(seat: Seat) -> Seat:
    """The council's own number has come."""
    office = seat.runner.office
    seat.runner.office = seat.office = replace(
        office, configuration=replace(office.configuration, contacts=(HUB, ContactNumber(label="Danger", number="999")))
    )
    return seat


class Hands:
    """Presses keys where the keyboard is, and counts what a person did (a typed text by its letters)."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.keys, self.letters = seat, 0, 0

    def focus(self) -> QWidget:
        found: QWidget | None = self.seat.window.focusWidget()
        return self.seat.window if found is None else found

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.focus(), key, modifiers)
            self.seat.settle()
            self.keys += 1

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text)
        self.seat.settle()
        self.letters += len(text)

    @property
    def seconds(self) -> float:
        """How long an average typist takes: 0.28 s for a letter, and 1.35 s more to think of what a key is for."""
        return self.letters * 0.28 + self.keys * (0.28 + 1.35)


def activate(seat: Seat) -> None:
    seat.window.activateWindow()
    seat.qtbot.waitUntil(seat.window.isActiveWindow)


def begin(seat: Seat) -> tuple[str, str]:
    family_id = seat.family_ids()[0]
    seat.go("family", family=family_id)
    seat.find(QPushButton, "Concern").click()
    seat.settle()
    draft = seat.do(drafts_begun, family_id, "concern")[0]
    return family_id, draft.id


def answer(seat: Seat, **more: object) -> None:
    """Fill the form as shown, as if it had been written."""
    form = seat.screen().form  # type: ignore[attr-defined]
    children = [each.id for each in seat.screen().sheet.people if each.is_child]  # type: ignore[attr-defined]
    form.put({**form.body(), "about": children[:1], "is_in_danger": False, "words": "“Help.”", **more})


def where(seat: Seat) -> str:
    """What the list says of the first mark's place."""
    return str(seat.screen().form.field("marks.0.place").value())  # type: ignore[attr-defined]


def sign(seat: Seat) -> None:
    press(seat, "Check and sign")
    press(seat, "Sign")
    seat.settle()


def receive(office: Office, record_id: str) -> Done:
    """The council takes everything of a record."""
    for each in entries.chosen(office.connection, entries.numbers(office.connection)):
        if each.event.record_id == record_id:
            receipt = Receipt(family_id=each.event.family_id, seq=900, at=office.now())
            outcome = Outcome(event_id=each.event.id, result=Result.ACCEPTED, receipt=receipt)
            outbox.answered(office.connection, outcome, office.now())
    record = records.get(office.connection, record_id)
    assert record is not None
    return Done(frozenset({record.kind}), frozenset({record_id}), frozenset({record.family_id}), record_id)


def test_a_concern_is_recorded_from_anywhere_in_under_a_minute_by_keys(seat: Seat) -> None:
    seat.go("today")
    activate(seat)
    hands = Hands(seat)
    hands.press(Qt.Key.Key_C, CTRL_SHIFT)
    hands.type("alder")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Space)  # the first child
    form = seat.screen().form  # type: ignore[attr-defined]
    assert len(form.body()["about"]) == 1
    while form.place().get("field") != "is_in_danger":
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)  # yes
    while form.place().get("field") != "words":
        hands.press(Qt.Key.Key_Tab)
    hands.type("He hit me with the belt and I do not want to go home")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Space)  # the button that signs
    assert seat.find(Banner, "Not sent: phone now").advice_label.text().startswith("Danger: 999")
    concern = seat.do(concerns.open_concerns)[0]
    assert (concern.is_in_danger, concern.is_sent) == (True, False)
    assert concern.words == "He hit me with the belt and I do not want to go home"
    assert hands.keys <= 14
    assert hands.seconds < 45  # of the minute


def test_of_two_that_ask_for_the_same_call_today_says_it_once_and_about_whom_each_is(seat: Seat) -> None:
    """Both lines read alike, to the minute."""
    family_id, _ = begin(seat)
    answer(seat)
    sign(seat)
    seat.office.clock.forward(20)  # type: ignore[attr-defined]
    begin(seat)
    answer(seat, about=[], about_other="The pretend neighbour")
    sign(seat)
    seat.go("today")
    lines = [each.accessibleName() for each in seat.all(QPushButton) if "written 09:00" in each.accessibleName()]
    name = _name(seat, family_id)
    assert lines == [
        (
            f"Open: Not sent: phone now. Safeguarding hub: 01632 960001 {name}, about {_first_child(seat, family_id)},"
            " written 09:00"
        ),
        f"Open: Also not sent {name}, about The pretend neighbour, written 09:00",
    ]


def test_it_says_phone_now_everywhere_until_the_receipt_and_nowhere_after(seat: Seat) -> None:
    family_id, draft_id = begin(seat)
    answer(seat)
    sign(seat)
    signed = seat.screen().signed.banner  # type: ignore[attr-defined]
    assert signed.title_label.text() == "Not sent: phone now"
    assert signed.advice_label.text().startswith("Safeguarding hub: 01632 960001")
    press(seat, "Open the family file to add what was done next")
    told = "Not sent: phone now. Safeguarding hub: 01632 960001"
    assert told in {each.text() for each in seat.all(Tag)}
    assert seat.find(Banner, "Not sent: phone now").isVisible()
    seat.go("today")
    child = _first_child(seat, family_id)
    assert seat.find(QPushButton, f"Open: {told} {_name(seat, family_id)}, about {child}, written 09:00").isVisible()
    seat.desk.announce(seat.do(receive, draft_id))
    seat.settle()
    seat.go("family", family=family_id, tab="safety")
    assert not [each for each in seat.all(Tag) if "phone" in each.text()]
    assert "One open concern" in {each.text() for each in seat.all(Tag)}
    assert not [each for each in seat.all(Banner) if each.title_label.text().startswith("Not sent")]


def _name(seat: Seat, family_id: str) -> str:
    record = seat.do(lambda office: records.get(office.connection, family_id))
    return str(record.body["name"])


def _first_child(seat: Seat, family_id: str) -> str:
    return next(each.name for each in seat.do(people, family_id) if each.is_child)


def test_the_page_after_signing_says_so_once_the_council_has_it(seat: Seat) -> None:
    _, draft_id = begin(seat)
    answer(seat)
    sign(seat)
    seat.desk.announce(seat.do(receive, draft_id))
    seat.settle()
    assert seat.screen().signed.banner.title_label.text() == "With the council"  # type: ignore[attr-defined]


def test_marks_are_placed_by_keyboard_and_the_list_says_the_same(seat: Seat) -> None:
    _, draft_id = begin(seat)
    answer(seat)
    activate(seat)
    drawing = seat.find(BodyDrawing, "Body map, front and back")
    drawing.setFocus()
    hands = Hands(seat)
    hands.press(Qt.Key.Key_Left, times=12)
    hands.press(Qt.Key.Key_Down, times=14)
    assert "Right forearm, front" in drawing.accessibleDescription()
    hands.press(Qt.Key.Key_Return)
    assert where(seat) == "Right forearm, front"
    drawing.setFocus()
    hands.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, times=10)
    assert drawing.cross.side == "back"
    hands.press(Qt.Key.Key_Space)
    assert len(drawing.marks) == 2
    assert "2 marks" in drawing.accessibleDescription()
    seat.screen().leave()
    seat.settle()
    marks = seat.do(drafting.get, draft_id).body["marks"]
    assert (marks[0]["side"], marks[0]["x"], marks[0]["y"]) == ("front", 130, 400)
    assert marks[1]["side"] == "back"
    press(seat, "Take out: Mark 1")
    assert [each.side for each in drawing.marks] == ["back"]
    assert where(seat) == marks[1]["place"]


def test_a_click_places_a_mark_where_it_was_and_nowhere_beside_the_figures(seat: Seat) -> None:
    begin(seat)
    drawing = seat.find(BodyDrawing, "Body map, front and back")
    QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, NO, QPoint(2, 2))
    assert not drawing.marks
    QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, NO, drawing.point_of(Mark("back", 250, 240)).toPoint())
    assert [each.side for each in drawing.marks] == ["back"]
    assert where(seat) == "Middle of the upper back"
    drawing.set_read_only(True)
    QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, NO, drawing.point_of(Mark("front", 250, 240)).toPoint())
    assert len(drawing.marks) == 1


def test_whoever_reads_the_concern_sees_its_marks_and_reads_the_same(seat: Seat) -> None:
    family_id, _ = begin(seat)
    mark = {"side": "front", "x": 122, "y": 390, "place": "Right forearm, front", "kind": "bruise", "colour": "Blue"}
    answer(seat, marks=[mark])
    sign(seat)
    seat.go("family", family=family_id, tab="safety")
    drawing = seat.all(BodyDrawing)[0]
    assert drawing.marks == (Mark("front", 122, 390),)
    assert "1. Right forearm, front, bruise, blue" in {each.text() for each in seat.all(Label)}
    drawing.place_at_cross()
    assert len(drawing.marks) == 1


def test_from_a_visit_it_is_one_button_and_back_leads_to_the_same_sentence(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    draft = seat.do(visits.start_visit, family_id)
    seat.go("visit", draft=draft.id)
    next(each for each in seat.all(SectionButton) if each.section.label == "What you saw").click()
    seat.find(QTextEdit, "What you saw and heard").insertPlainText("In mid-sentence")
    press(seat, "Record a safeguarding concern")
    assert seat.screen().title() == "Safeguarding concern"
    assert seat.window.place()["subject"]["draft"]
    seat.screen().back.emit()
    seat.settle()
    assert seat.find(QTextEdit, "What you saw and heard").toPlainText() == "In mid-sentence"
    assert len(seat.do(drafts_begun, family_id, "concern")) == 1


def test_the_key_goes_to_the_family_that_is_open(seat: Seat) -> None:
    family_id = seat.family_ids()[1]
    seat.go("family", family=family_id)
    activate(seat)
    Hands(seat).press(Qt.Key.Key_C, CTRL_SHIFT)
    assert seat.screen().family_id() == family_id
    assert seat.screen().title() == "Safeguarding concern"


def called(seat: Seat) -> str:
    """Return what the buttons say of the only open concern: about whom it is, and when that was."""
    (view,) = seat.do(concerns.open_concerns)
    return f"{view.about[0]}, {moment_words(view.happened_at, seat.office.today())}"


def test_nobody_is_signed_over_what_is_missing(seat: Seat) -> None:
    begin(seat)
    press(seat, "Check and sign")
    assert not seat.find(QPushButton, "Sign").isEnabled()
    assert [each for each in seat.all(QPushButton) if each.text().startswith("Is a child in danger now? ")]


def test_steps_are_added_to_the_signed_concern_and_stand_on_its_card(seat: Seat) -> None:
    family_id, _ = begin(seat)
    answer(seat)
    sign(seat)
    press(seat, "Open the family file to add what was done next")
    about = called(seat)
    press(seat, f"Hub told: concern about {about}")
    seat.find(QLineEdit, "With whom").setText("Pretend hub")
    seat.find(QLineEdit, "Reference").setText("R-1")
    seat.find(QRadioButton, "How: By telephone").click()
    sign(seat)
    seat.go("family", family=family_id, tab="safety")
    view = seat.do(concerns.open_concerns)[0]
    assert view.steps[0].title == "Safeguarding hub told"
    assert view.standing.clocks[0].what == "The hub’s decision"
    shown = "\n".join(each.text() for each in seat.all(Label))
    assert "Safeguarding hub told" in shown
    assert "The hub’s decision: due by tomorrow (1 working day, statutory guidance)" in shown
    assert not [each for each in seat.all(QPushButton) if each.accessibleName().startswith("Hub told")]


def test_a_strategy_discussion_is_awaited_on_the_card_until_it_is_said_that_it_was_held(seat: Seat) -> None:
    family_id, _ = begin(seat)
    answer(seat)
    sign(seat)
    press(seat, "Open the family file to add what was done next")
    about = called(seat)
    held = f"Strategy discussion held: concern about {about}"
    assert held not in [each.accessibleName() for each in seat.all(QPushButton)]
    press(seat, f"Hub’s decision: concern about {about}")
    seat.find(QRadioButton, "Decision: Strategy discussion").click()
    sign(seat)
    seat.go("family", family=family_id, tab="safety")
    assert "The strategy discussion: due by" in "\n".join(each.text() for each in seat.all(Label))
    press(seat, held)
    seat.find(QLineEdit, "With whom").setText("Pretend hub and police")
    sign(seat)
    seat.go("family", family=family_id, tab="safety")
    shown = "\n".join(each.text() for each in seat.all(Label))
    assert "✓ Strategy discussion held" in shown
    assert "The strategy discussion: due by" not in shown
    press(seat, f"Hub’s decision: concern about {about}")
    seat.find(QRadioButton, "Decision: Section 47 enquiry").click()
    sign(seat)
    seat.go("family", family=family_id, tab="safety")
    awaited = "The initial conference, if one is called: due by"
    assert awaited in "\n".join(each.text() for each in seat.all(Label))
    child = seat.do(lambda office: records.of_kind(office.connection, "concern"))[0].body["about"][0]
    body = {"type": "icpc", "held_on": "2026-11-23", "children": [{"person": child}], "outcome": "A pretend plan."}
    seat.do(writing.create, "review", family_id, body)
    seat.go("family", family=family_id, tab="safety")
    assert awaited not in "\n".join(each.text() for each in seat.all(Label))


def test_whoever_closes_a_concern_is_told_what_was_never_recorded_and_what_is_awaited(seat: Seat) -> None:
    family_id, _ = begin(seat)
    answer(seat)
    sign(seat)
    press(seat, "Open the family file to add what was done next")
    about = called(seat)
    press(seat, f"Agreed with a manager: concern about {about}")
    seat.find(QLineEdit, "With whom").setText("Pretend manager")
    form = seat.screen().form  # type: ignore[attr-defined]
    form.put({**form.body(), "follow_up_on": "2026-11-25", "follow_up": "Ring the school"})
    sign(seat)
    seat.go("family", family=family_id, tab="safety")
    press(seat, f"Close the concern: concern about {about}")
    seat.find(QTextEdit, "What was said and decided").setPlainText("Pretend reason.")
    press(seat, "Check and sign")
    shown = "\n".join(each.text() for each in seat.all(Label))
    assert "The safeguarding hub is not told yet. The hub’s decision is not known yet. Closing the concern" in shown
    assert "Not yet agreed with a manager" not in shown
    assert "Still awaited: Ring the school, Wed 25 Nov." in shown
    press(seat, "Sign")
    seat.settle()
    assert not seat.do(concerns.open_concerns)


def test_what_is_awaited_first_is_the_first_step_and_two_concerns_of_one_child_are_told_apart(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    child = next(each.id for each in seat.do(people, family_id) if each.is_child)
    for minute in (5, 40):
        body = {
            "happened_at": f"2026-11-23T08:{minute:02}:00.000000Z", "about": [child], "words": "Pretend words",
            "is_in_danger": False,
        }  # fmt: skip
        made = seat.do(lambda office, fields: writing.create(office, "concern", family_id, fields, sign=True), body)
    concern = made.record_id
    steps = (
        {"step": "hub", "with_whom": "Pretend hub", "way": "telephone"},
        {"step": "decision", "decision": "strategy"},
    )
    for number, fields in enumerate(steps):
        step = {"concern": concern, "done_at": f"2026-11-23T08:5{number}:00.000000Z", **fields}
        seat.do(writing.create, "concern_step", family_id, step)
    seat.go("family", family=family_id, tab="safety")
    names = [each.accessibleName() for each in seat.all(QPushButton) if ": concern about " in each.accessibleName()]
    assert len(set(names)) == len(names)
    when = moment_words("2026-11-23T08:40:00.000000Z", seat.office.today())
    late = [each.partition(":")[0] for each in names if each.endswith(when)]
    assert late[:2] == ["Strategy discussion held", "Agreed with a manager"]


def test_a_concern_is_closed_without_asking_when_it_is_followed_up(seat: Seat) -> None:
    begin(seat)
    answer(seat)
    sign(seat)
    press(seat, "Open the family file to add what was done next")
    press(seat, f"Close the concern: concern about {called(seat)}")
    assert not [each for each in seat.all(Label) if each.text() in ("What comes next", "Follow up by")]
    seat.find(QTextEdit, "What was said and decided").setPlainText("Pretend reason.")
    press(seat, "Check and sign")
    assert not [each for each in seat.all(Label) if each.text() == "What comes next"]
    press(seat, "Sign")
    seat.settle()
    press(seat, "Back to Safety in the family file")
    assert [each for each in seat.all(Label) if each.text().startswith("✓ Concern closed")]


def test_a_concern_begun_and_not_signed_is_said_too(seat: Seat) -> None:
    family_id, draft_id = begin(seat)
    seat.go("family", family=family_id, tab="safety")
    banner = seat.find(Banner, "Begun and not signed: nothing is sent until it is")
    banner.button.click()
    seat.settle()
    assert seat.window.place()["subject"] == {"draft": draft_id}


def test_enter_begins_no_concern_in_a_file_that_nobody_chose(seat: Seat) -> None:
    """Several files match: the keyboard goes to them. What was typed is looked up before Enter takes the one."""
    activate(seat)
    seat.go("concern")
    hands = Hands(seat)
    hands.press(Qt.Key.Key_Return)
    offered = [each for each in seat.all(QPushButton) if each.text().startswith("Pretend family")]
    assert hands.focus() is offered[0]
    assert seat.screen().form is None  # type: ignore[attr-defined]
    line = seat.find(QLineEdit, "Name of the child or the family")
    line.setFocus()
    name = offered[-1].text().split(":")[0]
    QTest.keyClicks(line, name)
    QTest.keyClick(line, Qt.Key.Key_Return)
    seat.settle()
    assert seat.screen().sheet.family_name == name  # type: ignore[attr-defined]


def test_a_screen_that_answers_late_leaves_the_keyboard_where_one_has_gone(seat: Seat) -> None:
    seat.do(visits.start_visit, seat.family_ids()[0])
    activate(seat)
    for screen in ("today", "drafts", "needs", "holding"):
        if seat.window.stack.has(screen):
            seat.window.go(GoTo(screen, {}))
            seat.go("concern")
            assert seat.window.focusWidget() is seat.find(QLineEdit, "Name of the child or the family"), screen


def test_a_new_mark_is_brought_into_view_with_the_keyboard(seat: Seat) -> None:
    activate(seat)
    seat.window.resize(1366, 768)
    begin(seat)
    hands, drawing = Hands(seat), seat.all(BodyDrawing)[0]
    drawing.setFocus()
    for _ in range(2):
        drawing.place_at_cross()
    seat.settle()
    seat.qtbot.waitUntil(lambda: not hands.focus().visibleRegion().isEmpty())


def test_what_is_to_happen_on_a_later_day_is_not_signed_for(seat: Seat) -> None:
    begin(seat)
    answer(seat, happened_at="2031-01-01T10:00:00.000Z")
    press(seat, "Check and sign")
    assert not seat.find(QPushButton, "Sign").isEnabled()
    assert seat.find(QPushButton, "When: This day has not come yet").isEnabled()


def test_what_was_received_while_one_was_elsewhere_does_not_wait_any_more(seat: Seat) -> None:
    family_id, draft_id = begin(seat)
    answer(seat)
    sign(seat)

    def is_told(words: str) -> bool:
        model = seat.screen().story.timeline.model  # type: ignore[attr-defined]
        index = model.index(model.place_of(draft_id), 0)
        return words in str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    seat.go("family", family=family_id, tab="timeline")
    seat.qtbot.waitUntil(lambda: is_told("not yet with the council"))
    seat.go("today")
    received = seat.do(receive, draft_id)
    seat.do(lambda office: office.connection.execute("UPDATE record SET is_waiting = 0 WHERE id = ?", (draft_id,)))
    seat.desk.announce(received)
    seat.go("family", family=family_id, tab="timeline")
    seat.qtbot.waitUntil(lambda: is_told("· with the council"))


def test_what_a_full_disk_did_not_take_stays_though_another_concern_is_begun(seat: Seat) -> None:
    _, draft_id = begin(seat)
    answer(seat)
    seat.screen().form.field("words").area.insertPlainText("Pretend words. ")  # type: ignore[attr-defined]
    seat.runner.error = error("disk_full")
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] == "Not saved", timeout=3_000)
    seat.go("concern")
    assert "The disk is full" in said(seat)
    seat.runner.error = None
    seat.qtbot.waitUntil(lambda: seat.screen().saved_words()[0] != "Not saved", timeout=3_000)
    assert seat.do(drafting.get, draft_id).body["words"] == "Pretend words. “Help.”"
