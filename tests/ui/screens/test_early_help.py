"""Early help in the window: what is missing is said, an agreement recorded, an assessment signed, a withdrawal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton, QTextEdit

from sf_desktop.ops.attaching import attachments
from sf_desktop.ops.firstrun.pretending import notice
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.planning import early_help
from sf_desktop.ops.records import recording
from sf_desktop.ops.sharing import agreements
from sf_desktop.store.tables import configuration
from sf_desktop.ui.kit.layout.sections import SectionButton
from sf_desktop.ui.paper.screen import PaperScreen
from sf_desktop.ui.record.progress import FILLED_IN
from sf_desktop.ui.record.screen import RecordScreen
from sf_desktop.ui.signature.pad import SignaturePad
from sf_record.dates import moment_text
from tests.builders.early_help import AGENCIES, agree, assessment_body
from tests.fakes.clock import FrozenClock
from tests.ui.finding import answered
from tests.ui.screens.conftest import Seat, choose_part, press, said

ALL_THREE = (
    "An Early Help Assessment, Team around the family meetings, Sharing information with the agencies named here"
)

COPY = "Print or save the family’s copy of the assessment"
GIVEN = "It is recorded that this version was given today"
TO_TELL = "Pretend Primary School, Pretend health visitors"


@pytest.fixture
def family_id(seat: Seat) -> str:
    """A family that has never been asked for anything."""
    return next(each for each in seat.family_ids() if not seat.do(agreements.agreements, each).rows)


def tick(seat: Seat, name: str) -> None:
    seat.find(QCheckBox, name).click()


def show(seat: Seat, family_id: str, tab: str) -> None:
    seat.go("today")
    seat.go("family", family=family_id, tab=tab)


def later(seat: Seat, minutes: int) -> None:
    cast("FrozenClock", seat.office.clock).forward(timedelta(minutes=minutes).total_seconds())


def paper_words(seat: Seat) -> str:
    """What stands on the paper that is shown."""
    paper = seat.screen()
    assert isinstance(paper, PaperScreen)
    answered(seat.qtbot, paper)
    return paper.words.toPlainText()


def put(seat: Seat, body: dict[str, Any]) -> None:
    """Answer what is not typed in this story."""
    screen = seat.screen()
    assert isinstance(screen, RecordScreen)
    assert screen.form is not None
    screen.form.put({**screen.form.body(), **body})
    screen.autosave.touch()


def draw(seat: Seat) -> None:
    """Sign on the pad."""
    (pad,) = seat.all(SignaturePad)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 40))
    QTest.mouseMove(pad, QPoint(90, 60))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(90, 60))


def test_what_is_missing_is_said_and_leads_to_recording_it(seat: Seat, family_id: str) -> None:
    show(seat, family_id, "assessment")
    assert "The family has not agreed to an Early Help Assessment and meetings of the team yet" in said(seat)
    assert not seat.find(QPushButton, "Begin an assessment").isEnabled()
    assert not seat.find(QPushButton, "Record a team meeting").isEnabled()
    assert seat.find(QPushButton, "Step up").isEnabled()  # nobody's agreement is needed to keep a child safe

    press(seat, "Record the agreement")
    seat.find(QRadioButton, "Their answer: They agree").click()
    choose_part(seat, "What for")
    assert seat.find(QCheckBox, "What they were asked for: An Early Help Assessment").isChecked()
    tick(seat, "What they were asked for: Support and referrals to other services")
    choose_part(seat, "Agencies")
    put(seat, {"agencies": AGENCIES})
    choose_part(seat, "How it was given")
    seat.find(QRadioButton, "How it was given: Signed on paper").click()
    press(seat, "Check and sign")
    press(seat, "Sign")
    (made,) = seat.do(agreements.agreements, family_id).rows
    assert made.stands
    assert made.sharing == ("Pretend Primary School", "Pretend health visitors")

    show(seat, family_id, "assessment")
    assert "has not agreed" not in said(seat)
    assert seat.find(QPushButton, "Begin an assessment").isEnabled()


def test_an_agreement_is_signed_by_the_family_on_the_screen(seat: Seat, family_id: str) -> None:
    show(seat, family_id, "assessment")
    press(seat, "Record the agreement")
    put(seat, {"answer": "agreed", "how": "drawn", "agencies": AGENCIES})
    press(seat, "Check and sign")
    links = [each.text() for each in seat.all(QPushButton)]
    assert "How it was given: Take theirs with Signature, beside the parts, or choose another way" in links
    press(seat, "Back to writing")
    choose_part(seat, "How it was given")
    seat.find(QRadioButton, "How it was given: Signed on paper").click()
    assert "Their signature is still to be taken" not in said(seat)
    seat.find(QRadioButton, "How it was given: Drawn on this screen").click()
    assert "Their signature is still to be taken" in said(seat)
    press(seat, "Take their signature on the pad")
    draw(seat)
    seat.find(QLineEdit, "Their name").setText("Pretend mother")
    seat.find(QLineEdit, "What for").setText("This agreement")
    press(seat, "Save the signature")
    seat.qtbot.waitUntil(lambda: isinstance(seat.screen(), RecordScreen), timeout=5_000)
    seat.settle()
    assert "Their signature is with it" in said(seat)
    press(seat, "Check and sign")
    press(seat, "Sign")
    (made,) = seat.do(agreements.agreements, family_id).rows
    assert made.stands
    assert not [each for each in seat.all(QPushButton, seat.screen()) if each.accessibleName() == COPY]
    (signature,) = seat.do(attachments.of_record, family_id, made.id)
    assert (signature.body["signed_by"], signature.body["signed_how"]) == ("Pretend mother", "drawn")


def test_an_assessment_is_written_part_by_part_and_signed(seat: Seat, family_id: str) -> None:
    seat.do(agree, family_id)
    show(seat, family_id, "assessment")
    press(seat, "Begin an assessment")
    parts = [each.section.label for each in seat.all(SectionButton)]
    assert parts == [
        "Children", "Household", "Parental responsibility", "Professionals", "Reason", "Child’s voice and day",
        "Parents’ views", "Worries and strengths", "Health", "Development", "Parenting", "Family and environment",
        "Analysis", "Factors found", "Plan", "Decision", "Copies given",
    ]  # fmt: skip
    states = {each.section.name: each.accessibleName() for each in seat.all(SectionButton)}
    assert FILLED_IN in states["household"]  # as the file says: to be checked with the family
    assert FILLED_IN not in states["analysis"]
    choose_part(seat, "Household")
    seat.find(QTextEdit, "Who else matters to the children").insertPlainText("Pretend: Gran.")
    choose_part(seat, "Analysis")
    states = {each.section.name: each.accessibleName() for each in seat.all(SectionButton)}
    assert FILLED_IN not in states["household"]
    seat.find(QTextEdit, "What does it all mean for the children?").insertPlainText("Pretend: sleep comes first.")
    put(seat, {**assessment_body(), "scales": [{"who": "Gran", "score": 3}]})
    press(seat, "Check and sign")
    press(seat, "Sign")
    (row,) = seat.do(recording.listed, family_id, ("assessment",)).rows
    assert row.is_signed
    assert row.body["analysis"] == "Pretend: sleep comes first."
    press(seat, COPY)  # before leaving the house
    assert "This copy is yours." in paper_words(seat)
    seat.go("family", family=family_id, record=row.id)
    seat.settle()
    press(seat, COPY)
    assert "This copy is yours." in paper_words(seat)
    show(seat, family_id, "assessment")
    assert "It must meet by" in said(seat)
    press(seat, COPY)
    assert "Pretend: sleep comes first." in paper_words(seat)


def test_a_withdrawal_stops_a_draft_and_names_who_is_still_to_be_told(seat: Seat, family_id: str) -> None:
    seat.do(agree, family_id)
    draft = seat.do(early_help.start_assessment, family_id)
    later(seat, 10)
    show(seat, family_id, "agreements")
    press(seat, f"They withdraw it: {ALL_THREE}")
    assert "record that as a new agreement" in said(seat)  # what they still agree to
    press(seat, "Save")
    later(seat, 10)
    show(seat, family_id, "agreements")
    assert "Still to tell: Pretend Primary School, Pretend health visitors" in said(seat)
    assert "Not with: Pretend Housing" in said(seat)
    show(seat, family_id, "overview")
    press(seat, f"Go there: Today · Tell {TO_TELL} that the agreement was withdrawn")
    assert f"Still to tell: {TO_TELL}" in said(seat)
    seat.go("today")
    assert f"Tell {TO_TELL} that the agreement was withdrawn" in said(seat)
    show(seat, family_id, "assessment")
    assert "The family has withdrawn its agreement to an Early Help Assessment and meetings of the team" in said(seat)
    assert not seat.find(QPushButton, "Continue the assessment").isEnabled()

    seat.go("record", draft=draft.id)
    assert "The family has withdrawn its agreement" in said(seat)  # before another word is written
    put(seat, assessment_body())
    press(seat, "Check and sign")
    press(seat, "Sign")
    assert "The family has withdrawn its agreement" in said(seat)
    assert not seat.do(recording.listed, family_id, ("assessment",)).rows
    assert seat.do(recording.listed, family_id, ("assessment",)).drafts[0].body["worries"] == "Pretend: late every day."


def test_past_the_day_of_its_review_the_family_is_asked_again(seat: Seat, family_id: str) -> None:
    seat.do(agree, family_id, "sharing")
    seat.do(partial(agree, review_on="2026-11-23"), family_id, "assessment")
    show(seat, family_id, "agreements")
    assert "Ask whether it still stands" in said(seat)
    press(seat, "Ask again whether it still stands: An Early Help Assessment")
    screen = seat.screen()
    assert isinstance(screen, RecordScreen)
    assert screen.form is not None
    assert screen.form.body()["what_for"] == ["assessment"]
    assert "answer" not in screen.form.body()  # that is theirs to say


def with_notice(seat: Seat) -> None:
    known = replace(seat.office.configuration, version=2, notices=(notice(),))
    seat.do(lambda office: configuration.keep(office.connection, known, moment_text(office.clock.now())))
    seat.runner.office = seat.office = replace(seat.office, configuration=known)


def test_the_notice_is_read_with_no_signal_and_it_is_recorded_who_was_given_it(seat: Seat, family_id: str) -> None:
    show(seat, family_id, "agreements")
    assert "The council has not published its privacy notice yet." in said(seat)
    assert not seat.find(QPushButton, "Read the privacy notice together").isEnabled()

    with_notice(seat)
    show(seat, family_id, "agreements")
    assert "Version Pretend 1, in force since Wed 1 Apr." in said(seat)
    assert said(seat).count("never given") >= 1
    press(seat, "Read the privacy notice together")
    assert "UK GDPR Article 6(1)(e)" in said(seat)
    press(seat, "Plain language")
    assert "You can change your mind at any time. Then we stop." in said(seat)
    assert "UK GDPR Article 6(1)(e):" not in said(seat)
    press(seat, "Large print")
    large = next(each for each in seat.all(QLabel) if each.text().startswith("You can change your mind"))
    assert large.property("role") == "large"
    assert seat.screen().place()["easy"]

    press(seat, "Print")
    assert "You can change your mind at any time. Then we stop." in paper_words(seat)
    assert seat.screen().place()["large"]
    seat.go("notice", family=family_id)

    press(seat, "Record that it was given")
    tick(seat, "How: Read and talked through together")
    seat.find(QRadioButton, "Understood: Yes").click()
    assert GIVEN not in said(seat)
    press(seat, "Save")
    assert GIVEN in said(seat)  # where one reads it together, and began from
    (row,) = seat.do(recording.listed, family_id, ("notice_given",)).rows
    assert row.body["version"] == "Pretend 1"
    show(seat, family_id, "agreements")
    assert "Every parent and carer in this file has it." in said(seat)


def test_an_agreement_at_a_time_to_come_says_so_everywhere_and_leads_to_it(seat: Seat, family_id: str) -> None:
    made = seat.do(partial(agree, agreed_at="2026-11-23T15:00:00.000000Z"), family_id)
    show(seat, family_id, "assessment")
    assert "counts only from 15:00" in said(seat)
    assert "mark it as entered in error, and record it again" in said(seat)
    assert not seat.find(QPushButton, "Begin an assessment").isEnabled()
    show(seat, family_id, "agreements")
    assert "Counts only from 15:00" in said(seat)
    assert "Stands" not in [each.text() for each in seat.all(QLabel)]
    show(seat, family_id, "assessment")
    press(seat, "Open the agreement")
    assert seat.find(QPushButton, "Mark as entered in error").isVisible()
    assert made in str(seat.window.stack.bring("family").place())
    later(seat, 6 * 60)
    show(seat, family_id, "assessment")
    assert seat.find(QPushButton, "Begin an assessment").isEnabled()


def test_of_two_who_were_asked_the_one_who_has_not_signed_is_named_until_signing_and_after(
    seat: Seat, family_id: str
) -> None:
    first, second = seat.do(people_of, family_id)[:2]
    show(seat, family_id, "assessment")
    press(seat, "Record the agreement")
    put(seat, {"people": [first.id, second.id], "answer": "agreed", "agencies": AGENCIES})
    choose_part(seat, "How it was given")
    seat.find(QRadioButton, "How it was given: Drawn on this screen").click()
    press(seat, "Take their signature on the pad")
    draw(seat)
    seat.find(QComboBox, "Who signs").setCurrentText(first.name)
    press(seat, "Save the signature")
    seat.qtbot.waitUntil(lambda: isinstance(seat.screen(), RecordScreen), timeout=5_000)
    seat.settle()
    assert f"{second.name} has not signed" in said(seat)

    press(seat, "Take their signature on the pad")
    assert seat.find(QComboBox, "Who signs").currentText() == second.name  # the only one who is left
    press(seat, "Do not sign")
    press(seat, "Check and sign")
    assert f"{second.name} has not signed" in said(seat)
    press(seat, "Sign")  # nobody is kept from it
    show(seat, family_id, "agreements")
    assert f"Asked, and did not sign: {second.name}" in said(seat)
