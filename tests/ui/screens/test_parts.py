"""The family file's parts of other rooms, the card that lists records, and the screen on which any record is signed."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QTabBar

from sf_desktop.ops.records import recording
from sf_desktop.ui.desk import Desk
from sf_desktop.ui.family.screen import FamilyScreen
from sf_desktop.ui.form.opening import screen_of
from sf_desktop.ui.form.records_card import RecordsCard
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.window.filetab import FileTab, FileTabPlan
from sf_desktop.ui.kit.window.stack import GoTo
from sf_desktop.ui.record.screen import RecordScreen


class NotesTab(FileTab):
    """A part that lists the notes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.card = RecordsCard(desk, "Notes", ("note",), nothing="No note yet.", add="Write a note")
        self.card.go.connect(self.go)
        self.card.failed.connect(self.failed)
        column(self).addWidget(self.card)

    def show_family(self, family_id: str) -> None:
        self.card.show_family(family_id)


def test_a_part_is_built_when_somebody_goes_there_and_lists_opens_and_begins(seat, qtbot):
    family_id = seat.family_ids()[0]
    made: list[NotesTab] = []

    def make() -> NotesTab:
        made.append(NotesTab(seat.desk))
        return made[-1]

    screen = FamilyScreen(seat.desk, (FileTabPlan("notes", "Notes", make),))
    qtbot.addWidget(screen)
    wanted: list[GoTo] = []
    screen.go.connect(wanted.append)
    screen.resize(1200, 800)
    screen.show()
    screen.show_subject({"family": family_id, "tab": "timeline"})
    seat.settle()
    assert not made

    tabs = seat.all(QTabBar, screen)[0]
    names = [tabs.tabText(each) for each in range(tabs.count())]
    assert names == ["Overview", "Timeline", "Notes", "Visits planned", "Files"]
    tabs.setCurrentIndex(names.index("Notes"))
    seat.settle()
    assert len(made) == 1
    listing = made[0].card.listing
    assert listing is not None
    assert listing.rows
    newest = listing.rows[0]
    assert newest.kind == "note"

    seat.find(QPushButton, f"Open: {newest.title}", screen).click()
    assert wanted.pop().subject == {"family": family_id, "record": newest.id}
    seat.find(QPushButton, "Write a note", screen).click()
    seat.settle()
    begun = wanted.pop()
    assert begun.screen == "note"
    assert seat.do(recording.listed, family_id, ("note",)).drafts[0].id == begun.subject["draft"]
    assert screen.place()["tab"] == "notes"

    other = seat.family_ids()[1]
    screen.show_subject({"family": other})
    assert seat.all(NotesTab, screen) == []  # nothing of the file before may stand under the name of this one
    seat.settle()
    assert len(made) == 2
    shown = made[1].card.listing
    assert shown is not None
    assert {each.id for each in shown.rows}.isdisjoint(each.id for each in listing.rows)


def test_any_signed_kind_can_be_written_without_a_screen_of_its_own(seat):
    """A note stands for a kind that has none: its description is all that the screen knows."""
    family_id = seat.family_ids()[0]
    draft = seat.do(recording.start, "note", family_id, {"type": "note", "subject": "Pretend subject"})
    screen = seat.go("record", draft=draft.id)
    assert isinstance(screen, RecordScreen)
    assert screen.form is not None
    screen.form.put_one("text", "Pretend words.")
    screen.autosave.touch()
    seat.find(QPushButton, "Check and sign").click()
    seat.settle()
    seat.find(QPushButton, "Sign").click()
    seat.settle()
    row = next(each for each in seat.do(recording.listed, family_id, ("note",)).rows if each.id == draft.id)
    assert row.is_signed
    assert row.is_waiting
    assert row.summary == "Pretend words."


def test_drafts_find_the_screen_of_their_kind():
    assert [screen_of(each) for each in ("visit", "note", "person", "unknown")] == ["visit", "note", "person", "person"]
