"""The card with whom to ring says where the council has listed nobody, and who knows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sf_desktop.ui.kit.safety.numbers import ONLY_999, DangerCard
from sf_desktop.ui.kit.style.theme import Theme


@pytest.mark.parametrize("own", [(), (("Pretend hub", "01632 960001"),)], ids=["none listed", "one listed"])
def test_it_says_whom_to_ask_only_where_no_number_of_the_council_is_listed(
    qtbot: QtBot, theme: Theme, own: tuple[tuple[str, str], ...]
) -> None:
    """On laptops of a council that lists none it promised one with the first connection, for good."""
    card = DangerCard()
    qtbot.addWidget(card)
    card.show_numbers((("Emergency", "999"), *own))
    told = [each.text() for each in card.findChildren(QLabel) if each.isVisibleTo(card)]
    assert "999" in told
    assert (ONLY_999 in told) is not bool(own)
    assert all(number in told for _, number in own)
