"""While a person is written down, whoever may be known already is shown with why, and saving goes on."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from sf_desktop.ops import writing
from sf_desktop.ops.household import people
from sf_desktop.ui.kit.layout.surfaces import Card
from tests.ui.screens.conftest import Seat, spoken


def test_somebody_known_elsewhere_is_shown_and_their_file_is_one_press_away(seat: Seat) -> None:
    here, elsewhere, _ = seat.family_ids()
    known = {"role": "child", "given_name": "Kathryn", "family_name": "Pretend-Quillfeather", "born_on": "2019-04-03"}
    seat.do(writing.create, "person", elsewhere, known)
    draft = seat.do(people.start_person, here, "child")
    screen = seat.go("person", draft=draft.id)
    assert "Perhaps known already" not in {spoken(each) for each in seat.all(Card)}
    for name, value in {"given_name": "Catherine", "family_name": "Pretend-Quillfeather"}.items():
        field = screen.form.field(name)
        field.set_value(value)
        field.left.emit()
    seat.settle()
    card = seat.find(Card, "Perhaps known already")
    told = " ".join(each.text() for each in card.findChildren(type(card.heading)))
    assert "Kathryn Pretend-Quillfeather, born 3 April 2019" in told
    assert "a name that sounds the same" in told
    seat.find(QAbstractButton, "Open the file: Kathryn Pretend-Quillfeather, born 3 April 2019").click()
    seat.settle()
    assert seat.screen().family_id() == elsewhere
    screen = seat.go("person", draft=draft.id)  # what was typed is there still, and can be saved
    assert screen.form.body()["given_name"] == "Catherine"
    screen.on_finish()
    seat.settle()
    assert seat.do(writing.found, draft.id).body["given_name"] == "Catherine"
