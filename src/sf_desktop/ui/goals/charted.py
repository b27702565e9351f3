"""A chart with the same in words beside it: what has changed, then every score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sf_desktop.ops.planning.measures import StarView
from sf_desktop.ui.kit.drawings.chart import Chart, Dot, Line
from sf_desktop.ui.kit.drawings.ranges import Ranges, Span
from sf_desktop.ui.kit.layout.beside import Beside
from sf_desktop.ui.kit.layout.surfaces import column
from sf_desktop.ui.kit.style.tokens import GAP_S, GAP_XS
from sf_desktop.ui.kit.text.labels import body, muted, strong
from sf_record.progress import Series, change_words, day_words, in_words, point_words

WORDS_CHARS, ROOM_CHARS = 46, 92


class Charted(QWidget):
    """One chart of one or several series. Where nothing was scored yet there are words only."""

    def __init__(self, title: str, lines: Sequence[Series], *, nothing: str) -> None:
        super().__init__()
        self.chart, self.said = Chart(), muted("")
        self.said.hide()
        drawn, words = QWidget(), QWidget()
        left, right = column(drawn, gap=GAP_XS), column(words, gap=GAP_XS)
        left.addWidget(self.chart)
        left.addWidget(self.said)
        left.addStretch(1)
        down = column(self, gap=GAP_S)
        scored = [each for each in lines if each.points]
        if not scored:
            down.addWidget(muted(nothing))
            return
        self._tell(scored, right)
        right.addStretch(1)
        summary = " ".join(_named(each, scored) for each in scored)
        made = [_line(each, is_alone=len(scored) == 1) for each in scored]
        least, most = scored[0].least, max(each.most for each in scored)
        self.chart.show_lines(title, made, least=least, most=most, words=summary)
        self.chart.chosen.connect(self._on_chosen)
        down.addWidget(Beside(drawn, words, room_chars=ROOM_CHARS, aside_chars=WORDS_CHARS))

    def _tell(self, scored: Sequence[Series], right: QVBoxLayout) -> None:
        for each in scored:
            right.addWidget(strong(_named(each, scored)))
            for point in reversed(each.points):
                right.addWidget(muted(point_words(each, point)))

    @Slot(str)
    def _on_chosen(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()


class StarChart(QWidget):
    """One person's star: each area from its first reading to its latest, drawn and said."""

    def __init__(self, star: StarView) -> None:
        super().__init__()
        self.chart, self.said = Ranges(), muted("")
        self.said.hide()
        spans = [_span(each) for each in star.areas]
        self.chart.show_spans(f"Family Star Plus of {star.person}", spans, least=1, most=10)
        self.chart.chosen.connect(self._on_chosen)
        drawn, words = QWidget(), QWidget()
        left, right = column(drawn, gap=GAP_XS), column(words, gap=GAP_XS)
        left.addWidget(self.chart)
        left.addWidget(muted("The square is the first reading, the circle the latest."))
        left.addWidget(self.said)
        left.addStretch(1)
        right.addWidget(strong(f"{star.person}: {_days(star)}"))
        for each in spans:
            right.addWidget(body(each.words))
        right.addStretch(1)
        column(self).addWidget(Beside(drawn, words, room_chars=ROOM_CHARS, aside_chars=WORDS_CHARS))

    @Slot(str)
    def _on_chosen(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()


def _named(of: Series, among: Sequence[Series]) -> str:
    return in_words(of) if len(among) == 1 else f"{of.label}: {in_words(of)}"


def _line(of: Series, *, is_alone: bool) -> Line:
    name = "" if is_alone else f"{of.label}, "
    return Line(
        of.label,
        tuple(Dot(date.fromisoformat(each.on), each.value, f"{name}{point_words(of, each)}") for each in of.points),
    )


def _span(of: Series) -> Span:
    assert of.first is not None, "only areas that were read are shown"
    assert of.last is not None, "only areas that were read are shown"
    change = change_words(of)
    words = f"{of.first.value} then {of.last.value}, {change}" if change else f"{of.first.value}, read once"
    return Span(of.label, of.first.value, of.last.value, f"{of.label}: {words}.")


def _days(star: StarView) -> str:
    days = sorted({point.on for area in star.areas for point in area.points})
    return day_words(days[0]) if len(days) == 1 else f"from {day_words(days[0])} to {day_words(days[-1])}"
