"""A practitioner and their supervisor mark one family's part of a register through two windows."""

from __future__ import annotations

from PySide6.QtWidgets import QTextEdit

from sf_desktop.ops import writing
from sf_desktop.store.tables import records
from sf_record.configuration import Offered
from tests.builders.towns import Town
from tests.ui.window.seats import Sit


def test_where_both_marked_one_person_each_version_says_who_came_and_who_did_not(town: Town, sit: Sit) -> None:
    town.council.configure(activities=(Offered(code="play", label="Pretend stay and play"),))
    seats = worker, supervisor = sit(town.loaded("practitioner")), sit(town.loaded("supervisor"))
    worker.send()
    person = worker.laptop.read(lambda c: records.of_kind(c, "person"))[0]
    place = {"activity": "play", "person": person.id, "since": "2026-11-01", "called": "Bee"}
    worker.laptop.do(writing.create, "activity_place", person.family_id, place)
    for seat in seats:
        seat.send()
        seat.go("register", activity="play")
    with town.network.offline():
        worker.press("Bee: Came")
        worker.press("Save the register")
        supervisor.press("Bee: Did not come")
        supervisor.press("Save the register")
    for seat in seats:
        seat.laptop.connect()
    for seat in (*seats, *seats):
        seat.send()
    assert [seat.laptop.counts().needs_you for seat in seats] == [1, 1]
    supervisor.go("needs")
    shown = [each.toPlainText().splitlines() for each in supervisor.window.findChildren(QTextEdit) if each.isVisible()]
    called = shown[0][1].removeprefix("Who did not come: ")
    assert shown[:2] == [
        ["Who came: nobody", f"Who did not come: {called}"],
        [f"Who came: {called}", "Who did not come: nobody"],
    ]
