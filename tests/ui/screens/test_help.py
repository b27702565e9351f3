"""The help pages: all of them shown as plain text, found by their words, the sheet of shortcuts one press away."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sf_desktop.paths import resources
from sf_desktop.ui.help.pages import Block, help_pages, read_page
from sf_desktop.ui.help.screen import HelpScreen
from sf_desktop.ui.kit.style.theme import Theme


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
