"""Whoever unlocks while family files were coming in is told how far it is, and all of them come in beneath."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sf_desktop.ops.bringing_in import many
from sf_desktop.ops.bringing_in.arriving import FileComing, Written, written
from sf_desktop.ops.families.families import family_ids
from sf_desktop.ops.office import Office
from tests.builders.towns import Town
from tests.builders.workplaces import a_workplace
from tests.ui.window.seats import Seat, closed_at_the_end

FILES = 300


def ready(office: Office) -> tuple[Written, ...]:
    made = []
    for number in range(FILES):
        file = FileComing(office.new_id())
        file.open(office, {"name": f"Pretend family {number:03}"}, office.me.worker.id)
        made.append(written(file))
    return tuple(made)


def test_what_was_coming_in_goes_on_is_told_and_reaches_the_council(
    qtbot: QtBot, qapp: QApplication, town: Town
) -> None:
    supervisor = town.loaded("supervisor")
    before = len(supervisor.do(family_ids))
    coming = supervisor.do(ready)
    at = 0
    while at < FILES:
        at = supervisor.do(many.lay_down, coming, at)
    here = supervisor.do(many.move_in).here  # then the program ended
    assert 0 < here < FILES
    told: list[str] = []
    with closed_at_the_end() as opened:
        workplace, work = a_workplace(qapp, supervisor)
        opened.append(workplace)
        workplace.desk.changed.connect(lambda _: told.append(workplace.window.banner.advice_label.text()))
        workplace.window.show()
        seat = Seat(qtbot, supervisor, workplace, work)
        seat.settle()
        assert f"{here} of 300 family files were in when the program ended" in told[0]
        banner = seat.window.banner
        assert banner.title_label.text() == "Bringing in is done"
        assert "All 300 family files are saved on this laptop." in banner.advice_label.text()
        assert len(supervisor.do(family_ids)) == before + FILES
        seat.send()
        assert "All 300 family files are with the council." in banner.advice_label.text()
        assert "They go when" not in banner.advice_label.text()
    assert supervisor.counts().needs_you == 0
    assert not supervisor.waiting()
