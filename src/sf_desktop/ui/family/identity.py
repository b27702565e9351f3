"""Who this is about, always in view: the children first, what matters about safety, and the next visit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sf_desktop.ops.reading.in_words import one_after_another
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import Card, clear, column, show_when
from sf_desktop.ui.kit.layout.tagged import tagged
from sf_desktop.ui.kit.style.tokens import GAP_M, GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import Label, muted, strong, subtitle, title


@dataclass(frozen=True, slots=True)
class ChildWords:
    """One child in words."""

    name: str
    about: str
    tags: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityWords:
    """Everything that the banner says. `edge` is the tone of its left edge."""

    family: str = ""
    address: str = ""
    children: tuple[ChildWords, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    next_visit: str = ""
    next_why: str = ""
    last_seen: str = ""
    is_overdue: bool = False
    edge: str = ""


class IdentityBanner(Card):
    """The banner at the head of a family file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = IdentityWords()
        self.layout_.setContentsMargins(16, GAP_M, 16, GAP_M)
        who, when = QWidget(), QWidget()
        self._who, self._when, self._both = column(who, gap=GAP_XS), column(when, gap=2), column(gap=GAP_XS)
        both = Beside(who, when, room_chars=100, aside_chars=50, gap=GAP_S)
        both.arranged.connect(self._on_arranged)
        self._is_beside = both.is_beside
        self._is_compact = False
        self._details: list[QWidget] = []  # beside the children
        self._when_details: list[QWidget] = []
        self.layout_.setSpacing(GAP_XS)
        self.layout_.addWidget(both)
        self.layout_.addLayout(self._both)  # what needs the whole width, lest each status takes a line of its own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hold_height()

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._hold_height()
        return is_done

    def _hold_height(self) -> None:
        """Be as high as its lines at this width: where a screen is short of room, no status loses its lower edge."""
        wanted = max(0, self.layout_.totalHeightForWidth(self.width()))  # -1 while there are no lines
        if wanted != self.minimumHeight():
            self.setMinimumHeight(wanted)

    def set_compact(self, on: bool) -> None:
        """Say only what must always be in view, where there is little height."""
        self._is_compact = on
        for widget in (*self._details, *self._when_details):
            widget.setVisible(not on)

    @Slot(bool)
    def _on_arranged(self, is_beside: bool) -> None:
        self._is_beside = is_beside
        if self._words.family:
            self._show_when(self._words)

    def show_words(self, words: IdentityWords) -> None:
        """Say these."""
        if words == self._words:
            return
        self._details = []
        self._words = words
        self.set_edge(words.edge)
        self.setAccessibleName(self._spoken(words))
        clear(self._who)
        clear(self._both)
        for number, child in enumerate(words.children):
            self._who.addWidget(_child_line(child, is_first=number == 0))
        if not words.children:
            self._who.addWidget(tagged(title(words.family), tags=()))
        place = " · ".join(part for part in (words.family if words.children else "", words.address) if part)
        if place:
            self._who.addWidget(self._detail(muted(place), self._details))
        if words.tags:
            self._both.addWidget(tagged(tags=words.tags))
        self._show_when(words)

    def _detail(self, label: Label, among: list[QWidget]) -> Label:
        show_when(label, not self._is_compact)
        among.append(label)
        return label

    def _show_when(self, words: IdentityWords) -> None:
        self._when_details = []  # those before are destroyed
        clear(self._when)
        side = Qt.AlignmentFlag.AlignRight if self._is_beside else Qt.AlignmentFlag.AlignLeft
        if words.next_visit:
            lead = strong(words.next_visit)
            if words.is_overdue:
                lead.tone("danger")
            lead.setAlignment(side)
            self._when.addWidget(lead)
        for text in (words.next_why, words.last_seen):
            if text:
                line = muted(text)
                line.setAlignment(side)
                self._when.addWidget(self._detail(line, self._when_details))
        self._when.addStretch(1)

    def _spoken(self, words: IdentityWords) -> str:
        children = [f"{child.name}, {child.about}" for child in words.children]
        tags = [text for text, _ in words.tags]
        parts = (*children, words.family, *tags, words.next_visit, words.last_seen)
        return one_after_another(parts)


def _child_line(child: ChildWords, *, is_first: bool) -> QWidget:
    name = title(child.name) if is_first else strong(child.name)
    return tagged(name, subtitle(child.about), tags=child.tags)
