"""Shows what stands on a paper as cards: marks as banners, sections with their answers and points."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from sf_desktop.papers.paper import Mark, Section
from sf_desktop.ui.form.reading import Line, answers_widget
from sf_desktop.ui.kit.layout.surfaces import Card
from sf_desktop.ui.kit.messages.banners import Banner
from sf_desktop.ui.kit.text.labels import body, muted


def show_marks(layout: QVBoxLayout, marks: Sequence[Mark]) -> None:
    """Put a banner for each."""
    for each in marks:
        layout.addWidget(Banner(each.lead, each.text, each.tone))


def show_sections(layout: QVBoxLayout, sections: Sequence[Section]) -> None:
    """Put a card for each."""
    for each in sections:
        layout.addWidget(_card(each))


def _card(section: Section) -> Card:
    card = Card(section.heading)
    for line in section.text.splitlines():
        card.layout_.addWidget(body(line))
    if section.lines:
        card.layout_.addWidget(answers_widget([Line("", question, answer) for question, answer in section.lines]))
    for item in section.items:
        card.layout_.addWidget(body(f"• {item}"))
    if section.empty and not (section.text or section.lines or section.items):
        card.layout_.addWidget(muted(section.empty))
    return card
