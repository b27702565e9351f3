"""Every theme can be read, and a switch reaches everything at once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette

from sf_desktop.ui.kit.labels import body
from sf_desktop.ui.kit.theme import Theme, ThemeChoice, current_tokens
from sf_desktop.ui.kit.tokens import LINE_PAIRS, TEXT_PAIRS, contrast, load_tokens

THEMES = sorted(load_tokens())


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
