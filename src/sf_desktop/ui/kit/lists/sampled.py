"""A list of rows whose columns are as wide as a sample of what stands in them, in every window and size of text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from sf_desktop.ui.kit.lists.rows import RowsModel
from sf_desktop.ui.kit.lists.tables import RowsTable

_PADDING = 30
_NONE: Mapping[int, str] = MappingProxyType({})


class SampledTable(RowsTable):
    """`samples` are texts as long as usual, one for each column but the last, which takes the rest.

    `elastic` columns and the last share what room there is over. Where there is too little they give way, each as far
    as its text here, and where that does not do the `spared` ones are left out, the first of them first: so that nobody
    has to go sideways. Where even that does not do, all of them are as wide as usual. Once somebody has drawn a column
    by hand, widths are theirs.
    """

    def __init__(
        self,
        name: str,
        model: RowsModel,
        samples: Sequence[str],
        parent: QWidget | None = None,
        *,
        elastic: Mapping[int, str] = _NONE,
        spared: Sequence[int] = (),
    ) -> None:
        self._samples, self._elastic, self._spared = tuple(samples), elastic, tuple(spared)
        self._hidden: set[int] = set()  # whatever room there is
        self._is_theirs = False
        super().__init__(name, model, parent)
        self.horizontalHeader().sectionResized.connect(self._on_drawn)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def setColumnHidden(self, column: int, hide: bool) -> None:
        if (column in self._hidden) is not hide:
            self._hidden ^= {column}
            super().setColumnHidden(column, hide)
            self._fit()

    def sample(self, samples: Sequence[str]) -> None:
        """Put other samples: where all rows are known, the longest text of each column."""
        if tuple(samples) != self._samples:
            self._samples = tuple(samples)
            self._fit()

    def left_out(self) -> str:
        """Say what a narrow window leaves out of the chosen row, by its headings; nothing where all of it is shown."""
        model, row, said = self.model(), self.currentIndex().row(), []
        for column in sorted(set(self._spared) - self._hidden):
            words = str(model.index(row, column).data() or "") if row >= 0 and self.isColumnHidden(column) else ""
            if words:
                said.append(f"{model.headerData(column, Qt.Orientation.Horizontal)}: {words}")
        return " · ".join(said)

    def _fit(self) -> None:
        if self._is_theirs:
            return
        room, count = self.viewport().width(), self.model().columnCount()
        usual = {each: self._wide(each, self._sample(each)) for each in range(count) if each not in self._hidden}
        least = {each: min(wide, self._wide(each, self._elastic.get(each, self._sample(each))))
                 for each, wide in usual.items()}  # fmt: skip
        fits = sum(wide for each, wide in least.items() if each not in self._spared) <= room
        if not fits:  # sideways it goes then: nothing is left out, and nothing is cut that was not before
            least = usual
        for column in self._spared:
            has_room = not fits or sum(least.values()) <= room
            super().setColumnHidden(column, column in self._hidden or not has_room)
            if not has_room:
                usual.pop(column, None)
                least.pop(column, None)
        growing = {*self._elastic, max(usual)}  # the last has what stands in it beyond any sample
        for column, wide in shared(room, usual, least, growing).items():
            self.setColumnWidth(column, wide)

    def _sample(self, column: int) -> str:
        return self._samples[column] if column < len(self._samples) else ""

    def _wide(self, column: int, sample: str) -> int:
        bold = QFont(self.font())
        bold.setBold(True)
        words = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        texts = self.fontMetrics().horizontalAdvance(sample), QFontMetrics(bold).horizontalAdvance(words)
        return max(texts) + _PADDING

    @Slot(int, int, int)
    def _on_drawn(self, _column: int, _before: int, _after: int) -> None:
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._is_theirs = True


def shared(
    room: int, usual: Mapping[int, int], least: Mapping[int, int], elastic: Collection[int]
) -> Mapping[int, int]:
    """Return how wide each column is: what is over goes to the elastic ones alike, what lacks they give as they can."""
    able = [each for each in usual if each in elastic]
    spare = room - sum(usual.values())
    if spare >= 0:
        return {each: wide + (spare // len(able) if each in able else 0) for each, wide in usual.items()}
    gives = {each: usual[each] - least[each] for each in usual}
    most = max(1, sum(gives.values()))
    taken = min(-spare, most)
    return {each: wide - -(-taken * gives[each] // most) for each, wide in usual.items()}
