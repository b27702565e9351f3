"""The help pages: all of them shown as plain text, found by their words, the sheet of shortcuts one press away."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from sf_desktop import deskscreens
from sf_desktop.paths import resources
from sf_desktop.ui.help.pages import ABOUT, ABOUT_PARTS, Block, help_pages, page_about, read_page
from sf_desktop.ui.help.screen import HelpScreen
from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice
from sf_desktop.ui.shortcuts.sheet import ShortcutSheet
from tests.builders.tour import tour_window
from tests.ui.screens.conftest import Seat, dress, seated


def test_every_page_is_there() -> None:
    files = {each.stem for each in (resources() / "help").glob("*.md")}
    assert {each.name for each in help_pages()} == files
    assert all(each.title and each.blocks for each in help_pages())


def test_a_page_is_read_as_plain_text() -> None:
    page = read_page("x", "# Title\n\nOne line\ngoes on.\n\n- **Point** one\n  goes on\n- <b>two</b>\n")
    assert page.title == "Title"
    assert page.blocks == (
        Block("One line goes on."),
        Block("Point one goes on", is_point=True),
        Block("<b>two</b>", is_point=True),
    )


def test_no_page_shows_the_stars_around_a_word_that_is_pressed() -> None:
    page = read_page("x", "# Title\n\nPress *Put\ninto it*, and **Save**. 3 * 4 is 12.\n\nOne * alone\n\nstays *.\n")
    assert [each.text for each in page.blocks] == [
        "Press Put into it, and Save. 3 * 4 is 12.",
        "One * alone",
        "stays *.",
    ]
    assert [each.text for page in help_pages() for each in page.blocks if "*" in each.text] == []


def test_pages_are_chosen_and_found_by_their_words(qtbot: QtBot, theme: Theme) -> None:
    screen = HelpScreen()
    qtbot.addWidget(screen)
    screen.resize(1100, 700)
    screen.show()
    assert screen.list.current == "today"
    screen.list.buttons["visit"].click()
    texts = [each.text() for each in screen.card.findChildren(QLabel) if each.isVisible()]
    assert "Recording a visit" in texts
    screen.words.setText("receipt council")
    assert [name for name, each in screen.list.buttons.items() if each.isVisible()] == ["sending"]
    assert screen.list.current == "sending"
    screen.words.setText("zephyr")
    assert screen.nothing.isVisible()
    with qtbot.waitSignal(screen.shortcuts_wanted):
        screen.top_actions()[0].slot()


@pytest.fixture
def reader(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: random.Random) -> Iterator[Seat]:
    """Somebody before a window with every screen, the help among them."""
    dress(qapp, ThemeChoice.LIGHT, 100)
    with seated(qtbot, tmp_path, seed, tour_window) as somebody:
        yield somebody


def test_each_screen_and_each_part_of_a_file_has_a_page_that_tells_of_it(reader: Seat) -> None:
    pages = {each.name for each in help_pages()}
    screens = [name for name in reader.window.stack._plans if name != "help"]
    assert [name for name in screens if page_about(name) not in pages] == []
    assert {*ABOUT.values(), *ABOUT_PARTS.values()} <= pages
    assert {each.name for each in deskscreens.parts(reader.desk)} <= set(ABOUT_PARTS)


def test_help_opens_at_the_page_about_what_is_shown_and_stays_where_one_reads(reader: Seat) -> None:
    family_id = reader.family_ids()[0]
    for part, page in (("timeline", "family"), ("people", "people"), ("files", "attachments")):
        reader.go("family", family=family_id, tab=part)
        reader.find(QAbstractButton, "Help").click()
        reader.settle()
        assert reader.screen().place() == {"page": page}
    helping = reader.screen()
    assert isinstance(helping, HelpScreen)
    helping.list.buttons["search"].click()
    reader.find(QAbstractButton, "Help").click()
    assert reader.screen().place() == {"page": "search"}
    helping.words.setText("receipt council")
    reader.go("families")
    reader.window.show_shortcuts()
    reader.find(QAbstractButton, "Help pages", reader.window.findChild(ShortcutSheet)).click()
    reader.settle()
    assert reader.screen().place() == {"page": "family"}
    assert helping.list.buttons["family"].isVisible(), "what was looked for before hides it"


def test_a_page_low_in_the_list_is_read_from_its_beginning_and_turned_by_key(reader: Seat) -> None:
    """List and page scrolled as one: where somebody chose a page low in the list, its words stood above the window."""
    reader.window.resize(1100, 720)
    reader.go("help")
    helping = reader.screen()
    assert isinstance(helping, HelpScreen)
    last = list(helping.list.buttons.values())[-1]
    for name in ("writing", last.section.name, "laptop"):
        helping.list.buttons[name].click()
        helping.take_focus()
        reader.settle()
        QApplication.processEvents()
        assert not helping.list.buttons[name].visibleRegion().isEmpty(), name
        assert not helping.card.heading.visibleRegion().isEmpty(), name
    assert reader.window.focusWidget() is helping.list.buttons["laptop"]
    QTest.keyClick(helping.list.buttons["laptop"], Qt.Key.Key_PageDown)
    assert helping.card.heading.visibleRegion().isEmpty()
    QTest.keyClick(helping.list.buttons["laptop"], Qt.Key.Key_PageUp)
    assert not helping.card.heading.visibleRegion().isEmpty()
