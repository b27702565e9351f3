"""Support and agencies in the family file: what waits and for how long, an answer recorded, a decision signed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton

from sf_desktop.ops import writing
from sf_desktop.ops.household import people
from sf_desktop.ops.planning.family_plan import family_plan
from sf_desktop.ops.records import recording, support
from sf_desktop.store.tables import records
from sf_desktop.ui.form.answers import NO_RECORD
from sf_desktop.ui.form.form import Form
from sf_desktop.ui.kit.fields.choices import CodeField
from sf_record.text.turning import TURNING
from tests.builders.written import drafts_begun
from tests.ui.screens.conftest import Seat, press


def texts(seat: Seat) -> str:
    return "\n".join(each.text() for each in seat.all(QLabel, seat.screen()))


def family(seat: Seat, *, is_begun: bool) -> str:
    return next(each for each in seat.family_ids() if bool(seat.do(family_plan, each).goals) is is_begun)


def open_tab(seat: Seat, family_id: str, tab: str) -> None:
    seat.go("family", family=family_id, tab=tab)
    seat.settle()


def answer(seat: Seat, **answers: Any) -> None:
    for name, value in answers.items():
        seat.screen().form.put_one(name, value)  # type: ignore[attr-defined]


def asked(seat: Seat) -> Form:
    form = seat.screen().form  # type: ignore[attr-defined]
    assert isinstance(form, Form)
    return form


def in_view(seat: Seat, *names: str) -> bool:
    """Say whether these fields are seen whole, without scrolling."""
    seat.settle()
    fields = [asked(seat).field(each) for each in names]
    return all(each is not None and each.visibleRegion().boundingRect() == each.rect() for each in fields)


def buttons(seat: Seat) -> list[str]:
    return [each.accessibleName() for each in seat.all(QPushButton, seat.screen())]


def test_a_referral_waits_with_its_days_until_its_answer_is_recorded(seat: Seat) -> None:
    family_id = family(seat, is_begun=True)
    open_tab(seat, family_id, "support")
    told = texts(seat)
    assert "waiting for an answer, 23 days" in told
    assert told.index("Pretend debt advice") < told.index("Pretend speech therapy")
    press(seat, "Record the answer: Pretend debt advice")
    assert in_view(seat, "answer", "answered_on")
    assert asked(seat).body()["answered_on"] == seat.office.today().isoformat()  # as a suggestion
    assert asked(seat).place()["field"] == "answer"
    seat.qtbot.keyClick(seat.window, Qt.Key.Key_Escape)  # a day that was only suggested begins nothing
    seat.settle()
    assert seat.do(drafts_begun) == ()
    press(seat, "Record the answer: Pretend debt advice")
    seat.find(QRadioButton, "Answer: Declined").click()
    answer(seat, answered_on="2026-11-20")
    press(seat, "Save")
    open_tab(seat, family_id, "support")
    assert "declined after 20 days" in texts(seat)
    assert "Record the answer: Pretend debt advice" not in buttons(seat)


def test_after_saving_one_is_where_one_began_with_what_is_new_in_sight(seat: Seat) -> None:
    family_id = family(seat, is_begun=True)
    seat.window.activateWindow()
    open_tab(seat, family_id, "support")
    press(seat, "Add support given")
    about = [seat.do(people.people, family_id)[0].id]
    answer(seat, what="Pretend form filled in", sort="advice", for_whom=about)
    press(seat, "Save")
    seat.qtbot.waitUntil(lambda: "Pretend form filled in" in texts(seat), timeout=5_000)
    new = seat.find(QLabel, "Pretend form filled in")
    seat.qtbot.waitUntil(lambda: new.visibleRegion().boundingRect() == new.rect(), timeout=5_000)
    assert seat.find(QPushButton, "Add support given").hasFocus()


def test_an_activity_is_chosen_by_its_name_and_for_whom_and_when_it_is(seat: Seat) -> None:
    listed = seat.office.configuration.activities
    assert listed[0].about
    open_tab(seat, family(seat, is_begun=True), "support")
    press(seat, "Give a place on an activity")
    chosen = seat.find(QComboBox, "Activity")
    offered = [chosen.itemText(at) for at in range(chosen.count())]
    assert f"{listed[0].label}: {listed[0].about}" in offered
    assert "so that whoever runs the group keeps them safe" in texts(seat)  # and not how the council is judged


def test_what_is_saved_where_the_program_began_leads_to_its_family_file(seat: Seat) -> None:
    family_id = family(seat, is_begun=True)
    draft = seat.do(recording.start, "support", family_id)
    seat.window.restore({"screen": "person", "subject": {"draft": draft.id}})
    seat.settle()
    about = [seat.do(people.people, family_id)[0].id]
    answer(seat, what="Pretend form filled in", sort="advice", for_whom=about, by_somebody_else="Pretend")
    press(seat, "Save")
    assert seat.screen().name == "family"


def test_what_was_sent_today_is_not_said_to_wait_for_no_days(seat: Seat) -> None:
    family_id = family(seat, is_begun=True)
    about = [seat.do(people.people, family_id)[0].id]
    body = {"to_whom": "Pretend food bank", "about": about, "sent_on": "2026-11-23", "what_for": "Pretend"}
    record_id = seat.do(writing.create, "onward_referral", family_id, body).record_id
    open_tab(seat, family_id, "support")
    assert "0 days" not in texts(seat)
    assert "sent today · not with the council yet" in texts(seat)  # two sendings, told apart
    seat.do(writing.change, record_id, {**body, "answer": "accepted", "answered_on": "2026-11-23"})
    open_tab(seat, family_id, "support")
    assert "accepted the same day" in texts(seat)


def test_a_turning_mark_in_what_was_pasted_turns_no_words_beside_it(seat: Seat) -> None:
    family_id = family(seat, is_begun=True)
    pasted = "Pretend \u202eturned \u2067advice"
    about = [seat.do(people.people, family_id)[0].id]
    body = {"to_whom": pasted, "about": about, "sent_on": "2026-11-23", "what_for": pasted}
    seat.do(writing.create, "onward_referral", family_id, body)
    open_tab(seat, family_id, "support")
    assert " · Pretend □turned □advice · " in texts(seat)
    assert "sent today" in texts(seat)
    pressed = "".join(each.text() for each in seat.all(QPushButton, seat.screen()))
    assert not TURNING & set(texts(seat) + pressed)
    kept = records.of_family(seat.office.connection, family_id, ("onward_referral",))
    assert pasted in [each.body["what_for"] for each in kept]


def test_support_to_a_parent_to_be_is_recorded_and_counted(seat: Seat) -> None:
    family_id = family(seat, is_begun=True)
    parent = next(each for each in seat.do(people.people, family_id) if not each.is_child)
    open_tab(seat, family_id, "support")
    assert "Given 3 times. 3 hours 5 minutes in all." in texts(seat)
    press(seat, "Add support given")
    seat.qtbot.keyClicks(seat.find(QLineEdit, "What was done"), "Pretend antenatal talk")
    answer(seat, sort="birth", for_whom=[parent.id], minutes=25)
    press(seat, "Save")
    open_tab(seat, family_id, "support")
    told = texts(seat)
    assert "Given 4 times. 3 hours 30 minutes in all." in told
    assert f"Getting ready for a baby · 25 minutes · for {parent.name}" in told


def test_an_empty_file_says_so_and_offers_the_first(seat: Seat) -> None:
    family_id = family(seat, is_begun=False)
    open_tab(seat, family_id, "support")
    assert "No support is recorded." in texts(seat)
    assert {"Add a referral", "Add a service", "Add support given"} <= set(buttons(seat))
    open_tab(seat, family_id, "agencies")
    assert "Nothing was asked for." in texts(seat)
    assert {"Add a professional", "Add a request", "Add information received", "Decide about sharing"} <= set(
        buttons(seat)
    )


def test_what_is_outstanding_is_said_with_its_days(seat: Seat) -> None:
    family_id = family(seat, is_begun=True)
    open_tab(seat, family_id, "agencies")
    assert "outstanding for 12 days · late" in texts(seat)
    press(seat, "Record the answer: Asked of Pretend primary school")
    assert in_view(seat, "answered_on")
    assert asked(seat).body()["answered_on"] == seat.office.today().isoformat()
    answer(seat, answered_on="2026-11-22", answer="Pretend figures")
    press(seat, "Save")
    open_tab(seat, family_id, "agencies")
    assert "answered after 11 days" in texts(seat)


def test_a_decision_to_share_is_signed_only_with_both_tests(seat: Seat) -> None:
    family_id = family(seat, is_begun=True)
    open_tab(seat, family_id, "agencies")
    press(seat, "Decide about sharing")
    seat.qtbot.keyClicks(seat.find(QLineEdit, "Agency"), "Pretend school")
    me = seat.office.me.worker.id
    answer(
        seat, what="When visits are", reason="To plan together", is_lawful=True, power="s10", is_necessary=False,
        sought="given", outcome="shared", way="phone", authorised_by=me,
    )  # fmt: skip
    agreement = asked(seat).field("agreement")
    assert isinstance(agreement, CodeField)
    assert [agreement.combo.itemText(each) for each in range(agreement.combo.count())] == [NO_RECORD]
    press(seat, "Check and sign")
    assert any("What fails this test is not shared" in each for each in buttons(seat))
    seat.screen().show_writing()  # type: ignore[attr-defined]
    answer(seat, is_necessary=True)
    press(seat, "Check and sign")
    press(seat, "Sign")
    open_tab(seat, family_id, "agencies")
    assert "Shared with Pretend school" in texts(seat)


def test_what_support_came_to_says_what_has_no_length(seat: Seat) -> None:
    assert support.total_words([], {}) == ""
    told = support.total_words([{"minutes": 30, "cost_band": "A"}, {"cost_band": "B"}], {"A": "Pretend band A"})
    assert told == "Given 2 times. 30 minutes in all. Without a length: 1. Pretend band A: 1. B: 1."


def test_one_entered_in_error_is_not_listed(seat: Seat) -> None:
    family_id = family(seat, is_begun=True)
    (request,) = seat.do(recording.listed, family_id, ("information_request",)).rows
    seat.do(writing.enter_in_error, request.id, "Pretend slip")
    open_tab(seat, family_id, "agencies")
    assert "outstanding" not in texts(seat)


def test_a_service_and_somebody_whose_last_day_is_known_count_until_that_day_is_over(seat: Seat) -> None:
    family_id = family(seat, is_begun=False)
    who = [seat.do(people.people, family_id)[0].id]
    for what, until in (("Pretend summer club", "2026-12-18"), ("Pretend spring club", "2026-11-22")):
        body = {"what": what, "who": who, "since": "2026-06-01", "until": until}
        seat.do(writing.create, "service", family_id, body)
    leader = {"name": "T. Teacher", "role": "Teacher", "agency": "Pretend School", "is_lead": True}
    seat.do(writing.create, "professional", family_id, {**leader, "until": "2027-07-21"})
    open_tab(seat, family_id, "support")
    assert {"Change or end it: Pretend summer club", "Open: Pretend spring club"} <= set(buttons(seat))
    told = texts(seat)
    assert "until Fri 18 Dec" in told
    assert told.index("Pretend summer club") < told.index("Pretend spring club")
    open_tab(seat, family_id, "agencies")
    assert "lead professional · Teacher" in texts(seat)


def test_a_service_that_is_begun_asks_for_its_last_day(seat: Seat) -> None:
    family_id = family(seat, is_begun=False)
    open_tab(seat, family_id, "support")
    press(seat, "Add a service")
    answer(seat, what="Pretend club", who=[seat.do(people.people, family_id)[0].id])
    answer(seat, since="2026-11-01", until="9999-12-31")
    press(seat, "Save")
    assert "The year must be from 1900 to 2100" in texts(seat)
    answer(seat, until="2026-12-18")
    press(seat, "Save")
    (saved,) = seat.do(lambda o: records.of_family(o.connection, family_id, ("service",)))
    assert saved.body["until"] == "2026-12-18"
