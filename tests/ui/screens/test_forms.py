"""Forms come from descriptions: every kind has one, and what a record holds goes in and comes out unchanged."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sf_desktop.ops.drafts import drafting
from sf_desktop.resources import code_sets
from sf_desktop.ui.form import Choosable, Form, FormContext
from sf_desktop.ui.form.known import KnownCard
from sf_desktop.ui.kit.fields.text import TextField
from sf_desktop.ui.kit.writing.hunspell import FamilySpelling
from sf_desktop.ui.kit.writing.prose import ProseField
from sf_record.description import Shape
from sf_record.errors import FieldProblem
from sf_record.kinds import KINDS
from tests.builders.offices import NOW, an_office, open_vault, pretend_records
from tests.ui.screens.conftest import Seat

GROUPS = {"group", "group_member", "group_session"}  # they lie in files of groups, not of families


@pytest.fixture
def records(tmp_path: Path, seed: random.Random) -> Any:
    office = an_office(open_vault(tmp_path), seed)
    return pretend_records(office, seed, 6, 30)


def context_of(records: Any, family_id: str) -> FormContext:
    """Everybody of a family file, as a form offers them."""
    people = [each for each in records if each.kind == "person" and each.family_id == family_id]
    offered = [Choosable(each.id, each.body.get("given_name", ""), "", each.body["role"] == "child") for each in people]
    workers = {each.body["worker"] for each in records if "worker" in each.body}
    return FormContext(code_sets(), NOW.date(), offered, [Choosable(each, f"Worker {each[-4:]}") for each in workers])


def test_every_record_goes_through_its_form_unchanged(qtbot: QtBot, records: Any) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    seen = set()
    for record in records:
        if (record.kind, len(record.body)) in seen:
            continue
        seen.add((record.kind, len(record.body)))
        form = Form(KINDS[record.kind], context_of(records, record.family_id), owner)
        form.put(record.body)
        assert form.body() == dict(record.body), record.kind
    unseen = {"attachment", "same_person", *GROUPS}  # described where it is taken in; nobody is recorded twice
    assert {kind for kind, _ in seen} == set(KINDS) - unseen


def test_a_text_that_was_only_shown_is_not_said_to_be_changed(qtbot: QtBot, records: Any) -> None:
    """Qt shows some characters as others: whoever changed another answer would have written over the text."""
    owner = QWidget()
    qtbot.addWidget(owner)
    record = next(each for each in records if each.kind == "note")
    body = {**record.body, "text": "\ufeff5\u00a0mg,\u2028then\u2029more\r\nof\ufdd0it, \u200cor\u202e."}
    form = Form(KINDS["note"], context_of(records, record.family_id), owner)
    form.put(body)
    assert form.body() == body
    field = form.field("text")
    assert isinstance(field, ProseField)
    field.area.insertPlainText("Before that: ")
    assert form.body()["text"].startswith("Before that: 5 mg,")


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("child", {"nhs_number", "upn", "former_upn", "upn_unknown"}),
        ("parent_to_be", {"nhs_number"}),
        ("parent", set()),
        ("unborn", set()),
        ("other", set()),
    ],
)
def test_a_part_of_which_nothing_fits_is_not_there(qtbot: QtBot, records: Any, role: str, asked: set[str]) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    form = Form(KINDS["person"], context_of(records, records[0].family_id), owner)
    form.put({"role": role})
    numbers = form.sections["numbers"]
    assert not numbers.isVisible()  # without its place it would be a window
    QVBoxLayout(owner).addWidget(numbers)
    owner.show()
    QApplication.processEvents()
    assert numbers.isHidden() is not bool(asked)
    assert {name for name, answer in numbers.answers.items() if not answer.field.isHidden()} == asked


def test_a_form_asks_what_fits_and_hides_no_answer(qtbot: QtBot, records: Any) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    form = Form(KINDS["person"], context_of(records, records[0].family_id), owner)

    def asked() -> set[str]:
        every = ("born_on", "expected_on", "ethnicity", "needs", "language")
        return {each for each in every if (found := form.field(each)) is not None and not found.isHidden()}

    assert asked() == {"born_on", "language"}
    form.put({"role": "unborn"})
    assert asked() == {"expected_on", "ethnicity", "needs", "language"}
    form.put_one("role", "other")
    assert asked() == {"born_on", "language"}
    form.put({"role": "other", "needs": "Pretend words of before"})
    assert asked() == {"born_on", "language", "needs"}
    form.put({"role": "child"})
    form.show_problems([FieldProblem("expected_on", "Expected date of birth: enter it")])
    assert "expected_on" in asked()


def test_nobody_unborn_is_asked_or_was_there_and_whoever_was_named_before_stays(qtbot: QtBot) -> None:
    people = (Choosable("m", "Pretend mother"), Choosable("u", "Unborn", "unborn child", is_unborn=True))
    context = FormContext(code_sets(), NOW.date(), people)
    for kind, name in (("agreement", "people"), ("visit", "present"), ("withdrawal", "by"), ("note", "about")):
        owner = QWidget()
        qtbot.addWidget(owner)
        form = Form(KINDS[kind], context, owner)
        field = form.field(name)
        assert field is not None

        def offered(field: QWidget = field) -> list[str]:
            return [each.text() for each in field.findChildren(QCheckBox) if not each.isHidden()]

        is_asked = kind == "note"  # a note may well be about them
        assert ("Unborn (unborn child)" in offered()) is is_asked, kind
        form.put({name: ["u", "m"]})
        assert "Unborn (unborn child)" in offered()
        assert form.body()[name] == ["u", "m"]
        form.put({name: ["m"]})
        assert ("Unborn (unborn child)" in offered()) is is_asked, kind


def test_fields_of_a_newer_program_are_kept(qtbot: QtBot, records: Any) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    form = Form(KINDS["note"], context_of(records, records[0].family_id), owner)
    form.put({"type": "note", "mood_board": {"colour": 3}})
    assert form.body() == {"type": "note", "mood_board": {"colour": 3}}


def test_what_cannot_be_read_stays_as_it_was_typed(qtbot: QtBot, records: Any) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    context = context_of(records, records[0].family_id)
    first, second = (Form(KINDS["visit"], context, owner) for _ in range(2))
    for line, text in zip(
        first.sections["where"].answers["started_at"].field.findChildren(QLineEdit), ("31/2/2026", "9.3x"), strict=True
    ):
        line.setText(text)
    first.sections["next"].answers["next_visit_on"].field.findChildren(QLineEdit)[0].setText("Tuesday")
    kept = first.body()
    assert kept == {"started_at": "31/2/2026 at 9.3x", "next_visit_on": "Tuesday"}
    second.put(kept)
    assert second.body() == kept


def test_a_long_paste_is_taken_whole_and_a_longer_one_is_told_of(qtbot: QtBot, records: Any) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    form = Form(KINDS["note"], context_of(records, records[0].family_id), owner)
    field = form.field("text")
    assert isinstance(field, ProseField)
    paste = QMimeData()
    paste.setText("Pretend words. " * 13_333)
    field.area.insertFromMimeData(paste)
    assert len(form.body()["text"]) == 199_995
    assert field.problem == ""
    field.area.insertFromMimeData(paste)
    assert len(form.body()["text"]) == 399_990
    assert "200,000" in field.problem
    assert "What stands here is kept as it is" in field.problem


def test_of_a_megabyte_in_one_line_the_form_says_what_went_in_and_what_the_record_takes(
    qtbot: QtBot, records: Any
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    form = Form(KINDS["support"], context_of(records, records[0].family_id), owner)
    form.put({})
    line, minutes = form.field("by_somebody_else"), form.field("minutes")
    assert isinstance(line, TextField)
    assert isinstance(minutes, TextField)
    QApplication.clipboard().setText("x" * 1_000_000)
    line.line.paste()
    qtbot.waitUntil(lambda: "Only 20,000 characters fit here" in line.problem)
    assert form.body()["by_somebody_else"] == "x" * 20_000
    assert "No more than 500 characters (this has 20,000)" in line.problem
    QApplication.clipboard().setText("9" * 1_000_000)
    minutes.line.paste()
    qtbot.waitUntil(lambda: "Only 20,000 characters fit here" in minutes.problem)
    assert form.body()["minutes"] == "9" * 20_000, "kept as it was written, for the record says what it takes"


def test_problems_are_shown_at_their_fields_also_inside_rows(qtbot: QtBot, records: Any) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    context = context_of(records, records[0].family_id)
    context = FormContext(context.codes, context.today, context.people, one_row_each=frozenset({"children"}))
    form = Form(KINDS["visit"], context, owner)
    form.put({})
    problems = (FieldProblem("place", "Place: choose one"), FieldProblem("children.0.seen", "Seen: answer yes or no"))
    marked = form.show_problems(problems)
    assert [field.problem for field in marked] == ["Choose one", "Answer yes or no"]
    assert marked[1].title == f"{context.children[0].name}, seen"
    assert form.show_problems(()) == []
    assert marked[0].problem == ""


def test_a_choice_can_be_undone(qtbot: QtBot, records: Any) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    form = Form(KINDS["visit"], context_of(records, records[0].family_id), owner)
    section = form.sections["where"]
    section.setParent(owner)
    owner.show()
    radios = [
        each
        for each in section.answers["place"].field.findChildren(QWidget)
        if each.accessibleName().startswith("Place: ")
    ]
    radios[0].click()  # type: ignore[attr-defined]
    radios[2].click()  # type: ignore[attr-defined]
    radios[2].setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is radios[2])
    qtbot.keyClick(radios[2], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert form.body()["place"] == "home"


def test_the_speller_knows_britain_and_the_family() -> None:
    spelling = FamilySpelling(["Yaffle Pretend-Ashbeck"])
    assert all(map(spelling.knows, ("colour", "organise", "don’t", "Yaffle", "Ashbeck's", "ashbeck")))
    assert not any(map(spelling.knows, ("rported", "Yafle")))
    assert "reported" in spelling.suggest("rported")


def test_a_field_of_a_row_says_which_row_it_is_in(qtbot: QtBot) -> None:
    """Two rows ask the same questions: by its name alone nobody can hear which of them has the keyboard."""
    owner = QWidget()
    qtbot.addWidget(owner)
    form = Form(KINDS["visit"], FormContext(code_sets(), NOW.date()), owner)
    form.put({"agreed": [{"what": "Pretend one"}, {"what": "Pretend two"}]})
    first, second = (form.field(f"agreed.{number}.what") for number in (0, 1))
    assert first is not None
    assert second is not None
    lines = [each.findChildren(QLineEdit)[0] for each in (first, second)]
    assert [each.accessibleName() for each in lines] == ["What", "What"]
    assert [each.accessibleDescription() for each in lines] == ["Agreed action 1.", "Agreed action 2."]
    first.problem = "Say what"
    assert lines[0].accessibleDescription() == "Agreed action 1. Say what"


LATER = {
    "goal": ("When it ends", "want"),
    "plan_action": ("What came of it", "what"),
    "service": ("When it ends", "what"),
    "information_request": ("Answer", "what"),
    "onward_referral": ("Their answer", "to_whom"),
}


@pytest.mark.parametrize("kind", LATER)
def test_what_is_known_later_is_asked_later(seat: Seat, kind: str) -> None:
    """Not on the form of a new record; on that of one that is there, or of a draft in which it is answered."""
    part, answered = LATER[kind]
    family_id = seat.family_ids()[0]
    draft = seat.do(drafting.begin, kind, family_id, {answered: "Pretend"})
    screen = seat.go("person", draft=draft.id)
    assert part not in {each.group.label for each in screen.form.sections.values()}
    later = next(each for each in KINDS[kind].groups if each.label == part)
    field = next(each for each in KINDS[kind].in_group(later.name) if each.shape in {Shape.DATE, Shape.PROSE})
    again = seat.do(drafting.begin, kind, family_id, {answered: "Other", field.name: "2026-11-20"})
    screen = seat.go("person", draft=again.id)
    assert part in {each.group.label for each in screen.form.sections.values()}


def test_headings_read_as_one_would_say_them(seat: Seat) -> None:
    family_id = seat.family_ids()[0]
    for kind, words in (
        ("withdrawal", "An agreement is withdrawn"),
        ("notice_given", "The privacy notice was given"),
        ("goal", "New goal"),
        ("sdq_score", "New SDQ score"),
    ):
        seat.go("person", draft=seat.do(drafting.begin, kind, family_id, {}).id)
        assert words in {each.text() for each in seat.all(QLabel)}


def test_short_answers_that_follow_one_another_stand_beside_one_another_where_there_is_room(seat: Seat) -> None:
    seat.window.resize(1366, 768)
    draft = seat.do(drafting.begin, "plan_action", seat.family_ids()[0], {})
    screen = seat.go("person", draft=draft.id)
    agreed, due, what = (screen.form.field(name) for name in ("agreed_on", "due_on", "what"))
    assert agreed.mapToGlobal(agreed.rect().topLeft()).y() == due.mapToGlobal(due.rect().topLeft()).y()
    assert agreed.mapToGlobal(agreed.rect().topLeft()).x() < due.mapToGlobal(due.rect().topLeft()).x()
    assert what.mapToGlobal(what.rect().topLeft()).y() < agreed.mapToGlobal(agreed.rect().topLeft()).y()


def test_what_is_perhaps_known_stands_beneath_the_days_that_it_answers_to(seat: Seat) -> None:
    screen = seat.go("person", draft=seat.do(drafting.begin, "person", seat.family_ids()[0], {"role": "child"}).id)
    who = next(iter(screen.form.sections.values()))
    (known,) = screen.findChildren(KnownCard)
    assert who.layout_.indexOf(known) == who.beneath("expected_on")  # right under it
