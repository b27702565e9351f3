"""Banners: whole in every width, with their buttons."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.layout.surfaces import Page
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.style.theme import Theme


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [230, 420, 1_000])
def test_no_word_and_no_button_of_a_banner_is_cut(qtbot: QtBot, theme: Theme, width: int, percent: int) -> None:
    theme.scale_text(percent)
    page = Page()
    qtbot.addWidget(page)
    banner = Banner("", "", "danger", button="Try again", closable=True)
    page.layout_.addWidget(banner)
    page.layout_.addStretch(1)
    page.resize(width * percent // 100, 600)
    with qtbot.waitExposed(page):
        page.show()
    banner.say("photograph.jpg: The disk is full", "This was not saved. The picture is still here. Free some space.")
    buttons = (banner.button, banner.close_button)
    qtbot.waitUntil(lambda: all(each.width() >= each.sizeHint().width() for each in buttons))
    for label in (banner.title_label, banner.advice_label):
        assert label.height() >= label.heightForWidth(label.width())
    assert all(banner.rect().contains(each.geometry()) for each in buttons)
    theme.scale_text(100)
