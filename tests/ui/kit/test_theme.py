"""Every theme can be read, and a switch reaches everything at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from sf_desktop.ui.kit.controls.buttons import Button
from sf_desktop.ui.kit.layout.flow import Flow
from sf_desktop.ui.kit.layout.surfaces import Card, Page, clear
from sf_desktop.ui.kit.style.theme import Theme, ThemeChoice, current_tokens
from sf_desktop.ui.kit.style.tokens import TONES, load_tokens
from sf_desktop.ui.kit.text.labels import Label, body
from sf_desktop.ui.kit.text.tags import Tag
from tests.builders.contrast import contrast

THEMES = sorted(load_tokens())
# What is written on what, and which lines bound something that can be pressed or typed in.
TEXT_PAIRS = tuple(
    [(ink, paper) for ink in ("text", "muted", "disabled") for paper in ("background", "surface")]
    + [("text", "raised"), ("muted", "raised"), ("on_accent", "accent"), ("on_accent", "accent_strong")]
    + [("text", "accent_soft"), ("muted", "accent_soft"), ("on_badge", "badge")]
    + [(ink, paper) for ink in ("rail_text", "rail_muted") for paper in ("rail", "rail_raised")]
    + [(tone, f"{tone}_soft") for tone in TONES[1:]]
    + [("text", f"{tone}_soft") for tone in TONES[1:]]
    + [(tone, paper) for tone in TONES[1:] for paper in ("background", "surface")]
)
LINE_PAIRS = (
    ("control_line", "background"),
    ("control_line", "surface"),
    ("control_line", "raised"),
    ("focus", "background"),
    ("focus", "surface"),
    ("focus", "accent_soft"),
    ("rail_focus", "rail"),
    ("rail_focus", "rail_raised"),
    ("rail_line", "rail"),
    ("rail_mark", "rail"),
    ("rail_mark", "rail_raised"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
)


def test_contrast_is_as_defined() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme_name", THEMES)
def test_text_can_be_read(theme_name: str) -> None:
    tokens = load_tokens()[theme_name]
    ratios = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme_name", THEMES)
def test_lines_of_controls_can_be_seen(theme_name: str) -> None:
    tokens = load_tokens()[theme_name]
    ratios = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in LINE_PAIRS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


def test_high_contrast_is_higher_than_that() -> None:
    tokens = load_tokens()["high_contrast"]
    assert all(contrast(getattr(tokens, ink), getattr(tokens, paper)) >= 7 for ink, paper in TEXT_PAIRS)


def test_a_switch_changes_palette_and_tokens_at_once(qtbot, theme: Theme, qapp) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose(ThemeChoice.DARK)
    assert current_tokens() == load_tokens()["dark"]
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == current_tokens().background


def test_what_the_system_asked_for_last_is_worn_until_it_is_asked(theme: Theme, qapp: QApplication) -> None:
    again = Theme(qapp, ThemeChoice.SYSTEM, system_wanted="dark")
    assert current_tokens() == load_tokens()["dark"]
    again.ask_system()
    assert (again.system_wants, current_tokens()) == ("light", load_tokens()["light"])


def test_an_unknown_theme_of_the_system_is_asked_for_at_once(theme: Theme, qapp: QApplication) -> None:
    assert Theme(qapp, ThemeChoice.SYSTEM, system_wanted="plaid").name == "light"


def test_text_grows_to_200_percent(qtbot, theme: Theme) -> None:
    label = body("Some words")
    qtbot.addWidget(label)
    small = label.sizeHint().height()
    theme.scale_text(200)
    label.ensurePolished()
    assert label.sizeHint().height() >= 1.8 * small


def test_an_unknown_scale_becomes_the_nearest(theme: Theme) -> None:
    theme.scale_text(137)
    assert theme.text_percent in (125, 150)


def test_what_is_let_go_while_the_theme_changes_is_not_dressed_afterwards(qtbot, theme: Theme, qapp) -> None:
    """Qt remembers what it dressed, and dressing somebody who is gone ends the program."""
    pages = [Page() for _ in range(3)]
    shelf = QStackedWidget()
    qtbot.addWidget(shelf)
    for page in pages:
        shelf.addWidget(page)
        _fill(page)
    shelf.resize(900, 600)
    shelf.show()
    _settle(qapp)
    for page in pages:
        _fill(page)  # what was there is let go with the next turn of the event loop: after the theme changed
    theme.choose(ThemeChoice.DARK)
    _settle(qapp)
    for page in pages:
        _fill(page)
    _settle(qapp)
    small = pages[2].findChildren(Label)[-1].sizeHint().height()
    theme.scale_text(200)
    _settle(qapp)
    assert pages[2].findChildren(Label)[-1].sizeHint().height() > small
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == current_tokens().background


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_a_tag_has_one_line_where_there_is_room_and_is_wrapped_not_cut_where_there_is_none(
    qtbot, theme: Theme, qapp, percent: int
) -> None:
    theme.scale_text(percent)
    card, rows = Card("Pretend"), QWidget()
    flow = Flow(rows)
    tags = [Tag(words, "danger") for words in ("No unsupervised contact with the children: Pretend Redstart", "Short")]
    for each in tags:
        flow.addWidget(each)
    card.layout_.addWidget(rows)
    card.layout_.addStretch(1)
    qtbot.addWidget(card)
    card.resize(2000, 900)
    card.show()
    _settle(qapp)
    line = tags[1].height()
    assert tags[0].height() == line
    card.resize(tags[0].width() * 2 // 3, 900)
    _settle(qapp)
    for each in tags:
        assert each.geometry().right() < rows.width()
        assert each.geometry().bottom() < rows.height()
        assert each.height() >= each.heightForWidth(each.width())
    assert line < tags[0].height()
    assert tags[1].height() == line


def _fill(page: Page) -> None:
    clear(page.layout_)
    for _ in range(30):
        card = Card("Pretend")
        card.layout_.addWidget(body("Some words"))
        card.layout_.addWidget(Button("Press"))
        page.layout_.addWidget(card)


def _settle(app: QApplication) -> None:
    for _ in range(3):
        app.sendPostedEvents()
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
